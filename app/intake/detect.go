package intake

import (
	"bytes"
	"fmt"
	"regexp"
)

// kind is a format and its reader.
type kind struct {
	format, parser string
	read           func(*session, *source) error
}

var (
	kindTexts = kind{"SMS Backup & Restore texts", "sms-backup-restore/1", readSMSBackup}
	kindCalls = kind{"SMS Backup & Restore calls", "sms-backup-restore/1", readSMSBackup}
	kindMail  = kind{"email", "email/1", readMail}
	kindBox   = kind{"mailbox", "mailbox/1", readMailbox}
)

const byteOrderMark = "\xEF\xBB\xBF"

// detect tells by the beginning of a file what it is.
func detect(head []byte, name string) (kind, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	line, _ := nextLine(text)
	switch {
	case len(text) == 0 && len(head) < peekSize:
		return kind{}, fmt.Errorf("%s is empty: export it again", name)
	case utf16Text(head):
		return kind{}, fmt.Errorf("%s is written in UTF-16, which no phone backup is: export it again, or save it as UTF-8", name)
	case bytes.HasPrefix(text, []byte("<")):
		return detectXML(text, name)
	case isMailboxLine(line):
		return kindBox, nil
	case mailBegins(text):
		return kindMail, nil
	}
	for sign, advice := range containers {
		if bytes.HasPrefix(head, []byte(sign)) {
			return kind{}, fmt.Errorf("%s is %s", name, advice)
		}
	}
	return kind{}, fmt.Errorf("%s is no file that can be imported: choose an SMS Backup & Restore .xml file, an .eml or an .mbox file", name)
}

// containers are what people choose by mistake, by their first bytes.
var containers = map[string]string{
	"PK\x03\x04":       "a ZIP archive: unpack it first, then choose the file in it",
	"\x1F\x8B":         "packed with gzip: unpack it first",
	"\xD0\xCF\x11\xE0": "in Outlook's own format: open it in Outlook and save it as .eml",
	"!BDN":             "an Outlook data file: export the messages as .eml or .mbox",
	"%PDF":             "a PDF, which holds no messages to import",
}

func isMailboxLine(line []byte) bool {
	_, ok := mailboxLine(line)
	return ok
}

// mailFields are those of which one stands in the header of every real email.
var mailFields = map[string]bool{
	"from": true, "to": true, "date": true, "subject": true, "received": true, "return-path": true,
	"message-id": true, "mime-version": true, "delivered-to": true, "sender": true, "cc": true,
}

// mailBegins tells the header of an email.
func mailBegins(text []byte) bool {
	line, _ := nextLine(text)
	if _, _, ok := headerLine(bytes.TrimRight(line, "\r\n")); !ok {
		return false
	}
	header, _ := splitHeader(text)
	for _, f := range header {
		if mailFields[f.name] {
			return true
		}
	}
	return false
}

func utf16Text(head []byte) bool {
	for _, sign := range []string{"\xFF\xFE", "\xFE\xFF", "<\x00", "\x00<"} {
		if bytes.HasPrefix(head, []byte(sign)) {
			return true
		}
	}
	return false
}

var (
	xmlEncoding = regexp.MustCompile(`^<\?xml[^>]*\bencoding\s*=\s*["']([^"'>]{1,40})["']`)
	xmlDeclares = regexp.MustCompile(`<!(DOCTYPE|ENTITY)`)
	xmlRoot     = regexp.MustCompile(`<(smses|calls)[\s/>]`)
)

func detectXML(text []byte, name string) (kind, error) {
	root := xmlRoot.FindSubmatch(text)
	if root == nil && xmlDeclares.Match(text) {
		return kind{}, fmt.Errorf("%s %w", name, errDeclares)
	}
	if root == nil {
		return kind{}, fmt.Errorf("%s is no SMS Backup & Restore file: its texts stand in <smses>, its calls in <calls>", name)
	}
	if said := xmlEncoding.FindSubmatch(text); said != nil && !utf8Name(string(said[1])) {
		return kind{}, fmt.Errorf("%s says that it is written in %s, and only UTF-8 is read: export it again from the phone", name, said[1])
	}
	if string(root[1]) == "calls" {
		return kindCalls, nil
	}
	return kindTexts, nil
}

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
)

// detect tells by the beginning of a file what it is.
func detect(head []byte, name string) (kind, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	switch {
	case len(head) == 0:
		return kind{}, fmt.Errorf("%s is empty: export it again", name)
	case utf16Text(head):
		return kind{}, fmt.Errorf("%s is written in UTF-16, which no phone backup is: export it again, or save it as UTF-8", name)
	case bytes.HasPrefix(text, []byte("<")):
		return detectXML(text, name)
	}
	return kind{}, fmt.Errorf("%s is no file that can be imported: choose an SMS Backup & Restore .xml file, an .eml or an .mbox file", name)
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
	xmlRoot     = regexp.MustCompile(`<(smses|calls)[\s/>]`)
)

func detectXML(text []byte, name string) (kind, error) {
	root := xmlRoot.FindSubmatch(text)
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

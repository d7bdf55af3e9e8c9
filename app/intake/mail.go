package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"casekeep/vault/record"
)

// mailReader reads emails one by one. A mailbox and a single file share it.
type mailReader struct {
	*session
	chars  chars
	base64 base64Writer
}

func newMailReader(s *session) *mailReader {
	m := &mailReader{session: s, base64: base64Writer{bare: true}}
	for own := range s.own {
		if strings.Contains(own, "@") {
			return m
		}
	}
	s.report.warn("", "no email address of the practice is known, so what the practice wrote cannot be told from a third person's words: enter the practice's own addresses first, or undo this import and import again once they are entered")
	return m
}

// rawMail is one email as it stands in a file.
type rawMail struct {
	text    []byte // as it was sent: without the mailbox's line and quoting
	raw     record.Hash
	locator string
	from    mailDate // of the line before it in a mailbox; zero: none
}

// maxRecipients bounds the people of one email.
const maxRecipients = 1000

// message reads one email and counts it. Only what ends the reading is an
// error.
func (m *mailReader) message(raw rawMail) error {
	err := m.parse(raw)
	var f *flawed
	if errors.As(err, &f) {
		m.report.refuse(raw.locator, f.reason)
		return nil
	}
	return err
}

func (m *mailReader) parse(raw rawMail) error {
	if headerSize(raw.text, maxHeader) > maxHeader {
		return &flawed{fmt.Sprintf("its header is larger than %s", megabytes(maxHeader))}
	}
	header, _ := splitHeader(raw.text)
	m.chars.reset()
	it := m.begin(header, raw)
	if !m.want(it.Head) {
		return nil
	}
	if it.At.IsZero() {
		return &flawed{"no date can be read in it, neither its own nor that of a server"}
	}
	if it.Outcome = mailDraft(header, it.Labels); it.Outcome != "" && !m.opt.Drafts {
		m.report.skip(raw.locator, it.Outcome)
		return nil
	}
	reader := &mimeReader{}
	root, err := reader.read(raw.text, 0, "text/plain")
	if err != nil {
		return err
	}
	if reader.open {
		it.Damaged = true
		it.Warnings = append(it.Warnings, "its last part has no end: the message was cut off")
	}
	if err := m.fill(&it, root); err != nil {
		dropParts(it.Attachments)
		return err
	}
	it.Damaged = it.Damaged || m.chars.lost > 0
	it.Warnings = append(it.Warnings, m.chars.warnings()...)
	it.Content = contentHash(&it)
	it.Key = mailKey(&it)
	return m.offer(&it)
}

// begin makes an item of what the header says.
func (m *mailReader) begin(header mailHeader, raw rawMail) Item {
	it := Item{Head: Head{Channel: record.Mail, Direction: record.In, Locator: raw.locator}}
	it.Subject = m.chars.clean(header.text("subject"), "subject")
	it.MessageID = cut(strings.Trim(headerText(plainHeader(header.get("message-id"))), "<> "), maxMessageID)
	it.Labels = mailLabels(header)
	it.Raw = raw.raw
	m.people(&it, header)
	m.date(&it, header, raw.from)
	return it
}

// maxMessageID is the longest line of a header, RFC 5322 section 2.1.1.
const maxMessageID = 998

// people reads who wrote to whom.
func (m *mailReader) people(it *Item, header mailHeader) {
	from := header.get("from")
	if from == "" {
		from = header.get("sender")
	}
	it.Parties = parseAddresses(from, roleFrom, maxRecipients)
	for _, role := range []string{roleTo, roleCc, roleBcc} {
		for _, value := range header.all(role) {
			it.Parties = append(it.Parties, parseAddresses(value, role, maxRecipients-len(it.Parties))...)
		}
	}
	if len(it.Parties) >= maxRecipients {
		it.Warnings = append(it.Warnings, fmt.Sprintf("only the first %d people of this email are listed", maxRecipients))
	}
	var addresses []string
	for _, p := range it.Parties {
		addresses = append(addresses, p.Address)
		if p.Role == roleFrom && m.own[p.Address] {
			it.Direction = record.Out
		}
		if p.Name != "" && !m.own[p.Address] && !slices.Contains(it.Names, p.Name) {
			it.Names = append(it.Names, p.Name)
		}
	}
	it.Thread = m.thread(addresses)
	it.Group = len(it.Thread) > 1
}

// date finds when the email was sent: by its Date, else by the newest server
// that passed it on, else by the mailbox's own line. A date without a zone is
// read in Options.Zone.
func (m *mailReader) date(it *Item, header mailHeader, mailbox mailDate) {
	received := mailDate{}
	if hop := plainHeader(header.get("received")); hop != "" {
		received, _ = parseMailDate(cut(hop[strings.LastIndexByte(hop, ';')+1:], maxDate))
	}
	stated := cut(strings.TrimSpace(headerText(plainHeader(header.get("date")))), maxDate)
	d, ok := parseMailDate(stated)
	why := "it states no date"
	if stated != "" {
		why = "its date cannot be read (" + stated + ")"
	}
	switch {
	case ok:
		m.setTime(it, d)
		if !received.at.IsZero() {
			compareDates(it, it.At, received.at)
		}
	case !received.at.IsZero():
		m.setTime(it, received)
		it.Warnings = append(it.Warnings, why+": the time is that of the server that received it")
	case !mailbox.at.IsZero():
		m.setTime(it, mailbox)
		it.Warnings = append(it.Warnings, why+": the time is that of the mailbox's own line")
	}
}

// maxDate bounds the text of a date, in bytes.
const maxDate = 200

func (m *mailReader) setTime(it *Item, d mailDate) {
	it.At, it.Zone, it.Basis = d.at, d.zone, record.ZoneFile
	if d.zone == "" {
		it.At = d.in(m.opt.Zone)
		it.Zone, it.Basis = m.zoneAt(it.At), record.ZoneAssumed
	}
	it.Original = d.text
}

// compareDates warns where the sender's clock and the server's disagree.
func compareDates(it *Item, sent, received time.Time) {
	if gap := received.Sub(sent); gap > day || gap < -day {
		zone := record.LoadZone(it.Zone)
		it.Warnings = append(it.Warnings, fmt.Sprintf("dated %s, received %s",
			sent.In(zone).Format(stamp), received.In(zone).Format(stamp)))
	}
}

// mailLabels notes what Gmail's export adds.
func mailLabels(header mailHeader) (out []string) {
	for _, label := range strings.Split(header.text("x-gmail-labels"), ",") {
		if label = strings.TrimSpace(label); label != "" && len(out) < 100 {
			out = append(out, cut(label, maxDisplayName))
		}
	}
	if id := header.text("x-gm-thrid"); id != "" {
		out = append(out, "thread:"+cut(id, 40))
	}
	return out
}

// mailDraft says why nobody received the email: Gmail's label, Outlook's and
// Thunderbird's marks. "" otherwise.
func mailDraft(header mailHeader, labels []string) string {
	if slices.Contains(labels, "Drafts") || slices.Contains(labels, "Draft") ||
		header.get("x-unsent") == "1" || header.get("x-mozilla-draft-info") != "" && header.get("received") == "" {
		return boxes["3"].unsent
	}
	return ""
}

// mailKey is the identity of an email: its Message-ID, which the copies of the
// sender and of the receiver share.
func mailKey(it *Item) record.Hash {
	if it.MessageID != "" {
		f := newFingerprint("email/1")
		f.add(it.MessageID)
		return f.sum()
	}
	f := newFingerprint("email without id/1")
	f.add(it.From())
	f.add(it.At.UTC().Format(time.RFC3339))
	f.add(trimmed(it.Subject))
	f.add(trimmed(it.Body))
	return f.sum()
}

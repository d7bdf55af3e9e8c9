package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// fill puts an email's text and attachments into the item.
func (m *mailReader) fill(it *Item, root *mimePart) error {
	b := &mailBody{m: m, it: it}
	all, err := b.collect(root)
	if err != nil {
		return err
	}
	it.Body = m.chars.clean(strings.TrimRight(all.text, " \t\n"), "text")
	it.Warnings = append(it.Warnings, all.warnings...)
	it.Damaged = it.Damaged || all.damaged
	return nil
}

// mailBody gathers what an email says.
type mailBody struct {
	m      *mailReader
	it     *Item
	number int
}

// said is the text of a part and of those within it.
type said struct {
	text     string
	html     bool // it was written in HTML
	warnings []string
	damaged  bool
}

func (s said) blank() bool { return strings.TrimSpace(s.text) == "" }

func (s *said) warn(format string, args ...any) {
	s.warnings = append(s.warnings, fmt.Sprintf(format, args...))
}

// collect reads a part: its text is returned, its attachments are streamed to
// the handler.
func (b *mailBody) collect(p *mimePart) (said, error) {
	switch {
	case p.ctype == "multipart/alternative" && len(p.parts) > 0:
		return b.alternative(p)
	case len(p.parts) > 0:
		return b.sequence(p)
	case p.isText():
		return b.text(p), nil
	case strings.HasPrefix(p.ctype, "multipart/") && p.disposition != "attachment":
		return b.text(p), nil // without its boundary: all there is to show
	}
	return said{}, b.attach(p)
}

// isText tells a part that is shown, not attached.
func (p *mimePart) isText() bool {
	return (p.ctype == "text/plain" || p.ctype == "text/html") && p.disposition != "attachment" && p.filename == ""
}

// sequence joins the texts of parts that follow each other.
func (b *mailBody) sequence(p *mimePart) (all said, err error) {
	var texts []string
	for _, child := range p.parts {
		one, err := b.collect(child)
		if err != nil {
			return all, err
		}
		if !one.blank() {
			texts = append(texts, strings.Trim(one.text, "\n"))
		}
		all.html = all.html || one.html
		all.damaged = all.damaged || one.damaged
		all.warnings = append(all.warnings, one.warnings...)
	}
	all.text = strings.Join(texts, "\n\n")
	return all, nil
}

// alternative takes the plain form of a text, or what HTML says where the
// plain form is empty. What is attached to any form is kept.
func (b *mailBody) alternative(p *mimePart) (best said, err error) {
	for _, child := range p.parts {
		one, err := b.collect(child)
		if err != nil {
			return best, err
		}
		if best.blank() || best.html && !one.html && !one.blank() {
			best = one
		}
	}
	return best, nil
}

// text decodes a part that is shown.
func (b *mailBody) text(p *mimePart) (s said) {
	s.html = p.ctype == "text/html"
	var raw bytes.Buffer
	if err := b.decode(p, &raw); err != nil {
		s.warn("the text: %v", err)
		s.damaged = true
	}
	text, flaw := decodeText(raw.Bytes(), p.params["charset"])
	if flaw != "" {
		s.warn("the text %s", flaw)
	}
	if !s.html {
		s.text = newlines(text)
		return s
	}
	var remote int
	if s.text, remote = htmlText(text); !s.blank() {
		s.warn("written in HTML only: shown as plain text")
	}
	if remote > 0 {
		s.warn("pictures that stand on other computers were not fetched: %d", remote)
	}
	return s
}

// attach streams a part to the handler.
func (b *mailBody) attach(p *mimePart) error {
	b.number++
	name := b.name(p)
	switch p.ctype {
	case "application/ms-tnef":
		b.warn("%s: Outlook's own format, which may hold more text and files; it is kept as it is", name)
	case "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted":
		b.warn("%s: encrypted or sealed by the sender; it is kept as it is", name)
	}
	if b.m.survey {
		b.it.Attachments = append(b.it.Attachments, Attachment{Name: name, Type: p.ctype})
		return nil
	}
	sink, err := b.m.openPart(name, p.ctype)
	if err != nil {
		return err
	}
	err = b.decode(p, sink)
	switch {
	case errors.Is(err, errPartTooLarge):
		sink.w.Abort()
		b.lose("%s: larger than %s, left out", name, megabytes(b.m.opt.MaxAttachment))
		return nil
	case errors.Is(err, errDamaged):
		b.lose("%s: its content is damaged; what could be read of it is kept", name)
	case err != nil:
		sink.w.Abort()
		return err
	}
	a, err := sink.close(name, p.ctype)
	if err != nil {
		return err
	}
	b.it.Attachments = append(b.it.Attachments, a)
	return nil
}

// name gives the attachment's name; an email within the email is named after
// its subject.
func (b *mailBody) name(p *mimePart) string {
	if p.filename == "" && p.ctype == "message/rfc822" {
		inner, _ := splitHeader(p.body)
		if subject := inner.text("subject"); subject != "" {
			return cleanName(strings.NewReplacer("/", "_", `\`, "_").Replace(cut(subject, 100))+".eml", p.ctype, b.number)
		}
	}
	return cleanName(p.filename, p.ctype, b.number)
}

func (b *mailBody) warn(format string, args ...any) {
	b.it.Warnings = append(b.it.Warnings, fmt.Sprintf(format, args...))
}

func (b *mailBody) lose(format string, args ...any) {
	b.warn(format, args...)
	b.it.Damaged = true
}

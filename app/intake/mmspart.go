package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// mmsPart is one part of a multimedia message.
type mmsPart struct {
	seq, ct, name, fn, cl string
	text                  []byte // as the file writes it; nil: none
	data                  bool   // there is content
	decode                *base64Writer
	over                  bool // larger than an attachment may be
}

// part reads one part, attribute by attribute: its data goes on as it comes.
func (m *mmsMessage) part() error {
	if m.parts++; m.parts > maxParts {
		return errMalformed
	}
	m.w.consume(len("<part"))
	var p mmsPart
	for {
		a, end, err := m.w.attribute(0)
		if err != nil {
			return err
		}
		if end > 0 {
			m.w.consume(end)
			return m.close(&p)
		}
		name := string(m.w.view(a.n0, a.n1))
		quote := m.w.view(a.v0-1, a.v0)[0]
		m.w.consume(a.v0)
		if name == "data" {
			err = m.content(&p, quote)
		} else {
			err = m.attribute(&p, name, quote)
		}
		if err != nil {
			return err
		}
	}
}

// attribute keeps one of the short attributes.
func (m *mmsMessage) attribute(p *mmsPart, name string, quote byte) error {
	end, err := m.w.index(0, quote, m.x.limit)
	if err != nil {
		return err
	}
	if value := m.w.view(0, end); m.wanted {
		switch name {
		case "text":
			p.text = bytes.Clone(value)
		case "seq", "ct", "name", "fn", "cl":
			p.set(name, m.word(value, name))
		}
	}
	m.w.consume(end + 1)
	return nil
}

func (p *mmsPart) set(name, value string) {
	switch name {
	case "seq":
		p.seq = value
	case "ct":
		p.ct = value
	case "name":
		p.name = value
	case "fn":
		p.fn = value
	case "cl":
		p.cl = value
	}
}

func (m *mmsMessage) word(value []byte, name string) string {
	if string(value) == "null" || len(value) > maxTag/8 {
		return ""
	}
	return strings.TrimSpace(m.x.chars.text(value, name))
}

// layout says that a part arranges others and says nothing itself.
func (p *mmsPart) layout() bool { return p.seq == "-1" || p.smil() }

func (p *mmsPart) smil() bool { return mediaType(p.ct) == "application/smil" }

// content streams a part's data to the handler.
func (m *mmsMessage) content(p *mmsPart, quote byte) error {
	if null, err := m.null(quote); null || err != nil {
		return err
	}
	p.data = true
	if m.wanted && !m.x.survey && !p.layout() && p.decode == nil {
		sink, err := m.x.openPart(m.label(p), m.mime(p))
		if err != nil {
			return err
		}
		m.open = sink
		m.x.base64.reset(sink)
		p.decode = &m.x.base64
	}
	for {
		piece := m.w.unread()
		if len(piece) == 0 {
			return m.w.ended()
		}
		end := bytes.IndexByte(piece, quote)
		if end >= 0 {
			piece = piece[:end]
		}
		if err := m.feed(p, piece); err != nil {
			return err
		}
		m.w.consume(len(piece))
		if end >= 0 {
			m.w.consume(1)
			return nil
		}
	}
}

func (m *mmsMessage) feed(p *mmsPart, piece []byte) error {
	if p.decode == nil || p.over {
		return nil
	}
	err := p.decode.write(piece)
	if errors.Is(err, errPartTooLarge) {
		p.over = true
		return nil
	}
	return err
}

// null passes a value that says there is no content.
func (m *mmsMessage) null(quote byte) (bool, error) {
	for _, none := range []string{"", "null"} {
		n := 0
		for n < len(none) {
			if c, ok := m.w.at(n); !ok || c != none[n] {
				break
			}
			n++
		}
		if c, ok := m.w.at(n); !ok {
			return false, m.w.ended()
		} else if n == len(none) && c == quote {
			m.w.consume(n + 1)
			return true, nil
		}
	}
	return false, nil
}

// close puts a part that was read to its end where it belongs.
func (m *mmsMessage) close(p *mmsPart) error {
	if !m.wanted {
		return nil
	}
	hasText := p.text != nil && (string(p.text) != "null" || !p.data && m.plain(p))
	switch {
	case p.layout():
		if !p.smil() && (p.data || hasText) {
			m.warn("a layout part (seq -1, %s) was left out", p.ct)
		}
		return m.abandon()
	case hasText && !p.data && m.plain(p):
		return m.say(p)
	case p.data:
		return m.attach(p)
	case hasText && len(p.text) > 0:
		return m.attachText(p)
	case p.text == nil || !m.plain(p):
		m.warn("%s: the content of this attachment is not in the export", m.label(p))
		m.it.Damaged = true
	}
	return nil
}

func (m *mmsMessage) plain(p *mmsPart) bool {
	mime := m.mime(p)
	return mime == "text/plain" || mime == ""
}

func (m *mmsMessage) mime(p *mmsPart) string { return mediaType(p.ct) }

// label gives the first name that the part has, made harmless.
func (m *mmsMessage) label(p *mmsPart) string {
	for _, name := range []string{p.name, p.fn, p.cl} {
		if name != "" {
			return cleanName(name, p.ct, m.parts)
		}
	}
	return cleanName("", p.ct, m.parts)
}

// say adds a part's text to the message's.
func (m *mmsMessage) say(p *mmsPart) error {
	if m.size += len(p.text); m.size > m.x.limit {
		return errTooLong
	}
	if string(p.text) == "null" {
		m.warn("%s", nullText)
	}
	m.texts = append(m.texts, m.x.chars.text(p.text, "text"))
	return nil
}

// attach ends a part's content and lists it.
func (m *mmsMessage) attach(p *mmsPart) error {
	name := m.label(p)
	if m.x.survey {
		m.it.Attachments = append(m.it.Attachments, Attachment{Name: name, Type: m.mime(p)})
		return nil
	}
	whole, err := p.decode.close()
	if p.over || errors.Is(err, errPartTooLarge) {
		m.warn("%s: larger than %s, left out", name, megabytes(m.x.opt.MaxAttachment))
		m.it.Damaged = true
		return m.abandon()
	}
	if err != nil {
		return err
	}
	if !whole {
		m.warn("%s: its content is damaged; what could be read of it is kept", name)
		m.it.Damaged = true
	}
	return m.seal(name, p)
}

// attachText keeps the text of a part that is no message text (a visiting
// card, a calendar entry) as a file.
func (m *mmsMessage) attachText(p *mmsPart) error {
	p.data = true
	if m.x.survey {
		return m.attach(p)
	}
	sink, err := m.x.openPart(m.label(p), m.mime(p))
	if err != nil {
		return err
	}
	m.open = sink
	if _, err := io.WriteString(sink, m.x.chars.text(p.text, m.label(p))); err != nil && !errors.Is(err, errPartTooLarge) {
		return err
	}
	return m.seal(m.label(p), p)
}

func (m *mmsMessage) seal(name string, p *mmsPart) error {
	sink := m.open
	m.open = nil
	a, err := sink.close(name, m.mime(p))
	if err != nil {
		return err
	}
	m.it.Attachments = append(m.it.Attachments, a)
	return nil
}

func (m *mmsMessage) abandon() error {
	if m.open != nil {
		m.open.w.Abort()
		m.open = nil
	}
	return nil
}

func (m *mmsMessage) warn(format string, args ...any) {
	m.it.Warnings = append(m.it.Warnings, fmt.Sprintf(format, args...))
}

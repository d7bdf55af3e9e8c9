package intake

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
)

// readMail reads a file that is one email.
func readMail(s *session, src *source) error {
	raw, err := io.ReadAll(io.LimitReader(src, s.opt.MaxMessage+1))
	if err != nil {
		return err
	}
	m := newMailReader(s)
	const at = "message 1, byte 0"
	if int64(len(raw)) > s.opt.MaxMessage {
		s.report.refuse(at, m.tooLarge())
		return nil
	}
	text := bytes.TrimPrefix(raw, []byte(byteOrderMark))
	return m.message(rawMail{text: text, raw: sha256.Sum256(raw), locator: at})
}

func (m *mailReader) tooLarge() string {
	return fmt.Sprintf("it is larger than %s", megabytes(m.opt.MaxMessage))
}

// readMailbox reads a file of many emails (RFC 4155). A message begins at a
// line "From ... date" at the start of the file or after an empty line; other
// lines that begin with "From " are text.
func readMailbox(s *session, src *source) error {
	b := &mailbox{m: newMailReader(s), r: bufio.NewReaderSize(src, 256<<10), raw: sha256.New()}
	return b.run()
}

// mailbox gathers the lines of one message at a time.
type mailbox struct {
	m     *mailReader
	r     *bufio.Reader
	off   int64 // of the line at hand
	text  []byte
	raw   hash.Hash
	n     int   // messages begun
	begun int64 // where the message at hand begins
	from  mailDate
	over  bool // it is larger than a message may be
}

func (b *mailbox) run() error {
	empty, whole := true, true // the line before was empty; it was whole
	for {
		line, err := b.r.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
			return err
		}
		if whole && empty {
			if date, ok := mailboxLine(bytes.TrimPrefix(line, []byte(byteOrderMark))); ok {
				if err := b.finish(); err != nil {
					return err
				}
				b.begin(date)
			}
		}
		b.add(line, whole)
		b.off += int64(len(line))
		if err == io.EOF {
			return b.finish()
		}
		empty = whole && len(bytes.TrimSpace(line)) == 0
		whole = err == nil
	}
}

func (b *mailbox) begin(date mailDate) {
	b.n++
	b.begun, b.from, b.over = b.off, date, false
	b.text = b.text[:0]
	b.raw.Reset()
}

// add takes a line, or a piece of a long one. The quoting of lines that would
// look like a message's first is undone (mboxrd: one ">" off ">From ",
// ">>From ").
func (b *mailbox) add(line []byte, whole bool) {
	if b.n == 0 {
		return // nothing but empty lines stands before the first message
	}
	b.raw.Write(line)
	if whole && b.off == b.begun {
		return
	}
	if whole && len(line) > 0 && line[0] == '>' && envelopeLine(line) {
		line = line[1:]
	}
	if b.over = b.over || int64(len(b.text)+len(line)) > b.m.opt.MaxMessage; !b.over {
		b.text = append(b.text, line...)
	}
}

// finish reads the message at hand.
func (b *mailbox) finish() error {
	if b.n == 0 {
		return nil
	}
	at := fmt.Sprintf("message %d, byte %d", b.n, b.begun)
	if b.over {
		b.m.report.refuse(at, b.m.tooLarge())
		return nil
	}
	m := rawMail{text: withoutEnd(b.text), locator: at, from: b.from}
	b.raw.Sum(m.raw[:0])
	return b.m.message(m)
}

// mailboxLine tells a message's first line and gives its date: "From ", a
// sender, and a date as ctime writes it, with or without a zone.
func mailboxLine(line []byte) (mailDate, bool) {
	if !bytes.HasPrefix(line, []byte("From ")) || len(line) > maxMailboxLine {
		return mailDate{}, false
	}
	words := bytes.Fields(line)
	for i, word := range words[1:] {
		if weekday(string(word)) {
			return parseMailDate(string(bytes.Join(words[i+2:], []byte(" "))))
		}
	}
	return mailDate{}, false
}

// maxMailboxLine is longer than any sender and date.
const maxMailboxLine = 1000

func weekday(s string) bool {
	switch s {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,":
		return true
	}
	return false
}

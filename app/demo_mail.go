package app

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"

	"casekeep/vault/record"
)

// mailText writes a moment as an email.
func (s *demoScript) mailText(m demoSent) []byte {
	own := fmt.Sprintf("%s <%s>", demoName, demoEmail)
	client := fmt.Sprintf("%s <%s>", mime.BEncoding.Encode("utf-8", m.with.Name), m.contact)
	from, to := client, own
	if m.entry.Direction == record.Out {
		from, to = own, client
	}
	var b bytes.Buffer
	header := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	header("From", from)
	header("To", to)
	header("Subject", mime.QEncoding.Encode("utf-8", m.entry.Subject))
	header("Date", m.entry.At.In(record.LoadZone(demoZone)).Format(time.RFC1123Z))
	header("Message-ID", demoMessageID(m))
	header("MIME-Version", "1.0")
	if len(m.files) == 0 {
		writeDemoText(&b, m.entry.Body)
		return b.Bytes()
	}
	const boundary = "quill-street"
	header("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	fmt.Fprintf(&b, "\r\n--%s\r\n", boundary)
	writeDemoText(&b, m.entry.Body)
	for _, name := range m.files {
		file := s.files[name]
		fmt.Fprintf(&b, "\r\n--%s\r\n", boundary)
		header("Content-Type", fmt.Sprintf(`%s; name="%s"`, file.kind, name))
		header("Content-Disposition", fmt.Sprintf(`attachment; filename="%s"`, name))
		header("Content-Transfer-Encoding", "base64")
		b.WriteString("\r\n")
		for encoded := file.base64(); encoded != ""; {
			n := min(76, len(encoded))
			b.WriteString(encoded[:n] + "\r\n")
			encoded = encoded[n:]
		}
	}
	fmt.Fprintf(&b, "\r\n--%s--\r\n", boundary)
	return b.Bytes()
}

func writeDemoText(b *bytes.Buffer, text string) {
	b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	w := quotedprintable.NewWriter(b)
	w.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"))
	w.Close()
}

// demoMessageID is the same for the same message in every export.
func demoMessageID(m demoSent) string {
	sum := sha256.Sum256([]byte(m.contact + m.entry.At.String() + m.entry.Subject))
	return fmt.Sprintf("<%x@mail.example.org>", sum[:8])
}

// mailboxText writes emails as one mailbox (RFC 4155).
func (s *demoScript) mailboxText(mails []demoSent) []byte {
	inTime(mails)
	var b bytes.Buffer
	for _, m := range mails {
		sender := m.contact
		if m.entry.Direction == record.Out {
			sender = demoEmail
		}
		fmt.Fprintf(&b, "From %s %s\n", sender, m.entry.At.UTC().Format(time.ANSIC))
		text := strings.ReplaceAll(string(s.mailText(m)), "\r\n", "\n")
		b.WriteString(strings.ReplaceAll(text, "\nFrom ", "\n>From "))
		b.WriteString("\n")
	}
	return b.Bytes()
}

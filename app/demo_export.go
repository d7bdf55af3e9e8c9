package app

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"casekeep/vault/record"
)

// demoSaved are the files that the practitioner saved at one moment: everybody's
// texts and calls, the mailbox, and a couple's emails one by one.
type demoSaved struct {
	phone   []export
	mailbox []export
	letters map[*demoClient][]export
}

// of gives the files in which a client's messages stand.
func (s demoSaved) of(c *demoClient) []export {
	var files []export
	if slices.ContainsFunc(c.Contacts, func(p record.ContactPoint) bool { return p.System == record.Phone }) {
		files = append(files, s.phone...)
	}
	switch letters, single := s.letters[c]; {
	case single:
		files = append(files, letters...)
	case slices.ContainsFunc(c.Contacts, func(p record.ContactPoint) bool { return p.System == record.Email }):
		files = append(files, s.mailbox...)
	}
	return files
}

// demoSent is a message with whom it was exchanged.
type demoSent struct {
	demoMoment
	with *demoClient
}

// save writes the exports of a moment.
func (s *demoScript) save(at time.Time) demoSaved {
	saved := demoSaved{letters: map[*demoClient][]export{}}
	var texts, calls, mails []demoSent
	for _, c := range s.clients {
		for _, m := range c.moments {
			if !m.imported() || m.entry.At.After(at) {
				continue
			}
			sent := demoSent{m, c}
			switch {
			case m.entry.Channel == record.Text:
				texts = append(texts, sent)
			case m.entry.Channel == record.Call:
				calls = append(calls, sent)
			case c.Kind == record.Couple:
				saved.letters[c] = append(saved.letters[c], memoryExport(demoFileName(m.entry.Subject, len(saved.letters[c])), s.mailText(sent)))
			default:
				mails = append(mails, sent)
			}
		}
	}
	stamp := at.In(s.calendar.zone).Format("20060102150405")
	saved.phone = append(saved.phone, memoryExport("sms-"+stamp+".xml", s.textsXML(texts, at)))
	if len(calls) > 0 {
		saved.phone = append(saved.phone, memoryExport("calls-"+stamp+".xml", s.callsXML(calls, at)))
	}
	if len(mails) > 0 {
		saved.mailbox = []export{memoryExport("Clients.mbox", s.mailboxText(mails))}
	}
	return saved
}

func memoryExport(name string, content []byte) export {
	return export{name, int64(len(content)), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

func demoFileName(subject string, n int) string {
	return fmt.Sprintf("%02d %s.eml", n+1, strings.ReplaceAll(subject, ":", ""))
}

func inTime(list []demoSent) {
	slices.SortStableFunc(list, func(a, b demoSent) int { return a.entry.At.Compare(b.entry.At) })
}

// strangers are on the same phone, and in nobody's record.
var strangers = []struct{ address, name, said string }{
	{"+1 601 555 0119", "Mom", "Bring the blue dish on Sunday, love"},
	{"22395", "(Unknown)", "Your prescription is ready for pickup."},
	{"(601) 555-0131", "Piano tuner", "I can come Wednesday at 4"},
}

// textsXML writes texts as SMS Backup & Restore does.
func (s *demoScript) textsXML(texts []demoSent, at time.Time) []byte {
	inTime(texts)
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"%d\" backup_set=\"quill\" backup_date=\"%d\" type=\"full\">\n",
		len(texts)+len(strangers), at.UnixMilli())
	for i, t := range strangers {
		when := at.Add(-time.Duration(i+1) * 50 * time.Hour)
		fmt.Fprintf(&b, `  <sms protocol="0" address="%s" date="%d" type="1" subject="null" body="%s" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" readable_date="%s" contact_name="%s" />`+"\n",
			t.address, when.UnixMilli(), t.said, s.readable(when), t.name)
	}
	for i, t := range texts {
		if len(t.files) > 0 {
			s.mmsXML(&b, t, i)
			continue
		}
		fmt.Fprintf(&b, `  <sms protocol="0" address="%s" date="%d" type="%d" subject="null" body="%s" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="%d" sub_id="1" readable_date="%s" contact_name="%s" />`+"\n",
			t.contact, t.entry.At.UnixMilli(), t.box(), escapeXML(t.entry.Body), t.entry.At.UnixMilli()-900, s.readable(t.entry.At), escapeXML(t.with.Name))
	}
	b.WriteString("</smses>\n")
	return b.Bytes()
}

// box is 1 for what was received and 2 for what was sent.
func (t demoSent) box() int {
	if t.entry.Direction == record.Out {
		return 2
	}
	return 1
}

func (s *demoScript) mmsXML(b *bytes.Buffer, t demoSent, i int) {
	fmt.Fprintf(b, `  <mms date="%d" date_sent="%d" msg_box="%d" address="%s" m_id="m-%d" sub="null" ct_t="application/vnd.wap.multipart.related" read="1" readable_date="%s" contact_name="%s">`+"\n    <parts>\n",
		t.entry.At.UnixMilli(), t.entry.At.Unix(), t.box(), t.contact, i, s.readable(t.entry.At), escapeXML(t.with.Name))
	for n, name := range t.files {
		file := s.files[name]
		fmt.Fprintf(b, `      <part seq="%d" ct="%s" name="%s" chset="null" cl="%s" text="null" data="%s" />`+"\n", n, file.kind, name, name, file.base64())
	}
	fmt.Fprintf(b, `      <part seq="%d" ct="text/plain" name="null" chset="106" cl="text.txt" text="%s" />`+"\n", len(t.files), escapeXML(t.entry.Body))
	from, to := t.contact, demoPhone
	if t.entry.Direction == record.Out {
		from, to = to, from
	}
	fmt.Fprintf(b, "    </parts>\n    <addrs>\n      <addr address=\"%s\" type=\"137\" charset=\"106\" />\n      <addr address=\"%s\" type=\"151\" charset=\"106\" />\n    </addrs>\n  </mms>\n", from, to)
}

// callsXML writes calls as SMS Backup & Restore does: type 1 came in, 2 went
// out, 3 was missed.
func (s *demoScript) callsXML(calls []demoSent, at time.Time) []byte {
	inTime(calls)
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<calls count=\"%d\" backup_date=\"%d\" type=\"full\">\n", len(calls), at.UnixMilli())
	for _, c := range calls {
		kind := cmp.Or(map[string]int{"missed": 3}[c.entry.Outcome], c.box())
		fmt.Fprintf(&b, `  <call number="%s" duration="%d" date="%d" type="%d" presentation="1" readable_date="%s" contact_name="%s" />`+"\n",
			c.contact, int(c.entry.Duration.Seconds()), c.entry.At.UnixMilli(), kind, s.readable(c.entry.At), escapeXML(c.with.Name))
	}
	b.WriteString("</calls>\n")
	return b.Bytes()
}

func (s *demoScript) readable(at time.Time) string {
	return at.In(s.calendar.zone).Format("Jan 2, 2006 3:04:05 PM")
}

// lost stands in a script where a character was lost in the export.
const lost = '▯'

// escapeXML writes an attribute as older versions of the phone's program did:
// an emoji as two references, one a half.
func escapeXML(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == lost:
			b.WriteString("&#55357;")
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, "&#%d;&#%d;", high, low)
		case strings.ContainsRune(`<>&"'`, r) || r < ' ':
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

package intake

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"casekeep/vault/record"
)

// checked is a Handler that holds every item against what Casekeep stores.
type checked struct {
	collector
	t *testing.T
}

func (c *checked) Item(it Item) error {
	t := c.t
	if it.Locator == "" || it.Raw.IsZero() || it.Key.IsZero() || it.Content.IsZero() {
		t.Errorf("no place or no hash: %+v", it)
	}
	if !it.Channel.Valid() || !it.Direction.Valid() || !plausible(it.At) {
		t.Errorf("channel %q, direction %q, at %v", it.Channel, it.Direction, it.At)
	}
	if it.At.Nanosecond()%1e6 != 0 {
		t.Errorf("%v is not in milliseconds", it.At)
	}
	if _, err := record.ParseZone(it.Zone); err != nil || it.Basis == "" {
		t.Errorf("zone %q (%s): %v", it.Zone, it.Basis, err)
	}
	if it.Duration < 0 {
		t.Errorf("duration %v", it.Duration)
	}
	texts := []string{it.Body, it.Subject, it.Original, it.Outcome, it.MessageID, it.Locator}
	texts = append(append(append(append(texts, it.Thread...), it.Names...), it.Labels...), it.Warnings...)
	for _, p := range it.Parties {
		texts = append(texts, p.Name, p.Address, p.Role)
	}
	for _, a := range it.Attachments {
		texts = append(texts, a.Name, a.Type)
		if a.Name == "" || strings.ContainsAny(a.Name, "/\\\x00\n") || a.Name == ".." {
			t.Errorf("attachment's name %q", a.Name)
		}
		if p := a.Part.(*memoryPart); !p.closed || p.aborted || a.SHA256 != sum(p.String()) {
			t.Errorf("attachment %q is not what was written", a.Name)
		}
	}
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.ContainsFunc(s, forbidden) || strings.Contains(s, "\r") {
			t.Errorf("not clean: %q", s)
		}
	}
	return c.collector.Item(it)
}

// fuzzRead reads anything at all: it must add up, a second time gives nothing
// new, a survey counts the same, and parts are either in an item or dropped.
func fuzzRead(t *testing.T, data []byte, read func(*session, *source) error) {
	h := &checked{t: t}
	run := func(h Handler, survey bool) (Report, error) {
		s := newSession(Options{Own: []string{"6015550100", "office@example.org"}, Drafts: true, MaxAttachment: 1 << 16}, h, "f")
		s.survey = survey
		src := newSource(t.Context(), bytes.NewReader(data), 0, nil)
		err := read(s, src)
		return s.report, err
	}
	first, err := run(h, false)
	addsUp(t, first)
	if first.Imported != len(h.items) || len(h.heads) > first.Found {
		t.Errorf("%d accepted, %d asked: %+v", len(h.items), len(h.heads), first)
	}
	attached := 0
	for _, it := range h.items {
		attached += len(it.Attachments)
	}
	if h.kept() != attached {
		t.Errorf("%d parts kept, %d attached", h.kept(), attached)
	}
	again, err2 := run(h, false)
	if again.Imported != 0 || again.Found != first.Found || (err == nil) != (err2 == nil) {
		t.Errorf("the second time: %+v", again)
	}
	v := &surveyor{threads: map[string]*ThreadPreview{}}
	if seen, _ := run(v, true); seen.Found != first.Found || seen.Refused != first.Refused {
		t.Errorf("the survey saw %+v, the reading %+v", seen, first)
	}
}

func FuzzXML(f *testing.F) {
	for _, name := range []string{"sms.xml", "calls.xml"} {
		f.Add(must(readAll(name)))
	}
	f.Add([]byte(smses(sms1 + mms(`address="null"`, `<parts><part data="QQ==" ct="a/b"/></parts><addrs><addr address="5" type="137"/></addrs>`) + "<!-- x --><![CDATA[y]]>")))
	f.Add([]byte(smses(`<sms address="&#55357;&#0;\xED\xA0\xBD" date="1" type='2' body="&amp;&nbsp;&"/><mms`)))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, data, readSMSBackup) })
}

func FuzzMail(f *testing.F) {
	box := must(readAll("takeout.mbox"))
	_, first := nextLine(box)
	f.Add(first[:bytes.Index(first, []byte("\nFrom 1719000000000000002"))])
	f.Add([]byte(plainMail + "Content-Type: text/html; charset=x\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E9<a href=3D1>x</a>"))
	f.Add([]byte(plainMail + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: message/rfc822; name==?utf-8?q?=2e=2e/?=\n\nSubject: x\n\n--b--"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, data, readMail) })
}

func FuzzMbox(f *testing.F) {
	f.Add(must(readAll("takeout.mbox")))
	f.Add([]byte("From - Thu Jan  1 09:00:00 2026\r\n" + plainMail + "\r\n>From x\r\n\r\nFrom y Fri, 2 Jan 2026 09:00 +0100\r\n\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, data, readMailbox) })
}

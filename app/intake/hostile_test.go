package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

const sms1 = `<sms address="+16015550101" date="1767280020000" type="1" body="first" />`
const sms2 = `<sms address="+16015550101" date="1767280080000" type="2" body="second" />`

func smses(inner string) string { return `<smses count="2">` + inner + `</smses>` }

func TestFilesThatAreRefused(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "a.xml is empty"},
		{"blank", " \n\n", "a.xml is empty"},
		{"UTF-16 LE", "\xFF\xFE<\x00s\x00", "a.xml is written in UTF-16"},
		{"UTF-16 BE, no mark", "\x00<\x00s", "a.xml is written in UTF-16"},
		{"Latin-1 declared", `<?xml version="1.0" encoding="ISO-8859-1"?>` + smses(sms1), "a.xml says that it is written in ISO-8859-1, and only UTF-8 is read"},
		{"other XML", "<html><body/></html>", "a.xml is no SMS Backup & Restore file"},
		{"ZIP", "PK\x03\x04abc", "a.xml is a ZIP archive: unpack it first"},
		{"Outlook", "\xD0\xCF\x11\xE0\xA1\xB1", "a.xml is in Outlook's own format"},
		{"text", "just some words: and more\nwords\n", "a.xml is no file that can be imported"},
		{"entity bomb", `<?xml version="1.0"?><!DOCTYPE smses [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + smses(sms1), "a.xml declares a document type or entities"},
		{"entity bomb inside", smses(sms1 + `<!ENTITY a "aaaa">`), "a.xml declares a document type or entities"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := &collector{}
			r, err := Read(t.Context(), strings.NewReader(tt.text), "a.xml", 0, options(), h, nil)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			addsUp(t, r)
		})
	}
}

func TestCutOffXML(t *testing.T) {
	whole := string(must(readAll("sms.xml")))
	for n := len(`<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>`) + 160; n < len(whole)-len("\n"); n += 37 {
		h := &collector{}
		opt := options()
		opt.Drafts = true
		text := whole[:n]
		if !strings.Contains(text, "<smses ") {
			continue
		}
		r := readText(t, "sms.xml", text, opt, h)
		complete := strings.Count(text, "</mms>")
		for _, piece := range strings.Split(text, "<sms ")[1:] {
			if strings.Contains(piece, "/>") {
				complete++
			}
		}
		if r.Imported != complete || !r.CutOff {
			t.Fatalf("cut at %d: %d imported of %d complete, %+v", n, r.Imported, complete, r)
		}
		last := r.Warnings[len(r.Warnings)-1].Text
		if !strings.HasPrefix(last, "the file ends ") {
			t.Fatalf("cut at %d: %q", n, last)
		}
		attached := 0
		for _, it := range h.items {
			attached += len(it.Attachments)
		}
		if h.kept() != attached {
			t.Fatalf("cut at %d: %d parts kept, %d attached", n, h.kept(), attached)
		}
	}
}

func TestCutOffSentence(t *testing.T) {
	h := &collector{}
	r := readText(t, "a.xml", `<smses count="7360">`+sms1+sms2+`<sms address="+16015550101" date="17672`, options(), h)
	want := "the file ends in the middle of message 3: 7360 declared, 3 found"
	if r.Imported != 2 || r.Refused != 1 || r.Warnings[0].Text != want {
		t.Errorf("%+v", r)
	}
}

func TestDeclaredCountIsCompared(t *testing.T) {
	h := &collector{}
	r := readText(t, "a.xml", `<smses count="7360">`+sms1+sms2+`</smses>`, options(), h)
	if want := "the file declares 7360 messages and holds 2"; len(r.Warnings) != 1 || r.Warnings[0].Text != want {
		t.Errorf("%+v", r.Warnings)
	}
}

func TestMalformedMessagesAreRefusedAlone(t *testing.T) {
	tests := map[string]string{
		"quote missing":   `<sms address="+16015550101" date="1767280020000" type="1" body="oops />`,
		"no quotes":       `<sms address=5 date="1767280020000" type="1" body="x"/>`,
		"stray slash":     `<sms address="5" / date="1767280020000" type="1" body="x"/>`,
		"not closed":      `<mms address="+16015550101" date="1767280020000" msg_box="1"><parts>`,
		"no type":         `<sms address="+16015550101" date="1767280020000" body="x"/>`,
		"no date":         `<sms address="+16015550101" type="1" body="x"/>`,
		"absurd date":     `<sms address="+16015550101" date="99999999999999999" type="1" body="x"/>`,
		"part, no quotes": `<mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part ct="image/png" data=5 /></parts></mms>`,
	}
	for name, bad := range tests {
		t.Run(name, func(t *testing.T) {
			h := &collector{}
			r := readText(t, "a.xml", smses(sms1+bad+sms2), options(), h)
			if r.Imported != 2 || r.Refused != 1 || h.items[1].Body != "second" {
				t.Errorf("%+v", r)
			}
			if !strings.HasPrefix(r.RefusedBy[0].First[0], "message 2, byte ") {
				t.Errorf("%+v", r.RefusedBy)
			}
		})
	}
}

// endless gives head, then n bytes of filler, then tail, without holding them.
func endless(head, filler string, n int64, tail string) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&repeat{text: []byte(filler)}, n), strings.NewReader(tail))
}

type repeat struct {
	text []byte
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		c := copy(p[n:], r.text[r.at:])
		n, r.at = n+c, (r.at+c)%len(r.text)
	}
	return n, nil
}

// peak runs f and gives the largest heap seen meanwhile, in bytes beyond what
// was there before.
func peak(f func()) uint64 {
	runtime.GC()
	before := heap()
	stop, done := make(chan bool), make(chan uint64)
	go func() {
		var most uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, heap())
			select {
			case <-stop:
				done <- most
				return
			case <-tick.C:
			}
		}
	}()
	f()
	stop <- true
	most := <-done
	return most - min(most, before)
}

func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func TestHugeAttributeThatIsNoAttachment(t *testing.T) {
	for name, tag := range map[string]string{
		"body":       `<sms address="+16015550101" date="1767280020000" type="1" body="`,
		"mms":        `<mms address="+16015550101" date="1767280020000" msg_box="1" sub="`,
		"part text":  `<mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part ct="text/plain" text="`,
		"white":      `<sms address="5" `,
		"attributes": `<sms address="5" x="`,
	} {
		t.Run(name, func(t *testing.T) {
			filler := "a"
			switch name {
			case "white":
				filler = " "
			case "attributes":
				filler = `" x="`
			}
			h := &collector{}
			var r Report
			used := peak(func() {
				var err error
				r, err = Read(t.Context(), endless(`<smses count="3">`+sms1+tag, filler, 100<<20, `"/>`+sms2+`</smses>`), "a.xml", 0, options(), h, nil)
				if err != nil {
					t.Error(err)
				}
			})
			if r.Imported != 2 || r.Refused != 1 {
				t.Errorf("%+v", r)
			}
			if used > 64<<20 {
				t.Errorf("%d MB of heap", used>>20)
			}
		})
	}
}

// discard is a Handler that keeps nothing but counts.
type discard struct {
	items int
	bytes int64
}

func (d *discard) Want(Head) (bool, string)                { return true, "" }
func (d *discard) Part(string, string) (PartWriter, error) { return d, nil }
func (d *discard) Item(Item) error                         { d.items++; return nil }
func (d *discard) Write(p []byte) (int, error)             { d.bytes += int64(len(p)); return len(p), nil }
func (d *discard) Close() error                            { return nil }
func (d *discard) Abort()                                  {}

func TestAttachmentStreamsThrough(t *testing.T) {
	const size = 100 << 20
	var d discard
	head := `<smses count="1"><mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part seq="0" ct="video/mp4" name="a.mp4" data="`
	used := peak(func() {
		r, err := Read(t.Context(), endless(head, "QUJD", size, `"/></parts></mms></smses>`), "a.xml", 0, options(), &d, nil)
		if err != nil || r.Imported != 1 || r.Damaged != 0 {
			t.Errorf("%v %+v", err, r)
		}
	})
	if d.bytes != size/4*3 {
		t.Errorf("%d bytes came out", d.bytes)
	}
	if used > 16<<20 {
		t.Errorf("%d MB of heap for an attachment of %d MB", used>>20, size>>20)
	}
}

func TestAttachmentThatIsTooLarge(t *testing.T) {
	h := &collector{}
	opt := options()
	opt.MaxAttachment = 1000
	head := `<smses count="1"><mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part seq="0" ct="text/plain" text="look"/><part seq="0" ct="video/mp4" name="a.mp4" data="`
	r, err := Read(t.Context(), endless(head, "QUJD", 4000, `"/></parts></mms></smses>`), "a.xml", 0, opt, h, nil)
	if err != nil || r.Imported != 1 || r.Damaged != 1 || h.kept() != 0 || h.items[0].Body != "look" || len(h.items[0].Attachments) != 0 {
		t.Errorf("%v %+v", err, r)
	}
	if !strings.Contains(r.Warnings[0].Text, "a.mp4: larger than") {
		t.Errorf("%+v", r.Warnings)
	}
}

// A file of any size is read in the memory of a small one. The benchmark
// Stream does the same with a gigabyte.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	used := stream(t, 200<<20)
	t.Logf("%d kB of heap", used>>10)
}

const heapCeiling = 16 << 20

// stream reads a generated backup of about size bytes and gives the heap that
// it took.
func stream(t testing.TB, size int) uint64 {
	one := `<sms protocol="0" address="+16015550101" date="1767280020000" type="1" subject="null" body="See you at 2 &amp; bring the form &#55357;&#56832;" read="1" status="-1" date_sent="1767280018000" readable_date="Jan 1, 2026 9:07:00 AM" contact_name="Dana Reyes" />` + "\n" +
		`<mms date="1767280020000" msg_box="1" address="+16015550101"><parts><part seq="0" ct="image/jpeg" name="a.jpg" text="null" data="` + strings.Repeat("QUJD", 500) + `"/></parts></mms>` + "\n"
	n := size / len(one)
	var d discard
	used := peak(func() {
		r, err := Read(t.Context(), endless(`<smses count="1">`, one, int64(n*len(one)), `</smses>`), "a.xml", 0, options(), &d, nil)
		if err != nil || r.Found != 2*n || r.Imported != d.items || d.items != 2*n {
			t.Errorf("%v %d found, %d accepted", err, r.Found, d.items)
		}
	})
	if used > heapCeiling {
		t.Errorf("%d MB of heap for a file of %d MB", used>>20, size>>20)
	}
	return used
}

func TestMailboxMemoryDoesNotGrowWithTheFile(t *testing.T) {
	one := "From - Thu Jan  1 09:00:00 2026\n" + plainMail + "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n" +
		strings.Repeat(strings.Repeat("QUJD", 18)+"\n", 500) + "\n"
	n := 50 << 20 / len(one)
	var d discard
	used := peak(func() {
		r, err := Read(t.Context(), endless("", one, int64(n*len(one)), ""), "a.mbox", 0, options(), &d, nil)
		if err != nil || r.Imported != n {
			t.Errorf("%v %+v", err, r)
		}
	})
	if used > 2*heapCeiling {
		t.Errorf("%d MB of heap", used>>20)
	}
}

func TestMailNestedTenThousandDeep(t *testing.T) {
	var b strings.Builder
	b.WriteString(plainMail)
	for i := range 10_000 {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	refusedQuickly(t, b.String(), "its parts are nested more than 50 deep")
}

func TestMailWithTooManyParts(t *testing.T) {
	refusedQuickly(t, plainMail+"Content-Type: multipart/mixed; boundary=b\n\n"+strings.Repeat("--b\n\n", 1_000_000), "it has more than 2000 parts")
}

func TestMailWithHugeHeader(t *testing.T) {
	refusedQuickly(t, plainMail+"X-A: "+strings.Repeat("a ", 1<<20)+"\n\nx\n", "its header is larger than 1 MB")
	refusedQuickly(t, plainMail+"Content-Type: multipart/mixed; boundary=b\n\n--b\nX-A: "+strings.Repeat("a\n\t", 1<<20)+"\n\nx\n", "a header in it is larger than 1 MB")
}

func refusedQuickly(t *testing.T, text, reason string) {
	t.Helper()
	start := time.Now()
	h := &collector{}
	r := readText(t, "a.eml", text, options(), h)
	if r.Refused != 1 || r.RefusedBy[0].Reason != reason || h.kept() != 0 {
		t.Errorf("%+v", r)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestMailThatIsTooLarge(t *testing.T) {
	opt := options()
	opt.MaxMessage = 2000
	h := &collector{}
	if r := readText(t, "a.eml", plainMail+"\n"+strings.Repeat("x", 3000), opt, h); r.Refused != 1 {
		t.Errorf("%+v", r)
	}
	box := "From a Thu Jan  1 09:00:00 2026\n" + plainMail + "\n" + strings.Repeat("x", 3000) + "\n\nFrom a Thu Jan  1 09:00:00 2026\n" + plainMail + "\nsmall\n"
	if r := readText(t, "a.mbox", box, opt, h); r.Refused != 1 || r.Imported != 1 || h.items[0].Body != "small" {
		t.Errorf("%+v", r)
	}
}

// Each of these took minutes before something in it was made linear, or would.
func TestHostileMailEndsSoon(t *testing.T) {
	html := plainMail + "Content-Type: text/html\n\n"
	for name, text := range map[string]string{
		"open tags":         html + strings.Repeat("<blockquote><a href=x>", 100_000),
		"attributes":        html + "<a " + strings.Repeat("b=c ", 1_000_000) + ">",
		"ampersands":        html + strings.Repeat("&", 2_000_000),
		"comments":          plainMail + "Content-Transfer-Encoding: " + strings.Repeat("()", 400_000) + "\n\nx",
		"continued lines":   plainMail + "X-A: b\n" + strings.Repeat(" c\n", 300_000) + "\nx",
		"encoded words":     plainMail + "Subject: " + strings.Repeat("=?utf-8?q?a?= ", 60_000) + "\n\nx",
		"halves of words":   plainMail + "To: " + strings.Repeat("=?a?b?", 150_000) + "\n\nx",
		"people":            plainMail + strings.Repeat("To: a@example.org, b@example.org\n", 25_000) + "\nx",
		"boundary-like":     plainMail + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b x\n", 2_000_000),
		"control bytes":     plainMail + "\n" + strings.Repeat("\x00\xe9", 1_000_000),
		"parameters":        plainMail + "Content-Type: text/plain" + strings.Repeat("; a*0=\"b", 1500) + "\n\nx",
		"empty equal signs": plainMail + "Content-Transfer-Encoding: quoted-printable\n\n" + strings.Repeat("=\n", 1_000_000),
	} {
		start := time.Now()
		oneMail(t, text)
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func TestReadErrorsEndTheReading(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, text := range []string{smses(sms1), plainMail + "\nx", "From a Thu Jan  1 09:00:00 2026\n" + plainMail + "\nx\n"} {
		r, err := Read(t.Context(), io.MultiReader(strings.NewReader(text[:len(text)-1]), iotest.ErrReader(broken)), "a", 0, options(), &collector{}, nil)
		if !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
		addsUp(t, r)
	}
}

func TestHandlerErrorsEndTheReading(t *testing.T) {
	full := errors.New("the disk is full")
	h := &collector{reply: func(it Item) error {
		if it.Body == "second" {
			return full
		}
		return nil
	}}
	r, err := Read(t.Context(), strings.NewReader(smses(sms1+sms2+sms1)), "a.xml", 0, options(), h, nil)
	if !errors.Is(err, full) || r.Imported != 1 {
		t.Errorf("%v %+v", err, r)
	}
	addsUp(t, r)
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h := &collector{reply: func(Item) error { cancel(); return nil }}
	r, err := Read(ctx, endless(`<smses count="1">`, sms1, 1<<30, `</smses>`), "a.xml", 0, options(), h, nil)
	if !errors.Is(err, context.Canceled) || r.Size > 10<<20 {
		t.Errorf("%v after %d bytes", err, r.Size)
	}
	addsUp(t, r)
}

func TestVerdicts(t *testing.T) {
	h := &collector{reply: func(it Item) error {
		if it.Body == "first" {
			return Skip("too old")
		}
		return Refuse("in the future")
	}}
	r := readText(t, "a.xml", smses(sms1+sms2), options(), h)
	if r.Skipped != 1 || r.Refused != 1 || r.SkippedBy[0].Reason != "too old" || r.RefusedBy[0].Reason != "in the future" {
		t.Errorf("%+v", r)
	}
}

func TestOneByteAtATime(t *testing.T) {
	for _, name := range []string{"sms.xml", "calls.xml", "takeout.mbox"} {
		text := must(readAll(name))
		whole, pieces := &collector{}, &collector{}
		readFile(t, name, options(), whole)
		if _, err := Read(t.Context(), iotest.OneByteReader(bytes.NewReader(text)), name, 0, options(), pieces, nil); err != nil {
			t.Fatal(err)
		}
		if len(whole.items) != len(pieces.items) {
			t.Fatalf("%s: %d items, %d in pieces", name, len(whole.items), len(pieces.items))
		}
		for i := range whole.items {
			a, b := whole.items[i], pieces.items[i]
			if a.Key != b.Key || a.Content != b.Content || a.Raw != b.Raw || a.Locator != b.Locator {
				t.Errorf("%s: item %d differs", name, i)
			}
		}
	}
}

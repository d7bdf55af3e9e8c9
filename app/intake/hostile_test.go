package intake

import (
	"fmt"
	"strings"
	"testing"
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
		{"large entity bomb", `<?xml version="1.0"?><!DOCTYPE smses [` + strings.Repeat(`<!ENTITY a "aaaa">`, 10_000) + `]>` + smses(sms1), "a.xml declares a document type or entities"},
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

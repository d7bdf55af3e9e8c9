package inside

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestTextInAnyCharset(t *testing.T) {
	const said = "Grüße – שלום\r\nzweite Zeile"
	const want = "Grüße – שלום\nzweite Zeile"
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(said)
	if err != nil {
		t.Fatal(err)
	}
	western, err := charmap.Windows1252.NewEncoder().String("Grüße – gut")
	if err != nil {
		t.Fatal(err)
	}
	hebrew, err := charmap.ISO8859_8.NewEncoder().String("שלום")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		content, charset, want string
		flawed                 bool
	}{
		{said, "", want, false},
		{"\xef\xbb\xbf" + said, "iso-8859-1", want, false},
		{wide, "", want, false},
		{western, "", "Grüße – gut", true},
		{hebrew, "iso-8859-8", "שלום", false},
		{"a\x00b", "", "a\uFFFDb", false},
		{"", "", "", false},
	} {
		got := ReadText([]byte(test.content), test.charset)
		if len(got.Pages) != 1 || got.Pages[0] != test.want || len(got.Notes) > 0 != test.flawed {
			t.Errorf("%q (%s) is read as %q, %v", test.content, test.charset, got.Pages, got.Notes)
		}
	}
}

func TestAWebPageIsTextAndNothingIsFetched(t *testing.T) {
	got := ReadHTML([]byte(`<html><script>alert(1)</script><p>Dear Ada,<br>come <a href="https://x.example">here</a>
		<img src="https://x.example/track.gif"></p></html>`), "utf-8")
	page := strings.Join(got.Pages, "")
	if !strings.Contains(page, "Dear Ada,\ncome here <https://x.example>") || strings.Contains(page, "alert") || len(got.Notes) != 2 {
		t.Errorf("%q, %v", got.Pages, got.Notes)
	}
}

const sampleMail = "From: Ada Quill <ada@example.org>\r\nTo: worker@example.org\r\nDate: Sat, 21 Nov 2026 14:14:00 -0600\r\n" +
	"Subject: =?utf-8?q?Fr=C3=BCher?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
	"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCan we meet earlier?\r\n" +
	"--x\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--x--\r\n"

func TestAnEmailIsShownByItsText(t *testing.T) {
	got, err := ReadMail(t.Context(), []byte(sampleMail))
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(got.Pages, "")
	for _, want := range []string{"From: Ada Quill <ada@example.org>\n", "To: worker@example.org\n", "November 21, 2026, 2:14 PM",
		"Subject: Früher\n", "With it: plan.pdf (application/pdf, 4 bytes)", "\n\nCan we meet earlier?"} {
		if !strings.Contains(page, want) {
			t.Errorf("it says %q, without %q", page, want)
		}
	}
	if got, err := ReadMail(t.Context(), []byte("From: a@example.org\n\nno date")); err != nil || !strings.Contains(got.Pages[0], "no date") {
		t.Errorf("an email without a date: %v (%v)", got, err)
	}
	if _, err := ReadMail(t.Context(), []byte("just a note")); err == nil {
		t.Error("a note is an email")
	}
}

func TestLongTextsHavePages(t *testing.T) {
	for name, text := range map[string]string{
		"many lines":    strings.Repeat("a line\n", 1000),
		"one long line": strings.Repeat("ü😀", 20_000),
		"both":          strings.Repeat("x", 40_000) + "\n" + strings.Repeat("y\n", 600),
	} {
		all := pages(text)
		if len(all) < 3 {
			t.Errorf("%s: %d pages", name, len(all))
		}
		for _, page := range all {
			if len(page) > pageBytes || strings.Count(page, "\n") > pageLines || !utf8.ValidString(page) {
				t.Errorf("%s: a page of %d bytes and %d lines", name, len(page), strings.Count(page, "\n"))
			}
		}
		if got := strings.Join(all, ""); strings.ReplaceAll(got, "\n", "") != strings.ReplaceAll(text, "\n", "") {
			t.Errorf("%s: something is lost", name)
		}
	}
}

// FuzzReadText: whatever a text, a page of HTML or an email holds, what is shown
// of it is valid and comes in pages that a window can lay out.
func FuzzReadText(f *testing.F) {
	f.Add([]byte("plain"), "utf-8")
	f.Add([]byte(sampleMail), "")
	f.Add([]byte("\xff\xfea"), "utf-16")
	f.Add([]byte("<p>x<img src=//y><pre>\n\n"), "shift_jis")
	f.Fuzz(func(t *testing.T, content []byte, charset string) {
		all := []Writing{ReadText(content, charset), ReadHTML(content, charset)}
		if w, err := ReadMail(t.Context(), content); err == nil {
			all = append(all, w)
		}
		for _, w := range all {
			if len(w.Pages) == 0 {
				t.Fatal("no page")
			}
			for _, page := range w.Pages {
				if !utf8.ValidString(page) || len(page) > pageBytes || strings.Count(page, "\n") > pageLines {
					t.Fatalf("a page of %d bytes, %d lines", len(page), strings.Count(page, "\n"))
				}
			}
		}
	})
}

package typeset

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casekeep/app/release/internal/pdf"
)

// paper is a canvas that is one page of a file.
type paper struct {
	content pdf.Content
	images  string
}

func (p *paper) Content() *pdf.Content { return &p.content }

func (p *paper) UseImage(name string, ref pdf.Ref) {
	if !strings.Contains(p.images, "/"+name+" ") {
		p.images += "/" + name + " " + ref.String() + " "
	}
}

// printed sets texts on a tall page, each from a new line, and gives the
// file's path.
func printed(t testing.TB, width float64, texts ...string) string {
	t.Helper()
	return printedWith(t, nil, width, texts...)
}

func printedWith(t testing.TB, folders []string, width float64, texts ...string) string {
	t.Helper()
	var file bytes.Buffer
	w, err := pdf.NewWriter(&file, [16]byte{1}, "")
	if err != nil {
		t.Fatal(err)
	}
	setter, err := New(w, folders)
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{}
	const height, size = 5000.0, 11.0
	y := height - 50
	for _, text := range texts {
		for _, l := range setter.Lines(text, Regular, size, width) {
			l.Draw(p, l.Align(50, width, size), y, size)
			y -= 16
		}
	}
	page, pages, content, catalog := w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc()
	w.Stream(content, "", p.content.Bytes())
	setter.WriteFonts()
	w.Object(page, fmt.Sprintf("<< /Type /Page /Parent %s /MediaBox [0 0 %v %v] /Contents %s /Resources << /Font << %s >> /XObject << %s >> >> >>",
		pages, width+100, height, content, setter.Fonts(), p.images))
	w.Object(pages, fmt.Sprintf("<< /Type /Pages /Count 1 /Kids [%s] >>", page))
	w.Object(catalog, fmt.Sprintf("<< /Type /Catalog /Pages %s >>", pages))
	if err := w.Close(catalog, catalog); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// extracted gives a PDF's text in one line, without the marks that only steer
// the direction.
func extractedText(t testing.TB, path string, options ...string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", append(options, path, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return plain(string(out))
}

func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if 0x202a <= r && r <= 0x202e || r == 0x200e || r == 0x200f {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// scripts are texts whose letters join, stack, reorder, run the other way, or
// lie beyond 16 bits.
var scripts = []string{
	"Plain Latin, office affluent fi; two  spaces.",
	"De\u0301compose\u0301: e\u0301 vs é — ñ å Å đ ł ø ß. Việt Nam tiếng.",
	"Ελληνικά, кириллица й (decomposed и\u0306).",
	"Hebrew: שלום עולם, מה שלומך? (123) סוף.",
	"שלום עולם 42 english words ועוד מילה.",
	"שלום!",
	"Niqqud: שָׁלוֹם עֲלֵיכֶם.",
	"Arabic: مرحبا بالعالم، كيف حالك؟ لا إله 123 ok.",
	"السلام عليكم ورحمة الله — see you 5pm إن شاء الله.",
	"مَرْحَبًا بِكُمْ",
	"الساعة ٤:٣٠ (غداً) في ١٢ شارع",
	"نعم 👍🏽 שוב 🙂",
	"Hindi: नमस्ते दुनिया, क्षत्रिय हिन्दी किताब र्क.",
	"Thai: สวัสดีชาวโลก ที่นี่ ผู้ใหญ่ น้ำ",
	"CJK: 你好世界。 日本語 テスト 한국어 漢字",
	"これは日本語です。漢字かな交じり文。",
	"𠮷野家 𩸽",
	"Emoji: 😀 👍🏽 👨‍👩‍👧‍👦 🇺🇸🇫🇷 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩🏽‍❤️‍💋‍👨🏾 1️⃣ ☺️ ☎ ✓ → ♥ end",
	"Tamil வணக்கம் Bengali নমস্কার Khmer សួស្តី Myanmar မင်္ဂလာပါ",
	"Ethiopic ሰላም Georgian გამარჯობა Armenian Բարև",
	"an override: \u202etel\u202c stays telling",
	"zalgo Z̸̢͎a̷l̵g̶o̸ and joiners a\u200db c\u2060d",
}

// TestTextComesBack sets every script and takes the text out again, as a
// reader of a court would.
func TestTextComesBack(t *testing.T) {
	path := printed(t, 460, scripts...)
	for _, options := range [][]string{nil, {"-layout"}} {
		rest := extractedText(t, path, options...)
		for _, s := range scripts {
			i := strings.Index(rest, plain(s))
			if i < 0 {
				t.Errorf("pdftotext %v does not give back %q in order; next comes %.80q", options, s, rest)
				continue
			}
			rest = rest[i+len(plain(s)):]
		}
	}
}

// TestNarrowLines breaks the same texts over many lines. Only white space may
// differ.
func TestNarrowLines(t *testing.T) {
	text := strings.ReplaceAll(extractedText(t, printed(t, 120, scripts...)), " ", "")
	for _, s := range scripts {
		if !strings.Contains(text, strings.ReplaceAll(plain(s), " ", "")) {
			t.Errorf("%q does not come back from narrow lines", s)
		}
	}
}

func setterFor(t testing.TB, folders []string) *Typesetter {
	t.Helper()
	w, err := pdf.NewWriter(&bytes.Buffer{}, [16]byte{}, "")
	if err != nil {
		t.Fatal(err)
	}
	setter, err := New(w, folders)
	if err != nil {
		t.Fatal(err)
	}
	return setter
}

func read(l Line) string {
	var s string
	l.eachVisible(func(c cluster, _ float64) { s += c.text })
	return s
}

func TestLineBreaks(t *testing.T) {
	setter := setterFor(t, []string{})
	lines := setter.Lines("one\r\ntwo\n\nfour\rfive\u2028six", Regular, 10, 400)
	var got []string
	for _, l := range lines {
		got = append(got, read(l))
	}
	if want := []string{"one", "two", "", "four", "five", "six"}; !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
	for _, l := range setter.Lines(strings.Repeat("wordy ", 200)+strings.Repeat("x", 5000), Regular, 10, 400) {
		if l.Points(10) > 400 {
			t.Fatalf("a line of %.0f points in 400: %q", l.Points(10), read(l))
		}
	}
	if lines := setter.Lines("  indented", Regular, 10, 400); read(lines[0]) != "  indented" {
		t.Errorf("the indent is lost: %q", read(lines[0]))
	}
	if lines := setter.Lines("", Regular, 10, 400); len(lines) != 1 {
		t.Errorf("an empty text has %d lines", len(lines))
	}
}

func TestMissingGlyphs(t *testing.T) {
	setter := setterFor(t, []string{})
	var missing []rune
	setter.Missing = func(r rune) { missing = append(missing, r) }
	lines := setter.Lines("a\u0378b\x00\x1b\x7f\u0085漢\U000F0000 漢", Regular, 10, 400)
	want := []rune{0x378, 0, 0x1b, 0x7f, '漢', 0xf0000, '漢'}
	if !slices.Equal(missing, want) {
		t.Errorf("missing %U, want %U", missing, want)
	}
	if got, want := read(lines[0]), "a\u0378b\u2400\u241b\u2421"; got != want {
		t.Errorf("the line reads %q, want %q", got, want)
	}
	if got, want := read(lines[1]), "漢\U000F0000 漢"; got != want {
		t.Errorf("the line reads %q, want %q", got, want)
	}
	lines[0].eachVisible(func(c cluster, _ float64) {
		if len(c.missing) > 0 && (len(c.outline) < 20 || c.advance < 500) {
			t.Errorf("%U is drawn with %d segments, %v wide: not to be seen", c.missing, len(c.outline), c.advance)
		}
	})
}

// TestMixedDirections sets numbers between texts of both directions, the case
// where runs of one parity have two levels.
func TestMixedDirections(t *testing.T) {
	setter := setterFor(t, nil)
	for text, want := range map[string]string{
		"abc אבג 123 def":      "abc 123 גבא def",
		"abc אבג 123, 456 def": "abc 456 ,123 גבא def",
		"אבג 123 דהו":          "והד 123 גבא",
		"אבג abc 12 דהו":       "והד abc 12 גבא",
		"a (אב) c":             "a (בא) c",
		"abc ١٢ אבג":           "abc גבא ١٢",
		"plain":                "plain",
	} {
		if got := read(setter.Line(text, Regular)); got != want {
			t.Errorf("%q is seen as %q, want %q", text, got, want)
		}
	}
}

// TestBurden sets texts made to be slow within bounds of the time.
func TestBurden(t *testing.T) {
	setter := setterFor(t, nil)
	for name, text := range map[string]string{
		"marks":      "a" + strings.Repeat("\u0301\u0327", 20_000),
		"one word":   strings.Repeat("é", 200_000),
		"arabic":     strings.Repeat("لا", 50_000),
		"joiners":    strings.Repeat("👩‍", 20_000),
		"embeddings": strings.Repeat("\u202ba\u202a", 20_000),
		"brackets":   strings.Repeat("(אa", 20_000),
		"controls":   strings.Repeat("\x00\x1b\x07", 20_000),
	} {
		if lines := setter.Lines(text, Regular, 10, 432); len(lines) == 0 {
			t.Errorf("%s: no lines", name)
		}
	}
}

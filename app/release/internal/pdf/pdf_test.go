package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app/release/internal/cff"
)

// onePage writes a file with one page of content and gives its path.
func onePage(t *testing.T, password string, content string, fonts ...*Font) string {
	t.Helper()
	var file bytes.Buffer
	w, err := NewWriter(&file, [16]byte{1, 2, 3}, password)
	if err != nil {
		t.Fatal(err)
	}
	page, pages, body, catalog, info := w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc()
	entries := ""
	for i, f := range fonts {
		f.Ref = w.Alloc()
		w.WriteFont(f)
		entries += fmt.Sprintf("/F%d %s ", i+1, f.Ref)
	}
	w.Stream(body, "", []byte(content))
	w.Object(page, fmt.Sprintf("<< /Type /Page /Parent %s /MediaBox [0 0 300 200] /Contents %s /Resources << /Font << %s >> >> >>", pages, body, entries))
	w.Object(pages, fmt.Sprintf("<< /Type /Pages /Count 1 /Kids [%s] >>", page))
	outline := w.Bookmarks([]*Bookmark{{Title: "First é", Page: page, Top: 200, Under: []*Bookmark{{Title: "Under", Page: page, Top: 10}, {Title: "Beside", Page: page}}}, {Title: "Last", Page: page}})
	w.Object(catalog, fmt.Sprintf("<< /Type /Catalog /Pages %s /Outlines %s >>", pages, outline))
	w.Object(info, fmt.Sprintf("<< /Title %s /CreationDate %s >>", w.String("Título 🙂"), w.String(Date(time.Date(2026, 11, 21, 14, 14, 0, 0, time.FixedZone("", -6*3600))))))
	if err := w.Close(catalog, info); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "file.pdf")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// square is a font with one glyph that stands for a text.
func square(text string) *Font {
	f := &Font{name: "Square", glyphs: make([]Glyph, 1)}
	f.Add(Glyph{Text: text, Glyph: cff.Glyph{Width: 500, Segments: []cff.Segment{
		{Op: cff.Move, P: [3]cff.Point{{X: 0, Y: 0}}}, {Op: cff.Line, P: [3]cff.Point{{X: 400, Y: 0}}},
		{Op: cff.Line, P: [3]cff.Point{{X: 400, Y: 400}}}, {Op: cff.Line, P: [3]cff.Point{{X: 0, Y: 400}}},
	}}})
	return f
}

func TestPlainFile(t *testing.T) {
	path := onePage(t, "", "BT /F1 20 Tf 20 100 Td <0001> Tj ET", square("x́🙂"))
	run(t, "qpdf", "--check", path)
	if text := run(t, "pdftotext", path, "-"); !strings.HasPrefix(text, "x́🙂") {
		t.Errorf("the text came back as %q", text)
	}
	info := run(t, "pdfinfo", "-isodates", path)
	for _, want := range []string{"Título 🙂", "2026-11-21T14:14:00-06", "Encrypted:       no"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is missing in\n%s", want, info)
		}
	}
	if fonts := run(t, "pdffonts", path); !strings.Contains(fonts, "+Square") || !strings.Contains(fonts, "CID Type 0C") {
		t.Errorf("the font is not embedded:\n%s", fonts)
	}
}

func TestProtectedFile(t *testing.T) {
	const password = "ladder-ochre-42-Venice é"
	path := onePage(t, password, "BT /F1 20 Tf 20 100 Td <0001> Tj ET", square("secret"))
	if raw, err := os.ReadFile(path); err != nil || bytes.Contains(raw, []byte("/Title <FEFF")) {
		t.Errorf("strings stand in the file in plain form, or: %v", err)
	}
	run(t, "qpdf", "--password="+password, "--check", path)
	shown := run(t, "qpdf", "--password="+password, "--show-encryption", path)
	for _, want := range []string{"R = 6", "print high resolution: allowed", "modify anything: allowed", "stream encryption method: AESv3"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing in\n%s", want, shown)
		}
	}
	if text := run(t, "pdftotext", "-upw", password, path, "-"); !strings.HasPrefix(text, "secret") {
		t.Errorf("the text came back as %q", text)
	}
	if info := run(t, "pdfinfo", "-upw", password, path); !strings.Contains(info, "Título 🙂") {
		t.Errorf("the title is missing in\n%s", info)
	}
	for _, wrong := range []string{"", "ladder-ochre-42-venice é"} {
		if err := exec.Command("qpdf", "--password="+wrong, "--check", path).Run(); err == nil {
			t.Errorf("password %q opens the file", wrong)
		}
	}
}

func TestPasswords(t *testing.T) {
	for _, test := range []struct{ password, want string }{
		{"ﬁve\u00a0words", "five words"}, // ligature and no-break space, as RFC 4013 maps them
		{"I\u00adX", "IX"},
		{"e\u0301", "é"},
	} {
		got, err := preparePassword(test.password)
		if err != nil || string(got) != test.want {
			t.Errorf("%q becomes %q, %v; want %q", test.password, got, err, test.want)
		}
	}
	for _, refused := range []string{"\u00ad", "a\x07b", "a\xffb", strings.Repeat("é", 64)} {
		if _, err := NewWriter(&bytes.Buffer{}, [16]byte{}, refused); err == nil {
			t.Errorf("%q is taken as a password", refused)
		}
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{0: "0", -0.0004: "0", 1.5: "1.5", -12.3456: "-12.346", 612: "612", 0.06: "0.06", -0.5: "-0.5", 1e6: "1000000"} {
		if got := Number(x); got != want {
			t.Errorf("Number(%v) = %s, want %s", x, got, want)
		}
	}
}

type brokenDisk struct{ left int }

var errDisk = errors.New("the disk is full")

func (d *brokenDisk) Write(b []byte) (int, error) {
	if d.left -= len(b); d.left < 0 {
		return 0, errDisk
	}
	return len(b), nil
}

// TestWriteFails has the destination fail early, late and at the very end.
func TestWriteFails(t *testing.T) {
	for _, left := range []int{0, 70_000, 150_000} {
		w, err := NewWriter(&brokenDisk{left}, [16]byte{}, "")
		if err != nil {
			t.Fatal(err)
		}
		catalog := w.Alloc()
		w.Object(catalog, "<< >>")
		for range 3000 {
			w.Object(w.Alloc(), "<< /Something (that takes room on the disk) >>")
		}
		if err := w.Close(catalog, catalog); !errors.Is(err, errDisk) {
			t.Errorf("with room for %d bytes the error is %v", left, err)
		}
	}
}

// TestForgottenObjects finds objects that were reserved and never written, or
// written twice: the file would be broken.
func TestForgottenObjects(t *testing.T) {
	for name, spoil := range map[string]func(w *Writer, ref Ref){
		"never": func(w *Writer, _ Ref) { w.Alloc() },
		"twice": func(w *Writer, ref Ref) { w.Object(ref, "<< >>") },
	} {
		w, err := NewWriter(&bytes.Buffer{}, [16]byte{}, "")
		if err != nil {
			t.Fatal(err)
		}
		catalog := w.Alloc()
		w.Object(catalog, "<< >>")
		spoil(w, catalog)
		if err := w.Close(catalog, catalog); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

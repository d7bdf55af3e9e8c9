package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// written makes a PDF of some pages, each black in a part of its own.
func written(t testing.TB, pages int, password string) []byte {
	t.Helper()
	p := fpdf.New("P", "pt", "Letter", "")
	if password != "" {
		p.SetProtection(fpdf.CnProtectPrint, password, "owner")
	}
	for i := range pages {
		p.AddPage()
		p.SetFillColor(0, 0, 0)
		p.Rect(100, float64(100*(i+1)), 100, 50, "F")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// raw makes a PDF of objects, of which the first is the catalog.
func raw(objects ...string) []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.7\n")
	for i, object := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func stream(dictionary, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(content), content)
}

func opened(t *testing.T, content []byte) *Document {
	t.Helper()
	d, err := Open(t.Context(), content)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func isBlack(p *Page, x, y float64) bool {
	c := p.RGBAAt(int(x*p.Scale), int(y*p.Scale))
	return c.R < 30 && c.G < 30 && c.B < 30
}

func TestPagesAreDrawnAtAScale(t *testing.T) {
	d := opened(t, written(t, 3, ""))
	if d.Pages() != 3 {
		t.Fatalf("%d pages", d.Pages())
	}
	for page := range 3 {
		for _, scale := range []float64{0.5, 1, 2} {
			p, err := d.Render(t.Context(), page, scale)
			if err != nil {
				t.Fatal(err)
			}
			want := image.Pt(int(612*scale), int(792*scale))
			if p.Rect.Size() != want || p.Scale != scale {
				t.Errorf("page %d at %v is %v at %v, want %v", page, scale, p.Rect.Size(), p.Scale, want)
			}
			for other := range 3 {
				if isBlack(p, 150, float64(100*(other+1)+25)) != (other == page) {
					t.Errorf("page %d at %v is not what was written", page, scale)
				}
			}
		}
	}
	if _, err := d.Render(t.Context(), 3, 1); err == nil {
		t.Error("a page that is not there is drawn")
	}
	if _, err := d.Render(t.Context(), 0, 1); err != nil {
		t.Errorf("after an error nothing is drawn any more: %v", err)
	}
}

func TestFilledFormsShowWhatWasFilledIn(t *testing.T) {
	d := opened(t, raw(
		"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Annots [4 0 R] >>",
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (signed) /V (yes) /F 4 /Rect [50 50 150 150] /AP << /N 5 0 R >> >>",
		stream("/Type /XObject /Subtype /Form /BBox [0 0 100 100]", "0 g 0 0 100 100 re f"),
	))
	p, err := d.Render(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !isBlack(p, 100, 100) || isBlack(p, 20, 20) {
		t.Error("what was filled into the form is not drawn")
	}
}

func TestFilesThatCannotBeShownSaySo(t *testing.T) {
	whole := written(t, 1, "")
	for name, test := range map[string]struct {
		content []byte
		want    error
	}{
		"with a password": {written(t, 1, "secret"), ErrPassword},
		"no PDF":          {[]byte("hello"), ErrBroken},
		"only its mark":   {[]byte("%PDF-1.7\n"), ErrBroken},
		"cut":             {whole[:len(whole)/3], ErrBroken},
		"without pages":   {raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"), ErrBroken},
	} {
		if d, err := Open(t.Context(), test.content); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, %v", name, d, err)
		}
	}
}

// A page that asks for more than any paper is drawn smaller, and one that makes
// no sense not at all.
func TestAbsurdPagesAreBounded(t *testing.T) {
	page := func(box string) []byte {
		return raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox ["+box+"] >>")
	}
	p, err := opened(t, page("0 0 100000 100000")).Render(t.Context(), 0, 4)
	if err != nil || p.Rect.Dx()*p.Rect.Dy() > mostPixels+mostPixels/100 || p.Scale >= 4 {
		t.Errorf("a page of 100,000 points: %v", err)
	}
	if p, err := opened(t, page("0 0 1000000 1")).Render(t.Context(), 0, 1); err == nil && p.Rect.Dx() > 1<<14 {
		t.Errorf("a long page is %v", p.Rect)
	}
	for _, box := range []string{"0 0 0 0", "0 0 -5 -5", "0 0 1e30 1e30", "a b c d"} {
		if d, err := Open(t.Context(), page(box)); err == nil {
			if p, err := d.Render(t.Context(), 0, 1); err == nil && p.Rect.Dx()*p.Rect.Dy() > mostPixels+mostPixels/100 {
				t.Errorf("[%s] is %v", box, p.Rect)
			}
			d.Close()
		}
	}
}

// A file that would draw for hours ends with the context, and the document goes
// on.
func TestDrawingEndsWithItsContext(t *testing.T) {
	heavy := strings.Repeat("0 0 m 600 0 600 700 0 700 c 10 30 500 400 3 2 c 7 60 400 300 900 10 c B* ", 300_000)
	d := opened(t, raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>", stream("", heavy),
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"))
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := d.Render(ctx, 0, 4); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it gives %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it ends after %v", took)
	}
	if _, err := d.Render(t.Context(), 1, 1); err != nil {
		t.Errorf("the next page gives %v", err)
	}
}

// The sandbox sees no file of the computer, and none is written.
func TestTheSandboxHasNoFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("HOME", dir)
	t.Setenv("XDG_CACHE_HOME", dir)
	d := opened(t, written(t, 1, ""))
	if _, err := d.Render(t.Context(), 0, 1); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("there is %v (%v)", left, err)
	}
}

// TestEveryByteOfAFile flips bytes of a small file: nothing that comes of it
// breaks the program.
func TestEveryByteOfAFile(t *testing.T) {
	whole := written(t, 1, "")
	step := 17
	if testing.Short() {
		step = 101
	}
	for at := 0; at < len(whole); at += step {
		content := bytes.Clone(whole)
		content[at] ^= 0x20
		d, err := Open(t.Context(), content)
		if err != nil {
			continue
		}
		if _, err := d.Render(t.Context(), 0, 0.2); err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrPassword) {
			t.Errorf("with byte %d flipped: %v", at, err)
		}
		d.Close()
	}
}

// FuzzPage: whatever a page holds, drawing it ends.
func FuzzPage(f *testing.F) {
	f.Add("0 0 600 700", "0 g 0 0 100 100 re f")
	f.Add("0 0 -1 1e9", "q /X Do Q BT /F 1e9 Tf (a) Tj ET")
	f.Fuzz(func(t *testing.T, box, content string) {
		if len(content) > 1<<16 {
			return
		}
		d, err := Open(t.Context(), raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox ["+box+"] /Contents 4 0 R >>", stream("", content)))
		if err != nil {
			return
		}
		defer d.Close()
		if p, err := d.Render(t.Context(), 0, 0.5); err == nil && p.Rect.Dx()*p.Rect.Dy() > mostPixels+mostPixels/100 {
			t.Errorf("a page of %v", p.Rect)
		}
	})
}

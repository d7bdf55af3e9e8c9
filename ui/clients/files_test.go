package clients

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

// viewing logs a contact with files and shows the first one. Files are name and
// content in turn.
func viewing(t *testing.T, files ...string) (*desktest.Desk, *Page, record.Entry) {
	t.Helper()
	dir := t.TempDir()
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill") })
	p.Show(desk.Place{Client: ada.ID})
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.WriteFile(path, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
		p.chart.composer.Attach(path)
	}
	p.Key(desk.KeySave)
	d.Fine()
	e := d.Timeline(ada.ID)[0]
	p.chart.detail.OpenFile(e, 0)
	return d, p, e
}

// red is a picture of one color.
func red(t *testing.T, w, h int) string {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(p.Pix); i += 4 {
		copy(p.Pix[i:], []byte{200, 0, 0, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func printed(t *testing.T, pages int) string {
	t.Helper()
	p := fpdf.New("P", "pt", "Letter", "")
	for range pages {
		p.AddPage()
		p.SetFillColor(0, 0, 0)
		p.Rect(0, 0, 612, 792, "F")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// drawn gives the color in the middle of what the viewer draws, and how wide
// that is drawn there.
func drawn(t *testing.T, d *desktest.Desk) (color.RGBA, int) {
	t.Helper()
	all := desktest.All[*canvas.Raster](d)
	if len(all) == 0 {
		t.Fatal("nothing is drawn")
	}
	shown := all[0].Generator(int(all[0].Size().Width), int(all[0].Size().Height))
	middle := shown.Bounds().Min.Add(shown.Bounds().Size().Div(2))
	wide := 0
	for x := range shown.Bounds().Dx() {
		if _, _, _, a := shown.At(x, middle.Y).RGBA(); a > 0 {
			wide++
		}
	}
	return color.RGBAModel.Convert(shown.At(middle.X, middle.Y)).(color.RGBA), wide
}

func TestAPictureIsZoomedByKeyboard(t *testing.T) {
	d, _, _ := viewing(t, "a.png", red(t, 3000, 1500))
	d.Fine()
	d.Sees("a.png", "PNG picture, 3000 by 1500 pixels", "SHA-256", "Ada Quill")
	c, fits := drawn(t, d)
	if c.R != 200 || c.A != 255 || fits < 500 || fits > 2000 {
		t.Fatalf("%v, %d wide", c, fits)
	}
	for _, step := range []struct {
		keys []fyne.KeyName
		says string
	}{{[]fyne.KeyName{fyne.Key1}, "100 %"}, {[]fyne.KeyName{fyne.KeyRight, fyne.KeyDown}, "100 %"}} {
		d.Keys(step.keys...)
		d.Sees(step.says, "a.png")
	}
	d.Keys(fyne.Key0)
	if _, again := drawn(t, d); again != fits {
		t.Errorf("0 makes it %d wide, it was %d", again, fits)
	}
	d.Type("-")
	if _, smaller := drawn(t, d); smaller >= fits {
		t.Errorf("a minus makes it %d wide, it was %d", smaller, fits)
	}
	d.Keys(fyne.KeyEscape)
	d.SeesNot("PNG picture")
}

func TestTheNextFileIsOneKeyAway(t *testing.T) {
	d, _, _ := viewing(t, "a.txt", "first text", "b.png", red(t, 40, 30), "c.html", "<p>third <script>no</script>text</p>",
		"d.heic", "\x00\x00\x00\x18ftypheic", "e.bin", "\x00\x01\x02")
	d.Sees("first text", "1 of 5")
	d.Keys(fyne.KeyRight)
	d.Sees("PNG picture", "2 of 5")
	d.Keys(fyne.KeyRight)
	d.Sees("Web page, shown as text", "third text", "3 of 5")
	d.Keys(fyne.KeyRight)
	d.Sees("HEIC", "This file is not shown here")
	d.Keys(fyne.KeyRight, fyne.KeyRight)
	d.Sees("This file is not shown here", "5 of 5")
	d.Keys(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	d.Sees("PNG picture", "2 of 5")
	d.Fine()
}

func TestLongTextsAreTurnedPageByPage(t *testing.T) {
	var text strings.Builder
	for i := range 600 {
		fmt.Fprintf(&text, "line %d\n", i)
	}
	d, _, _ := viewing(t, "long.txt", text.String())
	d.Sees("Page 1 of 3", "line 0")
	d.Keys(fyne.KeyPageDown)
	if d.Sees("Page 1 of 3"); scrolledTo(d) == 0 {
		t.Error("Page Down does not scroll")
	}
	d.Keys(fyne.KeyPageUp)
	if scrolledTo(d) != 0 {
		t.Error("Page Up does not scroll back")
	}
	for range 40 {
		if strings.Contains(d.Shown(), "Page 2 of 3") {
			break
		}
		d.Keys(fyne.KeyPageDown)
	}
	d.Sees("Page 2 of 3", "line 250")
	d.Keys(fyne.KeyEnd)
	if d.Sees("Page 3 of 3", "line 599"); scrolledTo(d) == 0 {
		t.Error("End does not lead to the end of the text")
	}
	d.Keys(fyne.KeyPageDown, fyne.KeyHome)
	if d.Sees("Page 1 of 3"); scrolledTo(d) != 0 {
		t.Error("Home does not lead to the beginning")
	}
}

// scrolledTo says how far down the file on show is scrolled.
func scrolledTo(d *desktest.Desk) float32 {
	var last float32
	for _, o := range test.LaidOutObjects(d.Window().Canvas().Overlays().Top()) {
		if s, ok := o.(*container.Scroll); ok {
			last = s.Offset.Y
		}
	}
	return last
}

func TestRightToLeftTextIsDrawnInOrder(t *testing.T) {
	d, _, _ := viewing(t, "hebrew.txt", "שלום עולם")
	d.Sees("\u200eעולם\u200e \u200eשלום\u200e") // as it is drawn, from the left
}

func TestPagesOfAPDFAreDrawn(t *testing.T) {
	d, _, _ := viewing(t, "a.pdf", printed(t, 3), "broken.pdf", "%PDF-1.7 and nothing")
	d.Fine()
	d.Sees("PDF, 3 pages", "Page 1 of 3")
	if c, wide := drawn(t, d); c.R > 30 || c.A != 255 || wide < 500 {
		t.Errorf("the page is %v, %d wide", c, wide)
	}
	d.Keys(fyne.KeyPageDown, fyne.KeyPlus)
	d.Sees("Page 2 of 3")
	d.Keys(fyne.Key0, fyne.KeyRight)
	d.Sees("broken.pdf", "cannot be read as a PDF")
}

func TestADamagedFileIsLoudAboutIt(t *testing.T) {
	d, p, e := viewing(t, "a.txt", strings.Repeat("what was said\n", 20_000))
	d.Keys(fyne.KeyEscape)
	blobs, err := filepath.Glob(filepath.Join(d.Practice().Dir(), "attachments", "*", "*.age"))
	if err != nil || len(blobs) != 1 {
		t.Fatal(blobs, err)
	}
	sealed, err := os.ReadFile(blobs[0])
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-10] ^= 1
	if err := os.WriteFile(blobs[0], sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	p.chart.detail.OpenFile(e, 0)
	d.Sees("This file is damaged", "what was said")
}

func TestWhatWasDecodedGoesAtTheLock(t *testing.T) {
	d, _, _ := viewing(t, "a.png", red(t, 300, 200))
	if c, _ := drawn(t, d); c.R != 200 {
		t.Fatalf("the picture is %v", c)
	}
	raster := desktest.All[*canvas.Raster](d)[0]
	d.Drop()
	d.SeesNot("PNG picture")
	if shown := raster.Generator(300, 200); shown.Bounds().Dx() > 1 {
		t.Error("after the lock the picture is drawn still")
	}
}

func TestOpeningOutsideAsksFirst(t *testing.T) {
	d, _, _ := viewing(t, "letter.txt", "hello", "page.html", "<p>x", "tool.exe", "MZ\x00")
	d.Keys(fyne.KeyO)
	d.Sees("Open outside Casekeep?", "until Casekeep locks or closes", "notes that a copy was made")
	d.SeesNot("can hold instructions")
	d.Keys(fyne.KeyEscape, fyne.KeyRight, fyne.KeyO)
	d.Sees("Open outside Casekeep?", "can hold instructions")
	d.Keys(fyne.KeyEscape, fyne.KeyRight, fyne.KeyO)
	d.Sees("This file is not opened", "is a program")
	d.Fine()
}

// TestOpenedOutside opens a file with an opener of the test's own.
func TestOpenedOutside(t *testing.T) {
	bin := t.TempDir()
	seen := filepath.Join(bin, "seen")
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\ncat \"$1\" > "+seen+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	d, _, e := viewing(t, "letter.txt", "hello")
	d.Keys(fyne.KeyO)
	lastButton(d, "Open outside").Press()
	d.Fine()
	if content, err := os.ReadFile(seen); err != nil || string(content) != "hello" {
		t.Errorf("the other program got %q (%v)", content, err)
	}
	events, err := d.Practice().History(t.Context(), e.Client, 1)
	if err != nil || events[0].Action != "attachment.open-outside" {
		t.Errorf("%v (%v)", events, err)
	}
	if len(d.Toasts) == 0 || !strings.Contains(d.Toasts[len(d.Toasts)-1], "removed when Casekeep locks") {
		t.Errorf("it says %v", d.Toasts)
	}
}

// Looking at files leaves nothing in the places where programs leave things.
func TestLookingAtFilesWritesNothing(t *testing.T) {
	d, _, _ := viewing(t, "a.txt", "first", "b.png", red(t, 3000, 1500), "c.pdf", printed(t, 2), "d.html", "<p>text",
		"e.eml", "From: ada@example.org\nDate: Sat, 21 Nov 2026 14:14:00 -0600\n\nhello")
	place := t.TempDir()
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"} {
		t.Setenv(name, place)
	}
	before := listed(t, d.Practice().Dir())
	d.Keys(fyne.KeyRight)
	d.Sees("PNG picture")
	d.Keys(fyne.KeyRight)
	d.Sees("PDF, 2 pages")
	d.Keys(fyne.KeyPageDown, fyne.KeyRight)
	d.Sees("Web page")
	d.Keys(fyne.KeyRight)
	d.Sees("Email, shown as text", "hello")
	d.Keys(fyne.KeyEscape)
	d.Fine()
	if left := listed(t, place); len(left) > 0 {
		t.Errorf("there is %v", left)
	}
	if after := listed(t, d.Practice().Dir()); !slices.Equal(before, after) {
		t.Errorf("the vault has %v, it had %v", after, before)
	}
}

// listed gives every file under a folder.
func listed(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

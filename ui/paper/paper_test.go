package paper

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk/desktest"
)

func TestAPaperGoesIntoAFileOfItsOwn(t *testing.T) {
	d := desktest.New(t)
	d.Window().Resize(fyne.NewSize(800, 600))
	t.Setenv("HOME", t.TempDir())
	var asked []app.PaperFile
	ask := Ask{Title: "Print", Text: "For you.", Name: `Records: "1"`, Secret: true, Print: func(_ context.Context, f app.PaperFile) (app.Printed, error) {
		asked = append(asked, f)
		if len(asked) == 1 {
			return app.Printed{}, errors.New("the disk is full")
		}
		return app.Printed{File: f.Path, Pages: 2}, nil
	}}
	Open(d, ask)
	d.Tap("Print")
	d.Sees("The disk is full.")
	d.Fields()[1].SetText("secret")
	d.Tap("Print")
	if len(asked) != 2 || filepath.Base(asked[1].Path) != "Records 1.pdf" || asked[1].Password != "secret" {
		t.Errorf("it was printed into %+v", asked)
	}
	if len(d.Toasts) != 1 || !strings.HasPrefix(d.Toasts[0], "2 pages in ") {
		t.Errorf("it says %q", d.Toasts)
	}
	d.Fine()
}

func TestNamesOfFiles(t *testing.T) {
	dir := t.TempDir()
	first := free(dir, "Paper", ".pdf")
	if err := os.WriteFile(first, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if second := free(dir, "Paper", ".pdf"); filepath.Base(second) != "Paper 2.pdf" {
		t.Errorf("beside the first comes %q", second)
	}
	if got := withEnding("x", ".pdf"); got != "x.pdf" {
		t.Errorf("x became %q", got)
	}
}

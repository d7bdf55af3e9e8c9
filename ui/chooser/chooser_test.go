package chooser_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// blank is a page with nothing on it.
type blank struct{ fyne.CanvasObject }

func (b blank) Content() fyne.CanvasObject { return b.CanvasObject }
func (blank) Show(desk.Place)              {}
func (blank) Refresh(record.ClientID)      {}
func (blank) Key(string) bool              { return false }

// begin opens the chooser over a home folder with some files.
func begin(t *testing.T, files bool) (d *desktest.Desk, c *chooser.Chooser, home string, chosen *[]string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	old := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for i, name := range []string{"Downloads/a.xml", "Downloads/b.xml", "Downloads/notes.pdf", "Downloads/.hidden.xml", "Downloads/phone/c.eml"} {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	d = desktest.New(t)
	d.Open(blank{kit.Space()}, 1004, 704, desk.Place{})
	chosen = &[]string{}
	ask := chooser.Ask{Title: "Choose", Act: "Take it", From: filepath.Join(home, "Downloads"), Chosen: func(paths []string) { *chosen = paths }}
	if files {
		ask.Wanted = func(name string) bool { return slices.Contains([]string{".xml", ".eml"}, filepath.Ext(name)) }
	}
	return d, chooser.Open(d, ask), home, chosen
}

func TestChooseAFileByTyping(t *testing.T) {
	d, _, home, chosen := begin(t, true)
	d.Sees("a.xml", "b.xml", "phone", "All 2 exports in this folder", "Folder above")
	d.SeesNot("notes.pdf", ".hidden.xml")
	if shown := d.Shown(); strings.Index(shown, "b.xml") > strings.Index(shown, "a.xml") {
		t.Errorf("the newest file is not the first:\n%s", shown)
	}
	d.Type("a.x")
	d.SeesNot("b.xml")
	d.Keys(fyne.KeyReturn)
	if want := []string{filepath.Join(home, "Downloads", "a.xml")}; !slices.Equal(*chosen, want) {
		t.Errorf("chose %q, not %q", *chosen, want)
	}
	d.SeesNot("Choose")
}

func TestAnyFile(t *testing.T) {
	d, c, home, chosen := begin(t, true)
	c.Close()
	chooser.Open(d, chooser.Ask{Title: "Choose", Act: "Take it", From: filepath.Join(home, "Downloads"), Wanted: chooser.Any, One: true,
		Chosen: func(paths []string) { *chosen = paths }})
	d.Sees("a.xml", "b.xml", "notes.pdf", "phone")
	d.SeesNot(".hidden.xml", "in this folder")
	d.Keys(fyne.KeyDown, fyne.KeyReturn)
	if want := filepath.Join(home, "Downloads", "notes.pdf"); len(*chosen) != 1 || (*chosen)[0] != want {
		t.Errorf("chose %q, not the newest, %q", *chosen, want)
	}
}

func TestChooseAllOfAFolder(t *testing.T) {
	d, _, _, chosen := begin(t, true)
	d.Keys(fyne.KeyDown, fyne.KeyReturn)
	if len(*chosen) != 2 {
		t.Errorf("chose %q", *chosen)
	}
}

func TestGoDownAndUp(t *testing.T) {
	d, c, home, chosen := begin(t, true)
	d.Type("pho")
	d.Keys(fyne.KeyReturn)
	if got := c.Path().Text(); got != filepath.Join("~", "Downloads", "phone")+string(filepath.Separator) {
		t.Fatalf("now in %q", got)
	}
	d.Sees("c.eml")
	d.Keys(fyne.KeyEnd)
	d.Type("c")
	d.Keys(fyne.KeyReturn)
	if want := filepath.Join(home, "Downloads", "phone", "c.eml"); len(*chosen) != 1 || (*chosen)[0] != want {
		t.Errorf("chose %q", *chosen)
	}
}

func TestAnotherPathBehindTheFirst(t *testing.T) {
	d, _, home, chosen := begin(t, true)
	d.Type(filepath.Join(home, "Downloads", "notes.pdf"))
	d.Tap("Take it")
	if len(*chosen) != 1 || filepath.Base((*chosen)[0]) != "notes.pdf" {
		t.Errorf("chose %q", *chosen)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	d, _, _, chosen := begin(t, true)
	d.Type("nothing.xml")
	d.Keys(fyne.KeyReturn)
	d.Sees("There is no ", "nothing.xml.")
	d.Keys(fyne.KeyEscape)
	d.SeesNot("There is no ", "nothing.xml")
	d.Keys(fyne.KeyEscape)
	if len(*chosen) != 0 {
		t.Errorf("chose %q", *chosen)
	}
	d.SeesNot("Choose")
}

func TestChooseAFolder(t *testing.T) {
	d, _, home, chosen := begin(t, false)
	d.SeesNot("a.xml")
	d.Tap("Take it")
	if want := filepath.Join(home, "Downloads"); len(*chosen) != 1 || (*chosen)[0] != want {
		t.Errorf("chose %q, not %q", *chosen, want)
	}
}

func TestAFolderThatIsTakenWhole(t *testing.T) {
	d, c, home, chosen := begin(t, false)
	c.Close()
	chooser.Open(d, chooser.Ask{Title: "Choose", Act: "Take it", From: filepath.Join(home, "Downloads"),
		Whole: func(dir string) string {
			if filepath.Base(dir) == "phone" {
				return "telephone"
			}
			return ""
		}, Chosen: func(paths []string) { *chosen = paths }})
	d.Sees("phone", "telephone")
	d.Keys(fyne.KeyDown, fyne.KeyReturn)
	if want := filepath.Join(home, "Downloads", "phone"); len(*chosen) != 1 || (*chosen)[0] != want {
		t.Errorf("chose %q, not %q", *chosen, want)
	}
	d.SeesNot("Choose")
}

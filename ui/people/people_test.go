package people

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
)

const list = "Name,DOB,Mobile,State,Fee\nAda Quill,2/29/1984,601 555 0142,MS,110\nBroken,13/13/1980,,,\nCy Long,,,TN,\n"

func open(t *testing.T, text string) (*desktest.Desk, *page) {
	t.Helper()
	d := desktest.New(t)
	file := filepath.Join(t.TempDir(), "clients.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := New(d).(*page)
	d.Open(p, 1004, 700, desk.Place{Page: desk.People, Files: []string{file}})
	return d, p
}

func names(t *testing.T, d *desktest.Desk) []string {
	t.Helper()
	clients, err := d.Practice().Clients(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range clients {
		all = append(all, c.Name)
	}
	return all
}

func TestAListIsAddedAndTakenBack(t *testing.T) {
	d, p := open(t, list)
	d.Sees("clients.csv", "3 lines: 2 new, 0 on record, 0 perhaps on record, 1 refused", "Line 3: the date of birth", "Add 2 clients", "born Feb 29, 1984")
	d.Keys(fyne.KeyReturn) // leaves the first line out
	d.Sees("Add 1 client")
	d.Keys(fyne.KeyReturn)
	p.Key(desk.KeySave)
	if got := names(t, d); len(got) != 2 {
		t.Fatalf("the clients are %q", got)
	}
	d.Sees("Lists that were brought in", "2 clients added")
	d.Press() // Undo
	if got := names(t, d); len(got) != 0 {
		t.Errorf("after taking back the clients are %q", got)
	}
	d.Sees("taken back, 0 kept")
	d.Fine()
}

func TestColumnsAreMatched(t *testing.T) {
	d, p := open(t, "Ada Quill;110\nCy Long;90\n")
	d.Sees("No heading in its first line is known", "Column 1", "2 refused")
	p.match(0, intake.PeopleName)
	d.Sees("2 lines: 2 new", "Add 2 clients")
	p.Key(desk.KeyHide)
	d.SeesNot("Ada Quill")
	p.Key(desk.KeyHide)
	p.Key(desk.KeyEscape)
	d.Sees("Bring your clients")
	d.Fine()
}

func TestAFileThatIsNoList(t *testing.T) {
	d, p := open(t, "PK\x03\x04")
	if len(d.Failures) != 1 || p.path != "" {
		t.Errorf("it shows %q after %v", p.path, d.Failures)
	}
}

func TestThoseOnRecordAreLeftOut(t *testing.T) {
	d, p := open(t, list)
	p.Key(desk.KeySave)
	p.look(d.Practice().Dir(), nil) // a folder is refused
	if len(d.Failures) != 1 {
		t.Fatalf("a folder: %v", d.Failures)
	}
	file := filepath.Join(t.TempDir(), "again.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.People, Files: []string{file}})
	if p.preview.Count(app.RowKnown) != 1 || p.preview.Count(app.RowSimilar) != 1 || !p.add.Disabled() {
		t.Errorf("known %d, similar %d", p.preview.Count(app.RowKnown), p.preview.Count(app.RowSimilar))
	}
	d.Sees("on record", "perhaps on record", "Add 0 clients")
}

// A line that cannot be added says the whole of what is wrong with it.
func TestALineThatCannotBeAddedSaysWhy(t *testing.T) {
	d, _ := open(t, "Client,DOB,Cell,St\nIna Moss,31/31/1990,601 555 0111,MS\nDana Reyes,1988-05-04,601 555 0142,MS\n")
	d.Fine()
	d.Sees("Ina Moss", "refused", "Dana Reyes", "Mississippi", "Add 1 client")
	d.Keys(fyne.KeyHome, fyne.KeyReturn)
	d.Sees("This line cannot be added", "there is no month 31")
}

package people_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/people"
)

// A list is shown line by line; a line that cannot be added says the whole of
// what is wrong with it.
func TestALineThatCannotBeAddedSaysWhy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clients.csv")
	list := "Client,DOB,Cell,St\nIna Moss,31/31/1990,601 555 0111,MS\nDana Reyes,1988-05-04,601 555 0142,MS\n"
	if err := os.WriteFile(path, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	d := desktest.New(t)
	d.Open(people.New(d), 1004, 704, desk.Place{Page: desk.People, Files: []string{path}})
	d.Fine()
	d.Sees("Ina Moss", "refused", "Dana Reyes", "Mississippi", "Add 1 client")
	d.Keys(fyne.KeyHome, fyne.KeyReturn)
	d.Sees("This line cannot be added", "there is no month 31")
}

package retention

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

func reviewed(t *testing.T, name string) (*desktest.Desk, *page, *int) {
	t.Helper()
	d, p, counted := open(t, desk.Place{})
	confirmTexas(t, d)
	c := closed(t, d, name, "2015-03-14")
	p.Show(desk.Place{Page: desk.Retention, Client: c.ID})
	d.Sees("EACH DATE", "WHAT IT HOLDS", "No backup that this vault knows of holds it.")
	return d, p, counted
}

// confirmButton gives the button of the open question.
func confirmButton(d *desktest.Desk) *kit.Button {
	all := d.Buttons()
	return all[len(all)-1]
}

func TestARecordIsDestroyedByKeys(t *testing.T) {
	d, p, counted := reviewed(t, "Ada  Quill")
	if *counted != 1 {
		t.Errorf("%d records are due", *counted)
	}
	kit.Focus(p.records.review.destroy)
	d.Keys(fyne.KeySpace)
	d.Sees("Destroy the record of Ada Quill?", "This cannot be undone.", "A line stays")
	if !confirmButton(d).Disabled() {
		t.Error("it can be destroyed before anything is typed")
	}
	d.Type("Ada Quil")
	d.Keys(fyne.KeyReturn)
	d.Type("not the passphrase")
	if !confirmButton(d).Disabled() {
		t.Error("it can be destroyed under a wrong name")
	}
	d.Fields()[0].SetText("Ada Quill")
	d.Keys(fyne.KeyReturn)
	d.Sees("That is not the passphrase of this vault.", "Destroy the record of Ada Quill?")
	if list, err := d.Practice().Destructions(context.Background()); err != nil || len(list) != 0 {
		t.Fatalf("something was destroyed: %+v, %v", list, err)
	}
	d.Type("ladder ochre Venice 42")
	d.Keys(fyne.KeyReturn)
	d.Sees("The record of Ada Quill is destroyed", "2026-001", "A.Q.", "Save the certificate")
	if *counted != 0 {
		t.Errorf("%d records are due", *counted)
	}
	if clients, err := d.Practice().Clients(context.Background()); err != nil || len(clients) != 0 {
		t.Errorf("the vault holds %+v, %v", clients, err)
	}
	certificate(t, d, "Save the certificate")
	d.Tap("Done")
	d.Sees("No records yet")
	p.Show(desk.Place{Page: desk.Retention, Part: "destroyed"})
	d.Sees("A.Q. · certificate", "closed March 14, 2015, plus 7 years")
	d.Keys(fyne.KeyReturn)
	d.Sees("Save the certificate")
	d.Fine()
}

// The backups are purged there and then, before the certificate is saved.
func TestADestroyedRecordIsPurgedFromTheBackups(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	confirmTexas(t, d)
	c := closed(t, d, "Ada Quill", "2015-03-14")
	ctx := context.Background()
	if _, err := d.Practice().BackUp(ctx, nil, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.Retention, Client: c.ID})
	d.Tap("Destroy")
	d.Type("Ada Quill")
	d.Keys(fyne.KeyReturn)
	d.Type("ladder ochre Venice 42")
	d.Keys(fyne.KeyReturn)
	d.Sees("Still hold it", "1 backup", "Purge the backups first")
	d.Keys(fyne.KeyReturn)
	d.Sees("THE BACKUPS ARE PURGED", "1 backup written anew", "Save the certificate")
	d.SeesNot("Still hold it", "Purge from backups")
	list, err := d.Practice().StillHeld(ctx, 0)
	if err != nil || len(list) != 0 {
		t.Errorf("still held in %+v, %v", list, err)
	}
	certificate(t, d, "Save the certificate")
	if len(d.Places) != 0 {
		t.Errorf("it led to %+v", d.Places)
	}
	d.Fine()
}

// certificate saves the certificate into a file, and reads that it is a PDF.
func certificate(t *testing.T, d *desktest.Desk, act string) {
	t.Helper()
	d.Tap(act)
	path := filepath.Join(t.TempDir(), "certificate.pdf")
	d.Fields()[0].SetText(path)
	d.Keys(fyne.KeyReturn)
	if text, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(text), "%PDF") {
		t.Errorf("the certificate: %v; %v", err, d.Failures)
	}
}

func TestEscapeDestroysNothing(t *testing.T) {
	d, p, _ := reviewed(t, "ليلى حداد")
	d.Tap("Destroy")
	d.Type("ليلى حداد")
	d.Keys(fyne.KeyEscape)
	d.SeesNot("Type the client’s name")
	d.Sees("WHAT IT HOLDS")
	d.Cancel = true
	d.Tap("Destroy")
	d.Type("ليلى حداد")
	d.Keys(fyne.KeyReturn)
	d.Type("ladder ochre Venice 42")
	d.Keys(fyne.KeyReturn)
	d.Sees("canceled")
	if list, err := d.Practice().Destructions(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("something was destroyed: %+v, %v", list, err)
	}
	d.Keys(fyne.KeyEscape)
	p.Key(desk.KeyEscape)
	d.Sees("DUE: TO BE REVIEWED")
}

// What was destroyed meanwhile, or is kept by now, is said in the dialog.
func TestAHoldThatCameMeanwhileIsSaidInTheDialog(t *testing.T) {
	d, p, _ := reviewed(t, "Ada Quill")
	d.Tap("Destroy")
	d.Type("Ada Quill")
	if _, err := d.Practice().PlaceHold(context.Background(), record.Hold{Client: p.records.review.client, Matter: "Quill v. Fenn"}); err != nil {
		t.Fatal(err)
	}
	d.Keys(fyne.KeyReturn)
	d.Type("ladder ochre Venice 42")
	d.Keys(fyne.KeyReturn)
	d.Sees("Quill v. Fenn", "Type the client’s name")
}

func TestALastCopyIsProduced(t *testing.T) {
	d, p, _ := reviewed(t, "Ada Quill")
	d.Tap("Produce a last copy")
	if len(d.Places) != 1 || d.Places[0].Page != desk.Produce || d.Places[0].Client != p.records.review.client {
		t.Errorf("it went to %+v", d.Places)
	}
}

// Copies that a program left in the vault's folder are told of before, and go with
// the record only if that is asked for.
func TestCopiesInTheFolderGoOnlyWhenAsked(t *testing.T) {
	for _, remove := range []bool{false, true} {
		d, p, _ := open(t, desk.Place{})
		confirmTexas(t, d)
		c := closed(t, d, "Ada Quill", "2015-03-14")
		base := filepath.Join(d.Practice().Dir(), "records.db.age")
		content, err := os.ReadFile(base)
		copied := filepath.Join(filepath.Dir(base), "records.db (1).age")
		if err == nil {
			err = os.WriteFile(copied, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		p.Show(desk.Place{Page: desk.Retention, Client: c.ID})
		d.Sees("COPIES IN THE VAULT’S FOLDER THAT MAY HOLD IT", "records.db (1).age: ")
		d.Tap("Destroy")
		d.Sees("1 copy of the vault’s files in its folder may still hold it", "Remove 1 copy in the vault’s folder too")
		if remove {
			d.Checks()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		}
		d.Fields()[0].SetText("Ada Quill")
		d.Fields()[1].SetText("ladder ochre Venice 42")
		confirmButton(d).Press()
		d.Sees("The record of Ada Quill is destroyed")
		if _, err := os.Stat(copied); os.IsNotExist(err) != remove {
			t.Errorf("asked for: %v; the copy: %v", remove, err)
		}
		if remove {
			d.SeesNot("May still hold it")
		} else {
			d.Sees("May still hold it", "1 copy in the vault’s folder")
		}
		d.Fine()
	}
}

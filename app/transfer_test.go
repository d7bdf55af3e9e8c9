package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// A package is taken in once, and a whole vault is none.
func TestAPackageIsTakenInOnceAndAWholeVaultNever(t *testing.T) {
	from, to := newWorld(t), newWorld(t)
	ada := addClient(t, from.Practice, "Ada Quill")
	from.log(ada, "hello")
	dir, s := t.TempDir(), app.Secret{Passphrase: "for dr osei"}
	sealing := app.Sealing{Passphrase: s.Passphrase}
	file := filepath.Join(dir, "ada.age")
	_, err := from.Transfer(ctx, app.TransferRequest{Client: ada.ID, To: "Dr. Osei", Purpose: "transfer of care", Out: file, Sealed: sealing}, nil)
	from.must(err)
	_, err = to.Receive(ctx, file, s, nil)
	to.must(err)
	to.now = to.now.Add(48 * time.Hour)
	const before = "this package was taken in before, on November 21, 2026, as record 2026-001"
	if _, err := to.Receive(ctx, file, s, nil); err == nil || err.Error() != before {
		t.Errorf("once more: %v", err)
	}
	list, err := from.Timeline(ctx, ada.ID, app.Page{})
	from.must(err)
	from.must(from.Sequester(ctx, ada.ID, app.SequesterOrder{Entries: []record.EntryID{list[0].ID}, Ground: record.GroundCourt, Reason: "order 12",
		Court: "Chancery Court", Number: "12", On: record.DateOf(from.now)})) // no package has it
	alone := filepath.Join(dir, "alone.age")
	_, err = from.ExportWhole(ctx, alone, sealing, nil)
	from.must(err)
	addClient(t, from.Practice, "Bo Larsen")
	all := filepath.Join(dir, "all.age")
	_, err = from.ExportWhole(ctx, all, sealing, nil)
	from.must(err)
	for _, path := range []string{alone, all} {
		if _, err := to.Receive(ctx, path, s, nil); err == nil || !strings.Contains(err.Error(), "this is a whole vault: restore it") {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if found := whole(t, to.Practice); found.Clients != 1 || found.Entries != 1 {
		t.Errorf("there: %+v", found)
	}
}

// A vault that was backed up by hand alone says into which folders, and a drive
// with the backups of several vaults names them all.
func TestWhatLiesInAFolderOfBackupsIsNamed(t *testing.T) {
	one, other := newWorld(t), newWorld(t)
	if _, err := one.BackUp(ctx, nil); !errors.Is(err, app.ErrNoTarget) || strings.Contains(err.Error(), "before") {
		t.Errorf("never backed up: %v", err)
	}
	_, err := one.BackUp(ctx, nil, one.target)
	one.must(err)
	_, err = one.BackUp(ctx, nil)
	if !errors.Is(err, app.ErrNoTarget) || !strings.Contains(err.Error(), "It was backed up into "+one.target+" before: name it, or add it to the plan") {
		t.Errorf("backed up by hand: %v", err)
	}
	_, err = other.BackUp(ctx, nil, other.target)
	other.must(err)
	theirs, err := app.BackupFolders(other.target)
	other.must(err)
	other.must(os.Rename(theirs[0], filepath.Join(one.target, "Other.casekeep-backup")))
	folders, err := app.BackupFolders(one.target)
	one.must(err)
	_, err = app.OpenBackups(one.target, app.Secret{Passphrase: passphrase}, one.config)
	want := "there are backups of 2 vaults here: " + filepath.Base(folders[0]) + ", " + filepath.Base(folders[1]) + "; choose one"
	if err == nil || err.Error() != want {
		t.Errorf("two vaults: %v, want %s", err, want)
	}
}

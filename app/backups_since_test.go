package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// What was destroyed after the last backup does not come back from it: not into
// another folder while the vault is open, nor in the vault's own place. Until a
// backup knows of it one is due.
func TestDestroyedSinceTheLastBackup(t *testing.T) {
	w := newWorld(t)
	ada := dueRecord(t, w.Practice, "Ada Quill")
	addClient(t, w.Practice, "Bo Larsen")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	if due, err := w.BackupDue(ctx); err != nil || due {
		t.Fatalf("a backup is due: %v, %v", due, err)
	}
	w.now = w.now.Add(time.Minute)
	_, err := w.Destroy(ctx, ada.ID, app.Confirm{Name: "Ada Quill", Passphrase: passphrase}, nil)
	w.must(err)
	if due, err := w.BackupDue(ctx); err != nil || !due {
		t.Errorf("no backup knows of the destruction, and none is due: %v", err)
	}
	folder, err := w.BackupsAt(w.target)
	w.must(err)
	beside, err := folder.Restore(ctx, "", filepath.Join(t.TempDir(), "beside.casekeep"), false, nil)
	w.must(err)
	w.must(w.Lock())
	folder, err = app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	over, err := folder.Restore(ctx, "", w.dir, true, nil)
	w.must(err)
	for _, r := range []app.RestoredVault{beside, over} {
		if len(r.Destroyed) != 1 || r.Destroyed[0].Number != ada.Number {
			t.Errorf("%s: destroyed since %+v", r.Folder, r.Destroyed)
		}
		p, err := app.Unlock(ctx, r.Folder, passphrase, w.config)
		w.must(err)
		if list, err := p.Clients(ctx); err != nil || len(list) != 1 || list[0].Name != "Bo Larsen" {
			t.Errorf("%s holds %+v, %v", r.Folder, list, err)
		}
		w.must(p.Lock())
	}
}

// A restore says what was put out of sight, or under a hold, since the backup was
// made: both must be stated anew in what it makes.
func TestRestoreSaysWhatIsNotInForce(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.log(ada, "hello")
	w.must(w.AddBackupTarget(ctx, w.target))
	first := w.backUp()
	entries, err := w.Timeline(ctx, ada.ID, app.Page{Limit: 10})
	w.must(err)
	w.must(w.Sequester(ctx, ada.ID, app.SequesterOrder{Entries: []record.EntryID{entries[0].ID}, Ground: record.GroundCourt, Reason: "sealed", Court: "Hinds County",
		On: record.DateOf(w.now)}))
	_, err = w.PlaceHold(ctx, record.Hold{Client: ada.ID, Matter: "Quill v. Fenn"})
	w.must(err)
	w.now = w.now.Add(time.Hour)
	second := w.backUp()
	folder, err := w.BackupsAt(w.target)
	w.must(err)
	for name, want := range map[string]int{first.Generation: 1, second.Generation: 0} {
		r, err := folder.Restore(ctx, name, filepath.Join(t.TempDir(), "x.casekeep"), false, nil)
		w.must(err)
		if r.InSight != want || r.Unheld != want {
			t.Errorf("%s: %d in sight again, %d holds are missing, not %d", name, r.InSight, r.Unheld, want)
		}
	}
}

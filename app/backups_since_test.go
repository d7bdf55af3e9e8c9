package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"casekeep/app"
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

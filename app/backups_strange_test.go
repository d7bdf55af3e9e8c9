package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// copyAt gives a copy of the vault, of the same name, in use on another computer.
func (w *world) copyAt(c app.Config) *app.Practice {
	w.t.Helper()
	w.must(w.Lock())
	dir := filepath.Join(w.t.TempDir(), filepath.Base(w.dir))
	w.must(os.CopyFS(dir, os.DirFS(w.dir)))
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	c.StateDir = w.t.TempDir()
	p, err := app.Unlock(ctx, dir, passphrase, c)
	w.must(err)
	w.t.Cleanup(func() { _ = p.Lock() })
	return p
}

// list gives the backups in the target, the newest first.
func (w *world) list() []app.Backup {
	w.t.Helper()
	folder, err := w.BackupsAt(w.target)
	w.must(err)
	list, err := folder.List(ctx)
	w.must(err)
	return list
}

// Who was revoked goes on in a copy under the old key, and backs it up decades
// ahead of its time into the practice's own backups. That is told of, restored by
// nobody, and stands in the way of nothing.
func TestBackupUnderARevokedKey(t *testing.T) {
	w := newWorld(t)
	w.sheet()
	ada := addClient(t, w.Practice, "Ada Quill")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	ahead := w.config
	ahead.Now = func() time.Time { return w.now.AddDate(40, 0, 0) }
	theirs := w.copyAt(ahead)
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	w.backUp()
	addClient(t, theirs, "Mallory")
	if _, err := theirs.BackUp(ctx, nil, w.target); err != nil {
		t.Fatal(err)
	}
	planted := w.list()[0]
	if !planted.OldKey || !strings.Contains(planted.Problem, planted.Name) {
		t.Fatalf("the planted one: %+v", planted)
	}

	w.log(ada, "written since")
	made := w.backUp()
	if made.Unchanged || !strings.Contains(made.OldKey, planted.Name) || made.Pruned != 0 {
		t.Errorf("the backup beside it: %+v", made)
	}
	if again := w.backUp(); !again.Unchanged || again.Generation != made.Generation {
		t.Errorf("once more: %+v", again)
	}
	stand, err := w.Backups(ctx)
	w.must(err)
	if !strings.Contains(worries(stand), "old-key/"+w.target) || stand.Last.After(w.now.Add(time.Minute)) {
		t.Errorf("worries %q, the last backup %s", worries(stand), stand.Last)
	}
	if d, err := w.Drill(ctx, nil); err != nil || !d.Whole || d.Backup != made.Generation {
		t.Errorf("the drill: %+v, %v", d, err)
	}
	if at := app.NewestBackup(stand.Targets[0].Inside); at.After(w.now.Add(time.Minute)) {
		t.Errorf("the newest by its name: %s", at)
	}

	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	if _, err := folder.Restore(ctx, planted.Name, filepath.Join(t.TempDir(), "x"), false, nil); err == nil || !strings.Contains(err.Error(), "old key") {
		t.Errorf("restoring it: %v", err)
	}
	restored, err := folder.Restore(ctx, "", filepath.Join(t.TempDir(), "y"), false, nil)
	if err != nil || restored.Backup.Name != made.Generation {
		t.Errorf("restored: %+v, %v", restored.Backup, err)
	}

	if done, err := w.RemoveOldBackups(ctx, nil); err != nil || len(done) != 1 || done[0].Err != nil || done[0].Count != 2 {
		t.Errorf("removing: %+v, %v", done, err)
	}
	stand, err = w.Backups(ctx)
	w.must(err)
	if strings.Contains(worries(stand), "old-key") || len(w.list()) != 3 {
		t.Errorf("afterwards: %q, %d backups", worries(stand), len(w.list()))
	}
}

// Two copies of one vault, worked in by turns, back up into one folder. Neither
// removes a backup of the other's, and each says that there is another.
func TestCopiesThatBackUpIntoOneFolder(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 1, Daily: 2}, Every: 60}))
	w.backUp()
	other := w.copyAt(w.config)
	var theirs []string
	for range 4 {
		w.now = w.now.AddDate(0, 0, 1)
		addClient(t, other, "Bo Quill")
		own := w.Practice
		w.Practice = other
		w.log(ada, "elsewhere")
		w.Practice = own
		list, err := other.BackUp(ctx, nil)
		w.must(err)
		w.must(list[0].Err)
		theirs = append(theirs, list[0].Generation)
		w.now = w.now.AddDate(0, 0, 1)
		w.log(ada, "on and on")
		w.backUp()
	}
	there := map[string]app.Backup{}
	own := 0
	for _, b := range w.list() {
		there[b.Name] = b
		if b.Clients == 1 {
			own++
		}
	}
	for _, name := range theirs[2:] {
		if _, ok := there[name]; !ok {
			t.Errorf("the other copy's backup %s is gone", name)
		}
	}
	if len(there) != 4 || own != 2 {
		t.Errorf("%d backups, %d of them of this copy", len(there), own)
	}
	folder, err := w.BackupsAt(w.target)
	w.must(err)
	for name, b := range there {
		r, err := folder.Restore(ctx, name, filepath.Join(t.TempDir(), "restored"), false, nil)
		if err != nil || len(r.Missing) > 0 || b.Attachments == 0 {
			t.Errorf("%s holds %d attachments, of which %v are missing: %v", name, b.Attachments, r.Missing, err)
		}
	}
	for who, p := range map[string]*app.Practice{"the vault": w.Practice, "the copy": other} {
		list, err := p.BackUp(ctx, nil)
		w.must(err)
		stand, err := p.Backups(ctx)
		w.must(err)
		if list[0].Others != 2 || !list[0].Unchanged || !strings.Contains(worries(stand), "another/"+w.target) {
			t.Errorf("%s: %+v; %s", who, list[0], worries(stand))
		}
	}
}

// A vault that is put back to an earlier backup goes on as the same one: nothing is
// said of another, and the plan holds for the backups that it left behind.
func TestRestoredVaultIsNoOtherCopy(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 3}, Every: 60}))
	for range 3 {
		w.log(ada, "and on")
		w.backUp()
		w.now = w.now.AddDate(0, 0, 1)
	}
	list := w.list()
	w.must(w.Lock())
	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	_, err = folder.Restore(ctx, list[2].Name, w.dir, true, nil)
	w.must(err)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	for i := range 3 {
		if i == 1 { // it stays that also where it is moved
			w.must(w.Lock())
			moved := filepath.Join(t.TempDir(), filepath.Base(w.dir))
			w.must(os.Rename(w.dir, moved))
			w.dir = moved
			w.must(w.unlock(app.Secret{Passphrase: passphrase}))
		}
		w.now = w.now.AddDate(0, 0, 1)
		w.log(ada, "once more")
		if b := w.backUp(); b.Others != 0 || b.Pruned != 1 {
			t.Errorf("after the restore: %+v", b)
		}
	}
	stand, err := w.Backups(ctx)
	w.must(err)
	if strings.Contains(worries(stand), "another") || len(w.list()) != 3 {
		t.Errorf("worries %q, %d backups", worries(stand), len(w.list()))
	}
}

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

// Neither a revocation that failed once before nor the file of one who was
// revoked, put back into the folder, gives a key back.
func TestNoOtherRevocationGivesAKeyBack(t *testing.T) {
	w := newWorld(t)
	w.sheet()
	inTheWay := filepath.Join(w.dir, "key.age.new", "x")
	w.must(os.MkdirAll(inTheWay, 0o700))
	if err := w.Revoke(ctx, passphrase, []string{"recovery"}, nil); err == nil {
		t.Fatal("the disk did not fail")
	}
	w.must(os.RemoveAll(filepath.Dir(inTheWay)))
	w.now = w.now.Add(time.Hour)
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor}, app.PaperFile{Path: pdf})
	w.must(err)
	hers := keyOn(t, pdf)
	file := filepath.Join(w.dir, "holders", "maria-osei.age")
	sheet := filepath.Join(w.dir, "holders", "recovery.age")
	old, err := os.ReadFile(sheet)
	w.must(err)
	w.must(os.Remove(file)) // as in a vault that was restored after she was revoked
	w.now = w.now.Add(time.Hour)
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	if _, err := w.CheckSheet(ctx, app.Secret{Typed: hers}); err == nil {
		t.Error("a revocation that failed before gives a key back")
	}

	w.now = w.now.Add(time.Hour)
	_ = os.Remove(file)
	w.must(os.WriteFile(sheet, old, 0o600))
	if !w.keys().Unfinished {
		t.Fatal("a file that was put back is not noticed")
	}
	before, err := os.ReadFile(filepath.Join(w.dir, "key.age"))
	w.must(err)
	w.must(w.FinishRekey(ctx, passphrase, nil))
	if after, err := os.ReadFile(filepath.Join(w.dir, "key.age")); err != nil || string(after) != string(before) {
		t.Errorf("everything is sealed anew for a file that opens nothing (%v)", err)
	}
	if _, err := os.Stat(sheet); err == nil || w.keys().Unfinished {
		t.Error("a file that was put back stays")
	}
	if _, err := w.CheckSheet(ctx, app.Secret{Typed: hers}); err == nil {
		t.Error("a file that was put back gives another's key back")
	}
}

// Whoever was revoked has the vault's earlier key and a copy of the folder. A copy
// that went on under it until it was newer than the vault, put in its place, is
// told by this computer's memory of the key, under whatever id.
func TestRevokedKeyThatIsBackIsReported(t *testing.T) {
	w := newWorld(t)
	w.sheet()
	w.must(w.Lock())
	theirs := filepath.Join(t.TempDir(), "theirs")
	w.must(os.CopyFS(theirs, os.DirFS(w.dir)))
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if len(w.Warnings()) > 0 {
		t.Errorf("after a revocation: %q", w.Warnings())
	}
	w.must(w.Lock())

	elsewhere := w.config
	elsewhere.StateDir = t.TempDir()
	for range 5 {
		p, err := app.Unlock(ctx, theirs, passphrase, elsewhere)
		w.must(err)
		addClient(t, p, "Mallory")
		w.must(p.Lock())
	}
	w.must(os.RemoveAll(w.dir))
	w.must(os.CopyFS(w.dir, os.DirFS(theirs)))
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if all := strings.Join(w.Warnings(), " "); !strings.Contains(all, "a key that was replaced") {
		t.Errorf("a vault under the key that was revoked: %q", all)
	}
}

// In a vault that was restored from before a revocation the backups under the
// revoked key are known as such still, and can be removed.
func TestRestoredVaultKnowsRevokedKeys(t *testing.T) {
	w := newWorld(t)
	w.sheet()
	_, err := w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.now = w.now.Add(time.Hour)
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.must(w.Lock())
	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	list, err := folder.List(ctx)
	if err != nil || len(list) != 2 {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	_, err = folder.Restore(ctx, list[1].Name, w.dir, true, nil)
	w.must(err)
	w.now = w.now.Add(time.Hour)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	there, err := w.BackupsAt(w.target)
	w.must(err)
	if list, err := there.List(ctx); err != nil || len(list) != 3 || list[2].Problem != "" {
		t.Errorf("the backups: %+v, %v", list, err)
	}
	if old, err := w.OldBackups(ctx); err != nil || len(old) != 1 || old[0].Count != 1 {
		t.Errorf("older backups: %+v, %v", old, err)
	}
}

// A clock that was set back before a revocation makes no older backup the newest,
// whose key would open the vault again that is restored.
func TestClockSetBackGivesNoKeyBack(t *testing.T) {
	w := newWorld(t)
	key, _ := w.sheet()
	w.now = w.now.AddDate(0, 1, 0)
	_, err := w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.now = w.now.AddDate(0, -1, 0)
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	if done, err := w.RemoveOldBackups(ctx, nil); err != nil || len(done) != 1 || done[0].Err != nil {
		t.Errorf("removing the older backups: %+v, %v", done, err)
	}
	w.must(w.Lock())
	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	_, err = folder.Restore(ctx, "", w.dir, true, nil)
	w.must(err)
	if _, err := w.config.CheckSheet(w.dir, app.Secret{Typed: key}); err == nil {
		t.Error("the revoked key opens the restored vault")
	}
}

package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
)

// Where the vault was locked without a backup, as when the system ends the program,
// or was not locked at all, the next unlock says that the last backup is older than
// the last change, and makes one.
func TestNextUnlockSaysThatNoBackupWasMade(t *testing.T) {
	for how, ended := range map[string]func(w *world){
		"the system ends the program": func(w *world) {
			w.must(w.Lock())
		},
		"a crash": func(w *world) {
			left := filepath.Join(w.t.TempDir(), filepath.Base(w.dir))
			w.must(os.CopyFS(left, os.DirFS(w.dir)))
			w.must(w.Lock())
			w.must(os.RemoveAll(w.dir))
			w.must(os.Rename(left, w.dir))
		},
	} {
		t.Run(how, func(t *testing.T) {
			w := newWorld(t)
			ada := addClient(t, w.Practice, "Ada Quill")
			w.must(w.AddBackupTarget(ctx, w.target))
			w.now = w.now.Add(time.Minute)
			w.backUp()
			w.must(w.Lock())
			w.must(w.unlock(app.Secret{Passphrase: passphrase}))
			says := func(want bool) {
				t.Helper()
				b, err := w.Backups(ctx)
				w.must(err)
				due, err := w.BackupDue(ctx)
				w.must(err)
				if got := strings.Contains(worries(b), "behind"); got != want || due != want {
					t.Errorf("%q; a backup is due: %v", worries(b), due)
				}
			}
			says(false)
			w.now = w.now.Add(time.Minute)
			w.log(ada, "in no backup")
			ended(w)
			w.now = w.now.Add(time.Minute)
			w.must(w.unlock(app.Secret{Passphrase: passphrase}))
			says(true)
			w.backUp()
			says(false)
		})
	}
}

// Where the clock ran ahead and was set right, a backup is dated before the last
// change that it has, and is taken for one that lacks it no longer than until it is
// made.
func TestBackupAfterTheClockWasSetBack(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	w.now = w.now.AddDate(1, 0, 0)
	w.log(ada, "a year ahead")
	w.must(w.Lock())
	w.now = w.now.AddDate(-1, 0, 0).Add(time.Minute)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if due, err := w.BackupDue(ctx); err != nil || !due {
		t.Errorf("before: a backup is due: %v, %v", due, err)
	}
	w.backUp()
	b, err := w.Backups(ctx)
	w.must(err)
	if due, err := w.BackupDue(ctx); err != nil || due || strings.Contains(worries(b), "behind") {
		t.Errorf("afterwards: %q; a backup is due: %v, %v", worries(b), due, err)
	}
}

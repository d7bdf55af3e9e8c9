package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
)

// A copy of the vault that is opened and backed up from another folder makes the
// vault itself look no better: what was written in it since is in no backup.
func TestBackupOfACopyIsNotTheVaults(t *testing.T) {
	for _, name := range []string{"Quill.casekeep", "Quill old.casekeep"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ada := addClient(t, w.Practice, "Ada Quill")
			w.must(w.AddBackupTarget(ctx, w.target))
			w.backUp()
			own := w.now
			w.must(w.Lock())
			older := filepath.Join(t.TempDir(), name)
			w.must(os.CopyFS(older, os.DirFS(w.dir)))
			w.must(w.unlock(app.Secret{Passphrase: passphrase}))
			w.log(ada, "in no backup")
			w.must(w.Lock())

			w.now = w.now.AddDate(0, 0, 4)
			other, err := app.Unlock(ctx, older, passphrase, w.config)
			w.must(err)
			stand, err := other.Backups(ctx)
			w.must(err)
			if strings.Contains(worries(stand), "gone") {
				t.Errorf("the copy says that the backups are gone: %+v", stand.Worries)
			}
			_, err = other.BackUp(ctx, nil)
			w.must(err)
			_, err = other.Drill(ctx, nil)
			w.must(err)
			w.must(other.Lock())
			if r := w.config.Remembered(older); !r.Known || !r.BackedUp.Equal(w.now) {
				t.Errorf("remembered of the copy: %+v", r)
			}

			if r := w.config.Remembered(w.dir); !r.Known || !r.BackedUp.Equal(own) || !r.Drilled.IsZero() {
				t.Errorf("remembered of the vault: %+v", r)
			}
			w.now = w.now.Add(2 * time.Minute)
			w.must(w.unlock(app.Secret{Passphrase: passphrase}))
			stand, err = w.Backups(ctx)
			w.must(err)
			if !stand.Last.Equal(own) || !strings.Contains(worries(stand), "stale") {
				t.Errorf("the vault was backed up at %s, and says %s: %s", own, stand.Last, worries(stand))
			}
			if due, err := w.BackupDue(ctx); err != nil || !due {
				t.Errorf("no backup is due: %v", err)
			}
		})
	}
}

package app_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"casekeep/app"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// backupTasks gives the keys of what Today asks about backups; a star marks what
// does not press.
func (w *world) backupTasks() string {
	w.t.Helper()
	today, err := w.Today(ctx)
	w.must(err)
	var keys []string
	for _, task := range today.Tasks {
		if key, found := strings.CutPrefix(task.Key, "backup/"); found {
			if task.Calm {
				key += "*"
			}
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, " ")
}

// Today asks for what is wrong with the backups once the practice has begun; what
// was accepted or put off it does not ask for.
func TestTodayAsksAboutBackups(t *testing.T) {
	w := newWorld(t)
	stand := func(want string) {
		t.Helper()
		if got := w.backupTasks(); got != want {
			t.Errorf("Today asks for %q, not %q", got, want)
		}
	}
	stand("")
	w.must(w.Start(ctx, app.FirstAnswers{HIPAA: "no"}))
	stand("none")
	w.must(w.AddBackupTarget(ctx, w.target))
	stand("never same-disk*")
	w.must(w.AcceptWorry(ctx, "same-disk"))
	w.backUp()
	stand("drill*")
	w.must(w.PutOffTask(ctx, "backup/drill", record.DateOf(w.now).Next(), "tomorrow"))
	stand("")
	today, err := w.Today(ctx)
	w.must(err)
	if len(today.PutOff) != 1 || (today.PutOff[0].Task.Act != standing.Act{Page: "backups", Label: "Run the restore drill"}) {
		t.Errorf("put off: %+v", today.PutOff)
	}
}

// This computer says of a locked vault when it was backed up and tried.
func TestRemembered(t *testing.T) {
	w := newWorld(t)
	w.must(w.AddBackupTarget(ctx, w.target))
	if r := w.config.Remembered(w.dir); r.Known {
		t.Errorf("before the first lock: %+v", r)
	}
	w.backUp()
	_, err := w.Drill(ctx, nil)
	w.must(err)
	w.must(w.Lock())
	if r := w.config.Remembered(w.dir); !r.Known || !r.BackedUp.Equal(w.now) || !r.Drilled.Equal(w.now) {
		t.Errorf("remembered: %+v", r)
	}
	if r := w.config.Remembered(filepath.Dir(w.dir)); r.Known {
		t.Errorf("of another folder: %+v", r)
	}
}

// holder seals the vault's identity to somebody, as a vault's holders are, and
// gives the file of their key.
func (w *world) holder(name string) string {
	w.t.Helper()
	id, err := age.GenerateX25519Identity()
	w.must(err)
	sealed, err := os.Open(filepath.Join(w.dir, "key.age"))
	w.must(err)
	defer sealed.Close()
	typed, err := age.NewScryptIdentity(passphrase)
	w.must(err)
	identity, err := age.Decrypt(sealed, typed)
	w.must(err)
	var out bytes.Buffer
	to, err := age.Encrypt(&out, id.Recipient())
	w.must(err)
	_, err = io.Copy(to, identity)
	w.must(err)
	w.must(to.Close())
	folder, key := filepath.Join(w.dir, "holders"), filepath.Join(w.t.TempDir(), "key.txt")
	w.must(os.MkdirAll(folder, 0o700))
	w.must(os.WriteFile(filepath.Join(folder, name+".age"), out.Bytes(), 0o600))
	w.must(os.WriteFile(key, []byte(id.String()+"\n"), 0o600))
	return key
}

func TestUnlockWithAHoldersKey(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	key := w.holder("Ruth Okada")
	w.must(w.Lock())
	p, err := app.UnlockWith(ctx, w.dir, app.Secret{KeyFile: key}, w.config)
	w.must(err)
	defer p.Lock()
	w.now = w.now.AddDate(0, 0, 1)
	w.Practice = p
	w.log(ada, "hello")
	list, err := p.Timeline(ctx, ada.ID, app.Page{})
	w.must(err)
	if list[0].Author != "Ruth Okada" {
		t.Errorf("an entry's author is %q", list[0].Author)
	}
	if _, err := app.UnlockWith(ctx, w.dir, app.Secret{KeyFile: key + ".gone"}, w.config); err == nil || errors.Is(err, app.ErrPassphrase) {
		t.Errorf("a key file that is not there: %v", err)
	}
}

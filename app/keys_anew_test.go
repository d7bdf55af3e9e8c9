package app_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"casekeep/app"
	"casekeep/vault/record"
)

// withOlderKey asks whether a vault as it is now opens with an older key.age and
// the passphrase of that time. The vault is locked for it and unlocked again.
func (w *world) withOlderKey(older map[string][]byte, now app.Secret) bool {
	w.t.Helper()
	w.must(w.Lock())
	stolen := filepath.Join(w.t.TempDir(), "stolen.casekeep")
	w.must(os.CopyFS(stolen, os.DirFS(w.dir)))
	for name, text := range older {
		w.must(os.WriteFile(filepath.Join(stolen, name), text, 0o600))
	}
	p, err := app.UnlockWith(ctx, stolen, app.Secret{Passphrase: passphrase}, app.Config{StateDir: w.t.TempDir(), Now: w.config.Now})
	if err == nil {
		w.must(p.Lock())
	}
	w.must(w.unlock(now))
	return err == nil
}

func (w *world) keyFiles() map[string][]byte {
	w.t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{"key.age", "key.age.sha256"} {
		text, err := os.ReadFile(filepath.Join(w.dir, name))
		w.must(err)
		files[name] = text
	}
	return files
}

// A passphrase that somebody knows opens later records with an older key.age,
// unless everything is sealed anew with the new one; those who hold a key keep it.
func TestReplacePassphrase(t *testing.T) {
	w := newWorld(t)
	addClient(t, w.Practice, "Ada Quill")
	key, _ := w.sheet()
	older := w.keyFiles()
	first, second := app.Secret{Passphrase: otherPassphrase}, app.Secret{Passphrase: "pebble violin harvest anchor"}
	w.must(w.ChangePassphrase(ctx, app.Secret{Passphrase: passphrase}, otherPassphrase))
	if !w.withOlderKey(older, first) {
		t.Error("the older key file opens nothing: what the help says of it is not so")
	}
	if err := w.ReplacePassphrase(ctx, app.Secret{Passphrase: mistyped}, second.Passphrase, nil); !errors.Is(err, app.ErrPassphrase) {
		t.Errorf("a wrong passphrase: %v", err)
	}
	w.must(w.ReplacePassphrase(ctx, first, second.Passphrase, nil))
	if w.withOlderKey(older, second) {
		t.Error("the older key file opens what was sealed anew")
	}
	if _, err := w.CheckSheet(ctx, app.Secret{Typed: key}); err != nil {
		t.Errorf("the recovery sheet: %v", err)
	}
	if k := w.keys(); k.Unfinished || len(k.Holders) != 1 || k.Holders[0].State != record.HolderOpens {
		t.Errorf("holders: %+v", k)
	}
	whole(t, w.Practice)
}

// Canceled before the sealing began it says that only the passphrase is another.
func TestReplacePassphraseCanceledAtOnce(t *testing.T) {
	w := newWorld(t)
	before := w.keyFiles()["key.age"]
	stopping, stop := context.WithCancel(ctx)
	defer stop()
	w.clock = func() {
		if text, err := os.ReadFile(filepath.Join(w.dir, "key.age")); err == nil && string(text) != string(before) {
			stop()
		}
	}
	err := w.ReplacePassphrase(stopping, app.Secret{Passphrase: passphrase}, otherPassphrase, nil)
	w.clock = nil
	if !errors.Is(err, app.ErrNotAnew) || w.keys().Unfinished {
		t.Fatalf("%v, unfinished %v", err, w.keys().Unfinished)
	}
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Passphrase: otherPassphrase}))
	whole(t, w.Practice)
}

// Canceled while it seals, it is finished as a revocation is.
func TestReplacePassphraseCanceled(t *testing.T) {
	w := newWorld(t)
	addClient(t, w.Practice, "Ada Quill")
	stopping, stop := context.WithCancel(ctx)
	err := w.ReplacePassphrase(stopping, app.Secret{Passphrase: passphrase}, otherPassphrase, func(done, _ int64, _ string) {
		if done > 0 {
			stop()
		}
	})
	if !errors.Is(err, app.ErrUnfinished) || !w.keys().Unfinished || !w.CanFinish() {
		t.Fatalf("%v, unfinished %v, can be finished %v", err, w.keys().Unfinished, w.CanFinish())
	}
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Passphrase: otherPassphrase}))
	today, err := w.Today(ctx)
	w.must(err)
	if first := today.Tasks[0]; first.Title != "Finish sealing everything to the new key" {
		t.Errorf("Today begins with %+v", first)
	}
	w.must(w.FinishRekey(ctx, "", nil))
	if w.keys().Unfinished {
		t.Error("it is unfinished still")
	}
	whole(t, w.Practice)
}

package app_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// Who opened the vault with a key of their own is told once, to the practitioner.
func TestOpeningsAreToldOnce(t *testing.T) {
	w := newWorld(t)
	recovery, _ := w.sheet()
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor}, app.PaperFile{Path: pdf})
	w.must(err)
	hers, own := app.Secret{Typed: keyOn(t, pdf)}, app.Secret{Passphrase: passphrase}
	told := func(s app.Secret, holder string, want ...string) {
		t.Helper()
		w.must(w.Lock())
		w.now = w.now.Add(time.Hour)
		w.must(w.unlock(s))
		said, err := w.TellOpenings(ctx)
		w.must(err)
		if w.Holder() != holder || len(said) != len(want) {
			t.Fatalf("%q is at work, and it is said: %q", w.Holder(), said)
		}
		for i := range want {
			if !strings.Contains(said[i], want[i]) {
				t.Errorf("it is said %q, not %q", said[i], want[i])
			}
		}
	}
	told(own, "")
	told(hers, "Maria Osei, professional executor")
	told(app.Secret{Typed: recovery}, "")
	told(own, "", "Maria Osei, professional executor opened the vault on November 21, 2026 at 4:00 PM", "whoever has the recovery sheet (recovery) opened the vault")
	told(own, "")
	for range 7 {
		w.must(w.Lock())
		w.must(w.unlock(hers))
	}
	told(own, "", "2 times more", "Maria", "Maria", "Maria", "Maria", "Maria")
	whole(t, w.Practice)
}

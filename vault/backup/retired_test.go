package backup

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

// revoked is a practice whose vault was re-keyed after a backup, and a copy of the
// vault from before that, which somebody goes on with under the old key.
type revoked struct {
	*practice
	theirs *practice
	old    *sealed.Key
	at     time.Time // when the old key retired
}

func newRevoked(t testing.TB) *revoked {
	t.Helper()
	p := newPractice(t, 5)
	p.take(t)
	dir := filepath.Join(t.TempDir(), "theirs")
	if err := os.CopyFS(dir, os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	db, err := sealed.OpenWith(dir, secret, quickVault())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	theirs := &practice{dir: dir, folder: p.folder, db: db, entries: p.entries, opt: quick()}
	theirs.opt.Now = func() time.Time { return theirs.clock }
	r := &revoked{p, theirs, p.db.Key(), p.clock.Add(time.Hour)}
	p.rekey(t, p.addTenants(t), 0)
	p.opt.Retired = []Retired{{r.old, r.at}}
	return r
}

// plant backs the other copy up, at a moment.
func (r *revoked) plant(t testing.TB, at time.Time) string {
	t.Helper()
	r.theirs.clock = at.AddDate(0, 0, -1)
	r.theirs.add(t, 100)
	return r.theirs.take(t).Generation.Name
}

// TestBackupsThatCameAfterTheirKey plants backups under a key that was revoked, one
// of them dated decades ahead, and looks at what they do to the practice's own.
func TestBackupsThatCameAfterTheirKey(t *testing.T) {
	r := newRevoked(t)
	ahead := r.plant(t, r.at.AddDate(40, 0, 0))
	late := r.plant(t, r.at.Add(clockLeeway+time.Minute))
	r.add(t, 1)
	w := r.take(t)
	if w.Generation.At.After(r.clock.Add(time.Minute)) {
		t.Errorf("the backup of %s is dated %s", r.clock, w.Generation.At)
	}
	r.add(t, 1)
	if w = r.take(t); w.Generation.Full {
		t.Error("the next backup does not build on the one before")
	}
	byPassphrase, err := Open(r.folder, secret, quick())
	if err != nil {
		t.Fatal(err)
	}
	for who, set := range map[string]*Set{"the vault": r.set(t), "the passphrase": byPassphrase} {
		all, err := set.Generations(ctx)
		if err != nil || len(all) != 5 {
			t.Fatalf("%s: %d backups, %v", who, len(all), err)
		}
		for _, g := range all {
			var old *OldKeyError
			planted := g.Name == ahead || g.Name == late
			if errors.As(g.Problem, &old) != planted || planted && (!strings.Contains(g.Problem.Error(), g.Name) || !old.Retired.Equal(r.at)) {
				t.Errorf("%s: %s: %v", who, g.Name, g.Problem)
			}
		}
		v, err := set.survey(ctx)
		if err != nil || v.newest().Name != w.Generation.Name {
			t.Errorf("%s: the newest is %s, %v", who, v.newest().Name, err)
		}
		if k, err := set.newestKey(ctx, r.old); err != nil || k.Name() == r.old.Name() {
			t.Errorf("%s: a restore is sealed to the old key: %v", who, err)
		}
		if _, err := set.Load(ctx, ahead, nil); !errors.As(err, new(*OldKeyError)) {
			t.Errorf("%s: loading it: %v", who, err)
		}
		c, err := set.VerifyAll(ctx, nil)
		if err != nil || len(c.Problems) != 2 || !slices.Contains(c.Broken, ahead) {
			t.Errorf("%s: verified: %v, %v", who, c.Problems, err)
		}
	}
	removed, err := r.set(t).Prune(ctx, Rule{Last: 3}, time.UTC, nil)
	if err != nil || len(removed) > 0 {
		t.Errorf("they let %v be removed: %v", removed, err)
	}
	if removed, err = r.set(t).RemoveOld(ctx); err != nil || len(removed) != 3 || !slices.Contains(removed, ahead) {
		t.Errorf("removed: %v, %v", removed, err)
	}
	wantGenerations(t, r.set(t), 7, 6)
	wantWhole(t, r.set(t))
}

// TestBackupsAboutTheTimeOfARekey are the practice's own still.
func TestBackupsAboutTheTimeOfARekey(t *testing.T) {
	r := newRevoked(t)
	r.plant(t, r.at.Add(clockLeeway))
	r.take(t)
	wantGenerations(t, r.set(t), 5, 105, 5)
}

// TestOldKeyRetiresNoOther lets who has the old key alone say that the present one
// retired before it was made.
func TestOldKeyRetiresNoOther(t *testing.T) {
	r := newRevoked(t)
	r.take(t)
	v, err := r.set(t).survey(ctx)
	if err != nil {
		t.Fatal(err)
	}
	present, before := r.db.Key(), r.at.AddDate(-1, 0, 0)
	forged := v.manifests[0]
	honest := v.newest().Retired[0]
	for name, said := range map[string]retirement{
		"no proof":             {Key: present.Name(), At: before},
		"with its own key":     {present.Name(), before, Options{Retired: []Retired{{r.old, before}}}.retirements(present.Name())[0].Proof},
		"another's, turned":    {present.Name(), honest.At, honest.Proof},
		"of itself, elsewhere": {r.old.Name(), honest.At, honest.Proof},
	} {
		forged.Retired = []retirement{said}
		set, err := Open(r.folder, secret, quick())
		if err != nil {
			t.Fatal(err)
		}
		if at := set.retiredAt([]*manifest{forged}); len(at) > 0 {
			t.Errorf("%s: %v", name, at)
		}
	}
}

// TestPruneLeavesWhatItCannotRead prunes by a copy of the vault from before its
// re-key, which knows nothing of the present key.
func TestPruneLeavesWhatItCannotRead(t *testing.T) {
	r := newRevoked(t)
	for range 3 {
		r.add(t, 1)
		r.take(t)
	}
	r.plant(t, r.clock.AddDate(0, 0, 1))
	if removed, err := r.theirs.set(t).Prune(ctx, Rule{Last: 1}, time.UTC, nil); err != nil || len(removed) != 1 {
		t.Errorf("removed %v, %v", removed, err)
	}
	all, err := r.set(t).Generations(ctx)
	if err != nil || len(all) != 4 {
		t.Fatalf("%d are left, %v", len(all), err)
	}
	for _, g := range all[1:] {
		if _, err := loads(r.set(t), g); err != nil {
			t.Errorf("%s: %v", g.Name, err)
		}
	}
}

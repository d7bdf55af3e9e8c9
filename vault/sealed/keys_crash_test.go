package sealed

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// A keyLedger is a ledger that also knows who may open the vault, and by when.
type keyLedger struct {
	*ledger
	opt      Options
	ways     []*way
	retired  []retirement
	holders  map[string]age.Recipient // as the last call was told
	finished int                      // when the last re-key returned; -1: one is under way
	passed   string                   // the passphrase that is due to be in force
}

// A way opens the vault: from some moment on it may, then it must, then it may
// no longer have to, and then it must not. Moments are log lengths.
type way struct {
	name             string
	secret           Secret
	may, must        int
	doubtful, closed int
}

// retirement is a key that opens nothing from some moment on.
type retirement struct {
	key *Key
	at  int
}

const never = math.MaxInt

func newKeyLedger(rec *crash.Recorder, opt Options) *keyLedger {
	opt.Files, opt.CheckpointRecords = rec, 6
	return &keyLedger{ledger: newLedger(rec), opt: opt, holders: map[string]age.Recipient{}, passed: passphrase}
}

func (l *keyLedger) grant(name string, s Secret) *way {
	w := &way{name: name, secret: s, may: l.rec.Len(), must: never, doubtful: never, closed: never}
	l.ways = append(l.ways, w)
	return w
}

func (l *keyLedger) way(name string) *way {
	return l.ways[slices.IndexFunc(l.ways, func(w *way) bool { return w.name == name })]
}

// again tries once more what a fault may have befallen, unless the vault is
// read-only by now.
func again(db *DB, f func() error) error {
	err := f()
	if err == nil || db.Status().ReadOnly != nil || errors.Is(err, context.Canceled) {
		return err
	}
	if unfit := readable(err); unfit != nil {
		panic(unfit)
	}
	return f()
}

func (l *keyLedger) addHolder(db *DB, name string) error {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	w := l.grant(name, Secret{Identities: []age.Identity{id}})
	l.holders[name] = id.Recipient()
	err = again(db, func() error { return db.AddHolder(ctx, name, id.Recipient()) })
	if err == nil {
		w.must = l.rec.Len()
	}
	if errors.Is(err, ErrHolderExists) {
		return nil // a first attempt failed after the fact, and promised nothing
	}
	return err
}

func (l *keyLedger) changePassphrase(db *DB, to string) error {
	old, next := l.way(l.passed), l.grant(to, Secret{Passphrase: to})
	old.doubtful = l.rec.Len()
	err := again(db, func() error {
		err := db.ChangePassphrase(ctx, to)
		var doubt *InDoubtError
		if err != nil && !errors.As(err, &doubt) {
			old.doubtful = never // it says that nothing has changed
			if k, wrong := OpenKey(memoryVault, Secret{Passphrase: to}, quickOn(l.opt.Files)); wrong == nil && k != nil {
				panic("the passphrase changed though that failed")
			}
			old.doubtful = l.rec.Len()
		}
		return err
	})
	if err == nil {
		old.closed, next.must, l.passed = l.rec.Len(), l.rec.Len(), to
	}
	return err
}

func quickOn(files Files) Options {
	opt := quick()
	opt.Files = files
	return opt
}

// rekey re-keys for the holders but some, with work beside it. cut cancels it
// after that many bytes.
func (l *keyLedger) rekey(db *DB, cut int64, without ...string) error {
	old := db.Key()
	for _, name := range without {
		delete(l.holders, name)
		w := l.way(name)
		w.doubtful = min(w.doubtful, l.rec.Len())
	}
	l.finished = -1
	err := l.besideWork(db, func() error {
		return again(db, func() error {
			within, cancel := context.WithCancel(ctx)
			defer cancel()
			return db.Rekey(within, l.passed, l.holders, func(done, total int64) {
				if cut > 0 && done >= cut {
					cancel()
				}
			})
		})
	})
	if cut > 0 && errors.Is(err, context.Canceled) {
		return nil
	}
	if err == nil {
		l.finished = l.rec.Len()
		for _, w := range l.ways {
			if w.secret.Passphrase == "" && w.doubtful != never {
				w.closed = l.rec.Len()
			}
		}
		for _, one := range old.Each() {
			if one.Name() != db.Key().Name() {
				l.retired = append(l.retired, retirement{one, l.rec.Len()})
			}
		}
	}
	return err
}

// besideWork commits while f writes a base and puts it in its place, and commits
// and puts while it seals attachments anew.
func (l *keyLedger) besideWork(db *DB, f func() error) error {
	var busy, renamed atomic.Bool
	var failed error
	n, err := sound(db)
	if err != nil {
		return err
	}
	did := map[string]bool{}
	work := func(what string, f func() error) {
		if busy.CompareAndSwap(false, true) {
			if !did[what] && failed == nil {
				did[what], failed = true, f()
			}
			busy.Store(false)
		}
	}
	insert := func() error {
		n++
		return l.insert(db, n)
	}
	l.rec.Before(func(op crash.Op) {
		switch dir, name := path.Split(op.Path); {
		case name == baseFile+unfinished && op.Kind == crash.Write:
			work("base", insert)
		case name == baseFile+unfinished && op.Kind == crash.Rename:
			work("rename", insert)
			renamed.Store(true)
		case op.Kind == crash.SyncDir && renamed.Load():
			work("renamed", insert)
		case strings.HasSuffix(dir, blobFolder+"/") && op.Kind == crash.Create:
			work("blob", func() error {
				if _, err := l.put(db, "put beside"); err != nil {
					return err
				}
				return insert()
			})
		}
	})
	err = f()
	l.rec.Before(nil)
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return errors.Join(failed, err)
}

// live is a life of keys: holders come, the passphrase changes, one holder is
// revoked by a re-key that is cut off and crashes, another holder opens what is
// left, it is finished, and one more re-key goes through.
func (l *keyLedger) live() error {
	l.grant(passphrase, Secret{Passphrase: passphrase})
	db, err := Create(memoryVault, passphrase, l.opt)
	if err != nil {
		return err
	}
	defer db.Close()
	l.create = l.rec.Len()
	l.ways[0].must = l.create
	for _, step := range []func() error{
		func() error { return migrate(db) },
		func() error { return l.insert(db, 1) },
		func() error { _, err := l.put(db, "a picture"); return err },
		func() error { _, err := l.put(db, strings.Repeat("a long one ", 9000)); return err },
		func() error { return l.addHolder(db, "executor") },
		func() error { return l.addHolder(db, "former") },
		func() error { return l.changePassphrase(db, "another") },
		func() error { return l.rekey(db, 20<<10, "former") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	db.using.end() // killed here
	if err := db.release(); err != nil {
		return err
	}
	return l.liveOn()
}

func (l *keyLedger) liveOn() error {
	db, err := OpenWith(memoryVault, l.way("executor").secret, l.opt)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, step := range []func() error{
		func() error { return l.rekey(db, 0) },
		func() error { return l.addHolder(db, "late") },
		func() error { return l.rekey(db, 0, "executor") },
		func() error { return l.changePassphrase(db, "the third") },
		db.Close,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// promise tells apart what must hold after n operations.
func (l *keyLedger) promise(n int) string {
	s := fmt.Sprint(l.bounds(n)) + fmt.Sprint(l.promised(n))
	for _, w := range l.ways {
		s += fmt.Sprint(n < w.may, n >= w.must, n > w.doubtful, n >= w.closed)
	}
	return s + fmt.Sprint(len(l.retired) > 0 && n >= l.retired[0].at)
}

// TestKeysPowerLoss cuts the power at every operation of a life of keys.
func TestKeysPowerLoss(t *testing.T) {
	rec := crash.RecordMemory(crash.NewMemory(crash.Image{}, memoryDisk))
	l := newKeyLedger(rec, quick())
	if err := l.live(); err != nil {
		t.Fatal(err)
	}
	states, err := rec.PowerLoss(crash.PowerLosses{
		From: l.create, To: rec.Len(), States: crash.Scale(1200, 40_000), Promise: l.promise,
	}, func(s crash.State) error {
		return l.survives(s.Image, s.Operations, s.Number%16 == 0 || crash.Full() && s.Number%4 == 0)
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, "power loss while keys change", states)
	t.Logf("%d operations", rec.Len())
}

package backup

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/disk/crash"
)

// A ledger knows what was promised of the backups in a folder, by the number of
// operations that the disk had seen by then.
type ledger struct {
	*practice
	rec  *crash.Recorder
	acts []act
	fact []string // the generations taken, oldest first
}

// act is a generation that came, or went.
type act struct {
	begun, acked int // lengths of the log; acked -1: never
	made         string
	removed      string
}

// promised gives the generations that must be there after n operations.
func (l *ledger) promised(n int) map[string]bool {
	names := map[string]bool{}
	for _, a := range l.acts {
		if a.made != "" && a.acked >= 0 && a.acked <= n {
			names[a.made] = true
		}
		if a.removed != "" && a.begun <= n {
			delete(names, a.removed)
		}
	}
	return names
}

func (l *ledger) take() error {
	begun := l.rec.Len()
	w, err := l.tryTake()
	if err != nil {
		return err
	}
	l.acts = append(l.acts, act{begun: begun, acked: l.rec.Len(), made: w.Generation.Name})
	l.fact = append(l.fact, w.Generation.Name)
	return nil
}

func (l *ledger) prune(rule Rule) error {
	set, err := OpenKeyed(l.folder, l.db.Key(), l.opt)
	if err != nil {
		return err
	}
	begun := l.rec.Len()
	all := l.promised(begun)
	_, err = set.Prune(ctx, rule, nil, nil)
	for name := range all {
		l.acts = append(l.acts, act{begun: begun, removed: name})
	}
	left, failed := set.Generations(ctx)
	if failed != nil {
		return errors.Join(err, failed)
	}
	for _, g := range left {
		l.acts = append(l.acts, act{begun: begun, acked: begun, made: g.Name})
	}
	return err
}

// forget takes the last entry out of a database.
func forget(db *sealed.DB) error {
	return db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("DELETE FROM entries WHERE id = (SELECT max(id) FROM entries)")
		return err
	})
}

func (l *ledger) rewrite(name string) error {
	set, err := OpenKeyed(l.folder, l.db.Key(), l.opt)
	if err != nil {
		return err
	}
	return set.Rewrite(ctx, name, forget, note)
}

// live is a small life of a backup folder that passes every kind of moment: the
// first backup, incremental ones, attachments that come and go, pruning, one
// that is written anew, and one after that. Errors end it.
func (l *ledger) live(t *testing.T) error {
	if err := l.take(); err != nil {
		return err
	}
	l.add(t, 3)
	passing := l.attach(t, "a passing picture")
	err := l.take()
	l.detach(t, passing) // else each life that fails is longer than the one before
	if err != nil {
		return err
	}
	if err := l.take(); err != nil {
		return err
	}
	l.add(t, 1)
	if err := l.take(); err != nil {
		return err
	}
	if err := l.prune(Rule{Last: 2}); err != nil {
		return err
	}
	if err := l.rewrite(l.fact[2]); err != nil {
		return err
	}
	return l.take()
}

func newLedger(t *testing.T) *ledger {
	t.Helper()
	p := newPractice(t, 200)
	p.attach(t, "a picture")
	l := &ledger{practice: p}
	l.record(t, disk.OS())
	return l
}

// record begins with an empty target on a recorded disk.
func (l *ledger) record(t *testing.T, files disk.Files) (root string) {
	t.Helper()
	root = filepath.Join(scratch(t), "target")
	if err := os.Mkdir(root, 0o700); err != nil {
		t.Fatal(err)
	}
	rec, err := crash.Record(files, root)
	if err != nil {
		t.Fatal(err)
	}
	l.rec, l.opt.Files = rec, rec
	l.folder = Folder(root, "My Practice")
	return root
}

// survives looks at a folder that a crash after n operations left: every
// generation in it loads, and the promised ones are among them. Then life goes
// on: another backup is taken, after which nothing is wrong with anything.
func (l *ledger) survives(folder string, opt Options, n int, thorough bool) error {
	opt.Now = l.opt.Now
	if set, err := OpenKeyed(folder, l.db.Key(), opt); err == nil {
		all, err := set.Generations(ctx)
		if err != nil {
			return err
		}
		found := map[string]bool{}
		for _, g := range all {
			if _, err := loads(set, g); err != nil {
				return fmt.Errorf("%s does not load: %w", g.Name, err)
			}
			found[g.Name] = true
		}
		for name := range l.promised(n) {
			if !found[name] {
				return fmt.Errorf("%s is gone", name)
			}
		}
	} else if len(l.promised(n)) > 0 {
		return err
	}
	if !thorough {
		return nil
	}
	w, err := Take(ctx, l.db, l.dir, folder, note, opt, nil)
	if err != nil {
		return fmt.Errorf("the next backup: %w", err)
	}
	set, err := OpenKeyed(folder, l.db.Key(), opt)
	if err != nil {
		return err
	}
	if _, err := loads(set, w.Generation); err != nil {
		return fmt.Errorf("the next backup does not load: %w", err)
	}
	return nothingWrong(set)
}

// nothingWrong checks every file, and that none is left over.
func nothingWrong(set *Set) error {
	c, err := set.VerifyAll(ctx, nil)
	if err != nil || len(c.Problems)+len(c.Unknown) > 0 {
		return errors.Join(err, fmt.Errorf("verifying finds %v %v", c.Problems, c.Unknown))
	}
	v, err := set.survey(ctx)
	if err != nil {
		return err
	}
	if stray, err := (&checker{Set: set}).strays(v); err != nil || len(stray) > 0 {
		return errors.Join(err, fmt.Errorf("packs are left over: %v", stray))
	}
	return nothingUnfinished(set.store.files, set.store.dir)
}

func nothingUnfinished(files disk.Files, path string) error {
	names, err := files.List(path)
	if disk.IsNotFolder(err) {
		if filepath.Ext(path) == unfinished {
			return fmt.Errorf("%s is left over", path)
		}
		return nil
	}
	for _, name := range names {
		err = errors.Join(err, nothingUnfinished(files, filepath.Join(path, name)))
	}
	return err
}

// target is a disk in memory beside the real one that has the vault.
type target struct {
	*crash.Memory
	vault string
}

func (t target) Open(path string) (disk.File, error) {
	if strings.HasPrefix(path, t.vault) {
		return disk.OS().Open(path)
	}
	return t.Memory.Open(path)
}

// TestPowerLoss cuts the power after every operation of a life.
func TestPowerLoss(t *testing.T) {
	l := newLedger(t)
	if err := l.live(t); err != nil {
		t.Fatal(err)
	}
	states, err := l.rec.PowerLoss(crash.PowerLosses{
		To: l.rec.Len(), States: crash.Scale(1200, 12_000),
		Promise: func(n int) string { return fmt.Sprint(l.promised(n)) },
	}, func(s crash.State) error {
		opt := quick()
		opt.Files = target{crash.NewMemory(s.Image, "/target"), l.dir}
		return l.survives(Folder("/target", "My Practice"), opt, s.Operations, s.Number%8 == 0)
	})
	if err != nil {
		t.Fatal(err)
	}
	crash.Tally(t, "power loss in a backup", states)
}

package sealed

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// survives opens what a crash after n operations left in every way, and checks it
// against what was promised by then. Thorough also finishes what was begun.
func (l *keyLedger) survives(im crash.Image, n int, thorough bool) error {
	if n < l.create {
		return nil // TestPowerLoss has creations
	}
	opens := 0
	for _, w := range l.ways {
		opt := quickOn(crash.NewMemory(im, memoryDisk))
		db, err := OpenWith(memoryVault, w.secret, opt)
		switch {
		case err == nil && (n < w.may || n >= w.closed):
			err = errors.New("it opens the vault and should not")
		case err == nil:
			opens++
			err = l.holds(db, n)
		case n < w.must || n > w.doubtful:
			if errors.Is(err, ErrPassphrase) || errors.Is(err, ErrNoHolder) {
				err = nil
			}
		}
		if db != nil {
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
	}
	if opens == 0 {
		return errors.New("nobody opens the vault")
	}
	if !thorough {
		return nil
	}
	return errors.Join(l.retiredOpenNothing(im, n), l.finishes(im, n))
}

// retiredOpenNothing looks at every age file for the keys of before.
func (l *keyLedger) retiredOpenNothing(im crash.Image, n int) error {
	var ids []age.Identity
	for _, r := range l.retired {
		if n >= r.at {
			ids = append(ids, r.key.identity)
		}
	}
	if left := filesThatOpen(im, ids); ids != nil && len(left) > 0 {
		return fmt.Errorf("a retired key opens %v", left)
	}
	return nil
}

// finishes opens the vault in each way that it opens, has the re-key done for
// those who are holders by then, and looks who opens what.
func (l *keyLedger) finishes(im crash.Image, n int) error {
	for _, w := range l.ways {
		files := crash.NewMemory(im, memoryDisk)
		opt := quickOn(files)
		db, err := OpenWith(memoryVault, w.secret, opt)
		if err != nil {
			continue // survives has looked at that
		}
		if err := l.finish(db, files, n); err != nil {
			return fmt.Errorf("finishing it, opened by %s: %w", w.name, err)
		}
	}
	return nil
}

func (l *keyLedger) finish(db *DB, files *crash.Memory, n int) (err error) {
	opt := quickOn(files)
	stay := map[string]age.Recipient{}
	for _, w := range l.ways {
		if to, ok := l.holders[w.name]; ok && w.must <= n {
			stay[w.name] = to
		}
	}
	before := db.Key()
	present, err := l.presentPassphrase(opt)
	if err == nil {
		err = db.Rekey(ctx, present, stay, nil)
	}
	if err == nil {
		err = l.holds(db, n)
	}
	if err == nil && db.Status().Rekeying {
		err = errors.New("it says that a re-key waits")
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	retired := before.identities()
	if k, err := OpenKey(memoryVault, Secret{Passphrase: present}, opt); err != nil || k.Knows(before.Name()) {
		retired = retired[1:] // the one that was finished
	}
	if left := filesThatOpen(files.Image(), retired); len(retired) > 0 && len(left) > 0 {
		return fmt.Errorf("the key before opens %v", left)
	}
	names, err := Holders(memoryVault, opt)
	if want := slices.Sorted(maps.Keys(stay)); err != nil || !slices.Equal(names, want) {
		return fmt.Errorf("the holders are %v and not %v: %w", names, want, err)
	}
	for name := range stay {
		again, err := OpenWith(memoryVault, l.way(name).secret, opt)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := errors.Join(l.holds(again, n), again.Close()); err != nil {
			return err
		}
	}
	return nil
}

// presentPassphrase gives the one that opens key.age.
func (l *keyLedger) presentPassphrase(opt Options) (string, error) {
	for _, w := range l.ways {
		if w.secret.Passphrase == "" {
			continue
		}
		if _, err := OpenKey(memoryVault, w.secret, opt); err == nil {
			return w.secret.Passphrase, nil
		}
	}
	return "", errors.New("no passphrase opens key.age")
}

package sealed

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// ChangePassphrase seals the vault's identity to a new passphrase. Only key.age
// and its checksum are written, and the old wrap goes once the new one was read
// back and opened. An error means that the old passphrase is still the one,
// save for an [*InDoubtError], after which every further one is such until one
// attempt has come through. The passphrase before is not asked for: the vault
// is open.
func (db *DB) ChangePassphrase(ctx context.Context, passphrase string) error {
	if passphrase == "" {
		return ErrEmptyPassphrase
	}
	end, err := db.beginRewrap(ctx)
	if err != nil {
		return err
	}
	defer end()
	err = db.wrapForPassphrase(db.wrap(), passphrase)
	var doubt *InDoubtError
	switch {
	case err == nil:
		db.doubtful = false
	case errors.As(err, &doubt):
		db.doubtful = true
	case db.doubtful: // an attempt before may have come through
		err = &InDoubtError{err}
	}
	return rewrapping(err)
}

// AddHolder seals the vault's identity to somebody else's key, in
// holders/NAME.age. The name is 1 to 40 of a-z, 0-9 and the hyphen; one that is
// taken is [ErrHolderExists].
func (db *DB) AddHolder(ctx context.Context, name string, to age.Recipient) error {
	if err := CheckHolderName(name); err != nil {
		return err
	}
	end, err := db.beginRewrap(ctx)
	if err != nil {
		return err
	}
	defer end()
	k := db.wrap()
	if len(k.others) > 0 {
		return ErrRekeying
	}
	if db.isLinked(holders) {
		return &LinkedError{holders}
	}
	names, err := listHolders(db.files, db.dir)
	if err != nil {
		return reading(err)
	}
	taken := func(other string) bool { return strings.EqualFold(name, other) }
	if slices.ContainsFunc(names, taken) {
		return ErrHolderExists
	}
	if err := db.wrapForHolder(k, name, to); err != nil {
		_ = db.files.Remove(db.path(holders + "/" + name + holderTail)) // so that another attempt finds the name free
		return rewrapping(err)
	}
	return nil
}

// DropHolder removes the key file of a holder whom a re-key has left out, where
// something put it back. It takes nobody's key away: that is what [DB.Rekey] does.
func (db *DB) DropHolder(ctx context.Context, name string) error {
	if err := CheckHolderName(name); err != nil {
		return err
	}
	end, err := db.beginRewrap(ctx)
	if err != nil {
		return err
	}
	defer end()
	if db.isLinked(holders) {
		return &LinkedError{holders}
	}
	err = db.files.Remove(db.path(holders + "/" + name + holderTail))
	if err == nil {
		err = db.files.SyncDir(db.path(holders))
	}
	return rewrapping(err)
}

// CheckHolderName says why a name cannot be that of a holder's file.
func CheckHolderName(name string) error {
	if !holderName.MatchString(name) || deviceName.MatchString(name) {
		return fmt.Errorf("%q cannot be the name of a holder's key: use 1 to 40 of the letters a to z, digits and hyphens", name)
	}
	return nil
}

// beginRewrap waits until no other call writes key files.
func (db *DB) beginRewrap(ctx context.Context) (end func(), err error) {
	if err := db.using.begin(); err != nil {
		return nil, err
	}
	if db.alone {
		db.using.done()
		return nil, ErrDetached
	}
	select {
	case <-db.rewrapping:
	case <-ctx.Done():
		db.using.done()
		return nil, ctx.Err()
	}
	end = func() {
		db.rewrapping <- struct{}{}
		db.using.done()
	}
	if err := cmp.Or(ctx.Err(), db.writable()); err != nil {
		end()
		return nil, err
	}
	return end, nil
}

// rewrapping puts a failure into words.
func rewrapping(err error) error {
	var doubt *InDoubtError
	var failed *DiskError
	if isIO(err) && !errors.As(err, &doubt) && !errors.As(err, &failed) && !errors.Is(err, ErrReadOnly) {
		return &DiskError{Doing: "changing the vault's keys", Cause: err}
	}
	return err
}

// InDoubtError says that the disk failed at the very step at which a new key.age
// takes the place of the one before, so that either may be there.
type InDoubtError struct{ Cause error }

func (e *InDoubtError) Error() string {
	return fmt.Sprintf("the disk failed (%v) while the vault's new key took its place, so the old passphrase or the new one opens it: check the disk and try again, and keep both until that has worked", e.Cause)
}

func (e *InDoubtError) Unwrap() error { return e.Cause }

// wrapForPassphrase puts a new key.age in place. While it does, the checksum
// beside it holds the sums of both.
func (db *DB) wrapForPassphrase(k *Key, passphrase string) error {
	sealed, err := sealWith(k, passphrase, db.opt.WorkFactor)
	if err != nil {
		return err
	}
	if err := db.writeBeside(keyFile, sealed); err != nil {
		return err
	}
	if err := db.announceKey(sealed); err != nil {
		_ = db.files.Remove(db.path(keyFile + unfinished)) // swept later where this fails too
		return err
	}
	if err := db.files.Rename(db.path(keyFile+unfinished), db.path(keyFile)); err != nil {
		return &InDoubtError{err}
	}
	if err := db.files.SyncDir(db.dir); err != nil {
		return &InDoubtError{err}
	}
	_ = db.replace(keySumFile, keySum(sealed)) // one too many does no harm, and is swept later
	return nil
}

// sumLine is a line of key.age.sha256.
var sumLine = regexp.MustCompile(`(?m)^[0-9a-f]{64}  key\.age$`)

// announceKey adds the sum of a key.age to come to that of the one which is there.
func (db *DB) announceKey(sealed []byte) error {
	sums, err := readSmall(db.files, db.path(keySumFile), maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		sums, err = db.sumOfPresent()
	}
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	lines := sumLine.FindAll(sums, -1)
	lines = append(lines[max(0, len(lines)-2):], keySum(sealed))
	return db.replace(keySumFile, bytes.Join(lines, []byte("\n")))
}

func (db *DB) sumOfPresent() ([]byte, error) {
	present, err := readSmall(db.files, db.path(keyFile), maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return keySum(present), err
}

// sweepSums leaves the checksum of key.age with the one sum that is its, where a
// change that was cut off has left more.
func (db *DB) sweepSums() {
	sums, err := readSmall(db.files, db.path(keySumFile), maxKeyFile)
	if err != nil || len(sumLine.FindAll(sums, 2)) < 2 {
		return
	}
	present, err := readSmall(db.files, db.path(keyFile), maxKeyFile)
	if err == nil && sumAgrees(db.files, db.dir, present) {
		_ = db.replace(keySumFile, keySum(present))
	}
}

// wrapForHolder puts a holder's key file in place.
func (db *DB) wrapForHolder(k *Key, name string, to age.Recipient) error {
	sealed, err := sealKey(k, to)
	if err != nil {
		return fmt.Errorf("the key of %s cannot be used: %w", name, err)
	}
	if err := db.holdersFolder(); err != nil {
		return err
	}
	rel := holders + "/" + name + holderTail
	if err := db.writeBeside(rel, sealed); err != nil {
		return err
	}
	if err := db.files.Rename(db.path(rel+unfinished), db.path(rel)); err != nil {
		return err
	}
	return db.files.SyncDir(db.path(holders))
}

// holdersFolder makes the folder unless it is there, and its name durable.
func (db *DB) holdersFolder() error {
	err := db.files.Mkdir(db.path(holders))
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return db.files.SyncDir(db.dir)
}

// replace puts a small file in the place of the one before, durably.
func (db *DB) replace(name string, content []byte) error {
	if err := db.writeFile(db.path(name), content); err != nil {
		return err
	}
	return db.files.SyncDir(db.dir)
}

// writeBeside writes what is to take a file's place, and reads it back.
func (db *DB) writeBeside(name string, content []byte) error {
	path := db.path(name + unfinished)
	if err := db.files.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := db.writeProven(path, content)
	if err != nil {
		_ = db.files.Remove(path) // swept later where this fails too
	}
	return err
}

// writeProven makes a new file and reads it back.
func (db *DB) writeProven(path string, content []byte) error {
	if err := disk.WriteNew(db.files, path, content); err != nil {
		return err
	}
	again, err := disk.ReadFile(db.files, path, int64(len(content)))
	if err == nil && !bytes.Equal(again, content) {
		err = errReadBack(path)
	}
	return err
}

// errReadBack says that a disk does not give back what was written.
func errReadBack(path string) error {
	return &fs.PathError{Op: "read back", Path: path, Err: errors.New("the disk gave back other bytes than were written")}
}

package sealed

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"
)

// Rekey gives the vault a new identity: base, journal and attachments are sealed
// anew, to it alone, and it is sealed to the passphrase, which must be the
// present one, and to these holders, by their names. Whoever else held a key
// opens nothing that is written from the moment on at which the new base stands
// in its place for good, and in the end nothing in the folder.
//
// Reads, commits and attachments go on meanwhile. Any step may be cut off, by
// ctx, a crash or a failing disk: what opened the vault opens it still, the
// present holders' keys too, [Status.Rekeying] is true, and Rekey for the same
// holders finishes it. For others it begins anew, with a key that those before
// never saw.
//
// Where attachments are damaged so that they cannot be sealed anew all else is,
// and the error is an [*UnsealedError]. progress is told of bytes, of the total,
// by one call at a time; nil: nobody is.
func (db *DB) Rekey(ctx context.Context, passphrase string, holders map[string]age.Recipient, progress func(done, total int64)) error {
	if passphrase == "" {
		return ErrEmptyPassphrase
	}
	for name := range holders {
		if err := CheckHolderName(name); err != nil {
			return err
		}
	}
	end, err := db.beginRewrap(ctx)
	if err != nil {
		return err
	}
	defer end()
	r := &rekey{DB: db, passphrase: passphrase, holders: holders, progress: progress}
	return rewrapping(r.run(ctx))
}

type rekey struct {
	*DB
	passphrase  string
	holders     map[string]age.Recipient
	to          *keys // the new identity's
	telling     sync.Mutex
	progress    func(done, total int64)
	done, total int64
	damaged     sync.Mutex
	damage      []*DamagedError
}

// run takes the steps. Each key file holds every identity that anything is
// sealed to, at any moment: the new one is in all of them before the base is
// sealed to it, and the old one stays in them until nothing is left of it.
func (r *rekey) run(ctx context.Context) error {
	if err := r.unlinked(); err != nil {
		return err
	}
	sealed, err := r.plan()
	if err != nil {
		return err
	}
	blobs, err := r.count()
	if err != nil {
		return err
	}
	if r.active() != r.to {
		if err := r.announce(ctx, sealed); err != nil {
			return err
		}
		if err := r.exchangeBase(ctx); err != nil {
			return err
		}
	} else {
		r.wrote(r.total - blobs)
	}
	for _, step := range []func(context.Context) error{r.drainPuts, r.sweepBases, r.sealAsides, r.sealBlobs} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if len(r.damage) > 0 {
		return &UnsealedError{Damage: r.damage}
	}
	return r.conclude(ctx)
}

// plan decides what the vault's identity is to be, and gives what the key files
// hold until nothing is left of the others.
func (r *rekey) plan() (*Key, error) {
	present, err := readKeyFile(r.files, r.dir, r.passphrase)
	if err != nil {
		return nil, reading(err)
	}
	active := r.active().identity
	if !slices.ContainsFunc(present.all(), sameAs(active)) {
		return nil, damagedKey(errors.New("it is another vault's"))
	}
	set := holderSet(r.holders)
	for _, begun := range []*Key{present, r.wrap()} {
		// With the newest identity in force, every key file has it, and the
		// holders are those that this re-key was begun for.
		if len(begun.others) > 0 && begun.set == set && sameAs(active)(begun.identity) {
			return begun, r.know(begun, r.active())
		}
	}
	fresh, err := NewKey()
	if err != nil {
		return nil, err
	}
	if r.to, err = newKeys(fresh.identity); err != nil {
		return nil, err
	}
	// An identity before the one in force was announced and never used.
	used := present.all()[slices.IndexFunc(present.all(), sameAs(active)):]
	sealed := &Key{identity: fresh.identity, others: used, set: set}
	return sealed, r.know(sealed, r.to)
}

// know makes the identities known that what is in the folder may be sealed to.
func (r *rekey) know(k *Key, to *keys) error {
	r.to = to
	r.mu.Lock()
	defer r.mu.Unlock()
	if to == r.keys {
		r.wrapped = k
		r.settleLocked(to)
	}
	for _, id := range k.others {
		if !slices.ContainsFunc(r.ring, func(one *keys) bool { return sameAs(id)(one.identity) }) {
			one, err := newKeys(id)
			if err != nil {
				return err
			}
			r.ring = append(r.ring, one)
		}
	}
	return nil
}

// holderSet tells sets of holders apart, in 32 hexadecimal digits. Of a kind of
// key that has no text it cannot be told whose it is, so each set is another.
func holderSet(holders map[string]age.Recipient) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(holders)) {
		text, ok := holders[name].(fmt.Stringer)
		if !ok {
			text = randomText{}
		}
		fmt.Fprintf(h, "%s %s\n", name, text)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

type randomText struct{}

func (randomText) String() string { return rand.Text() }

// announce writes every key file anew, with the new identity beside those before,
// and removes those of who is no holder any more.
func (r *rekey) announce(ctx context.Context, sealed *Key) error {
	err := r.wrapForPassphrase(sealed, r.passphrase)
	var doubt *InDoubtError
	if err == nil || errors.As(err, &doubt) {
		r.mu.Lock()
		r.wrapped = sealed
		r.settleLocked(r.keys)
		r.ring = append(r.ring, r.to)
		r.mu.Unlock()
	}
	if err := cmp.Or(err, ctx.Err()); err != nil {
		return err
	}
	if err := r.wrapForHolders(ctx, sealed); err != nil {
		return err
	}
	return r.removeHolders()
}

func (r *rekey) wrapForHolders(ctx context.Context, k *Key) error {
	for _, name := range slices.Sorted(maps.Keys(r.holders)) {
		if err := cmp.Or(ctx.Err(), r.wrapForHolder(k, name, r.holders[name])); err != nil {
			return err
		}
	}
	return nil
}

// removeHolders removes the key files of those who are none of the holders.
func (r *rekey) removeHolders() error {
	names, err := r.files.List(r.path(holders))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		if !strings.HasSuffix(strings.TrimSuffix(name, unfinished), holderTail) || r.stays(name, names) {
			continue
		}
		if err := r.files.Remove(r.path(holders + "/" + name)); err != nil {
			return err
		}
	}
	return r.files.SyncDir(r.path(holders))
}

// stays reports whether a key file, of those given, is a present holder's. Where
// case makes no difference to a name the file may have that of the one before.
func (r *rekey) stays(file string, files []string) bool {
	for name := range r.holders {
		own := name + holderTail
		if file == own || strings.EqualFold(file, own) && !slices.Contains(files, own) {
			return true
		}
	}
	return false
}

// exchangeBase seals the database to the new identity. The rename of the base is
// the moment from which on it is the vault's.
func (r *rekey) exchangeBase(ctx context.Context) error {
	end, err := r.holdCheckpoints(ctx)
	if err != nil {
		return err
	}
	defer end()
	return r.runCheckpoint(ctx, r.to, r.wrote)
}

// drainPuts waits for the attachments that are being sealed to a key before.
func (r *rekey) drainPuts(ctx context.Context) error {
	r.mu.Lock()
	ring := slices.Clone(r.ring)
	r.mu.Unlock()
	for _, k := range ring {
		if k == r.to {
			continue
		}
		if err := k.puts.drain(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sweepBases removes what checkpoints under the keys before may have left.
func (r *rekey) sweepBases(ctx context.Context) error {
	end, err := r.holdCheckpoints(ctx)
	if err != nil {
		return err
	}
	defer end()
	names, err := r.files.List(r.dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !r.isLeftover(name) {
			continue
		}
		if err := r.files.Remove(r.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return r.files.SyncDir(r.dir)
}

// conclude leaves the key files with the new identity alone. key.age is the last:
// while it holds others, whoever opens the vault with it is told.
func (r *rekey) conclude(ctx context.Context) error {
	alone := &Key{identity: r.to.identity}
	if err := r.wrapForHolders(ctx, alone); err != nil {
		return err
	}
	if err := r.removeHolders(); err != nil {
		return err
	}
	if err := r.wrapForPassphrase(alone, r.passphrase); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range r.ring {
		if k != r.to {
			k.forget()
		}
	}
	r.wrapped, r.ring = alone, []*keys{r.to}
	r.settleLocked(r.to)
	return nil
}

func (r *rekey) wrote(n int64) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.done = min(r.done+n, r.total)
	if r.progress != nil {
		r.progress(r.done, r.total)
	}
}

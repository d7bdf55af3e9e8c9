package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Options are what a caller may choose. The zero value is what a practitioner
// uses.
type Options struct {
	Now        func() time.Time // nil: time.Now
	WorkFactor int              // scrypt log2 N of a new vault's key; 0: age's default
	Files      sealed.Files     // the file layer; nil: the operating system's

	// Older reports whether this computer knows of a later state of the vault than
	// the one that was opened, so that files which nothing names may be that one's;
	// nil: it does not.
	Older func(sealed.Status) bool

	// Lines says what a structured entry changes of the lines above its record,
	// as it did when it was filed; nil: no entry changes any.
	Lines func(record.Form, json.RawMessage) Filing
}

// Vault is an unlocked vault. Its methods may be called from any goroutine.
type Vault struct {
	db   *sealed.DB
	dir  string
	time *clock
	mu   sync.Mutex

	lines   func(record.Form, json.RawMessage) Filing
	actor   string
	holder  string                   // whose key opened it; "": the passphrase did
	with    []string                 // the public keys of what opened it, unless the passphrase did
	signs   string                   // under what name the trail keeps what that holder does
	opened  map[record.ClientID]bool // whose opening was audited since the unlock
	viewing bool                     // nothing is changed but what is noted of the viewing
	older   bool                     // a later state of it was seen on this computer
	back    takingBack               // imports that did not end

	sweeping sync.Mutex // one destruction after the other, each until its files are gone
}

// Create makes a new vault in dir, which must not exist or be empty, and
// writes the practice into it.
func Create(ctx context.Context, dir, passphrase string, practice record.Practice, opt Options) (*Vault, error) {
	return create(ctx, dir, passphrase, opt, func(v *Vault) error { return v.SetPractice(ctx, practice) })
}

func create(ctx context.Context, dir, passphrase string, opt Options, begin func(*Vault) error) (*Vault, error) {
	if strings.TrimSpace(passphrase) == "" {
		return nil, errors.New("a vault needs a passphrase: several words that nobody else would put together")
	}
	clock := newClock(opt.Now)
	db, err := sealed.Create(dir, passphrase, opt.engine(clock))
	if err != nil {
		return nil, err
	}
	v := newVault(db, dir, opt, clock)
	err = v.start(ctx)
	if err == nil {
		err = begin(v)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

// Open unlocks the vault in dir. It brings an older schema up to date. An import
// that was cut off is taken back beside the work: see [Vault.TakenBack].
func Open(ctx context.Context, dir, passphrase string, opt Options) (*Vault, error) {
	return OpenWith(ctx, dir, sealed.Secret{Passphrase: passphrase}, opt)
}

// OpenWith is [Open] with a passphrase or the key of a holder. What is done
// after a holder opened the vault, and the opening itself, is audited under the
// holder's name and role.
func OpenWith(ctx context.Context, dir string, s sealed.Secret, opt Options) (*Vault, error) {
	clock := newClock(opt.Now)
	db, err := sealed.OpenWith(dir, s, opt.engine(clock))
	if err != nil {
		return nil, err
	}
	v := newVault(db, dir, opt, clock)
	v.holder, v.with = db.Key().Holder(), recipientsOf(s.Identities)
	err = v.start(ctx)
	if err == nil && v.holder != "" && db.Status().ReadOnly == nil {
		err = db.Write(ctx, func(tx *sql.Tx) error {
			if err := v.audit(ctx, tx, event{action: holderOpened, detail: "with a holder’s key"}); err != nil {
				return err
			}
			return v.noteTested(ctx, tx, v.holder, v.clock())
		})
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	v.takeBackBeside()
	return v, nil
}

// Holder gives whose key opened the vault; "": the passphrase did.
func (v *Vault) Holder() string { return v.holder }

// HolderSigns gives the name and role under which the trail keeps what is done
// with a holder's key; "": the passphrase opened the vault.
func (v *Vault) HolderSigns() string { return v.signs }

// Sealed gives the options of the engine below, for looking a vault over that
// is not open.
func (o Options) Sealed() sealed.Options { return o.engine(newClock(o.Now)) }

func (o Options) engine(c *clock) sealed.Options {
	return sealed.Options{Files: o.Files, WorkFactor: o.WorkFactor, Now: o.Now, OnConnect: c.connect}
}

func newVault(db *sealed.DB, dir string, opt Options, c *clock) *Vault {
	v := &Vault{db: db, dir: dir, time: c, lines: opt.Lines, actor: "practitioner", opened: map[record.ClientID]bool{}}
	v.older = opt.Older != nil && opt.Older(db.Status())
	v.back.ctx, v.back.stop = context.WithCancel(context.Background())
	return v
}

func (v *Vault) start(ctx context.Context) error {
	if err := v.ready(ctx); err != nil {
		return err
	}
	if err := v.findUnended(ctx); err != nil {
		return err
	}
	if len(v.back.left) == 0 { // else it is done beside, since there can be thousands
		v.sweepDiscarded(ctx)
	}
	v.finishSweep(ctx)
	return nil
}

// Dir gives the folder of the vault.
func (v *Vault) Dir() string { return v.dir }

// Status says where the vault stands on the disk.
func (v *Vault) Status() sealed.Status { return v.db.Status() }

// Checkpoint seals everything into a new base, so that age and sqlite3 alone
// open it.
func (v *Vault) Checkpoint(ctx context.Context) error { return v.db.Checkpoint(ctx) }

// Close seals everything and locks the vault. What is still to be taken back of
// an import is after the next unlock.
func (v *Vault) Close() error {
	v.StopTakingBack()
	return v.db.Close()
}

// clock gives the present moment to the millisecond, never below the latest
// audited one.
func (v *Vault) clock() time.Time { return v.time.now() }

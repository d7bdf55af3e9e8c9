package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Options are what a caller may choose. The zero value is what a practitioner
// uses.
type Options struct {
	Now        func() time.Time // nil: time.Now
	WorkFactor int              // scrypt log2 N of a new vault's key; 0: age's default
	Files      sealed.Files     // the file layer; nil: the operating system's

	// Lines says what a structured entry changes of the lines above its record,
	// as it did when it was filed; nil: no entry changes any.
	Lines func(record.Form, json.RawMessage) Filing
}

// Vault is an unlocked vault. Its methods may be called from any goroutine.
type Vault struct {
	db   *sealed.DB
	dir  string
	now  func() time.Time
	mu   sync.Mutex
	last time.Time // the latest audited moment: the clock never goes below it

	lines  func(record.Form, json.RawMessage) Filing
	actor  string
	opened map[record.ClientID]bool // whose opening was audited since the unlock
	cutOff int                      // imports that wait to be taken back
}

// Create makes a new vault in dir, which must not exist or be empty, and
// writes the practice into it.
func Create(ctx context.Context, dir, passphrase string, practice record.Practice, opt Options) (*Vault, error) {
	if strings.TrimSpace(passphrase) == "" {
		return nil, errors.New("a vault needs a passphrase: several words that nobody else would put together")
	}
	db, err := sealed.Create(dir, passphrase, opt.Sealed())
	if err != nil {
		return nil, err
	}
	v := newVault(db, dir, opt)
	if err := v.start(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := v.SetPractice(ctx, practice); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

// Open unlocks the vault in dir. It brings an older schema up to date, and
// undoes an import that was cut off.
func Open(ctx context.Context, dir, passphrase string, opt Options) (*Vault, error) {
	db, err := sealed.Open(dir, passphrase, opt.Sealed())
	if err != nil {
		return nil, err
	}
	v := newVault(db, dir, opt)
	if err := v.start(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

// Sealed gives the options of the engine below.
func (o Options) Sealed() sealed.Options {
	return sealed.Options{Files: o.Files, WorkFactor: o.WorkFactor, Now: o.Now, OnConnect: fireTriggers}
}

// fireTriggers makes a REPLACE fire the triggers that refuse deletes: without
// it one statement could replace an entry that must stay.
func fireTriggers(conn *sqlite3.SQLiteConn) error {
	_, err := conn.Exec(`PRAGMA recursive_triggers = ON`, nil)
	return err
}

func newVault(db *sealed.DB, dir string, opt Options) *Vault {
	now := opt.Now
	if now == nil {
		now = time.Now
	}
	return &Vault{db: db, dir: dir, now: now, lines: opt.Lines, actor: "practitioner", opened: map[record.ClientID]bool{}}
}

func (v *Vault) start(ctx context.Context) error {
	if err := v.migrate(ctx); err != nil {
		return err
	}
	if err := v.loadClock(ctx); err != nil {
		return err
	}
	if err := v.undoUnfinished(ctx); err != nil {
		return err
	}
	v.sweepDiscarded(ctx)
	practice, err := v.Practice(ctx)
	if err != nil {
		return err
	}
	v.setActor(practice)
	return nil
}

// Dir gives the folder of the vault.
func (v *Vault) Dir() string { return v.dir }

// Status says where the vault stands on the disk.
func (v *Vault) Status() sealed.Status { return v.db.Status() }

// Checkpoint seals everything into a new base, so that age and sqlite3 alone
// open it.
func (v *Vault) Checkpoint(ctx context.Context) error { return v.db.Checkpoint(ctx) }

// Close seals everything and locks the vault.
func (v *Vault) Close() error { return v.db.Close() }

// clock gives the present moment to the millisecond, never below the latest
// audited one.
func (v *Vault) clock() time.Time {
	now := v.now().UTC().Truncate(time.Millisecond)
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Before(v.last) {
		return v.last
	}
	return now
}

func (v *Vault) loadClock(ctx context.Context) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		var last sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT max(at) FROM audit`).Scan(&last); err != nil {
			return fmt.Errorf("reading the audit trail: %w", err)
		}
		if last.Valid {
			v.last = time.UnixMilli(last.Int64).UTC()
		}
		return nil
	})
}

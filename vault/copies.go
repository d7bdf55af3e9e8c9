package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/backup"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// CopyFacts are what a backup says of the vault in it, without opening it.
type CopyFacts struct {
	Practice    string      `json:"practice"`
	Clients     int         `json:"clients"`
	Entries     int         `json:"entries"`
	Attachments int         `json:"attachments"`
	LastEntry   time.Time   `json:"last_entry,omitzero"` // when it was written
	Events      int64       `json:"audit_events"`
	Head        record.Hash `json:"audit_head"`

	// Destroyed are the records that were destroyed by then: a restore of an
	// earlier backup applies them.
	Destroyed []record.Destruction `json:"destroyed,omitempty"`
}

// Copy is a backup of a vault.
type Copy struct {
	backup.Generation
	Facts CopyFacts
}

// Backup writes the vault as it is into a folder of backups. It gives what was
// written once that was read back.
func (v *Vault) Backup(ctx context.Context, folder string, progress func(done, total int64)) (backup.Written, error) {
	opt := Options{Now: v.time.source}
	return backup.Take(ctx, v.db, v.dir, folder, func(tx *sql.Tx) (backup.Note, error) { return copyNote(ctx, tx) },
		opt.copying(v.time), progress)
}

// copyNote gathers what a backup says of itself, and the attachments in it.
func copyNote(ctx context.Context, tx *sql.Tx) (backup.Note, error) {
	var n backup.Note
	var facts CopyFacts
	var last sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM client WHERE id > 0), (SELECT count(*) FROM entry),
		(SELECT count(*) FROM attachment), (SELECT max(at) FROM audit WHERE entry <> 0),
		coalesce((SELECT value ->> '$.name' FROM setting WHERE key = 'practice'), '')`).Scan(
		&facts.Clients, &facts.Entries, &facts.Attachments, &last, &facts.Practice)
	if err != nil {
		return n, fmt.Errorf("counting what is backed up: %w", err)
	}
	if last.Valid {
		facts.LastEntry = time.UnixMilli(last.Int64).UTC()
	}
	if facts.Events, facts.Head, err = auditHead(ctx, tx); err != nil {
		return n, err
	}
	if facts.Destroyed, err = loadDestructions(ctx, tx); err != nil {
		return n, err
	}
	if n.Facts, err = json.Marshal(facts); err != nil {
		return n, err
	}
	n.Attachments, err = blobsNamed(ctx, tx)
	return n, err
}

// blobsNamed gives the sealed files that a state of the database refers to.
func blobsNamed(ctx context.Context, tx *sql.Tx) ([]string, error) {
	var names []string
	err := each(ctx, tx, `SELECT blob FROM attachment UNION SELECT blob FROM sequestration WHERE blob IS NOT NULL`, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	})
	return names, err
}

// Copies is an opened folder of backups.
type Copies struct {
	set   *backup.Set
	opt   Options
	clock *clock
}

// OpenCopies opens a folder of backups with the passphrase or a holder's key.
func OpenCopies(folder string, s sealed.Secret, opt Options) (*Copies, error) {
	clock := newClock(opt.Now)
	set, err := backup.Open(folder, s, opt.copying(clock))
	return &Copies{set, opt, clock}, err
}

// CopiesIn opens a folder of this vault's own backups.
func (v *Vault) CopiesIn(folder string) (*Copies, error) {
	opt := Options{Now: v.time.source, Lines: v.lines}
	clock := newClock(opt.Now)
	set, err := backup.OpenKeyed(folder, v.db.Key(), opt.copying(clock))
	return &Copies{set, opt, clock}, err
}

// copying gives the options of backups.
func (o Options) copying(c *clock) backup.Options {
	return backup.Options{Now: o.Now, Sealed: o.engine(c)}
}

// List gives the backups in the folder, the newest first. One whose manifest
// is damaged has a Problem.
func (c *Copies) List(ctx context.Context) ([]Copy, error) {
	generations, err := c.set.Generations(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Copy, len(generations))
	for i, g := range generations {
		list[i].Generation = g
		if g.Problem == nil {
			if err := json.Unmarshal(g.Facts, &list[i].Facts); err != nil {
				list[i].Problem = errors.New("what it says of itself cannot be read")
			}
		}
	}
	return list, nil
}

// Load opens a backup in memory, as a vault that can be read and checked.
func (c *Copies) Load(ctx context.Context, name string, progress func(done, total int64)) (*Vault, error) {
	db, err := c.set.Load(ctx, name, progress)
	if err != nil {
		return nil, err
	}
	return overDetached(ctx, db, c.opt, c.clock)
}

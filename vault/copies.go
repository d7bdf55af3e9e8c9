package vault

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
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
	Line        *Line       `json:"line,omitempty"` // nil: an earlier program wrote it

	OutOfSight int `json:"out_of_sight,omitempty"` // entries that orders put there by then
	Holds      int `json:"holds,omitempty"`        // legal holds that stood

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
	opt := Options{Now: v.time.source}.copying(v.time)
	var err error
	if opt.Retired, err = v.retired(ctx); err != nil {
		return backup.Written{}, err
	}
	return backup.Take(ctx, v.db, v.dir, folder, func(tx *sql.Tx) (backup.Note, error) { return copyNote(ctx, tx) }, opt, progress)
}

// copyNote gathers what a backup says of itself, and the attachments in it.
func copyNote(ctx context.Context, tx *sql.Tx) (backup.Note, error) {
	var n backup.Note
	var facts CopyFacts
	var last sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM client WHERE id > 0), (SELECT count(*) FROM entry),
		(SELECT count(*) FROM attachment), (SELECT max(at) FROM audit WHERE entry <> 0),
		coalesce((SELECT value ->> '$.name' FROM setting WHERE key = 'practice'), ''),
		(SELECT count(*) FROM sequestration WHERE entry <> 0 AND returned IS NULL), (SELECT count(*) FROM hold WHERE lifted IS NULL)`).Scan(
		&facts.Clients, &facts.Entries, &facts.Attachments, &last, &facts.Practice, &facts.OutOfSight, &facts.Holds)
	if err != nil {
		return n, fmt.Errorf("counting what is backed up: %w", err)
	}
	if last.Valid {
		facts.LastEntry = time.UnixMilli(last.Int64).UTC()
	}
	if facts.Events, facts.Head, err = auditHead(ctx, tx); err != nil {
		return n, err
	}
	facts.Line = &Line{facts.Events, facts.Head}
	if facts.Destroyed, err = loadDestructions(ctx, tx); err != nil {
		return n, err
	}
	if n.Facts, err = json.Marshal(facts); err != nil {
		return n, err
	}
	n.Attachments, err = blobsNamed(ctx, tx)
	return n, err
}

const blobsQuery = `SELECT blob FROM attachment UNION SELECT blob FROM sequestration WHERE blob IS NOT NULL`

// blobsNamed gives the sealed files that a state of the database refers to.
func blobsNamed(ctx context.Context, tx *sql.Tx) ([]string, error) {
	var names []string
	err := each(ctx, tx, blobsQuery, func(rows *sql.Rows) error {
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

// CopiesIn opens a folder of this vault's own backups, those among them too that
// are sealed to a key which a revocation retired.
func (v *Vault) CopiesIn(ctx context.Context, folder string) (*Copies, error) {
	opt := Options{Now: v.time.source, Lines: v.lines}
	clock := newClock(opt.Now)
	copying := opt.copying(clock)
	var err error
	if copying.Retired, err = v.retired(ctx); err != nil {
		return nil, err
	}
	set, err := backup.OpenKeyed(folder, v.db.Key(), copying)
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
		list[i] = CopyOf(g)
	}
	return list, nil
}

// CopyOf reads what a backup says of the vault in it.
func CopyOf(g backup.Generation) Copy {
	c := Copy{Generation: g}
	if g.Problem == nil {
		if err := json.Unmarshal(g.Facts, &c.Facts); err != nil {
			c.Problem = errors.New("what it says of itself cannot be read")
		}
	}
	return c
}

// Load opens a backup in memory, as a vault that can be read and checked.
func (c *Copies) Load(ctx context.Context, name string, progress func(done, total int64)) (*Vault, error) {
	db, err := c.set.Load(ctx, name, progress)
	if err != nil {
		return nil, err
	}
	v, err := attach(ctx, db, "", c.opt, c.clock)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

// IsWhole reports whether what a backup refers to is there, by the sizes alone.
func (c *Copies) IsWhole(ctx context.Context, name string) (bool, error) {
	return c.set.IsWhole(ctx, name)
}

// Prune removes the backups that the plan no longer keeps, and gives their
// names. Those that are named as another line's stay.
func (c *Copies) Prune(ctx context.Context, keep record.BackupKeep, zone *time.Location, others []string) ([]string, error) {
	return c.set.Prune(ctx, backup.Rule(keep), zone, func(g backup.Generation) bool { return !slices.Contains(others, g.Name) })
}

// Old gives the names of the backups that are sealed to another key than the
// newest one: those from before a revocation.
func (c *Copies) Old(ctx context.Context) ([]string, error) { return c.set.Old(ctx) }

// RemoveOld removes those backups, once the newest one is whole.
func (c *Copies) RemoveOld(ctx context.Context) ([]string, error) { return c.set.RemoveOld(ctx) }

// Check reads every file in the folder of backups.
func (c *Copies) Check(ctx context.Context, progress func(done, total int64)) (backup.Check, error) {
	return c.set.VerifyAll(ctx, progress)
}

// destructionsOf gives every destruction in a vault that its backups in a list know
// of.
func destructionsOf(list []Copy, of sealed.VaultID) []record.Destruction {
	type identity struct {
		client record.ClientID
		number string
		opened int64
	}
	known := map[identity]record.Destruction{}
	for _, one := range list {
		if one.Vault != of {
			continue
		}
		for _, d := range one.Facts.Destroyed {
			known[identity{d.Client, d.Number, d.Opened.UnixMilli()}] = d
		}
	}
	return slices.SortedFunc(maps.Values(known), func(a, b record.Destruction) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.At.Compare(b.At))
	})
}

// DestroyedIn gives the destructions that a vault in dir tells of, which is not
// open and may be damaged: none where it is another vault than the one these are
// backups of, or where nothing of it can be read.
func (c *Copies) DestroyedIn(ctx context.Context, dir string, s sealed.Secret) ([]record.Destruction, error) {
	key, image, _, err := sealed.Salvage(ctx, dir, s, c.opt.Sealed())
	if err != nil || image == nil {
		return nil, err
	}
	defer image.Close()
	if list, err := c.List(ctx); err != nil || !slices.ContainsFunc(list, func(one Copy) bool { return one.Vault == image.VaultID }) {
		return nil, err
	}
	v, err := Detach(ctx, key, image, "", c.opt)
	if err != nil {
		return nil, err
	}
	list, err := v.Destructions(ctx)
	return list, errors.Join(err, v.Close())
}

// Restored says what a restore made.
type Restored struct {
	Copy      Copy
	Destroyed []record.Destruction // since then, and applied: nobody comes back from the dead
	Missing   []string             // attachments that are missing or damaged in the backup

	// By the newest backup, these are not in force in it and must be stated anew.
	InSight int // entries that an order put out of sight since
	Holds   int // legal holds that were placed since
}

// Restore makes a vault in dir out of a backup. Records that were destroyed
// since, as far as any backup here or since says, are destroyed in it too.
func (c *Copies) Restore(ctx context.Context, name, dir string, since []record.Destruction, progress func(done, total int64)) (Restored, error) {
	var r Restored
	list, err := c.List(ctx)
	if err != nil {
		return r, err
	}
	at := slices.IndexFunc(list, func(one Copy) bool { return one.Name == name })
	if at < 0 {
		return r, fmt.Errorf("there is no backup %s here", name)
	}
	r.Copy = list[at]
	for _, one := range list {
		if one.Problem == nil && one.Vault == r.Copy.Vault {
			r.InSight, r.Holds = max(0, one.Facts.OutOfSight-r.Copy.Facts.OutOfSight), max(0, one.Facts.Holds-r.Copy.Facts.Holds)
			break
		}
	}
	retired, err := c.set.Retired(ctx, name)
	if err != nil {
		return r, err
	}
	known := append(destructionsOf(list, r.Copy.Vault), since...)
	err = c.set.RestoreChanged(ctx, name, dir, c.bringingUp(ctx, known, retired, &r.Destroyed),
		func(tx *sql.Tx) (backup.Note, error) { return copyNote(ctx, tx) }, progress)
	var incomplete *sealed.IncompleteError
	if errors.As(err, &incomplete) {
		for _, d := range incomplete.Damage {
			r.Missing = append(r.Missing, d.File+": "+d.Reason)
		}
		err = nil
	}
	return r, err
}

// bringingUp gives what takes into a database in memory what happened since its
// state: it applies destructions, and keeps the keys of the other backups.
func (c *Copies) bringingUp(ctx context.Context, list []record.Destruction, retired []*sealed.Key, applied *[]record.Destruction) func(*sealed.DB) error {
	return func(db *sealed.DB) error {
		v, err := attach(ctx, db, "", c.opt, c.clock)
		if err != nil {
			return err
		}
		if *applied, err = v.ApplyDestructions(ctx, list); err != nil {
			return err
		}
		return v.noteRetired(ctx, retired)
	}
}

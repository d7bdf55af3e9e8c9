package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"casekeep/vault/record"
)

// maxDifferences bounds how many differences Compare puts into words.
const maxDifferences = 200

// Compared is what Compare found.
type Compared struct {
	Clients, Entries, Attachments int   // of the copy
	Rows                          int64 // of the copy, of every table that was compared
	Bytes                         int64 // of the attachments that were read
	Events                        int64 // of the copy's trail
	Since                         int64 // events of the vault that came after
	Explained                     int   // rows that differ for a reason that is on record
	Differing                     int   // rows and attachments that differ without one
	Differences                   []string
}

// Whole reports whether everything in the copy is in the vault.
func (c Compared) Whole() bool { return c.Differing == 0 }

// Compare tells whether a copy, such as one that was read back from a backup
// (see [Detach]), is an earlier state of the live vault: whether each row of every
// table of records is in it as it was, or it is on record there why not (it was
// changed, moved, put out of sight, taken back with an import, or destroyed
// since), and whether the copy's audit trail holds and is the beginning of the
// vault's. Each attachment of the copy is read to its end and compared with its
// digest. What differs is named by record number and day, never by content.
//
// Both are read side by side in the order of their keys, in pieces, so that
// memory stays bounded and commits wait for none of it long. progress is told of
// bytes, of which a row counts as 1,024; nil: nobody is.
func Compare(ctx context.Context, live, copy *Vault, progress func(done, total int64)) (Compared, error) {
	if live.db == copy.db {
		return Compared{}, errors.New("a copy is compared with the vault that it was made of")
	}
	c := &comparer{live: live, copy: copy, progress: progress, zone: copy.zone(ctx)}
	for _, step := range []func(context.Context) error{c.begin, c.trail, c.tables, c.practice, c.attachments} {
		if err := step(ctx); err != nil {
			if ended := ctx.Err(); ended != nil {
				return c.out, ended
			}
			return c.out, fmt.Errorf("comparing the copy: %w", err)
		}
	}
	return c.out, nil
}

type comparer struct {
	live, copy *Vault
	progress   func(done, total int64)
	zone       *time.Location
	head       int64 // the last event of the copy's trail
	total      int64

	mu   sync.Mutex
	done int64
	out  Compared
}

func (c *comparer) step(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done += n
	if c.progress != nil {
		c.progress(min(c.done, c.total), c.total)
	}
}

func (c *comparer) differs(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out.Differing++
	if len(c.out.Differences) < maxDifferences {
		c.out.Differences = append(c.out.Differences, fmt.Sprintf(format, args...))
	}
}

// begin counts what there is to compare.
func (c *comparer) begin(ctx context.Context) error {
	return c.copy.db.Read(ctx, func(tx *sql.Tx) error {
		for _, t := range comparedTables {
			var n int64
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM `+t.name).Scan(&n); err != nil {
				return err
			}
			c.total += n * perEntry
		}
		var bytes int64
		err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM client WHERE id > 0), (SELECT count(*) FROM entry),
			(SELECT count(*) FROM attachment), (SELECT coalesce(sum(size), 0) FROM attachment)`).
			Scan(&c.out.Clients, &c.out.Entries, &c.out.Attachments, &bytes)
		c.total += bytes
		return err
	})
}

// trail checks the copy's chain and looks for its last event in the vault's: the
// rows themselves are compared as those of any table.
func (c *comparer) trail(ctx context.Context) error {
	var head record.Hash
	err := c.copy.db.Read(ctx, func(tx *sql.Tx) error {
		_, problem, err := checkAudit(ctx, tx)
		if problem != "" {
			c.differs("In the copy %s.", problem)
		}
		if err == nil {
			c.head, head, err = auditHead(ctx, tx)
		}
		c.out.Events = c.head
		if err == nil {
			head, err = c.beforeCleared(ctx, tx, head)
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.live.db.Read(ctx, func(tx *sql.Tx) error {
		last, _, err := auditHead(ctx, tx)
		if err != nil {
			return err
		}
		c.out.Since = last - c.head
		var sum []byte
		err = tx.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = ?`, c.head).Scan(&sum)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		if c.head > 0 && record.Hash(head) != hashOf(sum) {
			c.differs("The copy's audit trail is not the beginning of this vault's: it is the copy of another vault, or of a state that was given up.")
		}
		return nil
	})
}

// beforeCleared takes for the copy's last event the one before it was cleared of
// what was destroyed since: clearing goes into the copy's own trail.
func (c *comparer) beforeCleared(ctx context.Context, tx *sql.Tx, head record.Hash) (record.Hash, error) {
	var first sql.NullInt64
	var others bool
	err := tx.QueryRowContext(ctx, `SELECT min(event), EXISTS (SELECT 1 FROM audit WHERE seq >= (SELECT min(event) FROM destruction WHERE carried <> 0)
		AND action NOT IN ('record.destroy', 'record.destroyed')) FROM destruction WHERE carried <> 0`).Scan(&first, &others)
	if err != nil || !first.Valid || others {
		return head, err
	}
	var sum []byte
	c.head = first.Int64 - 1
	err = tx.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = ?`, c.head).Scan(&sum)
	if err == sql.ErrNoRows {
		err = nil
	}
	return hashOf(sum), err
}

func hashOf(sum []byte) (h record.Hash) {
	copy(h[:], sum)
	return h
}

// practice compares the practice's own settings.
func (c *comparer) practice(ctx context.Context) error {
	value := func(v *Vault) (text string, changed bool, err error) {
		err = v.db.Read(ctx, func(tx *sql.Tx) error {
			return tx.QueryRowContext(ctx, `SELECT coalesce((SELECT value FROM setting WHERE key = 'practice'), ''),
				EXISTS (SELECT 1 FROM audit WHERE seq > ? AND action = 'practice.change')`, c.head).Scan(&text, &changed)
		})
		return text, changed, err
	}
	had, _, err := value(c.copy)
	if err != nil {
		return err
	}
	has, changed, err := value(c.live)
	if err == nil && had != has && !changed {
		c.differs("The practice's settings differ, and nothing says that they were changed.")
	}
	return err
}

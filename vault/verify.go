package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Check is what Verify found.
type Check struct {
	Problems    []string // one sentence each; empty: all is whole
	Unchecked   []string // what could not be looked at, and why
	Clients     int
	Entries     int
	Attachments int
	Events      int64 // of the audit chain
	AuditOK     bool
	Leftover    int // sealed files that nothing names: harmless, left by an interruption
}

// Verify reads the whole vault: the database's own structure, the list of
// clients against their timelines, the index against the texts, every attachment against its digest, and the audit chain.
// progress is told how many of how many attachments were read.
func (v *Vault) Verify(ctx context.Context, progress func(done, total int)) (Check, error) {
	var c Check
	steps := []func(context.Context, *Check) error{v.checkCounts, v.checkDatabase, v.checkClients, v.checkTally, v.checkIndex, v.checkChain}
	for _, step := range steps {
		if err := step(ctx, &c); err != nil {
			return c, err
		}
	}
	return c, v.checkAttachments(ctx, &c, progress)
}

func (v *Vault) checkCounts(ctx context.Context, c *Check) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM client WHERE id > 0), (SELECT count(*) FROM entry),
			(SELECT count(*) FROM attachment)`).Scan(&c.Clients, &c.Entries, &c.Attachments)
	})
}

func (v *Vault) checkDatabase(ctx context.Context, c *Check) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		// FTS5 caches what it read of the index. On a connection that has not
		// searched since another one changed it, integrity_check takes the stale
		// cache for damage: a search makes it look anew.
		none := func(*sql.Rows) error { return nil }
		if err := each(ctx, tx, `SELECT 1 FROM entry_index WHERE entry_index MATCH 'a' LIMIT 1`, none); err != nil {
			c.Problems = append(c.Problems, "the search index is damaged: "+err.Error())
		}
		for _, pragma := range []string{`PRAGMA integrity_check`, `PRAGMA foreign_key_check`} {
			err := each(ctx, tx, pragma, func(rows *sql.Rows) error {
				columns, err := rows.Columns()
				if err != nil {
					return err
				}
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(sql.NullString)
				}
				if err := rows.Scan(values...); err != nil {
					return err
				}
				if first := values[0].(*sql.NullString).String; first != "ok" {
					c.Problems = append(c.Problems, "the database is damaged: "+first)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// checkClients compares what the list of clients shows with the timelines.
func (v *Vault) checkClients(ctx context.Context, c *Check) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT c.number FROM client c WHERE c.entries <> (SELECT count(*) FROM entry e WHERE e.client = c.id AND e.form = '')
			OR c.last_entry IS NOT (SELECT max(e.id) FROM entry e WHERE e.client = c.id AND e.form = '') ORDER BY c.number`, func(rows *sql.Rows) error {
			var number string
			err := rows.Scan(&number)
			c.Problems = append(c.Problems, fmt.Sprintf("the timeline of record %s is not what the list of clients says", number))
			return err
		})
	})
}

var errRollback = errors.New("nothing to keep")

// checkIndex has FTS5 compare the index with the texts. The command is spelled
// as an insert, so it runs in a transaction that is rolled back.
func (v *Vault) checkIndex(ctx context.Context, c *Check) error {
	if v.db.Status().ReadOnly != nil {
		c.Unchecked = append(c.Unchecked, "the search index was not checked, since nothing can be written")
		return nil
	}
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO entry_index(entry_index, rank) VALUES('integrity-check', 1)`)
		if err != nil {
			c.Problems = append(c.Problems, "the search index does not match the entries: "+err.Error())
		}
		return errRollback
	})
	if errors.Is(err, errRollback) {
		return nil
	}
	return err
}

func (v *Vault) checkChain(ctx context.Context, c *Check) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		events, problem, err := checkAudit(ctx, tx)
		c.Events, c.AuditOK = events, problem == "" && err == nil
		if problem != "" {
			c.Problems = append(c.Problems, problem)
		}
		return err
	})
}

func (v *Vault) checkAttachments(ctx context.Context, c *Check, progress func(done, total int)) error {
	named := map[string]bool{}
	var list []record.Attachment
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, name, size, sha256, blob FROM attachment ORDER BY id`, func(rows *sql.Rows) error {
			var a record.Attachment
			var sum []byte
			err := rows.Scan(&a.ID, &a.Name, &a.Size, &sum, &a.Blob)
			copy(a.SHA256[:], sum)
			list, named[a.Blob] = append(list, a), true
			return err
		})
	})
	if err != nil {
		return err
	}
	for i, a := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch err := v.checkAttachment(a); {
		case errors.Is(err, sealed.ErrNoBlob):
			c.Problems = append(c.Problems, fmt.Sprintf("the attachment %s (no. %d) is missing", a.Name, a.ID))
		case err != nil:
			c.Problems = append(c.Problems, fmt.Sprintf("the attachment %s (no. %d) is damaged: %s", a.Name, a.ID, reason(err)))
		}
		if progress != nil {
			progress(i+1, len(list))
		}
	}
	if err := v.checkSealed(ctx, c, named); err != nil {
		return err
	}
	blobs, err := v.db.Blobs()
	if err != nil {
		return err
	}
	for _, b := range blobs {
		if !named[b] {
			c.Leftover++
		}
	}
	return nil
}

// reason gives what is wrong with a file, without the advice that goes with an
// error.
func reason(err error) string {
	var damaged *sealed.DamagedError
	if errors.As(err, &damaged) {
		return damaged.File + ": " + damaged.Reason
	}
	return err.Error()
}

func (v *Vault) checkAttachment(a record.Attachment) error {
	blob, err := v.db.OpenBlob(a.Blob)
	if err != nil {
		return err
	}
	defer blob.Close()
	h := sha256.New()
	n, err := io.Copy(h, blob)
	switch {
	case err != nil:
		return err
	case n != a.Size:
		return fmt.Errorf("it has %d bytes instead of %d", n, a.Size)
	case record.Hash(h.Sum(nil)) != a.SHA256:
		return errors.New("its digest differs from the one on record")
	}
	return nil
}

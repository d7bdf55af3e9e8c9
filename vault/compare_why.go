package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"casekeep/vault/record"
)

// whose says to what a row of the copy belongs.
type whose struct {
	client, entry, batch int64
	number               string // of the record
}

func (c *comparer) whose(ctx context.Context, t comparedTable, row keyed) (w whose, err error) {
	if t.owner == "" {
		return w, nil
	}
	err = c.copy.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, t.owner, row.key[0], row.key[1]).Scan(&w.client, &w.entry)
		if err == nil && w.entry != 0 {
			err = tx.QueryRowContext(ctx, `SELECT CASE WHEN ?1 <> 0 THEN ?1 WHEN e.client <> -2 THEN e.client
				ELSE coalesce((SELECT q.client FROM sequestration q WHERE q.entry = e.id ORDER BY q.id DESC LIMIT 1), -2) END, coalesce(e.batch, 0)
				FROM entry e WHERE e.id = ?2`, w.client, w.entry).Scan(&w.client, &w.batch)
		}
		if err == nil {
			err = tx.QueryRowContext(ctx, `SELECT number FROM client WHERE id = ?`, w.client).Scan(&w.number)
		}
		if err == sql.ErrNoRows {
			return nil // nothing more is known of it
		}
		return err
	})
	return w, err
}

// verdict counts a row as explained, or puts into words how it differs.
func (c *comparer) verdict(ctx context.Context, t comparedTable, row keyed, w whose, why, how string) error {
	if why != "" {
		explained := false
		err := c.live.db.Read(ctx, func(tx *sql.Tx) error {
			return each(ctx, tx, why+` LIMIT 1`, func(*sql.Rows) error {
				explained = true
				return nil
			}, row.key[0], row.key[1], c.head, w.client, w.entry, w.batch)
		})
		if err != nil {
			return err
		}
		if explained {
			c.out.Explained++
			return nil
		}
	}
	what := t.says
	if strings.Contains(what, "%d") {
		what = fmt.Sprintf(what, row.key[0])
	}
	c.differs("%s%s %s.", c.place(w), what, how)
	return nil
}

// place names a record and an entry of it as the beginning of a sentence.
func (c *comparer) place(w whose) string {
	var parts []string
	switch {
	case record.ClientID(w.client) == record.Book:
		parts = append(parts, "The practice's book")
	case w.number != "":
		parts = append(parts, "Record "+w.number)
	}
	if w.entry != 0 {
		parts = append(parts, "entry of "+record.DateOf(record.EntryID(w.entry).Time().In(c.zone)).Long())
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + ": "
}

// isThere looks for a row of the copy by what it says, whatever its number: an
// older schema that was brought up to date at another time counts otherwise.
func (c *comparer) isThere(ctx context.Context, t comparedTable, names []string, row keyed) (bool, error) {
	var values []any
	if err := json.Unmarshal([]byte(row.text), &values); err != nil {
		return false, err
	}
	query, args := `SELECT 1 FROM `+t.name+` WHERE 1`, []any{}
	for i, name := range names {
		for _, column := range strings.Fields(t.same) {
			if column == name {
				query += ` AND ` + name + ` IS ?`
				args = append(args, values[i])
			}
		}
	}
	there := false
	err := c.live.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, query+` LIMIT 1`, func(*sql.Rows) error {
			there = true
			return nil
		}, args...)
	})
	return there, err
}

// keptFile is an attachment of an entry.
type keptFile struct {
	record.Attachment
	entry int64
}

// attachments reads every attachment of the copy to its end, on all cores.
func (c *comparer) attachments(ctx context.Context) error {
	work := make(chan keptFile)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for f := range work {
				c.attachment(f)
			}
		})
	}
	defer all.Wait()
	defer close(work)
	for last := int64(0); ; {
		piece, err := c.filesAfter(ctx, last)
		if err != nil || len(piece) == 0 {
			return err
		}
		for _, f := range piece {
			if err := ctx.Err(); err != nil {
				return err
			}
			work <- f
			last = f.ID
		}
	}
}

func (c *comparer) filesAfter(ctx context.Context, id int64) (piece []keptFile, err error) {
	err = c.copy.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, entry, name, size, sha256, blob FROM attachment WHERE id > ? ORDER BY id LIMIT ?`,
			func(rows *sql.Rows) error {
				var f keptFile
				var sum []byte
				err := rows.Scan(&f.ID, &f.entry, &f.Name, &f.Size, &sum, &f.Blob)
				f.SHA256 = hashOf(sum)
				piece = append(piece, f)
				return err
			}, id, pieceRows)
	})
	return piece, err
}

func (c *comparer) attachment(f keptFile) {
	if err := c.copy.checkAttachment(f.Attachment); err != nil {
		c.differs("%sthe copy of a file that is kept with it cannot be read: %s.", c.place(whose{entry: f.entry}), reason(err))
	} else {
		c.mu.Lock()
		c.out.Bytes += f.Size
		c.mu.Unlock()
	}
	c.step(f.Size)
}

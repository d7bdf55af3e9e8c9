package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"casekeep/vault/record"
)

// bringing is an attachment that is to come, or a sealed file without a name and
// of unknown size (-1).
type bringing struct {
	entry record.EntryID
	what  record.Attachment
}

// carryBlobs seals every attachment anew for the other vault, from stream to
// stream, each checked against its digest.
func (c *carrier) carryBlobs(ctx context.Context) error {
	list, err := c.files(ctx)
	if err != nil {
		return err
	}
	for _, b := range list {
		c.total += max(b.what.Size, 0)
	}
	was := map[string]record.Attachment{}
	for _, b := range list {
		if before, done := was[b.what.Blob]; done {
			if before.SHA256 != b.what.SHA256 || before.Size != b.what.Size {
				return &unsoundError{"attachment", "blob"}
			}
			continue
		}
		was[b.what.Blob] = b.what
		name, err := c.carryBlob(ctx, b.what)
		if ended := ctx.Err(); err != nil && ended != nil {
			return ended
		}
		var unread *unreadError
		if errors.As(err, &unread) && c.opt.Damaged {
			c.out.Damaged = append(c.out.Damaged, fmt.Sprintf("%s, of the entry of %s: %s.", b.what.Name,
				record.DateOf(b.entry.Time()).Long(), reason(unread.cause)))
		} else if err != nil {
			return err
		}
		c.blobs[b.what.Blob] = name
		c.out.Bytes += max(b.what.Size, 0)
	}
	return nil
}

// files gives what is to come.
func (c *carrier) files(ctx context.Context) ([]bringing, error) {
	var list []bringing
	err := c.from.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT entry, name, size, sha256, blob FROM attachment WHERE entry IN `+c.ofRecord()+`
			UNION ALL SELECT entry, 'an entry that was sealed to ' || holder, -1, sha256, blob FROM sequestration
			WHERE client = ?1 AND blob IS NOT NULL AND returned IS NULL`, func(rows *sql.Rows) error {
			var b bringing
			var sum []byte
			err := rows.Scan(&b.entry, &b.what.Name, &b.what.Size, &sum, &b.what.Blob)
			copy(b.what.SHA256[:], sum)
			if _, comes := c.comes(b.entry); comes {
				list = append(list, b)
			}
			return err
		}, c.client)
	})
	return list, err
}

// unreadError says that an attachment of the vault that is read is not as it was
// written.
type unreadError struct {
	name  string
	cause error
}

func (e *unreadError) Error() string {
	return fmt.Sprintf("the attachment %s cannot be read: %s", e.name, reason(e.cause))
}

func (e *unreadError) Unwrap() error { return e.cause }

// unread marks what goes wrong on the side of the reader.
type unread struct{ failed error }

func (u *unread) see(err error) error {
	if err != nil && err != io.EOF {
		u.failed = err
	}
	return err
}

type watched struct {
	r io.Reader
	u *unread
	c *carrier
}

func (w watched) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	w.c.step(int64(n))
	return n, w.u.see(err)
}

func (c *carrier) carryBlob(ctx context.Context, a record.Attachment) (string, error) {
	if c.to.db.Detached() { // it keeps no files: it reads those of the other vault
		c.step(a.Size)
		return a.Blob, nil
	}
	blob, err := c.from.db.OpenBlob(a.Blob)
	if err != nil {
		return "", &unreadError{a.Name, err}
	}
	defer blob.Close()
	var u unread
	put, err := c.to.db.PutBlob(ctx, watched{blob, &u, c})
	if u.failed != nil {
		return "", &unreadError{a.Name, u.failed}
	}
	if err != nil {
		return "", err
	}
	if record.Hash(put.SHA256) != a.SHA256 || a.Size >= 0 && put.Size != a.Size {
		return "", errors.Join(&unreadError{a.Name, errors.New("its size or digest differs from the one on record")}, c.to.db.RemoveBlob(put.Name))
	}
	return put.Name, nil
}

// dropBlobs removes what was sealed for a record that did not come. What cannot
// be removed stays sealed, and verify lists it.
func (c *carrier) dropBlobs() {
	for _, name := range c.blobs {
		if name != "" {
			_ = c.to.db.RemoveBlob(name)
		}
	}
}

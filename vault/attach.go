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

// Blob is the content of an attachment, sealed and not yet named by any entry.
type Blob = sealed.Blob

// PutBlob seals what r gives into a file of its own. Whoever puts a blob and
// then names it in no entry drops it again.
func (v *Vault) PutBlob(ctx context.Context, r io.Reader) (Blob, error) { return v.db.PutBlob(ctx, r) }

// DropBlob removes a blob that no entry names.
func (v *Vault) DropBlob(name string) error { return v.db.RemoveBlob(name) }

// upload seals files for an entry to come; on an error none is left.
func (v *Vault) upload(ctx context.Context, files []Upload) ([]record.Attachment, error) {
	var list []record.Attachment
	for _, f := range files {
		a, err := v.uploadOne(ctx, f)
		if err != nil {
			v.dropBlobs(list)
			return nil, fmt.Errorf("the file %s was not kept: %w", f.Name, err)
		}
		list = append(list, a)
	}
	return list, nil
}

func (v *Vault) uploadOne(ctx context.Context, f Upload) (record.Attachment, error) {
	r, err := f.Open()
	if err != nil {
		return record.Attachment{}, err
	}
	defer r.Close()
	b, err := v.db.PutBlob(ctx, r)
	if err != nil {
		return record.Attachment{}, err
	}
	return record.Attachment{Name: f.Name, Type: f.Type, Size: b.Size, SHA256: b.SHA256, Blob: b.Name}, nil
}

// dropBlobs removes sealed files that no entry came to name. What cannot be
// removed stays sealed, and verify lists it.
func (v *Vault) dropBlobs(list []record.Attachment) {
	for _, a := range list {
		_ = v.db.RemoveBlob(a.Blob)
	}
}

// OpenAttachment gives an attachment's content. Reading to the end fails
// where the content is not what was kept.
func (v *Vault) OpenAttachment(ctx context.Context, id int64) (record.Attachment, io.ReadCloser, error) {
	a := record.Attachment{ID: id}
	var sum []byte
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT a.name, a.type, a.size, a.sha256, a.blob FROM attachment a
			JOIN entry e ON e.id = a.entry AND e.client >= -1 WHERE a.id = ?`, id).
			Scan(&a.Name, &a.Type, &a.Size, &sum, &a.Blob)
	})
	if err == sql.ErrNoRows {
		return a, nil, errors.New("no such attachment")
	}
	if err != nil {
		return a, nil, err
	}
	copy(a.SHA256[:], sum)
	blob, err := v.db.OpenBlob(a.Blob)
	if err != nil {
		return a, nil, fmt.Errorf("the attachment %s cannot be opened: %w", a.Name, err)
	}
	return a, &checked{blob: blob, hash: sha256.New(), want: a}, nil
}

// checked reads a blob and compares its digest at the end.
type checked struct {
	blob sealed.BlobReader
	hash interface {
		io.Writer
		Sum([]byte) []byte
	}
	want record.Attachment
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.blob.Read(p)
	c.hash.Write(p[:n])
	if err == io.EOF && record.Hash(c.hash.Sum(nil)) != c.want.SHA256 {
		return n, fmt.Errorf("the attachment %s is not the file that was kept: its digest differs", c.want.Name)
	}
	return n, err
}

func (c *checked) Close() error { return c.blob.Close() }

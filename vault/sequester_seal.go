package vault

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"casekeep/vault/record"
)

// sealedFormat is what entry.json in a file sealed to a holder says that it is.
const sealedFormat = "casekeep-sequestered-1"

// sealedEntry is an entry as it was sealed to somebody.
type sealedEntry struct {
	content []byte // entry.json
	blob    Blob   // the age file: its sum is that of what the holder gets
}

// sealAll seals each entry to the recipient; none where to is nil. After an
// error the blobs that were put are those of the result.
func (v *Vault) sealAll(ctx context.Context, ids []record.EntryID, to age.Recipient, doing Doing) (map[record.EntryID]sealedEntry, error) {
	if to == nil {
		return nil, nil
	}
	all := make(map[record.EntryID]sealedEntry, len(ids))
	for i, id := range ids {
		doing.tell(int64(i), int64(len(ids)), "Sealing the entries")
		sealed, err := v.sealEntry(ctx, id, to)
		if err != nil {
			return all, err
		}
		all[id] = sealed
	}
	return all, nil
}

// sealEntry puts an entry whole into one file: a tar archive with entry.json
// and its attachments, encrypted to the recipient, and then by the vault as any
// blob.
func (v *Vault) sealEntry(ctx context.Context, id record.EntryID, to age.Recipient) (s sealedEntry, err error) {
	var e record.Entry
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		if e, err = loadEntry(ctx, tx, id); err != nil {
			return err
		}
		s.content, err = sealedContent(ctx, tx, e)
		return err
	})
	if err != nil {
		return s, err
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(v.writeSealed(ctx, w, to, s.content, e.Attachments)) }()
	s.blob, err = v.db.PutBlob(ctx, r)
	r.CloseWithError(err)
	return s, err
}

// sealedContent gives entry.json.
func sealedContent(ctx context.Context, tx *sql.Tx, e record.Entry) ([]byte, error) {
	of := struct {
		Format string       `json:"format"`
		Record string       `json:"record"` // its number
		Entry  record.Entry `json:"entry"`
	}{Format: sealedFormat, Entry: e}
	if err := tx.QueryRowContext(ctx, `SELECT number FROM client WHERE id = ?`, e.Client).Scan(&of.Record); err != nil {
		return nil, err
	}
	return json.MarshalIndent(of, "", "  ")
}

func (v *Vault) writeSealed(ctx context.Context, w io.Writer, to age.Recipient, content []byte, files []record.Attachment) error {
	seal, err := age.Encrypt(w, to)
	if err != nil {
		return err
	}
	out := tar.NewWriter(seal)
	if err := out.WriteHeader(&tar.Header{Name: "entry.json", Mode: 0o600, Size: int64(len(content))}); err != nil {
		return err
	}
	if _, err := out.Write(content); err != nil {
		return err
	}
	for _, a := range files {
		if err := v.writeSealedFile(ctx, out, a); err != nil {
			return fmt.Errorf("the file %s: %w", a.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	return seal.Close()
}

func (v *Vault) writeSealedFile(ctx context.Context, out *tar.Writer, a record.Attachment) error {
	_, r, err := v.OpenAttachment(ctx, a.ID)
	if err != nil {
		return err
	}
	defer r.Close()
	name := fmt.Sprintf("attachments/%d-%s", a.ID, strings.NewReplacer("/", "_", `\`, "_").Replace(a.Name))
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: a.Size}); err != nil {
		return err
	}
	_, err = io.Copy(out, r)
	return err
}

// OpenSequestered gives the file that was sealed to a holder, as the holder can
// decrypt it with age. Reading to the end fails where it is not what was sealed.
func (v *Vault) OpenSequestered(ctx context.Context, id int64) (io.ReadCloser, error) {
	var name, holder string
	var sum []byte
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT coalesce(blob, ''), sha256, holder FROM sequestration WHERE id = ?`, id).Scan(&name, &sum, &holder)
	})
	if err == sql.ErrNoRows || err == nil && name == "" {
		return nil, errors.New("this entry was sealed to nobody: bring it back instead")
	}
	if err != nil {
		return nil, err
	}
	blob, err := v.db.OpenBlob(name)
	if err != nil {
		return nil, fmt.Errorf("the file that was sealed to %s cannot be opened: %w", holder, err)
	}
	c := &checked{blob: blob, hash: sha256.New(), want: record.Attachment{Name: "sealed to " + holder}}
	copy(c.want.SHA256[:], sum)
	return c, nil
}

// checkSealed looks over the files that were sealed to somebody.
func (v *Vault) checkSealed(ctx context.Context, c *Check, named map[string]bool) error {
	sealed := map[int64]string{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, blob FROM sequestration WHERE blob IS NOT NULL`, func(rows *sql.Rows) error {
			var id int64
			var blob string
			err := rows.Scan(&id, &blob)
			sealed[id], named[blob] = blob, true
			return err
		})
	})
	for id := range sealed {
		if err != nil {
			return err
		}
		var r io.ReadCloser
		problem := error(nil)
		if r, problem = v.OpenSequestered(ctx, id); problem == nil {
			_, problem = io.Copy(io.Discard, r)
			err = r.Close()
		}
		if problem != nil {
			c.Problems = append(c.Problems, fmt.Sprintf("the sealed file of sequestration %d is missing or damaged: %s", id, reason(problem)))
		}
	}
	return err
}

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
	"time"

	"filippo.io/age"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// ExportFormat is what the manifest of an export says that it is.
const ExportFormat = "casekeep-export-1"

// exportReadme stands in every export.
const exportReadme = `This is a whole Casekeep vault in one file, as it was at the moment that manifest.json names.

    records.db     an SQLite database: sqlite3 records.db
    attachments/   the files that came with entries, under random names
    manifest.json  what is here; for each attachment its name, size and SHA-256

The table attachment says which entry each file belongs to: its column blob is the last part of the
file's name. What lies here is no longer encrypted: delete it when you are done.
`

// Exported says what an export holds.
type Exported struct {
	Format      string         `json:"format"`
	Vault       string         `json:"vault"` // its id
	Practice    string         `json:"practice"`
	Taken       time.Time      `json:"taken"`
	Clients     int            `json:"clients"`
	Entries     int            `json:"entries"`
	Attachments []ExportedFile `json:"attachments"`
	Events      int64          `json:"audit_events"`
	Head        record.Hash    `json:"audit_head"`
	Damaged     []string       `json:"-"` // files that could not be read: zeros stand for them
	keys        [][]byte       // of the vault, which stay in it
}

// ExportedFile is an attachment as an export names it.
type ExportedFile struct {
	File   string      `json:"file"`
	Name   string      `json:"name"`
	Type   string      `json:"type,omitempty"`
	Size   int64       `json:"size"` // bytes
	SHA256 record.Hash `json:"sha256"`
	Entry  string      `json:"entry"`
	blob   string
}

// Export writes the whole vault as of one moment as a single age file with a
// tar archive (POSIX pax) in it, so that `age -d | tar x` and sqlite3 open it.
// Nothing unencrypted reaches the disk. An attachment that is damaged is named
// in the result and in a file DAMAGED.txt: zeros stand for what cannot be read.
// progress is told of bytes before encryption.
func (v *Vault) Export(ctx context.Context, w io.Writer, to []age.Recipient, progress func(done, total int64)) (Exported, error) {
	return v.export(ctx, w, v.Status().VaultID, to, progress)
}

func (v *Vault) export(ctx context.Context, w io.Writer, id sealed.VaultID, to []age.Recipient, progress func(done, total int64)) (Exported, error) {
	e := Exported{Format: ExportFormat, Vault: id.String(), Taken: v.clock()}
	seal, err := age.Encrypt(w, to...)
	if err != nil {
		return e, fmt.Errorf("the export cannot be sealed: %w", err)
	}
	x := &exporter{ctx: ctx, v: v, out: tar.NewWriter(seal), what: &e, progress: progress}
	err = v.db.Snapshot(ctx, func(tx *sql.Tx) error { return e.read(ctx, tx) }, x.write)
	if err == nil {
		err = x.out.Close()
	}
	if err == nil {
		err = seal.Close()
	}
	return e, err
}

// read gathers what the manifest says.
func (e *Exported) read(ctx context.Context, tx *sql.Tx) error {
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM client WHERE id > 0), (SELECT count(*) FROM entry),
		(SELECT coalesce(value ->> '$.name', '') FROM setting WHERE key = 'practice')`).Scan(&e.Clients, &e.Entries, &e.Practice)
	if err != nil {
		return err
	}
	if e.Events, e.Head, err = auditHead(ctx, tx); err != nil {
		return err
	}
	if e.keys, err = secretKeys(ctx, tx); err != nil {
		return err
	}
	e.Attachments = []ExportedFile{}
	return each(ctx, tx, `SELECT blob, name, type, size, sha256, CAST(entry AS TEXT) FROM attachment ORDER BY id`, func(rows *sql.Rows) error {
		var f ExportedFile
		var sum []byte
		err := rows.Scan(&f.blob, &f.Name, &f.Type, &f.Size, &sum, &f.Entry)
		copy(f.SHA256[:], sum)
		f.File = "attachments/" + f.blob[:min(2, len(f.blob))] + "/" + f.blob
		e.Attachments = append(e.Attachments, f)
		return err
	})
}

type exporter struct {
	ctx         context.Context
	v           *Vault
	out         *tar.Writer
	what        *Exported
	progress    func(done, total int64)
	done, total int64
}

func (x *exporter) write(image sealed.Image) error {
	manifest, err := json.MarshalIndent(x.what, "", "  ")
	if err != nil {
		return err
	}
	x.total = image.Size()
	for _, f := range x.what.Attachments {
		x.total += f.Size
	}
	if err := x.small("README.txt", []byte(exportReadme)); err != nil {
		return err
	}
	if err := x.small("manifest.json", append(manifest, '\n')); err != nil {
		return err
	}
	if err := x.begin("records.db", image.Size()); err != nil {
		return err
	}
	if err := x.database(image); err != nil {
		return err
	}
	for _, f := range x.what.Attachments {
		if err := x.attachment(f); err != nil {
			return err
		}
	}
	if len(x.what.Damaged) == 0 {
		return nil
	}
	var text []byte
	for _, damage := range x.what.Damaged {
		text = append(text, damage+"\n"...)
	}
	return x.small("DAMAGED.txt", text)
}

func (x *exporter) begin(name string, size int64) error {
	return x.out.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: x.what.Taken, Format: tar.FormatPAX})
}

func (x *exporter) small(name string, content []byte) error {
	if err := x.begin(name, int64(len(content))); err != nil {
		return err
	}
	_, err := x.out.Write(content)
	return err
}

// Write counts what goes into the archive.
func (x *exporter) Write(b []byte) (int, error) {
	if err := x.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := x.out.Write(b)
	x.done += int64(n)
	if x.progress != nil {
		x.progress(x.done, x.total)
	}
	return n, err
}

// errNotWritten tells a failure of the archive from one of an attachment.
type errNotWritten struct{ error }

func (e errNotWritten) Unwrap() error { return e.error }

// attachment writes one file, and zeros for what of it cannot be read.
func (x *exporter) attachment(f ExportedFile) error {
	if err := x.begin(f.File, f.Size); err != nil {
		return err
	}
	written, err := x.content(f)
	var failed errNotWritten
	if errors.As(err, &failed) {
		return failed.error
	}
	if err == nil {
		return nil
	}
	x.what.Damaged = append(x.what.Damaged, fmt.Sprintf("%s (%s): %s", f.File, f.Name, reason(err)))
	zeros := make([]byte, 64<<10)
	for written < f.Size {
		n, err := x.Write(zeros[:min(int64(len(zeros)), f.Size-written)])
		if err != nil {
			return err
		}
		written += int64(n)
	}
	return nil
}

// content writes what can be read of a file, at most its size.
func (x *exporter) content(f ExportedFile) (written int64, err error) {
	blob, err := x.v.db.OpenBlob(f.blob)
	if err != nil {
		return 0, err
	}
	defer blob.Close()
	check := &checked{blob: blob, hash: sha256.New(), want: record.Attachment{Name: f.Name, SHA256: f.SHA256}}
	buffer := make([]byte, 64<<10)
	for {
		n, err := check.Read(buffer)
		part := buffer[:min(int64(n), f.Size-written)]
		if _, failed := x.Write(part); failed != nil {
			return written, errNotWritten{failed}
		}
		written += int64(len(part))
		switch {
		case err == io.EOF && written < f.Size:
			return written, fmt.Errorf("it ends after %d of %d bytes", written, f.Size)
		case err == io.EOF:
			return written, nil
		case err != nil:
			return written, err
		}
	}
}

package vault

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed"
)

// ErrNotExport says that a file is no export of a vault.
var ErrNotExport = errors.New("this file is no export of a vault: choose one that Casekeep wrote")

// errExportKey says that an export is sealed to others.
var errExportKey = errors.New("neither the passphrase nor the keys given open this export")

// maxManifest bounds the manifest of an export, in bytes.
const maxManifest = 256 << 20

// OpenExport opens an export in memory, as a vault that can be read. file must
// stay open until the vault is closed: attachments are read from it.
func OpenExport(ctx context.Context, file io.ReaderAt, size int64, keys []age.Identity, opt Options) (*Vault, Exported, error) {
	plain, length, err := age.DecryptReaderAt(file, size, keys...)
	var mismatch *age.NoIdentityMatchError
	switch {
	case errors.As(err, &mismatch):
		return nil, Exported{}, errExportKey
	case err != nil:
		return nil, Exported{}, fmt.Errorf("%w (%v)", ErrNotExport, err)
	}
	x := &openedExport{plain: plain, files: map[string]*io.SectionReader{}}
	if err := x.index(ctx, length); err != nil {
		return nil, x.what, err
	}
	image := x.files["records.db"]
	if image == nil || x.what.Format != ExportFormat {
		return nil, x.what, ErrNotExport
	}
	key, err := sealed.NewKey()
	if err != nil {
		return nil, x.what, err
	}
	v, err := detach(ctx, key, image, "", opt, x.blob)
	return v, x.what, err
}

type openedExport struct {
	plain io.ReaderAt
	what  Exported
	files map[string]*io.SectionReader // by name; attachments by that of their blob
}

// index finds where in the archive each file lies. The archive's reader stands
// at a file's content once it has read the header.
func (x *openedExport) index(ctx context.Context, length int64) error {
	all := io.NewSectionReader(x.plain, 0, length)
	for archive := tar.NewReader(all); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		header, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("the export is damaged: %w", err)
		}
		at, err := all.Seek(0, io.SeekCurrent)
		if err != nil {
			return err
		}
		name := header.Name
		if strings.HasPrefix(name, "attachments/") {
			name = path.Base(name)
		}
		file := io.NewSectionReader(x.plain, at, header.Size)
		if name == "manifest.json" {
			if err := json.NewDecoder(io.LimitReader(file, maxManifest)).Decode(&x.what); err != nil {
				return fmt.Errorf("the export's manifest cannot be read: %w", err)
			}
		}
		x.files[name] = file
	}
}

func (x *openedExport) blob(name string) (sealed.BlobReader, error) {
	file := x.files[name]
	if file == nil {
		return nil, sealed.ErrNoBlob
	}
	return exportedBlob{io.NewSectionReader(file, 0, file.Size())}, nil
}

type exportedBlob struct{ *io.SectionReader }

func (exportedBlob) Close() error { return nil }

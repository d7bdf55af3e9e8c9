package vault

import (
	"archive/tar"
	"bytes"
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

// Bounds of the manifest of an export: its bytes, and how many bytes of the
// archive there are for each comma in it. An attachment has six, and takes 512
// bytes of the archive at least.
const (
	maxManifest = 256 << 20
	perComma    = 64
)

var errExportDamaged = errors.New("the export is damaged: have it written again")

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
	x.what.Practice, x.what.Vault = Preview(printable(x.what.Practice), 400), Preview(printable(x.what.Vault), 64)
	image := x.files["records.db"]
	if image == nil || x.what.Format != ExportFormat {
		return nil, x.what, ErrNotExport
	}
	key, err := sealed.NewKey()
	if err != nil {
		return nil, x.what, err
	}
	v, err := detachAs(ctx, key, image, "", opt, x.blob, (*Vault).readyIfBuilt)
	if err != nil && ctx.Err() == nil && !errors.Is(err, ErrTooNew) && !errors.Is(err, errBuilt) {
		err = fmt.Errorf("%w (%s)", errExportDamaged, reason(err))
	}
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
			return fmt.Errorf("%w (%v)", errExportDamaged, err)
		}
		at, err := all.Seek(0, io.SeekCurrent)
		if err != nil {
			return err
		}
		name := header.Name
		if strings.HasPrefix(name, "attachments/") {
			name = path.Base(name)
		}
		if header.Typeflag != tar.TypeReg || header.Size > length-at || x.files[name] != nil {
			return fmt.Errorf("%w (%q)", errExportDamaged, header.Name)
		}
		x.files[name] = io.NewSectionReader(x.plain, at, header.Size)
		if name == "manifest.json" {
			if err := x.manifest(x.files[name], length); err != nil {
				return fmt.Errorf("%w (the manifest: %v)", errExportDamaged, err)
			}
		}
	}
}

// manifest reads what the export says of itself.
func (x *openedExport) manifest(file *io.SectionReader, length int64) error {
	if file.Size() > maxManifest {
		return fmt.Errorf("it has %d bytes", file.Size())
	}
	text := make([]byte, file.Size())
	if _, err := io.ReadFull(file, text); err != nil {
		return err
	}
	if int64(bytes.Count(text, []byte(","))) > 1000+length/perComma {
		return errors.New("it lists more than there is")
	}
	return json.Unmarshal(text, &x.what)
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

package vault

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"

	"casekeep/vault/sealed"
)

// PlantExport makes a vault in dir, under a passphrase, out of an export that
// [OpenExport] opened. It is a new vault with a key of its own that holds the
// same records. It gives the attachments that could not be read.
func PlantExport(ctx context.Context, from *Vault, dir, passphrase string, opt Options, progress func(done, total int64)) (damaged []string, err error) {
	// The folder beside gives the new vault its key, and its attachments a place
	// to be sealed in.
	beside, err := Scratch(dir)
	if err != nil {
		return nil, err
	}
	db, err := sealed.Create(beside, passphrase, opt.Sealed())
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(beside))
	}
	defer func() {
		err = errors.Join(err, db.Close(), os.RemoveAll(beside))
	}()
	p := &plantedExport{from: from, to: db, progress: progress}
	if err := p.attachments(ctx); err != nil {
		return nil, fmt.Errorf("the export was not restored: %w", err)
	}
	var id sealed.VaultID
	rand.Read(id[:])
	err = from.db.Snapshot(ctx, nil, func(image sealed.Image) error {
		return sealed.Plant(ctx, dir, db.Key(), beside, image, id, sealed.Position{Generation: 1, Sequence: 1}, beside, p.names, opt.Sealed(),
			func(done, total int64) { p.tell(p.total+done, p.total+total) })
	})
	return p.damaged, err
}

type plantedExport struct {
	from        *Vault
	to          *sealed.DB
	names       []string
	damaged     []string
	done, total int64
	progress    func(done, total int64)
}

func (p *plantedExport) tell(done, total int64) {
	if p.progress != nil {
		p.progress(done, total)
	}
}

// attachments seals every attachment for the new vault, under the name that it
// has in the database. One that is damaged is left out: the vault then says
// that it is missing.
func (p *plantedExport) attachments(ctx context.Context) error {
	sizes := map[string]int64{}
	err := p.from.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT blob, max(size) FROM attachment GROUP BY blob`, func(rows *sql.Rows) error {
			var name string
			var size int64
			err := rows.Scan(&name, &size)
			sizes[name], p.total = size, p.total+size
			return err
		})
	})
	if err != nil {
		return err
	}
	for name, size := range sizes {
		if err := ctx.Err(); err != nil {
			return err
		}
		blob, err := p.from.db.OpenBlob(name)
		if err == nil {
			_, err = p.to.PutBlobAs(ctx, name, blob)
			err = errors.Join(err, blob.Close())
		}
		switch {
		case errors.Is(err, sealed.ErrNoBlob), err != nil && errors.Is(err, io.ErrUnexpectedEOF):
			p.damaged = append(p.damaged, name+": "+reason(err))
		case err != nil:
			return err
		default:
			p.names = append(p.names, name)
		}
		p.done += size
		p.tell(p.done, 2*p.total)
	}
	return nil
}

package vault

import (
	"context"
	"database/sql"
	"errors"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Detach opens a vault that lives in memory alone, from an image such as that of
// a backup. blobs is the folder of which attachments are read; empty: there are
// none. The image is copied. An older schema is brought up to date in memory, and
// an import that was cut off stays as it is. Closing it leaves nothing.
func Detach(ctx context.Context, k *sealed.Key, image sealed.Image, blobs string, opt Options) (*Vault, error) {
	return detach(ctx, k, image, blobs, opt, nil)
}

// detach is Detach; of gives the attachments where they lie in no folder.
func detach(ctx context.Context, k *sealed.Key, image sealed.Image, blobs string, opt Options, of func(string) (sealed.BlobReader, error)) (*Vault, error) {
	return detachAs(ctx, k, image, blobs, opt, of, (*Vault).ready)
}

// detachAs is detach with what makes a vault of the database.
func detachAs(ctx context.Context, k *sealed.Key, image sealed.Image, blobs string, opt Options, of func(string) (sealed.BlobReader, error),
	begin func(*Vault, context.Context) error) (*Vault, error) {
	clock := newClock(opt.Now)
	engine := opt.engine(clock)
	engine.Blobs = of
	db, err := sealed.Detach(ctx, k, image, blobs, engine)
	if err != nil {
		return nil, err
	}
	v := newVault(db, blobs, opt, clock)
	if err := begin(v, ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

// attach takes a database in memory for a vault, and brings its schema up to
// date. The database stays the caller's where that fails.
func attach(ctx context.Context, db *sealed.DB, blobs string, opt Options, c *clock) (*Vault, error) {
	v := newVault(db, blobs, opt, c)
	return v, v.ready(ctx)
}

// ready brings the schema up to date, and makes clock and author those of the
// vault.
func (v *Vault) ready(ctx context.Context) error {
	if err := v.migrate(ctx); err != nil {
		return err
	}
	if err := v.loadClock(ctx); err != nil {
		return err
	}
	var practice record.Practice
	err := v.db.Read(ctx, func(tx *sql.Tx) (err error) {
		practice, err = practiceIn(ctx, tx)
		if err != nil || v.holder == "" {
			return err
		}
		list, err := holdersIn(ctx, tx)
		if err != nil {
			return err
		}
		v.holder = holderOf(list, v.holder, v.with)
		v.signs, err = signature(ctx, tx, v.holder)
		return err
	})
	if err != nil {
		return err
	}
	v.setActor(practice)
	return nil
}

// CreateBlank makes a new vault without a practice and without a trail, for
// [SalvageInto] to fill.
func CreateBlank(ctx context.Context, dir, passphrase string, opt Options) (*Vault, error) {
	return create(ctx, dir, passphrase, opt, func(*Vault) error { return nil })
}

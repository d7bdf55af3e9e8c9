package vault

import (
	"context"
	"errors"

	"casekeep/vault/sealed"
)

// detach opens an image of a vault in memory. It can be read as any vault; what
// is changed in it is changed nowhere else.
func detach(ctx context.Context, k *sealed.Key, image sealed.Image, blobs string, opt Options, open func(string) (sealed.BlobReader, error)) (*Vault, error) {
	clock := newClock(opt.Now)
	engine := opt.engine(clock)
	engine.Blobs = open
	db, err := sealed.Detach(ctx, k, image, blobs, engine)
	if err != nil {
		return nil, err
	}
	v, err := attach(ctx, db, opt, clock)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

// attach takes a database in memory for a vault, and brings its schema up to
// date. The database stays the caller's where that fails.
func attach(ctx context.Context, db *sealed.DB, opt Options, clock *clock) (*Vault, error) {
	v := newVault(db, "", opt, clock)
	return v, v.start(ctx)
}

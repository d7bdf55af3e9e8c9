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
	return overDetached(ctx, db, opt, clock)
}

func overDetached(ctx context.Context, db *sealed.DB, opt Options, clock *clock) (*Vault, error) {
	v := newVault(db, "", opt, clock)
	if err := v.start(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return v, nil
}

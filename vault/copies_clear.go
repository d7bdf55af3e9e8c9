package vault

import (
	"context"
	"database/sql"

	"casekeep/vault/backup"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Clear writes a backup anew without the records that were destroyed since it
// was made, and reads it back. It gives those that were in it, and the sealed
// files that they had and that the vault itself does not have any more; these
// the backups drop, at the latest with the next one.
func (c *Copies) Clear(ctx context.Context, one Copy, destroyed []record.Destruction, live *Vault) (applied []record.Destruction, blobs []string, err error) {
	have, err := live.blobNames(ctx, blobsQuery)
	if err != nil {
		return nil, nil, err
	}
	err = c.set.Rewrite(ctx, one.Name, func(db *sealed.DB) error {
		v, err := attach(ctx, db, "", c.opt, c.clock)
		if err != nil {
			return err
		}
		before, err := v.blobNames(ctx, blobsQuery)
		if err != nil {
			return err
		}
		if applied, err = v.ApplyDestructions(ctx, destroyed); err != nil {
			return err
		}
		after, err := v.blobNames(ctx, blobsQuery)
		blobs = without(without(before, after), have)
		return err
	}, func(tx *sql.Tx) (backup.Note, error) {
		n, err := copyNote(ctx, tx)
		if err != nil {
			return n, err
		}
		n.Dropped = blobs
		return inLine(n, one.Facts.Line)
	})
	return applied, blobs, err
}

// without gives the names of a list that are not in another.
func without(list, other []string) []string {
	in := make(map[string]bool, len(other))
	for _, name := range other {
		in[name] = true
	}
	var rest []string
	for _, name := range list {
		if !in[name] {
			rest = append(rest, name)
		}
	}
	return rest
}

// DropAttachments removes sealed files from all backups in the folder.
func (c *Copies) DropAttachments(ctx context.Context, names []string) error {
	return c.set.DropAttachments(ctx, names)
}

package vault

import (
	"context"
	"database/sql"
	"encoding/json"
)

// blobsNamedSQL asks for the sealed files that the database refers to.
const blobsNamedSQL = `SELECT blob FROM attachment UNION ALL SELECT blob FROM sequestration WHERE blob IS NOT NULL`

// discardedSQL asks for those that are to be removed.
const discardedSQL = `SELECT blob FROM blob_discarded WHERE blob NOT IN (` + blobsNamedSQL + `)`

// sweepDiscarded removes from the disk the attachments that an undone import
// left behind. What cannot be removed is sealed and does no harm, so that is no
// reason to keep anybody out of the vault: the next unlock tries again. Where an
// older state of the vault was put back they may be a later one's too, and stay
// until that unlock.
func (v *Vault) sweepDiscarded(ctx context.Context) {
	if v.db.Status().ReadOnly == nil && !v.db.Detached() && !v.older {
		_ = v.removeDiscarded(ctx)
	}
}

func (v *Vault) removeDiscarded(ctx context.Context) error {
	names, err := v.blobNames(ctx, discardedSQL)
	if err != nil || len(names) == 0 {
		return err
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := v.db.RemoveBlob(name); err != nil {
			return err
		}
	}
	list, err := json.Marshal(names)
	if err != nil {
		return err
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM blob_discarded WHERE blob IN (SELECT value FROM json_each(?))`, string(list))
		return err
	})
}

// removeUnnamed removes those sealed files that no entry names: what an import
// had sealed and not yet filed when it was cut off. It runs only then, over the
// files that were there at the unlock, since what was sealed later may be filed
// soon; nor beside an older copy of the records, where the files of the newer ones
// are unnamed too. Nor does it go where a link leads. As above, what cannot be
// removed does no harm.
func (v *Vault) removeUnnamed(ctx context.Context, blobs []string) {
	names, err := v.blobNames(ctx, blobsNamedSQL)
	if err != nil {
		return
	}
	named := make(map[string]bool, len(names))
	for _, name := range names {
		named[name] = true
	}
	for _, name := range blobs {
		if named[name] {
			continue
		}
		if ctx.Err() != nil || v.db.RemoveBlob(name) != nil {
			return
		}
	}
}

func (v *Vault) blobNames(ctx context.Context, query string) ([]string, error) {
	var names []string
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, query, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			names = append(names, name)
			return err
		})
	})
	return names, err
}

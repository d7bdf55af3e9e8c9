package vault

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"casekeep/vault/sealed"
)

// errBuilt says that a database was altered by something else than the program.
var errBuilt = errors.New("this file was not written by Casekeep, or was changed since: have it written again")

// readyIfBuilt is ready for a database that somebody else hands over. One of
// which tables, views and triggers are not to the letter those of the program is
// refused before any of them is asked: they could run in the place of its own.
func (v *Vault) readyIfBuilt(ctx context.Context) error {
	version, err := v.schemaVersion(ctx)
	if err != nil {
		return errors.Join(errBuilt, err)
	}
	files, err := migrationFiles()
	switch {
	case err != nil:
		return err
	case version > len(files):
		return ErrTooNew
	case version < 1:
		return errBuilt
	}
	want, err := builtSchema(ctx, version)
	if err != nil {
		return err
	}
	have, err := v.schema(ctx)
	if err != nil {
		return errors.Join(errBuilt, err)
	}
	if !slices.Equal(want, have) {
		return errBuilt
	}
	return v.ready(ctx)
}

// builtSchema gives what a version of the schema consists of.
func builtSchema(ctx context.Context, version int) ([]string, error) {
	key, err := sealed.NewKey()
	if err != nil {
		return nil, err
	}
	v, err := detachAs(ctx, key, nil, "", Options{}, nil, func(v *Vault, ctx context.Context) error { return v.migrateTo(ctx, version) })
	if err != nil {
		return nil, err
	}
	parts, err := v.schema(ctx)
	return parts, errors.Join(err, v.Close())
}

func (v *Vault) schema(ctx context.Context) (parts []string, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1`, func(rows *sql.Rows) error {
			var part string
			err := rows.Scan(&part)
			parts = append(parts, part)
			return err
		})
	})
	return parts, err
}

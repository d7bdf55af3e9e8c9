package vault

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrTooNew says that a later Casekeep wrote the vault.
var ErrTooNew = fmt.Errorf("this vault was written by a newer Casekeep: install that version to open it")

// newest stands for the version of the schema that this program writes.
const newest = 1 << 30

// migrate brings the schema up to date, one numbered file a transaction. The
// number of the last one applied is the database's user_version.
func (v *Vault) migrate(ctx context.Context) error { return v.migrateTo(ctx, newest) }

func (v *Vault) migrateTo(ctx context.Context, to int) error {
	files, err := migrationFiles()
	if err != nil {
		return err
	}
	version, err := v.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if version > len(files) {
		return ErrTooNew
	}
	if version == len(files) {
		return nil
	}
	return v.db.Maintain(ctx, func(conn *sql.Conn) error {
		for i := version; i < min(to, len(files)); i++ {
			if err := apply(ctx, conn, files[i], i+1); err != nil {
				return fmt.Errorf("bringing the vault's schema to version %d: %w", i+1, err)
			}
		}
		return nil
	})
}

func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

func (v *Vault) schemaVersion(ctx context.Context) (version int, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error { return tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version) })
	if err != nil {
		err = fmt.Errorf("reading the schema's version: %w", err)
	}
	return version, err
}

func apply(ctx context.Context, conn *sql.Conn, file string, version int) error {
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, version)); err != nil {
		return err
	}
	return tx.Commit()
}

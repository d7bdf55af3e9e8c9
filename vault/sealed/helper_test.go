package sealed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"casekeep/vault/sealed/disk"
)

const passphrase = "correct horse battery staple"

var ctx = context.Background()

// quick are the options of a test that needs no particular ones.
func quick() Options { return Options{WorkFactor: 4, Files: fastFiles{disk.OS()}, foreground: true} }

// fastFiles skips the syncs, which only a power loss would tell from none.
type fastFiles struct{ disk.Files }

type fastFile struct{ disk.File }

func (fastFiles) SyncDir(string) error { return nil }
func (fastFile) Sync() error           { return nil }

func (f fastFiles) Create(path string) (disk.File, error)    { return fast(f.Files.Create(path)) }
func (f fastFiles) OpenWrite(path string) (disk.File, error) { return fast(f.Files.OpenWrite(path)) }

func fast(f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return fastFile{f}, nil
}

// scratch is a folder for tests that make thousands of vaults: in memory, where
// the system has such a place.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "sealed")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

const schema = `
	CREATE TABLE entries(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
	CREATE VIRTUAL TABLE said USING fts5(text, content='entries', content_rowid='id');`

// text is what entry number n says: recognizable, of changing length.
func text(n int) string {
	return fmt.Sprintf("entry %d: %0*d zebra", n, n*37%900+1, n)
}

func migrate(db *DB) error {
	return db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "BEGIN; "+schema+" COMMIT;")
		return err
	})
}

// migrateOnce migrates a vault that may have been crashed before it was.
func migrateOnce(db *DB) error {
	var tables int
	err := db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'entries'").Scan(&tables)
	})
	if err != nil || tables > 0 {
		return err
	}
	return migrate(db)
}

func insert(db *DB, n int) error {
	return db.Write(ctx, func(tx *sql.Tx) error { return insertTx(tx, n) })
}

func insertTx(tx *sql.Tx, n int) error {
	if _, err := tx.Exec("INSERT INTO entries(id, text) VALUES(?, ?)", n, text(n)); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO said(rowid, text) VALUES(?, ?)", n, text(n))
	return err
}

// sound checks the database and gives the number of entries, which must be the
// first ones without a gap.
func sound(db *DB) (n int, err error) {
	err = db.Read(ctx, func(tx *sql.Tx) error {
		var tables int
		if err := tx.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'entries'").Scan(&tables); err != nil || tables == 0 {
			return err
		}
		rows, err := tx.Query("SELECT id, text FROM entries ORDER BY id")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int
			var said string
			if err := rows.Scan(&id, &said); err != nil {
				return err
			}
			if n++; id != n || said != text(n) {
				return fmt.Errorf("entry %d is %d: %.40q", n, id, said)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		var found int
		if err := tx.QueryRow("SELECT count(*) FROM said WHERE said MATCH 'zebra'").Scan(&found); err != nil {
			return err
		}
		if found != n {
			return fmt.Errorf("%d of %d entries are found by search", found, n)
		}
		// Last, since on a connection that has not searched since the index
		// changed SQLite's check takes what it remembers of it for corruption.
		var verdict string
		if err := tx.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
			return errors.Join(err, fmt.Errorf("integrity_check: %s", verdict))
		}
		return nil
	})
	return n, err
}

// searchable has FTS5 compare its index with what is indexed
// (https://sqlite.org/fts5.html#the_integrity_check_command).
func searchable(db *DB) error {
	return db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO said(said, rank) VALUES('integrity-check', 1)")
		return err
	})
}

// newVault makes a vault with n entries and closes it.
func newVault(t testing.TB, n int, opt Options) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, n, opt)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func openNew(t testing.TB, dir string, n int, opt Options) *DB {
	t.Helper()
	db, err := Create(dir, passphrase, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrate(db); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := insert(db, i+1); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func reopen(t testing.TB, dir string, opt Options) *DB {
	t.Helper()
	db, err := Open(dir, passphrase, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// wantSound fails the test unless the database is sound with n entries.
func wantSound(t testing.TB, db *DB, n int) {
	t.Helper()
	got, err := sound(db)
	if err != nil {
		t.Fatal(err)
	}
	if got != n {
		t.Fatalf("%d entries, not %d", got, n)
	}
}

// crashed ends the use of a vault as a killed process would: nothing is sealed.
func crashed(t testing.TB, db *DB) {
	t.Helper()
	db.using.end()
	db.background.Wait()
	if err := db.release(); err != nil {
		t.Fatal(err)
	}
}

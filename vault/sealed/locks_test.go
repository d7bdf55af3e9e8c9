package sealed

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// SQLite's own locks hold where the gate is not asked: these tests use
// connections directly.

func busy(err error) bool {
	var code sqlite3.Error
	return errors.As(err, &code) && code.Code == sqlite3.ErrBusy
}

// lone gives a pool of one connection that does not wait for locks.
func lone(t *testing.T, db *DB, readOnly bool) *sql.DB {
	t.Helper()
	pool := connect(db.store, 1, readOnly, nil)
	t.Cleanup(func() { pool.Close() })
	conn, err := pool.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, step := range []func(c *sqlite3.SQLiteConn) error{
		func(c *sqlite3.SQLiteConn) error { return c.SetFileControlInt("main", setRights, rightsMaintain) },
		func(c *sqlite3.SQLiteConn) error {
			_, err := c.Exec("PRAGMA busy_timeout=0", nil)
			return err
		},
		func(c *sqlite3.SQLiteConn) error { return c.SetFileControlInt("main", setRights, rightsWork) },
	} {
		if err := raw(conn, step); err != nil {
			t.Fatal(err)
		}
	}
	return pool
}

func begin(t *testing.T, pool *sql.DB) *sql.Tx {
	t.Helper()
	tx, err := pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	return tx
}

func count(tx *sql.Tx) (n int, err error) {
	err = tx.QueryRow("SELECT count(*) FROM entries").Scan(&n)
	return n, err
}

func TestOneWriterAtATime(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 2, quick())
	one, two := lone(t, db, false), lone(t, db, false)
	tx := begin(t, one)
	if err := insertTx(tx, 3); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Begin(); !busy(err) {
		t.Errorf("a second writer: %v", err)
	}
	if n, err := count(begin(t, lone(t, db, true))); n != 2 || err != nil {
		t.Errorf("a reader beside a writer sees %d entries: %v", n, err)
	}
}

// TestWriterWaitsForReaders holds SHARED against a COMMIT, and lets no new
// reader in while the COMMIT is pending.
func TestWriterWaitsForReaders(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 2, quick())
	second, third := lone(t, db, true), lone(t, db, true)
	reader := begin(t, lone(t, db, true))
	if _, err := count(reader); err != nil {
		t.Fatal(err)
	}
	conn, err := lone(t, db, false).Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	do := func(s string) error {
		_, err := conn.ExecContext(ctx, s)
		return err
	}
	if err := errors.Join(do("BEGIN IMMEDIATE"), do("INSERT INTO entries VALUES(3, 'x')")); err != nil {
		t.Fatal(err)
	}
	if err := do("COMMIT"); !busy(err) {
		t.Fatalf("a commit beside a reader: %v", err)
	}
	if _, err := count(begin(t, second)); !busy(err) {
		t.Errorf("a new reader beside a pending commit: %v", err)
	}
	if n, err := count(reader); n != 2 || err != nil {
		t.Errorf("the reader sees %d entries: %v", n, err)
	}
	if err := reader.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := do("COMMIT"); err != nil {
		t.Errorf("the commit after the reader: %v", err)
	}
	if n, err := count(begin(t, third)); n != 3 || err != nil {
		t.Errorf("after the commit there are %d entries: %v", n, err)
	}
}

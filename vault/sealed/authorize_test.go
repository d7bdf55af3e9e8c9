package sealed

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// outside is a path that SQL tries to write to.
func outside(t *testing.T) string { return filepath.Join(t.TempDir(), "plain.db") }

// refusals are statements that no window lets through. %s is a file outside.
func refusals(file string) map[string]string {
	return map[string]string{
		"ATTACH":                     "ATTACH '" + file + "' AS plain",
		"ATTACH by URI":              "ATTACH 'file:" + file + "?vfs=unix' AS plain",
		"ATTACH of an expression":    "ATTACH '" + file[:3] + "' || '" + file[3:] + "' AS plain",
		"ATTACH in memory":           "ATTACH ':memory:' AS plain",
		"VACUUM INTO":                "VACUUM INTO '" + file + "'",
		"VACUUM INTO by URI":         "VACUUM INTO 'file:" + file + "?vfs=unix'",
		"VACUUM INTO an expression":  "VACUUM INTO '" + file[:3] + "' || '" + file[3:] + "'",
		"PRAGMA synchronous":         "PRAGMA synchronous=OFF",
		"PRAGMA main.synchronous":    "PRAGMA main.synchronous=0",
		"PRAGMA journal_mode":        "PRAGMA journal_mode=OFF",
		"PRAGMA journal_mode DELETE": "PRAGMA journal_mode(DELETE)",
		"PRAGMA cache_spill":         "PRAGMA cache_spill=ON",
		"PRAGMA temp_store":          "PRAGMA temp_store=FILE",
		"PRAGMA secure_delete":       "PRAGMA secure_delete=OFF",
		"PRAGMA locking_mode":        "PRAGMA locking_mode=EXCLUSIVE",
		"PRAGMA temp_store_dir":      "PRAGMA temp_store_directory='/tmp'",
	}
}

// workRefusals are refused while rows are read and written, and let through for
// maintenance.
var workRefusals = map[string]string{
	"VACUUM":              "VACUUM",
	"DROP TABLE":          "DROP TABLE entries",
	"DROP INDEX":          "DROP INDEX by_text",
	"DROP VIEW":           "DROP VIEW short",
	"DROP TRIGGER":        "DROP TRIGGER keep",
	"DROP a search index": "DROP TABLE said",
	"ALTER":               "ALTER TABLE entries ADD COLUMN more TEXT",
	"CREATE TRIGGER":      "CREATE TRIGGER another AFTER INSERT ON entries BEGIN SELECT 1; END",
	"CREATE TEMP TRIGGER": "CREATE TEMP TRIGGER passing AFTER INSERT ON entries BEGIN SELECT 1; END",
	"user_version":        "PRAGMA user_version=9",
	"foreign_keys":        "PRAGMA foreign_keys=OFF",
	"recursive_triggers":  "PRAGMA recursive_triggers=ON",
	"writable_schema":     "PRAGMA writable_schema=ON",
	"ignore checks":       "PRAGMA ignore_check_constraints=ON",
	"defer_foreign_keys":  "PRAGMA defer_foreign_keys=ON",
}

func guarded(t *testing.T) *DB {
	t.Helper()
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 3, quick())
	err := db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `CREATE INDEX by_text ON entries(text);
			CREATE VIEW short AS SELECT id FROM entries;
			CREATE TRIGGER keep BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'kept'); END`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestWorkMayNot(t *testing.T) {
	db := guarded(t)
	file := outside(t)
	statements := refusals(file)
	for what, s := range workRefusals {
		statements[what] = s
	}
	schema := dump(t, db)
	for what, s := range statements {
		if err := db.Write(ctx, func(tx *sql.Tx) error { return step(tx, s) }); err == nil {
			t.Errorf("%s: a transaction was allowed it", what)
		}
		// Outside a transaction: what VACUUM needs.
		conn, err := db.writer.Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(ctx, s); err == nil {
			t.Errorf("%s: the connection was allowed it", what)
		}
		conn.Close()
		if err := db.Read(ctx, func(tx *sql.Tx) error { return step(tx, s) }); err == nil {
			t.Errorf("%s: a reader was allowed it", what)
		}
	}
	untouched(t, file)
	if after := dump(t, db); after != schema {
		t.Errorf("the schema changed from %s to %s", schema, after)
	}
	if err := insert(db, 4); err != nil {
		t.Error(err)
	}
	wantSound(t, db, 4)
}

func TestMaintenanceMayNot(t *testing.T) {
	db := guarded(t)
	file := outside(t)
	for what, s := range refusals(file) {
		err := db.Maintain(ctx, func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, s)
			return err
		})
		if err == nil {
			t.Errorf("%s was allowed", what)
		}
	}
	err := db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "ATTACH ? AS plain", file)
		return err
	})
	if err == nil {
		t.Error("ATTACH of a parameter was allowed")
	}
	untouched(t, file)
	wantSound(t, db, 3)
}

func TestMaintenanceMay(t *testing.T) {
	for what, s := range workRefusals {
		db := guarded(t)
		err := db.Maintain(ctx, func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, s)
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		// The right ends with the window, and so do its settings.
		if err := db.Write(ctx, func(tx *sql.Tx) error { return step(tx, "ALTER TABLE entries RENAME TO x") }); err == nil {
			t.Errorf("%s: the right stayed behind", what)
		}
		if err := db.Close(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestMaintenanceSettingsEnd(t *testing.T) {
	opt := quick()
	opt.OnConnect = func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec("PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF", nil)
		return err
	}
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 1, opt)
	err := db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "PRAGMA foreign_keys=OFF; BEGIN; INSERT INTO entries VALUES(2, 'left open')")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(ctx, func(tx *sql.Tx) error {
		for pragma, want := range map[string]int{"foreign_keys": 1, "synchronous": 2, "cache_spill": 0, "secure_delete": 1} {
			var got int
			if err := tx.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("PRAGMA %s is %d: %v", pragma, got, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSound(t, db, 1)
}

func TestReadersCannotWrite(t *testing.T) {
	db := guarded(t)
	for _, s := range []string{"INSERT INTO entries VALUES(9, 'x')", "DELETE FROM said", "CREATE TABLE x(y)", "PRAGMA query_only=OFF"} {
		if err := db.Read(ctx, func(tx *sql.Tx) error { return step(tx, s) }); err == nil {
			t.Errorf("a reader did %s", s)
		}
	}
	wantSound(t, db, 3)
}

// TestQuestionsAreAllowed keeps the PRAGMAs that only ask.
func TestQuestionsAreAllowed(t *testing.T) {
	db := guarded(t)
	err := db.Read(ctx, func(tx *sql.Tx) error {
		for _, s := range []string{"PRAGMA table_info(entries)", "PRAGMA user_version", "PRAGMA integrity_check(5)",
			"PRAGMA foreign_key_check", "SELECT name FROM pragma_table_info('entries')", "PRAGMA index_list('entries')"} {
			if err := step(tx, s); err != nil {
				t.Errorf("%s: %v", s, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSchemaCannotBeWritten is DEFENSIVE's part: even maintenance may not write
// SQLite's own tables, or those of a search index.
func TestSchemaCannotBeWritten(t *testing.T) {
	db := guarded(t)
	for _, s := range []string{
		"PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='x'",
		"DELETE FROM said_data", "INSERT INTO said_config VALUES('a', 'b')",
	} {
		err := db.Maintain(ctx, func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, s)
			return err
		})
		if err == nil {
			t.Errorf("%s was allowed", s)
		}
	}
	wantSound(t, db, 3)
}

// TestOtherDatabasesGoFree checks that the guard keeps to its own connections.
func TestOtherDatabasesGoFree(t *testing.T) {
	guarded(t)
	file := outside(t)
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), "CREATE TABLE x(y); DROP TABLE x; ATTACH ':memory:' AS more"); err != nil {
		t.Error(err)
	}
}

func step(tx *sql.Tx, s string) error {
	rows, err := tx.Query(s)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

func dump(t *testing.T, db *DB) (all string) {
	t.Helper()
	err := db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRow("SELECT group_concat(coalesce(sql, ''), '; ') FROM sqlite_schema").Scan(&all)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func untouched(t *testing.T, file string) {
	t.Helper()
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("a file was written outside the vault: %v", err)
	}
}

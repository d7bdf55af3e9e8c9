package sealed

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingInPlaintext writes a sentence everywhere that a database has, with
// work that makes SQLite spill, and looks for it in each file that was made, at
// each moment, and in the temporary folder.
func TestNothingInPlaintext(t *testing.T) {
	const canary = "the heron waits at the weir"
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("SQLITE_TMPDIR", temporary)
	dir := filepath.Join(t.TempDir(), "vault")
	opt := quick()
	opt.CheckpointRecords = 1 << 20
	db := openNew(t, dir, 3, opt)
	for i := range 5 {
		err := db.Write(ctx, func(tx *sql.Tx) error {
			for j := range 2000 {
				n := 1000 + i*2000 + j
				if _, err := tx.Exec("INSERT INTO entries(id, text) VALUES(?, ?)", n, fmt.Sprint(canary, n)); err != nil {
					return err
				}
				if _, err := tx.Exec("INSERT INTO said(rowid, text) VALUES(?, ?)", n, fmt.Sprint(canary, n)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		without(t, dir, canary)
	}
	// A sort and a temporary table too large for SQLite's cache.
	err := db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`CREATE TEMP TABLE big AS SELECT a.text || b.text || a.text AS t FROM entries a, entries b WHERE b.id < 1010;
			CREATE TEMP TABLE sorted AS SELECT t FROM big ORDER BY t DESC, rowid;
			UPDATE entries SET text = text || ' again' WHERE id >= 1000;
			DELETE FROM entries WHERE id BETWEEN 2000 AND 4000`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.PutBlob(ctx, strings.NewReader(strings.Repeat(canary, 1000))); err != nil {
		t.Fatal(err)
	}
	without(t, dir, canary)
	err = db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "VACUUM")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	without(t, dir, canary)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	without(t, dir, canary)
	without(t, dir, "SQLite format")
	without(t, temporary, "")
}

// without fails the test if any file under dir holds the text; the empty text
// is in every file.
func without(t *testing.T, dir, text string) {
	t.Helper()
	for name, content := range readFiles(t, dir) {
		if bytes.Contains(content, []byte(text)) {
			t.Errorf("%s holds %q", name, text)
		}
	}
}

func readFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			for name, content := range readFiles(t, path) {
				files[name] = content
			}
			continue
		}
		if files[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

package backup

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

const passphrase = "correct horse battery staple"

var (
	ctx    = context.Background()
	secret = sealed.Secret{Passphrase: passphrase}
)

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

func quickVault() sealed.Options {
	return sealed.Options{WorkFactor: 4, Files: fastFiles{disk.OS()}, CheckpointIdle: -1}
}

// quick are the options of a test that needs no particular ones.
func quick() Options { return Options{Sealed: quickVault()} }

// scratch is a folder for tests that make many: in memory, where the system has
// such a place.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "backup")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// practice is a vault to back up: entries, and attachments that it knows of.
type practice struct {
	dir, folder string
	db          *sealed.DB
	clock       time.Time
	entries     int
	opt         Options
}

func newPractice(t testing.TB, entries int) *practice {
	t.Helper()
	root := scratch(t)
	p := &practice{dir: filepath.Join(root, "vault"), folder: Folder(root, "My Practice"), opt: quick()}
	p.clock = time.Date(2026, 11, 25, 23, 45, 0, 0, time.UTC)
	p.opt.Now = func() time.Time { return p.clock }
	db, err := sealed.Create(p.dir, passphrase, quickVault())
	if err != nil {
		t.Fatal(err)
	}
	p.db = db
	t.Cleanup(func() { db.Close() })
	if err := db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `CREATE TABLE entries(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
			CREATE TABLE pictures(name TEXT PRIMARY KEY, text TEXT NOT NULL)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	p.add(t, entries)
	return p
}

// add writes so many entries more.
func (p *practice) add(t testing.TB, n int) {
	t.Helper()
	if err := write(p.db, p.entries+1, p.entries+n); err != nil {
		t.Fatal(err)
	}
	p.entries += n
}

func text(n int) string { return fmt.Sprintf("entry %d: %0*d zebra", n, n*37%900+1, n) }

// write adds the entries from one number to another.
func write(db *sealed.DB, from, to int) error {
	return db.Write(ctx, func(tx *sql.Tx) error {
		for n := from; n <= to; n++ {
			if _, err := tx.Exec("INSERT INTO entries(id, text) VALUES(?, ?)", n, text(n)); err != nil {
				return err
			}
		}
		return nil
	})
}

// attach puts an attachment of some bytes.
func (p *practice) attach(t testing.TB, content string) (name string) {
	t.Helper()
	b, err := p.db.PutBlob(ctx, strings.NewReader(content))
	if err == nil {
		err = p.db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("INSERT INTO pictures(name, text) VALUES(?, ?)", b.Name, content)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Name
}

// detach forgets an attachment and removes it.
func (p *practice) detach(t testing.TB, name string) {
	t.Helper()
	err := p.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("DELETE FROM pictures WHERE name = ?", name)
		return err
	})
	if err := errors.Join(err, p.db.RemoveBlob(name)); err != nil {
		t.Fatal(err)
	}
}

type facts struct{ Entries int }

// note is what the caller of a backup says.
func note(tx *sql.Tx) (n Note, err error) {
	var f facts
	if err := tx.QueryRow("SELECT count(*) FROM entries").Scan(&f.Entries); err != nil {
		return n, err
	}
	if n.Facts, err = json.Marshal(f); err != nil {
		return n, err
	}
	rows, err := tx.Query("SELECT name FROM pictures")
	if err != nil {
		return n, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return n, err
		}
		n.Attachments = append(n.Attachments, name)
	}
	return n, rows.Err()
}

// take takes a backup, a day after the one before.
func (p *practice) take(t testing.TB) Written {
	t.Helper()
	w, err := p.tryTake()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (p *practice) tryTake() (Written, error) {
	p.clock = p.clock.AddDate(0, 0, 1)
	return Take(ctx, p.db, p.dir, p.folder, note, p.opt, nil)
}

func (p *practice) set(t testing.TB) *Set {
	t.Helper()
	set, err := OpenKeyed(p.folder, p.db.Key(), p.opt)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// sound checks a database with its attachments, and gives the number of entries.
func sound(db *sealed.DB) (n int, err error) {
	var pictures map[string]string
	err = db.Read(ctx, func(tx *sql.Tx) error {
		n, pictures = 0, map[string]string{}
		var verdict string
		if err := tx.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
			return errors.Join(err, errors.New(verdict))
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
		pics, err := tx.Query("SELECT name, text FROM pictures")
		if err != nil {
			return err
		}
		defer pics.Close()
		for pics.Next() {
			var name, content string
			if err := pics.Scan(&name, &content); err != nil {
				return err
			}
			pictures[name] = content
		}
		return pics.Err()
	})
	for name, want := range pictures {
		r, failed := db.OpenBlob(name)
		if failed != nil {
			return n, errors.Join(err, failed)
		}
		got, failed := io.ReadAll(r)
		if failed = errors.Join(failed, r.Close()); failed != nil || string(got) != want {
			err = errors.Join(err, failed, fmt.Errorf("attachment %s is not what was put", name))
		}
	}
	return n, err
}

// loads opens a generation and gives its number of entries, which must be what
// its facts say.
func loads(set *Set, g Generation) (int, error) {
	if g.Problem != nil {
		return 0, g.Problem
	}
	db, err := set.Load(ctx, g.Name, nil)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	n, err := sound(db)
	var f facts
	if failed := json.Unmarshal(g.Facts, &f); failed != nil || f.Entries != n {
		err = errors.Join(err, failed, fmt.Errorf("%d entries where the facts say %s", n, g.Facts))
	}
	return n, err
}

// wantGenerations loads every generation, the newest first, and compares the
// numbers of entries.
func wantGenerations(t testing.TB, set *Set, want ...int) []Generation {
	t.Helper()
	all, err := set.Generations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, g := range all {
		n, err := loads(set, g)
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
		}
		got = append(got, n)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the backups hold %v entries, not %v", got, want)
	}
	return all
}

// wantWhole fails the test unless nothing is wrong with any file.
func wantWhole(t testing.TB, set *Set) Check {
	t.Helper()
	c, err := set.VerifyAll(ctx, nil)
	if err != nil || len(c.Problems)+len(c.Broken)+len(c.Unknown) > 0 {
		t.Errorf("verifying all: %v %v %v %v", c.Problems, c.Broken, c.Unknown, err)
	}
	return c
}

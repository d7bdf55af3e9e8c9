package sealed

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Sizes of the benchmarked vaults, in entries. Larger ones are asked for with
// SEALED_BENCH=1000000.
func benchSizes(b *testing.B) []int {
	sizes := []int{1_000, 100_000}
	if more := os.Getenv("SEALED_BENCH"); more != "" {
		var n int
		if _, err := fmt.Sscan(more, &n); err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	return sizes
}

const benchSchema = `
	CREATE TABLE clients(id INTEGER PRIMARY KEY, last INTEGER, entries INTEGER);
	CREATE TABLE entries(id INTEGER PRIMARY KEY, client INTEGER NOT NULL, at INTEGER, body TEXT NOT NULL);
	CREATE INDEX by_client ON entries(client, id);
	CREATE VIRTUAL TABLE said USING fts5(body, content='entries', content_rowid='id', prefix='1 2 3');
	CREATE TABLE audit(id INTEGER PRIMARY KEY, at INTEGER, what TEXT, hash BLOB);`

// body is a text message of some 120 characters, of words as often as people
// use them.
func body(n int) string {
	words := []string{"tomorrow", "thanks", "appointment", "school", "called", "doctor", "running", "late", "please",
		"again", "Tuesday", "medicine", "mother", "the", "and", "we", "to", "is", "not", "sleeping", "better", "week"}
	out := fmt.Sprintf("m%d ", n)
	for i := range 18 {
		out += words[(n*7+i*i*13+n/(i+1))%len(words)] + " "
	}
	return out
}

// logEntry is what logging one message takes: its row, the index, the client,
// an audit event.
func logEntry(tx *sql.Tx, n int) error {
	client, text := n%2000, body(n)
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{"INSERT INTO entries VALUES(?, ?, ?, ?)", []any{n, client, n * 1000, text}},
		{"INSERT INTO said(rowid, body) VALUES(?, ?)", []any{n, text}},
		{"UPDATE clients SET last = ?, entries = entries + 1 WHERE id = ?", []any{n, client}},
		{"INSERT INTO audit(at, what, hash) VALUES(?, 'logged', randomblob(32))", []any{n * 1000}},
	} {
		if _, err := tx.Exec(s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

func fillBench(tx *sql.Tx, from, to int) error {
	if from == 0 {
		_, err := tx.Exec("WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 1999) INSERT INTO clients SELECT i, 0, 0 FROM c")
		if err != nil {
			return err
		}
	}
	for n := from + 1; n <= to; n++ {
		if err := logEntry(tx, n); err != nil {
			return err
		}
	}
	return nil
}

// benchVault makes a vault of n entries, or takes the one that is kept in the
// folder SEALED_BENCH_DIR names.
func benchVault(b *testing.B, n int) (dir string) {
	b.Helper()
	root := os.Getenv("SEALED_BENCH_DIR")
	if root == "" {
		root = b.TempDir()
	}
	dir = filepath.Join(root, fmt.Sprint("vault-", n))
	if _, err := os.Stat(filepath.Join(dir, baseFile)); err == nil {
		return dir
	}
	db, err := Create(dir, passphrase, Options{WorkFactor: 10})
	if err != nil {
		b.Fatal(err)
	}
	err = db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, benchSchema)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	for from := 0; from < n; from += 10_000 {
		if err := db.Write(ctx, func(tx *sql.Tx) error { return fillBench(tx, from, min(from+10_000, n)) }); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

// plain makes the same database with SQLite alone: WAL, synchronous=FULL.
func plain(b *testing.B, db *DB) *sql.DB {
	b.Helper()
	path := filepath.Join(b.TempDir(), "plain.db")
	content := slices.Clone(db.pages.region.mem[:db.pages.size])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		b.Fatal(err)
	}
	out, err := sql.Open("sqlite3", path+"?_journal_mode=WAL&_sync=FULL&_txlock=immediate&_stmt_cache_size=64")
	if err != nil {
		b.Fatal(err)
	}
	out.SetMaxOpenConns(1)
	if _, err := out.Exec("PRAGMA synchronous=FULL"); err != nil {
		b.Fatal(err)
	}
	return out
}

// lastEntry gives the highest id: a kept vault may hold more than its size.
func lastEntry(b *testing.B, db *DB) (n int) {
	b.Helper()
	err := db.Read(ctx, func(tx *sql.Tx) error { return tx.QueryRow("SELECT max(id) FROM entries").Scan(&n) })
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// timed gives the median duration of f, called n times.
func timed(b *testing.B, n int, f func() error) time.Duration {
	b.Helper()
	times := make([]time.Duration, n)
	for i := range times {
		begin := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		times[i] = time.Since(begin)
	}
	slices.Sort(times)
	return times[n/2]
}

// BenchmarkCommit measures one logged message, durable. The limit is plain
// SQLite's own commit of it, in the same run.
func BenchmarkCommit(b *testing.B) {
	for _, size := range benchSizes(b) {
		b.Run(fmt.Sprintf("entries=%d", size), func(b *testing.B) {
			db, err := Open(benchVault(b, size), passphrase, Options{CheckpointRecords: 1 << 30, CheckpointBytes: 1 << 40})
			if err != nil {
				b.Fatal(err)
			}
			defer crashedBench(b, db)
			limit := plain(b, db)
			defer limit.Close()
			n := lastEntry(b, db)
			m := n
			reference := timed(b, 300, func() error {
				m++
				tx, err := limit.Begin()
				if err != nil {
					return err
				}
				defer tx.Rollback()
				if err := logEntry(tx, m); err != nil {
					return err
				}
				return tx.Commit()
			})
			var times []time.Duration
			var written []int64
			for b.Loop() {
				before := db.Status().JournalBytes
				begin := time.Now()
				n++
				if err := db.Write(ctx, func(tx *sql.Tx) error { return logEntry(tx, n) }); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(begin))
				written = append(written, db.Status().JournalBytes-before)
			}
			slices.Sort(times)
			slices.Sort(written)
			p50 := times[len(times)/2]
			b.ReportMetric(float64(p50.Microseconds()), "p50-µs")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(reference.Microseconds()), "sqlite-p50-µs")
			b.ReportMetric(float64(p50)/float64(reference), "of-sqlite")
			b.ReportMetric(float64(written[len(written)/2]), "p50-B")
			b.ReportMetric(float64(written[len(written)*99/100]), "p99-B")
		})
	}
}

// crashedBench ends the use of a kept vault without sealing what was measured.
func crashedBench(b *testing.B, db *DB) {
	b.Helper()
	db.using.end()
	db.background.Wait()
	if err := db.release(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkOpen measures an unlock without its key derivation. The limit is the
// stock age's decryption of the same base, in the same run.
func BenchmarkOpen(b *testing.B) {
	for _, size := range benchSizes(b) {
		b.Run(fmt.Sprintf("entries=%d", size), func(b *testing.B) {
			dir := benchVault(b, size)
			reference := stockAge(b, dir)
			var times []time.Duration
			for b.Loop() {
				begin := time.Now()
				db, err := Open(dir, passphrase, Options{})
				if err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(begin))
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
			}
			slices.Sort(times)
			p50 := times[len(times)/2]
			b.ReportMetric(float64(p50.Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(reference.Microseconds())/1000, "age-ms")
			b.ReportMetric(float64(p50)/float64(reference), "of-age")
		})
	}
}

// stockAge measures how long age takes to decrypt a base to nowhere.
func stockAge(b *testing.B, dir string) time.Duration {
	b.Helper()
	k, err := OpenKey(dir, Secret{Passphrase: passphrase}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	key := filepath.Join(b.TempDir(), "key.txt")
	if err := os.WriteFile(key, []byte(k.identity.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	program, err := exec.LookPath("age")
	if err != nil {
		b.Skip("age is not installed")
	}
	return timed(b, 5, func() error {
		return exec.Command(program, "-d", "-i", key, "-o", os.DevNull, filepath.Join(dir, baseFile)).Run()
	})
}

// BenchmarkCheckpoint measures sealing a new base while small commits go on
// beside it. What they have to wait is set beside what they wait without one.
func BenchmarkCheckpoint(b *testing.B) {
	for _, size := range benchSizes(b) {
		b.Run(fmt.Sprintf("entries=%d", size), func(b *testing.B) {
			db, err := Open(benchVault(b, size), passphrase, Options{CheckpointRecords: 1 << 30, CheckpointBytes: 1 << 40})
			if err != nil {
				b.Fatal(err)
			}
			defer crashedBench(b, db)
			commit := func() time.Duration {
				begin := time.Now()
				err := db.Write(ctx, func(tx *sql.Tx) error {
					_, err := tx.Exec("INSERT INTO audit(at, what, hash) VALUES(?, 'read', randomblob(32))", begin.Unix())
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
				return time.Since(begin)
			}
			var beside, without []time.Duration
			for b.Loop() {
				sealed := make(chan error, 1)
				go func() { sealed <- db.Checkpoint(ctx) }()
				for done := false; !done; {
					select {
					case err := <-sealed:
						if err != nil {
							b.Fatal(err)
						}
						done = true
					default:
						beside = append(beside, commit())
					}
				}
				b.StopTimer()
				for range 300 {
					without = append(without, commit())
				}
				b.StartTimer()
			}
			b.SetBytes(db.Status().Size)
			for name, times := range map[string][]time.Duration{"beside": beside, "alone": without} {
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, name+"-p99-ms")
				b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, name+"-longest-ms")
			}
		})
	}
}

package backup

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

// benchPractice is a vault with so many entries and MiB of attachments, on the
// disk. CASEKEEP_BENCH_ENTRIES and CASEKEEP_BENCH_MIB ask for other ones.
func benchPractice(b *testing.B) *practice {
	b.Helper()
	entries, mib := asked(b, "CASEKEEP_BENCH_ENTRIES", 20_000), asked(b, "CASEKEEP_BENCH_MIB", 64)
	root := b.TempDir()
	p := &practice{dir: filepath.Join(root, "vault"), folder: Folder(root, "bench"), clock: time.Now()}
	p.opt.Now = func() time.Time { return p.clock }
	p.opt.Sealed.WorkFactor = 4
	db, err := sealed.Create(p.dir, passphrase, p.opt.Sealed)
	if err != nil {
		b.Fatal(err)
	}
	p.db = db
	b.Cleanup(func() { db.Close() })
	if err := db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `CREATE TABLE entries(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
			CREATE TABLE pictures(name TEXT PRIMARY KEY, text TEXT NOT NULL);
			CREATE VIRTUAL TABLE said USING fts5(text, content='entries', content_rowid='id')`)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	for p.entries < entries {
		p.day(b, 2000)
	}
	picture := make([]byte, 4<<20)
	for range mib / 4 {
		for i := range picture {
			picture[i] = byte(rand.Uint32())
		}
		p.put(b, picture)
	}
	return p
}

func asked(b *testing.B, name string, usual int) int {
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("%s: %v", name, err)
	}
	return n
}

func (p *practice) put(b *testing.B, picture []byte) {
	b.Helper()
	blob, err := p.db.PutBlob(ctx, bytes.NewReader(picture))
	if err == nil {
		err = change("INSERT INTO pictures VALUES(?, '')", blob.Name)(p.db)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// day writes entries with their search index.
func (p *practice) day(b *testing.B, n int) {
	b.Helper()
	from := p.entries
	p.add(b, n)
	if err := change("INSERT INTO said(rowid, text) SELECT id, text FROM entries WHERE id > ?", from)(p.db); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkTake measures the backup of a day with 60 entries and one attachment of
// 256 KiB: what it writes, as a ratio to what changed.
func BenchmarkTake(b *testing.B) {
	p := benchPractice(b)
	first := time.Now()
	w := p.mustTake(b)
	b.Logf("the first: %d MB in %v", w.Bytes>>20, time.Since(first))
	var written, changed int64
	for b.Loop() {
		b.StopTimer()
		p.day(b, 60)
		p.put(b, make([]byte, 256<<10))
		b.StartTimer()
		w := p.mustTake(b)
		written, changed = written+w.Bytes, changed+w.Changed
	}
	b.ReportMetric(float64(written)/float64(changed), "written/changed")
	b.ReportMetric(float64(written)/float64(b.N), "B/backup")
}

func (p *practice) mustTake(b *testing.B) Written {
	b.Helper()
	p.clock = p.clock.Add(time.Minute)
	w, err := Take(ctx, p.db, p.dir, p.folder, note, p.opt, nil)
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// BenchmarkRestore measures a restore as a ratio to what anybody has to do: copy
// the sealed files and decrypt them once.
func BenchmarkRestore(b *testing.B) {
	p := benchPractice(b)
	w := p.mustTake(b)
	set, err := OpenKeyed(p.folder, p.db.Key(), p.opt)
	if err != nil {
		b.Fatal(err)
	}
	blobs, err := p.db.Blobs()
	if err != nil {
		b.Fatal(err)
	}
	var restore, plain time.Duration
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), fmt.Sprint(b.N))
		start := time.Now()
		if err := set.Restore(ctx, w.Generation.Name, dir, blobs, nil); err != nil {
			b.Fatal(err)
		}
		restore += time.Since(start)
		start = time.Now()
		if err := copyAndDecrypt(p.folder, dir+"-copy", p.db.Key()); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(start)
	}
	b.ReportMetric(restore.Seconds()/float64(b.N), "s/restore")
	b.ReportMetric(float64(restore)/float64(plain), "of-copy+decrypt")
}

// copyAndDecrypt copies what is sealed, syncs it, and decrypts it to nowhere, one
// file after the other.
func copyAndDecrypt(from, to string, k *sealed.Key) error {
	return filepath.WalkDir(from, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != sealedTail || filepath.Base(path) == keyFile {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		out, err := os.Create(target)
		if err != nil {
			return err
		}
		defer out.Close()
		n, err := io.Copy(out, in)
		if err != nil {
			return err
		}
		if err := out.Sync(); err != nil {
			return err
		}
		plain, size, err := k.Decrypt(out, n)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, io.NewSectionReader(plain, 0, size))
		return err
	})
}

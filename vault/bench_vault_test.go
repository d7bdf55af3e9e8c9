package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

const (
	benchPassphrase = "ladder ochre"
	benchClients    = 2000
)

var benchStart = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// benchRoot is where the vaults of the run lie: the folder CASEKEEP_BENCH_DIR,
// which dev makes so that every package takes the same, else one of this
// process's.
var benchRoot = sync.OnceValues(func() (string, error) {
	if dir := os.Getenv("CASEKEEP_BENCH_DIR"); dir != "" {
		return dir, nil
	}
	return os.MkdirTemp("", "casekeep-bench-")
})

func forgetBenchVaults() {
	if dir, err := benchRoot(); err == nil && dir != os.Getenv("CASEKEEP_BENCH_DIR") {
		os.RemoveAll(dir)
	}
}

// benchMade gives the folder that holds the vault of a size, v, and what it
// holds as a plain database, plain.db. It is made where it is missing.
func benchMade(b *testing.B, n int) string {
	b.Helper()
	root, err := benchRoot()
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(root, fmt.Sprint("entries-", n))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	begun := time.Now()
	unfinished := dir + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		b.Fatal(err)
	}
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		b.Fatal(err)
	}
	if err := makeBench(unfinished, n); err != nil {
		b.Fatal(err)
	}
	if err := os.Rename(unfinished, dir); err != nil {
		b.Fatal(err)
	}
	b.Logf("a vault of %d entries was made in %.1f s", n, time.Since(begun).Seconds())
	return dir
}

// benchCopy gives a copy of the vault of a size, to be changed. A base is never
// written again, so the copy shares it.
func benchCopy(b *testing.B, n int) string {
	b.Helper()
	to, err := os.MkdirTemp(benchMade(b, n), "copy-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(to) })
	copyVault(b, filepath.Join(benchMade(b, n), "v"), to)
	return to
}

// copyVault copies the folder of a vault as it is at the moment, the files that
// are not written in place by their names alone.
func copyVault(b *testing.B, from, to string) {
	b.Helper()
	for _, name := range namesIn(b, from) {
		source, target := filepath.Join(from, name), filepath.Join(to, name)
		info, err := os.Stat(source)
		switch {
		case os.IsNotExist(err):
			continue // it went meanwhile
		case err == nil && info.IsDir():
			err = os.CopyFS(target, os.DirFS(source))
		case name == "records.db.age":
			err = os.Link(source, target)
		case err == nil:
			err = copyFile(source, target)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func namesIn(b *testing.B, dir string) (names []string) {
	b.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	defer target.Close()
	_, err = io.Copy(target, source)
	return err
}

// benchDriver names an SQLite driver whose connections know the program's
// functions.
var benchDriver = sync.OnceValue(func() string {
	sql.Register("sqlite3-bench", &sqlite3.SQLiteDriver{ConnectHook: newClock(nil).connect})
	return "sqlite3-bench"
})

func makeBench(dir string, n int) error {
	ctx := context.Background()
	v, err := Create(ctx, filepath.Join(dir, "v"), benchPassphrase, record.Practice{Name: "P", Zone: "UTC"}, Options{WorkFactor: 10})
	if err != nil {
		return err
	}
	w := benchWriter{v: v, rand: rand.New(rand.NewPCG(1, 2)), next: benchStart}
	if err := w.fill(ctx, n); err != nil {
		return err
	}
	err = v.db.Snapshot(ctx, nil, func(image sealed.Image) error {
		f, err := os.Create(filepath.Join(dir, "plain.db"))
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(f, io.NewSectionReader(image, 0, image.Size()))
		return err
	})
	if err != nil {
		return err
	}
	return v.Close()
}

// benchWriter makes entries: imported texts, of which every fourth is one that
// was typed in, with its audit event.
type benchWriter struct {
	v    *Vault
	rand *rand.Rand
	next time.Time
	n    int
}

func (w *benchWriter) fill(ctx context.Context, n int) error {
	if err := w.v.db.Write(ctx, func(tx *sql.Tx) error { return benchPeople(ctx, tx) }); err != nil {
		return err
	}
	const chunk = 20_000
	for done := 0; done < n; done += chunk {
		if err := w.v.db.Write(ctx, func(tx *sql.Tx) error { return w.put(ctx, tx, min(chunk, n-done)) }); err != nil {
			return err
		}
	}
	return w.v.db.Write(ctx, func(tx *sql.Tx) error {
		for _, s := range []string{
			`UPDATE client SET entries = (SELECT count(*) FROM entry WHERE client = client.id),
				last_entry = (SELECT max(id) FROM entry WHERE client = client.id)`,
			`INSERT INTO contact_tally ` + tallied + ` GROUP BY 1, 2, 3, 4, 5`,
		} {
			if _, err := tx.ExecContext(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

func benchPeople(ctx context.Context, tx *sql.Tx) error {
	for i := range benchClients {
		_, err := tx.ExecContext(ctx, `INSERT INTO client(id, number, kind, name, status, created) VALUES(?,?,'individual',?,'active',0)`,
			i+1, fmt.Sprintf("2026-%04d", i+1), fmt.Sprintf("Client %04d", i+1))
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO source(id, name, format, parser, size, sha256, declared, imported)
		VALUES(1, 'sms.xml', 'texts', 'x/1', 0, zeroblob(32), -1, 0)`)
	return err
}

func (w *benchWriter) put(ctx context.Context, tx *sql.Tx, n int) error {
	to, err := prepareWriter(ctx, tx)
	if err != nil {
		return err
	}
	defer to.close()
	for range n {
		e := w.text()
		if w.n%4 == 0 {
			err = to.put(ctx, &e)
			if err == nil {
				err = w.v.audit(ctx, tx, event{action: "entry.log", client: e.Client, entry: e.ID, detail: string(e.Channel)})
			}
		} else {
			e.Provenance = &record.Provenance{Locator: "message 1"}
			q := queued{source: 1, message: Message{Entry: e, Content: sha256.Sum256([]byte(e.Body))}}
			binary.LittleEndian.PutUint64(q.message.Dedupe[:], w.rand.Uint64())
			err = to.putMessage(ctx, &q)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// text gives the next text, in the order of time. One in ten thousand holds a
// rare word; harbor and lantern each stand in every third one and meet in as few.
func (w *benchWriter) text() record.Entry {
	w.next = w.next.Add(17 * time.Second)
	w.n++
	words := make([]string, 6+w.rand.IntN(18))
	for i := range words {
		words[i] = benchWords[w.rand.IntN(len(benchWords))]
	}
	rare := w.rand.IntN(10_000) == 0
	if rare {
		words = append(words, "xylophone")
	}
	if w.n%3 == 0 || rare {
		words = append(words, "harbor")
	}
	if w.n%3 == 1 || rare {
		words = append(words, "lantern")
	}
	return record.Entry{Client: record.ClientID(w.rand.IntN(benchClients) + 1), Channel: record.Text, Direction: record.In,
		At: w.next, Zone: "UTC", ZoneBasis: record.ZoneComputer, Written: w.next, Body: strings.Join(words, " ")}
}

// writerFor goes on where the vault of a size ends.
func writerFor(v *Vault, n int) *benchWriter {
	return &benchWriter{v: v, rand: rand.New(rand.NewPCG(3, 4)), next: benchStart.Add(time.Duration(n) * 17 * time.Second), n: n}
}

// log is what Log does within its transaction.
func (w *benchWriter) log(e record.Entry) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		to, err := prepareWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer to.close()
		if err := needClient(ctx, tx, e.Client); err != nil {
			return err
		}
		if err := to.put(ctx, &e); err != nil {
			return err
		}
		if err := touchClient(ctx, tx, e.Client, e.ID, 1); err != nil {
			return err
		}
		if err := tallyLogged(ctx, tx, e); err != nil {
			return err
		}
		return w.v.audit(ctx, tx, event{action: "entry.log", client: e.Client, entry: e.ID, detail: string(e.Channel)})
	}
}

package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

// benchSizes are the numbers of entries that are measured: a small vault, and
// the one that CASEKEEP_BENCH_ENTRIES asks for.
func benchSizes() []int {
	sizes := []int{1000}
	n, err := strconv.Atoi(os.Getenv("CASEKEEP_BENCH_ENTRIES"))
	if err != nil || n <= 1000 {
		n = 20_000
	}
	return append(sizes, n)
}

var benchStart = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

var benchWords = strings.Fields(`thanks see you on Thursday running late is that ok of course drive carefully the landlord
	wrote back could look at page two before we meet housing letter utility bill appointment moved school called
	feeling better today slept well mother asked about transport bus voucher court date lawyer form signed tomorrow
	morning afternoon please call me when can sorry missed your will bring papers clinic referral doctor pharmacy`)

func benchBody(r *rand.Rand) string {
	words := make([]string, 6+r.IntN(18))
	for i := range words {
		words[i] = benchWords[r.IntN(len(benchWords))]
	}
	return strings.Join(words, " ")
}

// pair is a vault and, as its limit, a plain SQLite database (WAL,
// synchronous=FULL) that takes the same statements.
type pair struct {
	dir   string
	v     *Vault
	plain *sql.DB
	rand  *rand.Rand
	n     int
	next  time.Time
}

const benchClients = 2000

// pairs are filled once a size: at a million entries that takes minutes.
var pairs = map[int]*pair{}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, p := range pairs {
		p.v.Close()
		p.plain.Close()
		os.RemoveAll(p.dir)
	}
	os.Exit(code)
}

func pairOf(b *testing.B, n int) *pair {
	b.Helper()
	if pairs[n] == nil {
		pairs[n] = newPair(b, n)
	}
	return pairs[n]
}

func newPair(b *testing.B, n int) *pair {
	b.Helper()
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "casekeep-bench-")
	if err != nil {
		b.Fatal(err)
	}
	p := &pair{dir: dir, rand: rand.New(rand.NewPCG(1, 2)), n: n, next: benchStart}
	v, err := Create(ctx, filepath.Join(dir, "v"), "ladder ochre", record.Practice{Name: "P", Zone: "UTC"},
		Options{WorkFactor: 10})
	if err != nil {
		b.Fatal(err)
	}
	p.v = v
	p.plain, err = sql.Open("sqlite3", "file:"+filepath.Join(dir, "plain.db")+"?_journal_mode=WAL&_sync=2&_txlock=immediate&_cache_size=-200000")
	if err != nil {
		b.Fatal(err)
	}
	p.plain.SetMaxOpenConns(1)
	for _, file := range []string{"migrations/001.sql", "migrations/002.sql"} {
		schema, err := migrations.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.plain.Exec(string(schema)); err != nil {
			b.Fatal(err)
		}
	}
	p.fill(b)
	return p
}

func (p *pair) both(b *testing.B, change func(ctx context.Context, tx *sql.Tx) error) {
	b.Helper()
	ctx := context.Background()
	if err := p.v.db.Write(ctx, func(tx *sql.Tx) error { return change(ctx, tx) }); err != nil {
		b.Fatal(err)
	}
	if err := p.onPlain(ctx, change); err != nil {
		b.Fatal(err)
	}
}

func (p *pair) onPlain(ctx context.Context, change func(ctx context.Context, tx *sql.Tx) error) error {
	tx, err := p.plain.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := change(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// fill adds the clients and n imported texts, spread over the clients, in the
// order of time.
func (p *pair) fill(b *testing.B) {
	p.both(b, func(ctx context.Context, tx *sql.Tx) error {
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
	})
	const chunk = 5000
	for done := 0; done < p.n; done += chunk {
		seed := uint64(done)
		at := p.next
		p.both(b, func(ctx context.Context, tx *sql.Tx) error {
			r := rand.New(rand.NewPCG(seed, 7))
			p.next = at
			return p.put(ctx, tx, r, min(chunk, p.n-done))
		})
	}
	p.both(b, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE client SET entries = (SELECT count(*) FROM entry WHERE client = client.id),
			last_entry = (SELECT max(id) FROM entry WHERE client = client.id)`)
		return err
	})
	if err := p.v.Checkpoint(context.Background()); err != nil {
		b.Fatal(err)
	}
}

func (p *pair) put(ctx context.Context, tx *sql.Tx, r *rand.Rand, n int) error {
	w, err := prepareWriter(ctx, tx)
	if err != nil {
		return err
	}
	defer w.close()
	for range n {
		q := queued{source: 1, message: Message{Entry: p.text(r)}}
		q.message.Entry.Provenance = &record.Provenance{Locator: "message 1"}
		binary.LittleEndian.PutUint64(q.message.Dedupe[:], r.Uint64())
		q.message.Content = sha256.Sum256([]byte(q.message.Entry.Body))
		if err := w.putMessage(ctx, &q); err != nil {
			return err
		}
	}
	return nil
}

// text gives the next text, in the order of time. One in ten thousand holds a
// rare word.
func (p *pair) text(r *rand.Rand) record.Entry {
	p.next = p.next.Add(17 * time.Second)
	body := benchBody(r)
	if r.IntN(10_000) == 0 {
		body += " xylophone"
	}
	return record.Entry{Client: record.ClientID(r.IntN(benchClients) + 1), Channel: record.Text, Direction: record.In,
		At: p.next, Zone: "UTC", ZoneBasis: record.ZoneComputer, Written: p.next, Body: body}
}

// logOne is what Log does within its transaction.
func (p *pair) logOne(e record.Entry) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		w, err := prepareWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		if err := needClient(ctx, tx, e.Client); err != nil {
			return err
		}
		if err := w.put(ctx, &e); err != nil {
			return err
		}
		if err := touchClient(ctx, tx, e.Client, e.ID, 1); err != nil {
			return err
		}
		return p.v.audit(ctx, tx, event{action: "entry.log", client: e.Client, entry: e.ID, detail: "text"})
	}
}

// percentile sorts and gives the value below which the share lies.
func percentile(times []time.Duration, share float64) time.Duration {
	slices.Sort(times)
	return times[min(len(times)-1, int(float64(len(times))*share))]
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// BenchmarkLog measures one logged text, durable: row, index, audit, client.
// x-plain is the ratio to plain SQLite (WAL, synchronous=FULL), which takes
// the same statements in turn with it.
func BenchmarkLog(b *testing.B) {
	for _, n := range benchSizes() {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			p := pairOf(b, n)
			ctx := context.Background()
			var ours, plain []time.Duration
			before := p.v.Status()
			b.ResetTimer()
			for range b.N {
				change := p.logOne(p.text(p.rand))
				t := time.Now()
				if err := p.v.db.Write(ctx, func(tx *sql.Tx) error { return change(ctx, tx) }); err != nil {
					b.Fatal(err)
				}
				ours = append(ours, time.Since(t))
				b.StopTimer()
				t = time.Now()
				if err := p.onPlain(ctx, change); err != nil {
					b.Fatal(err)
				}
				plain = append(plain, time.Since(t))
				b.StartTimer()
			}
			b.StopTimer()
			if after := p.v.Status(); after.Position.Generation == before.Position.Generation {
				b.ReportMetric(float64(after.JournalBytes-before.JournalBytes)/float64(b.N), "journal-B/op")
			}
			o, q := percentile(ours, 0.5), percentile(plain, 0.5)
			b.ReportMetric(micros(o), "p50-µs")
			b.ReportMetric(micros(q), "plain-p50-µs")
			b.ReportMetric(float64(o)/float64(q), "x-plain")
		})
	}
}

// BenchmarkSearch measures the first 50 hits, newest first. x-frame is the
// 95th percentile over the 16.7 ms of a frame.
func BenchmarkSearch(b *testing.B) {
	for _, n := range benchSizes() {
		for _, q := range []struct{ name, query string }{
			{"common", "thursday"}, {"rare", "xylophone"}, {"two", "landlord letter"}, {"prefix", "t"}, {"none", "absentword"},
		} {
			b.Run(fmt.Sprintf("%s/entries=%d", q.name, n), func(b *testing.B) {
				benchSearch(b, pairOf(b, n), q.query)
			})
		}
	}
}

func benchSearch(b *testing.B, p *pair, query string) {
	ctx := context.Background()
	var ours, plain []time.Duration
	match := matchExpression(queryWords(query))
	b.ResetTimer()
	for range b.N {
		t := time.Now()
		if _, err := p.v.Search(ctx, Search{Query: query}); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(t))
		b.StopTimer()
		t = time.Now()
		err := p.onPlain(ctx, func(ctx context.Context, tx *sql.Tx) error {
			return each(ctx, tx, `SELECT e.id, e.body FROM entry_index i CROSS JOIN entry e ON e.id = i.rowid
				WHERE entry_index MATCH ? ORDER BY i.rowid DESC LIMIT 50`, func(rows *sql.Rows) error {
				var id int64
				var body string
				return rows.Scan(&id, &body)
			}, match)
		})
		if err != nil {
			b.Fatal(err)
		}
		plain = append(plain, time.Since(t))
		b.StartTimer()
	}
	b.StopTimer()
	o := percentile(ours, 0.95)
	b.ReportMetric(micros(o), "p95-µs")
	b.ReportMetric(micros(o)/16_667, "x-frame")
	b.ReportMetric(float64(percentile(ours, 0.5))/float64(percentile(plain, 0.5)), "x-plain-p50")
}

// BenchmarkClients measures the client list, BenchmarkTimeline the first 100
// entries of one client's timeline. x-frame is the ratio to a frame.
func BenchmarkClients(b *testing.B) {
	benchRead(b, func(ctx context.Context, v *Vault) error {
		_, err := v.Clients(ctx)
		return err
	})
}

// BenchmarkTimeline: see BenchmarkClients.
func BenchmarkTimeline(b *testing.B) {
	benchRead(b, func(ctx context.Context, v *Vault) error {
		_, err := v.Timeline(ctx, 1, Page{Limit: 100})
		return err
	})
}

func benchRead(b *testing.B, read func(context.Context, *Vault) error) {
	for _, n := range benchSizes() {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			p := pairOf(b, n)
			b.ResetTimer()
			for range b.N {
				if err := read(context.Background(), p.v); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/16_667_000, "x-frame")
		})
	}
}

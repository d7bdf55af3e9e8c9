package vault

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

// benchSizes are the numbers of entries that are measured: a small vault, a
// large one, and the one that CASEKEEP_BENCH_ENTRIES asks for.
func benchSizes() []int {
	n, err := strconv.Atoi(os.Getenv("CASEKEEP_BENCH_ENTRIES"))
	switch {
	case err != nil || n <= 1000:
		return []int{1000, 20_000}
	case n <= 100_000:
		return []int{1000, n}
	}
	return []int{1000, 100_000, n}
}

// TestMain makes the test's program the child that a benchmark measures, where
// it is asked to.
func TestMain(m *testing.M) {
	if dir := os.Getenv(memoryChild); dir != "" {
		if err := useVault(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	forgetBenchVaults()
	os.Exit(code)
}

// openBench opens a copy of the vault of a size. tune changes the engine's
// options; nil: none.
func openBench(b *testing.B, n int, tune func(*sealed.Options)) *Vault {
	b.Helper()
	v := openFolder(b, benchCopy(b, n), tune)
	b.Cleanup(func() { v.Close() })
	return v
}

func openFolder(b *testing.B, dir string, tune func(*sealed.Options)) *Vault {
	b.Helper()
	clock := newClock(nil)
	engine := Options{}.engine(clock)
	if tune != nil {
		tune(&engine)
	}
	db, err := sealed.Open(dir, benchPassphrase, engine)
	if err != nil {
		b.Fatal(err)
	}
	v := newVault(db, dir, Options{}, clock)
	if err := v.start(context.Background()); err != nil {
		b.Fatal(err)
	}
	return v
}

// noCheckpoints lets the journal grow.
func noCheckpoints(o *sealed.Options) {
	o.CheckpointRecords, o.CheckpointBytes, o.CheckpointIdle = 1<<30, 1<<40, -1
}

// percentile sorts and gives the value below which the share lies.
func percentile[T int64 | time.Duration](values []T, share float64) T {
	slices.Sort(values)
	return values[min(len(values)-1, int(float64(len(values))*share))]
}

func mean[T int64 | time.Duration](values []T) float64 {
	sum := 0.0
	for _, v := range values {
		sum += float64(v)
	}
	return sum / float64(len(values))
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// report prints a figure of the table of aims: what was measured, its limit, and
// the share of the limit that it takes up. Above 1 the aim is missed.
func report(b *testing.B, unit string, figure, limit float64) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(figure, unit)
	b.ReportMetric(limit, "limit-"+unit)
	b.ReportMetric(figure/limit, "of-limit")
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
			v := openBench(b, n, nil)
			b.ResetTimer()
			for range b.N {
				if err := read(context.Background(), v); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frame), "x-frame")
		})
	}
}

// plainBench opens a plain SQLite database (WAL, synchronous=FULL) with what the
// vault of a size holds, the limit of what takes the same statements.
func plainBench(b *testing.B, n int) *sql.DB {
	b.Helper()
	dir, err := os.MkdirTemp(benchMade(b, n), "plain-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "plain.db")
	if err := copyFile(filepath.Join(benchMade(b, n), "plain.db"), path); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open(benchDriver(), "file:"+path+"?_journal_mode=WAL&_sync=2&_txlock=immediate&_cache_size=-200000")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() })
	return db
}

func onPlain(ctx context.Context, db *sql.DB, change func(context.Context, *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := change(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

var benchWords = strings.Fields(`thanks see you on Thursday running late is that ok of course drive carefully the landlord
	wrote back could look at page two before we meet housing letter utility bill appointment moved school called
	feeling better today slept well mother asked about transport bus voucher court date lawyer form signed tomorrow
	morning afternoon please call me when can sorry missed your will bring papers clinic referral doctor pharmacy`)

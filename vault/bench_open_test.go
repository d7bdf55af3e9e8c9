package vault

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"casekeep/vault/record"
)

// openSamples is how often a vault is opened for one figure.
func openSamples(n int) int {
	if n > 100_000 {
		return 7
	}
	return 21
}

// BenchmarkAimOpen measures an unlock, all that the program does to have a vault
// ready, but for scrypt (a vault of the benchmarks takes a millisecond for it).
// The limit is the stock age's time for decrypting the same base to nowhere.
func BenchmarkAimOpen(b *testing.B) {
	for _, n := range benchSizes()[1:] {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			dir := benchCopy(b, n)
			decrypt := stockAge(b, dir)
			var ours, stock []time.Duration
			for range openSamples(n) {
				took, size := timeOpen(b, dir)
				ours = append(ours, took)
				begun := time.Now()
				if err := decrypt(); err != nil {
					b.Fatal(err)
				}
				stock = append(stock, time.Since(begun))
				b.SetBytes(size)
			}
			report(b, "p50-ms", millis(percentile(ours, 0.5)), millis(percentile(stock, 0.5)))
			b.ReportMetric(millis(percentile(ours, 0)), "least-ms")
			b.ReportMetric(millis(percentile(stock, 0)), "age-least-ms")
		})
	}
}

func timeOpen(b *testing.B, dir string) (time.Duration, int64) {
	b.Helper()
	begun := time.Now()
	v, err := Open(context.Background(), dir, benchPassphrase, Options{})
	took := time.Since(begun)
	if err != nil {
		b.Fatal(err)
	}
	size := v.Status().Size
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return took, size
}

// stockAge gives what decrypts a vault's base with the age command.
func stockAge(b *testing.B, dir string) func() error {
	b.Helper()
	program, err := exec.LookPath("age")
	if err != nil {
		b.Skip("age is not installed: go run ./cmd/dev bench installs it")
	}
	f, err := os.Open(filepath.Join(dir, "key.age"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	secret, err := age.NewScryptIdentity(benchPassphrase)
	if err != nil {
		b.Fatal(err)
	}
	plain, err := age.Decrypt(f, secret)
	if err != nil {
		b.Fatal(err)
	}
	identity, err := io.ReadAll(plain)
	if err != nil {
		b.Fatal(err)
	}
	key := filepath.Join(b.TempDir(), "key.txt")
	if err := os.WriteFile(key, identity, 0o600); err != nil {
		b.Fatal(err)
	}
	return func() error {
		return exec.Command(program, "-d", "-i", key, "-o", os.DevNull, filepath.Join(dir, "records.db.age")).Run()
	}
}

// BenchmarkAimCrash measures opening what a killed process leaves at several
// moments, over a clean opening of the same size, and beside it for how long an
// import of 10,000 messages is then taken back. The limit is 0.3 s.
func BenchmarkAimCrash(b *testing.B) {
	n := benchSizes()[len(benchSizes())-1]
	for _, moment := range []struct {
		name  string
		leave func(b *testing.B, n int, to string)
	}{
		{"journal-due", leaveFullJournal},
		{"checkpoint", leaveCheckpoint},
		{"import", leaveImport},
	} {
		b.Run(fmt.Sprintf("%s/entries=%d", moment.name, n), func(b *testing.B) {
			left := b.TempDir()
			moment.leave(b, n, left)
			clean := benchCopy(b, n)
			var over, back []time.Duration
			for range 5 {
				whole, _ := timeOpen(b, clean)
				crashed := b.TempDir()
				copyVault(b, left, crashed)
				took, until := timeCrashed(b, crashed)
				over, back = append(over, took-whole), append(back, until)
				if err := os.RemoveAll(crashed); err != nil {
					b.Fatal(err)
				}
			}
			report(b, "over-ms", millis(percentile(over, 0.5)), 300)
			b.ReportMetric(millis(percentile(back, 0.5)), "taken-back-ms")
		})
	}
}

// timeCrashed gives how long the vault takes to open, and from then until an
// import that was cut off is taken back.
func timeCrashed(b *testing.B, dir string) (open, back time.Duration) {
	b.Helper()
	begun := time.Now()
	v, err := Open(context.Background(), dir, benchPassphrase, Options{})
	if err != nil {
		b.Fatal(err)
	}
	opened := time.Now()
	if err := v.TakenBack(context.Background()); err != nil {
		b.Fatal(err)
	}
	back = time.Since(opened)
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return opened.Sub(begun), back
}

// leaveFullJournal leaves a vault that is one commit short of a checkpoint.
func leaveFullJournal(b *testing.B, n int, to string) {
	v := openBench(b, n, nil)
	from := writerFor(v, n)
	generation := v.Status().Position.Generation
	for {
		copyAt := v.Status().JournalRecords
		logNext(b, v, from)
		if s := v.Status(); s.JournalRecords < copyAt || s.Position.Generation != generation {
			b.Fatal("a checkpoint came before the journal was full")
		}
		if v.Status().JournalRecords == 1999 {
			copyVault(b, v.Dir(), to)
			return
		}
	}
}

// leaveCheckpoint leaves a vault whose journal is full and which is being
// sealed, while commits go on as fast as they can: the last moment before the
// exchange.
func leaveCheckpoint(b *testing.B, n int, to string) {
	v := openBench(b, n, nil)
	from := writerFor(v, n)
	generation := v.Status().Position.Generation
	for v.Status().Position.Generation == generation {
		logNext(b, v, from)
		if s := v.Status(); s.JournalRecords%250 != 0 || s.JournalRecords < 1900 {
			continue
		}
		next := b.TempDir()
		copyVault(b, v.Dir(), next)
		if v.Status().Position.Generation != generation {
			return
		}
		if err := os.RemoveAll(to); err != nil {
			b.Fatal(err)
		}
		if err := os.Rename(next, to); err != nil {
			b.Fatal(err)
		}
	}
}

// leaveImport leaves a vault into which an import was under way.
func leaveImport(b *testing.B, n int, to string) {
	ctx := context.Background()
	v := openBench(b, n, nil)
	from := writerFor(v, n)
	im, err := v.BeginImport(ctx, 1)
	if err != nil {
		b.Fatal(err)
	}
	if err := im.OpenSource(ctx, "sms.xml", "texts"); err != nil {
		b.Fatal(err)
	}
	for range 10_000 {
		e := from.text()
		e.Provenance = &record.Provenance{Locator: "message 1"}
		m := Message{Entry: e}
		for i := range m.Dedupe {
			m.Dedupe[i] = byte(from.rand.Int())
		}
		m.Content = m.Dedupe
		if _, err := im.Add(ctx, m); err != nil {
			b.Fatal(err)
		}
	}
	copyVault(b, v.Dir(), to)
}

func logNext(b *testing.B, v *Vault, from *benchWriter) time.Duration {
	b.Helper()
	ctx := context.Background()
	change := from.log(from.text())
	begun := time.Now()
	if err := v.db.Write(ctx, func(tx *sql.Tx) error { return change(ctx, tx) }); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}

// BenchmarkAimCheckpoint measures how long a logged text has to wait while the
// vault is sealed beside it. The limit is 50 ms for the longest.
func BenchmarkAimCheckpoint(b *testing.B) {
	n := benchSizes()[len(benchSizes())-1]
	b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
		v := openBench(b, n, noCheckpoints)
		from := writerFor(v, n)
		var alone, beside, sealing []time.Duration
		for range 3 {
			for range 300 {
				alone = append(alone, logNext(b, v, from))
			}
			var one sync.WaitGroup
			done := make(chan struct{})
			one.Go(func() {
				defer close(done)
				begun := time.Now()
				if err := v.Checkpoint(context.Background()); err != nil {
					b.Error(err)
				}
				sealing = append(sealing, time.Since(begun))
			})
			for under := true; under; {
				select {
				case <-done:
					under = false
				default:
					beside = append(beside, logNext(b, v, from))
				}
			}
			one.Wait()
		}
		report(b, "longest-ms", millis(percentile(beside, 1)), 50)
		b.ReportMetric(millis(percentile(beside, 0.5)), "p50-ms")
		b.ReportMetric(millis(percentile(beside, 0.99)), "p99-ms")
		b.ReportMetric(millis(percentile(alone, 0.5)), "alone-p50-ms")
		b.ReportMetric(millis(percentile(alone, 1)), "alone-longest-ms")
		b.ReportMetric(percentile(sealing, 0.5).Seconds(), "sealing-s")
	})
}

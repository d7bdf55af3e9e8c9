package vault

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// logged is what was measured of texts logged into a vault of one size.
type logged struct {
	ours, plain []time.Duration // in the order of time
	written     []int64         // bytes of their records
	backdated   []int64         // bytes, of texts whose time lies before most of what is there
	room        int64           // bytes of zeros that went before all of these
	syncs       int64           // of the first
}

const (
	logSamples       = 1500
	backdatedSamples = 500
)

// logs measures all sizes in turn, so that what disturbs one disturbs them all.
var logs = map[int]*logged{}

func logsOf(b *testing.B, n int) *logged {
	b.Helper()
	if logs[n] == nil {
		measureLogs(b)
	}
	return logs[n]
}

// logBench is one size while it is measured.
type logBench struct {
	*logged
	v     *Vault
	plain *sql.DB
	from  *benchWriter
	disk  *countedFiles
}

func measureLogs(b *testing.B) {
	b.Helper()
	var all []*logBench
	for _, n := range benchSizes() {
		l := &logBench{logged: &logged{}, disk: &countedFiles{Files: disk.OS()}}
		l.v = openBench(b, n, func(o *sealed.Options) { noCheckpoints(o); o.Files = l.disk })
		l.plain = plainBench(b, n)
		l.from = writerFor(l.v, n)
		logs[n] = l.logged
		all = append(all, l)
	}
	for range logSamples {
		for _, l := range all {
			l.inOrder(b)
		}
	}
	for range backdatedSamples {
		for _, l := range all {
			l.back(b)
		}
	}
}

// inOrder logs a text into the vault and into the plain database.
func (l *logBench) inOrder(b *testing.B) {
	ctx := context.Background()
	change := l.from.log(l.from.text())
	l.disk.take()
	begun := time.Now()
	if err := l.v.db.Write(ctx, func(tx *sql.Tx) error { return change(ctx, tx) }); err != nil {
		b.Fatal(err)
	}
	l.ours = append(l.ours, time.Since(begun))
	bytes, room, syncs := l.disk.take()
	l.written, l.room, l.syncs = append(l.written, bytes), l.room+room, l.syncs+syncs
	begun = time.Now()
	if err := onPlain(ctx, l.plain, change); err != nil {
		b.Fatal(err)
	}
	l.logged.plain = append(l.logged.plain, time.Since(begun))
}

// back logs a text that was said at any moment before.
func (l *logBench) back(b *testing.B) {
	ctx := context.Background()
	e := l.from.text()
	e.At = benchStart.Add(time.Duration(l.from.rand.Int64N(int64(e.At.Sub(benchStart)))))
	change := l.from.log(e)
	l.disk.take()
	if err := l.v.db.Write(ctx, func(tx *sql.Tx) error { return change(ctx, tx) }); err != nil {
		b.Fatal(err)
	}
	bytes, room, _ := l.disk.take()
	l.backdated, l.room = append(l.backdated, bytes), l.room+room
}

// BenchmarkAimLog measures one logged text, durable: row, index, audit, client.
// The limit is twice what plain SQLite (WAL, synchronous=FULL) takes for the same
// statements in turn with it.
func BenchmarkAimLog(b *testing.B) {
	for _, n := range benchSizes() {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			l := logsOf(b, n)
			ours, plain := percentile(l.ours, 0.5), percentile(l.plain, 0.5)
			report(b, "p50-µs", micros(ours), 2*micros(plain))
			b.ReportMetric(micros(percentile(l.ours, 0.99)), "p99-µs")
			b.ReportMetric(micros(percentile(l.plain, 0.99)), "sqlite-p99-µs")
			b.ReportMetric(float64(ours)/float64(plain), "of-sqlite")
			b.ReportMetric(float64(l.syncs)/float64(len(l.ours)), "syncs")
		})
	}
}

// BenchmarkAimLogGrowth sets the largest vault beside the smallest: it may take
// 1.3 times as long.
func BenchmarkAimLogGrowth(b *testing.B) {
	sizes := benchSizes()
	small, large := sizes[0], sizes[len(sizes)-1]
	b.Run(fmt.Sprintf("entries=%d", large), func(b *testing.B) {
		report(b, "p50-µs", micros(percentile(logsOf(b, large).ours, 0.5)), 1.3*micros(percentile(logsOf(b, small).ours, 0.5)))
	})
}

// BenchmarkAimBytes measures what a logged text gives to the disk, in bytes.
func BenchmarkAimBytes(b *testing.B) {
	for _, n := range benchSizes() {
		b.Run(fmt.Sprintf("in-order/entries=%d", n), func(b *testing.B) {
			reportBytes(b, logsOf(b, n).written, 4<<10)
			b.ReportMetric(float64(logsOf(b, n).room)/(logSamples+backdatedSamples), "mean-room-B")
		})
		b.Run(fmt.Sprintf("backdated/entries=%d", n), func(b *testing.B) { reportBytes(b, logsOf(b, n).backdated, 16<<10) })
	}
}

func reportBytes(b *testing.B, written []int64, limit float64) {
	report(b, "p50-B", float64(percentile(written, 0.5)), limit)
	b.ReportMetric(mean(written), "mean-B")
	b.ReportMetric(float64(percentile(written, 0.99)), "p99-B")
	b.ReportMetric(float64(percentile(written, 1)), "most-B")
}

// countedFiles counts what is written to journals, the zeros at the end of a write
// apart, and how often they are synced.
type countedFiles struct {
	disk.Files
	mu                 sync.Mutex
	bytes, room, syncs int64
}

// take gives the counts since the last call.
func (c *countedFiles) take() (bytes, room, syncs int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	bytes, room, syncs = c.bytes, c.room, c.syncs
	c.bytes, c.room, c.syncs = 0, 0, 0
	return bytes, room, syncs
}

func (c *countedFiles) count(bytes, room, syncs int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes, c.room, c.syncs = c.bytes+int64(bytes), c.room+int64(room), c.syncs+int64(syncs)
}

func (c *countedFiles) Create(path string) (disk.File, error) { return c.wrap(path, c.Files.Create) }
func (c *countedFiles) OpenWrite(path string) (disk.File, error) {
	return c.wrap(path, c.Files.OpenWrite)
}

func (c *countedFiles) wrap(path string, open func(string) (disk.File, error)) (disk.File, error) {
	f, err := open(path)
	if err != nil || !strings.HasSuffix(path, ".journal") {
		return f, err
	}
	return countedFile{f, c}, nil
}

type countedFile struct {
	disk.File
	to *countedFiles
}

func (f countedFile) WriteAt(b []byte, at int64) (int, error) {
	record := len(bytes.TrimRight(b, "\x00"))
	f.to.count(record, len(b)-record, 0)
	return f.File.WriteAt(b, at)
}

func (f countedFile) Sync() error {
	f.to.count(0, 0, 1)
	return f.File.Sync()
}

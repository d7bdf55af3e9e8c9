package vault

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"casekeep/vault/record"
)

// BenchmarkDestroy destroys a record of some entries in a vault of 100,000.
func BenchmarkDestroy(b *testing.B) {
	const others = 100_000
	ctx := context.Background()
	for _, n := range []int{100, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := newHouse(b, "v")
			h.pour(h.other().ID, 0, others)
			for i := range b.N {
				c := h.doomed(func(c record.Client) { h.pour(c.ID, others+i*n, n) })
				var removed time.Duration
				begun := time.Now()
				b.ResetTimer()
				must(b, of(h.Destroy(ctx, c.ID, "rule", func(_, _ int64, doing string) {
					if doing == "Clearing the search index" {
						removed = time.Since(begun)
					}
				})))
				b.StopTimer()
				b.ReportMetric(removed.Seconds(), "s-rows")
				b.ReportMetric(time.Since(begun).Seconds(), "s-all")
			}
		})
	}
}

// pour imports n messages, the first of them number from.
func (h *house) pour(c record.ClientID, from, n int) {
	h.t.Helper()
	ctx := context.Background()
	im := must(h.t, of(h.BeginImport(ctx, c)))
	h.do(im.OpenSource(ctx, "sms.xml", "texts"))
	for i := from; i < from+n; i++ {
		sum := record.Hash(sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i))))
		must(h.t, of(im.Add(ctx, Message{Dedupe: sum, Content: sum, Entry: record.Entry{Channel: record.Text, Direction: record.In, At: day0.Add(-time.Duration(i) * time.Minute),
			Zone: "America/Chicago", ZoneBasis: record.ZoneFile, Body: fmt.Sprintf("message %d says that %x waits for %x by the weir", i, sum[:3], sum[3:6]),
			Provenance: &record.Provenance{Locator: fmt.Sprint("message ", i)}}})))
	}
	h.do(im.CloseSource(ctx, record.Source{Format: "texts", Parser: "t/1", Size: 7, SHA256: record.Hash{7}}))
	must(h.t, of(im.Finish(ctx, record.Batch{Found: n})))
}

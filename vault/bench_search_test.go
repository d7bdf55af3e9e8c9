package vault

import (
	"context"
	"fmt"
	"testing"
	"time"
)

const frame = time.Second / 60

// BenchmarkAimSearch measures the first 50 hits, newest first. The limit of the
// 95th percentile is a frame.
func BenchmarkAimSearch(b *testing.B) {
	sizes := benchSizes()
	n := sizes[len(sizes)-1]
	v := openBench(b, n, nil)
	for _, q := range []struct{ name, query string }{
		{"common", "thursday"}, {"rare", "xylophone"}, {"two", "landlord letter"}, {"rarely-meet", "harbor lantern"},
		{"three", "landlord letter court"}, {"common-rare", "thursday xylophone"}, {"none", "absentword"},
		{"prefix-1", "t"}, {"prefix-2", "th"}, {"prefix-3", "thu"}, {"prefix-4", "thur"}, {"prefix-7", "appoint"},
	} {
		b.Run(fmt.Sprintf("%s/entries=%d", q.name, n), func(b *testing.B) { benchSearch(b, v, Search{Query: q.query}) })
	}
	b.Run(fmt.Sprintf("one-client/entries=%d", n), func(b *testing.B) { benchSearch(b, v, Search{Query: "thursday", Client: 7}) })
}

func benchSearch(b *testing.B, v *Vault, s Search) {
	var took []time.Duration
	hits := 0
	for range 100 {
		begun := time.Now()
		found, err := v.Search(context.Background(), s)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begun))
		hits = len(found)
	}
	report(b, "p95-ms", millis(percentile(took, 0.95)), millis(frame))
	b.ReportMetric(millis(percentile(took, 0.5)), "p50-ms")
	b.ReportMetric(float64(hits), "hits")
}

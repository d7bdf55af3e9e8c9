package app

import (
	"fmt"
	"testing"

	"casekeep/vault/record"
)

// BenchmarkKeep measures until when all records are kept, by a confirmed rule
// with a clause for minors.
func BenchmarkKeep(b *testing.B) {
	n := standingSize()
	p := standingPractice(b, n)
	ctx := b.Context()
	rules, err := p.v.RetentionRules(ctx)
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range rules {
		if r.Jurisdiction == "US-TX" {
			r.Jurisdiction, r.Confirmed = "US-MS", record.DateOf(standingNow)
			if err := p.v.SetRetentionRule(ctx, r); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
		for b.Loop() {
			list, err := p.v.Keep(ctx)
			if err != nil || len(list) != standingClients {
				b.Fatal(len(list), err)
			}
		}
	})
}

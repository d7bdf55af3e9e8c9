package release_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// phrases are what the many entries of a benchmark say, over and over with
// another number: words come again as they do in real messages.
var phrases = []string{
	"Hi Dana, is tomorrow at 4 still ok? The bus was late again and I could not make it in time last week 🙂",
	"Yes, 4:00 PM works. Same place as last time.",
	"I called the school and they said the form needs your signature, can you look at it before Friday? I can bring it by.",
	"Sí, mañana a las 3. ¿Puedo llevar a mi mamá? Ella quiere hablar con usted también.",
	"Reminder: our next meeting is at 2:30 PM. Reply here if anything comes up, and call 988 in an emergency.",
	"明日の予定を確認したいです。",
	"ok 👍🏽 thank you",
}

func manyEntries(n int) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		source := record.Source{ID: 1, Name: "sms.xml", Format: "SMS Backup & Restore", Parser: "sms-backup-restore/1", Declared: n}
		start := at("2021-01-04 09:00:00")
		for i := range n {
			e := entry("2024-01-01 00:00:00", fmt.Sprintf("%s (%d)", phrases[i%len(phrases)], i))
			e.At = start.Add(time.Duration(i) * 4 * time.Hour)
			e.ID = idOf(e.At, 0)
			e.Provenance = &record.Provenance{Source: source, Locator: fmt.Sprintf("message %d, byte %d", i, i*700), Raw: record.Hash{byte(i), byte(i >> 8), 1}}
			if i%2 == 1 {
				e.Direction = record.Out
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// BenchmarkPDF produces records, and pdftotext reads the same files back: the
// limit to compare with, since it only undoes the work.
func BenchmarkPDF(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		path := filepath.Join(b.TempDir(), "record.pdf")
		b.Run(fmt.Sprintf("produce/entries=%d", n), func(b *testing.B) {
			var pages int
			for b.Loop() {
				rec := sample()
				rec.Entries = manyEntries(n)
				var file bytes.Buffer
				result, err := release.PDF(context.Background(), &file, rec, release.Options{})
				if err != nil {
					b.Fatal(err)
				}
				pages = result.Pages
				b.SetBytes(int64(file.Len()))
				if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
			b.ReportMetric(float64(pages), "pages")
		})
		b.Run(fmt.Sprintf("pdftotext/entries=%d", n), func(b *testing.B) {
			for b.Loop() {
				if err := exec.Command("pdftotext", path, os.DevNull).Run(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

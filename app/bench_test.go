package app_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
)

// textsAimed is how many texts a second an import shall file at least.
const textsAimed = 10_000

// entriesAimed is how many entries a second a record shall be produced at
// least: ten thousand in five seconds.
const entriesAimed = 2000

var said = strings.Fields(`thanks see you on Thursday running late is that ok of course drive carefully the landlord wrote
	back could look at page two before we meet housing letter utility bill appointment moved school called feeling better`)

// writeBackup writes an SMS Backup & Restore file with n texts of one
// conversation.
func writeBackup(b testing.TB, n int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "sms.xml")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"%d\">\n", n)
	for i := range n {
		body := strings.Join(said[i%20:i%20+6+i%13%(len(said)-26)], " ")
		fmt.Fprintf(w, `<sms protocol="0" address="+16015550142" date="%d" type="%d" subject="null" body="%s, no. %d" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" sub_id="1" readable_date="x" contact_name="Ada" />`+"\n",
			now.Add(-time.Duration(n-i)*time.Minute).UnixMilli(), i%2+1, body, i)
	}
	fmt.Fprintln(w, "</smses>")
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkImport files a backup of texts into an empty record. x-limit is the
// speed over textsAimed: above 1 is faster.
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		b.Run(fmt.Sprintf("texts=%d", n), func(b *testing.B) {
			file := writeBackup(b, n)
			ctx := b.Context() // one that can be canceled, as everywhere in the program
			for range b.N {
				b.StopTimer()
				p := newPractice(b)
				ada := addClient(b, p, "Ada Quill", "(601) 555-0142")
				b.StartTimer()
				report, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: ada.ID}, func(int64, int64, int) {})
				if err != nil || report.Imported != n {
					b.Fatalf("imported %d, %v", report.Imported, err)
				}
			}
			speed := float64(n) * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(speed, "texts/s")
			b.ReportMetric(speed/textsAimed, "x-limit")
		})
	}
}

// BenchmarkProduce produces a record as a PDF. x-limit is the speed over
// entriesAimed: above 1 is faster.
func BenchmarkProduce(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			p := newPractice(b)
			ada := addClient(b, p, "Ada Quill", "(601) 555-0142")
			if _, err := p.Import(ctx, app.ImportRequest{Files: []string{writeBackup(b, n)}, Client: ada.ID}, nil); err != nil {
				b.Fatal(err)
			}
			dir := b.TempDir()
			b.ResetTimer()
			for i := range b.N {
				out := filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
				made, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "court", Purpose: "order", Out: out}, nil)
				if err != nil || made.Entries != n {
					b.Fatalf("produced %d entries, %v", made.Entries, err)
				}
			}
			b.StopTimer()
			speed := float64(n) * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(speed, "entries/s")
			b.ReportMetric(speed/entriesAimed, "x-limit")
		})
	}
}

package intake

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// backup makes a file of n texts, one in fifty a multimedia message with a
// picture of some 30 kB, in two hundred threads.
func backup(n int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"%d\">\n", n)
	picture := strings.Repeat("QUJDRA", 6000)
	for i := range n {
		date := 1767280020000 + int64(i)*60_000
		number := fmt.Sprintf("+1601555%04d", i%200)
		if i%50 == 49 {
			fmt.Fprintf(&b, `<mms date="%d" msg_box="1" address="%s" sub="null" m_id="m%d" date_sent="%d" contact_name="(Unknown)"><parts><part seq="-1" ct="application/smil" text="&lt;smil/&gt;" /><part seq="0" ct="image/jpeg" name="a.jpg" text="null" data="%s" /><part seq="0" ct="text/plain" text="look at number %d" /></parts><addrs><addr address="%s" type="137" charset="106" /></addrs></mms>`+"\n",
				date, number, i, date/1000, picture, i, number)
			continue
		}
		fmt.Fprintf(&b, `<sms protocol="0" address="%s" date="%d" type="%d" subject="null" body="Message %d: see you at 2 &amp; bring the form, caf&#233; &#55357;&#56832; is fine" toa="null" sc_toa="null" service_center="+16015550999" read="1" status="-1" locked="0" date_sent="%d" sub_id="1" readable_date="Jan 1, 2026 9:07:00 AM" contact_name="Dana Reyes, LCSW" />`+"\n",
			number, date, 1+i%2, i, date-2000)
	}
	b.WriteString("</smses>\n")
	return b.Bytes()
}

// BenchmarkTexts reads a backup whole, hashing included. Its limit, in the
// same run, is encoding/xml's token loop over the same bytes, which decodes
// nothing, hashes nothing, and loses every emoji: "x-encoding/xml" is how many
// times faster this reader is.
func BenchmarkTexts(b *testing.B) {
	const n = 20_000
	file := backup(n)
	start := time.Now()
	peer(b, file)
	limit := time.Since(start)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		var d discard
		r, err := Read(b.Context(), bytes.NewReader(file), "a.xml", int64(len(file)), options(), &d, nil)
		if err != nil || r.Imported != n {
			b.Fatalf("%v %+v", err, r)
		}
	}
	per := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(n/per.Seconds(), "texts/s")
	b.ReportMetric(limit.Seconds()/per.Seconds(), "x-encoding/xml")
}

func BenchmarkSurvey(b *testing.B) {
	const n = 20_000
	file := backup(n)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if p, err := Survey(b.Context(), bytes.NewReader(file), "a.xml", 0, options(), nil); err != nil || p.Found != n {
			b.Fatalf("%v %+v", err, p)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "texts/s")
}

func BenchmarkEncodingXML(b *testing.B) {
	file := backup(20_000)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		peer(b, file)
	}
}

func peer(b *testing.B, file []byte) {
	for d := xml.NewDecoder(bytes.NewReader(file)); ; {
		if _, err := d.RawToken(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMailbox(b *testing.B) {
	const n = 2_000
	one := string(must(readAll("takeout.mbox")))
	one = one[:strings.Index(one, "From 1719000000000000002")]
	file := []byte(strings.Repeat(one, n))
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		var d discard
		if r, err := Read(b.Context(), bytes.NewReader(file), "a.mbox", 0, options(), &d, nil); err != nil || r.Imported != n {
			b.Fatalf("%v %+v", err, r)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "emails/s")
}

// BenchmarkStream reads a generated gigabyte and says how much heap it took.
func BenchmarkStream(b *testing.B) {
	const size = 1 << 30
	b.Run("size=1GB", func(b *testing.B) {
		b.SetBytes(size)
		var used uint64
		for b.Loop() {
			used = max(used, stream(b, size))
		}
		b.ReportMetric(float64(used)/(1<<20), "heap-MB")
	})
}

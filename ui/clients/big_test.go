package clients

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// many is how many entries a long timeline has.
const many = 10_000

// longRecord imports a client's texts of many hours.
func longRecord(t testing.TB, d *desktest.Desk) record.Client {
	t.Helper()
	path := filepath.Join(t.TempDir(), "long.xml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"%d\">\n", many)
	first := time.Date(2025, 9, 1, 12, 0, 0, 0, time.UTC)
	for i := range many {
		fmt.Fprintf(w, `<sms address="+16015550142" date="%d" type="%d" body="Message %d: %s" read="1" status="-1" />`+"\n",
			first.Add(time.Duration(i)*time.Hour).UnixMilli(), 1+i%2, i, longText[:20+i%len(longText)/2])
	}
	fmt.Fprintln(w, "</smses>")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	ada := d.Client("Ada Quill", "+16015550142")
	report, err := d.Practice().Import(context.Background(), app.ImportRequest{Client: ada.ID, Files: []string{path}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Imported != many {
		t.Fatalf("%d messages were imported", report.Imported)
	}
	return ada
}

const longText = "good morning, the landlord sent this back; could you look at page two before we meet, since I am not sure what " +
	"they mean by proof of residence, and whether the electric bill counts while it is still in my sister's name. Thank you so much."

func TestTenThousandEntries(t *testing.T) {
	d := desktest.New(t)
	ada := longRecord(t, d)
	p := show(d)
	p.Show(desk.Place{Client: ada.ID})
	d.Fine()
	d.Sees("Message 9999:")
	d.Keys(fyne.KeyEnd)
	d.Sees("Message 10:")
	if e, ok := p.chart.timeline.Selected(); !ok || e.At.Year() != 2025 {
		t.Errorf("End leads to %+v", e)
	}
	hits, err := d.Practice().Search(context.Background(), app.Search{Query: "5000"})
	if err != nil || len(hits) != 1 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	p.Show(desk.Place{Client: ada.ID, Entry: hits[0].Entry})
	d.Sees("Message 5000:")

	p.Key(desk.KeyLog)
	d.Type("One more.")
	p.Key(desk.KeySave)
	d.Fine()
	d.Sees("One more.")
	kit.Focus(p.chart.timeline.List())
	d.Keys(fyne.KeyEnd)
	d.Sees("Message 10:")
}

// What lies beyond what is loaded ahead comes when it is scrolled to, or asked
// for by name.
func TestADayLongerThanAPage(t *testing.T) {
	var first record.Entry
	d, p := begin(t, func(d *desktest.Desk) {
		ada := d.Client("Ada Quill")
		for i := range 300 {
			e := logged(t, d, record.Entry{Client: ada.ID, At: at(20, 8, 0).Add(time.Duration(i) * time.Minute), Body: fmt.Sprintf("Message %d.", i)})
			if i == 0 {
				first = e
			}
		}
		logged(t, d, record.Entry{Client: ada.ID, At: at(19, 8, 0), Body: "The day before."})
	})
	d.Keys(fyne.KeyDown, fyne.KeyReturn)
	d.Fine()
	d.Sees("Friday, November 20", "Message 0.")
	p.Show(desk.Place{Client: first.Client, Entry: first.ID})
	d.Keys(fyne.KeyEnd)
	d.Sees("Thursday, November 19", "The day before.", "Message 299.")
}

func BenchmarkOpenTimeline10000(b *testing.B) {
	d := desktest.New(b)
	ada := longRecord(b, d)
	p := show(d)
	for b.Loop() {
		p.chart.timeline.Show(ada, 0)
	}
	d.Fine()
}

// BenchmarkScrollTimeline10000 scrolls by three rows, as a turn of the wheel
// does.
func BenchmarkScrollTimeline10000(b *testing.B) {
	d := desktest.New(b)
	ada := longRecord(b, d)
	p := show(d)
	p.Show(desk.Place{Client: ada.ID})
	list := p.chart.timeline.List()
	row := 0
	for b.Loop() {
		row = (row + 3) % (many - 100)
		list.Reveal(row)
	}
}

func BenchmarkFilter2000Clients(b *testing.B) {
	d := desktest.New(b)
	for i := range 2000 {
		d.Client(fmt.Sprintf("Client Number %d", i), fmt.Sprintf("+1601555%04d", i))
	}
	p := show(d)
	queries := []string{"number 19", "0142", "nobody", ""}
	i := 0
	for b.Loop() {
		p.list.search.SetText(queries[i%len(queries)])
		i++
	}
}

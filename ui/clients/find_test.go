package clients

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func TestTimelineByDays(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) {
		ada = d.Client("Ada Quill", "+1 601 555 0142")
		logged(t, d, record.Entry{Client: ada.ID, At: at(20, 9, 15), Channel: record.Mail, Subject: "Housing application", Body: "The landlord sent this back."})
		logged(t, d, record.Entry{Client: ada.ID, At: at(20, 10, 2), Direction: record.Out, Channel: record.Mail, Body: "Received."})
		logged(t, d, record.Entry{Client: ada.ID, At: at(21, 14, 10), Body: "明天见 🙂"})
		logged(t, d, record.Entry{Client: ada.ID, At: at(19, 15, 0), Channel: record.InPerson, Duration: 50 * time.Minute, Body: "Safety plan."})
	})
	p.Show(desk.Place{Client: ada.ID})
	d.Fine()
	shown := d.Shown()
	place := -1
	for _, text := range []string{"Today, Saturday, November 21", "明天见 🙂", "Friday, November 20", "Housing application", "10:02 AM",
		"Received.", "Thursday, November 19", "Session", "· in person · 50 min", "Safety plan."} {
		at := strings.Index(shown[max(place, 0):], text)
		if at < 0 {
			t.Fatalf("%q does not follow in\n%s", text, shown)
		}
		place = max(place, 0) + at
	}
}

func TestGoToAnEntry(t *testing.T) {
	var ada record.Client
	var want record.Entry
	d, p := begin(t, func(d *desktest.Desk) {
		ada = d.Client("Ada Quill")
		for i := range 60 {
			e := logged(t, d, record.Entry{Client: ada.ID, At: at(1, 8, 0).Add(time.Duration(i) * time.Hour), Body: "Message " + time.Duration(i).String()})
			if i == 7 {
				want = e
			}
		}
	})
	p.Show(desk.Place{Client: ada.ID, Entry: want.ID})
	d.Fine()
	d.Sees(want.Body)
	if e, ok := p.chart.timeline.Selected(); !ok || e.ID != want.ID {
		t.Errorf("selected is %+v", e)
	}
	d.Keys(fyne.KeyReturn)
	d.Sees("Happened", "Amend", "Strike through", "Copy text")
	d.Keys(fyne.KeyEscape)
	d.SeesNot("Happened")
}

func TestFindAnything(t *testing.T) {
	var ada record.Client
	var want record.Entry
	d, p := begin(t, func(d *desktest.Desk) {
		ada = d.Client("Ada Quill")
		d.Client("Bo Larsen")
		want = logged(t, d, record.Entry{Client: ada.ID, At: at(18, 9, 0), Body: "The landlord wants a proof of residence 🏠 明天见"})
		logged(t, d, record.Entry{Client: ada.ID, At: at(20, 9, 0), Body: "Nothing about it"})
		if err := d.Practice().Strike(context.Background(), want.ID, "wrong day"); err != nil {
			t.Fatal(err)
		}
	})
	p.Key(desk.KeyFind)
	d.Sees("Latest clients", "Ada Quill", "Bo Larsen")
	for _, query := range []string{"proof resid", "明天", "🏠"} {
		p.finder.Close()
		p.Key(desk.KeyFind)
		d.Type(query)
		d.Sees("What was said, newest first", "Struck through, Text:", "proof of residence", "Wed")
		d.SeesNot("Latest clients")
		if n := strings.Count(d.Shown(), "Text: "); n != 1 {
			t.Errorf("%q finds %d entries", query, n)
		}
	}
	d.Keys(fyne.KeyReturn)
	d.Fine()
	if e, ok := p.chart.timeline.Selected(); !ok || e.ID != want.ID || p.shown != ada.ID {
		t.Errorf("Enter led to %+v", e)
	}
	p.Key(desk.KeyFind)
	d.Type("larsen")
	d.Keys(fyne.KeyReturn)
	if p.chart.client.Name != "Bo Larsen" {
		t.Errorf("Enter led to %q", p.chart.client.Name)
	}
	p.Key(desk.KeyFind)
	d.Type("zzz")
	d.Sees("Nothing found.")
	d.Keys(fyne.KeyEscape, fyne.KeyEscape)
	d.SeesNot("Find a client, or anything that was said")
}

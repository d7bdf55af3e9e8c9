package today

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func open(t *testing.T) (*desktest.Desk, *page, *int) {
	t.Helper()
	d := desktest.New(t)
	counted := new(int)
	p := New(d, func(n int) { *counted = n }).(*page)
	d.Open(p, 1004, 760, desk.Place{Page: desk.Today})
	return d, p, counted
}

func TestItBeginsWithTheSixQuestions(t *testing.T) {
	d, p, counted := open(t)
	d.Sees("Saturday, November 21", "1 thing needs you.", "Answer six questions about your practice")
	if *counted != 1 {
		t.Errorf("it counts %d", *counted)
	}
	d.Keys(fyne.KeyReturn)
	if len(d.Places) != 1 || d.Places[0].Page != desk.Start {
		t.Errorf("Enter led to %+v", d.Places)
	}
	if err := d.Practice().Answer(context.Background(), app.FirstAnswers{HIPAA: "no"}); err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.Today})
	d.Sees("Go on with the six questions about your practice")
	d.Fine()
}

// A task is done in place, put off with a reason, and taken up again.
func TestATaskIsDoneInPlace(t *testing.T) {
	d, p, counted := open(t)
	ctx := context.Background()
	if err := d.Practice().Start(ctx, app.FirstAnswers{HIPAA: "no"}); err != nil {
		t.Fatal(err)
	}
	if err := d.Practice().AcceptWorry(ctx, "none"); err != nil { // there is no room for it
		t.Fatal(err)
	}
	lena := d.Client("Lena Ptak")
	_, err := d.Practice().File(ctx, app.FormRequest{Client: lena.ID, Form: record.FormSearch, Values: form.Values{
		"on": "2026-11-17", "where": "Google", "terms": "name", "reason": "she did not come", "basis": "emergency", "emergency": "danger", "told": "no"}})
	if err != nil {
		t.Fatal(err)
	}
	d.Changed(lena.ID)
	d.Sees("TODAY AND OVERDUE", "Tell Lena Ptak of the search", "open 4 days", "LATER", "Enter your license")
	before := *counted
	at := -1
	for i, r := range p.rows {
		if strings.Contains(r.task.Title, "of the search") {
			at = i
		}
	}
	p.do(p.rows[at])
	if d.Sheet() == nil {
		t.Fatal("no form was opened")
	}
	d.Sees("Told of a search")
	d.CloseSheet()

	p.askPutOff(p.rows[at])
	d.Tap("Put off")
	d.Sees("Say why")
	d.Fields()[0].SetText("she is away until Monday")
	d.Tap("Put off")
	d.Sees("PUT OFF", "she is away until Monday", "until Sat, Nov 28")
	if *counted != before-1 {
		t.Errorf("it counts %d after %d", *counted, before)
	}
	p.do(p.rows[len(p.rows)-1])
	d.SeesNot("PUT OFF")
	p.Key(desk.KeyHide)
	d.SeesNot("Lena Ptak")
	d.Fine()
}

func TestWhenATaskIsDue(t *testing.T) {
	today := record.Date{Year: 2026, Month: 11, Day: 21}
	on := func(text string) record.Date {
		d, err := record.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		due, since, says string
		group            group
	}{
		{"", "2026-11-17", "open 4 days", now}, {"", "2026-11-21", "today", now}, {"", "2026-11-20", "open 1 day", now},
		{"2026-11-21", "", "today", now}, {"2026-11-10", "", "11 days late", now}, {"2026-11-27", "", "Fri, Nov 27", week},
		{"2026-11-28", "", "Sat, Nov 28", later}, {"2026-12-14", "", "Dec 14", later}, {"2027-01-02", "", "Jan 2, 2027", later},
		{"", "2024-01-01", "open 2 years", now},
	} {
		task := standing.Task{Due: on(c.due), Since: on(c.since)}
		if got := due(task, today); got != c.says || groupOf(task, today) != c.group {
			t.Errorf("due %q, since %q: %q in group %d, want %q in %d", c.due, c.since, got, groupOf(task, today), c.says, c.group)
		}
	}
}

func TestTitlesNameTheClient(t *testing.T) {
	for _, c := range []struct{ title, name, want string }{
		{"Tell the client of the search", "Lena Ptak", "Tell Lena Ptak of the search"},
		{"Text messages without consent", "Lena Ptak", "Lena Ptak: text messages without consent"},
		{"Turns 18", "أحمد", "Turns 18: أحمد"},
		{"HIPAA’s last day", "Lena Ptak", "Lena Ptak: HIPAA’s last day"},
	} {
		if got := title(standing.Task{Title: c.title, Name: c.name, Client: 1}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got := title(standing.Task{Title: "6 clients", Name: "Ada, Bo"}); got != "6 clients" {
		t.Errorf("a task of several is titled %q", got)
	}
}

func TestATaskOfARecordUnderALegalHoldSaysSo(t *testing.T) {
	d, p, _ := open(t)
	ctx := context.Background()
	if err := d.Practice().Start(ctx, app.FirstAnswers{HIPAA: "no"}); err != nil {
		t.Fatal(err)
	}
	lena := d.Client("Lena Ptak")
	_, err := d.Practice().File(ctx, app.FormRequest{Client: lena.ID, Form: record.FormSearch, Values: form.Values{
		"on": "2026-11-17", "where": "Google", "terms": "name", "reason": "she did not come", "basis": "emergency", "emergency": "danger", "told": "no"}})
	if err != nil {
		t.Fatal(err)
	}
	d.Changed(lena.ID)
	d.SeesNot("Legal hold")
	if _, err := d.Practice().PlaceHold(ctx, record.Hold{Client: lena.ID, Matter: "Ptak v. Fenn"}); err != nil {
		t.Fatal(err)
	}
	d.Changed(lena.ID)
	held := 0
	for _, r := range p.rows {
		if r.held && strings.HasPrefix(r.show(p.day).Caption, "Legal hold · ") {
			held++
		}
	}
	if held == 0 {
		t.Errorf("no task says so: %+v", p.rows)
	}
	d.Fine()
}

package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

func date(s string) record.Date {
	d, err := record.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// at sets the tests' clock for the time of one test.
func at(t *testing.T, day string) {
	t.Helper()
	before := now
	t.Cleanup(func() { now = before })
	moveTo(day)
}

func moveTo(day string) {
	now = date(day).In(time.UTC).Add(20 * time.Hour)
}

// inTexas gives a practice there whose rule is confirmed.
func inTexas(t *testing.T) *app.Practice {
	t.Helper()
	p := newPractice(t)
	settings, err := p.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings.Jurisdiction = "US-TX"
	if err := errors.Join(p.SetSettings(ctx, settings), p.ConfirmRetentionRule(ctx, "US-TX")); err != nil {
		t.Fatal(err)
	}
	return p
}

func keepOf(t *testing.T, p *app.Practice, id record.ClientID) app.Kept {
	t.Helper()
	list, err := p.Keep(ctx, id)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d records, %v", len(list), err)
	}
	return list[0]
}

// A record's line goes from active over its date to due, held and due again,
// and each says what keeps it.
func TestARecordsLineThroughItsLife(t *testing.T) {
	at(t, "2034-01-10")
	p := inTexas(t)
	ada, err := p.AddClient(ctx, record.Client{Name: "Ada Quill"})
	if err != nil {
		t.Fatal(err)
	}
	says := func(status record.KeepStatus, line string) {
		t.Helper()
		if k := keepOf(t, p, ada.ID); k.Status != status || k.Line != line {
			t.Errorf("%s: %q, not %s: %q; %q", k.Status, k.Line, status, line, k.Why)
		}
	}
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	says(record.KeepKept, "Active: kept")
	moveTo("2034-03-14")
	must(p.CloseClient(ctx, ada.ID, date("2034-03-14"), "goals reached"))
	says(record.KeepUnknown, "Kept: birth date of Ada Quill not known")
	must(p.StateAdult(ctx, ada.ID, "", true))
	const sum = "closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4)"
	says(record.KeepKept, "Keep until March 14, 2041: "+sum)
	moveTo("2041-03-14")
	says(record.KeepKept, "Keep until March 14, 2041: "+sum)
	moveTo("2041-03-16")
	says(record.KeepDue, "Due since March 15, 2041: kept until March 14, 2041: "+sum)
	hold, err := p.PlaceHold(ctx, record.Hold{Client: record.Book, Matter: "Board inquiry 12", Source: "board inquiry"})
	must(err)
	says(record.KeepHeld, "Held since March 16, 2041: Board inquiry 12")
	if k := keepOf(t, p, ada.ID); len(k.Why) != 1 || !strings.HasPrefix(k.Why[0], "Every record stands under a legal hold") {
		t.Errorf("why: %q", k.Why)
	}
	must(p.LiftHold(ctx, hold.ID, record.Date{}, "the board", "closed without findings"))
	must(p.ExtendKeeping(ctx, ada.ID, date("2042-01-31"), "a study"))
	says(record.KeepKept, "Keep until January 31, 2042: kept longer, as decided March 16, 2041, your decision")
	must(p.StateDeath(ctx, ada.ID, date("2040-06-01")))
	must(p.SetSettings(ctx, record.Practice{Name: "P", Jurisdiction: "US-MS"}))
	moveTo("2042-02-03")
	says(record.KeepDue, "Due since February 1, 2042: kept until January 31, 2042: kept longer, as decided March 16, 2041, your decision")
	must(p.SetActive(ctx, ada.ID))
	says(record.KeepKept, "Active: kept")
	must(p.CloseClient(ctx, ada.ID, date("2042-02-03"), "again"))
	says(record.KeepUnknown, "Kept: Mississippi rule not confirmed")
}

func TestWhatIsNotKept(t *testing.T) {
	p := newPractice(t)
	for _, id := range []record.ClientID{99, record.Book, record.Sequestered} {
		if _, err := p.Keep(ctx, id); !errors.Is(err, app.ErrNoClient) {
			t.Errorf("%d: %v", id, err)
		}
	}
	ada := addClient(t, p, "Ada Quill")
	if _, err := p.PlaceHold(ctx, record.Hold{Client: ada.ID, Matter: "m", Source: "a whim"}); err == nil || !strings.Contains(err.Error(), "subpoena") {
		t.Errorf("a hold of no known source: %v", err)
	}
	if _, err := p.PlaceHold(ctx, record.Hold{Client: ada.ID, Source: "subpoena"}); err == nil {
		t.Error("a hold without a matter was placed")
	}
	if err := p.ExtendKeeping(ctx, ada.ID, date("2020-01-01"), "late"); err == nil {
		t.Error("a record is kept longer until a day that is past")
	}
}

// Records that are open and silent for a year are offered for closing, the
// longest silence first, and no others.
func TestOfferClosing(t *testing.T) {
	at(t, "2030-05-01")
	p := inTexas(t)
	ada, bo, cy := addClient(t, p, "Ada Quill"), addClient(t, p, "Bo Larsen"), addClient(t, p, "Cy Moss")
	text := func(c record.Client) {
		t.Helper()
		if _, err := p.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "hello"}); err != nil {
			t.Fatal(err)
		}
	}
	moveTo("2030-06-01")
	text(bo)
	if err := p.CloseClient(ctx, cy.ID, date("2030-06-01"), "done"); err != nil {
		t.Fatal(err)
	}
	offered := func(day string, want ...record.ClientID) {
		t.Helper()
		moveTo(day)
		list, err := p.OfferClosing(ctx)
		var ids []record.ClientID
		for _, k := range list {
			ids = append(ids, k.Client)
		}
		if err != nil || len(ids) != len(want) || (len(want) > 0 && ids[0] != want[0]) {
			t.Errorf("%s: %v, not %v; %v", day, ids, want, err)
		}
	}
	offered("2031-05-01")
	offered("2031-05-02", ada.ID)
	offered("2031-06-02", ada.ID, bo.ID)
	text(ada)
	offered("2031-06-03", bo.ID)
}

// Today asks about records that are due or will be, silent ones, rules in use
// and old holds, and each task leads to its part of the page.
func TestTodayAsksAboutRetention(t *testing.T) {
	at(t, "2030-05-01")
	p := newPractice(t)
	asks := func(day string, want map[string]string) {
		t.Helper()
		moveTo(day)
		got := map[string]standing.Task{}
		for key, task := range tasks(t, p) {
			if strings.HasPrefix(key, "retention/") {
				got[key] = task
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: Today asks %v", day, got)
		}
		for key, title := range want {
			if task := got[key]; !strings.Contains(task.Title+"|"+task.Name+"|"+task.Caption, title) || task.Act.Page != "retention" || task.Act.Part == "" || task.When().IsZero() {
				t.Errorf("%s: Today asks %s: %+v", day, key, task)
			}
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	asks("2030-05-01", nil)
	add := func(name string) record.Client {
		c, err := p.AddClient(ctx, record.Client{Name: name, Born: date("1980-01-01"), Jurisdiction: "US-TX"})
		must(err)
		return c
	}
	ada, bo, cy := add("Ada Quill"), add("Bo Larsen"), add("Cy Moss")
	_, err := p.AddClient(ctx, record.Client{Name: "Dee Fenn", Born: date("1980-01-01"), Jurisdiction: "US-MS"})
	must(err)
	asks("2030-05-01", map[string]string{
		"retention/rule/US-TX": "Confirm how long Texas asks that records are kept||The rule on file: 7 years after services end",
		"retention/rule/US-MS": "Find out how long Mississippi"})
	must(p.ConfirmRetentionRule(ctx, "US-TX"))
	must(p.SetRetentionRule(ctx, record.RetentionRule{Jurisdiction: "US-MS", Minors: record.MinorsSame, Confirmed: date("2030-05-01"),
		Clauses: []record.KeepClause{{From: []string{"contact"}, Years: 10}}}))
	for _, c := range []record.Client{ada, bo, cy} {
		must(p.CloseClient(ctx, c.ID, date("2030-05-01"), "done"))
	}
	asks("2030-05-01", nil)
	hold, err := p.PlaceHold(ctx, record.Hold{Client: cy.ID, Matter: "Doe v. Roe"})
	must(err)
	asks("2031-05-02", map[string]string{
		"retention/closing": "No contact for a year|Dee Fenn",
		"retention/hold/1":  "Legal hold since May 1, 2030: look whether it still stands|Cy Moss|Doe v. Roe"})
	must(p.LiftHold(ctx, hold.ID, record.Date{}, "the court", "settled"))
	must(p.CloseClient(ctx, 4, date("2031-05-02"), "no answer"))
	asks("2037-03-31", nil)
	asks("2037-04-05", map[string]string{"retention/2037-05": "Three records reach their retention date in May|Ada Quill, Bo Larsen and Cy Moss"})
	must(p.ExtendKeeping(ctx, bo.ID, date("2037-05-09"), "a study"))
	asks("2037-05-03", map[string]string{
		"retention/due":     "Two records are past their retention date|Ada Quill and Cy Moss",
		"retention/2037-05": "Reaches its retention date in May|Bo Larsen"})
	must(p.ExtendKeeping(ctx, cy.ID, date("2039-05-09"), "a study"))
	asks("2037-05-08", map[string]string{"retention/due": "Past its retention date|Ada Quill", "retention/2037-05": "Bo Larsen"})
}

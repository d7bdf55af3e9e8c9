package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// settled gives a practice with hours and a state, in which ada is served in
// Mississippi since October 1, 2026.
func settled(t testing.TB) (*app.Practice, record.Client) {
	t.Helper()
	p := newPractice(t)
	settings, err := p.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings.Jurisdiction = "US-MS"
	settings.Hours = record.Hours{Days: []int{1, 2, 3, 4, 5}, From: "09:00", To: "17:00"}
	if err := p.SetSettings(ctx, settings); err != nil {
		t.Fatal(err)
	}
	ada, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS", Since: record.Date{Year: 2026, Month: 10, Day: 1},
		Contacts: []record.ContactPoint{{System: record.Phone, Value: "(601) 555-0142"}}})
	if err != nil {
		t.Fatal(err)
	}
	return p, ada
}

// logged logs a contact at a time of the practice's zone, "2026-11-02 10:00".
func logged(t testing.TB, p *app.Practice, client record.ClientID, at string, change func(*record.Entry)) record.Entry {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", at, record.LoadZone("America/Chicago"))
	if err != nil {
		t.Fatal(err)
	}
	e := record.Entry{Client: client, Channel: record.Text, Direction: record.In, At: when, Zone: "America/Chicago", ZoneBasis: record.ZoneStated, Body: "Running late."}
	change(&e)
	e, err = p.Log(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func asText(*record.Entry) {}

func allow(t testing.TB, p *app.Practice, client record.ClientID, channel record.Channel, decision, since string) record.Entry {
	t.Helper()
	return fileAs(t, p, app.FormRequest{Client: client, Form: record.FormChannel, Values: form.Values{"channel": string(channel), "decision": decision, "since": since, "how": "in-writing"}})
}

func finding(t testing.TB, p *app.Practice, client record.ClientID, id string) standing.Finding {
	t.Helper()
	s, err := p.Standing(ctx, client)
	if err != nil || len(s.Findings) != 97 {
		t.Fatalf("%d findings, %v", len(s.Findings), err)
	}
	at := slices.IndexFunc(s.Findings, func(f standing.Finding) bool { return f.ID == id })
	total := 0
	for _, n := range s.Counts {
		total += n
	}
	if at < 0 || total != 97 {
		t.Fatalf("%s is at %d; %d counted", id, at, total)
	}
	return s.Findings[at]
}

func tasks(t testing.TB, p *app.Practice) map[string]standing.Task {
	t.Helper()
	today, err := p.Today(ctx)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]standing.Task{}
	for _, task := range today.Tasks {
		all[task.Key] = task
	}
	return all
}

// Texts before consent are kept, counted and flagged; what happened on the day
// of the consent is covered, and precise counts are taken from the vault.
func TestTextsOutsideOfConsent(t *testing.T) {
	p, ada := settled(t)
	for _, at := range []string{"2026-11-02 10:00", "2026-11-03 10:00", "2026-11-04 08:00", "2026-11-10 10:00", "2026-11-12 10:00"} {
		logged(t, p, ada.ID, at, asText)
	}
	key := "channel/" + ada.ID.String() + "/text"
	task, open := tasks(t, p)[key]
	if !open || task.Name != "Ada Quill" || !strings.Contains(task.Caption, "5 contacts since November 2, 2026") || task.Act.Channel != record.Text {
		t.Errorf("Today asks %+v", task)
	}
	allowed := allow(t, p, ada.ID, record.Text, "allowed", "2026-11-04")
	if _, open := tasks(t, p)[key]; open {
		t.Error("Today asks for a consent that was given")
	}
	f := finding(t, p, ada.ID, "TSP 4.03")
	if f.Status != standing.Open || !strings.Contains(f.Says, "2 contacts were without consent") || !slices.Contains(f.Evidence, allowed.ID) {
		t.Errorf("%+v", f)
	}
	allow(t, p, ada.ID, record.Text, "revoked", "2026-11-12")
	if task := tasks(t, p)[key]; !strings.Contains(task.Caption, "1 contact since November 12, 2026") {
		t.Errorf("Today asks %+v", task)
	}
	states, err := p.Channels(ctx, ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(states, func(c app.ChannelState) bool { return c.Channel == record.Text })
	text := states[at]
	if text.Allowed() || text.Contacts != 5 || text.Outside != 3 || text.Revoked.String() != "2026-11-12" || !text.Offered || !text.Needs {
		t.Errorf("%+v", text)
	}
	if slices.ContainsFunc(states, func(c app.ChannelState) bool { return c.Channel == record.InPerson }) {
		t.Error("nothing is agreed for meetings in person")
	}
	whole(t, p)
}

// An entry that was struck through, or moved to another client, counts no more.
func TestStandingFollowsTheRecord(t *testing.T) {
	p, ada := settled(t)
	bo := addClient(t, p, "Bo Larsen")
	first := logged(t, p, ada.ID, "2026-11-02 10:00", asText)
	second := logged(t, p, ada.ID, "2026-11-03 10:00", asText)
	task := func(c record.Client) standing.Task { return tasks(t, p)["channel/"+c.ID.String()+"/text"] }
	if !strings.Contains(task(ada).Caption, "2 contacts") {
		t.Fatalf("%+v", task(ada))
	}
	if err := p.Strike(ctx, first.ID, "wrong person"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(task(ada).Caption, "1 contact ") {
		t.Errorf("after a strike: %+v", task(ada))
	}
	if err := p.Move(ctx, second.ID, bo.ID, "wrong person"); err != nil {
		t.Fatal(err)
	}
	if task(ada).Key != "" || !strings.Contains(task(bo).Caption, "1 contact ") {
		t.Errorf("after a move: %+v, %+v", task(ada), task(bo))
	}
	note := fileAs(t, p, app.FormRequest{Client: bo.ID, Form: record.FormSearch, Values: form.Values{"on": "2026-11-02", "where": "Google", "terms": "name",
		"reason": "safety", "basis": "neither", "departure": "I was curious.", "told": "no"}})
	if f := finding(t, p, bo.ID, "TSP 2.06"); f.Status != standing.Open || f.Act.About != note.ID {
		t.Errorf("%+v", f)
	}
	told := fileAs(t, p, app.FormRequest{Client: bo.ID, Form: record.FormSearchTold, About: note.ID, Values: form.Values{"on": "2026-11-20", "how": "in person"}})
	if f := finding(t, p, bo.ID, "TSP 2.06"); f.Status != standing.Documented || !slices.Equal(f.Evidence, []record.EntryID{note.ID, told.ID}) {
		t.Errorf("%+v", f)
	}
	if f := finding(t, p, bo.ID, "TSP 3.04"); f.Status != standing.Open {
		t.Errorf("a departure is %+v", f)
	}
	if err := p.Strike(ctx, told.ID, "it was another search"); err != nil {
		t.Fatal(err)
	}
	if _, open := tasks(t, p)["search/"+note.ID.String()]; !open {
		t.Error("Today does not ask to tell the client")
	}
}

// Clients stand by what is open; a change of one changes its line alone, one of
// the practice's book all of them.
func TestStandings(t *testing.T) {
	p, ada := settled(t)
	bo := addClient(t, p, "Bo Larsen")
	logged(t, p, ada.ID, "2026-11-02 10:00", asText)
	lines := func() map[record.ClientID]app.StandingLine {
		list, err := p.Standings(ctx)
		if err != nil || len(list) != 2 {
			t.Fatalf("%d lines, %v", len(list), err)
		}
		if list[0].Counts[standing.Open] < list[1].Counts[standing.Open] {
			t.Error("the most open does not come first")
		}
		return map[record.ClientID]app.StandingLine{list[0].Client: list[0], list[1].Client: list[1]}
	}
	before := lines()
	if first := before[ada.ID].First; first.ID != "MS 3.4.B" || first.Status != standing.Open {
		t.Errorf("first of Ada is %+v", first)
	}
	allow(t, p, ada.ID, record.Text, "allowed", "2026-11-01")
	after := lines()
	if after[ada.ID].Counts[standing.Open] != before[ada.ID].Counts[standing.Open]-1 || after[bo.ID].Counts[standing.Open] != before[bo.ID].Counts[standing.Open] {
		t.Errorf("Ada had %v and has %v; Bo had %v and has %v", before[ada.ID].Counts, after[ada.ID].Counts, before[bo.ID].Counts, after[bo.ID].Counts)
	}
	fileAs(t, p, app.FormRequest{Client: record.Book, Form: record.FormLicense, Values: form.Values{"kind": "license", "title": "LCSW", "jurisdiction": "US-MS", "number": "C1"}})
	if licensed := lines(); licensed[ada.ID].Counts[standing.Open] != after[ada.ID].Counts[standing.Open]-5 {
		t.Errorf("with a license Ada has %v", licensed[ada.ID].Counts)
	}
	if _, err := p.Standing(ctx, 999); err == nil {
		t.Error("a client that there is not has a standing")
	}
	own, err := p.Standing(ctx, record.Book)
	if err != nil || len(own.Findings) != 97 || own.Name != "Quill Street Practice" {
		t.Errorf("the practice: %d findings of %q, %v", len(own.Findings), own.Name, err)
	}
}

// A task that is put off waits with its reason, and comes back by itself, or
// when it is taken up.
func TestPutOff(t *testing.T) {
	p, ada := settled(t)
	key := "safe/" + ada.ID.String()
	if _, open := tasks(t, p)[key]; !open {
		t.Fatal("Today does not ask how to reach the client")
	}
	if err := p.PutOffTask(ctx, key, record.Date{Year: 2026, Month: 11, Day: 23}, " "); err == nil {
		t.Error("a task was put off without a reason")
	}
	if err := p.PutOffTask(ctx, key, record.Date{Year: 2026, Month: 11, Day: 23}, "she is away"); err != nil {
		t.Fatal(err)
	}
	today, err := p.Today(ctx)
	if err != nil || len(today.PutOff) != 1 || today.PutOff[0].Reason != "she is away" || today.PutOff[0].Task.Key != key || today.PutOff[0].Until.String() != "2026-11-23" {
		t.Errorf("put off: %+v, %v", today.PutOff, err)
	}
	if _, open := tasks(t, p)[key]; open {
		t.Error("Today asks for what was put off")
	}
	then := now
	defer func() { now = then }()
	now = now.AddDate(0, 0, 2)
	if _, open := tasks(t, p)[key]; !open {
		t.Error("Today does not ask on the day")
	}
	now = then
	if err := p.TakeUpTask(ctx, key); err != nil {
		t.Fatal(err)
	}
	if _, open := tasks(t, p)[key]; !open {
		t.Error("Today does not ask for what was taken up")
	}
	fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Values: safe("yes")})
	if _, open := tasks(t, p)[key]; open {
		t.Error("Today asks for what was done")
	}
}

// A client who was told of an incident was told of it, also once the incident
// is judged anew.
func TestANoticeFollowsTheIncident(t *testing.T) {
	p, ada := settled(t)
	values := form.Values{"discovered": "2026-11-02", "what": "other", "story": "A letter was lost.", "data": "a name", "finding": "not-judged", "clients": []string{ada.ID.String()}}
	incident := fileAs(t, p, app.FormRequest{Client: record.Book, Form: record.FormIncident, Values: values})
	key := func(id record.EntryID) string { return "incident/" + id.String() + "/" + ada.ID.String() }
	if _, open := tasks(t, p)[key(incident.ID)]; !open {
		t.Fatal("Today does not ask to tell the client")
	}
	fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormBreachNotice, About: incident.ID, Values: form.Values{"on": "2026-11-03", "how": "letter", "said": "what happened"}})
	if _, open := tasks(t, p)[key(incident.ID)]; open {
		t.Error("Today asks to tell a client who was told")
	}
	values["finding"], values["why"] = "low-probability", "it came back unopened"
	judged := fileAs(t, p, app.FormRequest{Client: record.Book, Form: record.FormIncident, Values: values, Supersedes: incident.ID})
	for _, id := range []record.EntryID{incident.ID, judged.ID} {
		if _, open := tasks(t, p)[key(id)]; open {
			t.Error("Today asks again, since the incident was judged anew")
		}
	}
	if f := finding(t, p, ada.ID, "MS 3.4.C.4"); strings.Contains(f.Says, "not yet told of the incident") {
		t.Error(f.Says)
	}
}

// A move that was entered wrongly, and taken back or corrected, says nothing of
// where the client is.
func TestAMoveThatWasTakenBack(t *testing.T) {
	p, ada := settled(t)
	fileAs(t, p, app.FormRequest{Client: record.Book, Form: record.FormLicense, Values: form.Values{"kind": "license", "title": "LCSW", "jurisdiction": "US-MS", "number": "C1"}})
	said := func(e *record.Entry) { e.Channel = record.Call }
	logged(t, p, ada.ID, "2026-11-10 10:00", said)
	moved := func(to string, before record.EntryID) record.Entry {
		return fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormPlace, Supersedes: before, Values: form.Values{"jurisdiction": to, "since": "2026-11-05"}})
	}
	is := func(want standing.Status) {
		t.Helper()
		if f := finding(t, p, ada.ID, "MS 3.4.B"); f.Status != want {
			t.Errorf("it is %s: %s", f.Status, f.Says)
		}
	}
	is(standing.Documented)
	first := moved("US-TN", 0)
	is(standing.Open)
	second := moved("US-AL", first.ID)
	if f := finding(t, p, ada.ID, "MS 3.4.B"); !strings.Contains(f.Says, "Alabama") || strings.Contains(f.Says, "Tennessee") {
		t.Error(f.Says)
	}
	if err := p.Strike(ctx, second.ID, "she only visited"); err != nil {
		t.Fatal(err)
	}
	is(standing.Documented)
}

package app_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/release"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// standingOf gives where somebody of the sample practice stands, and the open
// duties by their IDs.
func standingOf(t *testing.T, p *app.Practice, name string) (app.Standing, map[string]string) {
	t.Helper()
	c, err := p.FindClient(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Standing(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]string{}
	for _, f := range s.Findings {
		if f.Status == standing.Open {
			open[f.ID] = f.Says
		}
	}
	return s, open
}

// The stories that the sample practice tells, as the standing tells them.
func TestDemoStories(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	ada, open := standingOf(t, p, "Ada Quill")
	if len(open) > 0 || ada.Counts[standing.Due] > 0 || ada.Counts[standing.Documented] < 40 {
		t.Errorf("of Ada nothing is open: %v, %v", open, ada.Counts)
	}
	_, open = standingOf(t, p, "Bo & Kit")
	for id, says := range open {
		if !strings.Contains(says, "Bo Larsen") {
			t.Errorf("of Bo and Kit, %s: %s", id, says)
		}
	}
	if open["TSP 3.07"] == "" {
		t.Error("Bo has not gone through what couples are told, and nothing says so")
	}
	_, open = standingOf(t, p, "Lena")
	if open["TSP 2.06"] == "" || open["TSP 4.03"] == "" || open["TSP 7.01"] != "" {
		t.Errorf("of Lena: %v", open)
	}
	_, open = standingOf(t, p, "Siobh")
	for id, says := range open {
		if !strings.Contains(says, "Tennessee") {
			t.Errorf("of Siobhán, %s: %s", id, says)
		}
	}
	if len(open) == 0 {
		t.Error("Siobhán moved to Tennessee, and nothing is open")
	}
	layla, err := p.FindClient(ctx, "Layla")
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.OpenClient(ctx, layla.ID)
	if err != nil || !strings.Contains(c.SafeContact, "code word") || !strings.Contains(c.SafeContact, "no voicemail") || !strings.HasPrefix(c.Risk, "High risk") {
		t.Errorf("the lines above Layla's record: %q, %q, %v", c.SafeContact, c.Risk, err)
	}
	today, err := p.Today(ctx)
	if err != nil || !slices.ContainsFunc(today.Tasks, func(task standing.Task) bool { return task.Name == "Lena Ptak" }) {
		t.Errorf("Today asks nothing about Lena: %v", err)
	}
}

// The incident names both clients, and each was told of it.
func TestDemoIncidentIsTold(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	book, err := p.Timeline(ctx, record.Book, app.Page{})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(book, func(e record.Entry) bool { return e.Form == record.FormIncident })
	incident, err := form.Decode[record.Incident](book[at].Data)
	if err != nil || len(incident.Clients) != 2 || incident.Closed.IsZero() {
		t.Fatalf("%+v, %v", incident, err)
	}
	for _, id := range incident.Clients {
		entries, err := p.Timeline(ctx, id, app.Page{})
		if err != nil || !slices.ContainsFunc(entries, func(e record.Entry) bool {
			return e.Form == record.FormBreachNotice && e.About == book[at].ID
		}) {
			t.Errorf("client %s was not told: %v", id, err)
		}
	}
}

// Every paper of the sample practice prints, whatever the day.
func TestDemoPapers(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	dir := t.TempDir()
	layla, err := p.FindClient(ctx, "Layla")
	if err != nil {
		t.Fatal(err)
	}
	policies, err := p.Policies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range policies {
		current, ok := one.InEffect()
		if !ok {
			t.Errorf("there is no policy on %s", one.Topic.Title)
			continue
		}
		if len(one.Gaps) > 0 {
			t.Errorf("%s has gaps: %q", one.Topic.Title, one.Gaps)
		}
		out := app.PaperFile{Path: filepath.Join(dir, one.Topic.Key+".pdf")}
		if _, err := p.PolicyHandout(ctx, current.Entry, out); err != nil {
			t.Error(err)
		}
		if text := read(t, out.Path); !strings.Contains(text, "SHA-256 "+current.Hash.String()) || !strings.Contains(text, "LCSW 4471, Mississippi") {
			t.Errorf("%s lacks its hash or the license", one.Topic.Title)
		}
	}
	out := func(name string) app.PaperFile { return app.PaperFile{Path: filepath.Join(dir, name+".pdf")} }
	for name, print := range map[string]func(app.PaperFile) (app.Printed, error){
		"card":     func(o app.PaperFile) (app.Printed, error) { return p.EmergencyCard(ctx, layla.ID, o) },
		"fallback": func(o app.PaperFile) (app.Printed, error) { return p.PaperFallback(ctx, o) },
		"hour":     func(o app.PaperFile) (app.Printed, error) { return p.FirstHour(ctx, o, true) },
		"client":   func(o app.PaperFile) (app.Printed, error) { return p.StandingReport(ctx, layla.ID, o) },
		"practice": func(o app.PaperFile) (app.Printed, error) { return p.StandingReport(ctx, record.Book, o) },
	} {
		made, err := print(out(name))
		if err != nil || made.Pages == 0 {
			t.Errorf("%s: %+v, %v", name, made, err)
		}
	}
	if text := read(t, out("client").Path); !strings.Contains(text, release.ForYourself) || !strings.Contains(text, "Documented (") || !strings.Contains(text, "TSP 2.06") {
		t.Errorf("the standing report:\n%.600s", text)
	}
	if audited(t, p, layla.ID, "paper.standing") != 1 || audited(t, p, record.Book, "paper.standing") != 1 {
		t.Error("the standing reports were not noted")
	}
	whole(t, p)
}

// Its notes can be filed whenever the present moment is.
func TestDemoIsMadeOnAnyDay(t *testing.T) {
	for _, moment := range []time.Time{
		time.Date(2026, 3, 9, 15, 0, 0, 0, time.UTC), // the day after the clocks changed
		time.Date(2027, 1, 1, 6, 30, 0, 0, time.UTC),
		time.Date(2028, 2, 29, 23, 59, 0, 0, time.UTC),
	} {
		c := config(t)
		c.Now = func() time.Time { return moment }
		p, err := app.Demo(ctx, filepath.Join(t.TempDir(), "Demo.casekeep"), passphrase, c, app.DemoSize{}, nil)
		if err != nil {
			t.Errorf("%s: %v", moment, err)
			continue
		}
		if err := p.Lock(); err != nil {
			t.Error(err)
		}
	}
}

// However much is open, a produced record says nothing of it.
func TestDemoRecordsHoldNoStanding(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	for _, name := range []string{"Lena", "Bo & Kit", "Siobh"} {
		s, open := standingOf(t, p, name)
		if len(open) == 0 {
			t.Fatalf("of %s nothing is open", name)
		}
		out := filepath.Join(t.TempDir(), "record.pdf")
		if _, err := p.Produce(ctx, app.ProduceRequest{Client: s.Client, To: "x", Purpose: "y", Out: out}, nil); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(read(t, out)), " ")
		for _, f := range s.Findings {
			if strings.Contains(text, f.ID) || strings.Contains(text, f.Says) {
				t.Errorf("the record of %s says how it stands: %s, %s", name, f.ID, f.Says)
			}
		}
	}
}

// Whatever a standing points at is an entry of that record, or of the
// practice's own book.
func TestDemoStandingsPointAtEntries(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	clients, err := p.Clients(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ids := []record.ClientID{record.Book}
	for _, c := range clients {
		ids = append(ids, c.ID)
	}
	pointed := 0
	for _, id := range ids {
		s, err := p.Standing(ctx, id)
		if err != nil || len(s.Findings) != 97 {
			t.Fatalf("client %s: %d findings, %v", id, len(s.Findings), err)
		}
		for _, f := range s.Findings {
			for _, one := range f.Evidence {
				pointed++
				if e, err := p.Entry(ctx, one); err != nil || e.Client != id && e.Client != record.Book || e.Struck != nil {
					t.Errorf("client %s, %s points at %s: %+v, %v", id, f.ID, one, e.Client, err)
				}
			}
		}
	}
	if pointed < 1000 {
		t.Errorf("%d entries are pointed at", pointed)
	}
}

// Its records stand where records can stand with their retention.
func TestDemoShowsEveryStateOfRetention(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	list, err := p.Keep(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[record.KeepStatus]string{}
	for _, k := range list {
		seen[k.Status] += k.Name + "; "
	}
	for status, name := range map[record.KeepStatus]string{record.KeepDue: "Rosa Delgado", record.KeepHeld: "Walter Brandt",
		record.KeepBlocked: "Edith Moran", record.KeepUnknown: "Frances Bell", record.KeepKept: "Monday group of 2016"} {
		if !strings.Contains(seen[status], name) {
			t.Errorf("%s is not %s: %q", name, status, seen)
		}
	}
	silent, err := p.OfferClosing(ctx)
	if err != nil || len(silent) != 1 || silent[0].Name != "Jonas Feld" {
		t.Errorf("offered for closing: %+v, %v", silent, err)
	}
}

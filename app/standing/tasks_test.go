package standing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casekeep/vault/record"
)

// Each task has a key that stays, a day, the duties and what to do in place.
func TestTasks(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(w *world)
		key    string
		when   string
		about  string // in the title or the caption
	}{
		{"texts without consent", func(w *world) { w.without(record.FormChannel) }, "channel/7/text", "2026-06-02", "20 contacts since June 2, 2026"},
		{"texts since it was revoked", func(w *world) {
			w.file(record.FormChannel, "2026-06-20", channel(record.Text, Revoked, "2026-06-20"))
		}, "channel/7/text", "2026-06-20", "2 contacts"},
		{"safe contact", func(w *world) { w.without(record.FormSafeContact) }, "safe/7", since, "without harm"},
		{"service before consent", func(w *world) { w.without(record.FormAcknowledgment) }, "told/7", since, "23 service contacts and no consent"},
		{"one member of two", func(w *world) {
			w.client.Kind, w.client.Members = record.Couple, []record.Member{{Name: ada}, {Name: "Kit"}}
		}, "told/7", since, "Not yet: Kit"},
		{"a new version", func(w *world) { w.publish("records", 2, "2026-11-01") }, "policy/records/2/7", "2026-11-01", "Records, retention and storage"},
		{"consents to go through again", func(w *world) {
			consenting(w, func(a *record.Acknowledgment) { a.ReviewBy = day("2026-12-20") })
		}, "review/*", "2026-12-20", "consents again"},
		{"a release", func(w *world) {
			w.file(record.FormCollateral, since, record.Collateral{Name: "Dr. Moss", Relation: "physician", Release: "yes", Signed: day(since), Expires: day("2026-12-01")})
		}, "release/*", "2026-12-01", "Dr. Moss"},
		{"a consent that ends", func(w *world) {
			w.file(record.FormConsent, since, record.Consent{What: "recording", Decision: record.Given, On: day(since), Expires: day("2026-12-01")})
		}, "consent/*", "2026-12-01", "recording"},
		{"a channel to ask about again", func(w *world) {
			k := channel(record.Text, Allowed, "2026-06-02")
			k.ReviewBy = day("2026-12-02")
			w.file(record.FormChannel, since, k)
		}, "review/*/text", "2026-12-02", "Text messages"},
		{"suitability", func(w *world) { w.today = "2027-05-10" }, "suitability/*", "2027-06-01", "Assess again"},
		{"a safety plan", func(w *world) {
			w.file(record.FormSafetyPlan, since, record.SafetyPlan{On: day(since), Risk: "watch", ReviewBy: day("2026-12-03")})
		}, "plan/*", "2026-12-03", "safety plan"},
		{"a minor", func(w *world) {
			w.file(record.FormMinor, since, record.Minor{ConsentBy: "client", ReviewBy: day("2026-12-03")})
		}, "minor/*", "2026-12-03", "who decides"},
		{"a birthday", func(w *world) { w.client.Born = day("2008-12-10") }, "birthday/7/consent", "2026-12-10", "Turns 18"},
		{"a birthday that is past", func(w *world) { w.client.Born = day("2008-11-10") }, "birthday/7/consent", "2026-11-10", "Turns 18"},
		{"full age", func(w *world) { w.client.Born = day("2005-12-10") }, "birthday/7/majority", "2026-12-10", "Turns 21"},
		{"a parent's access", func(w *world) { w.client.Born = day("2008-12-10") }, "birthday/7/access", "2026-12-10", "parent’s access"},
		{"a search", func(w *world) {
			w.file(record.FormSearch, "2026-08-01", record.SearchNote{On: day("2026-08-01"), Where: "court records", Basis: "neither", Told: "no"})
		}, "search/*", "2026-08-01", "court records"},
		{"moved away", func(w *world) {
			w.places = append(w.places, record.Place{Jurisdiction: "US-TN", Since: day("2026-08-01")})
		}, "license/7/US-TN", "2026-08-01", "Tennessee"},
		{"moved, and the card is old", func(w *world) {
			w.places = append(w.places, record.Place{Jurisdiction: "US-TN", Since: day("2026-08-01")})
		}, "card/*", "2026-08-01", "emergency card"},
		{"a license", func(w *world) {
			w.disown(record.FormLicense)
			w.own(record.FormLicense, since, record.License{Kind: "license", Jurisdiction: "US-MS", Title: "LCSW", Expires: day("2026-12-20")})
		}, "expires/*", "2026-12-20", "LCSW"},
		{"a vendor", func(w *world) {
			w.own(record.FormVendor, since, record.Vendor{Name: "Mail Co", Service: "email", Agreement: "baa", Expires: day("2026-12-20")})
		}, "expires/*", "2026-12-20", "Mail Co"},
		{"training", func(w *world) { w.today = "2028-04-20" }, "training/*", "2028-05-01", "Telehealth"},
		{"a yearly review", func(w *world) { w.today = "2027-04-20" }, "review/protection", "2027-05-02", "firewall"},
		{"HIPAA's yearly review", func(w *world) { w.today = "2027-04-20" }, "review/risk-analysis", "2027-05-02", "risk analysis"},
		{"a review that was never made", func(w *world) {
			w.disown(record.FormReview)
			w.settings.Started = day("2026-11-01")
		}, "review/restore-drill", "2026-12-01", "never recorded"},
		{"policies", func(w *world) { w.today = "2027-04-20" }, "policy-review", "2027-05-01", "13 policies"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			c.change(w)
			tasks := w.tasks()
			var found *Task
			for key, task := range tasks {
				begin, end, _ := strings.Cut(c.key, "*")
				if strings.HasPrefix(key, begin) && strings.HasSuffix(key, end) && len(key) >= len(c.key) {
					found = &task
				}
			}
			if found == nil {
				t.Fatalf("no task %s among %v", c.key, tasks)
			}
			if found.When().String() != c.when || !strings.Contains(found.Title+" "+found.Caption, c.about) {
				t.Errorf("by %s: %s; %s", found.When(), found.Title, found.Caption)
			}
			if found.Act.IsZero() || found.Act.Label == "" || found.Icon == "" || found.Client == 0 {
				t.Errorf("%+v is not whole", *found)
			}
			again := w.tasks()
			if _, same := again[found.Key]; !same {
				t.Error("its key did not stay")
			}
		})
	}
}

// What was done is asked for no more.
func TestTasksEnd(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"a revoked release": func(w *world) {
			id := w.file(record.FormCollateral, since, record.Collateral{Name: "Dr. Moss", Release: "yes", Signed: day(since), Expires: day("2026-12-01")})
			w.follow(record.FormReleaseRevoked, "2026-07-01", id, record.ReleaseRevoked{On: day("2026-07-01")})
		},
		"a renewed release": func(w *world) {
			w.file(record.FormCollateral, since, record.Collateral{Name: "Dr. Moss", Release: "yes", Signed: day(since), Expires: day("2026-12-01")})
			w.file(record.FormCollateral, "2026-07-01", record.Collateral{Name: "dr. moss", Release: "yes", Signed: day(since), Expires: day("2027-12-01")})
		},
		"a renewed license": func(w *world) {
			w.own(record.FormLicense, since, record.License{Kind: "license", Jurisdiction: "US-MS", Title: "LCSW", Expires: day("2026-12-20")})
		},
		"a consent that was late": func(w *world) {
			w.without(record.FormChannel)
			w.file(record.FormChannel, "2026-07-01", channel(record.Text, Allowed, "2026-07-01"))
		},
		"a birthday, and consent since": func(w *world) {
			w.client.Born, w.settings.Ages = day("2008-11-10"), record.Ages{Consent: 18}
			w.file(record.FormAcknowledgment, "2026-11-11", w.acknowledgment("2026-11-11", signer(ada)))
		},
		"a birthday before the first contact": func(w *world) { w.client.Born = day("2008-05-10") },
		"an age that is not confirmed":        func(w *world) { w.client.Born, w.settings.Ages = day("2008-12-10"), record.Ages{} },
		"no first questions, no reviews":      func(w *world) { w.disown(record.FormReview) },
		"HIPAA's reviews where it does not apply": func(w *world) {
			w.settings.HIPAA = "no"
			w.book = slices.DeleteFunc(w.book, func(f record.Filed) bool { return strings.Contains(string(f.Data), "risk-analysis") })
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			change(w)
			for key, task := range w.tasks() {
				t.Errorf("Today asks for %s: %s", key, task.Title)
			}
		})
	}
}

// A low probability of compromise ends HIPAA's clocks and never the duty to
// tell (MS 3.4.C.4; TSP 3.10; 45 CFR 164.404, 164.408).
func TestIncidentClocks(t *testing.T) {
	of := func(i record.Incident) func(w *world) record.EntryID {
		return func(w *world) record.EntryID {
			i.Discovered, i.What = day("2026-10-01"), "lost-device"
			return w.own(record.FormIncident, "2026-10-01", i)
		}
	}
	days := func(w *world, id record.EntryID) map[string]string {
		all := map[string]string{}
		for key, task := range w.tasks() {
			all[strings.TrimPrefix(key, "incident/"+id.String()+"/")] = task.When().String()
		}
		return all
	}
	is := func(t *testing.T, got, want map[string]string) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("Today asks for %v, not %v", got, want)
		}
	}
	mine := []record.ClientID{7}
	many := make([]record.ClientID, 500)
	many[0] = 7
	for name, c := range map[string]struct {
		incident record.Incident
		hipaa    string
		want     map[string]string
	}{
		"a breach": {record.Incident{Finding: "breach", Clients: mine}, "yes",
			map[string]string{"7": "2026-10-01", "hipaa": "2026-11-30", "hhs": "2027-03-01"}},
		"not judged yet": {record.Incident{Finding: "not-judged", Clients: mine}, "yes",
			map[string]string{"7": "2026-10-01", "judge": "2026-10-01", "hipaa": "2026-11-30", "hhs": "2027-03-01"}},
		"500 clients": {record.Incident{Finding: "breach", Clients: many}, "yes",
			map[string]string{"7": "2026-10-01", "hipaa": "2026-11-30", "hhs": "2026-11-30"}},
		"reported to HHS":      {record.Incident{Finding: "breach", Clients: mine, HHS: day("2026-10-20")}, "yes", map[string]string{"7": "2026-10-01", "hipaa": "2026-11-30"}},
		"a low probability":    {record.Incident{Finding: "low-probability", Clients: mine, Closed: day("2026-10-20")}, "yes", map[string]string{"7": "2026-10-01"}},
		"excluded":             {record.Incident{Finding: "excluded", Clients: mine}, "yes", map[string]string{"7": "2026-10-01"}},
		"HIPAA does not apply": {record.Incident{Finding: "breach", Clients: mine}, "no", map[string]string{"7": "2026-10-01"}},
		"nobody named":         {record.Incident{Finding: "low-probability"}, "yes", map[string]string{"whose": "2026-10-01"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.settings.HIPAA = c.hipaa
			is(t, days(w, of(c.incident)(w)), c.want)
		})
	}
	w := newWorld(t)
	id := of(record.Incident{Finding: "breach", Clients: mine, HHS: day("2026-10-20")})(w)
	w.follow(record.FormBreachNotice, "2026-10-02", id, record.BreachNotice{On: day("2026-10-02")})
	is(t, days(w, id), map[string]string{})
}

// What concerns many clients in the same way is one task, and what concerns
// few stays theirs. The soonest comes first.
// A text with places that nobody filled in shows no duty of the practice, and is
// one task.
func TestTextsWithGapsAreToBeFilledIn(t *testing.T) {
	w := newWorld(t)
	w.publish("records", 2, "2026-11-01")
	w.book[len(w.book)-1].Data = []byte(strings.Replace(string(w.book[len(w.book)-1].Data), `"version":2`, `"version":2,"gaps":3`, 1))
	p, _ := w.read()
	var gaps []Task
	for _, task := range p.Tasks() {
		if task.Key == "gaps" {
			gaps = append(gaps, task)
		}
	}
	if len(gaps) != 1 || gaps[0].Title != "Fill in what 1 policy leaves open" || gaps[0].Act.Topic != "records" {
		t.Errorf("tasks: %+v", gaps)
	}
	for _, f := range p.Findings() {
		if f.ID == "TSP 5.03" && (f.Status != Open || !strings.Contains(f.Says, "3 places of it are not filled in")) {
			t.Errorf("TSP 5.03 is %s: %s", f.Status, f.Says)
		}
	}
}

func TestManyBecomeOne(t *testing.T) {
	clients := func(n int, change func(w *world)) []Task {
		var p *Practice
		var lists [][]Task
		for i := range n {
			w := newWorld(t)
			w.client.ID, w.client.Name = record.ClientID(i+1), fmt.Sprintf("Client %d", i+1)
			change(w)
			var c *File
			p, c = w.read()
			list, err := c.Tasks(w.count)
			if err != nil {
				t.Fatal(err)
			}
			lists = append(lists, list)
		}
		return p.Gather(p.Tasks(), lists...)
	}
	version := func(w *world) { w.publish("records", 2, "2026-11-01") }
	untold := func(w *world) { w.without(record.FormAcknowledgment); w.without(record.FormSafeContact) }
	texted := func(w *world) { w.without(record.FormChannel) }
	for _, c := range []struct {
		n      int
		change func(w *world)
		keys   string
	}{
		{1, version, "policy/records/2/1"},
		{2, version, "policy/records/2"},
		{1, func(w *world) { version(w); w.publish("breach", 2, "2026-11-02") }, "versions/1"},
		{2, func(w *world) { version(w); w.publish("breach", 2, "2026-11-02") }, "policy/records/2 policy/breach/2"},
		{Few, untold, "safe/1 safe/2 safe/3 safe/4 safe/5 told/1 told/2 told/3 told/4 told/5"},
		{Few + 1, untold, "safe told"},
		{Few + 2, texted, "channel/1/text channel/2/text channel/3/text channel/4/text channel/5/text channel/6/text channel/7/text"},
	} {
		tasks := clients(c.n, c.change)
		var keys []string
		for _, task := range tasks {
			keys = append(keys, task.Key)
			if task.Act.IsZero() {
				t.Errorf("%s gives nothing to do", task.Key)
			}
		}
		if got := strings.Join(keys, " "); got != c.keys {
			t.Errorf("%d clients: %s, not %s", c.n, got, c.keys)
		}
		if !slices.IsSortedFunc(tasks, func(a, b Task) int { return num(a.When()) - num(b.When()) }) {
			t.Error("the soonest does not come first")
		}
	}
	one := clients(7, untold)[0]
	if !strings.HasPrefix(one.Title, "7 clients") || one.Name != "Client 1, Client 2, Client 3 and 4 more" {
		t.Errorf("%s: %s", one.Title, one.Name)
	}
	told := func(captions ...string) string {
		var list []Task
		for _, c := range captions {
			list = append(list, Task{Client: 1, Caption: c})
		}
		return many("told", list, "", Act{}).Caption
	}
	if same, mixed := told("Of May 1", "Of May 1"), told("Not yet: Bo", "Nothing shows it"); same != "Of May 1" || mixed != "" {
		t.Errorf("of all it says %q where they are alike, and %q where they are not", same, mixed)
	}
}

package standing

import (
	"strings"
	"testing"

	"casekeep/vault/record"
)

// Duties of the practice itself are judged over its own book.
func TestBookRules(t *testing.T) {
	own := func(form record.Form, data any) func(w *world) {
		return func(w *world) { w.own(form, "2026-09-01", data) }
	}
	given := record.Consultation{On: day("2026-09-01"), Kind: "supervision-given", With: "a colleague", Safe: "yes", Jurisdiction: "US-TN"}
	unsafe, nowhere := given, given
	unsafe.Safe, nowhere.Jurisdiction = "no", ""
	for _, c := range []change{
		{"no training", func(w *world) { w.disown(record.FormCompetence) }, "TSP 1.01", Open, "No training"},
		{"training to be done again", func(w *world) { w.today = "2028-04-20" }, "NASW 2.06", Due, "May 1, 2028"},
		{"no supervision", func(*world) {}, "TSP 1.08", NotApplicable, ""},
		{"supervision without training", own(record.FormConsultation, given), "TSP 1.08", Open, "no training that prepares"},
		{"supervision with the other training", func(w *world) {
			own(record.FormConsultation, given)(w)
			own(record.FormCompetence, record.Competence{On: day("2026-08-01"), Course: "Supervising", Tags: []string{"supervising-services"}})(w)
		}, "TSP 4.12", Open, ""},
		{"supervision with training", func(w *world) {
			own(record.FormConsultation, given)(w)
			own(record.FormCompetence, record.Competence{On: day("2026-08-01"), Course: "Supervising", Tags: []string{"supervising-remotely"}})(w)
		}, "TSP 4.12", Documented, "Supervising"},
		{"the supervised person's state", own(record.FormConsultation, given), "TSP 4.13", Documented, ""},
		{"no state", own(record.FormConsultation, nowhere), "TSP 4.13", Open, ""},
		{"no consultation", func(*world) {}, "TSP 1.07", NotApplicable, ""},
		{"a consultation", own(record.FormConsultation, given), "TSP 1.07", Documented, ""},
		{"over a safe channel", own(record.FormConsultation, given), "NASW 2.18", Documented, ""},
		{"over an unsafe channel", own(record.FormConsultation, unsafe), "NASW 2.18", Open, ""},
		{"no review", func(w *world) { w.disown(record.FormReview) }, "TSP 1.10", Open, ""},
		{"no review, advice", func(w *world) { w.disown(record.FormReview) }, "TIP 3", Advised, ""},
		{"a year ago", func(w *world) { w.today = "2027-05-01" }, "TSP 1.10", Due, "May 2, 2027"},
		{"its own next date", func(w *world) {
			w.disown(record.FormReview)
			own(record.FormReview, record.Review{On: day("2026-09-01"), What: "protection", Next: day("2026-12-01")})(w)
		}, "MS 3.4.C.2", Due, "December 1, 2026"},
		{"protected", func(*world) {}, "TIP 7", Documented, "sealed"},
		{"journal", own(record.FormJournal, record.Journal{On: day("2026-09-01"), Topic: "a colleague"}), "TSP 6.05", Documented, ""},
		{"no journal", func(*world) {}, "TSP 6.05", NotApplicable, ""},
		{"payments are not electronic", func(w *world) { w.settings.EPayments = "no" }, "NASW 2.08", NotApplicable, ""},
		{"no vendor", func(w *world) { w.disown(record.FormVendor) }, "NASW 2.08", Open, "No vendor"},
		{"no business associate agreement", own(record.FormVendor, record.Vendor{Name: "Claims Co", Service: "claims", Agreement: "other"}), "NASW 2.08", Open, "business associate"},
		{"another agreement, without HIPAA", func(w *world) {
			w.settings.HIPAA = "no"
			own(record.FormVendor, record.Vendor{Name: "Claims Co", Service: "claims", Agreement: "other"})(w)
		}, "NASW 2.08", Documented, ""},
		{"the agreement ended", own(record.FormVendor, record.Vendor{Name: "Claims Co", Service: "claims", Agreement: "baa", Expires: day("2026-11-24")}), "NASW 2.08", Open, "ended"},
		{"the agreement ends", own(record.FormVendor, record.Vendor{Name: "Claims Co", Service: "claims", Agreement: "baa", Expires: day("2026-11-25")}), "NASW 2.08", Due, ""},
		{"no policy", func(w *world) { w.disown(record.FormPolicy) }, "TSP 5.01", Open, "no policy in effect"},
		{"an old policy", func(w *world) { w.today = "2027-04-20" }, "TSP 5.01", Due, "May 1, 2027"},
		{"no license", func(w *world) { w.disown(record.FormLicense) }, "MS 3.4.B", Open, ""},
		{"no license at home", func(w *world) { w.settings.Jurisdiction = "US-TN" }, "TSP 7.01", Open, "Tennessee"},
		{"judged in the clients' records", func(*world) {}, "TSP 2.06", NotApplicable, "each client"},
	} {
		t.Run(c.id+" "+c.name, func(t *testing.T) {
			w := newWorld(t)
			c.change(w)
			f := w.bookFindings()[c.id]
			if f.Status != c.status || !strings.Contains(f.Says, c.says) || !f.Book {
				t.Errorf("%s is %s, not %s: %s", c.id, f.Status, c.status, f.Says)
			}
		})
	}
}

// What belongs to the practice stands in a client's standing as such, and the
// private journal does not.
func TestBookInAClientsStanding(t *testing.T) {
	w := newWorld(t)
	w.own(record.FormJournal, "2026-09-01", record.Journal{On: day("2026-09-01"), Topic: "a colleague"})
	found := w.findings()
	if f := found["TSP 1.01"]; !f.Book || f.Status != Documented {
		t.Errorf("TSP 1.01 is %+v", f)
	}
	if f := found["TSP 6.05"]; f.Status != NotApplicable || len(f.Evidence) > 0 {
		t.Errorf("TSP 6.05 is %+v", f)
	}
	if f := found["TSP 2.01"]; f.Book {
		t.Error("a client's consent is no duty of the practice alone")
	}
}

// A client who is being screened owes less, until a service takes place.
func TestScreening(t *testing.T) {
	w := newWorld(t)
	w.client.Status, w.forms, w.contacts = record.Screening, nil, nil
	w.log(record.Call, record.TallyExempt, "2026-11-20", 1, "", "")
	found := w.findings()
	for id, want := range map[string]Status{
		"TSP 2.01": NotApplicable, "TSP 2.05": NotApplicable, "NASW 2.13": NotApplicable, "TIP 6": NotApplicable, "TSP 5.02": NotApplicable,
		"TSP 2.07": Open, "TSP 4.11": Open, "TSP 3.09": Open,
	} {
		if found[id].Status != want {
			t.Errorf("%s is %s, not %s: %s", id, found[id].Status, want, found[id].Says)
		}
	}
	for key := range w.tasks() {
		if strings.HasPrefix(key, "told") {
			t.Errorf("Today asks for %s of a client in screening", key)
		}
	}
	w.log(record.Text, record.TallyService, "2026-11-21", 1, "", "")
	if f := w.findings()["TSP 2.01"]; f.Status != Open {
		t.Errorf("after a service TSP 2.01 is %s", f.Status)
	}
}

// A closed client owes what was owed, and nothing is renewed.
func TestClosed(t *testing.T) {
	closed := func() *world {
		w := newWorld(t)
		w.client.Status, w.client.ClosedOn = record.Closed, day("2026-09-01")
		return w
	}
	w := closed()
	w.today = "2029-01-01"
	for _, id := range []string{"TSP 2.07", "TSP 2.01", "TSP 2.05", "NASW 2.10"} {
		if f := w.findings()[id]; f.Status != Documented {
			t.Errorf("%s is %s: %s", id, f.Status, f.Says)
		}
	}
	w.without(record.FormAcknowledgment)
	if f := w.findings()["TSP 2.01"]; f.Status != Open {
		t.Errorf("without any consent TSP 2.01 is %s", f.Status)
	}
	w = closed()
	w.publish("searching", 2, "2026-10-01") // after the closing
	if f := w.findings()["TSP 2.05"]; f.Status != Documented {
		t.Errorf("TSP 2.05 is %s: %s", f.Status, f.Says)
	}
	w = closed()
	w.publish("searching", 2, "2026-08-01") // before it
	if f := w.findings()["TSP 2.05"]; f.Status != Due {
		t.Errorf("TSP 2.05 is %s: %s", f.Status, f.Says)
	}
	w = closed()
	w.without(record.FormSafeContact)
	w.without(record.FormChannel)
	w.without(record.FormAcknowledgment)
	for key := range w.tasks() {
		t.Errorf("Today asks for %s of a closed client", key)
	}
	w.file(record.FormSearch, "2026-08-01", record.SearchNote{On: day("2026-08-01"), Where: "x", Basis: "emergency", Told: "no"})
	if len(w.tasks()) != 1 {
		t.Error("a closed client is still to be told of a search")
	}
}

// The tally answers where it can; contacts are counted only where it cannot.
func TestCountsAreAskedForOnlyWhereTheyMustBe(t *testing.T) {
	w := newWorld(t)
	w.findings()
	w.tasks()
	if w.counted != 0 {
		t.Errorf("%d counts were asked for, though the tally tells", w.counted)
	}
	w.without(record.FormChannel)
	w.findings()
	w.tasks()
	if w.counted != 0 {
		t.Errorf("%d counts were asked for without any consent", w.counted)
	}
	w.file(record.FormChannel, since, channel(record.Text, Allowed, "2026-06-10"))
	w.tasks()
	if w.counted != 0 {
		t.Errorf("Today asked for %d counts of what is past", w.counted)
	}
	if w.findings(); w.counted != 1 {
		t.Errorf("%d counts were asked for, not the one of the texts before consent", w.counted)
	}
}

package standing

import (
	"strings"
	"testing"

	"casekeep/vault/record"
)

// Each kind of request has its days: those of HIPAA where it applies and the
// client or a representative asks, else the practice's own.
func TestRequestClock(t *testing.T) {
	for _, c := range []struct {
		kind, by, hipaa string
		days            int
		rule            string
	}{
		{record.RequestAccess, "client", "yes", 30, "45 CFR 164.524(b)(2)"},
		{record.RequestCopy, "guardian", "", 30, "45 CFR 164.524(b)(2)"},
		{record.RequestAmendment, "representative", "yes", 60, "45 CFR 164.526(b)(2)"},
		{record.RequestAccounting, "client", "yes", 60, "45 CFR 164.528(c)(1)"},
		{record.RequestTransfer, "client", "yes", 30, ""},
		{record.RequestRestriction, "client", "yes", 30, ""},
		{record.RequestCopy, "third-person", "yes", 30, ""},
		{record.RequestCopy, "court", "yes", 30, ""},
		{record.RequestAmendment, "client", "no", 30, ""},
	} {
		if days, rule := RequestClock(record.Request{Kind: c.kind, By: c.by}, c.hipaa); days != c.days || rule != c.rule {
			t.Errorf("%s by %s, HIPAA %q: %d days by %q", c.kind, c.by, c.hipaa, days, rule)
		}
	}
}

func TestRequests(t *testing.T) {
	for _, c := range []struct {
		name    string
		request record.Request // on November 1, 2026
		hipaa   string
		answers []record.RequestAnswered
		due     string
		task    string // a part of its caption; "": none
		status  Status
	}{
		{"a copy", record.Request{Kind: record.RequestCopy, By: "client"}, "yes", nil, "2026-12-01", "Asked for on November 1, 2026 · 30 days, 45 CFR 164.524(b)(2)", Due},
		{"no HIPAA", record.Request{Kind: record.RequestAmendment, By: "client"}, "no", nil, "2026-12-01", "30 days, the practice’s own default", Due},
		{"an amendment", record.Request{Kind: record.RequestAmendment, By: "guardian", Who: "Mary"}, "yes", nil, "2026-12-31", "by a guardian, Mary", Due},
		{"a court's day", record.Request{Kind: record.RequestCopy, By: "court", Who: "the county court", Until: day("2026-11-20")}, "yes", nil, "2026-11-20", "the day that they gave", Open},
		{"a later day than the practice's own", record.Request{Kind: record.RequestCopy, By: "court", Until: day("2027-02-20")}, "yes", nil, "2026-12-01", "30 days, the practice", Due},
		{"extended", record.Request{Kind: record.RequestCopy, By: "client"}, "yes",
			[]record.RequestAnswered{{Outcome: record.AnswerExtended, Until: day("2026-12-20")}}, "2026-12-20", "extended once", Due},
		{"extended too far by a newer program", record.Request{Kind: record.RequestCopy, By: "client"}, "yes",
			[]record.RequestAnswered{{Outcome: record.AnswerExtended, Until: day("2027-12-20")}}, "2026-12-31", "extended once", Due},
		{"extended, then given", record.Request{Kind: record.RequestCopy, By: "client"}, "yes",
			[]record.RequestAnswered{{Outcome: record.AnswerExtended, Until: day("2026-12-20")}, {Outcome: record.AnswerGiven}}, "2026-12-20", "", Documented},
		{"denied", record.Request{Kind: record.RequestCopy, By: "client"}, "yes", []record.RequestAnswered{{Outcome: record.AnswerDenied}}, "2026-12-01", "", Documented},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.settings.HIPAA = c.hipaa
			c.request.On = day("2026-11-01")
			id := w.file(record.FormRequest, "2026-11-01", c.request)
			for _, a := range c.answers {
				w.follow(record.FormRequestAnswered, "2026-11-10", id, a)
			}
			_, file := w.read()
			list := file.Requests()
			if len(list) != 1 || list[0].Due != day(c.due) || list[0].Open() != (c.task != "") {
				t.Fatalf("%+v", list)
			}
			var said []Task
			for _, task := range w.tasks() {
				if strings.HasPrefix(task.Key, "request/") {
					said = append(said, task)
				}
			}
			switch {
			case c.task == "" && len(said) > 0:
				t.Errorf("answered, and Today asks for it: %+v", said)
			case c.task != "" && (len(said) != 1 || said[0].Due != day(c.due) || !strings.Contains(said[0].Caption, c.task) || said[0].Act.Form != record.FormRequestAnswered || said[0].Act.About != id):
				t.Errorf("tasks: %+v", said)
			}
			if f := w.findings()["TSP 5.04"]; f.Status != c.status {
				t.Errorf("TSP 5.04 is %s: %s", f.Status, f.Says)
			}
		})
	}
}

// A closed record is asked for like any other.
func TestRequestForAClosedRecord(t *testing.T) {
	w := newWorld(t)
	w.client.Status, w.client.ClosedOn = record.Closed, day("2026-10-01")
	id := w.file(record.FormRequest, "2026-11-01", record.Request{On: day("2026-11-01"), Kind: record.RequestAccess, By: "client"})
	if one := w.tasks()[key("request", id)]; one.Title != "Answer the client’s request: to see the record" {
		t.Errorf("%+v", one)
	}
}

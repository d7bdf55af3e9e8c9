package clients

import (
	"context"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// Today is November 21, 2026.
func TestRequestsOfARecord(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	openTab(h.page, "Requests")
	h.Sees("Nobody has asked for this record yet", "Nothing was released yet")
	h.Tap("Record a request")
	h.Choose("In writing", 0)
	h.Selects()[0].Tapped(nil)
	h.PickMenu("A copy of the record")
	for _, f := range h.Fields() {
		if f.Text() == "" {
			f.SetText("All of it")
		}
	}
	h.key(desk.KeySave)
	h.Fine()
	h.Sees("A copy of the record", "Received", "by the client", "in writing", "All of it",
		"To be answered by Dec 21, 2026: 30 days, 45 CFR 164.524(b)(2).", "due Dec 21, 2026", "Record asked for, due Dec 21")

	h.Tap("Answer")
	h.Sees("It is about: Request for the record: a copy of the record, by the client, November 21, 2026")
	h.key(desk.KeySave)
	h.Sees("Choose one of these.")
	h.key(desk.KeyEscape)
	file := func(values form.Values) {
		t.Helper()
		list, err := h.Practice().Requests(context.Background(), ada.ID)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		_, err = h.Practice().File(context.Background(), app.FormRequest{Client: ada.ID, Form: record.FormRequestAnswered, About: list[0].ID, Values: values})
		if err != nil {
			t.Fatal(err)
		}
		h.page.Refresh(ada.ID)
	}
	file(form.Values{"on": "2026-11-21", "outcome": record.AnswerExtended, "reason": "A file is with the court.", "told": "2026-11-21", "until": "2027-01-10"})
	h.Sees("More time until Jan 10, 2027, said in writing", "A file is with the court.", "due Jan 10, 2027", "Record asked for, due Jan 10")
	file(form.Values{"on": "2026-11-21", "outcome": record.AnswerInPart, "sent": "all but one letter", "reason": "It names her neighbor.", "letter": "no",
		"grounds": []string{"harms-another", "confidence"}})
	h.Sees("Given in part", "all but one letter: It names her neighbor.", "On the ground: Likely to harm seriously another whom it names; Told in confidence",
		"The denial was not given in writing yet.", "given in part", "Correct the answer")
	h.SeesNot("Record asked for", "To be answered by")
}

// A subpoena that was written down leads to a legal hold in one step, which says
// already what is known; a request of the client calls for none.
func TestASubpoenaLeadsToAHold(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	ask := func(values form.Values) record.Entry {
		t.Helper()
		values["on"], values["kind"], values["how"], values["asked"] = "2026-11-19", record.RequestCopy, "in-writing", "All of it."
		e, err := h.Practice().File(context.Background(), app.FormRequest{Client: ada.ID, Form: record.FormRequest, Values: values})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	h.page.chart.filled(ask(form.Values{"by": "client"}))
	if n := len(h.Toasts); n != 0 {
		t.Fatalf("a client's request is met by %q", h.Toasts[n-1])
	}
	e := ask(form.Values{"by": "court", "who": "County Court", "rests": "Subpoena in Quill v. Fenn"})
	h.page.chart.filled(e)
	if n := len(h.Toasts); n != 1 {
		t.Errorf("the subpoena is met by %q", h.Toasts)
	}
	h.page.Refresh(ada.ID)
	openTab(h.page, "Requests")
	h.Tap("Place a legal hold")
	h.Sees("Place a legal hold on Ada Quill’s record")
	h.Tap("Place the hold")
	h.Fine()
	list, err := h.Practice().Holds(context.Background(), ada.ID)
	if err != nil || len(list) != 1 || list[0].Matter != "Subpoena in Quill v. Fenn" || list[0].Source != "subpoena" ||
		list[0].On.String() != "2026-11-19" || list[0].Note != "a court or agency, County Court" {
		t.Errorf("%+v, %v", list, err)
	}
	h.Sees("Legal hold: Subpoena in Quill v. Fenn")
}

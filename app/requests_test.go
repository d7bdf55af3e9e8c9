package app_test

import (
	"errors"
	"strings"
	"testing"

	"casekeep/app/form"
	"casekeep/vault/record"

	"casekeep/app"
)

func copyAskedFor(on string) form.Values {
	return form.Values{"on": on, "kind": record.RequestCopy, "by": "client", "how": "in-writing", "asked": "My whole record."}
}

func moreTime(on, told, until string) form.Values {
	return form.Values{"on": on, "outcome": record.AnswerExtended, "reason": "Two files are with the court.", "told": told, "until": until}
}

func given(on string) form.Values {
	return form.Values{"on": on, "outcome": record.AnswerGiven, "sent": "the whole record, on paper"}
}

// today is November 21, 2026. A copy that was asked for on October 28 is due on
// November 27, one of October 1 was due on October 31.
func TestAnswersToARequest(t *testing.T) {
	for _, c := range []struct {
		name   string
		asked  form.Values
		before []form.Values
		answer form.Values
		key    string // of the problem; "": none
		says   string
	}{
		{"given", copyAskedFor("2026-10-28"), nil, given("2026-11-20"), "", ""},
		{"given late", copyAskedFor("2026-10-01"), nil, given("2026-11-20"), "", ""},
		{"before it was received", copyAskedFor("2026-10-28"), nil, given("2026-10-27"), "on", "received on October 28, 2026"},
		{"more time", copyAskedFor("2026-10-28"), nil, moreTime("2026-11-20", "2026-11-20", "2026-12-27"), "", ""},
		{"a day too many", copyAskedFor("2026-10-28"), nil, moreTime("2026-11-20", "2026-11-20", "2026-12-28"), "until", "no later than December 27, 2026"},
		{"no more time at all", copyAskedFor("2026-10-28"), nil, moreTime("2026-11-20", "2026-11-20", "2026-11-27"), "until", "after November 27, 2026"},
		{"more time, too late", copyAskedFor("2026-10-01"), nil, moreTime("2026-11-20", "2026-10-20", "2026-11-28"), "outcome", "ended on October 31, 2026"},
		{"told too late", copyAskedFor("2026-10-01"), nil, moreTime("2026-11-20", "2026-11-19", "2026-11-28"), "told", "in writing by October 31, 2026"},
		{"more time twice", copyAskedFor("2026-10-28"), []form.Values{moreTime("2026-11-19", "2026-11-19", "2026-12-01")},
			moreTime("2026-11-20", "2026-11-20", "2026-12-10"), "outcome", "once, until December 1, 2026"},
		{"more time once it was given", copyAskedFor("2026-10-28"), []form.Values{given("2026-11-19")},
			moreTime("2026-11-20", "2026-11-20", "2026-12-10"), "outcome", "answered on November 19, 2026"},
		{"a ground of another law", copyAskedFor("2026-10-28"), nil, form.Values{"on": "2026-11-20", "outcome": record.AnswerDenied, "reason": "r",
			"letter": "yes", "grounds": []string{"accurate"}}, "grounds", "none for what was asked for"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPractice(t)
			ada := addClient(t, p, "Ada Quill")
			request := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormRequest, Values: c.asked})
			for _, before := range c.before {
				fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormRequestAnswered, About: request.ID, Values: before})
			}
			_, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: record.FormRequestAnswered, About: request.ID, Values: c.answer})
			var problems form.Problems
			errors.As(err, &problems)
			if c.key == "" && err != nil || c.key != "" && !strings.Contains(problems.Of(c.key), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

// An answer is to a request of the same record; one that was corrected is the
// request still.
func TestAnAnswerNamesItsRequest(t *testing.T) {
	p := newPractice(t)
	ada, bo := addClient(t, p, "Ada Quill"), addClient(t, p, "Bo Larsen")
	request := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormRequest, Values: copyAskedFor("2026-10-28")})
	for name, req := range map[string]app.FormRequest{
		"none":       {Client: ada.ID},
		"of another": {Client: bo.ID, About: request.ID},
		"no such":    {Client: ada.ID, About: request.ID + 1},
	} {
		req.Form, req.Values = record.FormRequestAnswered, given("2026-11-20")
		if _, err := p.File(ctx, req); err == nil || !strings.Contains(err.Error(), "which request") {
			t.Errorf("%s: %v", name, err)
		}
	}
	more := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormRequestAnswered, About: request.ID, Values: moreTime("2026-11-20", "2026-11-20", "2026-12-10")})
	fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormRequest, Supersedes: request.ID, Values: copyAskedFor("2026-10-29")})
	fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormRequestAnswered, About: request.ID, Supersedes: more.ID, Values: moreTime("2026-11-20", "2026-11-20", "2026-12-20")})
	list, err := p.Requests(ctx, ada.ID)
	if err != nil || len(list) != 1 || !list[0].Open() || list[0].Due.String() != "2026-12-20" || list[0].First.String() != "2026-11-28" {
		t.Fatalf("%+v, %v", list, err)
	}
	signs, err := p.Signs(ctx, ada.ID)
	if err != nil || !strings.Contains(signs[0].Text, "Record asked for, due Dec 20") {
		t.Errorf("%+v, %v", signs, err)
	}
	whole(t, p)
}

// Open requests of all clients stand first, the soonest due at the top.
func TestRequestsOfAll(t *testing.T) {
	p := newPractice(t)
	ada, bo := addClient(t, p, "Ada Quill"), addClient(t, p, "Bo Larsen")
	ask := func(client record.Client, on string, answered ...string) {
		request := fileAs(t, p, app.FormRequest{Client: client.ID, Form: record.FormRequest, Values: copyAskedFor(on)})
		for _, day := range answered {
			fileAs(t, p, app.FormRequest{Client: client.ID, Form: record.FormRequestAnswered, About: request.ID, Values: given(day)})
		}
	}
	ask(ada, "2026-09-01", "2026-09-05")
	ask(ada, "2026-11-10")
	ask(bo, "2026-10-10", "2026-11-01")
	ask(bo, "2026-10-30")
	list, err := p.Requests(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, r := range list {
		said = append(said, r.Name+" "+r.On.String())
	}
	if got := strings.Join(said, ", "); got != "Bo Larsen 2026-10-30, Ada Quill 2026-11-10, Bo Larsen 2026-10-10, Ada Quill 2026-09-01" {
		t.Error(got)
	}
}

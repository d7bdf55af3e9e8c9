package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

func fileAs(t testing.TB, p *app.Practice, req app.FormRequest) record.Entry {
	t.Helper()
	e, err := p.File(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func safe(text string) form.Values {
	return form.Values{"text": text, "voicemail": "no", "say_name": "no"}
}

func TestAFormOfAnEarlierDayStandsOnThatDay(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	values := form.Values{"on": "2026-11-02", "where": "Google", "terms": "name and town", "reason": "She did not come.",
		"basis": "emergency", "emergency": "She had spoken of dying.", "told": "no"}
	e := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSearch, Values: values})
	zone := record.LoadZone("America/Chicago")
	if !e.DayOnly || e.At.In(zone) != time.Date(2026, 11, 2, 12, 0, 0, 0, zone) || !e.Late() {
		t.Errorf("at %v, only the day %v, late %v", e.At.In(zone), e.DayOnly, e.Late())
	}
	values["on"] = "2026-11-21"
	e = fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSearch, Values: values})
	if e.DayOnly || !e.At.Equal(now) || e.Late() {
		t.Errorf("today: at %v, only the day %v", e.At, e.DayOnly)
	}
	if !strings.Contains(e.Subject, "Google, in an emergency") || !strings.Contains(e.Body, "Why it could not wait: She had spoken of dying.") {
		t.Errorf("%q\n%s", e.Subject, e.Body)
	}
	hits, err := p.Search(ctx, app.Search{Query: "spoken of dying"})
	if err != nil || len(hits) != 2 {
		t.Errorf("found %d, %v", len(hits), err)
	}
	whole(t, p)
}

func TestWrongAnswersFileNothing(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	_, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Values: form.Values{"text": "perhaps"}})
	var problems form.Problems
	if !errors.As(err, &problems) || len(problems) != 3 || problems[0].Key != "text" {
		t.Errorf("problems: %v", err)
	}
	for _, req := range []app.FormRequest{
		{Client: ada.ID, Form: record.FormJournal}, {Client: record.Book, Form: record.FormSafeContact}, {Client: ada.ID, Form: "hearsay"},
	} {
		if _, err := p.File(ctx, req); err == nil {
			t.Errorf("%s stands where it does not belong", req.Form)
		}
	}
	if list, err := p.Timeline(ctx, ada.ID, app.Page{}); err != nil || len(list) != 0 {
		t.Errorf("filed: %v, %v", list, err)
	}
}

// The line above the record is what the last entry that stands says.
func TestTheSafetyLineFollowsItsEntries(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	line := func() string {
		t.Helper()
		c, err := p.OpenClient(ctx, ada.ID)
		if err != nil {
			t.Fatal(err)
		}
		return c.SafeContact
	}
	fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Values: safe("yes")})
	second := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Values: safe("no")})
	if got := line(); !strings.HasPrefix(got, "no texts") {
		t.Errorf("after the second entry: %q", got)
	}
	if err := p.Strike(ctx, second.ID, "another client's"); err != nil {
		t.Fatal(err)
	}
	if got := line(); !strings.HasPrefix(got, "may text") {
		t.Errorf("after it was struck through: %q", got)
	}
}

func TestAFormIsCorrectedWhole(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	first := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Values: safe("yes")})
	_, values, err := p.Correct(ctx, first.ID)
	if err != nil || values["text"] != "yes" {
		t.Fatalf("%v, %v", values, err)
	}
	values["text"] = "ask"
	second := fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Values: values, Supersedes: first.ID})
	if _, _, err := p.Correct(ctx, first.ID); err == nil {
		t.Error("an entry was corrected twice")
	}
	back, err := p.Entry(ctx, first.ID)
	if err != nil || back.Superseded != second.ID {
		t.Errorf("the first one names %v, %v", back.Superseded, err)
	}
	if _, err := p.CorrectTime(ctx, second.ID, now.Add(-time.Hour), "UTC"); err == nil {
		t.Error("a structured entry got another time")
	}
	contact, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Correct(ctx, contact.ID); err == nil {
		t.Error("a contact was corrected as a form")
	}
}

// What was signed goes along when the rest of an entry is corrected.
func TestACorrectionKeepsTheFiles(t *testing.T) {
	p := newPractice(t)
	bo := addClient(t, p, "Bo Larsen")
	values := form.Values{"earlier_what": "the form of 2019", "earlier": []string{"informed-consent"}, "decision": "given", "how": "signature",
		"on": "2026-11-20", "signers": []record.Signer{{Name: "Bo Larsen", Role: "client", Capacity: "yes"}}}
	path := write(t, "signature.png", "ink")
	first := fileAs(t, p, app.FormRequest{Client: bo.ID, Form: record.FormAcknowledgment, Values: values, Files: []app.Upload{app.FileUpload(path)}})
	values["note"] = "He asked about the fees."
	second := fileAs(t, p, app.FormRequest{Client: bo.ID, Form: record.FormAcknowledgment, Values: values, Supersedes: first.ID})
	if len(second.Attachments) != 1 || second.Attachments[0].SHA256 != first.Attachments[0].SHA256 || second.Attachments[0].Blob == first.Attachments[0].Blob {
		t.Errorf("the correction has %+v, the first one %+v", second.Attachments, first.Attachments)
	}
	other := write(t, "signature.png", "other ink")
	third := fileAs(t, p, app.FormRequest{Client: bo.ID, Form: record.FormAcknowledgment, Values: values, Supersedes: second.ID,
		Files: []app.Upload{app.FileUpload(other)}})
	if len(third.Attachments) != 1 || third.Attachments[0].SHA256 == first.Attachments[0].SHA256 {
		t.Errorf("signed anew it has %+v", third.Attachments)
	}
	values["signers"] = []record.Signer{{Name: "Kit Larsen", Role: "representative", Capacity: "yes"}}
	for name, files := range map[string][]app.Upload{"nothing": nil, "a scan": {app.FileUpload(write(t, "page.png", "page"))}} {
		_, err := p.File(ctx, app.FormRequest{Client: bo.ID, Form: record.FormAcknowledgment, Values: values, Supersedes: third.ID, Files: files})
		var problems form.Problems
		if !errors.As(err, &problems) || problems.Of("how") == "" {
			t.Errorf("what Bo signed, with %s, stands for Kit: %v", name, err)
		}
	}
	values["signers"] = []record.Signer{{Name: "Bo Larsen", Role: "client", Capacity: "yes"}, {Name: "Kit Larsen", Role: "representative", Capacity: "yes"}}
	if _, err := p.File(ctx, app.FormRequest{Client: bo.ID, Form: record.FormAcknowledgment, Values: values, Supersedes: third.ID,
		Files: []app.Upload{app.FileUpload(other)}}); err == nil {
		t.Error("one signature that is drawn anew stands for two people")
	}
	whole(t, p)
}

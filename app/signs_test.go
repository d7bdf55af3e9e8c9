package app_test

import (
	"slices"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// signsOf gives the texts above a client's record.
func signsOf(t testing.TB, p *app.Practice, id record.ClientID) []string {
	t.Helper()
	all, err := p.Signs(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, s := range all {
		texts = append(texts, s.Text)
	}
	return texts
}

func prepared(t testing.TB, p *app.Practice, id record.ClientID, f record.Form, values form.Values) record.Entry {
	t.Helper()
	all, err := p.Prepare(t.Context(), id, f, 0)
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range values {
		all[key] = value
	}
	e, err := p.File(t.Context(), app.FormRequest{Client: id, Form: f, Values: all})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSignsAboveARecord(t *testing.T) {
	p := newPractice(t)
	ada := inTennessee(t, p)
	has := func(texts ...string) {
		t.Helper()
		shown := signsOf(t, p, ada.ID)
		for _, text := range texts {
			if !slices.Contains(shown, text) {
				t.Errorf("%q is not above the record: %q", text, shown)
			}
		}
	}
	hasNot := func(text string) {
		t.Helper()
		if slices.Contains(signsOf(t, p, ada.ID), text) {
			t.Errorf("%q is above the record", text)
		}
	}
	hasNot("Not told that messages are recorded") // nothing was said yet
	if _, err := p.Log(t.Context(), record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "hello"}); err != nil {
		t.Fatal(err)
	}
	has("1 text, no consent on file", "Not told that messages are recorded")
	prepared(t, p, ada.ID, record.FormAcknowledgment, form.Values{"earlier_what": "Consent form of 2019", "earlier": []string{"records"}, "how": "verbal",
		"signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}})
	has("Told messages are recorded")
	hasNot("Not told that messages are recorded")
	prepared(t, p, ada.ID, record.FormChannel, form.Values{"channel": "email", "how": "verbal", "review_by": ""})
	has("Email agreed")
	for _, channel := range []string{"text", "portal"} {
		prepared(t, p, ada.ID, record.FormChannel, form.Values{"channel": channel, "how": "in-writing", "since": "2026-01-02", "review_by": ""})
	}
	has("Texting and portal agreed in writing")
	prepared(t, p, ada.ID, record.FormChannel, form.Values{"channel": "email", "decision": "revoked"})
	has("No email: revoked")
	hasNot("Email agreed")
}

func TestBesideNamesThePlacesOfTheLastContact(t *testing.T) {
	p := newPractice(t)
	ada := inTennessee(t, p)
	b, err := p.Beside(t.Context(), ada.ID)
	if err != nil || b.Where != "Tennessee" || b.Own != "" {
		t.Errorf("before any contact: %+v, %v", b, err)
	}
	for _, where := range []string{"at home, Memphis", "her sister’s, Memphis"} {
		_, err := p.Log(t.Context(), record.Entry{Client: ada.ID, Channel: record.Call, Direction: record.Out, Body: "x", Location: where, OwnLocation: "office"})
		if err != nil {
			t.Fatal(err)
		}
	}
	prepared(t, p, ada.ID, record.FormIntake, form.Values{"prior": "no", "preference": "both", "culture": "Her church matters."})
	b, err = p.Beside(t.Context(), ada.ID)
	if err != nil || b.Where != "her sister’s, Memphis" || b.Own != "office" || b.Culture != "Her church matters." {
		t.Errorf("after two calls: %+v, %v", b, err)
	}
	if b.Channel(record.Text).Allowed() || !b.Channel(record.Text).Needs {
		t.Errorf("texts: %+v", b.Channel(record.Text))
	}
}

func inTennessee(t testing.TB, p *app.Practice) record.Client {
	t.Helper()
	c, err := p.AddClient(t.Context(), record.Client{Name: "Ada Quill", Jurisdiction: "US-TN"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPoliciesThatAreMissingAreCountedAboveARecord(t *testing.T) {
	p := newPractice(t)
	ada := inTennessee(t, p)
	sign := func(want string) {
		t.Helper()
		for _, text := range signsOf(t, p, ada.ID) {
			if strings.Contains(text, "not acknowledged") && text != want {
				t.Errorf("it says %q, not %q", text, want)
			} else if text == want {
				return
			}
		}
		if want != "" {
			t.Errorf("%q is not above the record", want)
		}
	}
	sign("")
	publish(t, p, app.PolicyDraft{Topic: "breach", Text: "I tell you soon."})
	sign("Policies not acknowledged")
	prepared(t, p, ada.ID, record.FormAcknowledgment, form.Values{
		"how": "verbal", "signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}})
	sign("")
	publish(t, p, app.PolicyDraft{Topic: "records", Text: "I keep it sealed."})
	sign("1 policy not acknowledged")
}

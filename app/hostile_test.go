package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

func TestAPolicyIsNotFiledAsAForm(t *testing.T) {
	p := newPractice(t)
	e, err := p.File(ctx, app.FormRequest{Client: record.Book, Form: record.FormPolicy, Values: form.Values{}})
	if err == nil {
		t.Errorf("an empty policy was filed: %+v", e)
	}
	if _, err := p.Standing(ctx, record.Book); err != nil {
		t.Error(err)
	}
}

// Two windows, or a double click, publish at once.
func TestVersionsPublishedAtOnceHaveNumbersOfTheirOwn(t *testing.T) {
	p := newPractice(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if _, err := p.PublishPolicy(ctx, app.PolicyDraft{Topic: "searching", Text: fmt.Sprintf("Text %d.", i)}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	numbers := map[int]bool{}
	for _, v := range policyOf(t, p, "searching").Versions {
		if numbers[v.Version] {
			t.Errorf("version %d is there twice", v.Version)
		}
		numbers[v.Version] = true
	}
}

func TestAStartPressedTwiceStartsOnce(t *testing.T) {
	p := newPractice(t)
	a := app.FirstAnswers{Name: "Ada Marsh", Credential: "LCSW", Jurisdiction: "US-MS", Number: "C1", Expires: day(t, "2027-06-30"), HIPAA: "yes"}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := p.Start(ctx, a); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	licenses, err := p.Forms(ctx, record.Book, record.FormLicense)
	if err != nil || len(licenses) != 1 {
		t.Errorf("%d licenses, %v", len(licenses), err)
	}
	list, err := p.Policies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if len(one.Versions) > 1 {
			t.Errorf("%s has %d versions", one.Topic.Key, len(one.Versions))
		}
	}
}

// What a form names must be there, and be the client's own.
func TestAFormNamesNothingOfAnotherRecord(t *testing.T) {
	p := newPractice(t)
	ada, bo := addClient(t, p, "Ada Quill"), addClient(t, p, "Bo Larsen")
	consent := form.Values{"what": "search", "scope": "the open web", "decision": "given", "how": "in-writing", "on": "2026-11-20",
		"signers": []record.Signer{{Name: "Bo Larsen", Role: "client", Capacity: "yes"}}}
	his, err := p.File(ctx, app.FormRequest{Client: bo.ID, Form: record.FormConsent, Values: consent})
	if err != nil {
		t.Fatal(err)
	}
	journal, err := p.File(ctx, app.FormRequest{Client: record.Book, Form: record.FormJournal, Values: form.Values{"on": "2026-11-20", "topic": "CANARYTOPIC", "text": "private"}})
	if err != nil {
		t.Fatal(err)
	}
	note := func(id record.EntryID) form.Values {
		return form.Values{"on": "2026-11-21", "where": "web", "terms": "x", "reason": "y", "basis": "consent", "consent": id.String(), "told": "no", "alternatives": "z"}
	}
	for name, id := range map[string]record.EntryID{"another's": his.ID, "none": 5, "the journal": journal.ID} {
		e, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: record.FormSearch, Values: note(id)})
		if err == nil {
			t.Errorf("%s: filed as %q", name, e.Body)
		}
	}
	for name, id := range map[string]record.EntryID{"another's": his.ID, "the journal": journal.ID} {
		e, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: record.FormSearchTold, About: id, Values: form.Values{"on": "2026-11-21", "how": "phone"}})
		if err == nil {
			t.Errorf("%s: followed up as %q", name, e.Subject)
		}
	}
	e, err := p.File(ctx, app.FormRequest{Client: record.Book, Form: record.FormIncident, Values: form.Values{"discovered": "2026-11-21", "what": "other",
		"story": "s", "data": "d", "finding": "breach", "clients": []string{"999"}}})
	if err == nil {
		t.Errorf("an incident touches nobody's record: %q", e.Body)
	}
	if _, err := p.Incidents(ctx); err != nil {
		t.Error(err)
	}
}

// What was taken back or corrected states nothing any more.
func TestAPlaceThatWasStruckThroughIsNoPlace(t *testing.T) {
	p := newPractice(t)
	c, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS"})
	if err != nil {
		t.Fatal(err)
	}
	place := func(j, since string, supersedes record.EntryID) record.Entry {
		e, err := p.File(ctx, app.FormRequest{Client: c.ID, Form: record.FormPlace, Supersedes: supersedes, Values: form.Values{"jurisdiction": j, "since": since}})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	licensed := func() standing.Finding {
		s, err := p.Standing(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(s.Findings, func(f standing.Finding) bool { return f.ID == "TSP 7.01" })
		return s.Findings[i]
	}
	wrong := place("US-TN", "2026-01-05", 0)
	if f := licensed(); !strings.Contains(f.Says, "Tennessee") {
		t.Fatalf("%+v", f)
	}
	if err := p.Strike(ctx, wrong.ID, "wrong client"); err != nil {
		t.Fatal(err)
	}
	if f := licensed(); strings.Contains(f.Says, "Tennessee") {
		t.Errorf("struck through: %s", f.Says)
	}
	if got, _ := p.OpenClient(ctx, c.ID); got.Jurisdiction != "US-MS" {
		t.Errorf("the client is in %s", got.Jurisdiction)
	}
	moved := place("US-TN", "2026-01-05", 0)
	place("US-AL", "2026-03-05", moved.ID)
	today, err := p.Today(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range today.Tasks {
		if strings.Contains(task.Key, "US-TN") {
			t.Errorf("corrected: %s", task.Title)
		}
	}
	whole(t, p)
}

func TestStandingFollowsAMovedChain(t *testing.T) {
	p := newPractice(t)
	ada, bo := addClient(t, p, "Ada Quill"), addClient(t, p, "Bo Larsen")
	safe := func(client record.ClientID, code string, supersedes record.EntryID) record.Entry {
		e, err := p.File(context.Background(), app.FormRequest{Client: client, Form: record.FormSafeContact, Supersedes: supersedes,
			Values: form.Values{"text": "no", "voicemail": "no", "say_name": "no", "code": code}})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	first := safe(ada.ID, "ladder", 0)
	if _, err := p.Today(ctx); err != nil {
		t.Fatal(err)
	}
	if err := p.Move(ctx, first.ID, bo.ID, "wrong client"); err != nil {
		t.Fatal(err)
	}
	a, _ := p.OpenClient(ctx, ada.ID)
	b, _ := p.OpenClient(ctx, bo.ID)
	if a.SafeContact != "" || !strings.Contains(b.SafeContact, "ladder") {
		t.Errorf("after the move ada has %q, bo %q", a.SafeContact, b.SafeContact)
	}
}

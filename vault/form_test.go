package vault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

func note(client record.ClientID, form record.Form, data string) vault.Filing {
	return vault.Filing{Entry: record.Entry{Client: client, Form: form, Data: json.RawMessage(data), Subject: "Search note", Body: "Where: the county register"}}
}

func TestAStructuredEntryIsKeptLikeAnyOther(t *testing.T) {
	b := newVault(t)
	ada := b.client("Ada Quill").ID
	e, err := b.File(ctx, note(ada, record.FormSearch, `{"where":"register"}`))
	if err != nil {
		t.Fatal(err)
	}
	if e.Channel != record.Note || e.IsContact() {
		t.Errorf("entry: %+v", e)
	}
	if err := b.Amend(ctx, e.ID, "It was the parish register.", ""); err != nil {
		t.Fatal(err)
	}
	back, err := b.Entry(ctx, e.ID)
	if err != nil || back.Form != record.FormSearch || string(back.Data) != `{"where":"register"}` || len(back.Amendments) != 1 {
		t.Errorf("read back: %+v, %v", back, err)
	}
	hits, err := b.Search(ctx, vault.Search{Query: "county"})
	if err != nil || len(hits) != 1 {
		t.Errorf("hits: %v, %v", hits, err)
	}
	list, err := b.Clients(ctx)
	if err != nil || len(list) != 1 || list[0].Entries != 0 || !list[0].LastContact.IsZero() {
		t.Errorf("a note counts as a contact: %+v, %v", list, err)
	}
	events, err := b.Audit(ctx, ada, 10)
	if err != nil || events[1].Action != "entry.file" || events[1].Detail != "search" {
		t.Errorf("audit: %+v, %v", events, err)
	}
	b.whole()
}

func TestACorrectionTakesTheFormerOnesPlaceInTheFacts(t *testing.T) {
	b := newVault(t)
	ada, bo := b.client("Ada Quill").ID, b.client("Bo Larsen").ID
	first, err := b.File(ctx, note(ada, record.FormSearch, `{"n":1}`))
	if err != nil {
		t.Fatal(err)
	}
	second := note(ada, record.FormSearch, `{"n":2}`)
	second.Entry.Supersedes = first.ID
	corrected, err := b.File(ctx, second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.File(ctx, second); err == nil {
		t.Error("an entry was corrected twice")
	}
	other := note(ada, record.FormBoundary, `{}`)
	other.Entry.Supersedes = corrected.ID
	if _, err := b.File(ctx, other); err == nil {
		t.Error("a note of another kind took its place")
	}
	about := note(bo, record.FormSearchTold, `{}`)
	about.Entry.About = first.ID
	if _, err := b.File(ctx, about); err == nil {
		t.Error("an entry follows up what stands in another record")
	}
	facts, err := b.Facts(ctx, ada)
	if err != nil || len(facts) != 1 || len(facts[0].Forms) != 1 || facts[0].Forms[0].ID != corrected.ID {
		t.Fatalf("facts: %+v, %v", facts, err)
	}
	if err := b.Strike(ctx, corrected.ID, "wrong person"); err != nil {
		t.Fatal(err)
	}
	if facts, err = b.Facts(ctx, ada); err != nil || len(facts[0].Forms) != 0 {
		t.Errorf("facts after the strike: %+v, %v", facts, err)
	}
}

func TestFilingChangesTheLinesAboveTheRecord(t *testing.T) {
	b := newVault(t)
	ada := b.client("Ada Quill").ID
	f := note(ada, record.FormSafeContact, `{}`)
	safe := "text only"
	f.SafeContact, f.Place = &safe, &record.Place{Jurisdiction: "US-TN", Since: record.Date{Year: 2026, Month: 11, Day: 1}}
	if _, err := b.File(ctx, f); err != nil {
		t.Fatal(err)
	}
	c, err := b.Client(ctx, ada)
	if err != nil || c.SafeContact != safe || c.Jurisdiction != "US-TN" {
		t.Errorf("client: %+v, %v", c, err)
	}
	facts, err := b.Facts(ctx)
	if err != nil || len(facts) != 2 || facts[0].Client.ID != record.Book || len(facts[1].Places) != 1 || facts[1].Places[0].Since.Day != 1 {
		t.Errorf("facts: %+v, %v", facts, err)
	}
}

func TestTheBookIsNoClient(t *testing.T) {
	b := newVault(t)
	ada := b.client("Ada Quill").ID
	journal, err := b.File(ctx, note(record.Book, record.FormJournal, `{}`))
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.Clients(ctx)
	if err != nil || len(list) != 1 {
		t.Errorf("clients: %+v, %v", list, err)
	}
	if _, err := b.Log(ctx, record.Entry{Client: record.Book, Channel: record.Text, Direction: record.In, Body: "x"}); err == nil {
		t.Error("a contact was logged in the practice's own book")
	}
	if err := b.Move(ctx, journal.ID, ada, "x"); err == nil {
		t.Error("a journal entry was moved into a record")
	}
	e := b.log(record.Client{ID: ada}, start, "hello")
	if err := b.Move(ctx, e.ID, record.Book, "x"); err == nil {
		t.Error("a contact was moved into the book")
	}
	if err := b.ChangeClient(ctx, record.Client{ID: record.Book, Kind: record.Individual, Name: "x"}); err == nil {
		t.Error("the book was renamed")
	}
	b.whole()
}

func TestTheTallyFollowsTheContacts(t *testing.T) {
	b := newVault(t)
	ada, bo := b.client("Ada Quill").ID, b.client("Bo Larsen").ID
	b.log(record.Client{ID: ada}, start.Add(-3*time.Hour), "one")
	two := b.log(record.Client{ID: ada}, start.Add(-2*time.Hour), "two")
	three := b.log(record.Client{ID: ada}, start.Add(-time.Hour), "three")
	crisis, err := b.Log(ctx, record.Entry{Client: ada, Channel: record.Text, Direction: record.In, Body: "help", Purpose: record.PurposeCrisis})
	if err != nil {
		t.Fatal(err)
	}
	count := func(id record.ClientID, kind string) (n int) {
		t.Helper()
		facts, err := b.Facts(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, tally := range facts[0].Tally {
			if tally.Kind == kind {
				n += tally.Contacts
			}
		}
		return n
	}
	if count(ada, record.TallyService) != 3 || count(ada, record.TallyExempt) != 1 {
		t.Errorf("tally: %d, %d", count(ada, record.TallyService), count(ada, record.TallyExempt))
	}
	n, first, last, err := b.Contacts(ctx, vault.Span{Client: ada, Channel: two.Channel, Kind: record.TallyService, From: start.Add(-2 * time.Hour)})
	if err != nil || n != 2 || first != two.ID || last != three.ID {
		t.Errorf("from the second on: %d, %v, %v, %v", n, first, last, err)
	}
	if err := b.Strike(ctx, two.ID, "wrong"); err != nil {
		t.Fatal(err)
	}
	if err := b.Move(ctx, three.ID, bo, "wrong client"); err != nil {
		t.Fatal(err)
	}
	if count(ada, record.TallyService) != 1 || count(bo, record.TallyService) != 1 {
		t.Errorf("after a strike and a move: %d, %d", count(ada, record.TallyService), count(bo, record.TallyService))
	}
	corrected := crisis
	corrected.Supersedes, corrected.At = crisis.ID, start.Add(-time.Minute)
	if _, err := b.Log(ctx, corrected); err != nil {
		t.Fatal(err)
	}
	if count(ada, record.TallyExempt) != 1 {
		t.Errorf("a corrected contact is counted twice")
	}
	b.whole()
}

func TestChangesTellsWhoseRecordsWereTouched(t *testing.T) {
	b := newVault(t)
	ada, bo := b.client("Ada Quill").ID, b.client("Bo Larsen").ID
	_, head, err := b.Changes(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	if changed, same, err := b.Changes(ctx, head); err != nil || len(changed) != 0 || same != head {
		t.Errorf("nothing changed: %v, %d, %v", changed, same, err)
	}
	b.log(record.Client{ID: bo}, start, "hello")
	if changed, _, err := b.Changes(ctx, head); err != nil || len(changed) != 1 || changed[0] != bo || changed[0] == ada {
		t.Errorf("changed: %v, %v", changed, err)
	}
}

func TestTasksArePutOffWithAReason(t *testing.T) {
	b := newVault(t)
	day := record.DateOf(start.AddDate(0, 0, 3))
	for _, bad := range []error{b.PutOff(ctx, "x", day, " "), b.PutOff(ctx, "x", record.DateOf(start), "y"), b.PutOff(ctx, "", day, "y")} {
		if bad == nil {
			t.Error("put off without a task, a reason or a later day")
		}
	}
	if err := b.PutOff(ctx, "told:1", day, "she is away"); err != nil {
		t.Fatal(err)
	}
	list, err := b.Snoozes(ctx)
	if err != nil || len(list) != 1 || list[0].Until != day || list[0].Reason != "she is away" {
		t.Errorf("put off: %+v, %v", list, err)
	}
	if err := b.TakeUp(ctx, "told:1"); err != nil {
		t.Fatal(err)
	}
	if list, err := b.Snoozes(ctx); err != nil || len(list) != 0 {
		t.Errorf("taken up: %+v, %v", list, err)
	}
}

func TestWhatFollowsAnEntryUpFollowsItsCorrection(t *testing.T) {
	b := newVault(t)
	ada := b.client("Ada Quill").ID
	release, err := b.File(ctx, note(ada, record.FormCollateral, `{"n":1}`))
	if err != nil {
		t.Fatal(err)
	}
	revoked := note(ada, record.FormReleaseRevoked, `{}`)
	revoked.Entry.About = release.ID
	if _, err := b.File(ctx, revoked); err != nil {
		t.Fatal(err)
	}
	before := release.ID
	for range 2 {
		again := note(ada, record.FormCollateral, `{"n":2}`)
		again.Entry.Supersedes = before
		corrected, err := b.File(ctx, again)
		if err != nil {
			t.Fatal(err)
		}
		before = corrected.ID
	}
	facts, err := b.Facts(ctx, ada)
	if err != nil || len(facts) != 1 || len(facts[0].Forms) != 2 {
		t.Fatalf("facts: %+v, %v", facts, err)
	}
	for _, f := range facts[0].Forms {
		if f.Form == record.FormReleaseRevoked && f.About != before {
			t.Errorf("the revocation is of %d, which was corrected by %d", f.About, before)
		}
	}
}

// A paper of the practitioner's own is in the trail of everybody on it, or it
// is not there.
func TestPapersAreInTheTrail(t *testing.T) {
	b := newVault(t)
	ada, bo := b.client("Ada Quill").ID, b.client("Bo Larsen").ID
	full := errors.New("the disk is full")
	never := func() error { t.Error("retracted what was not delivered"); return nil }
	if err := b.NotePaper(ctx, "fallback", []record.ClientID{ada, bo}, func() error { return full }, never); !errors.Is(err, full) {
		t.Errorf("not delivered: %v", err)
	}
	nothing := func() error { return nil }
	if err := b.NotePaper(ctx, "fallback", []record.ClientID{ada, 99}, func() error { t.Error("delivered"); return nil }, never); !errors.Is(err, vault.ErrNoClient) {
		t.Errorf("of nobody: %v", err)
	}
	if err := b.NotePaper(ctx, "fallback", []record.ClientID{ada, bo}, nothing, nothing); err != nil {
		t.Fatal(err)
	}
	for _, id := range []record.ClientID{ada, bo} {
		events, err := b.Audit(ctx, id, 1)
		if err != nil || events[0].Action != "paper.fallback" {
			t.Errorf("the trail of %s: %+v, %v", id, events, err)
		}
	}
}

// All records, read in shares beside each other, are what each is by itself.
func TestFactsOfAllAreThoseOfEach(t *testing.T) {
	b := newVault(t)
	if _, err := b.File(ctx, note(record.Book, record.FormJournal, `{"topic":"a colleague"}`)); err != nil {
		t.Fatal(err)
	}
	for i := range 9 {
		c, err := b.AddClient(ctx, record.Client{Name: fmt.Sprintf("Client %d", i), Kind: record.Couple, Jurisdiction: "US-MS", Members: []record.Member{{Name: "Bo"}, {Name: "Kit"}}})
		if err != nil {
			t.Fatal(err)
		}
		for range i {
			e, err := b.File(ctx, note(c.ID, record.FormSearch, `{"where":"a \u001f b | \" ✓"}`), vault.Upload{Name: "a", Type: "text/plain",
				Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("a")), nil }})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.File(ctx, vault.Filing{Entry: record.Entry{Client: c.ID, Form: record.FormSearchTold, About: e.ID, Data: json.RawMessage(`{}`), Subject: "told"}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, err := b.Facts(ctx)
	if err != nil || len(all) != 10 || all[0].Client.ID != record.Book {
		t.Fatalf("%d records, %v", len(all), err)
	}
	for i, f := range all {
		one, err := b.Facts(ctx, f.Client.ID)
		if err != nil || len(one) != 1 || !reflect.DeepEqual(one[0], f) {
			t.Errorf("of all %+v, by itself %+v, %v", f, one, err)
		}
		if i > 0 && len(f.Forms) != 2*(i-1) {
			t.Errorf("client %d has %d entries", i-1, len(f.Forms))
		}
		for j, e := range f.Forms[:max(len(f.Forms), 1)-1] {
			if e.ID >= f.Forms[j+1].ID || e.Form == record.FormSearch && (e.Files != 1 || string(e.Data) != `{"where":"a \u001f b | \" ✓"}`) {
				t.Errorf("%+v", e)
			}
		}
	}
}

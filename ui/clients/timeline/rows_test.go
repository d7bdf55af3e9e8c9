package timeline

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

var now = time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)

// newestFirst makes entries over a few days, some of them busy.
func newestFirst(r *rand.Rand, n int) []record.Entry {
	var list []record.Entry
	at := now
	for i := range n {
		at = at.Add(-time.Duration(r.IntN(5)*r.IntN(5)*r.IntN(90)) * time.Minute)
		list = append(list, record.Entry{ID: record.EntryID(1_000_000 - i), At: at, Zone: "America/Chicago", Channel: record.Text, Body: fmt.Sprint(i)})
	}
	return list
}

func order(r *rows) []string {
	var all []string
	for _, row := range r.all {
		if row.day != "" {
			all = append(all, row.day)
		} else {
			all = append(all, row.entry.ID.String())
		}
	}
	return all
}

// However the pages are cut, the same timeline comes of them, and no row that
// stood moves unless it is said.
func TestPagesMakeOneTimeline(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		entries := newestFirst(r, 1+r.IntN(120))
		whole := newRows(record.Client{})
		whole.add(entries, false, now)
		want := order(whole)

		paged := newRows(record.Client{})
		rest := entries
		for len(rest) > 0 {
			n := 1 + r.IntN(min(len(rest), 30))
			before := order(paged)
			changed := paged.add(rest[:n], n < len(rest), now)
			after := order(paged)
			if !changed && fmt.Sprint(after[:len(before)]) != fmt.Sprint(before) {
				t.Fatalf("seed %d: rows moved unsaid", seed)
			}
			if len(after) == 0 {
				t.Fatalf("seed %d: nothing is shown of %d entries", seed, n)
			}
			rest = rest[n:]
		}
		if got := order(paged); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d: pages make\n%v\nwant\n%v", seed, got, want)
		}
		for _, e := range entries {
			if found, ok := paged.entryAt(paged.find(e.ID)); !ok || found.ID != e.ID {
				t.Fatalf("seed %d: entry %d is not found", seed, e.ID)
			}
		}
	}
}

func TestMessage(t *testing.T) {
	ada := record.Client{Kind: record.Individual, Name: "Ada Quill", Contacts: []record.ContactPoint{
		{System: record.Phone, Normal: "+16015550142"}, {System: record.Phone, Normal: "+16015550143"}, {System: record.Email, Normal: "ada@example.org"}}}
	from := func(address string) []record.Party { return []record.Party{{Address: address, Role: "from"}} }
	imported := &record.Provenance{}
	base := record.Entry{Channel: record.Text, Direction: record.In, At: now, Written: now, Zone: "America/Chicago", Provenance: imported}
	with := func(change func(*record.Entry)) record.Entry {
		e := base
		change(&e)
		return e
	}
	for _, c := range []struct {
		entry     record.Entry
		what, who string
		flag      string
		tone      kit.Tone
	}{
		{base, "texted", "Ada", "", kit.Neutral},
		{with(func(e *record.Entry) { e.Parties = from("+16015550142") }), "texted · +1 601 555 0142", "Ada", "", kit.Neutral},
		{with(func(e *record.Entry) { e.Parties, e.Channel = from("ada@example.org"), record.Mail }), "emailed", "Ada", "", kit.Neutral},
		{with(func(e *record.Entry) { e.Parties = from("+16015550199") }), "texted · +1 601 555 0199", "Ada", "", kit.Neutral},
		{with(func(e *record.Entry) { e.Provenance = &record.Provenance{Damaged: true} }), "texted", "Ada", "damaged in the export", kit.Amber},
		{with(func(e *record.Entry) { e.Struck = &record.Strike{At: now, Reason: "wrong"} }), "texted", "Ada", "struck through", kit.Red},
		{with(func(e *record.Entry) { e.Amendments = []record.Amendment{{At: now, Text: "x"}} }), "texted", "Ada", "amended", kit.Blue},
		{with(func(e *record.Entry) { e.Provenance, e.Written = nil, now.Add(25*time.Hour) }), "texted", "Ada", "written Nov 22, 2026, 3:14 PM", kit.Amber},
		{with(func(e *record.Entry) { e.Superseded, e.Identity = 5, record.IdentityNot }), "texted", "Ada", "time corrected · identity not confirmed", kit.Amber},
		{with(func(e *record.Entry) { e.Supersedes, e.VersionOf = 5, 6 }), "texted", "Ada", "corrects an earlier time · changed since it was first imported", kit.Amber},
	} {
		m := Message(c.entry, ada)
		if m.Who != c.who || m.What != c.what || m.Flag != c.flag || m.Tone != c.tone || m.Time != "2:14 PM" {
			t.Errorf("%+v is shown as %+v", c.entry, m)
		}
	}
	group := record.Client{Kind: record.Group, Name: "Tuesday group"}
	m := Message(with(func(e *record.Entry) { e.Parties = []record.Party{{Name: "Lena Ptak", Role: "from"}} }), group)
	if m.Who != "Lena Ptak" {
		t.Errorf("a member's message is %q's", m.Who)
	}
	m = Message(with(func(e *record.Entry) {
		e.Attachments = []record.Attachment{{Name: "a.pdf", Size: 212_000}}
		e.Struck = &record.Strike{At: now, Reason: "wrong client"}
	}), ada)
	if m.Files[0].Text != "a.pdf · 212 KB" || m.Notes[0] != "Struck through Nov 21, 2026: wrong client" || !m.Struck {
		t.Errorf("shown as %+v", m)
	}
}

func TestAFormsRowSaysWhatTheHeadingDoesNot(t *testing.T) {
	e := record.Entry{
		Channel: record.Note, Form: record.FormAcknowledgment, At: now, Zone: "America/Chicago", DayOnly: true,
		Subject: "Acknowledgment: given, 2 policies",
		Body: "Policies:\nRecords, version 1 (SHA-256 e9e28ac061e236ec718e0d100390ad54cdaf3bd6486ab08a9a6e1034f5174efd)\n" +
			"On which day: November 21, 2026\nWas the client told?: Yes",
		Superseded: 7,
	}
	m := Message(e, record.Client{}, app.Mark{Text: "After hours", Kind: app.MarkHours})
	if m.Time != "" || m.Who != "Acknowledgment" || m.What != "· given, 2 policies" || m.Flag != "after hours · corrected" || m.Tone != kit.Amber {
		t.Errorf("the row is %+v", m)
	}
	if want := "Policies:\nRecords, version 1\nWas the client told? Yes"; m.Body != want {
		t.Errorf("it says %q, want %q", m.Body, want)
	}
	told := formMessage(record.Entry{Form: record.FormSearchTold, Subject: "Told of a search: by phone", Zone: "America/Chicago",
		At: now, About: record.EntryID(now.UnixMilli() << 16)})
	if told.What != "· by phone · about the search of Nov 21, 2026" {
		t.Errorf("a follow-up says %q", told.What)
	}
}

func TestBeforeAnyConsentIsSaidOnce(t *testing.T) {
	e := record.Entry{Channel: record.Text, Direction: record.In, At: now, Written: now, Zone: "America/Chicago"}
	m := Message(e, record.Client{}, app.Mark{Text: "No consent: text messages", Kind: app.MarkChannel}, app.Mark{Text: "Before any consent", Kind: app.MarkConsent})
	if m.Flag != "before any consent" || m.Tone != kit.Red {
		t.Errorf("the flag is %q in tone %d", m.Flag, m.Tone)
	}
}

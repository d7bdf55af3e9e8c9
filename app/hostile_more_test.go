package app_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// A client whose record an incident touched is not taken back with the list.
func TestAClientOfAnIncidentStays(t *testing.T) {
	p := newPractice(t)
	preview, err := p.PreviewPeople(ctx, write(t, "clients.csv", "Name\nAda Quill\nBo Larsen\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := p.ImportPeople(ctx, preview, []int{2, 3})
	if err != nil {
		t.Fatal(err)
	}
	ada, err := p.FindClient(ctx, "Ada Quill")
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.File(ctx, app.FormRequest{Client: record.Book, Form: record.FormIncident, Values: form.Values{"discovered": "2026-11-21", "what": "other",
		"story": "s", "data": "d", "finding": "breach", "clients": []string{ada.ID.String()}}})
	if err != nil {
		t.Fatal(err)
	}
	removed, kept, err := p.UndoClients(ctx, batch.ID)
	if err != nil || removed != 1 || kept != 1 {
		t.Errorf("%d removed, %d kept, %v", removed, kept, err)
	}
	list, err := p.Incidents(ctx)
	if err != nil || len(list) != 1 || len(list[0].Told) != 1 || list[0].Told[0].Name != "Ada Quill" {
		t.Errorf("%+v, %v", list, err)
	}
	whole(t, p)
}

// A correction of an earlier statement is no new one.
func TestACorrectionOfAnEarlierStatementStandsWhereItStood(t *testing.T) {
	at := time.Date(2026, 11, 1, 15, 0, 0, 0, time.UTC)
	p := moving(t, "UTC", &at)
	ada := addClient(t, p, "Ada Quill")
	safe := func(code string, supersedes record.EntryID) record.Entry {
		t.Helper()
		at = at.AddDate(0, 0, 2)
		e, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: record.FormSafeContact, Supersedes: supersedes,
			Values: form.Values{"text": "no", "voicemail": "no", "say_name": "no", "code": code}})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	first := safe("FIRST", 0)
	safe("SECOND", 0)
	corrected := safe("FIRSTCORRECTED", first.ID)
	if c, err := p.OpenClient(ctx, ada.ID); err != nil || !strings.Contains(c.SafeContact, "SECOND") {
		t.Errorf("the line says %q, %v", c.SafeContact, err)
	}
	if corrected.At != first.At || corrected.Written == first.Written {
		t.Errorf("it stands at %s, written %s", corrected.At, corrected.Written)
	}
	list, err := p.Forms(ctx, ada.ID, record.FormSafeContact)
	if err != nil || len(list) != 2 || list[1].ID != corrected.ID {
		t.Errorf("%+v, %v", list, err)
	}
}

// The practice's own book is nobody's record.
func TestTheBookIsNotProduced(t *testing.T) {
	p := newPractice(t)
	if _, err := p.File(ctx, app.FormRequest{Client: record.Book, Form: record.FormJournal, Values: form.Values{"on": "2026-11-20", "topic": "t", "text": "private"}}); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "book.pdf")
	if got, err := p.Produce(ctx, app.ProduceRequest{Client: record.Book, To: "x", Purpose: "y", Out: out}, nil); err == nil {
		t.Errorf("the book was produced: %+v", got)
	}
	for _, ref := range []string{"-1", "The practice", "0000-000"} {
		if c, err := p.FindClient(ctx, ref); err == nil {
			t.Errorf("%q is the client %+v", ref, c)
		}
	}
	if _, err := p.Log(ctx, record.Entry{Client: record.Book, Channel: record.Text, Direction: record.In, Body: "x"}); err == nil {
		t.Error("a contact was logged in the book")
	}
	if err := p.ChangeClient(ctx, record.Client{ID: record.Book, Name: "x", Kind: record.Individual}); err == nil {
		t.Error("the book was renamed")
	}
	if err := p.CloseClient(ctx, record.Book, day(t, "2026-11-20"), "x"); err == nil {
		t.Error("the book was closed")
	}
	whole(t, p)
}

// No answer, of whatever type, makes a form panic.
func TestHostileAnswers(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	hostile := []any{nil, 5, -1.5, math.NaN(), math.Inf(1), 1e308, true, "", "\x00", "\xff", strings.Repeat("x", 1<<20), "0000-01-01", "9999-12-31", "2026-02-30", "999999999999999999999999", "-1",
		[]string{}, []string{"", "\xff"}, []string{"yes", "text", "1"}, []any{1}, map[string]any{"a": 1}, make(chan int), func() {}, struct{}{},
		[]record.Signer{{}}, []record.Signer{{Name: "\xff", Role: "client", Capacity: "yes"}}, []record.Guardian{{}}, []record.PolicyRef{{}}, record.Date{}, record.Date{Year: 99999, Month: 77, Day: -3},
		record.EntryID(math.MaxInt64), record.ClientID(-9)}
	for _, spec := range form.All() {
		client := ada.ID
		if spec.Book {
			client = record.Book
		}
		for _, f := range spec.Fields() {
			for _, bad := range hostile {
				v, err := p.Prepare(ctx, client, spec.Form, 0)
				if err != nil {
					t.Fatal(err)
				}
				v[f.Key] = bad
				if _, err := spec.Check(v, form.Situation{Today: day(t, "2026-11-21"), Client: ada}); err == nil {
					_, _ = p.File(ctx, app.FormRequest{Client: client, Form: spec.Form, Values: v})
				}
				for _, other := range spec.Fields() {
					if _, has := v[other.Key]; !has && other.Input == f.Input {
						v[other.Key] = bad
					}
				}
				_, _ = p.File(ctx, app.FormRequest{Client: client, Form: spec.Form, Values: v})
			}
		}
	}
	for _, id := range []record.ClientID{ada.ID, record.Book} {
		if _, err := p.Standing(ctx, id); err != nil {
			t.Error(err)
		}
	}
	if _, err := p.Today(ctx); err != nil {
		t.Error(err)
	}
	whole(t, p)
}

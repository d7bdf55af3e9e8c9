package app_test

import (
	"slices"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// Entries are marked where they stand; what is exempt, struck through, or of a
// third person is not.
func TestMarks(t *testing.T) {
	p, ada := settled(t)
	fileAs(t, p, app.FormRequest{Client: record.Book, Form: record.FormLicense, Values: form.Values{"kind": "license", "title": "LCSW", "jurisdiction": "US-MS", "number": "C1"}})
	allow(t, p, ada.ID, record.Text, "allowed", "2026-11-04")
	fileAs(t, p, app.FormRequest{Client: ada.ID, Form: record.FormAcknowledgment, Values: form.Values{
		"earlier_what": "form of 2019", "earlier": []string{"informed-consent"}, "decision": "given", "how": "in-writing", "on": "2026-11-05",
		"signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}}})
	third := func(e *record.Entry) { e.Direction, e.Channel = record.Third, record.Call }
	for _, c := range []struct {
		at     string
		change func(*record.Entry)
		want   string
	}{
		{"2026-11-03 10:00", asText, "channel consent"}, // a Tuesday
		{"2026-11-04 10:00", asText, "consent"},
		{"2026-11-05 10:00", asText, ""},
		{"2026-11-05 09:00", asText, ""},
		{"2026-11-05 08:59", asText, "hours"},
		{"2026-11-05 17:00", asText, "hours"},
		{"2026-11-07 10:01", asText, "hours"}, // a Saturday
		{"2026-11-05 10:02", func(e *record.Entry) { e.Location = "Memphis, Tennessee" }, "license"},
		{"2026-11-05 10:03", func(e *record.Entry) { e.OwnLocation = "Mobile, Alabama" }, "license"},
		{"2026-11-05 10:04", func(e *record.Entry) { e.Channel = record.InPerson; e.Location = "Memphis, Tennessee" }, ""},
		{"2026-11-05 10:05", func(e *record.Entry) { e.Channel = record.Mail }, "channel"},
		{"2026-11-03 10:06", func(e *record.Entry) { e.Purpose = record.PurposeCrisis }, ""},
		{"2026-11-03 10:07", func(e *record.Entry) { e.Purpose = record.PurposeScreening }, ""},
		{"2026-11-03 10:08", third, ""},
		{"2026-11-03 22:08", third, "hours"},
		{"2026-11-03 10:09", func(e *record.Entry) { e.Channel = record.Call }, "consent"},
	} {
		e := logged(t, p, ada.ID, c.at, c.change)
		marks, err := p.Marks(ctx, ada.ID, []record.Entry{e})
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, m := range marks[e.ID] {
			kinds = append(kinds, m.Kind)
			if m.Text == "" {
				t.Errorf("a mark of %s says nothing", c.at)
			}
		}
		if got := strings.Join(kinds, " "); got != c.want {
			t.Errorf("%s over %s is marked %q, not %q", c.at, e.Channel, got, c.want)
		}
	}
	list, err := p.Timeline(ctx, ada.ID, app.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	early := list[slices.IndexFunc(list, func(e record.Entry) bool { return e.Channel == record.Text && e.At.Day() == 3 && e.Purpose == "" })]
	if err := p.Strike(ctx, early.ID, "wrong person"); err != nil {
		t.Fatal(err)
	}
	if list, err = p.Timeline(ctx, ada.ID, app.Page{Limit: 100}); err != nil {
		t.Fatal(err)
	}
	marks, err := p.Marks(ctx, ada.ID, list)
	if err != nil {
		t.Fatal(err)
	}
	if len(marks[early.ID]) > 0 {
		t.Error("an entry that was struck through is marked")
	}
	for _, e := range list {
		if e.Form != "" && len(marks[e.ID]) > 0 {
			t.Errorf("a structured entry is marked: %v", marks[e.ID])
		}
	}
	if marks, err := p.Marks(ctx, record.Book, nil); err != nil || len(marks) > 0 {
		t.Errorf("the practice's book: %v, %v", marks, err)
	}
}

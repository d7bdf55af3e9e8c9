package vault_test

import (
	"testing"

	"casekeep/vault/record"
)

func texas(confirmed string) record.RetentionRule {
	return record.RetentionRule{Jurisdiction: "US-TX", Minors: record.MinorsCovered, Confirmed: date(confirmed),
		Clauses: []record.KeepClause{{From: []string{"termination"}, Years: 7}, {Age: 18, Years: 5}}}
}

func date(s string) record.Date {
	d, err := record.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// keepOf gives where one record stands.
func (b *bench) keepOf(c record.Client) record.Keep {
	b.t.Helper()
	list, err := b.Keep(ctx, c.ID)
	if err != nil || len(list) != 1 {
		b.t.Fatalf("%d records, %v", len(list), err)
	}
	return list[0]
}

// A record goes from active over closed to due, and each step says what it was
// counted from.
func TestKeepOfOneRecord(t *testing.T) {
	b := newVault(t)
	c, err := b.AddClient(ctx, record.Client{Name: "Ada Quill", Born: date("1980-02-29"), Jurisdiction: "US-TX"})
	if err != nil {
		t.Fatal(err)
	}
	b.log(c, start, "Hello")
	if k := b.keepOf(c); k.Status != record.KeepKept || len(k.Reasons) != 2 || k.Reasons[0].Why != "active" || k.Reasons[1].Why != "no-rule" {
		t.Errorf("active, without a rule: %+v", k)
	}
	if err := b.SetRetentionRule(ctx, texas("2026-11-21")); err != nil {
		t.Fatal(err)
	}
	b.clock.now = start.AddDate(0, 1, 0)
	if err := b.SetStatus(ctx, c.ID, record.Closed, record.DateOf(start.AddDate(0, 0, 5)), "done"); err != nil {
		t.Fatal(err)
	}
	k := b.keepOf(c)
	want := record.DateOf(start.AddDate(7, 0, 5))
	if k.Status != record.KeepKept || k.Until != want || len(k.Steps) != 3 || k.Steps[0].Event != "closing" || k.Steps[2].Event != "birth" {
		t.Errorf("closed: %+v, not until %s", k, want)
	}
	if until := k.Steps[2].Until; until != date("2003-03-01") {
		t.Errorf("a person born on a leap day is 23 on %s", until)
	}
	b.clock.now = start.AddDate(7, 0, 7)
	if k := b.keepOf(c); k.Status != record.KeepDue {
		t.Errorf("due: %+v", k)
	}
	h, err := b.PlaceHold(ctx, record.Hold{Client: c.ID, Matter: "Doe v. Roe", Source: "subpoena"})
	if err != nil {
		t.Fatal(err)
	}
	if k := b.keepOf(c); k.Status != record.KeepHeld || k.Blockers[0].Of != h.ID {
		t.Errorf("held: %+v", k)
	}
	if err := b.LiftHold(ctx, h.ID, record.Date{}, "the court", "settled"); err != nil {
		t.Fatal(err)
	}
	if k := b.keepOf(c); k.Status != record.KeepDue {
		t.Errorf("due again: %+v", k)
	}
	if err := b.ExtendKeeping(ctx, c.ID, record.DateOf(b.clock.now.AddDate(1, 0, 0)), "a study"); err != nil {
		t.Fatal(err)
	}
	if k := b.keepOf(c); k.Status != record.KeepKept {
		t.Errorf("extended: %+v", k)
	}
}

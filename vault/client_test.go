package vault_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casekeep/vault"
	"casekeep/vault/record"
)

var ctx = context.Background()

func TestClientSurvivesLock(t *testing.T) {
	v := newVault(t)
	born, _ := record.ParseDate("1980-02-29")
	want, err := v.AddClient(ctx, record.Client{
		Kind: record.Family, Name: "  Bo & Kit\tLarsen ", LegalName: "Larsen", Pronouns: "they/them", Born: born,
		Language: "Danish", Needs: "interpreter", Jurisdiction: "US-MS", SafeContact: "text only", Risk: "safety plan",
		Contacts: []record.ContactPoint{{System: record.Email, Value: "Bo@Example.org", Normal: "bo@example.org", Use: "home", Safe: "shared"}},
		Members:  []record.Member{{Name: "Bo", Role: "partner", Born: born}, {Name: "Kit", Notes: "prefers calls"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	v.reopen()
	got, err := v.Client(ctx, want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.Name != "Bo & Kit Larsen" || got.Number != "2026-001" {
		t.Errorf("name %q, number %q", got.Name, got.Number)
	}
}

func TestEveryKindOfClient(t *testing.T) {
	v := newVault(t)
	for i, k := range record.Kinds() {
		c, err := v.AddClient(ctx, record.Client{Name: "Client", Kind: k})
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"2026-001", "2026-002", "2026-003", "2026-004", "2026-005", "2026-006"}[i]; c.Number != want {
			t.Errorf("number %s, want %s", c.Number, want)
		}
	}
	if _, err := v.AddClient(ctx, record.Client{Name: "X", Kind: "crowd"}); err == nil {
		t.Error("a kind that does not exist was taken")
	}
	if _, err := v.AddClient(ctx, record.Client{Name: " \n"}); err == nil {
		t.Error("a client without a name was taken")
	}
}

func TestChangeIsAuditedByFieldNames(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	c.Risk = "secret risk line"
	c.Contacts = append(c.Contacts, record.ContactPoint{System: record.Email, Value: "ada@example.org", Normal: "ada@example.org"})
	if err := v.ChangeClient(ctx, c); err != nil {
		t.Fatal(err)
	}
	if err := v.ChangeClient(ctx, c); err != nil {
		t.Fatal(err)
	}
	events, err := v.Audit(ctx, c.ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != 2 || events[0].Action != "client.change" || events[0].Detail != "risk, contact points" {
		t.Errorf("audit: %+v", events)
	}
	for _, e := range events {
		if strings.Contains(e.Detail, "secret") {
			t.Error("the audit holds a value")
		}
	}
}

func TestCloseAndReopenClient(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	future, _ := record.ParseDate("2026-11-23")
	if err := v.SetStatus(ctx, c.ID, record.Closed, future, ""); err == nil {
		t.Error("closed on a day to come")
	}
	past, _ := record.ParseDate("2020-01-01")
	if err := v.SetStatus(ctx, c.ID, record.Closed, past, "before this vault"); err != nil {
		t.Errorf("a client of earlier years could not be closed: %v", err)
	}
	if err := v.SetStatus(ctx, c.ID, record.Active, record.Date{}, ""); err != nil {
		t.Fatal(err)
	}
	c.Since, _ = record.ParseDate("2020-01-02")
	if err := v.ChangeClient(ctx, c); err != nil {
		t.Fatal(err)
	}
	if err := v.SetStatus(ctx, c.ID, record.Closed, past, ""); err == nil {
		t.Error("closed before the first day of service")
	}
	today, _ := record.ParseDate("2026-11-21")
	if err := v.SetStatus(ctx, c.ID, record.Closed, today, "moved away"); err != nil {
		t.Fatal(err)
	}
	got, _ := v.Client(ctx, c.ID)
	if got.Status != record.Closed || got.ClosedOn != today || got.Reason != "moved away" {
		t.Errorf("after closing: %+v", got)
	}
	if err := v.SetStatus(ctx, c.ID, record.Active, record.Date{}, ""); err != nil {
		t.Fatal(err)
	}
	if got, _ = v.Client(ctx, c.ID); got.Status != record.Active || !got.ClosedOn.IsZero() {
		t.Errorf("after reopening: %+v", got)
	}
	if err := v.SetStatus(ctx, 99, record.Active, record.Date{}, ""); !errors.Is(err, vault.ErrNoClient) {
		t.Errorf("a client that does not exist: %v", err)
	}
}

func TestDatesOfBirthThatCannotBe(t *testing.T) {
	v := newVault(t) // on November 21, 2026
	c := v.client("Ada Quill")
	day := func(y int, m time.Month, d int) record.Date { return record.Date{Year: y, Month: m, Day: d} }
	for born, right := range map[record.Date]bool{
		{}: true, day(2026, 11, 21): true, day(1900, 1, 1): true, day(2026, 11, 22): false, day(2999, 1, 1): false, day(1879, 3, 4): false,
	} {
		if _, err := v.AddClient(ctx, record.Client{Name: "X", Born: born}); (err == nil) != right {
			t.Errorf("born %s: %v", born, err)
		}
		c.Members = []record.Member{{Name: "Y", Born: born}}
		if err := v.ChangeClient(ctx, c); (err == nil) != right {
			t.Errorf("a member born %s: %v", born, err)
		}
	}
}

func TestFindClient(t *testing.T) {
	v := newVault(t)
	for _, name := range []string{"Amélie Österberg", "José Ibáñez", "José Luis Ibáñez", "Łukasz Đặng", "王芳 Wang Fang"} {
		v.client(name)
	}
	for ref, want := range map[string]string{
		"amelie osterberg": "Amélie Österberg",
		"JOSE IBANEZ":      "José Ibáñez",
		"luis":             "José Luis Ibáñez",
		"lukasz dang":      "Łukasz Đặng",
		"luis ib":          "José Luis Ibáñez",
		"王芳":               "王芳 Wang Fang",
		"芳":                "王芳 Wang Fang",
		"2026-002":         "José Ibáñez",
		"1":                "Amélie Österberg",
	} {
		got, err := v.FindClient(ctx, ref)
		if err != nil || got.Name != want {
			t.Errorf("%q: %q, %v", ref, got.Name, err)
		}
	}
	if _, err := v.FindClient(ctx, "ibanez"); err == nil || !strings.Contains(err.Error(), "2026-002") {
		t.Errorf("a name that fits two: %v", err)
	}
	for _, ref := range []string{"nobody", "ang", "uis"} {
		if _, err := v.FindClient(ctx, ref); !errors.Is(err, vault.ErrNoClient) {
			t.Errorf("%q, which begins no part of a name: %v", ref, err)
		}
	}
}

func TestClientListShowsLatestContact(t *testing.T) {
	v := newVault(t)
	a, b, c := v.client("A"), v.client("B"), v.client("C")
	v.log(a, start.Add(-time.Hour), "hello from A\nsecond line")
	v.log(b, start.Add(-time.Minute), "hello from B")
	v.log(a, start.Add(-48*time.Hour), "older")
	list, err := v.Clients(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range list {
		names = append(names, s.Name)
	}
	if diff := cmp.Diff([]string{"B", "A", "C"}, names); diff != "" {
		t.Error(diff)
	}
	if s := list[1]; s.Entries != 2 || !s.LastContact.Equal(start.Add(-time.Hour)) || s.LastPreview != "hello from A second line" {
		t.Errorf("summary: %+v", s)
	}
	if len(list[2].Contacts) != 1 || list[2].ID != c.ID || !list[2].LastContact.IsZero() {
		t.Errorf("summary without contact: %+v", list[2])
	}
}

func TestOpeningIsAuditedOnceAnUnlock(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	opened := func() (n int) {
		events, err := v.Audit(ctx, c.ID, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Action == "client.open" {
				n++
			}
		}
		return n
	}
	for range 3 {
		if _, err := v.OpenClient(ctx, c.ID); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened(); n != 1 {
		t.Errorf("%d openings in one unlock", n)
	}
	v.reopen()
	if _, err := v.OpenClient(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	if n := opened(); n != 2 {
		t.Errorf("%d openings in two unlocks", n)
	}
}

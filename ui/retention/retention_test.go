package retention

import (
	"context"
	"testing"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func open(t *testing.T, place desk.Place) (*desktest.Desk, *page, *int) {
	t.Helper()
	d := desktest.New(t)
	counted := new(int)
	p := New(d, func(n int) { *counted = n }).(*page)
	place.Page = desk.Retention
	d.Open(p, 1004, 700, place)
	return d, p, counted
}

// texan adds a client of Texas, whose rule is filled in: 7 years after services
// end.
func texan(t *testing.T, d *desktest.Desk, name string) record.Client {
	t.Helper()
	c, err := d.Practice().AddClient(context.Background(), record.Client{Name: name, Jurisdiction: "US-TX", Born: date(t, "1980-02-29")})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t *testing.T, text string) record.Date {
	t.Helper()
	d, err := record.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func closed(t *testing.T, d *desktest.Desk, name, on string) record.Client {
	t.Helper()
	c := texan(t, d, name)
	if err := d.Practice().CloseClient(context.Background(), c.ID, date(t, on), "services ended"); err != nil {
		t.Fatal(err)
	}
	return c
}

func confirmTexas(t *testing.T, d *desktest.Desk) {
	t.Helper()
	if err := d.Practice().ConfirmRetentionRule(context.Background(), "US-TX"); err != nil {
		t.Fatal(err)
	}
}

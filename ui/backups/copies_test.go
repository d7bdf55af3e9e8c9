package backups

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// Copies in the vault's folder are told of once a record was destroyed that they may
// hold.
func TestCopiesThatMayHoldWhatWasDestroyed(t *testing.T) {
	d, p := open(t)
	ctx := context.Background()
	v := d.Practice()
	if err := v.AddBackupTarget(ctx, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(v.Dir(), "records.db.age"))
	for _, name := range []string{"records.db (1).age", "records.db (2).age"} {
		err = errors.Join(err, os.WriteFile(filepath.Join(v.Dir(), name), content, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.Backups})
	d.SeesNot("may hold records that were destroyed")
	day := func(y int, m time.Month, d int) record.Date { return record.Date{Year: y, Month: m, Day: d} }
	c, err := v.AddClient(ctx, record.Client{Name: "Bo Larsen", Kind: record.Individual, Born: day(1980, 5, 6), Since: day(2010, 1, 4), Jurisdiction: "US-TX"})
	if err == nil {
		err = errors.Join(v.CloseClient(ctx, c.ID, day(2014, 3, 2), "done"), v.ConfirmRetentionRule(ctx, "US-TX"))
	}
	if err == nil {
		_, err = v.Destroy(ctx, c.ID, app.Confirm{Name: "Bo Larsen", Passphrase: "ladder ochre Venice 42"}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.Backups})
	d.Sees("2 copies of the vault’s files in its folder may hold records that were destroyed", "records.db (1).age and 1 more")
	d.Fine()
}

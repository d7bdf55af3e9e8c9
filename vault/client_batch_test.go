package vault

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

var listed = []record.Client{
	{Name: "Ada Quill", Born: record.Date{Year: 1984, Month: time.May, Day: 2}, Jurisdiction: "US-MS", Status: record.Closed,
		ClosedOn: record.Date{Year: 2020, Month: 1, Day: 2}, Contacts: []record.ContactPoint{{System: record.Phone, Value: "601 555 0142"}}},
	{Name: "Bo & Kit", Kind: record.Couple, Members: []record.Member{{Name: "Bo"}, {Name: "Kit"}}},
	{Name: "Cy Long"}, {Name: "Di Moss"}, {Name: "Ed Noor"}, {Name: "Flo Orr"},
}

func emptyVault(t *testing.T) *Vault {
	t.Helper()
	now := time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)
	v, err := Create(context.Background(), filepath.Join(t.TempDir(), "v"), "ladder ochre", record.Practice{Name: "P"},
		Options{WorkFactor: 10, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

// What nobody worked with since is taken back; a record in which something was
// written stays, as every record does.
func TestAListOfClientsIsTakenBack(t *testing.T) {
	ctx, v := context.Background(), emptyVault(t)
	first, err := v.AddClient(ctx, record.Client{Name: "Zoë Ash"})
	if err != nil {
		t.Fatal(err)
	}
	batch, added, err := v.AddClients(ctx, listed, "clients.csv", record.Hash{1})
	if err != nil || len(added) != 6 || added[0].Number != "2026-002" || added[5].Number != "2026-007" {
		t.Fatalf("added %+v, %v", added, err)
	}
	if _, err := v.OpenClient(ctx, added[0].ID); err != nil { // looking changes nothing
		t.Fatal(err)
	}
	changed := added[2]
	changed.Pronouns = "they"
	for _, step := range []error{
		v.ChangeClient(ctx, changed),
		v.SetDraft(ctx, added[3].ID, record.FormIntake, "begun"),
		v.SetStatus(ctx, added[4].ID, record.Screening, record.Date{}, ""),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	e, err := v.Log(ctx, record.Entry{Client: added[5].ID, Channel: record.Call, Direction: record.Out, Body: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Strike(ctx, e.ID, "error"); err != nil {
		t.Fatal(err)
	}
	removed, kept, err := v.UndoClients(ctx, batch.ID)
	if err != nil || removed != 2 || kept != 4 {
		t.Fatalf("removed %d, kept %d, %v", removed, kept, err)
	}
	if _, err := v.Client(ctx, added[0].ID); err != ErrNoClient {
		t.Errorf("a client that was taken back: %v", err)
	}
	list, err := v.Clients(ctx)
	if err != nil || len(list) != 5 {
		t.Errorf("the clients are %+v, %v", list, err)
	}
	if _, _, err := v.UndoClients(ctx, batch.ID); err == nil || !strings.Contains(err.Error(), "before") {
		t.Errorf("taken back twice: %v", err)
	}
	batches, err := v.ClientBatches(ctx)
	if err != nil || len(batches) != 1 || batches[0].Present != 4 || batches[0].Rows != 6 || batches[0].Undone.IsZero() {
		t.Errorf("the lists are %+v, %v", batches, err)
	}
	check, err := v.Verify(ctx, nil)
	if err != nil || len(check.Problems) > 0 || !check.AuditOK {
		t.Errorf("after all that: %+v, %v", check, err)
	}
	for _, removed := range added[:2] {
		events, err := v.Audit(ctx, removed.ID, 10)
		if err != nil || len(events) < 2 || events[0].Action != "client.undo" {
			t.Errorf("the audit trail of %s: %+v, %v", removed.Number, events, err)
		}
	}
	if first.ID == 0 {
		t.Error("no client was there before")
	}
}

// Neither an id nor a number of a record that was taken back is given again:
// the audit trail and papers may name it.
func TestNumbersAreNotGivenAgain(t *testing.T) {
	ctx, v := context.Background(), emptyVault(t)
	batch, added, err := v.AddClients(ctx, listed[:1], "clients.csv", record.Hash{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := v.UndoClients(ctx, batch.ID); err != nil {
		t.Fatal(err)
	}
	next, err := v.AddClient(ctx, record.Client{Name: "Ada Quill"})
	if err != nil || next.Number == added[0].Number || next.ID == added[0].ID {
		t.Errorf("after %s (%s) comes %s (%s), %v", added[0].Number, added[0].ID, next.Number, next.ID, err)
	}
}

func TestAListIsAddedWholeOrNotAtAll(t *testing.T) {
	ctx, v := context.Background(), emptyVault(t)
	if _, _, err := v.AddClients(ctx, []record.Client{{Name: "Ada Quill"}, {Name: " "}}, "clients.csv", record.Hash{}); err == nil {
		t.Error("a client without a name was added")
	}
	if _, _, err := v.AddClients(ctx, nil, "clients.csv", record.Hash{}); err == nil {
		t.Error("an empty list was added")
	}
	ended, end := context.WithCancel(ctx)
	end()
	if _, _, err := v.AddClients(ended, listed, "clients.csv", record.Hash{}); err == nil {
		t.Error("a list was added after it was canceled")
	}
	if list, err := v.Clients(ctx); err != nil || len(list) > 0 {
		t.Errorf("there are %+v, %v", list, err)
	}
}

func TestDatabaseKeepsClientsOfAList(t *testing.T) {
	ctx, v := context.Background(), emptyVault(t)
	batch, added, err := v.AddClients(ctx, listed, "clients.csv", record.Hash{1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Log(ctx, record.Entry{Client: added[3].ID, Channel: record.Call, Direction: record.Out, Body: "hello"}); err != nil {
		t.Fatal(err)
	}
	refused := func(statements ...string) {
		t.Helper()
		for _, statement := range statements {
			err := v.db.Write(ctx, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, statement)
				return err
			})
			if err == nil {
				t.Errorf("%s is not refused", statement)
			}
		}
	}
	refused(`DELETE FROM client`, `DELETE FROM client_place`, `DELETE FROM client_status`, `DELETE FROM client_batch`,
		`UPDATE client SET batch = NULL`, `UPDATE client_batch SET rows = 1`)
	if _, _, err := v.UndoClients(ctx, batch.ID); err != nil {
		t.Fatal(err)
	}
	refused(`DELETE FROM client`, `DELETE FROM client_status`, `DELETE FROM client_removed`, `UPDATE client_removed SET number = 'x'`,
		`UPDATE client_batch SET undone = NULL`,
		`INSERT INTO client(id, number, kind, name, status, created) SELECT id, number, 'individual', 'x', 'active', 1 FROM client_removed`)
}

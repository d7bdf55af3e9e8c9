package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casekeep/vault/record"
)

// A vault in which everything that can happen to a record has happened since its
// copy was made still holds all of the copy, or says why not.
func TestCompareExplainsWhatHappenedSince(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "live")
	c, b := h.record("Ada Quill"), must(t, of(h.AddClient(ctx, record.Client{Name: "Bo"})))
	list := must(t, of(h.Timeline(ctx, c.ID, Page{Oldest: true})))
	h.importInto(b.ID, 4, 0)
	h.sequester(c.ID, list[1].ID, "")
	copy := copyOfVault(t, h)
	got := must(t, of(Compare(ctx, h.Vault, copy, nil)))
	if !got.Whole() || got.Explained != 0 || got.Since != 0 || got.Entries == 0 || got.Attachments == 0 || got.Rows == 0 {
		t.Errorf("beside itself: %+v", got)
	}
	c = must(t, of(h.Client(ctx, c.ID)))
	c.Name, c.Members, c.Contacts = "Ada Q.", c.Members[:1], append(c.Contacts, c.Contacts...)
	h.do(h.ChangeClient(ctx, c), h.Amend(ctx, list[3].ID, "more", ""), h.Strike(ctx, list[4].ID, "wrong"),
		h.Move(ctx, list[5].ID, b.ID, "belongs there"), h.SetStatus(ctx, b.ID, record.Closed, record.Date{Year: 2026, Month: 11, Day: 20}, ""),
		h.LiftHold(ctx, 2, record.Date{}, "the board", "done"), h.SetPractice(ctx, record.Practice{Name: "Other", Zone: "UTC"}))
	must(t, of(h.Disclose(ctx, Release{Entries: []record.EntryID{list[2].ID, list[3].ID}, Disclosure: record.Disclosure{Client: c.ID, To: "x", Purpose: "y"}},
		func() error { return nil }, nil)))
	must(t, of(h.UndoImport(ctx, 2)))
	h.sequester(c.ID, list[6].ID, "")
	var done, total int64
	got = must(t, of(Compare(ctx, h.Vault, copy, func(d, of int64) { done, total = d, of })))
	if !got.Whole() || got.Explained < 12 || got.Since == 0 {
		t.Errorf("after changes: %+v", got)
	}
	if done != total || total == 0 {
		t.Errorf("progress ended at %d of %d", done, total)
	}
	if back := must(t, of(Compare(ctx, copy, h.Vault, nil))); back.Whole() {
		t.Error("a later state is a copy of an earlier one")
	}
}

// What differs without a reason is found, wherever it is.
func TestCompareFindsEveryDifference(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "live")
	c := h.record("Ada Quill")
	h.sequester(c.ID, must(t, of(h.Timeline(ctx, c.ID, Page{Oldest: true})))[1].ID, "")
	for _, table := range []string{"audit", "client", "client_status", "client_fact", "client_place", "member", "contact_point", "keep_extension",
		"hold", "batch", "source", "batch_source", "entry", "provenance", "attachment", "amendment", "strike", "move", "disclosure",
		"disclosure_entry", "sequestration"} {
		for _, change := range []string{"DELETE FROM %s WHERE %s", "UPDATE %s SET %s"} {
			copy := copyOfVault(t, h)
			loosen(t, copy)
			what := "1"
			if strings.HasPrefix(change, "UPDATE") {
				what = map[string]string{"audit": "detail = 'x'", "client": "name = 'x'", "client_status": "status = 'x'", "client_fact": "day = 'x'",
					"client_place": "jurisdiction = 'x'", "member": "name = 'x'", "contact_point": "value = 'x'", "keep_extension": "reason = 'x'",
					"hold": "matter = 'x'", "batch": "at = 7", "source": "sha256 = zeroblob(32)", "entry": "body = 'canary'", "provenance": "raw = x'00'",
					"attachment": "size = 7", "amendment": "text = 'x'", "strike": "reason = 'x'", "move": "reason = 'x'", "disclosure": "receiver = 'x'",
					"sequestration": "reason = 'x'"}[table]
			}
			if what == "" {
				continue
			}
			statement := fmt.Sprintf(change, table, what)
			if strings.HasPrefix(statement, "DELETE") && (table == "audit" || table == "entry") {
				continue // without them nothing else is named
			}
			if err := copy.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(statement); return err }); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
			// What the one lacks the other has: both ways round.
			got, err := Compare(ctx, copy, copyOfVault(t, h), nil)
			if err != nil || got.Whole() || len(got.Differences) == 0 {
				t.Errorf("%s: %v %+v", statement, err, got)
				continue
			}
			for _, d := range got.Differences {
				if strings.Contains(d, "canary") || strings.Contains(d, "Ada") || !strings.HasSuffix(d, ".") {
					t.Errorf("%s: %s", statement, d)
				}
			}
		}
	}
}

// loosen takes the rules off a database, as nothing in the program can.
func loosen(t *testing.T, v *Vault) {
	t.Helper()
	ctx := context.Background()
	err := v.db.Maintain(ctx, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
		if err != nil {
			return err
		}
		var names []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			names = append(names, name)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for _, name := range names {
			if _, err := conn.ExecContext(ctx, `DROP TRIGGER `+name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A record that was destroyed since is missing for a reason, with all that hung on
// it; one that vanished is not.
func TestCompareWithoutARecord(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "own")
	c := h.record("Ada Quill")
	h.sequester(c.ID, must(t, of(h.Timeline(ctx, c.ID, Page{Oldest: true})))[2].ID, "")
	copy, live := copyOfVault(t, h), &house{t: t, Vault: copyOfVault(t, h)}
	loosen(t, live.Vault)
	for _, table := range about {
		if table.table != "source" && table.table != "entry" && table.table != "client" {
			live.sql(fmt.Sprintf(`DELETE FROM %s WHERE %s`, table.table, strings.ReplaceAll(table.where, "?1", c.ID.String())))
		}
	}
	live.sql(`DELETE FROM batch_source`, `DELETE FROM source`, fmt.Sprintf(`DELETE FROM entry WHERE client IN (%d, -2)`, c.ID),
		fmt.Sprintf(`DELETE FROM client WHERE id = %d`, c.ID))
	if got := must(t, of(Compare(ctx, live.Vault, copy, nil))); got.Differing < 40 {
		t.Errorf("%d differences, where a record is gone", got.Differing)
	}
	live.sql(destroyed(c))
	got := must(t, of(Compare(ctx, live.Vault, copy, nil)))
	for _, d := range got.Differences {
		if !strings.Contains(d, "The practice's book") { // its order went with the rest above
			t.Error(d)
		}
	}
}

// After a real destruction every row of the copy is still there or explained, those
// of other records that named the destroyed one with them.
func TestCompareAfterADestruction(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "own")
	c := h.doomed()
	copy := copyOfVault(t, h)
	must(t, of(h.Destroy(ctx, c.ID, "Texas, 7 years", nil)))
	got := must(t, of(Compare(ctx, h.Vault, copy, nil)))
	for _, d := range got.Differences {
		if !strings.Contains(d, "cannot be read") { // the files are gone from the folder that the copy looks into
			t.Error(d)
		}
	}
	if _, err := Carry(ctx, copy, h.Vault, c.ID, CarryOptions{}, nil); !errors.Is(err, ErrComeBack) {
		t.Errorf("it comes back: %v", err)
	}
	other := newHouse(t, "other")
	from := newHouse(t, "elsewhere")
	d := from.doomed()
	must(t, of(Carry(ctx, from.Vault, other.Vault, d.ID, CarryOptions{}, nil)))
	other.whole()
}

func TestCompareReadsAttachments(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "live")
	c := h.record("Ada Quill")
	a := must(t, of(h.Timeline(ctx, c.ID, Page{WithFiles: true})))[0].Attachments[0]
	copy := copyOfVault(t, h)
	spoil(t, h.Dir(), a.Blob)
	got := must(t, of(Compare(ctx, h.Vault, copy, nil)))
	if got.Differing != 1 || !strings.Contains(got.Differences[0], "entry of November 18, 2026") || strings.Contains(got.Differences[0], a.Name) {
		t.Errorf("%+v", got)
	}
	canceled, cancel := context.WithCancel(ctx)
	_, err := Compare(canceled, h.Vault, copy, func(done, total int64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func BenchmarkCompare(b *testing.B) {
	ctx := context.Background()
	h := newHouse(b, "live")
	c := h.record("Ada Quill")
	h.fill(c.ID, 100_000)
	copy := copyOfVault(b, h)
	for b.Loop() {
		if got := must(b, of(Compare(ctx, h.Vault, copy, nil))); !got.Whole() {
			b.Fatal(got.Differences)
		}
	}
}

func BenchmarkCarry(b *testing.B) {
	ctx := context.Background()
	h := newHouse(b, "from")
	c := h.record("Ada Quill")
	h.fill(c.ID, 100_000)
	for b.Loop() {
		to := newHouse(b, "to")
		must(b, of(Carry(ctx, h.Vault, to.Vault, c.ID, CarryOptions{}, nil)))
	}
}

package vault

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// image gives the database as it stands.
func (h *house) image() *bytes.Reader {
	h.t.Helper()
	var content []byte
	h.do(h.db.Snapshot(context.Background(), nil, func(image sealed.Image) (err error) {
		content, err = io.ReadAll(io.NewSectionReader(image, 0, image.Size()))
		return err
	}))
	return bytes.NewReader(content)
}

// copyOf opens an image of the vault in memory.
func (h *house) copyOf(image sealed.Image) *house {
	h.t.Helper()
	v := must(h.t, of(Detach(context.Background(), h.db.Key(), image, h.dir, h.options())))
	h.t.Cleanup(func() { v.Close() })
	return &house{Vault: v, t: h.t, now: h.now}
}

// Nobody comes back from a backup that was made before a destruction, not even
// one who was a client still when it was made; and no number is given again of
// whom it does not know.
func TestApplyDestructions(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	unknown := h.image()
	var active *bytes.Reader
	c := h.doomed(func(record.Client) { active = h.image() })
	if _, err := h.ApplyDestructions(ctx, nil); err != ErrNoCopy {
		t.Errorf("in a vault that is in use: %v", err)
	}
	done := must(t, of(h.Destroy(ctx, c.ID, "rule", nil)))
	list := must(t, of(h.Destructions(ctx)))

	older := h.copyOf(active)
	if got := must(t, of(older.Keep(ctx, c.ID))); len(got) != 1 || got[0].Status != record.KeepKept {
		t.Fatalf("in the backup: %+v", got)
	}
	applied := must(t, of(older.ApplyDestructions(ctx, list)))
	if len(applied) != 1 || applied[0].Certificate != done.Certificate {
		t.Fatalf("applied: %+v", applied)
	}
	content := strings.ToLower(string(must(t, of(io.ReadAll(older.image())))))
	for _, word := range canaries {
		if strings.Contains(content, word+"vk") {
			t.Errorf("%s came back", word)
		}
	}
	older.whole()
	stub := must(t, of(older.Destructions(ctx)))
	if len(stub) != 1 || stub[0].Swept.IsZero() {
		t.Fatalf("stubs: %+v", stub)
	}
	if stub[0].Swept = done.Swept; !reflect.DeepEqual(stub[0], done) {
		t.Errorf("the stub is %+v, not %+v", stub[0], done)
	}
	if again := must(t, of(older.ApplyDestructions(ctx, list))); len(again) != 0 {
		t.Errorf("applied again: %+v", again)
	}

	restored := filepath.Join(t.TempDir(), "restored")
	names := must(t, of(older.blobNames(ctx, blobsNamedSQL)))
	h.do(sealed.Plant(ctx, restored, h.db.Key(), h.dir, older.image(), h.Status().VaultID, h.Status().Position, h.dir, names, sealed.Options{}, nil))
	v := must(t, of(Open(ctx, restored, "ladder ochre", h.options())))
	planted := &house{Vault: v, t: t}
	planted.whole()
	if left := planted.traces(append(canaries, "content")...); len(left) > 0 {
		t.Errorf("restored: %v", left)
	}
	h.do(v.Close())

	oldest := h.copyOf(unknown)
	must(t, of(oldest.ApplyDestructions(ctx, list)))
	if next := must(t, of(oldest.AddClient(ctx, record.Client{Name: "New"}))); next.ID <= c.ID || next.Number == c.Number {
		t.Errorf("the next record: %s, %s", next.ID, next.Number)
	}
}

// Only ApplyDestructions lets the database pass a record that is not due.
func TestCarriedNowhereElse(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	h.other()
	const carried = `INSERT INTO destruction(client, number, initials, kind, first_day, last_day, closed_on, keep_until, rule, entries, attachments, certificate, author, at, event, carried)
		SELECT c.id, c.number, 'X', 'individual', '', '', '', '2000-01-01', 'r', 0, 0, 'D-0', 'a', 0, (SELECT max(seq) FROM audit), 1 FROM client c WHERE c.id = 1`
	for where, v := range map[string]*house{"in a vault": h, "in a copy": h.copyOf(h.image())} {
		if err := v.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(carried); return err }); err == nil {
			t.Errorf("%s: a record that is kept was stated as destroyed", where)
		}
	}
}

// Where a vault was worked in twice since a backup, ids, numbers and certificates
// of the one are given anew in the other: what was destroyed there is no record
// here.
func TestDestructionsOfAnotherBranch(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	stays, goes := h.other(), h.other()
	d := record.Destruction{ID: 4, Client: stays.ID, Number: stays.Number, Opened: stays.Created, Certificate: "D-2041-001", At: h.now, Kind: record.Individual}
	number, moment, ours, unknown := d, d, d, d
	number.Number = "2026-999"
	moment.Opened = d.Opened.Add(time.Millisecond)
	ours.Client, ours.Number, ours.Opened = goes.ID, goes.Number, goes.Created
	unknown.Client, unknown.Number = 900, "2026-900"
	c := h.copyOf(h.image())
	applied := must(t, of(c.ApplyDestructions(ctx, []record.Destruction{number, moment, ours, unknown, unknown})))
	if len(applied) != 2 || applied[0].Client != goes.ID || applied[1].Certificate != "D-2041-001 (2)" {
		t.Errorf("applied: %+v", applied)
	}
	if _, err := c.Client(ctx, stays.ID); err != nil {
		t.Errorf("the record that nobody destroyed: %v", err)
	}
	if _, err := c.Client(ctx, goes.ID); !errors.Is(err, ErrNoClient) {
		t.Errorf("the record that was destroyed: %v", err)
	}
}

// What a folder of backups says of another vault's destructions is none of this
// one's.
func TestDestructionsOfOneVault(t *testing.T) {
	one, other := Copy{}, Copy{}
	one.Vault, other.Vault = sealed.VaultID{1}, sealed.VaultID{2}
	one.Facts.Destroyed = []record.Destruction{{ID: 2, Client: 7, Number: "2026-007"}, {ID: 1, Client: 8, Number: "2026-008"}}
	other.Facts.Destroyed = []record.Destruction{{ID: 1, Client: 9, Number: "2026-009"}}
	got := destructionsOf([]Copy{one, other, one}, one.Vault)
	if len(got) != 2 || got[0].Client != 8 || got[1].Client != 7 {
		t.Errorf("%+v", got)
	}
}

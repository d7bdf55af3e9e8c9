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
	d := record.Destruction{Client: 1, Number: "2026-999", Certificate: "D-1", At: h.now, Kind: record.Individual}
	if _, err := h.copyOf(h.image()).ApplyDestructions(ctx, []record.Destruction{d}); err == nil || errors.Is(err, ErrNoCopy) {
		t.Errorf("another record of the same id: %v", err)
	}
}

package vault_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casekeep/vault"
	"casekeep/vault/record"
)

func TestDisclosureAndFileStandOrFallTogether(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	e := v.log(c, start, "x")
	r := vault.Release{Entries: []record.EntryID{e.ID}, Disclosure: record.Disclosure{Client: c.ID, To: "Ada Quill", Purpose: "own request",
		Pages: 2, File: "ada.pdf", SHA256: record.Hash{1}, Sealed: true, LeftOut: []string{"nothing"}}}
	full := errors.New("disk full")
	if _, err := v.Disclose(ctx, r, func() error { return full }, func() error { t.Error("retracted what was not delivered"); return nil }); !errors.Is(err, full) {
		t.Errorf("error: %v", err)
	}
	if list, _ := v.Disclosures(ctx, c.ID); len(list) != 0 {
		t.Error("a disclosure without its file")
	}
	if got, _ := v.Entry(ctx, e.ID); got.Released {
		t.Error("released without a disclosure")
	}
	want, err := v.Disclose(ctx, r, func() error { return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.reopen()
	list, err := v.Disclosures(ctx, c.ID)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d disclosures, %v", len(list), err)
	}
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Error(diff)
	}
	if got, _ := v.Entry(ctx, e.ID); !got.Released {
		t.Error("the entry is not marked as released")
	}
	for name, d := range map[string]record.Disclosure{"receiver": {Client: c.ID, Purpose: "x"}, "purpose": {Client: c.ID, To: "x"}} {
		if _, err := v.Disclose(ctx, vault.Release{Disclosure: d}, func() error { return nil }, nil); err == nil {
			t.Errorf("a disclosure without a %s was taken", name)
		}
	}
}

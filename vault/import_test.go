package vault_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

func message(i int, body string) vault.Message {
	sum := func(s string) record.Hash { return sha256.Sum256([]byte(s)) }
	return vault.Message{
		Entry: record.Entry{Channel: record.Text, Direction: record.In, At: start.Add(-time.Duration(i) * time.Minute), Zone: "America/Chicago",
			ZoneBasis: record.ZoneAssumed, Body: body,
			Provenance: &record.Provenance{Locator: fmt.Sprintf("message %d", i), Raw: sum("raw" + body), Warnings: []string{"w"}}},
		Dedupe: sum(fmt.Sprint("key", i)), Content: sum(body),
	}
}

// importOf files n messages into a client's record.
func (b *bench) importOf(c record.Client, n int) record.Batch {
	b.t.Helper()
	im, err := b.BeginImport(ctx, c.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := im.OpenSource(ctx, "sms.xml", "texts"); err != nil {
		b.t.Fatal(err)
	}
	duplicates, moved := 0, 0
	for i := range n {
		outcome, err := im.Add(ctx, message(i, fmt.Sprintf("imported canary %d", i)))
		if err != nil {
			b.t.Fatal(err)
		}
		switch outcome {
		case vault.Duplicate:
			duplicates++
		case vault.MovedAway:
			moved++
		}
	}
	err = im.CloseSource(ctx, record.Source{Format: "texts", Parser: "test/1", Size: 5, SHA256: sha256.Sum256([]byte("file")), Declared: n})
	if err != nil {
		b.t.Fatal(err)
	}
	batch, err := im.Finish(ctx, record.Batch{Found: n, Duplicates: duplicates, Skipped: moved})
	if err != nil {
		b.t.Fatal(err)
	}
	return batch
}

func TestImportIsIdempotent(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	if first := v.importOf(c, 2500); first.Imported != 2500 || first.Duplicates != 0 || first.Sources[0].Name != "sms.xml" {
		t.Errorf("first import: %+v", first)
	}
	v.reopen()
	if again := v.importOf(c, 2600); again.Imported != 100 || again.Duplicates != 2500 {
		t.Errorf("second import: %+v", again)
	}
	list, err := v.Timeline(ctx, c.ID, vault.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if p := list[0].Provenance; p == nil || p.Locator != "message 0" || p.Source.Parser != "test/1" || p.Source.Declared != 2500 || p.Warnings[0] != "w" {
		t.Errorf("provenance: %+v", p)
	}
	if n := v.whole().Entries; n != 2600 {
		t.Errorf("%d entries", n)
	}
}

func TestTwinsAndNewVersions(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	add := func(messages ...vault.Message) (outcomes []vault.Outcome) {
		im, err := v.BeginImport(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := im.OpenSource(ctx, "x", ""); err != nil {
			t.Fatal(err)
		}
		imported := 0
		for _, m := range messages {
			o, err := im.Add(ctx, m)
			if err != nil {
				t.Fatal(err)
			}
			if o == vault.Imported || o == vault.NewVersion {
				imported++
			}
			outcomes = append(outcomes, o)
		}
		_, err = im.Finish(ctx, record.Batch{Found: len(messages), Duplicates: len(messages) - imported})
		if err != nil {
			t.Fatal(err)
		}
		return outcomes
	}
	twin := message(1, "ok")
	twin.Twin = 1
	for _, want := range [][]vault.Outcome{{vault.Imported, vault.Imported}, {vault.Duplicate, vault.Duplicate}} {
		if got := add(message(1, "ok"), twin); !slices.Equal(got, want) || v.whole().Entries != 2 {
			t.Errorf("twins: %v, want %v", got, want)
		}
	}
	changed := message(1, "ok, edited")
	if got := add(changed); got[0] != vault.NewVersion {
		t.Errorf("a changed message: %v", got)
	}
	if got := add(changed); got[0] != vault.Duplicate {
		t.Errorf("the changed message again: %v", got)
	}
	list, _ := v.Timeline(ctx, c.ID, vault.Page{Oldest: true})
	if last := list[len(list)-1]; len(list) != 3 || last.VersionOf != list[0].ID {
		t.Errorf("%d entries, version of %d", len(list), list[len(list)-1].VersionOf)
	}
}

func TestUndoImport(t *testing.T) {
	v := newVault(t)
	c, other := v.client("Ada Quill"), v.client("Lena Ptak")
	kept := v.log(c, start.Add(-time.Hour), "typed by hand")
	batch := v.importOf(c, 1200)
	list, _ := v.Timeline(ctx, c.ID, vault.Page{Limit: 3})
	if err := v.Amend(ctx, list[0].ID, "an amendment", ""); err != nil {
		t.Fatal(err)
	}
	if err := v.Strike(ctx, list[1].ID, "error"); err != nil {
		t.Fatal(err)
	}
	if err := v.Move(ctx, list[2].ID, other.ID, "hers"); err != nil {
		t.Fatal(err)
	}
	n, err := v.UndoImport(ctx, batch.ID)
	if err != nil || n != 1199 {
		t.Fatalf("removed %d, %v", n, err)
	}
	if _, err := v.UndoImport(ctx, batch.ID); err == nil {
		t.Error("undone twice")
	}
	left, _ := v.Timeline(ctx, c.ID, vault.Page{})
	moved, _ := v.Timeline(ctx, other.ID, vault.Page{})
	if len(left) != 1 || left[0].ID != kept.ID || len(moved) != 1 {
		t.Errorf("%d entries left, %d moved ones", len(left), len(moved))
	}
	hits, err := v.Search(ctx, vault.Search{Query: "canary"})
	if err != nil || len(hits) != 1 {
		t.Errorf("%d hits after the undo, %v", len(hits), err)
	}
	events, _ := v.Audit(ctx, c.ID, 1)
	if events[0].Action != "import.undo" || !strings.Contains(events[0].Detail, "1199 entries removed, 0 attachments, 1 amendments, 1 strikes") {
		t.Errorf("audit: %+v", events[0])
	}
	v.whole()
	if again := v.importOf(c, 1200); again.Imported != 1199 || again.Skipped != 1 {
		t.Errorf("imported %d after the undo", again.Imported)
	}
}

func TestReleasedImportStays(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	batch := v.importOf(c, 10)
	list, _ := v.Timeline(ctx, c.ID, vault.Page{Limit: 1})
	_, err := v.Disclose(ctx, vault.Release{Disclosure: record.Disclosure{Client: c.ID, To: "court", Purpose: "order", Pages: 3, File: "a.pdf"},
		Entries: []record.EntryID{list[0].ID}}, func() error { return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.UndoImport(ctx, batch.ID); !errors.Is(err, vault.ErrReleased) {
		t.Errorf("undoing a released import: %v", err)
	}
	if n := v.whole().Entries; n != 10 {
		t.Errorf("%d entries", n)
	}
}

func TestCancelAndCutOffLeaveNothing(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	begin := func() *vault.Import {
		im, err := v.BeginImport(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := im.OpenSource(ctx, "x", ""); err != nil {
			t.Fatal(err)
		}
		for i := range 1500 {
			if _, err := im.Add(ctx, message(i, "half done")); err != nil {
				t.Fatal(err)
			}
		}
		return im
	}
	if err := begin().Cancel(ctx); err != nil {
		t.Fatal(err)
	}
	if n := v.whole().Entries; n != 0 {
		t.Errorf("%d entries after canceling", n)
	}
	begin() // and the program ends, with an attachment sealed and not yet filed
	if _, err := v.PutBlob(ctx, strings.NewReader("half done")); err != nil {
		t.Fatal(err)
	}
	v.reopen()
	if found := v.whole(); found.Entries != 0 || found.Leftover != 0 {
		t.Errorf("after an import was cut off: %+v", found)
	}
	if hits, _ := v.Search(ctx, vault.Search{Query: "half"}); len(hits) != 0 {
		t.Error("the index still holds what was undone")
	}
}

func TestCheckMessage(t *testing.T) {
	v := newVault(t)
	for _, c := range []struct {
		name string
		e    record.Entry
		want string
	}{
		{"now", record.Entry{At: start}, ""},
		{"a clock that is an hour ahead", record.Entry{At: start.Add(time.Hour)}, ""},
		{"a clock that is years ahead", record.Entry{At: start.AddDate(3, 0, 0)}, "in the future"},
		{"a clock that lost its day", record.Entry{At: start.AddDate(-200, 0, 0)}, "before 1900"},
		{"a book", record.Entry{At: start, Body: strings.Repeat("a", 8<<20+1)}, "longer than the 8 MB"},
	} {
		err := v.CheckMessage(c.e)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestImportThatDoesNotAddUpIsRefused(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	im, err := v.BeginImport(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := im.Finish(ctx, record.Batch{Found: 1}); err == nil {
		t.Error("an import that does not add up was taken")
	}
}

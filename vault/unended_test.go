package vault

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

// Of an import that has not ended nothing is changed or released: if it were
// canceled, that would go with it, or keep it from being taken back.
func TestWhatAnImportBringsIsNotChangedUntilItEnds(t *testing.T) {
	ctx := context.Background()
	for _, ends := range []string{"canceled", "finished"} {
		b := newHouse(t, "v")
		c := must(t, of(b.AddClient(ctx, record.Client{Name: "Ada Quill"})))
		other := must(t, of(b.AddClient(ctx, record.Client{Name: "Bo Larsen"})))
		im := must(t, of(b.BeginImport(ctx, c.ID)))
		b.do(im.OpenSource(ctx, "phone.xml", "x"))
		const brought = 1500 // some are filed before the end
		for i := range brought {
			sum := sha256.Sum256(fmt.Append(nil, i))
			e := record.Entry{Channel: record.Text, Direction: record.In, At: day0.Add(time.Duration(-i) * time.Minute), Zone: "America/Chicago",
				ZoneBasis: record.ZoneFile, Body: fmt.Sprint("message ", i), Provenance: &record.Provenance{Locator: fmt.Sprint(i), Raw: sum}}
			must(t, of(im.Add(ctx, Message{Entry: e, Dedupe: sum, Content: sum})))
		}
		half := must(t, of(b.Timeline(ctx, c.ID, Page{Limit: 10})))
		acts := map[string]func() error{
			"amend":  func() error { return b.Amend(ctx, half[0].ID, "more", "") },
			"strike": func() error { return b.Strike(ctx, half[1].ID, "wrong") },
			"move":   func() error { return b.Move(ctx, half[2].ID, other.ID, "hers") },
			"correct": func() error {
				_, err := b.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: half[3].At.Add(-time.Hour), Body: "b", Supersedes: half[3].ID})
				return err
			},
			"release": func() error {
				_, err := b.Disclose(ctx, Release{Entries: []record.EntryID{half[4].ID}, Disclosure: record.Disclosure{Client: c.ID, To: "Court", Purpose: "order", File: "b.pdf"}},
					func() error { return nil }, func() error { return nil })
				return err
			},
		}
		for name, act := range acts {
			if err := act(); err == nil || !strings.Contains(err.Error(), "has not ended") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if ends == "canceled" {
			b.do(im.Cancel(ctx), b.TakenBack(ctx))
			if left := must(t, of(b.Timeline(ctx, c.ID, Page{Limit: 10}))); len(left) > 0 {
				t.Errorf("%d entries are left", len(left))
			}
		} else {
			must(t, of(im.Finish(ctx, record.Batch{Found: brought})))
			for name, act := range acts {
				if err := act(); err != nil {
					t.Errorf("%s, once it ended: %v", name, err)
				}
			}
		}
		if check := must(t, of(b.Verify(ctx, nil))); len(check.Problems) > 0 {
			t.Errorf("%q", check.Problems)
		}
	}
}

// What an earlier version released of an import that a crash then cut off stays, and
// its contacts are counted.
func TestContactsOfAReleasedImportThatWasCutOffAreCounted(t *testing.T) {
	ctx := context.Background()
	c := newCut(t)
	h, err := c.still(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.sql(fmt.Sprint(`UPDATE entry SET released = 1 WHERE id = `, ofImport(h.Vault, t)[0]), `UPDATE batch SET released = 1 WHERE finished IS NULL`)
	before := must(t, of(h.Facts(ctx, c.client)))[0].Tally
	h.do(h.Close())
	if h, err = c.open(t, c.dir, nil); err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	h.do(h.TakenBack(ctx))
	after := must(t, of(h.Facts(ctx, c.client)))[0].Tally
	if n := contactsIn(after) - contactsIn(before); n != cutMessages-1 { // one is struck through
		t.Errorf("%d more are counted: %+v", n, after)
	}
	if check := must(t, of(h.Verify(ctx, nil))); len(check.Problems) > 0 {
		t.Errorf("%q", check.Problems)
	}
}

func contactsIn(tallies []record.Tally) (n int) {
	for _, one := range tallies {
		n += one.Contacts
	}
	return n
}

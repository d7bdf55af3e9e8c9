package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Some of the import goes at a time, and after each the vault is whole; so is
// what another unlock makes of a crash there.
func TestAnImportIsTakenBackInSteps(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	h, err := c.still(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	id := h.back.left[0]
	h.removeUnnamed(ctx, h.back.sealed)
	others := len(c.was["entry"])
	for left := cutMessages; left > 0; {
		ended := must(t, of(h.undoSome(ctx, id, "import.cut-off")))
		left = max(0, left-undoEntries)
		check := must(t, of(h.Verify(ctx, nil)))
		if ended != (left == 0) || len(ofImport(h.Vault, t)) != left || len(check.Problems) > 0 {
			t.Fatalf("%d entries left, want %d; ended: %v; %q", len(ofImport(h.Vault, t)), left, ended, check.Problems)
		}
		now := h.holds(c.client)
		if len(now["entry"]) != others+left || !slices.Equal(now["contact_tally"], c.was["contact_tally"]) {
			t.Errorf("%d entries, want %d, and the tally %q", len(now["entry"]), others+left, now["contact_tally"])
		}
		if list := must(t, of(h.Clients(ctx))); !slices.ContainsFunc(list, func(s record.ClientSummary) bool { return s.ID == c.client && s.Entries >= left }) {
			t.Errorf("the list says %+v", list)
		}
		crashed := filepath.Join(scratch(t), "v")
		h.do(os.CopyFS(crashed, os.DirFS(c.dir)))
		after, err := c.open(t, crashed, nil)
		if err == nil {
			err = errors.Join(after.TakenBack(ctx), c.clean(after), after.Close())
		}
		if err != nil {
			t.Errorf("a crash with %d left: %v", left, err)
		}
	}
	h.back.done(id)
	h.sweepDiscarded(ctx)
	h.do(c.clean(h))
}

// Where an older state was put back, with an import under way, the sealed files
// may be those of the later one: the import goes, and no file does.
func TestNoFileGoesWithAnOlderState(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	files := func(v *Vault) int { return len(must(t, of(v.db.Blobs()))) }
	before := 0
	for _, older := range []bool{true, false} {
		v, err := Open(ctx, c.dir, "ladder ochre", Options{Older: func(sealed.Status) bool { return older }})
		if err != nil {
			t.Fatal(err)
		}
		if older {
			before = files(v)
		}
		if err := v.TakenBack(ctx); err != nil || len(ofImport(v, t)) > 0 {
			t.Fatalf("%d entries are left (%v)", len(ofImport(v, t)), err)
		}
		if after := files(v); (after < before) == older {
			t.Errorf("beside an older state (%v) %d files of %d are left", older, after, before)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// The unlock waits for no files either, of which there can be thousands.
func TestFilesOfWhatIsTakenBackGoBeside(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	c.oneStep("import.cut-off")
	h, err := c.still(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if names := must(t, of(h.blobNames(ctx, discardedSQL))); len(names) != undoEntries/500 {
		t.Errorf("after the unlock %d files are to be removed", len(names))
	}
	h.do(h.TakenBack(ctx), c.clean(h))
}

// While it is under way nothing of it is changed or released, and nothing else
// of the record is kept from being so.
func TestWhatIsTakenBackIsNotChanged(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	h, err := c.still(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	must(t, of(h.undoSome(ctx, h.back.left[0], "import.cut-off")))
	going := ofImport(h.Vault, t)[0]
	entry := must(t, of(h.Entry(ctx, going)))
	typed := must(t, of(h.Log(ctx, record.Entry{Client: c.client, Channel: record.Text, Direction: record.In, Body: "typed meanwhile"})))
	release := func(id record.EntryID) error {
		_, err := h.Disclose(ctx, Release{Entries: []record.EntryID{id}, Disclosure: record.Disclosure{Client: c.client, To: "Court", Purpose: "order", File: "b.pdf"}},
			func() error { return nil }, func() error { return nil })
		return err
	}
	other := record.ClientID(0)
	for _, s := range must(t, of(h.Clients(ctx))) {
		if s.ID != c.client {
			other = s.ID
		}
	}
	before := h.holds(c.client)
	for name, act := range map[string]func() error{
		"amend":   func() error { return h.Amend(ctx, going, "more", "") },
		"strike":  func() error { return h.Strike(ctx, going, "wrong") },
		"move":    func() error { return h.Move(ctx, going, other, "hers") },
		"release": func() error { return release(going) },
		"correct": func() error {
			_, err := h.Log(ctx, record.Entry{Client: c.client, Channel: record.Text, Direction: record.In, At: entry.At.Add(-time.Hour), Body: "b", Supersedes: going})
			return err
		},
		"follow": func() error {
			_, err := h.File(ctx, Filing{Entry: record.Entry{Client: c.client, Form: record.FormSearch, Subject: "s", Body: "b", About: going, Data: []byte(`{"why":"w"}`)}})
			return err
		},
		"sequester": func() error {
			return h.Sequester(ctx, c.client, SequesterOrder{Entries: []record.EntryID{going}, Ground: record.GroundCourt, Reason: "r",
				Order: Filing{Entry: record.Entry{Client: record.Book, Form: record.FormOrder, Subject: "o", Body: "b", Data: []byte(`{"on":"2026-11-20"}`)}}}, nil)
		},
	} {
		if err := act(); err == nil || !strings.Contains(err.Error(), "being taken back") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := h.holds(c.client); !maps.EqualFunc(before, after, slices.Equal) {
		t.Error("something of the record was changed")
	}
	h.do(h.Amend(ctx, typed.ID, "more", ""), release(typed.ID))
	h.do(h.TakenBack(ctx))
	if check := must(t, of(h.Verify(ctx, nil))); len(check.Problems) > 0 {
		t.Errorf("%q", check.Problems)
	}
}

// Where something of an import was released before any of it was removed, it ends
// where it was, and keeps nobody waiting.
func TestAnImportOfWhichSomethingWasReleasedStays(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	for name, act := range map[string]func(h *house) error{
		"after the unlock": func(h *house) error { return h.TakenBack(ctx) },
		"canceled": func(h *house) error {
			im := &Import{v: h.Vault, batch: h.back.left[0]}
			h.back.done(im.batch) // it runs
			if err := im.Cancel(ctx); !errors.Is(err, ErrReleased) {
				return fmt.Errorf("canceling: %v", err)
			}
			return h.TakenBack(ctx)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := c.still(t, c.copy(t), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			h.sql(fmt.Sprint(`UPDATE entry SET released = 1 WHERE id = `, ofImport(h.Vault, t)[0]), `UPDATE batch SET released = 1 WHERE finished IS NULL`) // as an earlier version let it
			h.do(act(h))
			if h.CutOff() != 0 || len(ofImport(h.Vault, t)) != 0 || len(h.holds(c.client)["entry"]) != len(c.was["entry"])+cutMessages {
				t.Errorf("%d wait, %d entries", h.CutOff(), len(h.holds(c.client)["entry"]))
			}
			if check := must(t, of(h.Verify(ctx, nil))); len(check.Problems) > 0 {
				t.Errorf("%q", check.Problems)
			}
			must(t, of(h.BeginImport(ctx, c.client)))
		})
	}
}

// People work on while it is taken back, and whoever closes the vault waits for
// no more than what is under way.
func TestAnImportIsTakenBackBesideTheWork(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	closed := 0
	for ; ; closed++ {
		h, err := c.open(t, c.dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		if h.CutOff() == 0 && !h.TakingBack() {
			h.do(c.clean(h), h.Close())
			break
		}
		time.Sleep(time.Duration(closed) * 5 * time.Millisecond)
		h.do(h.Close(), h.TakenBack(ctx))
	}
	if closed == 0 {
		t.Error("nothing was to be taken back")
	}

	c = newCut(t)
	h, err := c.open(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	other := must(t, of(h.AddClient(ctx, record.Client{Name: "Bo Larsen"}))).ID
	for i := 0; h.TakingBack(); i++ {
		must(t, of(h.Log(ctx, record.Entry{Client: other, Channel: record.Text, Direction: record.In, Body: fmt.Sprint("typed meanwhile ", i)})))
		must(t, of(h.Timeline(ctx, c.client, Page{Limit: 50})))
		must(t, of(h.Known(ctx, other)))
	}
	h.do(h.TakenBack(ctx), c.clean(h))
}

// Whoever waits can stop waiting.
func TestWaitingForAnImportIsCanceled(t *testing.T) {
	h := newHouse(t, "v")
	canceled, cancel := context.WithCancel(context.Background())
	must(t, of(h.AddClient(canceled, record.Client{Name: "Ada Quill"})))
	im := must(t, of(h.BeginImport(canceled, 1)))
	h.back.cancels(im.batch)
	cancel()
	if err := h.TakenBack(canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting: %v", err)
	}
	if _, err := h.UndoImport(canceled, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("undoing another: %v", err)
	}
	h.back.end(nil) // and it came to nothing
	if err := h.TakenBack(context.Background()); err != nil || h.CutOff() != 0 {
		t.Errorf("tried once more: %v, %d left", err, h.CutOff())
	}
}

// What is canceled and cut off on the way is taken back too, and the trail calls
// it what it was.
func TestACanceledImportThatWasCutOff(t *testing.T) {
	c := newCut(t)
	ctx := context.Background()
	c.oneStep("import.cancel")
	h, err := c.open(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.do(h.TakenBack(ctx), c.clean(h))
	events := must(t, of(h.Audit(ctx, c.client, 2)))
	if events[0].Action != "import.cancel" || events[1].Action != "import.undoing" {
		t.Errorf("the trail says %+v", events)
	}
	h.do(h.Close())
}

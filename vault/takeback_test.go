package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// cutVault is what a crash left of a vault into which an import ran.
type cutVault struct {
	t      testing.TB
	dir    string
	client record.ClientID
	was    map[string][]string // the record before the import
	ticks  atomic.Int64
}

// cutMessages is what the import had filed: what three transactions remove.
const cutMessages = 2*undoEntries + 200

// newCut makes one. Of what was filed one message was amended and one struck
// through, and some have files.
func newCut(t testing.TB) *cutVault {
	t.Helper()
	ctx := context.Background()
	h := newHouse(t, "v")
	c := &cutVault{t: t, dir: filepath.Join(scratch(t), "v"), client: h.record("Ada Quill").ID}
	c.was = h.holds(c.client)
	im := must(t, of(h.BeginImport(ctx, c.client)))
	h.do(im.OpenSource(ctx, "sms.xml", "texts"))
	for i := range cutMessages {
		sum := sha256.Sum256(fmt.Append(nil, "cut", i))
		e := record.Entry{Channel: record.Text, Direction: record.In, At: day0.Add(time.Duration(-i) * time.Minute), Zone: "America/Chicago",
			ZoneBasis: record.ZoneFile, Body: fmt.Sprint("half of it ", i), Provenance: &record.Provenance{Locator: fmt.Sprint(i), Raw: sum}}
		if i%500 == 0 {
			b := must(t, of(h.PutBlob(ctx, strings.NewReader("attached"))))
			e.Attachments = []record.Attachment{{Name: "a.txt", Type: "text/plain", Size: b.Size, SHA256: b.SHA256, Blob: b.Name}}
		}
		must(t, of(im.Add(ctx, Message{Entry: e, Dedupe: sum, Content: sum})))
	}
	h.do(im.flush(ctx))
	must(t, of(h.PutBlob(ctx, strings.NewReader("sealed and not filed"))))
	ids := ofImport(h.Vault, t)
	h.do(h.Amend(ctx, ids[0], "amended", ""), h.Strike(ctx, ids[len(ids)-1], "wrong"))
	h.do(os.CopyFS(c.dir, os.DirFS(h.Dir())), h.Close())
	return c
}

// ofImport gives the entries of the imports that did not end, oldest first.
func ofImport(v *Vault, t testing.TB) (ids []record.EntryID) {
	t.Helper()
	err := v.db.Read(context.Background(), func(tx *sql.Tx) error {
		return each(context.Background(), tx, `SELECT e.id FROM entry e JOIN batch b ON b.id = e.batch WHERE b.finished IS NULL ORDER BY e.id`,
			func(rows *sql.Rows) error {
				ids = append(ids, 0)
				return rows.Scan(&ids[len(ids)-1])
			})
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func (c *cutVault) options(files disk.Files) Options {
	return Options{WorkFactor: 10, Files: files, Now: func() time.Time { return day0.Add(time.Hour + time.Duration(c.ticks.Add(1))*time.Millisecond) }}
}

// copy gives a copy of the folder.
func (c *cutVault) copy(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(scratch(t), "v")
	if err := os.CopyFS(dir, os.DirFS(c.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// open unlocks a vault as the program does.
func (c *cutVault) open(t testing.TB, dir string, files disk.Files) (*house, error) {
	t.Helper()
	v, err := Open(context.Background(), dir, "ladder ochre", c.options(files))
	return &house{Vault: v, t: t}, err
}

// still unlocks it and begins nothing beside.
func (c *cutVault) still(t testing.TB, dir string, files disk.Files) (*house, error) {
	t.Helper()
	opt := c.options(files)
	clock := newClock(opt.Now)
	db, err := sealed.Open(dir, "ladder ochre", opt.engine(clock))
	if err != nil {
		return nil, err
	}
	v := newVault(db, dir, opt, clock)
	if err := v.start(context.Background()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &house{Vault: v, t: t}, nil
}

// gone checks that the record is what it was before the import, that the trail
// says what was taken back, and that nothing waits any more.
func (c *cutVault) gone(h *house) error {
	ctx := context.Background()
	check, err := h.Verify(ctx, nil)
	if err != nil || len(check.Problems) > 0 || !check.AuditOK || h.CutOff() != 0 || h.TakingBack() {
		return fmt.Errorf("not whole: %+v, %d left, %v", check, h.CutOff(), err)
	}
	now := h.holds(c.client)
	if len(now["batch"]) != len(c.was["batch"])+1 {
		return fmt.Errorf("of the import stays that it was: %q", now["batch"])
	}
	for table, rows := range now {
		if table != "batch" && !slices.Equal(rows, c.was[table]) {
			return fmt.Errorf("%s is not what it was: %.300q, was %.300q", table, rows, c.was[table])
		}
	}
	if hits, err := h.Search(ctx, Search{Query: "half"}); err != nil || len(hits) != 0 {
		return fmt.Errorf("%d hits, %v", len(hits), err)
	}
	events, err := h.Audit(ctx, c.client, 50)
	if err != nil {
		return err
	}
	var ends []string
	for _, e := range events {
		if e.Action == "import.cut-off" || e.Action == "import.cancel" {
			ends = append(ends, e.Detail)
		}
	}
	want := fmt.Sprintf("%d entries removed, %d attachments, 1 amendments, 1 strikes", cutMessages, (cutMessages+499)/500)
	if len(ends) != 1 || !strings.HasSuffix(ends[0], want) {
		return fmt.Errorf("the trail says %q", ends)
	}
	var left int
	err = h.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM setting WHERE key GLOB 'undoing.*') + (SELECT count(*) FROM blob_discarded)
			+ (SELECT count(*) FROM batch WHERE finished IS NULL)`).Scan(&left)
	})
	if err == nil && left > 0 {
		err = fmt.Errorf("%d rows of what was under way are left", left)
	}
	return err
}

// clean is gone where no disk failed: no sealed file is left over either.
func (c *cutVault) clean(h *house) error {
	check, err := h.Verify(context.Background(), nil)
	if err == nil && check.Leftover != 0 {
		err = fmt.Errorf("%d files are left over", check.Leftover)
	}
	return errors.Join(err, c.gone(h))
}

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
	h, err := c.still(t, c.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	must(t, of(h.undoSome(ctx, h.back.left[0], "import.cancel")))
	h.do(h.Close())
	if h, err = c.open(t, c.dir, nil); err != nil {
		t.Fatal(err)
	}
	h.do(h.TakenBack(ctx), c.clean(h))
	events := must(t, of(h.Audit(ctx, c.client, 2)))
	if events[0].Action != "import.cancel" || events[1].Action != "import.undoing" {
		t.Errorf("the trail says %+v", events)
	}
	h.do(h.Close())
}

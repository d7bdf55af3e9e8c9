package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
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
	h.do(h.db.Write(ctx, func(tx *sql.Tx) error { // as an earlier version let it be changed meanwhile
		first, err := loadEntry(ctx, tx, ids[0])
		last, failed := loadEntry(ctx, tx, ids[len(ids)-1])
		return errors.Join(err, failed, h.putAmendment(ctx, tx, first, "amended", ""), h.putStrike(ctx, tx, last, "wrong"))
	}))
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

// oneStep takes some of the import back and locks the vault again.
func (c *cutVault) oneStep(action string) {
	c.t.Helper()
	h, err := c.still(c.t, c.dir, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	must(c.t, of(h.undoSome(context.Background(), h.back.left[0], action)))
	h.do(h.Close())
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

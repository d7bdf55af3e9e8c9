package app_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// world is a practice whose clock can be set, with a folder for backups.
type world struct {
	*app.Practice
	t      *testing.T
	config app.Config
	now    time.Time
	clock  func() // is called whenever the clock is read; nil: nothing is
	dir    string
	target string
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, now: time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC), dir: filepath.Join(t.TempDir(), "Quill.casekeep"), target: t.TempDir()}
	w.config = app.Config{WorkFactor: 10, StateDir: t.TempDir(), Now: func() time.Time {
		if w.clock != nil {
			w.clock()
		}
		return w.now
	}}
	p, err := app.Create(ctx, w.dir, passphrase, record.Practice{Name: "Quill Street Practice", Zone: "America/Chicago", Jurisdiction: "US-TX"}, w.config)
	if err != nil {
		t.Fatal(err)
	}
	w.Practice = p
	t.Cleanup(func() { _ = p.Lock() })
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// log logs a text that came in now, with a file.
func (w *world) log(c record.Client, body string) {
	w.t.Helper()
	file := app.Upload{Name: "letter.txt", Type: "text/plain", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("the letter about " + body)), nil
	}}
	_, err := w.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: w.now, Body: body}, file)
	w.must(err)
}

// backUp backs up and gives the one target's result.
func (w *world) backUp() app.BackedUp {
	w.t.Helper()
	list, err := w.BackUp(ctx, nil)
	w.must(err)
	if len(list) != 1 {
		w.t.Fatalf("%d targets", len(list))
	}
	w.must(list[0].Err)
	return list[0]
}

func worries(b app.Backups) string {
	var keys []string
	for _, one := range b.Worries {
		keys = append(keys, one.Key)
	}
	return strings.Join(keys, " ")
}

// What is wrong with the backups is said until it is mended.
func TestWorries(t *testing.T) {
	w := newWorld(t)
	w.log(addClient(t, w.Practice, "Ada Quill"), "hello")
	stand := func(want string) {
		t.Helper()
		b, err := w.Backups(ctx)
		w.must(err)
		if got := worries(b); got != want {
			t.Errorf("worries: %q, not %q", got, want)
		}
	}
	stand("none")
	w.must(w.AddBackupTarget(ctx, w.target))
	stand("never same-disk")
	w.backUp()
	stand("same-disk drill")
	d, err := w.Drill(ctx, nil)
	w.must(err)
	if !d.Whole || d.Entries != 1 || d.Attachments != 1 {
		t.Errorf("drill: %+v", d)
	}
	stand("same-disk")
	w.now = w.now.AddDate(0, 0, 4)
	stand("stale same-disk")
	w.now = w.now.AddDate(0, 0, 30)
	stand("stale same-disk drill")
	inside := filepath.Join(w.target, "Quill.casekeep-backup")
	wiped := filepath.Join(t.TempDir(), "wiped")
	w.must(os.Rename(inside, wiped))
	stand("stale gone/" + w.target + " same-disk drill")
	if due, err := w.BackupDue(ctx); err != nil || !due {
		t.Errorf("the backups are gone, and none is due: %v", err)
	}
	w.must(os.Rename(wiped, inside))
	w.must(os.Rename(w.target, w.target+".away"))
	stand("stale missing/" + w.target + " drill")
}

// What a backup had written and is gone is written anew, though nothing happened in
// the vault.
func TestBackUpAnewWhatIsGone(t *testing.T) {
	w := newWorld(t)
	w.log(addClient(t, w.Practice, "Ada Quill"), "first")
	w.must(w.AddBackupTarget(ctx, w.target))
	first := w.backUp()
	packs, err := filepath.Glob(filepath.Join(w.target, "*", "packs", "*.age"))
	w.must(err)
	for _, pack := range packs {
		w.must(os.Remove(pack))
	}
	w.now = w.now.Add(time.Minute)
	again := w.backUp()
	if len(packs) == 0 || again.Unchanged || again.Generation == first.Generation {
		t.Errorf("of %d packs that are gone: %+v", len(packs), again)
	}
	if next := w.backUp(); !next.Unchanged || next.Generation != again.Generation {
		t.Errorf("and then: %+v", next)
	}
}

// A backup of a vault in which nothing happened writes nothing; one of a vault
// in which something did writes it, and what the plan no longer keeps goes.
func TestBackUpAndPrune(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 2, Daily: 3}, Every: 60, Drill: 7}))
	w.log(ada, "first")
	first := w.backUp()
	if first.Unchanged || first.Bytes == 0 || first.Attachments != 1 {
		t.Errorf("first: %+v", first)
	}
	if again := w.backUp(); !again.Unchanged || again.Generation != first.Generation {
		t.Errorf("unchanged: %+v", again)
	}
	pruned := 0
	for range 10 {
		w.now = w.now.AddDate(0, 0, 1)
		w.log(ada, "and on")
		pruned += w.backUp().Pruned
	}
	folder, err := w.BackupsAt(w.target)
	w.must(err)
	list, err := folder.List(ctx)
	w.must(err)
	if len(list) != 3 || pruned != 8 || list[0].Entries != 11 || list[0].Clients != 1 {
		t.Errorf("%d backups are left, %d were removed: %+v", len(list), pruned, list)
	}
	check, err := folder.Check(ctx, nil)
	w.must(err)
	if !check.OK || check.Newest == nil || check.Newest.Name != list[0].Name {
		t.Errorf("check: %+v", check)
	}
	b, err := w.Backups(ctx)
	w.must(err)
	if b.Targets[0].Count != 3 || !b.Last.Equal(list[0].At) {
		t.Errorf("targets: %+v, last %s", b.Targets, b.Last)
	}
}

// A backup of a vault that is damaged itself is made, and says so until it is
// mended; meanwhile no older one goes.
func TestBackUpOfADamagedVault(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.log(ada, "hello")
	blobs, err := filepath.Glob(filepath.Join(w.dir, "attachments", "*", "*.age"))
	if err != nil || len(blobs) != 1 {
		t.Fatal(blobs, err)
	}
	whole, err := os.ReadFile(blobs[0])
	w.must(err)
	spoiled := slices.Clone(whole)
	spoiled[len(spoiled)-1] ^= 1
	w.must(os.WriteFile(blobs[0], spoiled, 0o600))
	w.must(w.AddBackupTarget(ctx, w.target))
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 1}}))
	for range 3 {
		list, err := w.BackUp(ctx, nil)
		w.must(err)
		if list[0].Generation == "" || list[0].Err == nil || list[0].Pruned != 0 || !strings.Contains(list[0].Err.Error(), filepath.Base(blobs[0])) {
			t.Errorf("backed up: %+v", list[0])
		}
		b, err := w.Backups(ctx)
		w.must(err)
		if !strings.Contains(worries(b), "failed/") {
			t.Errorf("worries: %q", worries(b))
		}
		w.now = w.now.Add(time.Hour)
	}
	w.must(os.WriteFile(blobs[0], whole, 0o600))
	if done := w.backUp(); done.Pruned != 3 {
		t.Errorf("after it was mended: %+v", done)
	}
}

// A backup is due when its time has come, or when its drive appears.
func TestBackupDue(t *testing.T) {
	w := newWorld(t)
	w.must(w.AddBackupTarget(ctx, w.target))
	due := func(want bool) {
		t.Helper()
		got, err := w.BackupDue(ctx)
		w.must(err)
		if got != want {
			t.Errorf("due is %v", got)
		}
	}
	due(true)
	w.backUp()
	due(false)
	w.must(os.Rename(w.target, w.target+".away"))
	due(false)
	w.must(os.Rename(w.target+".away", w.target))
	due(true)
	due(false)
	w.now = w.now.Add(61 * time.Minute)
	due(true)
}

// The vault comes back on a new computer, and over a damaged one, which is kept.
func TestRestore(t *testing.T) {
	w := newWorld(t)
	w.log(addClient(t, w.Practice, "Ada Quill"), "hello")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	w.must(w.Lock())
	elsewhere := app.Config{WorkFactor: 10, StateDir: t.TempDir(), Now: w.config.Now}
	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, elsewhere)
	w.must(err)
	look, err := folder.Look(ctx, "", nil)
	w.must(err)
	if len(look.Records) != 1 || look.Records[0].Name != "Ada Quill" || look.Entries != 1 {
		t.Errorf("look: %+v", look)
	}
	fresh := filepath.Join(t.TempDir(), "New.casekeep")
	r, err := folder.Restore(ctx, "", fresh, false, nil)
	w.must(err)
	if len(r.Missing) > 0 || r.Aside != "" {
		t.Errorf("restored: %+v", r)
	}
	p, err := app.Unlock(ctx, fresh, passphrase, elsewhere)
	w.must(err)
	if found := whole(t, p); found.Entries != 1 || found.Attachments != 1 || len(p.Warnings()) > 0 {
		t.Errorf("restored: %+v, warnings %q", found, p.Warnings())
	}
	if _, err := folder.Restore(ctx, "", fresh, true, nil); err == nil || !strings.Contains(err.Error(), "open") {
		t.Errorf("over a vault in use: %v", err)
	}
	w.must(p.Lock())
	w.must(os.WriteFile(filepath.Join(w.dir, "records.db.age"), []byte("gone"), 0o600))
	if _, err := folder.Restore(ctx, "", w.dir, false, nil); err == nil {
		t.Error("a vault was replaced without a word")
	}
	r, err = folder.Restore(ctx, "", w.dir, true, nil)
	w.must(err)
	if old, err := os.ReadFile(filepath.Join(r.Aside, "records.db.age")); err != nil || string(old) != "gone" {
		t.Errorf("the damaged vault is not kept in %s: %q, %v", r.Aside, old, err)
	}
	p, err = app.Unlock(ctx, w.dir, passphrase, w.config)
	w.must(err)
	whole(t, p)
	w.must(p.Lock())
	if _, err := app.OpenBackups(w.target, app.Secret{Passphrase: "wrong"}, elsewhere); err == nil {
		t.Error("a wrong passphrase opens the backups")
	}
}

// On a new computer the drive and a holder's key are enough.
func TestRestoreWithAHoldersKey(t *testing.T) {
	w := newWorld(t)
	w.log(addClient(t, w.Practice, "Ada Quill"), "hello")
	key := w.holder("Maria Osei")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	elsewhere := app.Config{WorkFactor: 10, StateDir: t.TempDir(), Now: w.config.Now}
	folder, err := app.OpenBackups(w.target, app.Secret{KeyFile: key}, elsewhere)
	w.must(err)
	dir := filepath.Join(t.TempDir(), "New.casekeep")
	_, err = folder.Restore(ctx, "", dir, false, nil)
	w.must(err)
	for _, s := range []app.Secret{{KeyFile: key}, {Passphrase: passphrase}} {
		p, err := app.UnlockWith(ctx, dir, s, elsewhere)
		w.must(err)
		whole(t, p)
		w.must(p.Lock())
	}
}

// A record that was destroyed leaves the backups when they are cleared, and does
// not come back from one that was not.
func TestDestroyedStaysDestroyed(t *testing.T) {
	w := newWorld(t)
	ada, bo := addClient(t, w.Practice, "Ada Quill"), addClient(t, w.Practice, "Bo Larsen")
	ada.Born, ada.Jurisdiction = record.Date{Year: 1970, Month: 1, Day: 2}, "US-TX"
	w.must(w.ChangeClient(ctx, ada))
	w.log(ada, "canary in the record")
	w.log(bo, "stays")
	w.must(w.ConfirmRetentionRule(ctx, "US-TX"))
	w.now = w.now.AddDate(0, 0, 1)
	w.must(w.CloseClient(ctx, ada.ID, record.DateOf(w.now.AddDate(0, 0, -1)), "done"))
	w.must(w.AddBackupTarget(ctx, w.target))
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 3, Yearly: 10}}))
	before := w.backUp()
	_, err := w.ExportWhole(ctx, filepath.Join(t.TempDir(), "all.age"), app.Sealing{Passphrase: "an export"}, nil)
	w.must(err)
	w.now = w.now.AddDate(7, 1, 0)
	w.log(bo, "later")
	d, err := w.Destroy(ctx, ada.ID, app.Confirm{Name: "Ada Quill", Passphrase: passphrase}, nil)
	w.must(err)
	certified := func(expires bool) {
		t.Helper()
		c, err := w.Certificate(ctx, d.ID)
		w.must(err)
		if len(c.Backups) != 1 || c.Backups[0].Cleared || c.Backups[0].Expires.IsZero() == expires || c.Exports != 1 {
			t.Errorf("the certificate lists %+v, %d exports", c.Backups, c.Exports)
		}
	}
	certified(true)
	w.must(w.PauseBackupTarget(ctx, w.target, true)) // nothing there is pruned then
	certified(false)
	w.must(w.PauseBackupTarget(ctx, w.target, false))
	after := w.backUp()
	held, err := w.StillHeld(ctx, d.ID)
	w.must(err)
	if len(held) != 1 || held[0].Generation != before.Generation {
		t.Fatalf("still held: %+v", held)
	}
	folder, err := w.BackupsAt(w.target)
	w.must(err)
	dir := filepath.Join(t.TempDir(), "old.casekeep")
	r, err := folder.Restore(ctx, before.Generation, dir, false, nil)
	w.must(err)
	if len(r.Destroyed) != 1 || r.Destroyed[0].Number != ada.Number {
		t.Errorf("restored: %+v", r.Destroyed)
	}
	names := func(dir string) []string {
		p, err := app.Unlock(ctx, dir, passphrase, w.config)
		w.must(err)
		defer p.Lock()
		list, err := p.Clients(ctx)
		w.must(err)
		whole(t, p)
		var names []string
		for _, c := range list {
			names = append(names, c.Name)
		}
		return names
	}
	if got := names(dir); !slices.Equal(got, []string{"Bo Larsen"}) {
		t.Errorf("the restored vault has %q", got)
	}
	cleared, err := w.ClearBackups(ctx, nil)
	w.must(err)
	if len(cleared) != 1 || cleared[0].Err != nil || cleared[0].Cleared != 1 || cleared[0].Clean != 1 {
		t.Errorf("cleared: %+v", cleared)
	}
	if held, err := w.StillHeld(ctx, 0); err != nil || len(held) > 0 {
		t.Errorf("still held: %+v, %v", held, err)
	}
	look, err := folder.Look(ctx, before.Generation, nil)
	w.must(err)
	if len(look.Records) != 1 || look.Attachments != 1 {
		t.Errorf("cleared backup: %+v", look)
	}
	blobs, err := filepath.Glob(filepath.Join(w.target, "*", "attachments", "*", "*.age"))
	if err != nil || len(blobs) != 2 {
		t.Errorf("%d attachments are in the backups, not Bo's 2: %v", len(blobs), err)
	}
	if after.Generation == before.Generation {
		t.Error("the vault was not backed up after the destruction")
	}
	check, err := folder.Check(ctx, nil)
	w.must(err)
	if !check.OK {
		t.Errorf("check: %+v", check)
	}
	if drilled, err := w.Drill(ctx, nil); err != nil || !drilled.Whole {
		t.Errorf("drill after clearing: %+v, %v", drilled, err)
	}
}

// A backup that was cleared is still a backup of this vault, also where nothing
// was backed up since.
func TestDrillOfAClearedBackup(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	ada.Born, ada.Jurisdiction = record.Date{Year: 1970, Month: 1, Day: 2}, "US-TX"
	w.must(w.ChangeClient(ctx, ada))
	w.log(ada, "goes")
	w.log(addClient(t, w.Practice, "Bo Larsen"), "stays")
	w.must(w.ConfirmRetentionRule(ctx, "US-TX"))
	w.now = w.now.AddDate(0, 0, 1)
	w.must(w.CloseClient(ctx, ada.ID, record.DateOf(w.now.AddDate(0, 0, -1)), "done"))
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	w.now = w.now.AddDate(7, 1, 0)
	_, err := w.Destroy(ctx, ada.ID, app.Confirm{Name: "Ada Quill", Passphrase: passphrase}, nil)
	w.must(err)
	for _, when := range []string{"before clearing", "after clearing"} {
		if drilled, err := w.Drill(ctx, nil); err != nil || !drilled.Whole {
			t.Errorf("%s: %+v, %v", when, drilled, err)
		}
		_, err := w.ClearBackups(ctx, nil)
		w.must(err)
	}
}

// A record goes to another practice as a sealed package, and arrives whole.
func TestTransfer(t *testing.T) {
	from, to := newWorld(t), newWorld(t)
	ada := addClient(t, from.Practice, "Ada Quill")
	from.log(ada, "hello")
	from.log(addClient(t, from.Practice, "Bo Larsen"), "not yours")
	file := filepath.Join(t.TempDir(), "ada.age")
	out, err := from.Transfer(ctx, app.TransferRequest{Client: ada.ID, To: "Dr. Osei", Purpose: "transfer of care", Out: file, Sealed: app.Sealing{Passphrase: "for dr osei"}}, nil)
	from.must(err)
	if out.Entries != 1 || out.Attachments != 1 || out.Disclosure.To != "Dr. Osei" {
		t.Errorf("sent: %+v", out)
	}
	if _, err := to.Receive(ctx, file, app.Secret{Passphrase: "wrong"}, nil); err == nil {
		t.Error("another passphrase opens the package")
	}
	list, err := to.Receive(ctx, file, app.Secret{Passphrase: "for dr osei"}, nil)
	to.must(err)
	if len(list) != 1 || list[0].Client.Name != "Ada Quill" || list[0].Entries != 1 || list[0].Attachments != 1 || list[0].Package != out.SHA256 || list[0].From != "Quill Street Practice" {
		t.Errorf("received: %+v", list)
	}
	if found := whole(t, to.Practice); found.Clients != 1 || found.Attachments != 1 {
		t.Errorf("there: %+v", found)
	}
}

// A whole vault goes into one file and comes back from it.
func TestExportAndRestore(t *testing.T) {
	w := newWorld(t)
	w.log(addClient(t, w.Practice, "Ada Quill"), "hello")
	file := filepath.Join(t.TempDir(), "all.age")
	e, err := w.ExportWhole(ctx, file, app.Sealing{Passphrase: "an export"}, nil)
	w.must(err)
	if e.Clients != 1 || e.Entries != 1 || e.Attachments != 1 || len(e.Damaged) > 0 {
		t.Errorf("exported: %+v", e)
	}
	if _, err := w.ExportWhole(ctx, file, app.Sealing{Passphrase: "an export"}, nil); err == nil {
		t.Error("an export was overwritten")
	}
	dir := filepath.Join(t.TempDir(), "Back.casekeep")
	_, err = app.RestoreExport(ctx, file, app.Secret{Passphrase: "an export"}, dir, "new passphrase", w.config, nil)
	w.must(err)
	p, err := app.Unlock(ctx, dir, "new passphrase", w.config)
	w.must(err)
	defer p.Lock()
	if found := whole(t, p); found.Entries != 1 || found.Attachments != 1 {
		t.Errorf("restored: %+v", found)
	}
}

// What an order put out of sight is in no package.
func TestTransferLeavesWhatIsOutOfSight(t *testing.T) {
	from, to := newWorld(t), newWorld(t)
	ada := addClient(t, from.Practice, "Ada Quill")
	from.log(ada, "hello")
	from.log(ada, "sealed by the court")
	list, err := from.Timeline(ctx, ada.ID, app.Page{})
	from.must(err)
	from.must(from.Sequester(ctx, ada.ID, app.SequesterOrder{Entries: []record.EntryID{list[0].ID}, Ground: record.GroundCourt, Reason: "order 12",
		Court: "Chancery Court", Number: "12", On: record.DateOf(from.now)}))
	file := filepath.Join(t.TempDir(), "ada.age")
	out, err := from.Transfer(ctx, app.TransferRequest{Client: ada.ID, To: "Dr. Osei", Purpose: "transfer of care", Out: file, Sealed: app.Sealing{Passphrase: "x y z"}}, nil)
	from.must(err)
	got, err := to.Receive(ctx, file, app.Secret{Passphrase: "x y z"}, nil)
	to.must(err)
	hits, err := to.Search(ctx, app.Search{Query: "court"})
	to.must(err)
	if out.Entries != 1 || out.Attachments != 1 || got[0].Entries != 1 || len(hits) > 0 {
		t.Errorf("sent %+v, received %+v, found %d", out, got, len(hits))
	}
	if found := whole(t, to.Practice); found.Entries != 1 {
		t.Errorf("there: %+v", found)
	}
}

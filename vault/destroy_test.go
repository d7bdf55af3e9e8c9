package vault

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// canary makes a word that stands nowhere else. The index holds words without
// what they share with the one before, so that a search goes for what follows.
func canary(what string) string { return "zq" + what + "vk" }

// canaries are the words that a doomed record holds, but for those of its files.
var canaries = []string{"name", "legal", "pronoun", "need", "safe", "riskline", "memberna", "note", "phone", "shared", "body", "subject", "filename",
	"sourcefile", "locator", "message", "amended", "why", "struck", "draft", "formdraft", "matter", "holdnote", "court", "study", "receiver", "purpose",
	"pdfname", "leftout", "moving", "movedin", "sealed", "closed", "snoozed", "listfile"}

// doomed fills a record with a canary in every place, closes it, and lets the
// years pass after which it is due. before runs while it is still open.
func (h *house) doomed(before ...func(record.Client)) record.Client {
	h.t.Helper()
	ctx := context.Background()
	h.do(h.SetRetentionRule(ctx, record.RetentionRule{Jurisdiction: "US-TX", Minors: record.MinorsSame, Confirmed: record.DateOf(h.now),
		Clauses: []record.KeepClause{{From: []string{"termination"}, Years: 7}}, Told: record.RuleTold{Duties: []string{"Unreadable afterwards."}}}))
	_, list, err := h.AddClients(ctx, []record.Client{{Name: canary("name") + " Öster", Kind: record.Family, Jurisdiction: "US-TX",
		LegalName: canary("legal"), Pronouns: canary("pronoun"), Needs: canary("need"), SafeContact: canary("safe"), Risk: canary("riskline"),
		Members:  []record.Member{{Name: canary("memberna"), Born: record.Date{Year: 1980, Month: 5, Day: 6}, Notes: canary("note")}},
		Contacts: []record.ContactPoint{{System: record.Phone, Value: canary("phone"), Normal: canary("phone"), Safe: canary("shared")}}}}, canary("listfile")+".csv", record.Hash{1})
	h.do(err)
	c := list[0]
	other := h.other()
	at := h.now.Add(-time.Hour)
	log := func(client record.ClientID, body string, files ...Upload) record.Entry {
		at = at.Add(time.Minute)
		return must(h.t, of(h.Log(ctx, record.Entry{Client: client, Channel: record.Text, Direction: record.In, At: at, Subject: body, Body: body}, files...)))
	}
	e := must(h.t, of(h.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: at, Subject: canary("subject"), Body: canary("body") + " 東京"},
		file(canary("filename")+".txt", canary("content")))))
	h.do(h.Amend(ctx, e.ID, canary("amended"), canary("why")), h.Strike(ctx, log(c.ID, "wrong").ID, canary("struck")))
	h.do(h.Move(ctx, log(other.ID, canary("movedin")).ID, c.ID, "theirs"), h.Move(ctx, log(c.ID, "it stays with the other").ID, other.ID, canary("moving")))
	place := record.Place{Jurisdiction: "US-TX", Since: record.Date{Year: 2025, Month: 1, Day: 1}}
	stated := func(client record.ClientID) record.Entry {
		return must(h.t, of(h.File(ctx, Filing{Place: &place, Entry: record.Entry{Client: client, Form: record.FormPlace, Subject: "Place", Body: "Texas", Data: json.RawMessage(`{}`)}})))
	}
	h.do(h.Move(ctx, stated(c.ID).ID, other.ID, "theirs"), h.Move(ctx, stated(other.ID).ID, c.ID, "theirs"))
	imported := h.imported(c.ID, canary("sourcefile")+canary("locator")+".xml", canary("message"))
	h.do(h.Move(ctx, h.imported(c.ID, "both.xml", "shared message").ID, other.ID, "theirs"))
	must(h.t, of(h.Disclose(ctx, Release{Entries: []record.EntryID{e.ID, imported.ID}, Disclosure: record.Disclosure{Client: c.ID, To: canary("receiver"),
		Purpose: canary("purpose"), File: canary("pdfname"), LeftOut: []string{canary("leftout")}}}, func() error { return nil }, nil)))
	held := must(h.t, of(h.PlaceHold(ctx, record.Hold{Client: c.ID, Matter: canary("matter"), Note: canary("holdnote")})))
	h.do(h.LiftHold(ctx, held.ID, record.Date{}, canary("court"), "settled"), h.ExtendKeeping(ctx, c.ID, record.DateOf(h.now.AddDate(1, 0, 0)), canary("study")))
	h.do(h.Sequester(ctx, c.ID, h.order(log(c.ID, canary("sealed")).ID), nil))
	for _, run := range before {
		run(c)
	}
	h.do(h.SetStatus(ctx, c.ID, record.Closed, record.DateOf(h.now), canary("closed")))
	h.now = h.now.AddDate(7, 0, 5)
	h.do(h.SetDraft(ctx, c.ID, "", canary("draft")), h.SetDraft(ctx, c.ID, record.FormIntake, canary("formdraft")),
		h.PutOff(ctx, "safe/"+c.ID.String(), record.DateOf(h.now.AddDate(0, 1, 0)), canary("snoozed")), h.PutOff(ctx, "gaps", record.DateOf(h.now.AddDate(0, 1, 0)), "later"))
	return c
}

// other is a record that stays.
func (h *house) other() record.Client {
	h.t.Helper()
	ctx := context.Background()
	c := must(h.t, of(h.AddClient(ctx, record.Client{Name: "Bo Larsen", Jurisdiction: "US-TX"})))
	must(h.t, of(h.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: h.now.Add(-time.Hour), Body: "landlord 東京"}, file("keep.txt", "kept content"))))
	return c
}

func (h *house) order(entries ...record.EntryID) SequesterOrder {
	return SequesterOrder{Entries: entries, Ground: record.GroundCourt, Reason: "sealed by order", Order: Filing{Entry: record.Entry{Client: record.Book,
		Form: record.FormOrder, Subject: "Order", Body: "It seals entries", Data: json.RawMessage(`{}`)}}, Files: []Upload{file("order.pdf", "so ordered")}}
}

// imported files one message of a file of its own.
func (h *house) imported(c record.ClientID, source, body string) record.Entry {
	h.t.Helper()
	ctx := context.Background()
	im := must(h.t, of(h.BeginImport(ctx, c)))
	h.do(im.OpenSource(ctx, source, "texts"))
	sum := record.Hash([]byte(body + strings.Repeat(" ", 32))[:32])
	must(h.t, of(im.Add(ctx, Message{Dedupe: sum, Content: sum, Entry: record.Entry{Channel: record.Text, Direction: record.In, At: h.now.Add(-2 * time.Hour), Zone: "America/Chicago",
		ZoneBasis: record.ZoneFile, Body: body, Provenance: &record.Provenance{Locator: "at " + source, Warnings: []string{"w"}}}})))
	h.do(im.CloseSource(ctx, record.Source{Format: "texts", Parser: "t/1", Size: 7, SHA256: sum}))
	b := must(h.t, of(im.Finish(ctx, record.Batch{Found: 1})))
	var id record.EntryID
	h.do(h.db.Read(ctx, func(tx *sql.Tx) error { return tx.QueryRow(`SELECT id FROM entry WHERE batch = ?`, b.ID).Scan(&id) }))
	return must(h.t, of(h.Entry(ctx, id)))
}

// traces gives what of the canaries the vault's folder and its live pages hold:
// everything decrypted, the pages that are in no use with the rest.
func (h *house) traces(words ...string) map[string][]string {
	h.t.Helper()
	found := map[string][]string{}
	look := func(where string, content []byte) {
		content = bytes.ToLower(content)
		for _, w := range words {
			if bytes.Contains(content, []byte(w+"vk")) {
				found[w] = append(found[w], where)
			}
		}
	}
	h.do(h.db.Snapshot(context.Background(), nil, func(image sealed.Image) error {
		content, err := io.ReadAll(io.NewSectionReader(image, 0, image.Size()))
		look("live pages", content)
		return err
	}))
	h.do(filepath.WalkDir(h.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		look(filepath.Base(path)+" as it lies", raw)
		if plain, n, err := h.db.Key().Decrypt(bytes.NewReader(raw), int64(len(raw))); err == nil {
			content, err := io.ReadAll(io.NewSectionReader(plain, 0, n))
			look(filepath.Base(path), content)
			return err
		}
		return nil
	}))
	return found
}

// journals gives how many journals there are, and how many commits in the last.
func (h *house) journals() (files, commits int) {
	h.t.Helper()
	names := must(h.t, of(filepath.Glob(filepath.Join(h.dir, "*.journal"))))
	return len(names), h.Status().JournalRecords
}

// After a destruction no page, journal or file of the vault holds a word of the
// record, and everybody else's records are as they were.
func TestDestroyLeavesNothing(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.doomed()
	h.do(h.Checkpoint(ctx))
	before := h.traces(append(canaries, "content")...)
	for _, word := range append(canaries, "content") {
		if len(before[word]) == 0 {
			t.Errorf("%s is nowhere before: the test could not fail", word)
		}
	}
	var steps []string
	d := must(t, of(h.Destroy(ctx, c.ID, "closed, plus 7 years, Texas", func(_, _ int64, doing string) { steps = append(steps, doing) })))
	if got := h.traces(append(canaries, "content")...); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
	if files, commits := h.journals(); files != 1 || commits != 0 {
		t.Errorf("%d journals, %d commits", files, commits)
	}
	if d.Number != c.Number || d.Initials != "Z.Ö." || d.Certificate != "D-"+h.now.Format("2006")+"-001" || d.Entries != 6 || d.Attachments != 1 ||
		d.Kind != record.Family || d.Swept.IsZero() || d.Disclosed != 1 || len(d.Duties) != 1 || d.Rule != "closed, plus 7 years, Texas" || d.First != record.DateOf(day0) || d.Last != record.DateOf(day0) {
		t.Errorf("the stub: %+v", d)
	}
	if len(steps) < 6 || steps[0] != "Removing the record" || steps[len(steps)-1] != "Done" {
		t.Errorf("told of %q", steps)
	}
	h.whole()
	if _, err := h.Client(ctx, c.ID); !errors.Is(err, ErrNoClient) {
		t.Errorf("the client: %v", err)
	}
	for _, query := range []string{"landlord", "東", "stays", "shared mess"} {
		if hits := must(t, of(h.Search(ctx, Search{Query: query}))); len(hits) != 1 || hits[0].ClientName != "Bo Larsen" {
			t.Errorf("%s: %+v", query, hits)
		}
	}
	if list := must(t, of(h.Snoozes(ctx))); len(list) != 1 || list[0].Task != "gaps" {
		t.Errorf("put off: %+v", list)
	}
	k := must(t, of(h.Keep(ctx, 2)))
	if len(k) != 1 || k[0].Name != "Bo Larsen" {
		t.Errorf("the other record: %+v", k)
	}
	if next := must(t, of(h.AddClient(ctx, record.Client{Name: "New"}))); next.ID == c.ID || next.Number == c.Number {
		t.Errorf("the new record took %s, %s", next.ID, next.Number)
	}
}

// A record that is kept is not destroyed, and a destruction that was stated and
// not done permits nothing.
func TestDestroyRefuses(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.doomed()
	hold := must(t, of(h.PlaceHold(ctx, record.Hold{Client: c.ID, Matter: "late"})))
	if _, err := h.Destroy(ctx, c.ID, "rule", nil); !errors.Is(err, ErrNotDue) {
		t.Errorf("held: %v", err)
	}
	h.do(h.LiftHold(ctx, hold.ID, record.Date{}, "them", "over"))
	if _, err := h.Destroy(ctx, c.ID, " ", nil); err == nil {
		t.Error("without a rule")
	}
	if _, err := h.Destroy(ctx, 2, "rule", nil); !errors.Is(err, ErrNotDue) {
		t.Errorf("active: %v", err)
	}
	if _, err := h.Destroy(ctx, 99, "rule", nil); !errors.Is(err, ErrNoClient) {
		t.Errorf("nobody: %v", err)
	}
	im := must(t, of(h.BeginImport(ctx, c.ID)))
	if _, err := h.Destroy(ctx, c.ID, "rule", nil); err == nil || !strings.Contains(err.Error(), "an import into this record is under way") {
		t.Errorf("during an import: %v", err)
	}
	h.do(im.Cancel(ctx))
	const state = `INSERT INTO destruction(client, number, initials, kind, first_day, last_day, closed_on, keep_until, rule, entries, attachments, certificate, author, at, event)
		SELECT c.id, c.number, 'X', 'family', '', '', '', (SELECT max(until) FROM keep_step WHERE client = c.id), 'r', 0, 0, 'D-0', 'a', 0, (SELECT max(seq) FROM audit)
		FROM client c WHERE c.id = 1`
	refused := func(when string) {
		t.Helper()
		for _, statement := range []string{`DELETE FROM client WHERE id = 1`, `DELETE FROM entry WHERE client = 1`, `DELETE FROM attachment`, `DELETE FROM hold WHERE client = 1`,
			`DELETE FROM disclosure`, `DELETE FROM batch`, `DELETE FROM sequestration`, `DELETE FROM client_status WHERE client = 1`, `UPDATE batch SET client = -3`,
			`UPDATE move SET origin = -3`, `DELETE FROM destruction`, `UPDATE destruction SET client = 2`, `UPDATE destruction SET swept = 1`} {
			err := h.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(statement); return err })
			if err == nil {
				t.Errorf("%s: %s was not refused", when, statement)
			}
		}
	}
	h.sql(state)
	refused("left open")
	h.do(h.SetDraft(ctx, 2, "", "x"), h.PutOff(ctx, "x", record.DateOf(h.now.AddDate(1, 0, 0)), "y"))
	refused("stale")
	h.time.destroying.Store(int64(c.ID))
	refused("stale, while the program destroys")
	h.time.destroying.Store(0)
	h.whole()
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Ada Quill": "A.Q.", "ada quill": "A.Q.", "José Ibáñez": "J.I.", "Jean-Luc de Vries": "J.L.V.", "Bo and Kit Larsen": "B.K.L.",
		"王芳": "王.", "Nguyễn Thị Hoa": "N.T.H.", "ליאת כהן": "ל.כ.", "ليلى حداد": "ل.ح.", "เมย์": "ม.", "ʻŌiwi O’Brien": "Ō.O.", "Elm Court 7": "E.C.7.",
		"📵": "", "ß": "ß.", "'t Hooft": "T.H.",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A destruction beside a backup waits for the files that the backup still reads.
func TestDestroyBesideABackup(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.doomed()
	h.do(h.Checkpoint(ctx))
	sealing, ended := make(chan struct{}), make(chan error, 1)
	var once sync.Once
	h.do(h.db.Snapshot(ctx, nil, func(sealed.Image) error {
		before := must(t, of(filepath.Glob(filepath.Join(h.dir, "attachments", "*", "*.age"))))
		go func() {
			_, err := h.Destroy(ctx, c.ID, "rule", func(_, _ int64, doing string) {
				if doing == "Sealing the vault anew" {
					once.Do(func() { close(sealing) })
				}
			})
			ended <- err
		}()
		<-sealing
		if after := must(t, of(filepath.Glob(filepath.Join(h.dir, "attachments", "*", "*.age")))); len(after) != len(before) {
			t.Errorf("%d of %d files are left for the backup", len(after), len(before))
		}
		return nil
	}))
	h.do(<-ended)
	if left := h.traces(append(canaries, "content")...); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if check := must(t, of(h.Verify(ctx, nil))); check.Leftover != 0 {
		t.Errorf("%d files nothing names", check.Leftover)
	}
}

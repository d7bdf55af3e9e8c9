package vault

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

var day0 = time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)

// house is a vault of a test, its clock, and helpers that end the test where
// something fails.
type house struct {
	*Vault
	t   testing.TB
	now time.Time
}

func newHouse(t testing.TB, name string) *house {
	t.Helper()
	h := &house{t: t, now: day0}
	v, err := Create(context.Background(), filepath.Join(t.TempDir(), name), "ladder ochre", record.Practice{Name: name, Zone: "America/Chicago",
		Jurisdiction: "US-TX"}, h.options())
	if err != nil {
		t.Fatal(err)
	}
	h.Vault = v
	t.Cleanup(func() { v.Close() })
	return h
}

func (h *house) options() Options {
	return Options{WorkFactor: 10, Now: func() time.Time { h.now = h.now.Add(time.Millisecond); return h.now }}
}

// got pairs a result with its error, for must.
type got[T any] struct {
	v   T
	err error
}

func of[T any](v T, err error) got[T] { return got[T]{v, err} }

func must[T any](t testing.TB, g got[T]) T {
	t.Helper()
	if g.err != nil {
		t.Fatal(g.err)
	}
	return g.v
}

func (h *house) do(errs ...error) {
	h.t.Helper()
	for _, err := range errs {
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) sql(statements ...string) {
	h.t.Helper()
	h.do(h.db.Write(context.Background(), func(tx *sql.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	}))
}

func file(name, content string) Upload {
	return Upload{Name: name, Type: "text/plain", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// record fills a record with everything that a client's record can hold, and
// gives the client.
func (h *house) record(name string) record.Client {
	h.t.Helper()
	ctx, t := context.Background(), h.t
	born := record.Date{Year: 1980, Month: 2, Day: 29}
	c := must(h.t, of(h.AddClient(ctx, record.Client{Name: name, Kind: record.Family, Born: born, Jurisdiction: "US-TX", SafeContact: "nur SMS 📵",
		Since:    record.Date{Year: 2020, Month: 1, Day: 2},
		Members:  []record.Member{{Name: "小林 さくら", Role: "parent", Born: born}, {Name: "Kit"}},
		Contacts: []record.ContactPoint{{System: record.Phone, Value: "(601) 555-0142", Normal: "+16015550142", Safe: "shared"}}})))
	other := must(h.t, of(h.AddClient(ctx, record.Client{Name: "Somebody Else"})))
	c.Members[1].Born = record.Date{Year: 2015, Month: 5, Day: 6}
	h.do(h.ChangeClient(ctx, c), h.StateDeath(ctx, c.ID, record.Date{Year: 2026, Month: 3, Day: 1}), h.StateAdult(ctx, c.ID, "Kit", true))
	log := func(client record.ClientID, at time.Time, body string, files ...Upload) record.Entry {
		return must(t, of(h.Log(ctx, record.Entry{Client: client, Channel: record.Text, Direction: record.In, At: at, Body: body,
			Subject: "Re: " + body, Identity: record.IdentityConfirmed, Location: "home", Parties: []record.Party{{Name: "Ana", Address: "+1"}}}, files...)))
	}
	at := day0.Add(-72 * time.Hour)
	first := log(c.ID, at, "明日の予約 👩‍👩‍👧 "+name, file("Brief ✉️.txt", "content of a letter"), file("empty", ""))
	log(c.ID, at, "same moment "+name)
	again := must(t, of(h.Log(ctx, record.Entry{Client: c.ID, Channel: record.Call, Direction: record.Out, At: at.Add(-time.Hour), Body: "called",
		Duration: 9 * time.Minute, Supersedes: first.ID})))
	h.do(h.Amend(ctx, first.ID, "ergänzt: 東京", "asked for"), h.Strike(ctx, again.ID, "wrong person"))
	consent := must(t, of(h.File(ctx, Filing{Place: &record.Place{Jurisdiction: "US-NY", Since: record.Date{Year: 2025, Month: 1, Day: 1}},
		Entry: record.Entry{Client: c.ID, At: at, Form: record.FormConsent, Subject: "Consent", Body: "given", Data: json.RawMessage(`{"what":"search"}`)}})))
	h.do(h.FileAll(ctx, Filing{Entry: record.Entry{Client: c.ID, Form: record.FormSearch, Subject: "Search", Body: "why", About: consent.ID,
		Data: json.RawMessage(`{ "consent":"` + consent.ID.String() + `", "why": "\"` + consent.ID.String() + `\""}`)}}))
	strange := log(other.ID, at.Add(time.Minute), "filed with the wrong client")
	stays := log(c.ID, at.Add(time.Minute), "belongs to the other client")
	h.do(h.Move(ctx, strange.ID, c.ID, "wrong record"), h.Move(ctx, stays.ID, other.ID, "wrong record"))
	h.importInto(c.ID, 5, 0)
	list := must(t, of(h.Timeline(ctx, c.ID, Page{})))
	must(t, of(h.Disclose(ctx, Release{Entries: []record.EntryID{list[0].ID, list[1].ID, first.ID},
		Disclosure: record.Disclosure{Client: c.ID, To: "Court", Purpose: "order", File: "r.pdf", LeftOut: []string{"a"}}},
		func() error { return nil }, nil)))
	h.do(h.SetStatus(ctx, c.ID, record.Closed, record.Date{Year: 2026, Month: 11, Day: 20}, "moved"), h.SetStatus(ctx, c.ID, record.Active, record.Date{}, ""))
	held := must(t, of(h.PlaceHold(ctx, record.Hold{Client: c.ID, Matter: "Quill v. Quill", Source: "subpoena"})))
	must(t, of(h.PlaceHold(ctx, record.Hold{Client: c.ID, Matter: "board inquiry"})))
	h.do(h.LiftHold(ctx, held.ID, record.Date{}, "the court", "settled"),
		h.ExtendKeeping(ctx, c.ID, record.Date{Year: 2050, Month: 1, Day: 1}, "a study"))
	return c
}

// importInto imports messages, the same ones each time.
func (h *house) importInto(c record.ClientID, n, duplicates int) {
	h.t.Helper()
	ctx := context.Background()
	im := must(h.t, of(h.BeginImport(ctx, c)))
	h.do(im.OpenSource(ctx, "sms.xml", "texts"))
	met := 0
	for i := range n {
		sum := sha256.Sum256([]byte{byte(i)})
		e := record.Entry{Channel: record.Text, Direction: record.In, At: day0.Add(time.Duration(-i) * time.Hour), Zone: "America/Chicago",
			ZoneBasis: record.ZoneFile, Body: fmt.Sprint("imported ", i), Provenance: &record.Provenance{Locator: fmt.Sprint(i), Raw: sum, Warnings: []string{"w"}}}
		outcome := must(h.t, of(im.Add(ctx, Message{Entry: e, Dedupe: sum, Content: sum})))
		if outcome == Duplicate {
			met++
		}
	}
	h.do(im.CloseSource(ctx, record.Source{Format: "texts", Parser: "t/1", Size: 7, SHA256: record.Hash{7}, Declared: n}))
	must(h.t, of(im.Finish(ctx, record.Batch{Found: n, Duplicates: met})))
	if met != duplicates {
		h.t.Errorf("%d of %d messages are recognized, want %d", met, n, duplicates)
	}
}

// sequester puts an entry out of sight by an order in the practice's book.
func (h *house) sequester(c record.ClientID, id record.EntryID) {
	h.t.Helper()
	order := must(h.t, of(h.File(context.Background(), Filing{Entry: record.Entry{Client: record.Book, Form: record.FormReview,
		Subject: "Order", Body: "sealed by order", Data: json.RawMessage(`{"on":"2026-11-20"}`)}}, file("order.pdf", "the order"))))
	h.sql(`INSERT INTO entry_index(entry_index, rowid, said) SELECT 'delete', id, said FROM entry_said WHERE id = `+id.String(),
		fmt.Sprintf(`INSERT INTO sequestration(client, entry, day, contact, ground, reason, orders, author, at)
			VALUES(%d, %d, '2026-11-18', 1, 'court', 'sealed', %d, 'P', 1)`, c, id, order.ID),
		fmt.Sprintf(`UPDATE entry SET client = -2 WHERE id = %d`, id))
	h.do(h.db.Write(context.Background(), func(tx *sql.Tx) error { return recountClient(context.Background(), tx, c) }))
}

// about are the tables in which a record stands, each with what selects the rows
// of one client and with columns that another vault gives anew.
var about = []struct{ table, where, anew string }{
	{"client", `id = ?1`, "id number"}, {"client_status", `client = ?1`, "id client"}, {"client_fact", `client = ?1`, "id client"},
	{"member", `client = ?1`, "client"}, {"contact_point", `client = ?1`, "client"}, {"keep_extension", `client = ?1`, "id client"},
	{"client_place", `client = ?1 AND entry IS NULL OR entry IN (SELECT id FROM entry WHERE client = ?1)`, "id client"},
	{"contact_tally", `client = ?1`, "client"}, {"hold", `client = ?1`, "id client"}, {"sequestration", `client = ?1`, "id client"},
	{"entry", `id IN ` + ofRecord, "client batch"}, {"provenance", `entry IN ` + ofRecord, "source"},
	{"attachment", `entry IN ` + ofRecord, "id blob"}, {"amendment", `entry IN ` + ofRecord, "id"}, {"strike", `entry IN ` + ofRecord, ""},
	{"move", `entry IN ` + ofRecord, "id origin target"}, {"batch", `client = ?1`, "id client"}, {"disclosure", `client = ?1`, "id client"},
	{"source", `id IN (SELECT source FROM provenance WHERE entry IN ` + ofRecord + `)`, "id"},
	{"disclosure_entry", `disclosure IN (SELECT id FROM disclosure WHERE client = ?1) AND entry IN ` + ofRecord, "disclosure"},
}

// holds gives everything that a vault holds of a client, table by table.
func (h *house) holds(c record.ClientID) map[string][]string {
	h.t.Helper()
	all := map[string][]string{}
	h.do(h.db.Read(context.Background(), func(tx *sql.Tx) error {
		for _, a := range about {
			order := "rowid"
			switch a.table {
			case "member", "contact_point", "contact_tally", "disclosure_entry":
				order = "1, 2, 3, 4"
				if a.table == "disclosure_entry" {
					order = "1, 2"
				}
			}
			err := eachRow(context.Background(), tx, `SELECT * FROM `+a.table+` WHERE `+a.where+` ORDER BY `+order, func(r row) error {
				for _, column := range strings.Fields(a.anew) {
					r.put(column, "-")
				}
				all[a.table] = append(all[a.table], fmt.Sprintf("%v %v", r.names, r.values))
				return nil
			}, c)
			if err != nil {
				return err
			}
		}
		return nil
	}))
	return all
}

func (h *house) whole() {
	h.t.Helper()
	c := must(h.t, of(h.Verify(context.Background(), nil)))
	if len(c.Problems) > 0 || !c.AuditOK || c.Leftover > 0 {
		h.t.Fatalf("%s is not whole: %q, %d files that nothing names", filepath.Base(h.Dir()), c.Problems, c.Leftover)
	}
}

func TestCarryEverything(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	list := must(t, of(from.Timeline(ctx, c.ID, Page{Oldest: true})))
	from.sequester(c.ID, list[2].ID)
	from.whole()
	to.record("Bo Larsen")
	var last, total int64
	got := must(t, of(Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{Package: record.Hash{9}}, func(done, of int64) { last, total = done, of })))
	to.whole()
	if last != total || total == 0 {
		t.Errorf("progress ended at %d of %d", last, total)
	}
	if got.Renumbered == 0 || got.Entries != len(list)+1 || got.Holds != 2 || got.Disclosures != 1 || got.Attachments != 3 || got.Loose != 0 {
		t.Errorf("%+v", got)
	}
	// Into an empty vault every id stays, and so does every value.
	empty := newHouse(t, "empty")
	came := must(t, of(Carry(ctx, from.Vault, empty.Vault, c.ID, CarryOptions{}, nil)))
	empty.whole()
	want, have := from.holds(c.ID), empty.holds(came.Client.ID)
	for table := range want {
		if diff := cmp.Diff(want[table], have[table]); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
	if len(want) != len(about) {
		t.Errorf("the record has rows in %d tables of %d", len(want), len(about))
	}
	// An export that was imported there is recognized here.
	empty.importInto(came.Client.ID, 7, 5)
	for _, word := range []string{"予約", "東京", "👩‍👩‍👧"} {
		hits := must(t, of(to.Search(ctx, Search{Query: word, Client: got.Client.ID})))
		if len(hits) != 1 {
			t.Errorf("%s is found %d times", word, len(hits))
		}
	}
	if a := must(t, of(to.Audit(ctx, got.Client.ID, 1))); len(a) != 1 || a[0].Action != "record.receive" {
		t.Errorf("the trail says %+v", a)
	}
}

// What refers to an entry that got another id refers to it still.
func TestCarryRenumbers(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	taken := to.record("Bo Larsen")
	before := to.holds(taken.ID)
	got := must(t, of(Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{}, nil)))
	if diff := cmp.Diff(before, to.holds(taken.ID)); diff != "" {
		t.Errorf("another record changed: %s", diff)
	}
	there := must(t, of(from.Timeline(ctx, c.ID, Page{Oldest: true})))
	here := must(t, of(to.Timeline(ctx, got.Client.ID, Page{Oldest: true})))
	if len(there) != len(here) {
		t.Fatalf("%d entries of %d came", len(here), len(there))
	}
	id := map[record.EntryID]record.EntryID{}
	for i := range there {
		id[there[i].ID] = here[i].ID
		if there[i].ID.Time() != here[i].ID.Time() || there[i].Body != here[i].Body {
			t.Errorf("entry %d is another one", i)
		}
	}
	refs := 0
	for i, e := range there {
		for _, pair := range [][2]record.EntryID{{e.Supersedes, here[i].Supersedes}, {e.About, here[i].About}, {e.Superseded, here[i].Superseded}} {
			if id[pair[0]] != pair[1] {
				t.Errorf("entry %d refers to %d, want %d", i, pair[1], id[pair[0]])
			}
			if pair[0] != 0 {
				refs++
			}
		}
		if e.Form == record.FormSearch {
			old := record.EntryID(0)
			for _, f := range there {
				if f.Form == record.FormConsent {
					old = f.ID
				}
			}
			want := strings.Replace(string(e.Data), `"consent":"`+old.String(), `"consent":"`+id[old].String(), 1)
			if string(here[i].Data) != want || old == id[old] {
				t.Errorf("the search states %s, want %s", here[i].Data, want)
			}
		}
	}
	if refs != 3 {
		t.Errorf("%d references were compared", refs)
	}
}

// copyOf gives a vault in memory with a record of the state that v has now.
func copyOfVault(t testing.TB, h *house) *Vault {
	t.Helper()
	var detached *Vault
	h.do(h.db.Snapshot(context.Background(), nil, func(image sealed.Image) (err error) {
		detached, err = Detach(context.Background(), h.db.Key(), image, h.Dir(), h.options())
		return err
	}))
	t.Cleanup(func() { detached.Close() })
	return detached
}

func TestRestoreOneClient(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "own")
	c := h.record("Ada Quill")
	old := copyOfVault(t, h)
	if _, err := Carry(ctx, old, h.Vault, c.ID, CarryOptions{}, nil); !errors.Is(err, ErrIsThere) {
		t.Fatalf("a record that is there comes a second time: %v", err)
	}
	before := h.holds(c.ID)
	got := must(t, of(Carry(ctx, old, h.Vault, c.ID, CarryOptions{Into: c.ID}, nil)))
	if got.Entries != 0 || got.Present != len(before["entry"]) || got.Attachments != 0 {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff(before, h.holds(c.ID)); diff != "" {
		t.Error(diff)
	}
	other := must(t, of(h.AddClient(ctx, record.Client{Name: "Cy"})))
	if _, err := Carry(ctx, old, h.Vault, c.ID, CarryOptions{Into: other.ID}, nil); !errors.Is(err, ErrOtherOne) {
		t.Errorf("a record goes into another client's: %v", err)
	}
	// What was undone or moved since stays so.
	late := newHouse(t, "late")
	d := must(t, of(late.AddClient(ctx, record.Client{Name: "Di"})))
	e := must(t, of(late.AddClient(ctx, record.Client{Name: "Ed"})))
	late.importInto(d.ID, 3, 0)
	moved := must(t, of(late.Log(ctx, record.Entry{Client: d.ID, Channel: record.Text, Direction: record.In, Body: "m"})))
	state := copyOfVault(t, late)
	must(t, of(late.UndoImport(ctx, 1)))
	late.do(late.Move(ctx, moved.ID, e.ID, "wrong"))
	got = must(t, of(Carry(ctx, state, late.Vault, d.ID, CarryOptions{Into: d.ID}, nil)))
	if got.Entries != 0 || got.Undone != 3 || got.Elsewhere != 1 {
		t.Errorf("%+v", got)
	}
	late.whole()
}

// A vault that lost a record gets it back under its own id and number, and one
// that lost some entries gets those.
func TestRestoreWhatWasLost(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "own")
	without := planted(t, h)
	c := h.record("Ada Quill")
	h.whole()
	half := planted(t, h)
	must(t, of(h.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "later"}, file("late.txt", "later"))))
	want := h.holds(c.ID)
	got := must(t, of(Carry(ctx, copyOfVault(t, h), without.Vault, c.ID, CarryOptions{Vault: vaultID(h.Vault)}, nil)))
	if got.Client.ID != c.ID || got.Client.Number != c.Number || got.Renumbered != 0 {
		t.Errorf("%+v", got)
	}
	without.whole()
	if diff := cmp.Diff(want, without.holds(c.ID)); diff != "" {
		t.Error(diff)
	}
	got = must(t, of(Carry(ctx, copyOfVault(t, h), half.Vault, c.ID, CarryOptions{Into: c.ID}, nil)))
	if got.Entries != 1 || got.Attachments != 1 || got.Present == 0 {
		t.Errorf("%+v", got)
	}
	half.whole()
	have := half.holds(c.ID)
	for _, table := range []string{"entry", "attachment", "provenance", "client_place", "contact_tally", "hold"} {
		if diff := cmp.Diff(want[table], have[table]); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
}

// planted gives a vault of its own in the state that another has now, as a
// restore from a backup makes it.
func planted(t *testing.T, h *house) *house {
	t.Helper()
	p := &house{t: t, now: h.now}
	dir := filepath.Join(t.TempDir(), "planted")
	s := h.db.Status()
	blobs := must(t, of(h.db.Blobs()))
	h.do(h.db.Snapshot(context.Background(), nil, func(image sealed.Image) error {
		return sealed.Plant(context.Background(), dir, h.db.Key(), h.Dir(), image, s.VaultID, s.Position, h.Dir(), blobs, sealed.Options{}, nil)
	}))
	p.Vault = must(t, of(Open(context.Background(), dir, "ladder ochre", p.options())))
	t.Cleanup(func() { p.Close() })
	return p
}

// spoil changes a byte of an attachment's sealed file.
func spoil(t testing.TB, dir, blob string) {
	t.Helper()
	path := filepath.Join(dir, "attachments", blob[:2], blob+".age")
	b := must(t, of(os.ReadFile(path)))
	b[len(b)-3] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCarryRefuses(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	if _, err := Carry(ctx, from.Vault, from.Vault, c.ID, CarryOptions{}, nil); err == nil {
		t.Error("a record goes into its own vault")
	}
	if _, err := Carry(ctx, from.Vault, to.Vault, 77, CarryOptions{}, nil); !errors.Is(err, ErrNoClient) {
		t.Error(err)
	}
	canceled, cancel := context.WithCancel(ctx)
	_, err := Carry(canceled, from.Vault, to.Vault, c.ID, CarryOptions{}, func(done, total int64) {
		if done > 5 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	to.whole()
	if n := must(t, of(to.Clients(ctx))); len(n) != 0 {
		t.Errorf("%d clients came", len(n))
	}
}

func TestCarryDamagedAttachment(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	a := must(t, of(from.Timeline(ctx, c.ID, Page{WithFiles: true})))[0].Attachments[0]
	spoil(t, from.Dir(), a.Blob)
	if _, err := Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{}, nil); err == nil || !strings.Contains(err.Error(), a.Name) {
		t.Errorf("the damage is not named: %v", err)
	}
	to.whole()
	got := must(t, of(Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{Damaged: true}, nil)))
	to.whole()
	if len(got.Damaged) != 1 || !strings.Contains(got.Damaged[0], a.Name) || got.Attachments != 1 {
		t.Errorf("%+v", got)
	}
	for _, e := range must(t, of(to.Timeline(ctx, got.Client.ID, Page{WithFiles: true}))) {
		if n := len(e.Amendments); !bytes.Contains([]byte(e.Amendments[n-1].Text), []byte(a.Name)) {
			t.Errorf("the entry says %q", e.Amendments)
		}
	}
}

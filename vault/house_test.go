package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// result pairs a result with its error, for must.
type result[T any] struct {
	v   T
	err error
}

func of[T any](v T, err error) result[T] { return result[T]{v, err} }

func must[T any](t testing.TB, g result[T]) T {
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
	c := must(t, of(h.AddClient(ctx, record.Client{Name: name, Kind: record.Family, Born: born, Jurisdiction: "US-TX", SafeContact: "nur SMS 📵",
		Since:    record.Date{Year: 2020, Month: 1, Day: 2},
		Members:  []record.Member{{Name: "小林 さくら", Role: "parent", Born: born}, {Name: "Kit"}},
		Contacts: []record.ContactPoint{{System: record.Phone, Value: "(601) 555-0142", Normal: "+16015550142", Safe: "shared"}}})))
	other := must(t, of(h.AddClient(ctx, record.Client{Name: "Somebody Else"})))
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

// sequester puts an entry out of sight by an order in the practice's book, and
// seals it to a recipient of age where one is given.
func (h *house) sequester(c record.ClientID, id record.EntryID, holder string) {
	h.t.Helper()
	h.do(h.Sequester(context.Background(), c, SequesterOrder{Entries: []record.EntryID{id}, Ground: record.GroundCourt, Reason: "sealed",
		Holder: holder, HolderName: "the court", Files: []Upload{file("order.pdf", "the order")},
		Order: Filing{Entry: record.Entry{Client: record.Book, Form: record.FormOrder, Subject: "Order", Body: "sealed by order",
			Data: json.RawMessage(`{"on":"2026-11-20"}`)}}}, nil))
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
	{"move", `entry IN ` + ofRecord, "id origin target reason"}, {"batch", `client = ?1`, "id client"}, {"disclosure", `client = ?1`, "id client"},
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

// copyOfVault gives a vault in memory in the state that another has now.
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

// fill files many entries at once.
func (h *house) fill(client record.ClientID, n int) {
	h.t.Helper()
	ctx := context.Background()
	const piece = 20000
	for at := 0; at < n; at += piece {
		h.do(h.db.Write(ctx, func(tx *sql.Tx) error {
			w, err := prepareWriter(ctx, tx)
			if err != nil {
				return err
			}
			defer w.close()
			for i := at; i < min(n, at+piece); i++ {
				e := record.Entry{Client: client, Channel: record.Text, Direction: record.In, Zone: "America/Chicago", ZoneBasis: record.ZoneStated,
					At: day0.Add(time.Duration(i-n) * time.Minute), Written: day0, Author: "P", Body: fmt.Sprintf("entry %d: %s", i, strings.Repeat("word ", 30))}
				if i%10 == 0 {
					e.Form, e.Channel, e.Data = record.FormBoundary, record.Note, json.RawMessage(`{"what":"asked"}`)
				}
				if err := w.put(steady(ctx), &e); err != nil {
					return err
				}
			}
			return recountClient(ctx, tx, client)
		}))
	}
}

// force runs a statement that a trigger refuses, as what the program does under
// conditions that a test has no years for.
func (h *house) force(trigger, statement string) {
	h.t.Helper()
	ctx := context.Background()
	h.do(h.db.Maintain(ctx, func(conn *sql.Conn) error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		again, err := aside(ctx, tx, []string{trigger})
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
		if _, err := tx.ExecContext(ctx, again[0]); err != nil {
			return err
		}
		return tx.Commit()
	}))
}

// destroyed is what stays of a record that was destroyed.
func destroyed(c record.Client) string {
	return fmt.Sprintf(`INSERT INTO destruction(client, number, initials, kind, first_day, last_day, closed_on, keep_until, rule, entries, attachments,
		certificate, author, at, event, done, swept) VALUES(%d, '%s', 'A. Q.', 'family', '', '', '', '2020-01-01', 'r', 1, 1, '2026-1', 'P', 1, 1, 2, 3)`,
		c.ID, c.Number)
}

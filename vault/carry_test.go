package vault

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"casekeep/vault/record"
)

func TestCarryEverything(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	list := must(t, of(from.Timeline(ctx, c.ID, Page{Oldest: true})))
	from.sequester(c.ID, list[2].ID, "")
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

// What stands in another record of the vault by now is not filed a second time
// when the record that it stood in comes back.
func TestRestoreLeavesOthersAlone(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, "own")
	o := must(t, of(h.AddClient(ctx, record.Client{Name: "Ola"})))
	e := must(t, of(h.Log(ctx, record.Entry{Client: o.ID, Channel: record.Text, Direction: record.In, Body: "whose?"})))
	before := planted(t, h)
	c := must(t, of(h.AddClient(ctx, record.Client{Name: "Cy"})))
	h.importInto(c.ID, 3, 0)
	h.do(h.Move(ctx, e.ID, c.ID, "Cy wrote it"))
	moved := must(t, of(h.Log(ctx, record.Entry{Client: o.ID, Channel: record.Text, Direction: record.In, Body: "later"})))
	h.do(h.Move(ctx, moved.ID, c.ID, "Cy wrote that too"))
	got := must(t, of(Carry(ctx, copyOfVault(t, h), before.Vault, c.ID, CarryOptions{Vault: vaultID(h.Vault)}, nil)))
	if got.Entries != 4 || got.Elsewhere != 1 || got.Renumbered != 0 || got.Client.ID != c.ID {
		t.Errorf("%+v", got)
	}
	before.whole()
	before.do(before.db.Read(ctx, func(tx *sql.Tx) error {
		var origin record.ClientID
		err := tx.QueryRow(`SELECT origin FROM move WHERE entry = ?`, moved.ID).Scan(&origin)
		if origin != o.ID {
			t.Errorf("it was moved from %d", origin)
		}
		return err
	}))
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
	// Canceled among the files, and among the entries.
	for _, share := range []int64{100, 2} {
		canceled, cancel := context.WithCancel(ctx)
		_, err := Carry(canceled, from.Vault, to.Vault, c.ID, CarryOptions{}, func(done, total int64) {
			if done >= total/share {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
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

// An entry that was sealed to somebody comes as the file that it is, and no other
// entry gets its id.
func TestCarrySealedEntries(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	list := must(t, of(from.Timeline(ctx, c.ID, Page{Oldest: true})))
	court := must(t, of(age.GenerateX25519Identity()))
	from.sequester(c.ID, list[2].ID, court.Recipient().String())
	taken := must(t, of(to.AddClient(ctx, record.Client{Name: "Bo"})))
	for range 4 {
		must(t, of(to.Log(ctx, record.Entry{Client: taken.ID, Channel: record.Text, Direction: record.In, At: list[2].At, Body: "same moment"})))
	}
	out := must(t, of(Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{}, nil)))
	var id record.EntryID
	var name string
	to.do(to.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRow(`SELECT entry, blob FROM sequestration WHERE client = ?`, out.Client.ID).Scan(&id, &name)
	}))
	if _, err := to.Entry(ctx, id); !errors.Is(err, ErrNoEntry) || id.Time() != list[2].ID.Time() {
		t.Errorf("the sealed entry has the id of another: %v", err)
	}
	r := must(t, of(to.db.OpenBlob(name)))
	defer r.Close()
	if _, err := age.Decrypt(r, court); err != nil {
		t.Error(err)
	}
	to.whole()
}

// A record that came from another vault is brought up to date from there.
func TestCarryAgain(t *testing.T) {
	ctx := context.Background()
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	from.sequester(c.ID, must(t, of(from.Timeline(ctx, c.ID, Page{Oldest: true})))[2].ID, "")
	to.record("Bo Larsen")
	first := must(t, of(Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{KeepNumber: true}, nil)))
	if first.Client.Number == c.Number {
		t.Error("the number of another record was given again")
	}
	must(t, of(from.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "later", Supersedes: 0})))
	before := to.holds(first.Client.ID)
	second := must(t, of(Carry(ctx, from.Vault, to.Vault, c.ID, CarryOptions{Into: first.Client.ID}, nil)))
	if second.Entries != 1 || second.Attachments != 0 || second.Holds != 0 || second.Disclosures != 0 {
		t.Errorf("%+v", second)
	}
	to.whole()
	after := to.holds(first.Client.ID)
	for table := range before {
		want := before[table]
		if table == "entry" || table == "contact_tally" || table == "client" { // one more, and counted
			continue
		}
		if diff := cmp.Diff(want, after[table]); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
	if len(after["entry"]) != len(before["entry"])+1 {
		t.Errorf("%d entries, were %d", len(after["entry"]), len(before["entry"]))
	}
}

// Nobody comes back from the dead; the record of another vault may have the same
// number.
func TestCarryDestroyed(t *testing.T) {
	ctx := context.Background()
	h, other := newHouse(t, "own"), newHouse(t, "other")
	c := h.record("Ada Quill")
	theirs := must(t, of(other.AddClient(ctx, record.Client{Name: "Di"})))
	old, gone := copyOfVault(t, h), newHouse(t, "gone")
	gone.force("destruction_due", destroyed(c))
	if _, err := Carry(ctx, old, gone.Vault, c.ID, CarryOptions{Vault: vaultID(gone.Vault)}, nil); !errors.Is(err, ErrComeBack) {
		t.Errorf("a destroyed record comes back: %v", err)
	}
	got := must(t, of(Carry(ctx, other.Vault, gone.Vault, theirs.ID, CarryOptions{KeepNumber: true}, nil)))
	if got.Client.ID == c.ID || got.Client.Number == c.Number {
		t.Errorf("the id or number of a destroyed record is given again: %+v", got.Client)
	}
	gone.whole()
}

package vault

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// chunk is what one damaged byte of an age file costs.
const chunk = 64 << 10

// ruin is a vault with two records and many entries, and its database.
type ruin struct {
	*house
	ada, bo record.Client
	image   []byte
}

func newRuin(t testing.TB) *ruin {
	t.Helper()
	h := newHouse(t, "ruin")
	r := &ruin{house: h, ada: h.record("Ada Quill")}
	r.bo = must(t, of(h.AddClient(context.Background(), record.Client{Name: "Bo Larsen", Jurisdiction: "US-TX"})))
	h.sequester(r.ada.ID, must(t, of(h.Timeline(context.Background(), r.ada.ID, Page{Oldest: true})))[2].ID, "")
	h.force("destruction_due", destroyed(record.Client{ID: 900, Number: "2019-007"}))
	h.fill(r.bo.ID, 1500)
	must(t, of(h.Log(context.Background(), record.Entry{Client: r.ada.ID, Channel: record.Letter, Direction: record.In, Body: strings.Repeat("long ", 3000)})))
	h.do(h.db.Snapshot(context.Background(), nil, func(image sealed.Image) error {
		r.image = make([]byte, image.Size())
		_, err := io.ReadFull(io.NewSectionReader(image, 0, image.Size()), r.image)
		return err
	}))
	return r
}

// save salvages an image of the vault into a new one, which must be whole.
func (r *ruin) save(t testing.TB, image sealed.Image) (*house, Salvaged) {
	t.Helper()
	ctx := context.Background()
	n := &house{t: t, now: day0}
	n.Vault = must(t, of(CreateBlank(ctx, filepath.Join(t.TempDir(), "saved"), "ladder ochre", n.options())))
	t.Cleanup(func() { n.Close() })
	files := must(t, of(sealed.Detach(ctx, r.db.Key(), nil, r.Dir(), sealed.Options{})))
	defer files.Close()
	var last, total int64
	out := must(t, of(SalvageInto(ctx, image, files, n.Vault, func(done, of int64) { last, total = done, of })))
	if last != total {
		t.Errorf("progress ended at %d of %d", last, total)
	}
	n.whole()
	return n, out
}

// holes gives the database with some of its pages gone.
func (r *ruin) holes(from, to int) sealed.Image {
	image := slices.Clone(r.image)
	clear(image[min(from, len(image)):min(to, len(image))])
	return bytes.NewReader(image)
}

func TestSalvageOfAWholeVaultLosesNothing(t *testing.T) {
	r := newRuin(t)
	n, out := r.save(t, bytes.NewReader(r.image))
	if len(out.Missing) > 0 || out.Torn > 0 || out.Dropped > 0 || out.Nameless > 0 || out.NoList {
		t.Errorf("%+v", out)
	}
	for _, c := range []record.Client{r.ada, r.bo} {
		want, have := r.holds(c.ID), n.holds(c.ID)
		for table := range want {
			if diff := cmp.Diff(want[table], have[table]); diff != "" {
				t.Errorf("%s: %s", table, diff)
			}
		}
	}
	if got := must(t, of(Compare(context.Background(), n.Vault, copyOfVault(t, r.house), nil))); got.Differing > 3 { // the sealed files have other names
		t.Errorf("%d differences: %q", got.Differing, got.Differences)
	}
	if head := must(t, of(n.Audit(context.Background(), 0, 1))); head[0].Action != "vault.salvage" {
		t.Errorf("the trail ends with %+v", head)
	}
	if hits := must(t, of(n.Search(context.Background(), Search{Query: "東京"}))); len(hits) != 1 {
		t.Error("the index finds nothing")
	}
}

// Wherever a vault is damaged, what lies elsewhere is saved, the new vault is
// whole, and what is missing is told.
func TestSalvageFromDamageEverywhere(t *testing.T) {
	r := newRuin(t)
	all := must(t, of(r.Verify(context.Background(), nil)))
	lost := 0
	for at := 0; at < len(r.image); at += chunk {
		t.Run(fmt.Sprint(at/chunk), func(t *testing.T) {
			_, out := r.save(t, r.holes(at, at+chunk))
			gone := all.Entries - out.Entries
			lost += max(gone, 0)
			if gone > 350 { // as many as 16 pages hold
				t.Errorf("%d of %d entries are lost", gone, all.Entries)
			}
			if out.Clients+out.Nameless < all.Clients {
				t.Errorf("%d clients and %d without a name of %d", out.Clients, out.Nameless, all.Clients)
			}
			if out.Attachments < all.Attachments-1 {
				t.Errorf("%d attachments of %d", out.Attachments, all.Attachments)
			}
			if gone > 0 && len(out.Missing) == 0 {
				t.Errorf("%d entries are lost, and nothing says so: %+v", gone, out)
			}
			t.Logf("%d entries lost, %d events dropped, %d torn: %q", gone, out.Dropped, out.Torn, out.Missing)
		})
	}
	if lost > all.Entries+20 {
		t.Errorf("%d entries are lost by all the damage together, and there are %d: some of what lay elsewhere is", lost, all.Entries)
	}
}

// A record whose name was lost comes back whole from a backup.
func TestRestoreAfterASalvage(t *testing.T) {
	ctx := context.Background()
	r := newRuin(t)
	old := copyOfVault(t, r.house)
	n, out := r.save(t, r.holes(0, chunk))
	if out.Nameless == 0 {
		t.Fatalf("no name is lost: %+v", out)
	}
	got := must(t, of(Carry(ctx, old, n.Vault, r.ada.ID, CarryOptions{KeepNumber: true, Vault: vaultID(n.Vault)}, nil)))
	n.whole()
	if want := len(must(t, of(old.Timeline(ctx, r.ada.ID, Page{})))); len(must(t, of(n.Timeline(ctx, got.Client.ID, Page{})))) != want || got.Client.Name != r.ada.Name {
		t.Errorf("%d entries came back of %d: %+v", got.Entries, want, got)
	}
}

// What is left where most is gone.
func TestSalvageOfLittle(t *testing.T) {
	ctx := context.Background()
	r := newRuin(t)
	files := len(must(t, of(r.db.Blobs())))
	n, out := r.save(t, (*sealed.Salvaged)(nil))
	if out.Attachments != files || out.Nameless != 0 || len(out.Missing) == 0 {
		t.Errorf("without a database: %+v", out)
	}
	if hits := must(t, of(n.Clients(ctx))); len(hits) != 1 || hits[0].Name != "Recovered without a name" {
		t.Errorf("%+v", hits)
	}
	for _, image := range []sealed.Image{bytes.NewReader(nil), bytes.NewReader(make([]byte, 5000)), r.holes(0, len(r.image)),
		bytes.NewReader(r.image[:len(r.image)/2]), r.holes(0, len(r.image)/2), r.holes(pageBytes, 3*pageBytes)} {
		r.save(t, image)
	}
	used := newHouse(t, "used")
	db := must(t, of(sealed.Detach(ctx, r.db.Key(), nil, "", sealed.Options{})))
	defer db.Close()
	if _, err := SalvageInto(ctx, bytes.NewReader(r.image), db, used.Vault, nil); err == nil {
		t.Error("what is saved goes into a vault that is in use")
	}
	used.Vault.Verify(ctx, nil)
}

// A vault whose file is damaged on the disk, whose journal holds what came after,
// and that lacks files.
func TestSalvageFromTheDisk(t *testing.T) {
	ctx := context.Background()
	r := newRuin(t)
	a := must(t, of(r.Timeline(ctx, r.ada.ID, Page{WithFiles: true})))[0].Attachments
	r.do(r.Vault.Close())
	if err := os.Remove(filepath.Join(r.Dir(), "attachments", a[0].Blob[:2], a[0].Blob+".age")); err != nil {
		t.Fatal(err)
	}
	spoil(t, r.Dir(), a[1].Blob)
	path := filepath.Join(r.Dir(), "records.db.age")
	b := must(t, of(os.ReadFile(path)))
	b[4*chunk] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, r.Dir(), "ladder ochre", r.options()); err == nil {
		t.Fatal("it opens")
	}
	k, image, damage, err := sealed.Salvage(ctx, r.Dir(), sealed.Secret{Passphrase: "ladder ochre"}, sealed.Options{})
	if err != nil || len(damage) == 0 {
		t.Fatal(damage, err)
	}
	defer image.Close()
	files := must(t, of(sealed.Detach(ctx, k, nil, r.Dir(), sealed.Options{})))
	defer files.Close()
	n := &house{t: t, now: day0}
	n.Vault = must(t, of(CreateBlank(ctx, filepath.Join(t.TempDir(), "saved"), "other words", n.options())))
	defer n.Close()
	out := must(t, of(SalvageInto(ctx, image, files, n.Vault, nil)))
	n.whole()
	for _, f := range a {
		if !slices.ContainsFunc(out.Missing, func(m string) bool { return strings.Contains(m, "The file "+f.Name) }) {
			t.Errorf("%s is not named: %q", f.Name, out.Missing)
		}
	}
}

// An entry whose text goes on in a page that is lost is saved with its beginning.
func TestSalvageOfATextThatBreaksOff(t *testing.T) {
	ctx := context.Background()
	r := newRuin(t)
	for at := 0; ; at += pageBytes {
		if page := r.image[at : at+pageBytes]; page[0] == 0 && bytes.Contains(page[4:100], []byte("long long ")) {
			n, out := r.save(t, r.holes(at, at+pageBytes))
			hits := must(t, of(n.Timeline(ctx, r.ada.ID, Page{Limit: 1})))
			e := hits[0]
			if !strings.HasPrefix(e.Body, "long long ") || len(e.Body) >= 15000 || e.Channel != record.Letter || len(e.Amendments) != 1 {
				t.Errorf("%s %q %d bytes, amended %q", e.Channel, e.Body[:20], len(e.Body), e.Amendments)
			}
			if !slices.ContainsFunc(out.Missing, func(m string) bool { return strings.Contains(m, "Part of the entry of November 21, 2026") }) {
				t.Errorf("nothing says so: %q", out.Missing)
			}
			return
		}
	}
}

// Vaults of every schema are saved without having been brought up to date.
func TestSalvageOfEverySchema(t *testing.T) {
	ctx := context.Background()
	for number, entries := range map[int]int{1: 2, 2: 4} {
		dir := filepath.Join(t.TempDir(), "old")
		if err := os.CopyFS(dir, os.DirFS(fmt.Sprintf("testdata/schema-%d.casekeep", number))); err != nil {
			t.Fatal(err)
		}
		k, image, damage, err := sealed.Salvage(ctx, dir, sealed.Secret{Passphrase: "ladder ochre Venice 42"}, sealed.Options{})
		if err != nil || len(damage) > 0 {
			t.Fatal(damage, err)
		}
		files := must(t, of(sealed.Detach(ctx, k, nil, dir, sealed.Options{})))
		n := &house{t: t, now: day0.AddDate(1, 0, 0)}
		n.Vault = must(t, of(CreateBlank(ctx, filepath.Join(t.TempDir(), "saved"), "other words", n.options())))
		out := must(t, of(SalvageInto(ctx, image, files, n.Vault, nil)))
		n.whole()
		if out.Clients != 1 || out.Entries != entries || out.Amendments != 1 || len(out.Missing) > 0 {
			t.Errorf("schema %d: %+v", number, out)
		}
		if hits := must(t, of(n.Search(ctx, Search{Query: "janitor"}))); len(hits) != 1 || hits[0].ClientName != "Ada Quill" {
			t.Errorf("schema %d: %+v", number, hits)
		}
		n.do(n.Close(), files.Close(), image.Close())
	}
}

// No database makes it panic or run for ever, whatever its pages say.
func FuzzSalvagePages(f *testing.F) {
	r := newRuin(f)
	shapes := must(f, of(tablesOf(r.Vault)))
	f.Add(3, []byte{0x0D, 0, 0, 0xFF, 0xFF, 0, 0, 0})
	f.Add(0, []byte("SQLite format 3"))
	f.Fuzz(func(t *testing.T, at int, b []byte) {
		image := slices.Clone(r.image[:40*pageBytes])
		copy(image[max(0, min(at, len(image))):], b)
		s := survey{dbPages: newDBPages(bytes.NewReader(image)), shapes: shapes}
		if err := s.look(context.Background(), func(uint32) {}); err != nil {
			t.Fatal(err)
		}
		for _, shape := range shapes {
			if err := s.each(context.Background(), shape.name, func(row) error { return nil }, func(int64, []any) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func tablesOf(v *Vault) (list []shape, err error) {
	err = v.db.Read(context.Background(), func(tx *sql.Tx) (err error) {
		list, err = shapesOf(context.Background(), tx)
		return err
	})
	return list, err
}

func BenchmarkSalvage(b *testing.B) {
	ctx := context.Background()
	r := newRuin(b)
	r.fill(r.bo.ID, 100_000)
	files := must(b, of(sealed.Detach(ctx, r.db.Key(), nil, r.Dir(), sealed.Options{})))
	defer files.Close()
	for b.Loop() {
		n := &house{t: b, now: day0}
		n.Vault = must(b, of(CreateBlank(ctx, filepath.Join(b.TempDir(), "saved"), "ladder ochre", n.options())))
		r.do(r.db.Snapshot(ctx, nil, func(image sealed.Image) error {
			_, err := SalvageInto(ctx, image, files, n.Vault, nil)
			return err
		}))
		r.do(n.Close())
	}
}

package sealed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// A house is a vault with holders: those who stay over a re-key, and one who is
// revoked by it.
type house struct {
	dir      string
	db       *DB
	staying  map[string]*age.X25519Identity
	revoked  *age.X25519Identity
	pictures map[string]string // names of attachments to content
}

func newHouse(t testing.TB, dir string, opt Options) *house {
	t.Helper()
	h := &house{dir: dir, db: openNew(t, dir, 3, opt), revoked: x25519(t), pictures: map[string]string{},
		staying: map[string]*age.X25519Identity{"executor": x25519(t), "recovery": x25519(t)}}
	for name, id := range h.staying {
		if err := h.db.AddHolder(ctx, name, id.Recipient()); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.db.AddHolder(ctx, "former", h.revoked.Recipient()); err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		h.attach(t, fmt.Sprint("picture ", n, strings.Repeat(".", n*70000)))
	}
	return h
}

func (h *house) attach(t testing.TB, content string) string {
	t.Helper()
	b, err := h.db.PutBlob(ctx, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	h.pictures[b.Name] = content
	return b.Name
}

// holders gives who is to be a holder.
func (h *house) holders() map[string]age.Recipient {
	to := map[string]age.Recipient{}
	for name, id := range h.staying {
		to[name] = id.Recipient()
	}
	return to
}

// secrets gives all that must open the vault.
func (h *house) secrets() map[string]Secret {
	all := map[string]Secret{"": {Passphrase: passphrase}}
	for name, id := range h.staying {
		all[name] = Secret{Identities: []age.Identity{id}}
	}
	return all
}

// opened opens the vault in dir in each way that must, and looks at all of it.
func (h *house) opened(dir string, least, most int) error {
	for name, s := range h.secrets() {
		if err := h.openedWith(dir, s, least, most); err != nil {
			return fmt.Errorf("opened by %q: %w", name, err)
		}
	}
	return nil
}

func (h *house) openedWith(dir string, s Secret, least, most int) (err error) {
	opt := quick()
	db, err := OpenWith(dir, s, opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return h.whole(db, least, most)
}

func (h *house) whole(db *DB, least, most int) error {
	n, err := sound(db)
	if err != nil || n < least || n > most {
		return fmt.Errorf("%d entries of %d to %d: %w", n, least, most, err)
	}
	for name, content := range h.pictures {
		got, err := readBlob(db, name)
		if err != nil || got != content {
			return fmt.Errorf("attachment %s: %d bytes: %w", name, len(got), err)
		}
	}
	return nil
}

func readBlob(db *DB, name string) (string, error) {
	r, err := db.OpenBlob(name)
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(r)
	return string(content), errors.Join(err, r.Close())
}

// openFiles gives the files of a folder of which one of the identities opens
// something.
func openFiles(t testing.TB, dir string, ids ...age.Identity) []string {
	t.Helper()
	image, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	return filesThatOpen(image, ids)
}

// filesThatOpen looks at each age file, of which a journal has many.
func filesThatOpen(im crash.Image, ids []age.Identity) (names []string) {
	for name, content := range im.Files {
		for rest := content; ; rest = rest[1:] {
			at := bytes.Index(rest, []byte("age-encryption.org/v1\n"))
			if at < 0 {
				break
			}
			rest = rest[at:]
			if _, err := age.Decrypt(bytes.NewReader(rest), ids...); err == nil {
				names = append(names, name)
				break
			}
		}
	}
	slices.Sort(names)
	return names
}

func (h *house) onlyNew(t testing.TB, old *Key) {
	t.Helper()
	if left := openFiles(t, h.dir, old.identities()...); len(left) > 0 {
		t.Errorf("the old identity opens %v", left)
	}
	if left := openFiles(t, h.dir, h.revoked); len(left) > 0 {
		t.Errorf("the revoked holder opens %v", left)
	}
	for name, s := range h.secrets() {
		k, err := OpenKey(h.dir, s, quick())
		if err != nil || len(k.others) > 0 || k.set != "" || k.Name() == old.Name() {
			t.Errorf("the key file of %q: %v, %v", name, k != nil && len(k.others) > 0, err)
		}
	}
	names, err := Holders(h.dir, quick())
	if want := slices.Sorted(maps.Keys(h.staying)); err != nil || !slices.Equal(names, want) {
		t.Errorf("the holders are %v, %v", names, err)
	}
}

func TestRekey(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	if all := openFiles(t, h.dir, old.identities()...); len(all) != 5 {
		t.Fatalf("the old identity opens %v", all)
	}
	before, err := crash.ReadImage(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	var done, total int64
	err = h.db.Rekey(ctx, passphrase, h.holders(), func(d, of int64) {
		if d < done || of < d {
			t.Errorf("%d of %d after %d", d, of, done)
		}
		done, total = d, of
	})
	if err != nil {
		t.Fatal(err)
	}
	if done != total || total < 200000 {
		t.Errorf("%d of %d bytes", done, total)
	}
	if h.db.Status().Rekeying || h.db.Key().Name() == old.Name() {
		t.Error("the status is as before")
	}
	h.onlyNew(t, old)
	for name := range before.Files {
		if _, err := os.Stat(filepath.Join(h.dir, name)); journalPattern.MatchString(name) && err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	if err := insert(h.db, 4); err != nil {
		t.Fatal(err)
	}
	h.attach(t, "one more")
	if err := h.whole(h.db, 4, 4); err != nil {
		t.Error(err)
	}
	crashed(t, h.db)
	h.onlyNew(t, old)
	if err := h.opened(h.dir, 4, 4); err != nil {
		t.Error(err)
	}
	report, err := Verify(ctx, h.dir, passphrase, quick())
	if err != nil || len(report.Problems) > 0 || report.Blobs != 4 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := OpenWith(h.dir, Secret{Identities: []age.Identity{h.revoked}}, quick()); err != ErrNoHolder {
		t.Errorf("the revoked holder: %v", err)
	}
}

func TestRekeyRefuses(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	before, err := crash.ReadImage(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for what, c := range map[string]struct {
		ctx        context.Context
		passphrase string
		holder     string
		want       error
	}{
		"no passphrase":    {ctx, "", "a", ErrEmptyPassphrase},
		"a wrong one":      {ctx, "wrong", "a", ErrPassphrase},
		"a name of a path": {ctx, passphrase, "../a", nil},
		"canceled":         {gone, passphrase, "a", context.Canceled},
	} {
		err := h.db.Rekey(c.ctx, c.passphrase, map[string]age.Recipient{c.holder: h.revoked.Recipient()}, nil)
		if err == nil || c.want != nil && err != c.want {
			t.Errorf("%s: %v", what, err)
		}
	}
	after, err := crash.ReadImage(h.dir)
	if err != nil || after.Sum() != before.Sum() || h.db.Status().Rekeying {
		t.Errorf("something changed: %v", err)
	}
}

// TestRekeyBesideWork commits, puts, reads and removes while keys change.
func TestRekeyBesideWork(t *testing.T) {
	opt := quick()
	opt.foreground = false
	opt.CheckpointRecords = 9
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), opt)
	gone := h.attach(t, "to be removed")
	old := h.db.Key()
	stop := make(chan struct{})
	var work sync.WaitGroup
	entries := 3
	work.Go(func() {
		for n := 4; ; n++ {
			if err := insert(h.db, n); err != nil {
				t.Error(err)
				return
			}
			entries = n
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	var mu sync.Mutex
	work.Go(func() {
		for n := 0; ; n++ {
			content := fmt.Sprint("beside ", n)
			b, err := h.db.PutBlob(ctx, strings.NewReader(content))
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := readBlob(h.db, b.Name); err != nil || got != content {
				t.Errorf("reading it back: %v", err)
			}
			mu.Lock()
			h.pictures[b.Name] = content
			mu.Unlock()
			if n == 5 {
				if err := h.db.RemoveBlob(gone); err != nil {
					t.Error(err)
				}
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	for range 4 {
		if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	work.Wait()
	delete(h.pictures, gone)
	t.Logf("%d entries, %d attachments", entries, len(h.pictures))
	if err := h.whole(h.db, entries, entries); err != nil {
		t.Error(err)
	}
	if _, err := readBlob(h.db, gone); err != ErrNoBlob {
		t.Errorf("what was removed came back: %v", err)
	}
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, old)
	if err := h.opened(h.dir, entries, entries); err != nil {
		t.Error(err)
	}
}

// slowly gives its content once it may.
type slowly struct {
	begun, may chan struct{}
	once       sync.Once
	io.Reader
}

func (s *slowly) Read(b []byte) (int, error) {
	s.once.Do(func() {
		close(s.begun)
		<-s.may
	})
	return s.Reader.Read(b)
}

// TestRekeyWaitsForAttachments begins an attachment before the re-key and ends it
// after the base was exchanged.
func TestRekeyWaitsForAttachments(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	from := &slowly{begun: make(chan struct{}), may: make(chan struct{}), Reader: strings.NewReader("slow")}
	var put sync.WaitGroup
	put.Go(func() {
		b, err := h.db.PutBlob(ctx, from)
		if err != nil {
			t.Error(err)
		}
		h.pictures[b.Name] = "slow"
	})
	<-from.begun
	within, cancel := context.WithCancel(ctx)
	err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) { cancel() })
	if err != context.Canceled || !h.db.Status().Rekeying {
		t.Errorf("waiting: %v", err)
	}
	close(from.may)
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	put.Wait()
	h.onlyNew(t, old)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
}

// TestRekeyForOthers cuts a re-key off after its key was in force, and finishes it
// for fewer: who knew that key must not know the one in the end.
func TestRekeyForOthers(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
		if done == total-70000 || done > 20000 {
			cancel()
		}
	})
	if err != context.Canceled {
		t.Fatal(err)
	}
	between := h.db.Key()
	if between.Name() == old.Name() {
		t.Fatal("the new key was not in force yet")
	}
	if err := h.db.AddHolder(ctx, "late", h.revoked.Recipient()); err != ErrRekeying {
		t.Errorf("a holder in the middle: %v", err)
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	if h.db.Key().Name() != between.Name() {
		t.Error("finishing it for the same made another key")
	}
	// Once more, and then without the executor.
	within, cancel = context.WithCancel(ctx)
	defer cancel()
	if err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
		if done > 20000 {
			cancel()
		}
	}); err != context.Canceled {
		t.Fatal(err)
	}
	between = h.db.Key()
	h.revoked = h.staying["executor"]
	delete(h.staying, "executor")
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	h.db = reopen(t, h.dir, quick())
	if !h.db.Status().Rekeying {
		t.Error("it is not said that a re-key waits")
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, between)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
}

// TestRekeyChangesOneHoldersKey gives a holder of the same name another key.
func TestRekeyChangesOneHoldersKey(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := h.db.Rekey(within, passphrase, h.holders(), func(done, total int64) {
		if done > 20000 {
			cancel()
		}
	}); err != context.Canceled {
		t.Fatal(err)
	}
	between := h.db.Key()
	h.revoked, h.staying["recovery"] = h.staying["recovery"], x25519(t)
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, between)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
}

// TestRekeyPastDamage re-keys a vault of which an attachment is damaged.
func TestRekeyPastDamage(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "vault"), quick())
	old := h.db.Key()
	bad := h.attach(t, strings.Repeat("long ", 50000))
	path := filepath.Join(h.dir, blobPath(bad))
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	err = h.db.Rekey(ctx, passphrase, h.holders(), nil)
	var left *UnsealedError
	if !errors.As(err, &left) || len(left.Damage) != 1 || left.Damage[0].File != blobPath(bad) || !h.db.Status().Rekeying {
		t.Fatalf("%v", err)
	}
	if open := openFiles(t, h.dir, old.identities()...); len(open) != 1 {
		t.Errorf("the old identity opens %v", open)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, content) {
		t.Errorf("what was damaged was touched: %v", err)
	}
	delete(h.pictures, bad)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
	if err := h.db.RemoveBlob(bad); err != nil {
		t.Fatal(err)
	}
	if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
		t.Fatal(err)
	}
	h.onlyNew(t, old)
}

package sealed

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

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
	var finishing sync.WaitGroup
	finished := make(chan struct{})
	finishing.Go(func() {
		if err := h.db.Rekey(ctx, passphrase, h.holders(), nil); err != nil {
			t.Error(err)
		}
		close(finished)
	})
	select {
	case <-finished:
		t.Error("it did not wait")
	case <-time.After(300 * time.Millisecond):
	}
	close(from.may)
	finishing.Wait()
	put.Wait()
	h.onlyNew(t, old)
	if err := h.whole(h.db, 3, 3); err != nil {
		t.Error(err)
	}
}

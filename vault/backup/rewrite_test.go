package backup

import (
	"bytes"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

// canary stands in a record that is to be destroyed.
const canary = "the canary in this record"

// holdsCanary looks into every pack of the folder, decrypted.
func holdsCanary(t *testing.T, set *Set) bool {
	t.Helper()
	names, err := set.store.list(packs, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.Contains(name, "-sums") {
			continue
		}
		p, err := set.store.openPack(packs+"/"+name, set.keys[0])
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, p.size)
		if err := errors.Join(readAll(p.plain, b, 0), p.file.Close()); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(canary)) {
			return true
		}
	}
	return false
}

func change(query string, args ...any) func(db *sealed.DB) error {
	return func(db *sealed.DB) error {
		return db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec(query, args...)
			return err
		})
	}
}

// TestRewrite takes a record out of all backups.
func TestRewrite(t *testing.T) {
	p := newPractice(t, 300)
	if err := change("INSERT INTO entries VALUES(301, ?)", canary)(p.db); err != nil {
		t.Fatal(err)
	}
	p.take(t)
	if err := change("UPDATE entries SET text = text || '!' WHERE id = 301")(p.db); err != nil {
		t.Fatal(err)
	}
	p.take(t)
	set := p.set(t)
	if !holdsCanary(t, set) {
		t.Fatal("there is nothing to take out")
	}
	before, err := set.Generations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range before {
		if err := set.Rewrite(ctx, g.Name, change("DELETE FROM entries WHERE id = 301"), note); err != nil {
			t.Fatal(err)
		}
	}
	if holdsCanary(t, set) {
		t.Error("the record is still in a pack")
	}
	after := wantGenerations(t, set, 300, 300)
	for i, g := range after {
		if b := before[i]; g.Name != b.Name || !g.At.Equal(b.At) || g.Position != b.Position || g.Vault != b.Vault || !g.Full {
			t.Errorf("%+v was written anew as %+v", b, g)
		}
	}
	if err := nothingWrong(set); err != nil {
		t.Error(err)
	}
	if err := change("DELETE FROM entries WHERE id = 301")(p.db); err != nil {
		t.Fatal(err)
	}
	p.take(t)
	wantGenerations(t, set, 300, 300, 300)
}

// TestRewriteFails leaves the backup as it was.
func TestRewriteFails(t *testing.T) {
	p := newPractice(t, 10)
	g := p.take(t).Generation
	set := p.set(t)
	no := errors.New("no")
	if err := set.Rewrite(ctx, g.Name, func(*sealed.DB) error { return no }, note); !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
	if err := set.Rewrite(ctx, g.Name, forget, func(*sql.Tx) (Note, error) { return Note{}, no }); !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
	if err := set.Rewrite(ctx, generationName(time.Now()), forget, note); !errors.Is(err, ErrNoGeneration) {
		t.Errorf("got %v", err)
	}
	wantGenerations(t, set, 10)
	if err := nothingWrong(set); err != nil {
		t.Error(err)
	}
}

// TestAnotherKey goes on in the same folder with a new identity of the same vault,
// as after a holder was revoked: the old backups stay, and the passphrase of both
// opens all.
func TestAnotherKey(t *testing.T) {
	p := newPractice(t, 5)
	p.take(t)
	other := newPractice(t, 0)
	id := p.db.Status().VaultID
	dir := filepath.Join(scratch(t), "anew")
	if err := p.db.Snapshot(ctx, nil, func(image sealed.Image) error {
		return sealed.Plant(ctx, dir, other.db.Key(), other.dir, image, id, p.db.Status().Position, p.dir, nil, quickVault(), nil)
	}); err != nil {
		t.Fatal(err)
	}
	db, err := sealed.Open(dir, passphrase, quickVault())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	q := &practice{dir: dir, folder: p.folder, db: db, clock: p.clock, opt: p.opt, entries: 5}
	q.opt.Now = func() time.Time { return q.clock }
	for range 3 {
		q.add(t, 1)
		q.take(t)
	}
	set, err := Open(p.folder, secret, p.opt)
	if err != nil {
		t.Fatal(err)
	}
	wantGenerations(t, set, 8, 7, 6, 5)
	wantWhole(t, set)
	all, err := q.set(t).Generations(ctx)
	if err != nil || len(all) != 4 || all[3].Problem == nil || all[2].Problem != nil {
		t.Errorf("the new key alone sees %v: %v", all, err)
	}
	if removed, err := q.set(t).Prune(ctx, Rule{Last: 4}, nil, nil); err != nil || removed != nil {
		t.Errorf("pruning removed %v: %v", removed, err)
	}
	wantGenerations(t, set, 8, 7, 6, 5)
	if removed, err := q.set(t).Prune(ctx, Rule{Last: 2}, nil, nil); err != nil || len(removed) != 1 {
		t.Errorf("pruning removed %v: %v", removed, err)
	}
	wantGenerations(t, set, 8, 7, 5) // what the present key cannot read stays
	if err := nothingWrong(set); err != nil {
		t.Error(err)
	}
}

// TestBackupAfterRewrite builds nothing on the sums of a generation that was
// written anew since, to the same size.
func TestBackupAfterRewrite(t *testing.T) {
	p := newPractice(t, 3000)
	if err := p.db.Maintain(ctx, vacuum(ctx)); err != nil {
		t.Fatal(err)
	}
	g := p.take(t).Generation
	set := p.set(t)
	if err := set.Rewrite(ctx, g.Name, forget, note); err != nil {
		t.Fatal(err)
	}
	if w := p.take(t); w.Generation.Size != g.Size {
		t.Fatal("the size has changed, which tells too")
	}
	all := wantGenerations(t, set, 3000, 2999)
	if all[1].Size != g.Size {
		t.Error("the size of the rewritten one has changed, which tells too")
	}
}

// TestDroppedAttachmentsGo though nobody came to remove them after the rewrite,
// and though a generation is kept from before.
func TestDroppedAttachmentsGo(t *testing.T) {
	p := newPractice(t, 10)
	gone, stays := p.attach(t, "gone"), p.attach(t, "stays")
	g := p.take(t).Generation
	set := p.set(t)
	if err := set.Rewrite(ctx, g.Name, change("DELETE FROM pictures WHERE name = ?", gone), func(tx *sql.Tx) (Note, error) {
		n, err := note(tx)
		n.Dropped = []string{gone}
		return n, err
	}); err != nil {
		t.Fatal(err)
	}
	p.detach(t, gone)
	p.take(t)
	names, err := set.store.listAttachments()
	if err != nil || names[gone] || !names[stays] {
		t.Errorf("the folder has %v, %v", names, err)
	}
	wantGenerations(t, set, 10, 10)
	wantWhole(t, set)
}

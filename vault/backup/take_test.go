package backup

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

func TestRoundTrip(t *testing.T) {
	p := newPractice(t, 300)
	kept := p.attach(t, strings.Repeat("a picture ", 20_000))
	p.take(t)
	p.add(t, 20)
	p.attach(t, "another picture")
	w := p.take(t)
	if w.Attachments != 1 || w.Generation.Attachments != 2 || w.Generation.Full {
		t.Errorf("the second backup is %+v", w)
	}
	set, err := Open(p.folder, secret, p.opt)
	if err != nil {
		t.Fatal(err)
	}
	all := wantGenerations(t, set, 320, 300)
	st := p.db.Status()
	if g := all[0]; g.Vault != st.VaultID || g.Position != st.Position || !g.At.Equal(p.clock) || g.Size != st.Size || g.Key != p.db.Key().Name() {
		t.Errorf("the newest is %+v", g)
	}
	wantWhole(t, set)
	c, err := set.Verify(ctx, all[0].Name, []string{kept}, nil)
	if err != nil || len(c.Problems) > 0 || c.Files < 4 {
		t.Errorf("verifying: %+v %v", c, err)
	}

	dir := filepath.Join(t.TempDir(), "restored")
	var done, total int64
	if err := set.Restore(ctx, all[1].Name, dir, []string{kept}, func(d, of int64) { done, total = d, of }); err != nil {
		t.Fatal(err)
	}
	if done != total {
		t.Errorf("the progress ended at %d of %d", done, total)
	}
	db, err := sealed.Open(dir, passphrase, quickVault())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n, err := sound(db); err != nil || n != 300 {
		t.Errorf("the restored vault has %d entries: %v", n, err)
	}
	if got := db.Status(); got.VaultID != st.VaultID || got.Position != all[1].Position {
		t.Errorf("the restored vault is %v at %v", got.VaultID, got.Position)
	}
	if _, err := set.Load(ctx, "20200101T000000.000Z", nil); err != ErrNoGeneration {
		t.Errorf("a backup that is not there: %v", err)
	}
}

// TestIncrementalWritesLittle changes little of a larger database.
func TestIncrementalWritesLittle(t *testing.T) {
	p := newPractice(t, 8000)
	first := p.take(t)
	if !first.Generation.Full || first.Bytes < first.Generation.Size {
		t.Fatalf("the first backup is %+v", first)
	}
	p.add(t, 100)
	w := p.take(t)
	t.Logf("%d bytes for %d that changed, of %d", w.Bytes, w.Changed, w.Generation.Size)
	if w.Generation.Full || w.Changed > 100*1000+20*pageSize || w.Bytes > w.Changed+w.Changed/50+15_000 {
		t.Errorf("the second backup wrote %d bytes for %d that changed", w.Bytes, w.Changed)
	}
	idle := p.take(t)
	if idle.Changed != 0 || idle.Bytes > 10_000 {
		t.Errorf("a backup without a change wrote %+v", idle)
	}
	wantGenerations(t, p.set(t), 8100, 8100, 8000)
	wantWhole(t, p.set(t))
}

// TestFullAgain follows when a full pack is due.
func TestFullAgain(t *testing.T) {
	p := newPractice(t, 2000)
	full := func(why string, want bool) {
		t.Helper()
		if w := p.take(t); w.Generation.Full != want {
			t.Errorf("%s: full is %v", why, w.Generation.Full)
		}
	}
	full("the first", true)
	for range 6 {
		full("within a week", false)
	}
	full("after a week", true)
	full("the day after", false)
	if err := p.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE entries SET text = 'x' || text WHERE id <= 1200")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	full("after most has changed", true)
	full("the day after that", false)
	sums, err := filepath.Glob(filepath.Join(p.folder, packs, "*-full-*-sums.age"))
	if err != nil {
		t.Fatal(err)
	}
	flipFile(t, sums[len(sums)-1])
	full("without a pack's sums", true)
	packs, err := filepath.Glob(filepath.Join(p.folder, packs, "*-full-????????????????.age"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(packs[len(packs)-1], 3000); err != nil {
		t.Fatal(err)
	}
	full("on a pack that is cut short", true)
	p.clock = p.clock.AddDate(0, -6, 0)
	full("with a clock that was put back", true)
	if got, err := p.set(t).Generations(ctx); err != nil || len(got) != 14 {
		t.Errorf("%d backups: %v", len(got), err)
	}
}

// TestBesideAWriter takes backups while entries are written, removed attachments
// included: each holds one state.
func TestBesideAWriter(t *testing.T) {
	p := newPractice(t, 500)
	for n := range 5 {
		p.attach(t, text(n))
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for n := 501; ; n++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if err := write(p.db, n, n); err != nil {
				stopped <- err
				return
			}
		}
	}()
	for range 8 {
		p.take(t)
		p.detach(t, p.attach(t, "a passing picture"))
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	set := p.set(t)
	all, err := set.Generations(ctx)
	if err != nil || len(all) != 8 {
		t.Fatalf("%d backups: %v", len(all), err)
	}
	last := 0
	for i := len(all) - 1; i >= 0; i-- {
		n, err := loads(set, all[i])
		if err != nil || n < last {
			t.Errorf("backup %d holds %d entries after %d: %v", i, n, last, err)
		}
		last = n
	}
	wantWhole(t, set)
}

// TestDamagedAtTheSource backs a vault up of which attachments are missing and
// damaged: what is whole is backed up, and the rest once it is whole again.
func TestDamagedAtTheSource(t *testing.T) {
	p := newPractice(t, 10)
	p.attach(t, "a picture")
	rotten, lost := p.attach(t, "a rotten picture"), p.attach(t, "a lost picture")
	path := filepath.Join(p.dir, filepath.FromSlash(blobPath(rotten)))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bad := append([]byte{}, whole...)
	bad[len(bad)-3] ^= 1
	if err := errors.Join(os.WriteFile(path, bad, 0o600), os.Remove(filepath.Join(p.dir, filepath.FromSlash(blobPath(lost))))); err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(p.dir, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	w := p.take(t)
	if len(w.Damage) != 2 || w.Attachments != 1 {
		t.Errorf("the damage is %v", w.Damage)
	}
	key[len(key)-1] ^= 1
	if err := errors.Join(os.WriteFile(path, whole, 0o600), os.WriteFile(filepath.Join(p.dir, keyFile), key, 0o600)); err != nil {
		t.Fatal(err)
	}
	w = p.take(t)
	if len(w.Damage) != 2 || w.Attachments != 1 || w.Damage[0].File != keyFile {
		t.Errorf("the damage is %v", w.Damage)
	}
	if _, err := Open(p.folder, secret, p.opt); err != nil {
		t.Errorf("a damaged key went over a whole one: %v", err)
	}
	wantWhole(t, p.set(t))
}

// TestNewPassphrase opens old backups with the new one.
func TestNewPassphrase(t *testing.T) {
	p := newPractice(t, 5)
	p.take(t)
	other := newPractice(t, 5) // only to have a key file under another passphrase
	other.take(t)
	for _, name := range []string{keyFile, keySumFile} {
		b, err := os.ReadFile(filepath.Join(other.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.take(t)
	got, err := os.ReadFile(filepath.Join(p.folder, keysFolder, p.db.Key().Name(), keyFile))
	want, failed := os.ReadFile(filepath.Join(other.dir, keyFile))
	if err := errors.Join(err, failed); err != nil || string(got) != string(want) {
		t.Errorf("the key file in the backup is not the vault's newest: %v", err)
	}
	wantWhole(t, p.set(t))
}

func TestRefuses(t *testing.T) {
	p, other := newPractice(t, 5), newPractice(t, 5)
	p.take(t)
	if _, err := Take(ctx, other.db, other.dir, p.folder, note, other.opt, nil); err != ErrOtherVault {
		t.Errorf("another vault's folder: %v", err)
	}
	if _, err := OpenKeyed(p.folder, other.db.Key(), p.opt); err != ErrOtherKey {
		t.Errorf("another vault's key: %v", err)
	}
	if _, err := Open(p.folder, sealed.Secret{Passphrase: "wrong"}, p.opt); err != sealed.ErrPassphrase {
		t.Errorf("a wrong passphrase: %v", err)
	}
	for _, dir := range []string{p.dir, t.TempDir(), filepath.Join(p.folder, "no such"), filepath.Join(p.folder, readmeFile)} {
		if _, err := Open(dir, secret, p.opt); err != ErrNotBackup {
			t.Errorf("%s: %v", dir, err)
		}
	}
	end, err := newStore(p.folder, p.opt).lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.tryTake(); err != ErrBusy {
		t.Errorf("beside another backup: %v", err)
	}
	end()
	bad := func(*sql.Tx) (Note, error) { return Note{Facts: []byte("{")}, nil }
	if _, err := Take(ctx, p.db, p.dir, p.folder, bad, p.opt, nil); err == nil {
		t.Error("facts that are not JSON were taken")
	}
	gone, cancel := context.WithCancel(ctx)
	_, err = Take(gone, p.db, p.dir, p.folder, func(tx *sql.Tx) (Note, error) { cancel(); return note(tx) }, p.opt, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	wantGenerations(t, p.set(t), 5)
	wantWhole(t, p.set(t))
}

func TestFind(t *testing.T) {
	p := newPractice(t, 1)
	p.take(t)
	for _, at := range []string{p.folder, filepath.Dir(p.folder)} {
		if got, err := Find(at, p.opt); err != nil || len(got) != 1 || got[0] != p.folder {
			t.Errorf("%s: %v %v", at, got, err)
		}
	}
	for _, at := range []string{p.dir, filepath.Join(p.dir, "key.age"), filepath.Join(p.dir, "nothing")} {
		if got, err := Find(at, p.opt); err != nil || got != nil {
			t.Errorf("%s: %v %v", at, got, err)
		}
	}
	if got := filepath.Base(Folder("/media/drive", `Dr. A/B: "Practice". `)); got != "Dr. A-B- -Practice-.casekeep-backup" {
		t.Errorf("the folder is %s", got)
	}
}

// TestSameMoment takes two backups without the clock moving on.
func TestSameMoment(t *testing.T) {
	p := newPractice(t, 3)
	p.take(t)
	w, err := Take(ctx, p.db, p.dir, p.folder, note, p.opt, nil)
	if err != nil || !w.Generation.At.Equal(p.clock.Add(time.Millisecond)) {
		t.Errorf("the second is of %v: %v", w.Generation.At, err)
	}
	wantGenerations(t, p.set(t), 3, 3)
}

// TestNothingInPlaintext looks for the entries in every file.
func TestNothingInPlaintext(t *testing.T) {
	p := newPractice(t, 50)
	p.attach(t, "a zebra in a picture")
	p.take(t)
	p.add(t, 2)
	p.take(t)
	if err := filepath.WalkDir(p.folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), "zebra") || strings.Contains(string(content), "SQLite format") {
			t.Errorf("%s is not sealed", path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

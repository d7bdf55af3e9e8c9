package backup

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk/crash"
)

// tenants are the holders of a practice's vault: one who stays over a re-key, and
// one whom it revokes.
type tenants struct{ stays, goes *age.X25519Identity }

func (t tenants) remaining() map[string]age.Recipient {
	return map[string]age.Recipient{"executor": t.stays.Recipient()}
}

func (p *practice) addTenants(t testing.TB) (who tenants) {
	t.Helper()
	for name, id := range map[string]**age.X25519Identity{"executor": &who.stays, "former": &who.goes} {
		var err error
		if *id, err = age.GenerateX25519Identity(); err == nil {
			err = p.db.AddHolder(ctx, name, (*id).Recipient())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return who
}

// rekey re-keys the vault; a cut of above 0 cancels that after so many bytes.
func (p *practice) rekey(t testing.TB, who tenants, cut int64) {
	t.Helper()
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	err := p.db.Rekey(within, passphrase, who.remaining(), func(done, total int64) {
		if cut > 0 && done >= cut {
			cancel()
		}
	})
	if cut == 0 && err != nil || cut > 0 && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// sealedTo gives the files under a folder that a key opens.
func sealedTo(t testing.TB, dir string, k *sealed.Key) (names []string) {
	t.Helper()
	image, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range image.Files {
		if _, _, err := k.Each()[0].Decrypt(bytes.NewReader(content), int64(len(content))); err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// restores makes a vault of each generation and opens it in every way that must
// work, and in one that must not.
func restores(set *Set, who tenants, root string) error {
	all, err := set.Generations(ctx)
	if err != nil {
		return err
	}
	for i, g := range all {
		if g.Problem != nil {
			continue
		}
		dir := filepath.Join(root, fmt.Sprint("restored-", i))
		names, err := attachmentsOf(set, g.Name)
		if err == nil {
			err = set.Restore(ctx, g.Name, dir, names, nil)
		}
		for _, s := range []sealed.Secret{secret, {Identities: []age.Identity{who.stays}}} {
			if err == nil {
				err = opensSound(dir, s)
			}
		}
		if err == nil {
			if _, with := sealed.OpenKey(dir, sealed.Secret{Identities: []age.Identity{who.goes}}, quickVault()); with != sealed.ErrNoHolder {
				err = fmt.Errorf("it opens for the revoked: %v", with)
			}
		}
		if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
			return fmt.Errorf("%s: %w", g.Name, err)
		}
	}
	return nil
}

func attachmentsOf(set *Set, name string) ([]string, error) {
	db, err := set.Load(ctx, name, nil)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var said Note
	err = db.Read(ctx, func(tx *sql.Tx) (err error) {
		said, err = note(tx)
		return err
	})
	return said.Attachments, err
}

func opensSound(dir string, s sealed.Secret) error {
	db, err := sealed.OpenWith(dir, s, quickVault())
	if err != nil {
		return err
	}
	_, err = sound(db)
	return errors.Join(err, db.Close())
}

// TestAfterARekey backs up before and after, and reaches everything with what the
// vault knows.
func TestAfterARekey(t *testing.T) {
	p := newPractice(t, 20)
	who := p.addTenants(t)
	kept, gone := p.attach(t, strings.Repeat("kept", 30000)), p.attach(t, "gone soon")
	p.take(t)
	p.add(t, 5)
	p.detach(t, gone)
	p.take(t)
	old := p.db.Key()
	p.rekey(t, who, 0)
	p.add(t, 1)
	p.opt.Retired = []Retired{{Key: old}}
	w := p.take(t)
	if !w.Generation.Full || w.Generation.Key == old.Name() || w.Attachments != 1 || len(w.Damage) > 0 {
		t.Errorf("%+v", w)
	}
	p.add(t, 1)
	if w = p.take(t); w.Generation.Full || w.Attachments != 0 {
		t.Errorf("the next one: %+v", w)
	}
	wantGenerations(t, p.set(t), 27, 26, 25, 20)
	wantWhole(t, p.set(t))
	for _, name := range sealedTo(t, p.folder, old) {
		if name > generationPath(w.Generation.Name) && strings.HasPrefix(name, generations) || strings.Contains(name, kept) {
			t.Errorf("the old key opens %s", name)
		}
	}
	if err := restores(p.set(t), who, filepath.Dir(p.dir)); err != nil {
		t.Error(err)
	}

	// The present passphrase opens both keys' wraps; the present key alone what
	// was written since.
	byPassphrase, err := Open(p.folder, secret, quick())
	if err != nil {
		t.Fatal(err)
	}
	wantGenerations(t, byPassphrase, 27, 26, 25, 20)
	p.opt.Retired = nil
	all, err := p.set(t).Generations(ctx)
	if err != nil || len(all) != 4 || all[1].Problem != nil || all[2].Problem == nil || all[3].Problem == nil {
		t.Errorf("%+v, %v", all, err)
	}
	if n, err := loads(p.set(t), all[0]); err != nil || n != 27 {
		t.Errorf("%d, %v", n, err)
	}
	p.add(t, 1)
	if w := p.take(t); w.Generation.Full {
		t.Error("without the retired keys everything was written again")
	}
}

// TestKeysOfNoBackup removes the backups of before a re-key. With the next one the
// wraps of their key go too, those of the revoked among them.
func TestKeysOfNoBackup(t *testing.T) {
	p := newPractice(t, 5)
	who := p.addTenants(t)
	p.attach(t, "kept")
	p.take(t)
	old := p.db.Key()
	p.rekey(t, who, 0)
	p.opt.Retired = []Retired{{Key: old}}
	p.take(t)
	if names, err := p.set(t).store.keyNames(); err != nil || len(names) != 2 {
		t.Errorf("while both have a backup: %v, %v", names, err)
	}
	if removed, err := p.set(t).Prune(ctx, Rule{Daily: 1}, time.UTC, nil); err != nil || len(removed) != 1 {
		t.Fatalf("%v, %v", removed, err)
	}
	p.take(t)
	if names, err := p.set(t).store.keyNames(); err != nil || len(names) != 1 || names[0] == old.Name() {
		t.Errorf("afterwards: %v, %v", names, err)
	}
	if left := sealedTo(t, p.folder, old); len(left) > 0 {
		t.Errorf("the old key opens %v", left)
	}
	wantWhole(t, p.set(t))
	wantGenerations(t, p.set(t), 5, 5)
}

// TestManyKeys opens a folder with more keys than any vault has had, of which the
// newest is the right one, and one in which none is.
func TestManyKeys(t *testing.T) {
	p := newPractice(t, 5)
	p.take(t)
	own := p.db.Key().Name()
	other := filepath.Join(t.TempDir(), "other")
	db, err := sealed.Create(other, "another passphrase", quickVault())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wraps := os.DirFS(other)
	long := time.Now().Add(-time.Hour)
	for n := range mostKeys + 5 {
		dir := filepath.Join(p.folder, keysFolder, fmt.Sprintf("%032x", n))
		if err := errors.Join(os.CopyFS(dir, wraps), os.Chtimes(filepath.Join(dir, keyFile), long, long)); err != nil {
			t.Fatal(err)
		}
	}
	set, err := Open(p.folder, secret, quick())
	if err != nil {
		t.Fatal(err)
	}
	wantGenerations(t, set, 5)
	if err := os.RemoveAll(filepath.Join(p.folder, keysFolder, own)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(p.folder, secret, quick()); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprint(mostKeys+5)) {
		t.Errorf("with strange keys alone: %v", err)
	}
}

// TestRemoveOldTakesTheKeys removes the backups of before a re-key at once, and with
// them every wrap that opens for who was revoked.
func TestRemoveOldTakesTheKeys(t *testing.T) {
	p := newPractice(t, 5)
	who := p.addTenants(t)
	p.attach(t, "kept")
	p.take(t)
	old := p.db.Key()
	p.rekey(t, who, 0)
	p.opt.Retired = []Retired{{Key: old}}
	if removed, err := p.set(t).RemoveOld(ctx); err == nil || len(removed) > 0 {
		t.Fatalf("without a newer backup: %v, %v", removed, err)
	}
	p.take(t)
	if removed, err := p.set(t).RemoveOld(ctx); err != nil || len(removed) != 1 {
		t.Fatalf("%v, %v", removed, err)
	}
	if names, err := p.set(t).store.keyNames(); err != nil || len(names) != 1 || names[0] == old.Name() {
		t.Errorf("keys: %v, %v", names, err)
	}
	if left := sealedTo(t, p.folder, old); len(left) > 0 {
		t.Errorf("the old key opens %v", left)
	}
	wantWhole(t, p.set(t))
	wantGenerations(t, p.set(t), 5)
}

// TestBackupWhileRekeying backs up in the middle of a re-key, wherever it was cut.
func TestBackupWhileRekeying(t *testing.T) {
	for _, cut := range []int64{1, 20 << 10, 160 << 10, 310 << 10} {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			p := newPractice(t, 20)
			who := p.addTenants(t)
			for n := range 4 {
				p.attach(t, fmt.Sprint(n, strings.Repeat("picture", 20000)))
			}
			p.take(t)
			old := p.db.Key()
			p.opt.Retired = []Retired{{Key: old}}
			p.rekey(t, who, cut)
			p.add(t, 1)
			p.take(t)
			wantGenerations(t, p.set(t), 21, 20)
			wantWhole(t, p.set(t))
			if err := restoresInTheMiddle(p, who); err != nil {
				t.Error(err)
			}
			p.rekey(t, who, 0)
			p.add(t, 1)
			p.take(t)
			wantGenerations(t, p.set(t), 22, 21, 20)
			wantWhole(t, p.set(t))
			if err := restores(p.set(t), who, filepath.Dir(p.dir)); err != nil {
				t.Error(err)
			}
			for _, name := range sealedTo(t, p.folder, old) {
				if strings.HasPrefix(name, attachments) {
					t.Errorf("the old key opens %s", name)
				}
			}
		})
	}
}

// restoresInTheMiddle makes a vault of a backup that was made in the middle of a
// re-key, and finishes that there.
func restoresInTheMiddle(p *practice, who tenants) error {
	set, err := Open(p.folder, sealed.Secret{Identities: []age.Identity{who.stays}}, p.opt)
	if err != nil {
		return err
	}
	all, err := set.Generations(ctx)
	if err != nil {
		return err
	}
	dir := filepath.Join(filepath.Dir(p.dir), "middle")
	defer os.RemoveAll(dir)
	names, err := attachmentsOf(set, all[0].Name)
	if err != nil {
		return err
	}
	if err := set.Restore(ctx, all[0].Name, dir, names, nil); err != nil {
		return err
	}
	db, err := sealed.Open(dir, passphrase, quickVault())
	if err != nil {
		return err
	}
	if !db.Status().Rekeying {
		err = errors.New("the restored vault does not say that a re-key waits")
	}
	_, unsound := sound(db)
	err = errors.Join(err, unsound, db.Rekey(ctx, passphrase, who.remaining(), nil), db.Close())
	if err != nil {
		return err
	}
	return errors.Join(opensSound(dir, secret), opensSound(dir, sealed.Secret{Identities: []age.Identity{who.stays}}))
}

// TestDestructionReachesBackupsOfAnOldKey rewrites a backup of before a re-key, of
// which an attachment is to go, and lets nothing of the new key's be forgotten.
func TestDestructionReachesBackupsOfAnOldKey(t *testing.T) {
	p := newPractice(t, 5)
	who := p.addTenants(t)
	name := p.attach(t, "to be destroyed")
	first := p.take(t).Generation
	old := p.db.Key()
	p.rekey(t, who, 0)
	p.opt.Retired = []Retired{{Key: old}}
	p.take(t)
	p.detach(t, name)
	p.take(t)
	forget := func(db *sealed.DB) error {
		return db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("DELETE FROM pictures WHERE name = ?", name)
			return err
		})
	}
	set := p.set(t)
	all, err := set.Generations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		if err := set.Rewrite(ctx, g.Name, forget, func(tx *sql.Tx) (Note, error) {
			n, err := note(tx)
			n.Dropped = []string{name}
			return n, err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if g, err := set.find(ctx, first.Name); err != nil || g.Key != old.Name() {
		t.Errorf("%v", err)
	}
	p.take(t)
	if _, err := os.Stat(filepath.Join(p.folder, blobPath(name))); !os.IsNotExist(err) {
		t.Errorf("the attachment is still there: %v", err)
	}
	wantWhole(t, p.set(t))
}

package sealed

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/vault/sealed/disk/crash"
)

// TestReplacedJournals puts journals and records where they do not belong.
func TestReplacedJournals(t *testing.T) {
	im, blob := aVault(t, 3, 3)
	name := onlyJournal(t, im)
	content := im.Files[name]
	frames, good, err := splitFrames(content)
	if err != nil {
		t.Fatal(err)
	}
	piece := func(i int) []byte {
		end := good
		if i+1 < len(frames) {
			end = frames[i+1].at
		}
		return content[frames[i].at:end]
	}
	renumbered := bytes.Clone(piece(3))
	finishFrame(renumbered, 99)
	other, _ := aVault(t, 3, 3)
	foreign := other.Files[onlyJournal(t, other)]
	head := []byte(journalVersion)
	for what, journal := range map[string][]byte{
		"missing":                nil,
		"a record twice":         bytes.Join([][]byte{content[:good], piece(3)}, nil),
		"an older record again":  bytes.Join([][]byte{content[:good], piece(1)}, nil),
		"records of another one": bytes.Join([][]byte{content[:good], foreign[len(head):]}, nil),
		"of another vault":       foreign,
		"a record left out":      bytes.Join([][]byte{head, piece(0), piece(1), piece(3)}, nil),
		"two records swapped":    bytes.Join([][]byte{head, piece(0), piece(2), piece(1), piece(3)}, nil),
		"a record renumbered":    bytes.Join([][]byte{head, piece(0), piece(1), piece(2), renumbered}, nil),
		"without its opening":    bytes.Join([][]byte{head, piece(1), piece(2)}, nil),
		"two openings":           bytes.Join([][]byte{head, piece(0), piece(0)}, nil),
		"empty":                  {},
		"of an unknown version":  append([]byte("sealed journal 3\n"), content[len(head):]...),
		"text":                   []byte("hello\n"),
	} {
		_, _, err := outcome(t, withFile(im, name, journal), blob)
		if !recognized(err) {
			t.Errorf("%s: %v", what, err)
		}
		if (what == "of an unknown version") != errors.Is(err, ErrTooNew) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Records of before that lie behind the end are none of this journal's: they are
// left out, and reported as what a crash can have left there.
func TestRecordsBehindTheEnd(t *testing.T) {
	im, blob := aVault(t, 3, 3)
	name := onlyJournal(t, im)
	content := im.Files[name]
	other, _ := aVault(t, 3, 3)
	for what, tail := range map[string][]byte{"its own": content[len(journalVersion):], "another's": other.Files[onlyJournal(t, other)]} {
		entries, torn, err := outcome(t, withFile(im, name, bytes.Join([][]byte{content, tail}, nil)), blob)
		if err != nil || entries != 6 || torn == 0 {
			t.Errorf("%s: %d entries, %d bytes torn, %v", what, entries, torn, err)
		}
	}
}

// TestForkedJournal joins the histories of two copies of a vault that went
// different ways: every record is this vault's own, for this base, and in order.
func TestForkedJournal(t *testing.T) {
	im, blob := aVault(t, 3, 1)
	name := onlyJournal(t, im)
	opt := quick()
	opt.CheckpointRecords = 1 << 20
	var forks [2][]byte
	for i := range forks {
		dir := filepath.Join(t.TempDir(), "vault")
		if err := im.Write(dir); err != nil {
			t.Fatal(err)
		}
		db, err := open(dir, Secret{Passphrase: passphrase}, opt) // without the checkpoint that follows a crash
		if err != nil {
			t.Fatal(err)
		}
		for n := 5; n <= 6; n++ {
			err := db.Write(ctx, func(tx *sql.Tx) error {
				_, err := tx.Exec(fmt.Sprintf("CREATE TABLE fork_%d_%d(x)", i, n))
				return errors.Join(err, insertTx(tx, n))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		crashed(t, db)
		if forks[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	a, _, err := splitFrames(forks[0])
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := splitFrames(forks[1])
	if err != nil {
		t.Fatal(err)
	}
	if n, _, err := outcome(t, withFile(im, name, forks[0]), blob); n != 6 || err != nil {
		t.Fatalf("a fork of its own: %d entries, %v", n, err)
	}
	mixed := append(bytes.Clone(forks[0][:a[3].at]), forks[1][b[3].at:]...)
	if _, _, err := outcome(t, withFile(im, name, mixed), blob); !errors.Is(err, ErrDamaged) {
		t.Errorf("the forks joined: %v", err)
	}
}

// TestRenamedJournal gives a base the journal of the one before it, of the same
// vault and size, under the right name.
func TestRenamedJournal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 2, quick())
	var images [2]crash.Image
	for i := range images {
		err := db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("UPDATE entries SET id = id")
			return err
		})
		if err = errors.Join(err, db.Checkpoint(ctx)); err != nil {
			t.Fatal(err)
		}
		if images[i], err = crash.ReadImage(dir); err != nil {
			t.Fatal(err)
		}
	}
	old, now := onlyJournal(t, images[0]), onlyJournal(t, images[1])
	if len(images[0].Files[baseFile]) != len(images[1].Files[baseFile]) {
		t.Fatal("the bases differ in size")
	}
	_, _, err := outcome(t, withFile(images[1], now, images[0].Files[old]), "")
	var damage *DamagedError
	if !errors.As(err, &damage) || damage.File != now {
		t.Errorf("got %v", err)
	}
}

// TestOlderBase puts back a base from before a checkpoint: its journal is gone,
// and with it commits that were acknowledged, so it must not open quietly.
func TestOlderBase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 2, quick())
	before, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := insert(db, 3); err != nil {
		t.Fatal(err)
	}
	b, err := db.PutBlob(ctx, strings.NewReader(text(1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := crash.ReadImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	mixed := withFile(after, baseFile, before.Files[baseFile])
	if _, _, err := outcome(t, mixed, b.Name); !errors.Is(err, ErrDamaged) {
		t.Errorf("an older base with a newer journal: %v", err)
	}
	// An older pair put over a newer one opens, and leaves what the newer base
	// would need, should it turn up.
	name := onlyJournal(t, after)
	over := filepath.Join(t.TempDir(), "over")
	if err := withFile(before, name, after.Files[name]).Write(over); err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, over, quick()), 2)
	if _, err := os.Stat(filepath.Join(over, name)); err != nil {
		t.Errorf("the newer journal: %v", err)
	}
	// The whole older vault is a vault. Its position tells that it is older.
	stale := filepath.Join(t.TempDir(), "stale")
	if err := before.Write(stale); err != nil {
		t.Fatal(err)
	}
	old, now := reopen(t, stale, quick()), reopen(t, dir, quick())
	if !old.Status().Position.Before(now.Status().Position) || old.Status().VaultID != now.Status().VaultID {
		t.Errorf("an older copy at %v, the vault at %v", old.Status().Position, now.Status().Position)
	}
}

// TestStaleJournalIsSwept leaves another journal and unfinished files beside a
// whole vault.
func TestStaleJournalIsSwept(t *testing.T) {
	im, _ := aVault(t, 3, 2)
	name := onlyJournal(t, im)
	leavings := []string{
		"records-00112233445566778899aabbccddeeff.journal", baseFile + unfinished,
		name + unfinished, blobFolder + "/00112233445566778899aabbccddeeff" + unfinished,
	}
	kept := []string{"records.db (conflicted copy).age", "notes.txt"}
	for _, left := range append(leavings, kept...) {
		im = withFile(im, left, im.Files[name])
	}
	dir := filepath.Join(t.TempDir(), "vault")
	if err := im.Write(dir); err != nil {
		t.Fatal(err)
	}
	db := reopen(t, dir, quick())
	wantSound(t, db, 5)
	for _, left := range leavings {
		if _, err := os.Stat(filepath.Join(dir, left)); !os.IsNotExist(err) {
			t.Errorf("%s is still there", left)
		}
	}
	for _, other := range kept {
		if _, err := os.Stat(filepath.Join(dir, other)); err != nil {
			t.Errorf("%s, which is not the vault's, is gone", other)
		}
	}
}

// TestEarlierJournalAhead leaves the journal of an earlier base that goes
// further than the present one: by what was cut off beside the exchange, which is
// swept, or by what another copy of the vault saved, which stays.
func TestEarlierJournalAhead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 2, quick())
	var images []crash.Image
	for n := 3; n <= 5; n++ {
		im, err := crash.ReadImage(dir)
		if err != nil {
			t.Fatal(err)
		}
		images = append(images, im)
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	name := onlyJournal(t, images[0])
	later := filepath.Join(t.TempDir(), "vault")
	if err := images[0].Write(later); err != nil {
		t.Fatal(err)
	}
	if err := reopen(t, later, quick()).Close(); err != nil {
		t.Fatal(err)
	}
	now, err := crash.ReadImage(later)
	if err != nil {
		t.Fatal(err)
	}
	for ahead, stays := range []bool{false, false, true} {
		dir := filepath.Join(t.TempDir(), "vault")
		if err := withFile(now, name, images[ahead].Files[name]).Write(dir); err != nil {
			t.Fatal(err)
		}
		wantSound(t, reopen(t, dir, quick()), 2)
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != stays {
			t.Errorf("%d commits ahead: %v", ahead, err)
		}
	}
}

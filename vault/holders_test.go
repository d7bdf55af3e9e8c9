package vault

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// holderDisk is the system's disk, but that nothing can be made in holders while
// it fails.
type holderDisk struct {
	disk.Files
	fails bool
}

var errHolderDisk = errors.New("no room for a holder")

func (d *holderDisk) Rename(from, to string) error {
	if d.fails && filepath.Base(filepath.Dir(to)) == "holders" {
		return errHolderDisk
	}
	return d.Files.Rename(from, to)
}

func recipient(t *testing.T) string {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id.Recipient().String()
}

// Where the key file cannot be written nobody is added, and what was handed over
// is taken back.
func TestHolderThatCannotBeAdded(t *testing.T) {
	ctx := context.Background()
	files := &holderDisk{Files: disk.OS(), fails: true}
	opt := (&house{now: day0}).options()
	opt.Files = files
	v := must(t, of(Create(ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre", record.Practice{Name: "P", Zone: "UTC"}, opt)))
	defer v.Close()
	delivered, retracted := 0, 0
	add := func() error {
		_, err := v.AddHolder(ctx, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor, Means: record.MeansSheet, Recipient: recipient(t)},
			func() error { delivered++; return nil }, func() error { retracted++; return nil })
		return err
	}
	if err := add(); !errors.Is(err, errHolderDisk) || delivered != 1 || retracted != 1 {
		t.Errorf("%v, handed over %d times, taken back %d times", err, delivered, retracted)
	}
	list := must(t, of(v.Holders(ctx)))
	if len(list) != 1 || list[0].State != record.HolderRevoked {
		t.Errorf("holders: %+v", list)
	}
	files.fails = false
	if err := add(); err != nil || delivered != 2 || retracted != 1 {
		t.Errorf("the second time: %v, handed over %d times, taken back %d times", err, delivered, retracted)
	}
	list = must(t, of(v.Holders(ctx)))
	if len(list) != 2 || list[0].Name != "maria-osei-2" || list[0].State != record.HolderOpens {
		t.Errorf("holders: %+v", list)
	}
	if check := must(t, of(v.Verify(ctx, nil))); !check.AuditOK || len(check.Problems) > 0 {
		t.Errorf("%+v", check)
	}
}

// A crash between stating a re-key and its first key file leaves it to be finished.
func TestAStatedRekeyIsToBeFinished(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	h.do(h.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := h.stateRevocation(ctx, tx, nil)
		return err
	}))
	before := h.KeyName()
	if h.Rekeying() || !must(t, of(h.RekeyBegun(ctx))) {
		t.Error("nobody is told")
	}
	h.do(h.FinishRekey(ctx, "ladder ochre", nil))
	if must(t, of(h.RekeyBegun(ctx))) || h.KeyName() == before {
		t.Error("it is not finished")
	}
	h.whole()
}

// Who held a key stays on record, whatever SQL says.
func TestHoldersStayOnRecord(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	must(t, of(h.AddHolder(ctx, record.Holder{Who: "Maria Osei", Kind: record.HolderOther, Means: record.MeansOwn, Recipient: recipient(t)}, nil, nil)))
	h.do(h.NoteHolderTested(ctx, "maria-osei", h.now))
	_, err := h.Revoke(ctx, "ladder ochre", Revocation{Without: []string{"maria-osei"}}, nil)
	h.do(err)
	for _, statement := range []string{`DELETE FROM holder`, `UPDATE holder SET who = 'X'`, `UPDATE holder SET recipient = 'age1'`, `UPDATE holder SET added = 1`,
		`UPDATE holder SET tested = tested - 1`, `UPDATE holder SET tested = NULL`, `DELETE FROM retired_key`, `UPDATE retired_key SET identity = 'x'`,
		`INSERT INTO holder(name, who, kind, means, recipient, added, author) VALUES('maria-osei', 'X', 'other', 'own', 'age1', 1, 'P')`,
		`INSERT INTO holder(name, who, kind, means, recipient, added, author) VALUES('x', 'X', 'friend', 'own', 'age1', 1, 'P')`} {
		err := h.db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, statement)
			return err
		})
		if err == nil {
			t.Errorf("%s was done", statement)
		}
	}
	h.whole()
}

// What a re-key changes is explained by the trail to who compares an earlier state.
func TestCompareOverARekey(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	must(t, of(h.AddHolder(ctx, record.Holder{Who: "Maria Osei", Kind: record.HolderOther, Means: record.MeansOwn, Recipient: recipient(t)}, nil, nil)))
	before := copyOfVault(t, h)
	h.do(h.NoteHolderTested(ctx, "maria-osei", h.now))
	_, err := h.Revoke(ctx, "ladder ochre", Revocation{Without: []string{"maria-osei"},
		Instead: &record.Holder{Who: "Bo Larsen", Kind: record.HolderOther, Means: record.MeansOwn, Recipient: recipient(t)}}, nil)
	h.do(err)
	if found := must(t, of(Compare(ctx, h.Vault, before, nil))); !found.Whole() || found.Explained == 0 {
		t.Errorf("%+v", found)
	}
}

// A name of any script gives a file's name, and no name is given twice.
func TestFreeName(t *testing.T) {
	long := strings.Repeat("abc ", 20)
	for _, c := range []struct {
		holder record.Holder
		taken  string
		want   string
	}{
		{record.Holder{Kind: record.HolderRecovery, Who: "Dana Quill"}, "", "recovery"},
		{record.Holder{Kind: record.HolderRecovery}, "recovery recovery-2", "recovery-3"},
		{record.Holder{Kind: record.HolderOther, Who: "  María  José-Ruíz, LCSW "}, "", "maria-jose-ruiz-lcsw"},
		{record.Holder{Kind: record.HolderOther, Who: "王芳"}, "", "holder"},
		{record.Holder{Kind: record.HolderOther, Who: "نورا"}, "holder", "holder-2"},
		{record.Holder{Kind: record.HolderOther, Who: long}, "", "abc-abc-abc-abc-abc-abc"},
		{record.Holder{Who: "Con", Kind: record.HolderExecutor}, "", "holder-con"},
		{record.Holder{Who: "Con", Kind: record.HolderExecutor}, "holder-con", "holder-con-2"},
	} {
		if got := freeName(c.holder, strings.Fields(c.taken)); got != c.want {
			t.Errorf("%q beside %q: %q, want %q", c.holder.Who, c.taken, got, c.want)
		}
	}
}

// A vault of another whose key file lies in the folder is not this one's.
func TestKeyFileOfAnotherVault(t *testing.T) {
	one, other := newHouse(t, "one"), newHouse(t, "other")
	foreign := must(t, of(os.ReadFile(filepath.Join(other.Dir(), "key.age"))))
	sum := must(t, of(os.ReadFile(filepath.Join(other.Dir(), "key.age.sha256"))))
	one.do(os.WriteFile(filepath.Join(one.Dir(), "key.age"), foreign, 0o600), os.WriteFile(filepath.Join(one.Dir(), "key.age.sha256"), sum, 0o600))
	if err := one.CheckPassphrase("ladder ochre"); !errors.Is(err, sealed.ErrPassphrase) {
		t.Errorf("another vault's key: %v", err)
	}
}

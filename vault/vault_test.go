package vault_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

const passphrase = "ladder ochre Venice 42"

var start = time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)

// clock is a clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

type bench struct {
	*vault.Vault
	clock *clock
	dir   string
	t     testing.TB
}

// newVault gives a real vault in a temporary folder.
func newVault(t testing.TB) *bench {
	t.Helper()
	return newVaultAt(t, start)
}

func newVaultAt(t testing.TB, now time.Time) *bench {
	t.Helper()
	b := &bench{clock: &clock{now}, dir: filepath.Join(t.TempDir(), "Test.casekeep"), t: t}
	v, err := vault.Create(context.Background(), b.dir, passphrase, record.Practice{Name: "Quill Street Practice", Zone: "America/Chicago"}, b.options())
	if err != nil {
		t.Fatal(err)
	}
	b.Vault = v
	t.Cleanup(func() { b.Vault.Close() })
	return b
}

func (b *bench) options() vault.Options {
	return vault.Options{Now: b.clock.Now, WorkFactor: 10}
}

// reopen locks the vault and unlocks it again, and waits until nothing is taken
// back any more.
func (b *bench) reopen() {
	b.t.Helper()
	if err := b.Vault.Close(); err != nil {
		b.t.Fatal(err)
	}
	v, err := vault.Open(context.Background(), b.dir, passphrase, b.options())
	if err != nil {
		b.t.Fatal(err)
	}
	b.Vault = v
	if err := v.TakenBack(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) client(name string) record.Client {
	b.t.Helper()
	c, err := b.AddClient(context.Background(), record.Client{Name: name, Contacts: []record.ContactPoint{
		{System: record.Phone, Value: "(601) 555-0142", Normal: "+16015550142"}}})
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func (b *bench) log(c record.Client, at time.Time, body string) record.Entry {
	b.t.Helper()
	e, err := b.Log(context.Background(), record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: at, Body: body})
	if err != nil {
		b.t.Fatal(err)
	}
	return e
}

// whole fails the test unless the vault verifies without a problem.
func (b *bench) whole() vault.Check {
	b.t.Helper()
	c, err := b.Verify(context.Background(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	if len(c.Problems) > 0 || !c.AuditOK {
		b.t.Fatalf("the vault is not whole: %q", c.Problems)
	}
	return c
}

package app_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

const passphrase = "ladder ochre Venice 42"

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)
)

func config(t testing.TB) app.Config {
	return app.Config{Now: func() time.Time { return now }, WorkFactor: 10, StateDir: t.TempDir()}
}

// newPractice gives a practice over a real vault in a temporary folder.
func newPractice(t testing.TB) *app.Practice {
	t.Helper()
	p, err := app.Create(ctx, filepath.Join(t.TempDir(), "Test.casekeep"), passphrase,
		record.Practice{Name: "Quill Street Practice", Zone: "America/Chicago", Own: []string{"(601) 555-0100", "Worker@Example.org"}}, config(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Lock() })
	return p
}

func addClient(t testing.TB, p *app.Practice, name string, addresses ...string) record.Client {
	t.Helper()
	c := record.Client{Name: name}
	for _, a := range addresses {
		system := record.Phone
		if filepath.Ext(a) == ".org" {
			system = record.Email
		}
		c.Contacts = append(c.Contacts, record.ContactPoint{System: system, Value: a})
	}
	c, err := p.AddClient(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// whole fails the test unless everything in the vault is in order.
func whole(t testing.TB, p *app.Practice) app.Verified {
	t.Helper()
	found, err := p.Verify(ctx, nil)
	if err != nil || !found.OK {
		t.Fatalf("the vault is not whole: %q, %v", found.Problems, err)
	}
	return found
}

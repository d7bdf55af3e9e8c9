package app

import (
	"context"
	"path/filepath"
	"testing"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// What is known of all records is what a fresh reading of them says, after
// every kind of change.
func TestWhatIsKnownFollowsEveryChange(t *testing.T) {
	ctx := context.Background()
	p, err := Create(ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre Venice 42", record.Practice{Name: "P", Zone: "UTC"}, Config{WorkFactor: 10, StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Lock() })
	same := func(step string) {
		t.Helper()
		known, err := p.allFacts(ctx)
		if err != nil {
			t.Fatal(step, err)
		}
		fresh, err := p.v.Facts(ctx)
		if err != nil || len(known) != len(fresh) {
			t.Fatalf("%s: %d known, %d on record, %v", step, len(known), len(fresh), err)
		}
		for i := range fresh {
			k, f := known[i], fresh[i]
			if k.Client.ID != f.Client.ID || k.Client.Name != f.Client.Name || len(k.Forms) != len(f.Forms) || len(k.Tally) != len(f.Tally) ||
				k.Client.Status != f.Client.Status || len(k.Places) != len(f.Places) {
				t.Errorf("%s: known %+v, on record %+v", step, k, f)
			}
		}
	}
	same("at first")
	ada, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS"})
	if err != nil {
		t.Fatal(err)
	}
	same("a client")
	e, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	same("a contact")
	safe, err := p.File(ctx, FormRequest{Client: ada.ID, Form: record.FormSafeContact,
		Values: form.Values{"text": "yes", "voicemail": "no", "say_name": "no"}})
	if err != nil {
		t.Fatal(err)
	}
	same("an entry")
	bo, err := p.AddClient(ctx, record.Client{Name: "Bo Larsen"})
	if err != nil {
		t.Fatal(err)
	}
	for name, step := range map[string]func() error{
		"a move":   func() error { return p.Move(ctx, e.ID, bo.ID, "his") },
		"a strike": func() error { return p.Strike(ctx, safe.ID, "wrong") },
		"a close":  func() error { return p.CloseClient(ctx, ada.ID, record.DateOf(p.Now()), "") },
		"a change": func() error {
			c, err := p.OpenClient(ctx, bo.ID)
			if err != nil {
				return err
			}
			c.Name, c.Jurisdiction = "Bo and Kit Larsen", "US-TN"
			return p.ChangeClient(ctx, c)
		},
	} {
		if err := step(); err != nil {
			t.Fatal(name, err)
		}
		same(name)
	}
}

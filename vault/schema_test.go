package vault_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

// entriesOf are the entries of each fixture: two contacts, and from schema 2 on
// a safe contact and a journal entry. From schema 3 on there is a rule, a hold
// and an extension too.
var entriesOf = map[string]int{"schema-1.casekeep": 2, "schema-2.casekeep": 4, "schema-3.casekeep": 4}

// Every schema that was ever written opens for ever. The vaults in
// testdata/schema-N.casekeep were written by the program of their time;
// TestWriteSchemaFixture wrote the newest one.
func TestEverySchemaOpens(t *testing.T) {
	written, err := filepath.Glob("testdata/schema-*.casekeep")
	if err != nil || len(written) == 0 {
		t.Fatalf("no vaults to open: %v", err)
	}
	for _, from := range written {
		t.Run(filepath.Base(from), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "v.casekeep")
			if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
			// Git keeps no empty folders.
			if err := os.MkdirAll(filepath.Join(dir, "attachments"), 0o700); err != nil {
				t.Fatal(err)
			}
			v, err := vault.Open(ctx, dir, passphrase, vault.Options{Now: func() time.Time { return start.AddDate(1, 0, 0) }})
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			check, err := v.Verify(ctx, nil)
			if err != nil || len(check.Problems) > 0 || !check.AuditOK || check.Clients != 1 || check.Entries != entriesOf[filepath.Base(from)] {
				t.Errorf("check: %+v, %v", check, err)
			}
			hits, err := v.Search(ctx, vault.Search{Query: "landlord"})
			if err != nil || len(hits) != 1 || hits[0].ClientName != "Ada Quill" {
				t.Errorf("hits: %+v, %v", hits, err)
			}
			held := filepath.Base(from) >= "schema-3"
			if keeps, err := v.Keep(ctx, hits[0].Client); err != nil || len(keeps) != 1 || (keeps[0].Status == record.KeepHeld) != held {
				t.Errorf("kept: %+v, %v", keeps, err)
			}
			if _, err := v.Log(ctx, record.Entry{Client: hits[0].Client, Channel: record.Text, Direction: record.In, Body: "and on"}); err != nil {
				t.Error(err)
			}
		})
	}
}

// With CASEKEEP_FIXTURE=FOLDER a vault of the present schema is written there,
// to be kept under testdata when a schema is released.
func TestWriteSchemaFixture(t *testing.T) {
	dir := os.Getenv("CASEKEEP_FIXTURE")
	if dir == "" {
		t.Skip("CASEKEEP_FIXTURE names no folder to write to")
	}
	c := &clock{start}
	v, err := vault.Create(ctx, dir, passphrase, record.Practice{Name: "Quill Street Practice", Zone: "America/Chicago"}, vault.Options{Now: c.Now, WorkFactor: 10})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{Vault: v, clock: c, dir: dir, t: t}
	ada := b.client("Ada Quill")
	e := b.log(ada, start.Add(-time.Hour), "The landlord wrote back 🙂")
	b.log(ada, start, "明天见")
	if err := v.Amend(ctx, e.ID, "It was the janitor.", "misheard"); err != nil {
		t.Fatal(err)
	}
	for _, f := range []vault.Filing{note(ada.ID, record.FormSafeContact, `{"text":"yes","voicemail":"no","say_name":"yes"}`),
		note(record.Book, record.FormJournal, `{"on":"2026-11-21","topic":"t","text":"x"}`)} {
		if _, err := v.File(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.SetRetentionRule(ctx, texas("2026-11-21")); err != nil {
		t.Fatal(err)
	}
	if _, err := v.PlaceHold(ctx, record.Hold{Client: ada.ID, Matter: "Doe v. Roe", Source: "subpoena"}); err != nil {
		t.Fatal(err)
	}
	if err := v.ExtendKeeping(ctx, ada.ID, date("2040-01-01"), "a study"); err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
}

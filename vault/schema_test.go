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
// and an extension too, and from schema 4 on two holders, one of them revoked.
var entriesOf = map[string]int{"schema-1.casekeep": 2, "schema-2.casekeep": 4, "schema-3.casekeep": 4, "schema-4.casekeep": 4}

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
			holders, err := v.Holders(ctx)
			if knows := filepath.Base(from) >= "schema-4"; err != nil || knows && (len(holders) != 2 || holders[0].State != record.HolderOpens ||
				holders[0].Tested.IsZero() || holders[1].State != record.HolderRevoked) || !knows && len(holders) > 0 {
				t.Errorf("holders: %+v, %v", holders, err)
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
	const maria, bo = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", "age1y8m84r6pwd4da5d45zzk03rlgv2xr7fn9px80suw3psrahul44ashl0usm"
	for who, to := range map[string]string{"Maria Osei": maria, "Bo Larsen": bo} {
		if _, err := v.AddHolder(ctx, record.Holder{Who: who, Kind: record.HolderExecutor, Means: record.MeansOwn, Recipient: to}, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.NoteHolderTested(ctx, "maria-osei", start); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Revoke(ctx, passphrase, vault.Revocation{Without: []string{"bo-larsen"}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
}

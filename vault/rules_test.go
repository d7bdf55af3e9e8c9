package vault

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

// openFilled gives a vault with one client, one typed entry, and one imported
// entry with everything that can hang on it.
func openFilled(t *testing.T) *Vault {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)
	v, err := Create(ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre", record.Practice{Name: "P"},
		Options{WorkFactor: 10, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	c, err := v.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS"})
	if err != nil {
		t.Fatal(err)
	}
	typed, err := v.Log(ctx, record.Entry{Client: c.ID, Channel: record.Call, Direction: record.Out, Body: "typed"})
	if err != nil {
		t.Fatal(err)
	}
	im, err := v.BeginImport(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.OpenSource(ctx, "f", "x"); err != nil {
		t.Fatal(err)
	}
	blob, err := v.PutBlob(ctx, strings.NewReader("file"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = im.Add(ctx, Message{Dedupe: record.Hash{1}, Entry: record.Entry{Channel: record.Text, Direction: record.In, At: now,
		Zone: "UTC", Body: "imported", Provenance: &record.Provenance{Locator: "1"},
		Attachments: []record.Attachment{{Name: "f", Size: blob.Size, SHA256: blob.SHA256, Blob: blob.Name}}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := im.CloseSource(ctx, record.Source{Format: "x", SHA256: record.Hash{1}}); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Finish(ctx, record.Batch{Found: 1}); err != nil {
		t.Fatal(err)
	}
	imported := typed.ID + 1
	for _, step := range []error{v.Amend(ctx, imported, "more", ""), v.Strike(ctx, typed.ID, "error")} {
		if step != nil {
			t.Fatal(step)
		}
	}
	_, err = v.Disclose(ctx, Release{Entries: []record.EntryID{typed.ID}, Disclosure: record.Disclosure{Client: c.ID, To: "a", Purpose: "b"}},
		func() error { return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The database itself refuses what the timeline's rules forbid, whatever code
// asks.
func TestDatabaseRefusesWhatRulesForbid(t *testing.T) {
	v := openFilled(t)
	ctx := context.Background()
	for _, statement := range []string{
		`UPDATE entry SET body = 'changed'`,
		`UPDATE entry SET at = at + 1`,
		`UPDATE entry SET zone = 'UTC+1'`,
		`UPDATE entry SET direction = 'third'`,
		`UPDATE entry SET written = written + 1`,
		`UPDATE entry SET released = 0 WHERE released = 1`,
		`UPDATE entry SET batch = NULL WHERE batch IS NOT NULL`,
		`UPDATE entry SET client = 2`,
		`DELETE FROM entry WHERE batch IS NULL`,
		`DELETE FROM entry WHERE batch IS NOT NULL`,
		`DELETE FROM client`,
		`UPDATE client SET number = '1999-001'`,
		`DELETE FROM provenance`,
		`UPDATE provenance SET locator = 'x'`,
		`DELETE FROM attachment`,
		`UPDATE attachment SET name = 'x'`,
		`DELETE FROM amendment`,
		`UPDATE amendment SET text = 'x'`,
		`DELETE FROM strike`,
		`UPDATE strike SET reason = 'x'`,
		`UPDATE entry SET form = 'journal'`,
		`UPDATE entry SET data = '{}'`,
		`UPDATE entry SET about = 1`,
		`UPDATE entry SET purpose = 'crisis'`,
		`UPDATE entry SET own_location = 'x'`,
		`UPDATE entry SET day_only = 1`,
		`INSERT INTO entry(id, client, channel, direction, at, zone, zone_basis, written, body) VALUES(9, -1, 'text', 'in', 0, 'UTC', '', 0, 'x')`,
		`INSERT INTO move(entry, origin, target, at, reason) SELECT id, client, -1, 0, 'x' FROM entry`,
		`UPDATE client SET kind = 'individual' WHERE id = -1`,
		`UPDATE client SET kind = 'practice' WHERE id = 1`,
		`UPDATE client SET id = -2 WHERE id = -1`,
		`DELETE FROM client_place`,
		`UPDATE client_place SET jurisdiction = 'US-TN'`,
		`DELETE FROM client_status`,
		`UPDATE client_status SET status = 'active'`,
		`DELETE FROM disclosure`,
		`UPDATE disclosure SET purpose = 'x'`,
		`DELETE FROM disclosure_entry`,
		`DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)`,
		`UPDATE audit SET detail = 'x'`,
		`DELETE FROM batch`,
		`UPDATE source SET sha256 = zeroblob(32)`,
		`DELETE FROM source`,
		`INSERT OR REPLACE INTO entry(id, client, channel, direction, at, zone, zone_basis, written, body)
			SELECT id, client, channel, direction, at, zone, zone_basis, written, 'replaced' FROM entry`,
		`INSERT OR REPLACE INTO audit(seq, at, actor, action, hash) VALUES(1, 0, '', '', zeroblob(32))`,
		`DROP TABLE audit`,
		`DROP TRIGGER entry_kept`,
		`ALTER TABLE entry RENAME TO gone`,
		`ATTACH DATABASE 'plain.db' AS plain`,
		`VACUUM INTO 'plain.db'`,
		`PRAGMA writable_schema = ON`,
		`PRAGMA recursive_triggers = OFF`,
	} {
		var changed int64
		err := v.db.Write(ctx, func(tx *sql.Tx) error {
			result, err := tx.ExecContext(ctx, statement)
			if err == nil {
				changed, _ = result.RowsAffected()
			}
			return err
		})
		if err == nil {
			t.Errorf("the database took: %s (%d rows)", statement, changed)
		}
	}
	check, err := v.Verify(ctx, nil)
	if err != nil || len(check.Problems) != 0 || check.Entries != 2 {
		t.Errorf("after the attempts: %+v, %v", check, err)
	}
}

// An import of which something was released is not undone, whatever code asks.
func TestDatabaseKeepsReleasedImports(t *testing.T) {
	v := openFilled(t)
	ctx := context.Background()
	if err := v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE batch SET released = 1`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`UPDATE batch SET undone = 1`, `UPDATE batch SET released = 0`} {
		if err := v.db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, statement)
			return err
		}); err == nil {
			t.Errorf("the database took: %s", statement)
		}
	}
	if _, err := v.undo(ctx, 1); err == nil {
		t.Error("a released import was undone")
	}
}

// Whoever rewrites the audit trail below the program is found out.
func TestVerifyFindsARewrittenAuditTrail(t *testing.T) {
	for name, statement := range map[string]string{
		"changed": `UPDATE audit SET actor = 'somebody else' WHERE seq = 2`,
		"missing": `DELETE FROM audit WHERE seq = 2`,
		"earlier": `UPDATE audit SET at = at - 1 WHERE seq = 3`,
	} {
		t.Run(name, func(t *testing.T) {
			v := openFilled(t)
			ctx := context.Background()
			err := v.db.Maintain(ctx, func(conn *sql.Conn) error {
				_, err := conn.ExecContext(ctx, `DROP TRIGGER audit_fixed; DROP TRIGGER audit_kept; `+statement)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			check, err := v.Verify(ctx, nil)
			if err != nil || check.AuditOK || len(check.Problems) != 1 || !strings.Contains(check.Problems[0], "audit trail") {
				t.Errorf("check: %+v, %v", check, err)
			}
		})
	}
}

func TestVerifyFindsATimelineThatDoesNotAddUp(t *testing.T) {
	for _, statement := range []string{`UPDATE client SET entries = entries + 1`, `UPDATE client SET last_entry = NULL`} {
		v := openFilled(t)
		ctx := context.Background()
		err := v.db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, statement)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		check, err := v.Verify(ctx, nil)
		if err != nil || len(check.Problems) == 0 || !strings.Contains(check.Problems[0], "list of clients") {
			t.Errorf("%s: %q, %v", statement, check.Problems, err)
		}
	}
}

// Verify notices an index that lost an entry, and an attachment that is gone.
func TestVerifyFindsLostIndexAndAttachment(t *testing.T) {
	v := openFilled(t)
	ctx := context.Background()
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		return unindex(ctx, tx, 1+record.EntryID(v.time.last.UnixMilli()<<16))
	})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := v.db.Blobs()
	if err != nil || len(blobs) != 1 {
		t.Fatal(blobs, err)
	}
	if err := v.db.RemoveBlob(blobs[0]); err != nil {
		t.Fatal(err)
	}
	check, err := v.Verify(ctx, nil)
	if err != nil || len(check.Problems) != 2 || !strings.HasSuffix(check.Problems[1], "is missing") {
		t.Errorf("problems: %q, %v", check.Problems, err)
	}
}

// A vault that was open for long, read on one connection while another one
// wrote, is not called damaged.
func TestVerifyOfALongOpenVault(t *testing.T) {
	v := openFilled(t)
	ctx := context.Background()
	for i := range 300 {
		if _, err := v.Log(ctx, record.Entry{Client: 1, Channel: record.Text, Direction: record.In, Body: "again and again the landlord"}); err != nil {
			t.Fatal(err)
		}
		if i%50 == 0 {
			if check, err := v.Verify(ctx, nil); err != nil || len(check.Problems) > 0 {
				t.Fatalf("after %d entries: %q, %v", i, check.Problems, err)
			}
		}
	}
	if check, err := v.Verify(ctx, nil); err != nil || len(check.Problems) > 0 {
		t.Fatalf("at the end: %q, %v", check.Problems, err)
	}
}

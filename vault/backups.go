package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// BackupPlan gives where and when the vault is backed up.
func (v *Vault) BackupPlan(ctx context.Context) (record.BackupPlan, error) {
	var p record.BackupPlan
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var text string
		err := tx.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = 'backups'`).Scan(&text)
		if err == sql.ErrNoRows {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the plan of backups: %w", err)
		}
		return json.Unmarshal([]byte(text), &p)
	})
	return p, err
}

// SetBackupPlan replaces where and when the vault is backed up.
func (v *Vault) SetBackupPlan(ctx context.Context, p record.BackupPlan) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO setting(key, value) VALUES('backups', ?)
			ON CONFLICT(key) DO UPDATE SET value = excluded.value`, string(text))
		if err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "backups.plan", detail: fmt.Sprintf("%d targets", len(p.Targets))})
	})
}

// NoteBackup remembers a backup that was made. It is no event of the audit
// trail: nothing of a record changed by it.
func (v *Vault) NoteBackup(ctx context.Context, b record.KnownBackup) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO backup_known(target, generation, at, entries, bytes, cleared) VALUES(?,?,?,?,?,?)
			ON CONFLICT DO UPDATE SET gone = NULL, cleared = max(cleared, excluded.cleared)`,
			b.Target, b.Generation, b.At.UnixMilli(), b.Entries, b.Bytes, b.Cleared)
		return err
	})
}

// NoteGone remembers that backups are no longer there.
func (v *Vault) NoteGone(ctx context.Context, target string, generations []string) error {
	if len(generations) == 0 {
		return nil
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		for _, g := range generations {
			_, err := tx.ExecContext(ctx, `UPDATE backup_known SET gone = ? WHERE target = ? AND generation = ? AND gone IS NULL`,
				v.clock().UnixMilli(), target, g)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// KnownBackups gives the backups that were made, as this vault remembers them,
// the newest first.
func (v *Vault) KnownBackups(ctx context.Context) ([]record.KnownBackup, error) {
	list := []record.KnownBackup{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT target, generation, at, entries, bytes, coalesce(gone, 0), cleared FROM backup_known ORDER BY at DESC, target`,
			func(rows *sql.Rows) error {
				var b record.KnownBackup
				var at, gone int64
				err := rows.Scan(&b.Target, &b.Generation, &at, &b.Entries, &b.Bytes, &gone, &b.Cleared)
				b.At = time.UnixMilli(at).UTC()
				if gone != 0 {
					b.Gone = time.UnixMilli(gone).UTC()
				}
				list = append(list, b)
				return err
			})
	})
	return list, err
}

package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// SetDraft keeps what was typed for a client and is not logged yet, in place
// of what was kept before; a text of spaces alone removes it. A draft is no
// part of the record: nothing is audited. Client 0 is one not added yet.
func (v *Vault) SetDraft(ctx context.Context, client record.ClientID, text string) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		if strings.TrimSpace(text) == "" {
			_, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE key = ?`, draftKey(client))
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO setting(key, value) VALUES(?, ?)
			ON CONFLICT(key) DO UPDATE SET value = excluded.value`, draftKey(client), text)
		return err
	})
}

// Draft gives what SetDraft kept, "" if nothing.
func (v *Vault) Draft(ctx context.Context, client record.ClientID) (string, error) {
	var text string
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, draftKey(client)).Scan(&text)
		if err == sql.ErrNoRows {
			return nil
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading a draft: %w", err)
	}
	return text, nil
}

func draftKey(client record.ClientID) string { return "draft." + client.String() }

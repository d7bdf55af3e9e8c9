package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// SetDraft keeps what was typed for a client and is not saved yet, in place of
// what was kept before; a text of spaces alone removes it. Each form has a
// draft of its own; "" is the contact that is being logged. A draft is no part
// of the record: nothing is audited. Client 0 is one not added yet.
func (v *Vault) SetDraft(ctx context.Context, client record.ClientID, form record.Form, text string) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		if strings.TrimSpace(text) == "" {
			_, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE key = ?`, draftKey(client, form))
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO setting(key, value) VALUES(?, ?)
			ON CONFLICT(key) DO UPDATE SET value = excluded.value`, draftKey(client, form), text)
		return err
	})
}

// Draft gives what SetDraft kept, "" if nothing.
func (v *Vault) Draft(ctx context.Context, client record.ClientID, form record.Form) (string, error) {
	var text string
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, draftKey(client, form)).Scan(&text)
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

func draftKey(client record.ClientID, form record.Form) string {
	if form == "" {
		return "draft." + client.String()
	}
	return "draft." + client.String() + "." + string(form)
}

package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casekeep/vault/record"
)

// A Handing is a way in which a decrypted attachment leaves the vault.
type Handing string

// The ways.
const (
	HandedOpened Handing = "attachment.open-outside" // copied to be opened with another program
	HandedUnread Handing = "attachment.not-opened"   // no program opened that copy, and it was removed
	HandedSaved  Handing = "attachment.save"         // a copy was saved in a folder
)

// NoteHanding writes down that a decrypted attachment left the vault. It stays
// with the practitioner, so it is no disclosure. A vault that is read-only hands
// out too, and cannot note it.
func (v *Vault) NoteHanding(ctx context.Context, how Handing, attachment int64) error {
	if !v.canNote() {
		return nil
	}
	return v.db.Write(v.noting(ctx), func(tx *sql.Tx) error {
		var client record.ClientID
		var entry record.EntryID
		err := tx.QueryRowContext(ctx, `SELECT e.client, e.id FROM attachment a JOIN entry e ON e.id = a.entry AND e.client >= -1
			WHERE a.id = ?`, attachment).Scan(&client, &entry)
		if err == sql.ErrNoRows {
			return errors.New("no such attachment")
		}
		if err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: string(how), client: client, entry: entry, detail: fmt.Sprintf("file %d", attachment)})
	})
}

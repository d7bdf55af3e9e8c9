package vault

import (
	"context"
	"database/sql"
	"fmt"

	"casekeep/vault/record"
)

// What the trail says of openings with a holder's key.
const (
	holderOpened = "vault.open"
	openingsTold = "vault.openings-told"
)

// TellOpenings gives the openings with a holder's key that the practitioner was
// not told of yet, the oldest first, and notes that this is done now. To somebody
// who opened the vault with such a key nothing is told; from a vault that cannot be
// written it is told again.
func (v *Vault) TellOpenings(ctx context.Context) ([]record.AuditEvent, error) {
	if v.holder != "" {
		return nil, nil
	}
	var found []record.AuditEvent
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT `+auditColumns+` FROM audit WHERE action = ?
			AND seq > (SELECT COALESCE(MAX(seq), 0) FROM audit WHERE action = ?) ORDER BY seq`, func(rows *sql.Rows) error {
			e, err := scanEvent(rows)
			found = append(found, e)
			return err
		}, holderOpened, openingsTold)
	})
	if err != nil {
		return nil, fmt.Errorf("reading who opened the vault: %w", err)
	}
	if len(found) == 0 || v.Status().ReadOnly != nil {
		return found, nil
	}
	return found, v.db.Write(ctx, func(tx *sql.Tx) error {
		return v.audit(ctx, tx, event{action: openingsTold, detail: fmt.Sprintf("%d openings", len(found))})
	})
}

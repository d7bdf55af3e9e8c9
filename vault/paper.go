package vault

import (
	"context"
	"database/sql"
	"errors"

	"casekeep/vault/record"
)

// NotePaper audits that what is on record of some clients went on a paper that
// the practitioner keeps, as "paper.WHAT", once in the trail of each. Such a
// paper is no disclosure: nobody else receives it. The file is handed over in
// the same transaction, as with Disclose.
func (v *Vault) NotePaper(ctx context.Context, what string, clients []record.ClientID, deliver, retract func() error) error {
	delivered := false
	err := v.db.Write(v.noting(ctx), func(tx *sql.Tx) error {
		for _, id := range clients {
			if err := needClient(ctx, tx, id); err != nil {
				return err
			}
			if err := v.audit(ctx, tx, event{action: "paper." + what, client: id}); err != nil {
				return err
			}
		}
		if err := deliver(); err != nil {
			return err
		}
		delivered = true
		return nil
	})
	if err != nil && delivered {
		err = errors.Join(err, retract())
	}
	return err
}

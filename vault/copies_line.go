package vault

import (
	"context"
	"database/sql"
	"encoding/json"

	"casekeep/vault/backup"
	"casekeep/vault/record"
)

// Line is where in the audit trail a backup was made. The trail is a chain, so that
// a vault tells by it whether it comes from that state: a copy that somebody works
// in beside it goes on in a line of its own.
type Line struct {
	Events int64       `json:"events"`
	Head   record.Hash `json:"head"`
}

// Others gives those of a list of backups which this vault does not come from: made
// in another copy of it, or in a later state of it than it was put back to. Nothing
// is said of those that cannot be read, or that an earlier program made.
func (v *Vault) Others(ctx context.Context, list []Copy) (others []Copy, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		for _, one := range list {
			l := one.Facts.Line
			if one.Problem != nil || l == nil || l.Events == 0 {
				continue
			}
			var hash []byte
			err := tx.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = ?`, l.Events).Scan(&hash)
			if err != nil && err != sql.ErrNoRows {
				return err
			}
			if string(hash) != string(l.Head[:]) {
				others = append(others, one)
			}
		}
		return nil
	})
	return others, err
}

// inLine gives a note that leaves a backup in the line in which it was made, though
// its own trail goes on where it is cleared.
func inLine(n backup.Note, l *Line) (backup.Note, error) {
	var facts CopyFacts
	if err := json.Unmarshal(n.Facts, &facts); err != nil {
		return n, err
	}
	facts.Line = l
	var err error
	n.Facts, err = json.Marshal(facts)
	return n, err
}

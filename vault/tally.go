package vault

import (
	"context"
	"database/sql"
	"fmt"

	"casekeep/vault/record"
)

// tallied gives, for the contacts of one client or of all, what contact_tally
// holds. A contact that was struck through, or entered anew under another
// time, did not take place as it says. What an import files is counted when it
// ends.
const tallied = `SELECT client, channel,
	CASE WHEN direction = 'third' THEN 'third' WHEN purpose <> '' THEN 'exempt' ELSE 'service' END AS kind,
	location, own_location, count(*), sum(identity = 'confirmed'), min(id), max(id)
	FROM entry e WHERE form = ''
	AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id)
	AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)
	AND (batch IS NULL OR (batch, client) NOT IN (SELECT id, client FROM batch WHERE finished IS NULL))`

// retally counts a client's contacts anew.
func retally(ctx context.Context, tx *sql.Tx, client record.ClientID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM contact_tally WHERE client = ?`, client); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO contact_tally `+tallied+` AND client = ? GROUP BY 1, 2, 3, 4, 5`, client)
	return err
}

// tallyLogged counts one contact that was just logged.
func tallyLogged(ctx context.Context, tx *sql.Tx, e record.Entry) error {
	if e.Supersedes != 0 {
		return retally(ctx, tx, e.Client)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO contact_tally(client, channel, kind, location, own_location, contacts,
		confirmed, first, last) VALUES(?,?,?,?,?,1,?,?7,?7)
		ON CONFLICT DO UPDATE SET contacts = contacts + 1, confirmed = confirmed + excluded.confirmed,
		first = min(first, excluded.first), last = max(last, excluded.last)`,
		e.Client, e.Channel, tallyKind(e), e.Location, e.OwnLocation, e.Identity == record.IdentityConfirmed, e.ID)
	return err
}

func tallyKind(e record.Entry) string {
	switch {
	case e.Direction == record.Third:
		return record.TallyThird
	case e.Purpose != record.PurposeService:
		return record.TallyExempt
	}
	return record.TallyService
}

// checkTally compares the tally with the contacts. Of a record into which an
// import runs, or was cut off, it says nothing yet: an earlier version may have
// counted a part.
func (v *Vault) checkTally(ctx context.Context, c *Check) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		const grouped = tallied + ` GROUP BY 1, 2, 3, 4, 5`
		return each(ctx, tx, `SELECT c.number FROM client c WHERE c.id IN (
			SELECT client FROM (SELECT * FROM contact_tally EXCEPT `+grouped+`)
			UNION SELECT client FROM (`+grouped+` EXCEPT SELECT * FROM contact_tally))
			AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.client = c.id AND b.finished IS NULL) ORDER BY c.number`,
			func(rows *sql.Rows) error {
				var number string
				err := rows.Scan(&number)
				c.Problems = append(c.Problems, fmt.Sprintf("the tally of contacts of record %s is not what its timeline says", number))
				return err
			})
	})
}

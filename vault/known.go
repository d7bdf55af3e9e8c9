package vault

import (
	"context"
	"database/sql"
	"fmt"

	"casekeep/vault/record"
)

// Outcome says what became of a message that was offered to an import.
type Outcome int

// The outcomes of Add.
const (
	Imported   Outcome = iota
	Duplicate          // it is in this client's record already
	MovedAway          // it was in this record, and was moved to another client
	NewVersion         // imported beside an earlier version that says something else
	Withheld           // an order put it out of sight, in whichever record it stood
)

// Known recognizes the messages that a record holds, or held until they were
// moved to another client, those that an order put out of sight, and those it
// was asked about before.
type Known struct {
	copies map[record.Hash][]copyOf
}

type copyOf struct {
	entry   record.EntryID // or one of the two below
	content record.Hash
	twin    int
}

const (
	movedAway   record.EntryID = 0
	notYetFiled record.EntryID = -1
	withheld    record.EntryID = -2
)

// Known reads what recognizes the messages of a client's record, once no import
// is being taken back.
func (v *Vault) Known(ctx context.Context, client record.ClientID) (*Known, error) {
	if err := v.TakenBack(ctx); err != nil {
		return nil, err
	}
	k := &Known{copies: map[record.Hash][]copyOf{}}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT p.dedupe, p.content, p.twin, CASE WHEN e.client = ?1 THEN e.id ELSE 0 END
			FROM provenance p JOIN entry e ON e.id = p.entry
			WHERE e.client = ?1 OR (e.client > 0 AND e.id IN (SELECT entry FROM move WHERE origin = ?1))
			UNION ALL SELECT dedupe, content, twin, -2 FROM sequestration WHERE dedupe IS NOT NULL AND returned IS NULL`, func(rows *sql.Rows) error {
			var key, content []byte
			var c copyOf
			if err := rows.Scan(&key, &content, &c.twin, &c.entry); err != nil {
				return err
			}
			copy(c.content[:], content)
			k.copies[record.Hash(key)] = append(k.copies[record.Hash(key)], c)
			return nil
		}, client)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what was imported before: %w", err)
	}
	return k, nil
}

// Recognize says whether a message is new, and remembers it. For a NewVersion
// it gives the earlier version's entry; a version that is not filed yet has
// none, so a second version within one import stands on its own.
func (k *Known) Recognize(dedupe, content record.Hash, twin int) (Outcome, record.EntryID) {
	outcome, earlier, held := Imported, record.EntryID(0), false
	for _, c := range k.copies[dedupe] {
		if c.entry == withheld {
			held = held || c.content != content || c.twin == twin
			continue
		}
		if c.content == content && c.twin == twin {
			if c.entry == movedAway {
				return MovedAway, 0
			}
			return Duplicate, 0
		}
		if c.content != content && c.entry > 0 && outcome == Imported {
			outcome, earlier = NewVersion, c.entry
		}
	}
	if held {
		return Withheld, 0
	}
	k.copies[dedupe] = append(k.copies[dedupe], copyOf{entry: notYetFiled, content: content, twin: twin})
	return outcome, earlier
}

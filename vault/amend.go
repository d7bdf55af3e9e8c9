package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// Amend adds text to an entry. What stood before stays (45 CFR 164.526).
func (v *Vault) Amend(ctx context.Context, id record.EntryID, text, reason string) error {
	text, err := typed(text)
	if err != nil {
		return err
	}
	if text = strings.TrimSpace(text); text == "" {
		return errors.New("an amendment needs a text: write what is to be added or corrected")
	}
	if len(text) > maxBody {
		return fmt.Errorf("the amendment is too long: %d MB at most", maxBody>>20)
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error { return v.amendIn(ctx, tx, id, text, oneLine(reason)) })
}

func (v *Vault) amendIn(ctx context.Context, tx *sql.Tx, id record.EntryID, text, reason string) error {
	e, err := loadStaying(ctx, tx, id)
	if err != nil {
		return err
	}
	return v.putAmendment(ctx, tx, e, text, reason)
}

func (v *Vault) putAmendment(ctx context.Context, tx *sql.Tx, e record.Entry, text, reason string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO amendment(entry, at, author, text, reason) VALUES(?,?,?,?,?)`,
		e.ID, v.clock().UnixMilli(), v.author(), text, reason)
	if err != nil {
		return err
	}
	if err := unindex(ctx, tx, e.ID); err != nil {
		return err
	}
	e.Amendments = append(e.Amendments, record.Amendment{Text: text})
	if err := reindex(ctx, tx, e); err != nil {
		return err
	}
	return v.audit(ctx, tx, event{action: "entry.amend", client: e.Client, entry: e.ID})
}

// Strike marks an entry as an error, with a reason. Its text stays readable. A
// line that it had set above the record becomes what the entry before it says.
func (v *Vault) Strike(ctx context.Context, id record.EntryID, reason string) error {
	reason = oneLine(reason)
	if reason == "" {
		return errors.New("striking an entry through needs a reason: say what is wrong with it")
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		e, err := loadStaying(ctx, tx, id)
		if err != nil {
			return err
		}
		if e.Struck != nil {
			return errors.New("this entry is already struck through: add an amendment instead")
		}
		return v.putStrike(ctx, tx, e, reason)
	})
}

func (v *Vault) putStrike(ctx context.Context, tx *sql.Tx, e record.Entry, reason string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO strike(entry, at, author, reason) VALUES(?,?,?,?)`,
		e.ID, v.clock().UnixMilli(), v.author(), reason)
	if err != nil {
		return err
	}
	if err := retally(ctx, tx, e.Client); err != nil {
		return err
	}
	if err := v.withdrawLines(ctx, tx, e); err != nil {
		return err
	}
	return v.audit(ctx, tx, event{action: "entry.strike", client: e.Client, entry: e.ID})
}

// Move files an entry to the client it belongs to, with the lines that it had
// set above the record. The audits of both records say so, and neither names the
// other client.
func (v *Vault) Move(ctx context.Context, id record.EntryID, to record.ClientID, reason string) error {
	reason = oneLine(reason)
	if reason == "" {
		return errors.New("moving an entry needs a reason: say why it belongs to the other client")
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		e, err := loadStaying(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := needClient(ctx, tx, to); err != nil {
			return err
		}
		if e.Client == record.Book || to == record.Book {
			return errors.New("what stands in the practice's own book stays there, and nothing is moved into it")
		}
		if e.Client == to {
			return errors.New("the entry already belongs to this client")
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO move(entry, origin, target, at, reason) VALUES(?,?,?,?,?)`,
			id, e.Client, to, v.clock().UnixMilli(), reason)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE entry SET client = ? WHERE id = ?`, to, id); err != nil {
			return err
		}
		for _, client := range []record.ClientID{e.Client, to} {
			if err := recountClient(ctx, tx, client); err != nil {
				return err
			}
		}
		if err := v.withdrawLines(ctx, tx, e); err != nil {
			return err
		}
		if err := v.bringLines(ctx, tx, e, to); err != nil {
			return err
		}
		if err := v.audit(ctx, tx, event{action: "entry.moved-out", client: e.Client, entry: id}); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "entry.moved-in", client: to, entry: id})
	})
}

// unindex takes an entry out of the index. An external-content index must be
// told what it held.
func unindex(ctx context.Context, tx *sql.Tx, id record.EntryID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO entry_index(entry_index, rowid, said)
		SELECT 'delete', id, said FROM entry_said WHERE id = ?`, id)
	return err
}

// reindex puts an entry, taken out before, back into the index as it stands
// now.
func reindex(ctx context.Context, tx *sql.Tx, e record.Entry) error {
	said := saidText(e)
	if _, err := tx.ExecContext(ctx, `UPDATE entry SET search = ? WHERE id = ?`, said, e.ID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO entry_index(rowid, said) SELECT id, said FROM entry_said WHERE id = ?`, e.ID)
	return err
}

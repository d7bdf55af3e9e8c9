package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"filippo.io/age"

	"casekeep/vault/record"
)

// SequesterOrder says what is put out of sight, by whose order, and whether it
// is sealed to somebody.
type SequesterOrder struct {
	Entries []record.EntryID // none: the whole record
	Ground  string           // record.GroundCourt and the rest
	Reason  string
	Order   Filing   // the entry of the practice's own book that has the order
	Files   []Upload // the order itself

	Holder     string // an age recipient; "": the entries stay in this vault
	HolderName string // who that is
}

// Sequester puts entries of a record, or the record whole, out of every view,
// search, count and release, on the ground of an order that is filed in the
// practice's book in the same step. Versions of the same statement or message
// go together. The retention of the record counts them on, and no import brings
// them back.
//
// With a Holder each entry is sealed to that recipient with its files, and what
// the vault keeps of it is that file, of which it has no key; its rows and files
// go, from pages and disk too, as those of a destroyed record do.
func (v *Vault) Sequester(ctx context.Context, client record.ClientID, o SequesterOrder, doing Doing) error {
	to, err := checkSequester(&o)
	if err != nil {
		return err
	}
	if err := v.prepareFiling(ctx, &o.Order); err != nil {
		return err
	}
	whole := len(o.Entries) == 0
	ids, err := v.toSequester(ctx, client, o.Entries)
	if err != nil {
		return err
	}
	v.sweeping.Lock()
	defer v.sweeping.Unlock()
	files, err := v.upload(ctx, o.Files)
	if err != nil {
		return err
	}
	o.Order.Entry.Attachments = files
	sealed, err := v.sealAll(ctx, ids, to, doing)
	if err == nil {
		err = v.db.Write(ctx, func(tx *sql.Tx) error { return v.putAway(ctx, tx, client, &o, whole, ids, sealed) })
	}
	if err != nil {
		v.dropBlobs(files)
		for _, s := range sealed {
			_ = v.db.RemoveBlob(s.blob.Name)
		}
		return fmt.Errorf("nothing was put out of sight: %w", err)
	}
	v.forget(client)
	if err := v.sweep(steady(ctx), doing); err != nil {
		return fmt.Errorf("the entries are sealed, but the vault's files are not yet free of them: lock the vault and unlock it again, which finishes that: %w", err)
	}
	return nil
}

func checkSequester(o *SequesterOrder) (age.Recipient, error) {
	o.Reason, o.Holder, o.HolderName = oneLine(o.Reason), strings.TrimSpace(o.Holder), oneLine(o.HolderName)
	switch o.Ground {
	case record.GroundCourt, record.GroundPrivileged, record.GroundUnlawful:
	default:
		return nil, errors.New("say on which ground: sealed by a court, privileged, or unlawful to hold")
	}
	if o.Reason == "" {
		return nil, errors.New("putting something out of sight needs a reason, in words that do not repeat it")
	}
	if o.Order.Entry.Client != record.Book {
		return nil, errors.New("the order stands in the practice's own book")
	}
	if o.Holder == "" {
		o.HolderName = ""
		return nil, nil
	}
	list, err := age.ParseRecipients(strings.NewReader(o.Holder))
	if err != nil || len(list) != 1 {
		return nil, errors.New("the holder's recipient is not one that age knows: it begins with age1, and is one line")
	}
	if o.HolderName == "" {
		o.HolderName = o.Holder
	}
	return list[0], nil
}

// toSequester gives the entries that go: those named with their versions, or
// all of the record.
func (v *Vault) toSequester(ctx context.Context, client record.ClientID, named []record.EntryID) ([]record.EntryID, error) {
	if client <= 0 {
		return nil, ErrNoClient
	}
	var ids []record.EntryID
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		c, err := loadClient(ctx, tx, client)
		if err != nil {
			return err
		}
		if len(named) == 0 {
			if c.Status != record.Closed {
				return errors.New("close the record first: while it is out of sight nothing changes in it, and its retention would never end")
			}
			if err := noImport(ctx, tx, client); err != nil {
				return err
			}
			ids, err = entriesOf(ctx, tx, client)
		} else {
			ids, err = versionsOf(ctx, tx, client, named)
		}
		if err == nil {
			ids, err = stillInSight(ctx, tx, client, ids)
		}
		if err != nil {
			return err
		}
		if len(ids) == 0 && len(named) > 0 {
			return ErrNoEntry
		}
		return noOpenRequest(ctx, tx, client, ids)
	})
	return ids, err
}

// versionsOf gives entries of a record with what each corrects, what corrects
// it, and the other versions of the same message.
func versionsOf(ctx context.Context, tx *sql.Tx, client record.ClientID, named []record.EntryID) ([]record.EntryID, error) {
	var ids []record.EntryID
	have := map[record.EntryID]bool{}
	for _, id := range named {
		found := false
		err := each(ctx, tx, `WITH RECURSIVE same(id) AS (SELECT id FROM entry_of WHERE client = ?1 AND id = ?2
			UNION SELECT e.supersedes FROM same s JOIN entry e ON e.id = s.id WHERE e.supersedes IS NOT NULL
			UNION SELECT e.version_of FROM same s JOIN entry e ON e.id = s.id WHERE e.version_of IS NOT NULL
			UNION SELECT e.id FROM same s JOIN entry e ON e.supersedes = s.id
			UNION SELECT e.id FROM same s JOIN entry e ON e.version_of = s.id WHERE e.client IN (?1, -2))
			SELECT id FROM same WHERE id IN (SELECT id FROM entry_of WHERE client = ?1) ORDER BY id`, func(rows *sql.Rows) error {
			var id record.EntryID
			err := rows.Scan(&id)
			found = true
			if !have[id] {
				have[id], ids = true, append(ids, id)
			}
			return err
		}, client, id)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, ErrNoEntry
		}
	}
	return ids, nil
}

// stillInSight leaves out what is out of sight already.
func stillInSight(ctx context.Context, tx *sql.Tx, client record.ClientID, ids []record.EntryID) ([]record.EntryID, error) {
	in := map[record.EntryID]bool{}
	err := each(ctx, tx, `SELECT id FROM entry WHERE client = ?`, func(rows *sql.Rows) error {
		var id record.EntryID
		err := rows.Scan(&id)
		in[id] = true
		return err
	}, client)
	return slices.DeleteFunc(ids, func(id record.EntryID) bool { return !in[id] }), err
}

// noOpenRequest refuses what a client is waiting for an answer to: out of sight
// it would no longer keep the record.
func noOpenRequest(ctx context.Context, tx *sql.Tx, client record.ClientID, ids []record.EntryID) error {
	goes := map[record.EntryID]bool{}
	for _, id := range ids {
		goes[id] = true
	}
	return each(ctx, tx, `SELECT of FROM keep_blocker WHERE why = 'request' AND client = ?`, func(rows *sql.Rows) error {
		var id record.EntryID
		err := rows.Scan(&id)
		if err == nil && goes[id] {
			err = errors.New("a request for the record is among these entries and is still open: answer it first")
		}
		return err
	}, client)
}

const sequestrationColumns = `q.id, q.client, c.number, q.entry, q.day, q.ground, q.reason, q.orders, q.holder, q.author, q.at,
	coalesce(q.returned, 0), q.returned_reason`

// Sequestered gives what was put out of sight of a client's record, or of all of
// them for client 0; what was brought back stands last.
func (v *Vault) Sequestered(ctx context.Context, client record.ClientID) ([]record.Sequestration, error) {
	list := []record.Sequestration{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT `+sequestrationColumns+` FROM sequestration q JOIN client c ON c.id = q.client
			WHERE ?1 IN (0, q.client) ORDER BY q.returned IS NOT NULL, q.id DESC`, func(rows *sql.Rows) error {
			q, err := scanSequestration(rows)
			list = append(list, q)
			return err
		}, client)
	})
	return list, err
}

// Withheld gives how many entries of a record are out of sight, of the days from
// since to until where these are known.
func (v *Vault) Withheld(ctx context.Context, client record.ClientID, since, until record.Date) (n int, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM sequestration WHERE client = ?1 AND entry <> 0 AND returned IS NULL
			AND day >= ?2 AND (?3 = '' OR day <= ?3)`, client, since.String(), until.String()).Scan(&n)
	})
	return n, err
}

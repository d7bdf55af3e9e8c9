package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// destroyAtOnce is how many entries go between two looks at the context.
const destroyAtOnce = 1000

// removeRecord removes every row that belongs to a client or names it, children
// first.
func removeRecord(ctx context.Context, tx *sql.Tx, client record.ClientID, doing Doing) error {
	const removing = "Removing the record"
	ids, err := entriesOf(ctx, tx, client)
	if err != nil {
		return err
	}
	total := int64(len(ids))
	for first := 0; first < len(ids); first += destroyAtOnce {
		if err := ctx.Err(); err != nil {
			return err
		}
		doing.tell(int64(first), total, removing)
		last := min(first+destroyAtOnce, len(ids)) - 1
		if err := run(ctx, tx, entrySteps, client, ids[first], ids[last]); err != nil {
			return err
		}
	}
	doing.tell(total, total, removing)
	if err := removeSnoozes(ctx, tx, client, ids); err != nil {
		return err
	}
	if err := run(ctx, tx, recordSteps, client); err != nil {
		return err
	}
	return recountClient(ctx, tx, record.Sequestered)
}

func entriesOf(ctx context.Context, tx *sql.Tx, client record.ClientID) ([]record.EntryID, error) {
	var ids []record.EntryID
	err := each(ctx, tx, `SELECT id FROM entry_of WHERE client = ? ORDER BY id`, func(rows *sql.Rows) error {
		var id record.EntryID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, client)
	return ids, err
}

func run(ctx context.Context, tx *sql.Tx, steps []string, args ...any) error {
	for _, step := range steps {
		if _, err := tx.ExecContext(ctx, step, args...); err != nil {
			return fmt.Errorf("%s: %w", strings.Join(strings.Fields(step)[:3], " "), err)
		}
	}
	return nil
}

// someOf are the entries of the record ?1 from ?2 to ?3.
const someOf = ` IN (SELECT id FROM entry_of WHERE client = ?1 AND id BETWEEN ?2 AND ?3)`

// entrySteps remove entries and what hangs on them. What an order put out of
// sight is in the index no more.
var entrySteps = []string{
	`INSERT INTO entry_index(entry_index, rowid, said) SELECT 'delete', id, said FROM entry_said WHERE id` + someOf,
	`INSERT OR IGNORE INTO blob_discarded(blob) SELECT blob FROM attachment WHERE entry` + someOf,
	`DELETE FROM attachment WHERE entry` + someOf,
	`DELETE FROM amendment WHERE entry` + someOf,
	`DELETE FROM strike WHERE entry` + someOf,
	`DELETE FROM move WHERE entry` + someOf,
	`DELETE FROM provenance WHERE entry` + someOf,
	`DELETE FROM disclosure_entry WHERE entry` + someOf,
	`DELETE FROM client_place WHERE entry` + someOf,
	`DELETE FROM entry WHERE id` + someOf,
}

// recordSteps remove what is left of the record ?1 once its entries are gone.
// Of other records they touch what still names this one: an entry that was
// moved away keeps its import, its place and the fact that it was moved; the
// reason for the move, which may name the client, goes.
var recordSteps = []string{
	`UPDATE move SET origin = iif(origin = ?1, -3, origin), target = iif(target = ?1, -3, target),
		reason = 'the other record was destroyed when it was due' WHERE ?1 IN (origin, target)`,
	`DELETE FROM disclosure_entry WHERE disclosure IN (SELECT id FROM disclosure WHERE client = ?1)`,
	`DELETE FROM disclosure WHERE client = ?1`,

	`DELETE FROM batch_source WHERE batch IN (SELECT id FROM batch WHERE client IN (?1, -3))
		AND NOT EXISTS (SELECT 1 FROM entry e JOIN provenance p ON p.entry = e.id WHERE e.batch = batch_source.batch AND p.source = batch_source.source)`,
	`DELETE FROM source WHERE id NOT IN (SELECT source FROM batch_source)`,
	`DELETE FROM batch WHERE client IN (?1, -3) AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.batch = batch.id)`,
	`UPDATE batch SET client = -3 WHERE client = ?1`,

	`INSERT OR IGNORE INTO blob_discarded(blob) SELECT blob FROM sequestration WHERE client = ?1 AND blob IS NOT NULL`,
	`DELETE FROM sequestration WHERE client = ?1`,
	`DELETE FROM hold WHERE client = ?1`,
	`DELETE FROM keep_extension WHERE client = ?1`,
	`DELETE FROM received WHERE client = ?1`,
	`DELETE FROM client_fact WHERE client = ?1`,
	`UPDATE client_place SET client = (SELECT e.client FROM entry e WHERE e.id = client_place.entry) WHERE client = ?1 AND entry IS NOT NULL`,
	`DELETE FROM client_place WHERE client = ?1`,
	`DELETE FROM client_status WHERE client = ?1`,
	`DELETE FROM contact_tally WHERE client = ?1`,
	`DELETE FROM contact_point WHERE client = ?1`,
	`DELETE FROM member WHERE client = ?1`,
	`DELETE FROM setting WHERE key = 'draft.' || ?1 OR key GLOB 'draft.' || ?1 || '.*'`,
	`DELETE FROM client WHERE id = ?1`,
	`DELETE FROM client_batch WHERE undone IS NULL AND NOT EXISTS (SELECT 1 FROM client c WHERE c.batch = client_batch.id)
		AND NOT EXISTS (SELECT 1 FROM client_removed r WHERE r.batch = client_batch.id)`,
}

// removeSnoozes removes the tasks of a record that were put off. A task is
// called by words, and by the ids of the client and the entries that it is
// about, with slashes between.
func removeSnoozes(ctx context.Context, tx *sql.Tx, client record.ClientID, entries []record.EntryID) error {
	about := map[string]bool{client.String(): true}
	for _, id := range entries {
		about[id.String()] = true
	}
	var gone []string
	err := each(ctx, tx, `SELECT task FROM snooze`, func(rows *sql.Rows) error {
		var task string
		err := rows.Scan(&task)
		for part := range strings.SplitSeq(task, "/") {
			if about[part] {
				gone = append(gone, task)
				break
			}
		}
		return err
	})
	for _, task := range gone {
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM snooze WHERE task = ?`, task)
		}
	}
	return err
}

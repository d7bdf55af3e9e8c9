package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// PutOff makes Today show a task on a later day, with the reason. It is the
// practitioner's own arrangement and no part of a record.
func (v *Vault) PutOff(ctx context.Context, task string, until record.Date, reason string) error {
	today := record.DateOf(v.clock().In(v.zone(ctx)))
	switch reason = oneLine(reason); {
	case task == "":
		return errors.New("say which task is put off")
	case reason == "":
		return errors.New("say why it can wait")
	case !today.Before(until):
		return fmt.Errorf("choose a day after %s", today.Long())
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO snooze(task, until, reason, at) VALUES(?,?,?,?)
			ON CONFLICT(task) DO UPDATE SET until = excluded.until, reason = excluded.reason, at = excluded.at`,
			task, until.String(), reason, v.clock().UnixMilli())
		if err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "task.put-off", client: record.Book})
	})
}

// TakeUp makes Today show a task again that was put off.
func (v *Vault) TakeUp(ctx context.Context, task string) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM snooze WHERE task = ?`, task); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "task.take-up", client: record.Book})
	})
}

// Snoozes gives every task that was put off.
func (v *Vault) Snoozes(ctx context.Context) ([]record.Snooze, error) {
	var list []record.Snooze
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT task, until, reason, at FROM snooze ORDER BY task`, func(rows *sql.Rows) error {
			var s record.Snooze
			var until string
			var at int64
			err := rows.Scan(&s.Task, &until, &s.Reason, &at)
			if err == nil {
				s.Until, err = record.ParseDate(until)
			}
			s.At = time.UnixMilli(at).UTC()
			list = append(list, s)
			return err
		})
	})
	return list, err
}

package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// event is an audit event before it has its place in the chain.
type event struct {
	action string
	client record.ClientID
	entry  record.EntryID
	detail string
}

// audit appends an event to the chain, within the transaction of the change
// that it tells of. The detail names fields and counts, never values.
func (v *Vault) audit(ctx context.Context, tx *sql.Tx, e event) error {
	var seq int64
	var prev []byte
	err := tx.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&seq, &prev)
	if err != nil && err != sql.ErrNoRows {
		return fmt.Errorf("reading the audit trail: %w", err)
	}
	a := record.AuditEvent{
		Seq: seq + 1, At: v.clock(), Actor: v.author(), Action: e.action,
		Client: e.client, Entry: e.entry, Detail: e.detail,
	}
	a.Hash = chain(prev, a)
	_, err = tx.ExecContext(ctx,
		`INSERT INTO audit(seq, at, actor, action, client, entry, detail, hash) VALUES(?,?,?,?,?,?,?,?)`,
		a.Seq, a.At.UnixMilli(), a.Actor, a.Action, a.Client, a.Entry, a.Detail, a.Hash[:])
	if err != nil {
		return fmt.Errorf("writing the audit trail: %w", err)
	}
	v.time.reach(a.At)
	return nil
}

// chain gives the hash of an event: SHA-256 over the hash before it (nothing
// for the first), then seq, time in Unix milliseconds, client and entry as
// big-endian 64-bit numbers, then actor, action and detail, each after its
// length in bytes as a big-endian 64-bit number.
func chain(prev []byte, a record.AuditEvent) record.Hash {
	h := sha256.New()
	h.Write(prev)
	for _, n := range []int64{a.Seq, a.At.UnixMilli(), int64(a.Client), int64(a.Entry)} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
	for _, s := range []string{a.Actor, a.Action, a.Detail} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	return record.Hash(h.Sum(nil))
}

const auditColumns = `seq, at, actor, action, client, entry, detail, hash`

func scanEvent(rows *sql.Rows) (record.AuditEvent, error) {
	var a record.AuditEvent
	var at int64
	var hash []byte
	err := rows.Scan(&a.Seq, &at, &a.Actor, &a.Action, &a.Client, &a.Entry, &a.Detail, &hash)
	a.At = time.UnixMilli(at).UTC()
	copy(a.Hash[:], hash)
	return a, err
}

// Audit gives the newest events of one client, or of the whole vault for
// client 0, newest first.
func (v *Vault) Audit(ctx context.Context, client record.ClientID, limit int) ([]record.AuditEvent, error) {
	query := `SELECT ` + auditColumns + ` FROM audit WHERE client = ? ORDER BY seq DESC LIMIT ?`
	args := []any{client, limit}
	if client == 0 {
		query = `SELECT ` + auditColumns + ` FROM audit ORDER BY seq DESC LIMIT ?`
		args = args[1:]
	}
	var events []record.AuditEvent
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(steady(ctx), query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			a, err := scanEvent(rows)
			if err != nil {
				return err
			}
			events = append(events, a)
		}
		return rows.Err()
	})
	return events, err
}

// AuditHead gives the number of events and the hash of the last one. Whoever
// holds both can tell later whether the trail up to here was rewritten.
func (v *Vault) AuditHead(ctx context.Context) (events int64, head record.Hash, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		events, head, err = auditHead(ctx, tx)
		return err
	})
	return events, head, err
}

func auditHead(ctx context.Context, tx *sql.Tx) (int64, record.Hash, error) {
	var events int64
	var hash []byte
	var head record.Hash
	err := tx.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&events, &hash)
	if err == sql.ErrNoRows {
		return 0, head, nil
	}
	copy(head[:], hash)
	return events, head, err
}

// checkAudit walks the whole chain and tells where it is broken.
func checkAudit(ctx context.Context, tx *sql.Tx) (events int64, problem string, err error) {
	rows, err := tx.QueryContext(steady(ctx), `SELECT `+auditColumns+` FROM audit ORDER BY seq`)
	if err != nil {
		return 0, "", err
	}
	defer rows.Close()
	var prev []byte
	var before record.AuditEvent
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return events, "", err
		}
		a, err := scanEvent(rows)
		if err != nil {
			return events, "", err
		}
		events++
		switch {
		case a.Seq != events:
			return events, fmt.Sprintf("the audit trail has a gap: event %d is missing", events), nil
		case a.Hash != chain(prev, a):
			return events, fmt.Sprintf("the audit trail does not hold: event %d was changed", a.Seq), nil
		case a.At.Before(before.At):
			return events, fmt.Sprintf("the audit trail runs backwards at event %d", a.Seq), nil
		}
		prev, before = a.Hash[:], a
	}
	return events, "", rows.Err()
}

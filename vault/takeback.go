package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// takingBack keeps account of the imports that did not end and are taken back,
// beside the work.
type takingBack struct {
	mu     sync.Mutex
	left   []record.BatchID // not yet taken back
	stay   []record.BatchID // of which something was released: they end where they were
	sealed []string         // the sealed files that were there at the unlock
	at     int              // how many are at it
	still  chan struct{}    // closed once nobody is
	err    error            // what kept them from it, unless it waits
	ctx    context.Context  // ends with the taking back
	stop   context.CancelFunc
	over   sync.WaitGroup // of what runs beside
}

// begin notes that somebody is at it, who calls end.
func (t *takingBack) begin() {
	if t.at++; t.at == 1 {
		t.still, t.err = make(chan struct{}), nil
	}
}

func (t *takingBack) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.err = errors.Join(t.err, err)
	if t.at--; t.at == 0 {
		close(t.still)
	}
}

// cancels notes that an import is canceled; end is to be called.
func (t *takingBack) cancels(id record.BatchID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.begin()
	t.left = append(t.left, id)
}

// done notes that an import ended.
func (t *takingBack) done(id record.BatchID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	is := func(other record.BatchID) bool { return other == id }
	t.left, t.stay = slices.DeleteFunc(slices.Clone(t.left), is), slices.DeleteFunc(slices.Clone(t.stay), is)
}

// wait waits until nobody is at it.
func (t *takingBack) wait(ctx context.Context) error {
	t.mu.Lock()
	at, still := t.at, t.still
	t.mu.Unlock()
	if at == 0 {
		return nil
	}
	select {
	case <-still:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// StopTakingBack stops the taking back, that of an import which is being canceled
// too, so that sealing the vault is its last change. The rest is taken back after
// the next unlock.
func (v *Vault) StopTakingBack() {
	t := &v.back
	t.mu.Lock()
	t.stop()
	t.mu.Unlock()
	t.over.Wait()
}

// TakenBack waits until the imports that were cut off, or canceled, are taken
// back; what could not be is tried once more. Until then what they had filed is
// shown. Where the vault is read-only or the disk is full it gives nil, and
// [Vault.CutOff] tells. Its error is ctx's, or says what else keeps an import from
// being taken back.
func (v *Vault) TakenBack(ctx context.Context) error {
	if err := v.back.wait(ctx); err != nil {
		return err
	}
	v.takeBackBeside()
	if err := v.back.wait(ctx); err != nil {
		return err
	}
	v.back.mu.Lock()
	defer v.back.mu.Unlock()
	return v.back.err
}

// CutOff gives how many imports that did not end are not yet taken back: what
// they filed is still shown.
func (v *Vault) CutOff() int {
	v.back.mu.Lock()
	defer v.back.mu.Unlock()
	return len(v.back.left)
}

// TakingBack reports whether imports are being taken back at the moment. Where
// CutOff has some and this is false, they wait for the disk.
func (v *Vault) TakingBack() bool {
	v.back.mu.Lock()
	defer v.back.mu.Unlock()
	return v.back.at > 0
}

// findUnended notes the imports that a crash cut off, and the sealed files.
// Nothing else runs in the vault yet.
func (v *Vault) findUnended(ctx context.Context) error {
	t := &v.back
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, released FROM batch WHERE finished IS NULL`, func(rows *sql.Rows) error {
			var id record.BatchID
			var released bool
			err := rows.Scan(&id, &released)
			if released {
				t.stay = append(t.stay, id)
			} else {
				t.left = append(t.left, id)
			}
			return err
		})
	})
	if err == nil && len(t.left) > 0 && v.db.Status().ReadOnly == nil {
		t.sealed, err = v.db.OwnBlobs()
	}
	return err
}

// takeBackBeside begins to take back what is left, unless somebody is at it, and
// returns.
func (v *Vault) takeBackBeside() {
	t := &v.back
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ctx.Err() != nil || t.at > 0 || len(t.left)+len(t.stay) == 0 || v.db.Status().ReadOnly != nil {
		return
	}
	left, stay := t.left, t.stay
	t.begin()
	t.over.Go(func() {
		err := v.takeBackAll(t.ctx, left, stay)
		if v.waits(err) || t.ctx.Err() != nil {
			err = nil
		}
		t.end(err)
	})
}

// takeBackAll ends imports. The files that nothing names go first, which makes room
// on a full disk too: only while an import did not end is it known that there can be
// some.
func (v *Vault) takeBackAll(ctx context.Context, left, stay []record.BatchID) error {
	if len(left) > 0 {
		if !v.older {
			v.removeUnnamed(ctx, v.back.sealed)
		}
		v.sweepDiscarded(ctx)
	}
	for _, id := range slices.Concat(left, stay) {
		if err := v.takeBack(ctx, id, "import.cut-off"); err != nil && !errors.Is(err, ErrReleased) {
			return err
		}
	}
	return nil
}

// takeBack removes an import that did not end, some of it at a time, and then its
// sealed files. What of these remains is removed after the next unlock. Where
// something of it was released before that began, it ends where it was, and the
// error is ErrReleased.
func (v *Vault) takeBack(ctx context.Context, id record.BatchID, action string) error {
	for ended := false; !ended; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		if ended, err = v.undoSome(ctx, id, action); errors.Is(err, ErrReleased) {
			return v.endReleased(ctx, id)
		} else if err != nil {
			return err
		}
	}
	v.back.done(id)
	v.sweepDiscarded(ctx)
	return nil
}

// waits reports whether an error is the disk's, which must keep nobody from
// their records: what it kept from being done is done at a later unlock.
func (v *Vault) waits(err error) bool {
	return errors.Is(err, sealed.ErrDiskFull) || err != nil && v.db.Status().ReadOnly != nil
}

// endReleased ends an import that did not end and of which something was released:
// what it had filed stays, and is counted. Its error is ErrReleased then.
func (v *Vault) endReleased(ctx context.Context, id record.BatchID) error {
	err := v.db.Write(ctx, func(tx *sql.Tx) error {
		var client record.ClientID
		var filed int
		err := tx.QueryRowContext(ctx, `UPDATE batch SET finished = ?2, found = n, imported = n
			FROM (SELECT count(*) AS n FROM entry WHERE batch = ?1) WHERE id = ?1 RETURNING client, imported`,
			id, v.clock().UnixMilli()).Scan(&client, &filed)
		if err != nil {
			return err
		}
		if err := recountClient(ctx, tx, client); err != nil {
			return err
		}
		detail := fmt.Sprintf("import %d was cut off: %d entries stay, of which some were released", id, filed)
		return v.audit(ctx, tx, event{action: "import", client: client, detail: detail})
	})
	if err != nil {
		return err
	}
	v.back.done(id)
	return ErrReleased
}

package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// takingBack keeps account of the imports that did not end and are taken back,
// beside the work.
type takingBack struct {
	mu    sync.Mutex
	left  int           // imports that are not yet taken back
	at    int           // how many are at it
	still chan struct{} // closed once nobody is; nil: nobody was
	err   error         // what kept them from it, unless the disk did

	stop context.CancelFunc // ends what an unlock began; nil: it began nothing
	over sync.WaitGroup     // of that
}

// begin says that somebody takes back so many imports, who calls done for each
// that is, and then end.
func (t *takingBack) begin(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left += n; t.at == 0 {
		t.still = make(chan struct{})
	}
	t.at++
}

func (t *takingBack) done() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left--
}

func (t *takingBack) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.err = errors.Join(t.err, err)
	if t.at--; t.at == 0 {
		close(t.still)
	}
}

// state gives what is left, and what is closed once nobody is at it; nil: nobody
// is.
func (t *takingBack) state() (left int, still chan struct{}, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at == 0 {
		return t.left, nil, t.err
	}
	return t.left, t.still, t.err
}

// close stops what an unlock began, and waits for it.
func (t *takingBack) close() {
	if t.stop != nil {
		t.stop()
		t.over.Wait()
	}
}

// TakenBack waits until the imports that were cut off, or canceled, are taken
// back. Until then what they had filed is shown. Where that cannot be, since the
// vault is read-only or the disk is full, it returns at once, and [Vault.CutOff]
// tells. Its error is ctx's, or says what else keeps an import from being taken
// back.
func (v *Vault) TakenBack(ctx context.Context) error {
	for {
		_, still, err := v.back.state()
		if still == nil {
			return err
		}
		select {
		case <-still:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// CutOff gives how many imports that did not end are not yet taken back: what
// they filed is still shown.
func (v *Vault) CutOff() int {
	left, _, _ := v.back.state()
	return left
}

// TakingBack reports whether imports are being taken back at the moment. Where
// CutOff has some and this is false, they wait for the next unlock.
func (v *Vault) TakingBack() bool {
	_, still, _ := v.back.state()
	return still != nil
}

// unended are the imports that a crash cut off.
type unended struct {
	back   []record.BatchID // to be taken back
	stay   []record.BatchID // of which something was released: they end where they were
	sealed []string         // the sealed files that were there at the unlock
}

// findUnended looks for them. Nothing else runs in the vault yet.
func (v *Vault) findUnended(ctx context.Context) (u unended, err error) {
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, released FROM batch WHERE finished IS NULL`, func(rows *sql.Rows) error {
			var id record.BatchID
			var released bool
			err := rows.Scan(&id, &released)
			if released {
				u.stay = append(u.stay, id)
			} else {
				u.back = append(u.back, id)
			}
			return err
		})
	})
	if err == nil && len(u.back) > 0 && v.db.Status().ReadOnly == nil {
		u.sealed, err = v.db.Blobs()
	}
	return u, err
}

// takeBackBeside begins to take back what a crash cut off, and returns.
func (v *Vault) takeBackBeside(ctx context.Context, u unended) {
	if len(u.back)+len(u.stay) == 0 {
		return
	}
	ctx, v.back.stop = context.WithCancel(steady(ctx))
	v.back.begin(len(u.back))
	if v.db.Status().ReadOnly != nil {
		v.back.end(nil)
		return
	}
	v.back.over.Go(func() {
		err := v.takeBackAll(ctx, u)
		if v.waits(err) || ctx.Err() != nil {
			err = nil
		}
		v.back.end(err)
	})
}

// takeBackAll ends what is unended. The files that nothing names go first: only
// while an import is unended is it known that there can be some.
func (v *Vault) takeBackAll(ctx context.Context, u unended) error {
	v.removeUnnamed(ctx, u.sealed)
	for _, id := range u.back {
		if err := v.takeBack(ctx, id, "import.cut-off"); err != nil {
			return err
		}
		v.back.done()
	}
	for _, id := range u.stay {
		if err := v.endReleased(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// takeBack removes an import that did not end, some of it at a time, and then its
// sealed files. What remains is removed after the next unlock.
func (v *Vault) takeBack(ctx context.Context, id record.BatchID, action string) error {
	for ended := false; !ended; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		if ended, err = v.undoSome(ctx, id, action); err != nil {
			return err
		}
	}
	v.sweepDiscarded(ctx)
	return nil
}

// waits reports whether an error is the disk's, which must keep nobody from
// their records: what it kept from being done is done at a later unlock.
func (v *Vault) waits(err error) bool {
	return errors.Is(err, sealed.ErrDiskFull) || err != nil && v.db.Status().ReadOnly != nil
}

// endReleased ends an import that was cut off and of which something was
// released: what it had filed stays, and is counted.
func (v *Vault) endReleased(ctx context.Context, id record.BatchID) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
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
}

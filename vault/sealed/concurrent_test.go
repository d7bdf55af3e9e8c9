package sealed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestTogether writes, reads, checkpoints and maintains at once. Each read must
// see one state: entries without a gap, all found by search.
func TestTogether(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	opt := quick()
	opt.foreground = false
	opt.CheckpointRecords = 10
	db := openNew(t, dir, 1, opt)
	var group sync.WaitGroup
	var written atomic.Int64
	written.Store(1)
	stop := make(chan struct{})
	work := func(f func() error) {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := f(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 2 { // two writers that take turns by SQLite's own count
		work(func() error {
			return db.Write(ctx, func(tx *sql.Tx) error {
				var n int
				if err := tx.QueryRow("SELECT max(id) FROM entries").Scan(&n); err != nil {
					return err
				}
				written.Store(int64(n) + 1)
				return insertTx(tx, n+1)
			})
		})
	}
	for range 3 {
		work(func() error {
			_, err := sound(db)
			return err
		})
	}
	work(func() error { return db.Checkpoint(ctx) })
	work(func() error {
		b, err := db.PutBlob(ctx, textReader(3))
		if err != nil {
			return err
		}
		return db.RemoveBlob(b.Name)
	})
	work(func() error {
		defer time.Sleep(20 * time.Millisecond)
		return db.Maintain(ctx, func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, "VACUUM")
			return err
		})
	})
	time.Sleep(1500 * time.Millisecond)
	close(stop)
	group.Wait()
	if err := db.Status().Checkpoint; err != nil {
		t.Error(err)
	}
	t.Logf("%d entries, %+v", written.Load(), db.Status().Position)
	wantSound(t, db, int(written.Load()))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, dir, quick()), int(written.Load()))
}

// TestReadSeesOneState holds a reader open while a commit waits for it.
func TestReadSeesOneState(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 2, quick())
	committed := make(chan error, 1)
	count := func(tx *sql.Tx) (n int) {
		if err := tx.QueryRow("SELECT count(*) FROM entries").Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	err := db.Read(ctx, func(tx *sql.Tx) error {
		before := count(tx)
		go func() { committed <- insert(db, 3) }()
		select {
		case err := <-committed:
			t.Errorf("a commit went through a reader: %v", err)
		case <-time.After(50 * time.Millisecond):
		}
		if after := count(tx); after != before {
			t.Errorf("a read saw %d entries, then %d", before, after)
		}
		return nil
	})
	if err := errors.Join(err, <-committed); err != nil {
		t.Fatal(err)
	}
	wantSound(t, db, 3)
}

// TestWaitingEnds cancels a commit that waits for a reader, and a reader that
// waits for maintenance.
func TestWaitingEnds(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 2, quick())
	short := func() (context.Context, context.CancelFunc) { return context.WithTimeout(ctx, 30*time.Millisecond) }
	err := db.Read(ctx, func(*sql.Tx) error {
		c, cancel := short()
		defer cancel()
		err := db.Write(c, func(tx *sql.Tx) error { return insertTx(tx, 3) })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the commit: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Maintain(ctx, func(*sql.Conn) error {
		c, cancel := short()
		defer cancel()
		if err := db.Read(c, func(*sql.Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the reader: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSound(t, db, 2)
	if err := insert(db, 3); err != nil {
		t.Error(err)
	}
}

// TestGateIsFair lets nobody in before one who came first, readers beside each
// other but for that.
func TestGateIsFair(t *testing.T) {
	var g gate
	if err := g.enter(ctx, false); err != nil {
		t.Fatal(err)
	}
	if err := g.enter(ctx, false); err != nil {
		t.Fatal(err)
	}
	order := make(chan string, 3)
	wait := func(who string, alone bool) {
		queued := len(g.waiting)
		go func() {
			if err := g.enter(ctx, alone); err != nil {
				t.Error(err)
			}
			order <- who
		}()
		for {
			g.mu.Lock()
			now := len(g.waiting)
			g.mu.Unlock()
			if now > queued {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
	wait("commit", true)
	wait("reader", false)
	g.leave(false)
	select {
	case who := <-order:
		t.Fatalf("the %s was let in beside a reader", who)
	case <-time.After(10 * time.Millisecond):
	}
	g.leave(false)
	if who := <-order; who != "commit" {
		t.Fatalf("the %s came first", who)
	}
	select {
	case who := <-order:
		t.Fatalf("the %s was let in beside a commit", who)
	case <-time.After(10 * time.Millisecond):
	}
	g.leave(true)
	<-order
	g.leave(false)
}

// TestLargeReplacement shrinks and grows a database by much, beside a checkpoint
// frozen in between, and brings every state back after a crash.
func TestLargeReplacement(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	opt := quick()
	opt.CheckpointRecords = 1 << 20
	db := openNew(t, dir, 300, opt)
	for n := 300; n > 20; n -= 70 {
		err := db.Maintain(ctx, func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, fmt.Sprintf(`BEGIN;
				INSERT INTO said(said, rowid, text) SELECT 'delete', id, text FROM entries WHERE id > %[1]d;
				DELETE FROM entries WHERE id > %[1]d; COMMIT; VACUUM`, n))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		wantSound(t, db, n)
		shrunk := db.Status().Size
		crashed(t, db)
		db = reopen(t, dir, opt)
		wantSound(t, db, n)
		if now := db.Status().Size; now != shrunk {
			t.Errorf("the database has %d bytes after a crash, not %d", now, shrunk)
		}
	}
}

// TestReadBeside reads in parts beside a writer: all parts see one state, and
// the errors of all come back.
func TestReadBeside(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 1, quick())
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for n := 2; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := db.Write(ctx, func(tx *sql.Tx) error { return insertTx(tx, n) }); err != nil {
				t.Error(err)
				return
			}
		}
	})
	const parts = 3
	for range 50 {
		var seen [parts]int
		err := db.ReadBeside(ctx, parts, func(part int, tx *sql.Tx) error {
			time.Sleep(time.Duration(part) * time.Millisecond)
			return tx.QueryRow("SELECT max(id) FROM entries").Scan(&seen[part])
		})
		if err != nil || seen[0] == 0 || seen[1] != seen[0] || seen[2] != seen[0] {
			t.Fatalf("the parts saw %v, %v", seen, err)
		}
	}
	close(stop)
	writer.Wait()
	no := errors.New("no")
	err := db.ReadBeside(ctx, parts, func(part int, _ *sql.Tx) error {
		if part == 1 {
			return no
		}
		return nil
	})
	if !errors.Is(err, no) {
		t.Errorf("the error of a part: %v", err)
	}
}

package sealed

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"

	"github.com/mattn/go-sqlite3"
)

// Write runs fn in a transaction, one at a time. It returns nil only after what
// fn wrote is durable. An error, fn's own or another, means that nothing of it
// was kept: memory is rolled back, and where a sync failed ([ErrReadOnly]) the
// vault takes no more writes until it is opened again.
//
// fn must neither commit nor roll back by itself. It may call [DB.Read].
func (db *DB) Write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	if err := db.write(ctx, fn); err != nil {
		return err
	}
	if err := db.sealAgain(); err != nil {
		return err
	}
	db.afterCommit()
	return nil
}

func (db *DB) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if err := db.mayWrite(ctx); err != nil {
		return err
	}
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing to do after a commit
	if err := fn(tx); err != nil {
		return err
	}
	if err := db.gate.enter(ctx, true); err != nil {
		return err
	}
	defer db.gate.leave(true)
	return db.explain(tx.Commit())
}

// explain puts the engine's reason in the place of SQLite's number.
func (db *DB) explain(err error) error {
	if reason := db.takeFailure(); err != nil && reason != nil {
		return reason
	}
	return err
}

// Read runs fn in a transaction that sees one state of the database throughout
// and can change nothing. While fn runs commits wait, so it should not take
// longer than it must, and must not call Read again: that could wait for a
// commit that waits for it.
func (db *DB) Read(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return db.ReadBeside(ctx, 1, func(_ int, tx *sql.Tx) error { return fn(tx) })
}

// ReadBeside is Read with fn called n times at once, each with a number below n
// and a transaction of its own; all of them see the same state. It gives the
// errors of all.
func (db *DB) ReadBeside(ctx context.Context, n int, fn func(part int, tx *sql.Tx) error) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	if err := db.gate.enter(ctx, false); err != nil {
		return err
	}
	defer db.gate.leave(false)
	if n == 1 {
		return db.readPart(ctx, 0, fn)
	}
	errs := make([]error, n)
	var all sync.WaitGroup
	for part := range n {
		all.Go(func() { errs[part] = db.readPart(ctx, part, fn) })
	}
	all.Wait()
	return errors.Join(errs...)
}

func (db *DB) readPart(ctx context.Context, part int, fn func(part int, tx *sql.Tx) error) error {
	tx, err := db.readers.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return fn(part, tx)
}

// Maintain runs fn alone, with a connection that may do what [DB.Write] may
// not: DROP, ALTER, CREATE TRIGGER, VACUUM and most PRAGMAs. ATTACH of a file,
// VACUUM INTO and the PRAGMAs that durability hangs on stay refused. It is for
// migrations.
//
// There is no transaction but those fn begins; one that it leaves open is
// rolled back. Settings that fn made on the connection end with it.
func (db *DB) Maintain(ctx context.Context, fn func(conn *sql.Conn) error) error {
	if err := db.using.begin(); err != nil {
		return err
	}
	defer db.using.done()
	if err := db.maintain(ctx, fn); err != nil {
		return err
	}
	if err := db.sealAgain(); err != nil {
		return err
	}
	db.afterCommit()
	return nil
}

func (db *DB) maintain(ctx context.Context, fn func(conn *sql.Conn) error) (err error) {
	if err := db.writable(); err != nil {
		return err
	}
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, discard(conn)) }()
	if err := db.gate.enter(ctx, true); err != nil {
		return err
	}
	defer db.gate.leave(true)
	grant := func(c *sqlite3.SQLiteConn) error {
		return c.SetFileControlInt("main", setRights, rightsMaintain)
	}
	if err := raw(conn, grant); err != nil {
		return err
	}
	return db.explain(fn(conn))
}

// discard closes a connection instead of giving it back to the pool.
func discard(conn *sql.Conn) error {
	err := conn.Raw(func(any) error { return driver.ErrBadConn })
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

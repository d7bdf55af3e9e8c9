package sealed

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// readers is the most connections that read at a time.
const readers = 4

// enginePragmas are set last on each connection, whatever OnConnect did. With
// the rollback journal in memory and no spilling, SQLite writes to the store
// within COMMIT alone, and syncs it once: that sync is the commit. mmap_size
// lets it read pages where they lie.
var enginePragmas = []string{
	"PRAGMA journal_mode=MEMORY",
	"PRAGMA synchronous=FULL",
	"PRAGMA locking_mode=NORMAL",
	"PRAGMA cache_spill=OFF",
	"PRAGMA secure_delete=ON",
	"PRAGMA mmap_size=9223372036854775807",
}

// connector opens connections to one store.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c *connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c *connector) Driver() driver.Driver                        { return c.driver }

// connect opens a pool of at most n connections to a store.
func connect(s *store, n int, readOnly bool, onConnect func(*sqlite3.SQLiteConn) error) *sql.DB {
	dsn := "file:" + s.name + "?vfs=" + vfsName + "&_journal_mode=MEMORY&_sync=2&_busy_timeout=1000&_stmt_cache_size=64"
	if !readOnly {
		dsn += "&_txlock=immediate"
	}
	hook := func(conn *sqlite3.SQLiteConn) error {
		if onConnect != nil {
			if err := onConnect(conn); err != nil {
				return err
			}
		}
		if err := setPragmas(conn, readOnly); err != nil {
			return err
		}
		return conn.SetFileControlInt("main", setRights, rightsWork)
	}
	db := sql.OpenDB(&connector{driver: &sqlite3.SQLiteDriver{ConnectHook: hook}, dsn: dsn})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

func setPragmas(conn *sqlite3.SQLiteConn, readOnly bool) error {
	pragmas := enginePragmas
	if readOnly {
		pragmas = append(pragmas[:len(pragmas):len(pragmas)], "PRAGMA query_only=ON")
	}
	for _, p := range pragmas {
		if _, err := conn.Exec(p, nil); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	return nil
}

// raw runs f on the SQLite connection under conn.
func raw(conn *sql.Conn, f func(*sqlite3.SQLiteConn) error) error {
	return conn.Raw(func(c any) error { return f(c.(*sqlite3.SQLiteConn)) })
}

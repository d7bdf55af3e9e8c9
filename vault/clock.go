package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"

	"casekeep/vault/record"
)

// clock gives the present moment to the millisecond, never below the latest
// audited one. The database asks it too.
type clock struct {
	source func() time.Time
	mu     sync.Mutex
	last   time.Time // the latest audited moment
	found  time.Time // what that was when the vault was opened

	destroying atomic.Int64 // the record that is being destroyed, 0: none
	carrying   atomic.Bool  // what was done in another state, or in another vault, is being brought in
	sealing    atomic.Bool  // entries that were sealed to somebody are being taken out
}

func newClock(source func() time.Time) *clock {
	if source == nil {
		source = time.Now
	}
	return &clock{source: source}
}

func (c *clock) now() time.Time {
	now := c.source().UTC().Truncate(time.Millisecond)
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.last) {
		return c.last
	}
	return now
}

// reach notes an audited moment.
func (c *clock) reach(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.After(c.last) {
		c.last = at
	}
}

// connect makes a connection know the program's functions and the words of the
// index, and fire the triggers that refuse deletes on a REPLACE too: without that one statement
// could replace an entry that must stay.
func (c *clock) connect(conn *sqlite3.SQLiteConn) error {
	functions := map[string]any{
		"now_ms": func() int64 { return c.now().UnixMilli() },
		"day_of": func(at int64, zone string) string {
			return record.DateOf(time.UnixMilli(at).In(record.LoadZone(zone))).String()
		},
		"destroying": func() int64 { return c.destroying.Load() },
		"carrying":   func() bool { return c.carrying.Load() },
		"sealing":    func() bool { return c.sealing.Load() },
	}
	for name, f := range functions {
		if err := conn.RegisterFunc(name, f, name == "day_of"); err != nil {
			return fmt.Errorf("the database's function %s: %w", name, err)
		}
	}
	for _, setting := range []string{`PRAGMA recursive_triggers = ON`, entryWords} {
		if _, err := conn.Exec(setting, nil); err != nil {
			return err
		}
	}
	return nil
}

// LastUsed gives the latest moment that the audit trail held when the vault was
// opened; zero for a new vault. Nothing is dated before it.
func (v *Vault) LastUsed() time.Time { return v.time.found }

// loadClock reaches the moment of the last audited event, which is the latest.
func (v *Vault) loadClock(ctx context.Context) error {
	return v.db.Read(ctx, func(tx *sql.Tx) error {
		var last int64
		err := tx.QueryRowContext(ctx, `SELECT at FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&last)
		switch {
		case err == nil:
			v.time.found = time.UnixMilli(last).UTC()
			v.time.reach(v.time.found)
		case !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("reading the audit trail: %w", err)
		}
		return nil
	})
}

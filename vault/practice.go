package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"casekeep/vault/record"
)

// IdleLockDefault is after how many minutes without input a new vault locks.
const IdleLockDefault = 10

// Practice gives the practice's name, addresses and settings.
func (v *Vault) Practice(ctx context.Context) (record.Practice, error) {
	var p record.Practice
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		var err error
		p, err = practiceIn(ctx, tx)
		return err
	})
	return p, err
}

func practiceIn(ctx context.Context, tx *sql.Tx) (record.Practice, error) {
	var p record.Practice
	var text string
	err := tx.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = 'practice'`).Scan(&text)
	if err == sql.ErrNoRows {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("reading the practice's settings: %w", err)
	}
	return p, json.Unmarshal([]byte(text), &p)
}

// SetPractice replaces the practice's name, addresses and settings. An empty
// zone becomes the computer's, an empty region "US".
func (v *Vault) SetPractice(ctx context.Context, p record.Practice) error {
	if p.Zone == "" {
		p.Zone = ComputerZone()
	}
	if _, err := record.ParseZone(p.Zone); err != nil {
		return err
	}
	if p.Region == "" {
		p.Region = "US"
	}
	if p.IdleLock < 0 {
		return fmt.Errorf("the idle time cannot be negative: 0 never locks")
	}
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	err = v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO setting(key, value) VALUES('practice', ?)
			ON CONFLICT(key) DO UPDATE SET value = excluded.value`, string(text))
		if err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "practice.change"})
	})
	if err == nil {
		v.setActor(p)
	}
	return err
}

func (v *Vault) setActor(p record.Practice) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch v.actor = "practitioner"; {
	case v.holder != "":
		v.actor = v.signs
	case p.Owner != "":
		v.actor = p.Owner
	}
}

func (v *Vault) author() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.actor
}

// ComputerZone gives the IANA name of the computer's time zone, or its present
// offset where it has no name.
func ComputerZone() string {
	if name := time.Local.String(); name != "Local" && name != "" {
		return name
	}
	return localZoneName()
}

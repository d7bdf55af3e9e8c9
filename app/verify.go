package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"casekeep/vault"
	"casekeep/vault/sealed"
)

// Verified is what Verify found in a vault.
type Verified struct {
	OK          bool     `json:"ok"`
	Problems    []string `json:"problems"`
	Clients     int      `json:"clients"`
	Entries     int      `json:"entries"`
	Attachments int      `json:"attachments"`
	Audit       struct {
		Events int64 `json:"events"`
		OK     bool  `json:"ok"`
	} `json:"audit"`
	Leftover int      `json:"leftover"`           // sealed files that nothing names: harmless
	Warnings []string `json:"warnings,omitempty"` // what Unlock warns of, and what could not be looked at
}

// Verify reads a whole vault from the disk: every file decrypts, the journal
// is complete, the database is whole, every attachment is the file that was
// kept, and the audit chain holds. A damaged vault is not an error: its
// problems are listed.
func Verify(ctx context.Context, dir, passphrase string, c Config, progress func(done, total int)) (Verified, error) {
	found := Verified{Problems: []string{}}
	var report sealed.Report
	err := c.guarded(dir, func() (err error) {
		report, err = sealed.Verify(ctx, dir, passphrase, c.vault().Sealed())
		return err
	})
	if err != nil {
		return found, err
	}
	v, err := vault.Open(ctx, dir, passphrase, c.vault())
	for _, damage := range report.Problems {
		// In an open vault the attachments are looked at once more, by name.
		if err != nil || !strings.HasPrefix(damage.File, "attachments/") {
			found.Problems = append(found.Problems, damagedAt(damage))
		}
	}
	var damaged *sealed.DamagedError
	if errors.As(err, &damaged) {
		if len(found.Problems) == 0 {
			found.Problems = append(found.Problems, damagedAt(damaged))
		}
		return found, nil
	}
	if err != nil {
		return found, err
	}
	if err := v.TakenBack(ctx); err != nil && ctx.Err() != nil { // else what keeps it from that may be found
		return found, errors.Join(err, v.Close())
	}
	p := newPractice(v, c)
	p.warnings = p.warn()
	found.Warnings = p.Warnings()
	check, err := v.Verify(ctx, progress)
	if err = errors.Join(err, v.Close()); err != nil {
		return found, fmt.Errorf("the vault could not be checked to the end: %w", err)
	}
	found.add(check)
	return found, nil
}

// damagedAt says in which file what is damaged.
func damagedAt(d *sealed.DamagedError) string {
	if d.Offset < 0 {
		return fmt.Sprintf("%s: %s", d.File, d.Reason)
	}
	return fmt.Sprintf("%s, byte %d: %s", d.File, d.Offset, d.Reason)
}

// Verify checks the unlocked vault.
func (p *Practice) Verify(ctx context.Context, progress func(done, total int)) (Verified, error) {
	found := Verified{Problems: []string{}}
	if err := p.TakenBack(ctx); err != nil && ctx.Err() != nil { // as above
		return found, err
	}
	check, err := p.v.Verify(ctx, progress)
	if err != nil {
		return found, fmt.Errorf("the vault could not be checked to the end: %w", err)
	}
	found.add(check)
	return found, nil
}

func (f *Verified) add(c vault.Check) {
	f.Problems = append(f.Problems, c.Problems...)
	f.Warnings = append(f.Warnings, c.Unchecked...)
	f.Clients, f.Entries, f.Attachments = c.Clients, c.Entries, c.Attachments
	f.Audit.Events, f.Audit.OK = c.Events, c.AuditOK
	f.Leftover = c.Leftover
	f.OK = len(f.Problems) == 0 && c.AuditOK
}

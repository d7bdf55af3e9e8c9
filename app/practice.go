package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"casekeep/app/intake"
	"casekeep/vault"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Config is what a caller may choose. The zero value is what a practitioner
// uses.
type Config struct {
	Now        func() time.Time // nil: time.Now
	WorkFactor int              // scrypt log2 N of a new vault's key; 0: age's default
	// StateDir is the folder in which this computer remembers how far each
	// vault had come; nothing about a client is in it. Empty: the user's
	// configuration folder.
	StateDir string
}

// Practice is an unlocked vault and what can be done with it. Its methods may
// be called from any goroutine.
type Practice struct {
	v        *vault.Vault
	config   Config
	now      func() time.Time
	seen     seenFile
	warnings []string
	known    known
	judged   judged
	backing  backing
	executor *Executor
	retained retained

	holder string // who works in it with a key of their own; "": the practitioner does
	resume string // the passphrase, while sealing everything anew waits to be finished; else ""

	publishing sync.Mutex // one version of a policy after the other, and one start
}

// The errors that a caller tells apart.
var (
	ErrPassphrase = sealed.ErrPassphrase
	ErrNotVault   = sealed.ErrNotVault
	ErrDamaged    = sealed.ErrDamaged
	ErrExists     = sealed.ErrExists
	ErrReadOnly   = sealed.ErrReadOnly
	ErrReleased   = vault.ErrReleased
	ErrNoClient   = vault.ErrNoClient
)

// Create makes a new vault in the folder dir, which must not exist or be
// empty, and unlocks it.
func Create(ctx context.Context, dir, passphrase string, practice record.Practice, c Config) (*Practice, error) {
	normalizeOwn(&practice)
	if practice.IdleLock == 0 {
		practice.IdleLock = vault.IdleLockDefault
	}
	v, err := vault.Create(ctx, dir, passphrase, practice, c.vault())
	if err != nil {
		return nil, err
	}
	if err := v.SupplyRetentionRules(ctx, suppliedRules()); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return newPractice(v, c), nil
}

// Unlock opens the vault in the folder dir.
func Unlock(ctx context.Context, dir, passphrase string, c Config) (*Practice, error) {
	return UnlockWith(ctx, dir, Secret{Passphrase: passphrase}, c)
}

// UnlockWith is [Unlock] with the passphrase, or the key of somebody for whom the
// vault has a holder: then the audit trail names that holder. After several wrong
// passphrases the next has to wait: [WaitError]. Once it is open the count starts
// anew, by whatever key.
func UnlockWith(ctx context.Context, dir string, s Secret, c Config) (*Practice, error) {
	secret, err := s.engine()
	if err != nil {
		return nil, err
	}
	var v *vault.Vault
	open := func() error {
		v, err = vault.OpenWith(ctx, dir, secret, c.vault())
		return err
	}
	if s.Passphrase != "" {
		err = c.guarded(dir, func() error { return s.orKey(open()) })
	} else {
		err = open()
	}
	if err != nil {
		return nil, err
	}
	p := newPractice(v, c)
	p.takeOver(ctx, s)
	p.takeRole(ctx)
	supplied := v.SupplyRetentionRules(ctx, suppliedRules())
	p.warnings = p.warn()
	if wrong := c.unlocked(dir); wrong != "" {
		p.warnings = append(p.warnings, wrong)
	}
	if supplied != nil && p.ReadOnly() == nil {
		p.warnings = append(p.warnings, "the retention rules that come with this version could not be stored: "+supplied.Error())
	}
	return p, nil
}

// warn says what is odd about the vault as it was found.
func (p *Practice) warn() []string {
	status := p.v.Status()
	warnings := p.seen.compare(status, p.v.KeyName())
	if warnings == nil {
		p.remember() // a crash may come before the next lock
	}
	if status.TornTail > 0 {
		warnings = append(warnings, "the computer stopped while something was being saved: "+
			"that last change was never finished and is not in the vault, so look at your latest entries")
	}
	for _, folder := range status.SetAside {
		warnings = append(warnings, "while the vault was open another program, such as one that syncs files, put another records.db.age in its place: "+
			"nothing that was saved here is lost, and what it put there is in the folder "+folder+" within the vault; keep the vault out of synced folders")
	}
	if doubt := clockDoubt(p.v.LastUsed(), p.now()); doubt != "" {
		warnings = append(warnings, doubt)
	}
	if err := p.ReadOnly(); err != nil {
		warnings = append(warnings, err.Error())
	}
	return warnings
}

// cutOff says what is still to be seen of an import that was cut off.
func (p *Practice) cutOff() []string {
	switch {
	case p.v.CutOff() == 0:
		return nil
	case p.v.TakingBack():
		return []string{"an import was cut off and is being taken back, after which it can be made again: until that is done, what it had filed is still shown"}
	}
	return []string{"an import was cut off, and what it had filed stays in the record until the vault can be written"}
}

// TakenBack waits until an import that was cut off, or canceled, is taken back:
// until then there is half of it in the record. What reads for others, or leaves
// the vault, waits for it by itself.
func (p *Practice) TakenBack(ctx context.Context) error { return p.v.TakenBack(ctx) }

// TakingBack reports whether an import is being taken back at the moment.
func (p *Practice) TakingBack() bool { return p.v.TakingBack() }

// StopTakingBack stops that, for a lock that nobody waits for: the rest is taken
// back after the next unlock.
func (p *Practice) StopTakingBack() { p.v.StopTakingBack() }

func (c Config) vault() vault.Options {
	return vault.Options{Now: c.Now, WorkFactor: c.WorkFactor, Lines: linesOf, Older: openSeen(c.StateDir).older}
}

func newPractice(v *vault.Vault, c Config) *Practice {
	return &Practice{v: v, config: c, now: c.clock, seen: openSeen(c.StateDir)}
}

// Lock seals everything and closes the vault. The Practice is of no use
// afterwards. A vault that is read-only is closed as it stands.
func (p *Practice) Lock() error {
	p.v.StopTakingBack()
	var err error
	if p.ReadOnly() == nil {
		err = p.Seal(context.Background())
	}
	if closing := p.v.Close(); err == nil {
		err = closing
	}
	return err
}

// Seal brings every change into the sealed database, so that it opens with age
// and sqlite3 alone. Where nothing changed nothing is written: sealing costs as
// much as the whole database. The desktop calls it when nothing happens for a
// while.
func (p *Practice) Seal(ctx context.Context) error {
	if p.Unsealed() > 0 {
		if err := p.v.Checkpoint(ctx); err != nil {
			return err
		}
	}
	p.remember()
	return nil
}

// remember notes on this computer how far the vault has come, and its key.
func (p *Practice) remember() { p.seen.remember(p.v.Status(), p.v.Dir(), p.v.KeyName()) }

// Warnings are what the practitioner should know about the vault as it was
// found, and of what still shows of that: one sentence each.
func (p *Practice) Warnings() []string { return slices.Concat(p.warnings, p.cutOff()) }

// ReadOnly gives why nothing can be saved any more, or nil. After a failed
// write to the disk the vault must be unlocked anew.
func (p *Practice) ReadOnly() error { return p.v.Status().ReadOnly }

// ID tells this vault from others. It stays with the vault through every copy.
func (p *Practice) ID() string { return p.v.Status().VaultID.String() }

// Dir gives the folder of the vault.
func (p *Practice) Dir() string { return p.v.Dir() }

// Now gives the present moment by the practice's clock.
func (p *Practice) Now() time.Time { return p.now() }

// Settings gives the practice's name, addresses and settings.
func (p *Practice) Settings(ctx context.Context) (record.Practice, error) { return p.v.Practice(ctx) }

// SetSettings replaces the practice's name, addresses and settings.
func (p *Practice) SetSettings(ctx context.Context, practice record.Practice) error {
	normalizeOwn(&practice)
	return p.v.SetPractice(ctx, practice)
}

// normalizeOwn brings the practice's own numbers and addresses into the form
// in which imports compare them.
func normalizeOwn(practice *record.Practice) {
	if practice.Region == "" {
		practice.Region = "US"
	}
	own := []string{}
	for _, a := range practice.Own {
		if a = intake.Normalize(strings.TrimSpace(a), practice.Region); a != "" {
			own = append(own, a)
		}
	}
	practice.Own = own
}

// IsVault reports whether dir looks like a vault's folder. One that has lost
// its key or its records still does: Unlock and Verify say what is missing.
func IsVault(dir string) bool {
	for _, name := range []string{"key.age", "records.db.age"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// Suffix is the ending of a vault's folder.
const Suffix = ".casekeep"

// VaultName gives a vault's name as a person would say it: the folder's,
// without its ending.
func VaultName(dir string) string {
	return strings.TrimSuffix(filepath.Base(filepath.Clean(dir)), Suffix)
}

// Sentence gives an error as a sentence: its first letter large, a period at
// the end.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	text := strings.TrimSpace(err.Error())
	if errors.Is(err, context.Canceled) && !errors.Is(err, ErrUnfinished) {
		text = "that was canceled; nothing was changed"
	}
	if text == "" {
		return ""
	}
	if first, _, _ := strings.Cut(text, " "); !strings.ContainsAny(first, `./\`) { // a file's name stays as it is
		letter, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(letter)) + text[size:]
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

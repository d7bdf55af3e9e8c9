package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

// Keys is who can open the vault.
type Keys struct {
	Since      time.Time       `json:"passphrase_since"` // when the passphrase was set
	Holders    []record.Holder `json:"holders"`          // those that open it first
	Unfinished bool            `json:"unfinished"`       // something is to be finished, by [Practice.FinishRekey]
	Back       bool            `json:"file_back"`        // it is only that the file of a revoked key is there again
}

// Keys gives who can open the vault, since when and by what, and who once could.
func (p *Practice) Keys(ctx context.Context) (Keys, error) {
	var k Keys
	var err error
	if k.Holders, err = p.v.Holders(ctx); err != nil {
		return k, err
	}
	if k.Since, err = p.v.PassphraseSince(ctx); err != nil {
		return k, err
	}
	begun, err := p.v.RekeyBegun(ctx)
	revoking := slices.ContainsFunc(k.Holders, func(h record.Holder) bool { return h.State == record.HolderRevoking })
	k.Unfinished, k.Back = begun || revoking, revoking && !begun
	return k, err
}

// Recovery gives the recovery sheet that opens the vault; nil: there is none.
func (k Keys) Recovery() *record.Holder {
	for i, h := range k.Holders {
		if h.Kind == record.HolderRecovery && h.State == record.HolderOpens {
			return &k.Holders[i]
		}
	}
	return nil
}

// Find gives the holder of a name that opens the vault, or of whom that is
// thought.
func (k Keys) Find(name string) (record.Holder, error) {
	for _, h := range k.Holders {
		if h.State != record.HolderRevoked && (h.Name == name || SameName(h.Who, name)) {
			return h, nil
		}
	}
	return record.Holder{}, fmt.Errorf("nobody holds a key by the name of %s: look at the list of holders", name)
}

// ChangePassphrase replaces the passphrase. It asks for the old one, or for the
// recovery sheet where that is forgotten. Backups open with the new one once the
// next backup was made, but for those from before a revocation, which keep the
// passphrase of their time.
func (p *Practice) ChangePassphrase(ctx context.Context, old Secret, passphrase string) error {
	if err := p.changing(); err != nil {
		return err
	}
	secret, err := old.engine()
	if err != nil {
		return err
	}
	change := func() error { return p.v.ChangePassphrase(ctx, secret, passphrase) }
	if old.Passphrase == "" {
		return change()
	}
	return p.config.guarded(p.Dir(), change)
}

// AddHolder seals the vault's identity to the age key of somebody's own, whose
// public part h.Recipient is. It asks for the passphrase.
func (p *Practice) AddHolder(ctx context.Context, passphrase string, h record.Holder) (record.Holder, error) {
	if err := p.provePractitioner(passphrase); err != nil {
		return h, err
	}
	h.Means = record.MeansOwn
	return p.v.AddHolder(ctx, h, nil, nil)
}

// provePractitioner asks for the passphrase before a key is given away or taken.
func (p *Practice) provePractitioner(passphrase string) error {
	if err := p.changing(); err != nil {
		return err
	}
	return p.prove(passphrase)
}

// Revoke makes holders' keys open the vault no more: it gets a new identity, and
// everything is sealed anew. It may be canceled at any moment; then [Keys] says
// whether it is unfinished. What somebody has already, the older backups among
// it, their key opens as before.
func (p *Practice) Revoke(ctx context.Context, passphrase string, names []string, progress Doing) error {
	return p.rekey(ctx, passphrase, vault.Revocation{Without: names}, progress)
}

func (p *Practice) rekey(ctx context.Context, passphrase string, r vault.Revocation, progress Doing) error {
	if err := p.TakenBack(ctx); err != nil {
		return err
	}
	return p.sealAnew(func() error {
		_, err := p.v.Revoke(ctx, passphrase, r, p.sealing(progress))
		return err
	})
}

// sealAnew does what asks for the passphrase and seals everything anew, while no
// backup is made.
func (p *Practice) sealAnew(do func() error) error {
	if err := p.changing(); err != nil {
		return err
	}
	p.backing.running.Lock()
	defer p.backing.running.Unlock()
	defer p.remember() // a crash may come before the next lock
	return p.unfinished(p.config.guarded(p.Dir(), do))
}

// sealing says what is being sealed anew. Key files come first and last, and take
// seconds: what a passphrase seals is slow on purpose. The database comes before
// the attachments.
func (p *Practice) sealing(progress Doing) func(done, total int64) {
	if progress == nil {
		return nil
	}
	records := p.v.Status().Size
	progress(0, 0, "Sealing the key files")
	return func(done, total int64) {
		switch {
		case done < records:
			progress(done, total, "Sealing the records")
		case done < total:
			progress(done, total, "Sealing the attachments")
		default:
			progress(done, total, "Sealing the key files")
		}
	}
}

// unfinished says what it means that sealing everything anew was cut off.
func (p *Practice) unfinished(err error) error {
	if err == nil || !p.v.Rekeying() {
		return err
	}
	return &unfinishedError{err}
}

// ErrUnfinished says that sealing everything anew waits to be finished, whether
// somebody's key was revoked or the passphrase changed.
var ErrUnfinished = errors.New("sealing everything to a new key is begun and not finished; the vault is whole and works as ever, and until it is finished the old key opens what is left")

type unfinishedError struct{ cause error }

func (e *unfinishedError) Error() string {
	if errors.Is(e.cause, context.Canceled) {
		return ErrUnfinished.Error()
	}
	return fmt.Sprintf("%v (%v)", ErrUnfinished, e.cause)
}

func (e *unfinishedError) Unwrap() []error { return []error{ErrUnfinished, e.cause} }

// FinishRekey brings to its end what was cut off: a revocation, or sealing
// everything anew. It asks for the
// passphrase; "": the one that opened the vault, which [Practice.CanFinish] says
// is known.
func (p *Practice) FinishRekey(ctx context.Context, passphrase string, progress Doing) error {
	if passphrase == "" {
		passphrase = p.resume
	}
	if err := p.TakenBack(ctx); err != nil {
		return err
	}
	return p.sealAnew(func() error {
		err := p.v.FinishRekey(ctx, passphrase, p.sealing(progress))
		if err == nil {
			p.resume = ""
		}
		return err
	})
}

// CanFinish reports whether what was cut off can be finished without the passphrase
// being asked again: it opened the vault.
func (p *Practice) CanFinish() bool { return p.resume != "" }

// takeOver notes, once the vault is open, which keys were shown to open it while
// it was locked, and keeps the passphrase while sealing anew waits to be finished.
func (p *Practice) takeOver(ctx context.Context, s Secret) {
	if p.ReadOnly() != nil {
		return
	}
	if keys, err := p.Keys(ctx); err == nil && keys.Unfinished {
		p.resume = s.Passphrase
	}
	p.config.tries().change(p.Dir(), func(t *triedVault) {
		for name, at := range t.Tested {
			if p.v.NoteHolderTested(ctx, name, at) == nil {
				delete(t.Tested, name)
			}
		}
	})
}

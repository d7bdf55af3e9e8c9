package app

import (
	"context"
	"errors"
	"fmt"

	"casekeep/app/release"
	"casekeep/vault"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// MakeRecoverySheet prints a sheet with a second key to the vault. Where there is
// one already that opens it, [Practice.ReplaceSheet] is what is wanted. The key is
// on the paper alone.
func (p *Practice) MakeRecoverySheet(ctx context.Context, passphrase string, out PaperFile) (Printed, error) {
	keys, err := p.Keys(ctx)
	if err != nil {
		return Printed{}, err
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return Printed{}, err
	}
	if r := keys.Recovery(); r != nil {
		made := record.DateOf(r.Added.In(record.LoadZone(settings.Zone)))
		return Printed{}, fmt.Errorf("there is a recovery sheet, made on %s: check it, or replace it if it is lost", made.Long())
	}
	who := settings.Owner
	if who == "" {
		who = "The practitioner"
	}
	return p.MakeHolderSheet(ctx, passphrase, record.Holder{Who: who, Kind: record.HolderRecovery}, out)
}

// MakeHolderSheet makes a key for somebody and prints it on a sheet for them. The
// key is on the paper alone.
func (p *Practice) MakeHolderSheet(ctx context.Context, passphrase string, h record.Holder, out PaperFile) (Printed, error) {
	if err := p.provePractitioner(passphrase); err != nil {
		return Printed{}, err
	}
	return p.printSheet(ctx, h, out, func(h record.Holder, deliver, retract func() error) error {
		_, err := p.v.AddHolder(ctx, h, deliver, retract)
		return err
	})
}

// ReplaceSheet prints a sheet with another key in place of one that was lost, and
// revokes that one: everything is sealed anew, see [Practice.Revoke].
func (p *Practice) ReplaceSheet(ctx context.Context, passphrase, name string, out PaperFile, progress Doing) (Printed, error) {
	keys, err := p.Keys(ctx)
	if err != nil {
		return Printed{}, err
	}
	h, err := keys.Find(name)
	if err != nil {
		return Printed{}, err
	}
	if h.Means != record.MeansSheet {
		return Printed{}, errors.New("this key is not on a sheet of this vault: revoke it, and add the new one")
	}
	return p.printSheet(ctx, h, out, func(fresh record.Holder, deliver, retract func() error) error {
		return p.rekey(ctx, passphrase, vault.Revocation{Without: []string{h.Name}, Instead: &fresh, Deliver: deliver, Retract: retract}, progress)
	})
}

// printSheet makes a key and prints it; add makes it open the vault, and hands
// the sheet over.
func (p *Practice) printSheet(ctx context.Context, h record.Holder, out PaperFile, add func(h record.Holder, deliver, retract func() error) error) (Printed, error) {
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	secret, recipient, err := sealed.NewHolderKey()
	if err != nil {
		return Printed{}, err
	}
	h.Means, h.Recipient, h.Name = record.MeansSheet, recipient, ""
	if h.Name, err = p.v.HolderName(ctx, h); err != nil {
		return Printed{}, err
	}
	d := release.KeySheet{Practice: l.practice, Vault: VaultName(p.Dir()), Folder: p.Dir(), Holder: h,
		Secret: secret, Groups: sealed.Groups(secret), Made: l.made}
	if d.Backups, err = p.backupLines(ctx, l.made.Location()); err != nil {
		return Printed{}, err
	}
	var kept error // the sheet stays though something is left to be done
	printed, err := p.print(ctx, d, out, func(deliver, retract func() error) error {
		err := add(h, deliver, retract)
		if errors.Is(err, ErrUnfinished) {
			kept, err = err, nil
		}
		return err
	})
	if err == nil {
		err = kept
	}
	return printed, err
}

package vault

import (
	"context"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// ExportClient writes one client's whole record as an export of its own: a
// vault with nothing else in it, which age, tar and sqlite3 open, and which
// another Casekeep can carry the record over from. What an order put out of
// sight is not in it.
func (v *Vault) ExportClient(ctx context.Context, w io.Writer, client record.ClientID, to []age.Recipient, progress func(done, total int64)) (Exported, error) {
	alone, err := v.only(ctx, client)
	if err != nil {
		return Exported{}, err
	}
	e, err := alone.export(ctx, w, v.Status().VaultID, to, progress)
	return e, errors.Join(err, alone.Close())
}

// only gives a vault in memory that holds one client's record, and reads the
// attachments of this one.
func (v *Vault) only(ctx context.Context, client record.ClientID) (*Vault, error) {
	key, err := sealed.NewKey()
	if err != nil {
		return nil, err
	}
	alone, err := detach(ctx, key, nil, "", Options{Now: v.time.source, Lines: v.lines}, v.db.OpenBlob)
	if err != nil {
		return nil, err
	}
	practice, err := v.Practice(ctx)
	if err == nil {
		err = alone.SetPractice(ctx, record.Practice{Name: practice.Name, Owner: practice.Owner, License: practice.License,
			Contact: practice.Contact, Zone: practice.Zone, Region: practice.Region})
	}
	if err == nil {
		_, err = Carry(ctx, v, alone, client, CarryOptions{KeepNumber: true, InSight: true, Vault: v.Status().VaultID.String()}, nil)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the record could not be gathered: %w", err), alone.Close())
	}
	return alone, nil
}

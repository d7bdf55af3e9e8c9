package vault

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"casekeep/vault/sealed"
)

// View lets somebody look at the vault and change nothing: a professional
// executor or a record custodian. Their opening, and each record that they open,
// is audited as theirs; everything else is refused until the vault is opened
// anew. View waits until no import is being taken back.
func (v *Vault) View(ctx context.Context, who, why string) error {
	if who = oneLine(who); who == "" {
		return errors.New("say who is looking at the records: it is written down")
	}
	if err := v.db.Status().ReadOnly; err != nil {
		return err
	}
	if err := v.TakenBack(ctx); err != nil {
		return err
	}
	v.mu.Lock()
	if v.holder != "" && who != v.signs { // with the role, or as somebody who has another's key
		if name, _, _ := strings.Cut(v.signs, ", "); strings.EqualFold(name, who) {
			who = v.signs
		} else {
			who += ", with the key of " + v.signs
		}
	}
	v.actor, v.viewing = who, true
	v.mu.Unlock()
	err := v.db.Write(ctx, func(tx *sql.Tx) error { return v.audit(ctx, tx, event{action: "vault.view"}) })
	if err == nil {
		v.db.View(why)
	}
	return err
}

// noting gives the context in which an opening is written down.
func (v *Vault) noting(ctx context.Context) context.Context {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.viewing {
		return sealed.Noting(ctx)
	}
	return ctx
}

// canNote reports whether an opening can be written down.
func (v *Vault) canNote() bool {
	v.mu.Lock()
	viewing := v.viewing
	v.mu.Unlock()
	return viewing || v.db.Status().ReadOnly == nil
}

package vault

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Holders gives everybody beside the passphrase whose key opens the vault, or
// once did: those that open it first, then the others, the newest before. The
// files in the vault's folder decide; the rows of the vault say whose they are.
func (v *Vault) Holders(ctx context.Context) ([]record.Holder, error) {
	files, err := sealed.Holders(v.dir, sealed.Options{})
	if err != nil {
		return nil, err
	}
	list := []record.Holder{}
	err = v.db.Read(ctx, func(tx *sql.Tx) error {
		list, err = holdersIn(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading who holds a key: %w", err)
	}
	for i := range list {
		list[i].State = holderState(list[i], slices.Contains(files, list[i].Name))
	}
	for _, name := range files {
		if !slices.ContainsFunc(list, func(h record.Holder) bool { return h.Name == name }) {
			list = append(list, record.Holder{Name: name, Who: name, Kind: record.HolderOther, Means: record.MeansOwn, State: record.HolderUnknown})
		}
	}
	slices.SortStableFunc(list, func(a, b record.Holder) int {
		return cmp.Or(boolOrder(a.Opens(), b.Opens()), b.Added.Compare(a.Added))
	})
	return list, nil
}

// boolOrder puts what is true first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func holderState(h record.Holder, there bool) record.HolderState {
	switch revoked := !h.Revoked.IsZero(); {
	case revoked && there:
		return record.HolderRevoking
	case revoked:
		return record.HolderRevoked
	case there:
		return record.HolderOpens
	}
	return record.HolderMissing
}

// holdersIn gives the rows, without what the files say.
func holdersIn(ctx context.Context, tx *sql.Tx) ([]record.Holder, error) {
	list := []record.Holder{}
	err := each(ctx, tx, `SELECT id, name, who, kind, means, reach, recipient, added, author, coalesce(tested, 0), coalesce(revoked, 0)
		FROM holder ORDER BY id`, func(rows *sql.Rows) error {
		var h record.Holder
		var added, tested, revoked int64
		err := rows.Scan(&h.ID, &h.Name, &h.Who, &h.Kind, &h.Means, &h.Reach, &h.Recipient, &added, &h.Author, &tested, &revoked)
		h.Added, h.Tested, h.Revoked = momentOf(added), momentOf(tested), momentOf(revoked)
		list = append(list, h)
		return err
	})
	return list, err
}

// momentOf gives a time of the database; 0: none.
func momentOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// AddHolder seals the vault's identity to somebody's age recipient, so that the
// key opens the vault from now on. The name of its file is chosen here, unless
// [Vault.HolderName] gave it. deliver
// hands over what the key is given on, such as a sheet, before anything is
// sealed, and retract takes it back where that fails; both may be nil.
func (v *Vault) AddHolder(ctx context.Context, h record.Holder, deliver, retract func() error) (record.Holder, error) {
	if v.Rekeying() {
		return h, sealed.ErrRekeying
	}
	to, err := sealed.ParseRecipient(h.Recipient)
	if err != nil {
		return h, err
	}
	delivered := false
	err = v.db.Write(ctx, func(tx *sql.Tx) error {
		if h, err = v.putHolder(ctx, tx, h); err != nil || deliver == nil {
			return err
		}
		err := deliver()
		delivered = err == nil
		return err
	})
	if err == nil {
		if err = v.db.AddHolder(ctx, h.Name, to); err != nil {
			err = errors.Join(err, v.takeBackHolder(h.Name))
		}
	}
	if err != nil {
		if delivered && retract != nil {
			err = errors.Join(err, retract())
		}
		return h, err
	}
	h.State = record.HolderOpens
	return h, nil
}

// putHolder writes the row of a new holder, and audits it.
func (v *Vault) putHolder(ctx context.Context, tx *sql.Tx, h record.Holder) (record.Holder, error) {
	recipient, err := recipientText(h.Recipient)
	if err != nil {
		return h, err
	}
	h.Who, h.Reach, h.Recipient = oneLine(h.Who), oneLine(h.Reach), recipient
	h.Added, h.Author, h.Tested, h.Revoked = v.clock(), v.author(), time.Time{}, time.Time{}
	if h.Who == "" {
		return h, errors.New("say whose key it is: the name stands in the list, on papers and in the audit trail")
	}
	taken, err := v.namesTaken(ctx, tx)
	if err != nil {
		return h, err
	}
	files, err := sealed.Holders(v.dir, sealed.Options{})
	if err != nil {
		return h, err
	}
	list, err := holdersIn(ctx, tx)
	if err != nil {
		return h, err
	}
	for _, other := range list {
		if other.Recipient == h.Recipient && other.Revoked.IsZero() && slices.Contains(files, other.Name) {
			return h, fmt.Errorf("this is the key of %s, which opens the vault already", other.Who)
		}
	}
	if h.Name == "" {
		h.Name = freeName(h, taken)
	} else if slices.Contains(taken, h.Name) {
		return h, fmt.Errorf("there is a key by the name of %s meanwhile: try again", h.Name)
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO holder(name, who, kind, means, reach, recipient, added, author) VALUES(?,?,?,?,?,?,?,?)`,
		h.Name, h.Who, h.Kind, h.Means, h.Reach, h.Recipient, h.Added.UnixMilli(), h.Author)
	if err != nil {
		return h, fmt.Errorf("noting who holds a key: %w", err)
	}
	if h.ID, err = result.LastInsertId(); err != nil {
		return h, err
	}
	return h, v.audit(ctx, tx, event{action: "holder.add", detail: h.Name})
}

// HolderName gives the name that the file of a new holder's key will have.
func (v *Vault) HolderName(ctx context.Context, h record.Holder) (string, error) {
	var taken []string
	err := v.db.Read(ctx, func(tx *sql.Tx) (err error) {
		taken, err = v.namesTaken(ctx, tx)
		return err
	})
	return freeName(h, taken), err
}

// namesTaken gives every name that a holder has or had.
func (v *Vault) namesTaken(ctx context.Context, tx *sql.Tx) ([]string, error) {
	taken, err := sealed.Holders(v.dir, sealed.Options{})
	if err != nil {
		return nil, err
	}
	list, err := holdersIn(ctx, tx)
	for _, h := range list {
		taken = append(taken, h.Name)
	}
	return taken, err
}

// takeBackHolder notes that a holder's key never came to open the vault.
func (v *Vault) takeBackHolder(name string) error {
	ctx := context.Background()
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		return v.revokeRow(ctx, tx, name, "holder.not-added")
	})
}

// revokeRow notes that a key opens nothing any more.
func (v *Vault) revokeRow(ctx context.Context, tx *sql.Tx, name, action string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE holder SET revoked = ? WHERE name = ?`, v.clock().UnixMilli(), name); err != nil {
		return fmt.Errorf("noting who holds a key: %w", err)
	}
	return v.audit(ctx, tx, event{action: action, detail: name})
}

// maxHolderName is how long the name is that is made of a person's.
const maxHolderName = 24

// freeName gives the name of a holder's file, [a-z0-9-], that none had before.
func freeName(h record.Holder, taken []string) string {
	base := "recovery"
	if h.Kind != record.HolderRecovery {
		base = plainName(h.Who)
	}
	name := base
	for n := 2; slices.Contains(taken, name); n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}

// plainName gives a person's name in the letters of a file's: "María Osei" is
// "maria-osei". One in another script is "holder".
func plainName(who string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(who)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
	}
	name := b.String()
	return cmp.Or(strings.TrimRight(name[:min(len(name), maxHolderName)], "-"), "holder")
}

// NoteHolderTested remembers that a holder's key was shown to open the vault.
func (v *Vault) NoteHolderTested(ctx context.Context, name string, at time.Time) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error { return v.noteTested(ctx, tx, name, at) })
}

func (v *Vault) noteTested(ctx context.Context, tx *sql.Tx, name string, at time.Time) error {
	result, err := tx.ExecContext(ctx, `UPDATE holder SET tested = ?1 WHERE name = ?2 AND coalesce(tested, 0) < ?1`, at.UnixMilli(), name)
	if err != nil {
		return fmt.Errorf("noting that a key was tested: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return v.audit(ctx, tx, event{action: "holder.test", detail: name})
}

// signature gives under what name the trail keeps what the holder does who opened
// the vault: the person and the role, or the file's name where the vault does not
// know whose it is.
func signature(ctx context.Context, tx *sql.Tx, name string) (string, error) {
	list, err := holdersIn(ctx, tx)
	for _, h := range list {
		if h.Name == name {
			return h.Signs(), err
		}
	}
	return name, err
}

// holderOf gives the name of the holder to whom one of these public keys belongs.
// A file in the vault's folder says so too, but can be copied to another's name:
// name is that of the file that opened, for a key of which the vault knows nothing.
func holderOf(list []record.Holder, name string, own []string) string {
	theirs := ""
	for _, h := range list {
		if slices.Contains(own, h.Recipient) && theirs != name { // a key can be added again once it was revoked
			theirs = h.Name
		}
	}
	if theirs != "" {
		return theirs
	}
	if slices.ContainsFunc(list, func(h record.Holder) bool { return h.Name == name }) { // to whom that file was never sealed
		return name + ", a file that was exchanged"
	}
	return name
}

// recipientsOf gives the public keys that belong to secret ones.
func recipientsOf(ids []age.Identity) (all []string) {
	for _, id := range ids {
		switch id := id.(type) {
		case *age.HybridIdentity:
			all = append(all, id.Recipient().String())
		case *age.X25519Identity:
			all = append(all, id.Recipient().String())
		}
	}
	return all
}

// recipientText gives a public key as age writes it, by which keys are told apart.
func recipientText(s string) (string, error) {
	to, err := sealed.ParseRecipient(s)
	return fmt.Sprint(to), err
}

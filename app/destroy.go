package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"casekeep/vault"
	"casekeep/vault/record"
)

// ErrNotDue says that a record is kept.
var ErrNotDue = vault.ErrNotDue

// LastLook is what the practitioner sees before a record is destroyed.
type LastLook struct {
	Kept
	Entries, Attachments int // those out of sight with them
	AttachmentBytes      int64
	First, Last          record.Date          // of what it holds
	Disclosed            int                  // how often it was handed out
	Backups              []record.KnownBackup // that hold it, the newest first
	Copies               []record.StrayCopy   // of the vault's files in its folder, which may hold it
	Duties               []string             // at disposal, by the rules that bind it
}

// LastLook gives what there is to destroy of a record, and where else it lies.
func (p *Practice) LastLook(ctx context.Context, client record.ClientID) (LastLook, error) {
	kept, err := p.Keep(ctx, client)
	if err != nil {
		return LastLook{}, err
	}
	c, err := p.v.Contents(ctx, client)
	if err != nil {
		return LastLook{}, err
	}
	look := LastLook{Kept: kept[0], Entries: c.Entries, Attachments: c.Attachments, AttachmentBytes: c.Bytes, First: c.First, Last: c.Last,
		Disclosed: c.Disclosed, Duties: c.Duties}
	known, err := p.v.KnownBackups(ctx)
	for _, b := range known {
		if b.Gone.IsZero() && !b.At.Before(c.Began) {
			look.Backups = append(look.Backups, b)
		}
	}
	if err != nil {
		return look, err
	}
	look.Copies, err = p.StrayCopies(ctx)
	return look, err
}

// FindRecord gives the record that ref names as FindClient does, and one that is
// out of sight by its number.
func (p *Practice) FindRecord(ctx context.Context, ref string) (record.ClientID, error) {
	found, err := p.v.FindClient(ctx, ref)
	if err == nil || !errors.Is(err, ErrNoClient) {
		return found.ID, err
	}
	all, failed := p.v.Keep(ctx)
	for _, k := range all {
		if k.Number == strings.TrimSpace(ref) {
			return k.Client, nil
		}
	}
	return 0, errors.Join(err, failed)
}

// Confirm is what the practitioner typed to have a record destroyed.
type Confirm struct {
	Name       string // the client's; the record's number where the record is out of sight
	Passphrase string
}

// Destroy destroys a record that is due, for good: the name and the passphrase
// must be typed once more. Where the record is kept the error says why and
// until when.
func (p *Practice) Destroy(ctx context.Context, client record.ClientID, c Confirm, progress func(done, total int64, doing string)) (record.Destruction, error) {
	if err := p.TakenBack(ctx); err != nil {
		return record.Destruction{}, err
	}
	kept, err := p.Keep(ctx, client)
	if err != nil {
		return record.Destruction{}, err
	}
	k := kept[0]
	if k.Status != record.KeepDue {
		return record.Destruction{}, notDue(k)
	}
	if !SameName(c.Name, k.Name) {
		return record.Destruction{}, errors.New("that is not the name of this record: type it as it stands above the record")
	}
	if err := p.prove(c.Passphrase); err != nil {
		return record.Destruction{}, err
	}
	return p.v.Destroy(ctx, client, arithmetic(k), progress)
}

// StrayCopies gives the copies of the vault's files that lie in its folder, which no
// destruction reaches, such as those that a program which syncs files has left.
func (p *Practice) StrayCopies(ctx context.Context) ([]record.StrayCopy, error) {
	return p.v.StrayCopies(ctx)
}

// RemoveCopies removes such copies for a destruction, each if it is still as it was
// when it was shown.
func (p *Practice) RemoveCopies(ctx context.Context, d record.Destruction, copies []record.StrayCopy) error {
	if err := p.changing(); err != nil {
		return err
	}
	if err := p.v.RemoveStrayCopies(ctx, d.ID, copies); err != nil {
		return fmt.Errorf("the record is destroyed, but not every copy in the vault's folder was removed, and the certificate names those that stay: %w", err)
	}
	return nil
}

// notDue says why a record is kept.
func notDue(k Kept) error {
	why := k.Line
	if len(k.Why) > 0 {
		why += " (" + strings.TrimSuffix(strings.Join(k.Why, " "), ".") + ")"
	}
	return fmt.Errorf("%w. %s", ErrNotDue, why)
}

// arithmetic gives the sum by which a record is due.
func arithmetic(k Kept) string {
	for _, s := range k.Steps {
		if s.Decides {
			return s.Says + ", " + s.Source
		}
	}
	return k.Line
}

// SameName compares names as people type them: case and spaces do not count.
func SameName(a, b string) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
	return strings.EqualFold(plain(a), plain(b))
}

// prove asks whether the passphrase opens this vault. Whoever guesses waits as at
// the locked window.
func (p *Practice) prove(passphrase string) error {
	return p.config.guarded(p.Dir(), func() error { return p.v.CheckPassphrase(passphrase) })
}

// Destructions gives what stays of the records that were destroyed, the newest
// first.
func (p *Practice) Destructions(ctx context.Context) ([]record.Destruction, error) {
	return p.v.Destructions(ctx)
}

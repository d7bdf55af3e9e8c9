package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"

	"casekeep/vault/record"
)

// Sealing is for whom something is sealed: a passphrase, or the public keys of
// the receivers (age1..., age1pq1...). Not both: age seals to one or the other.
type Sealing struct {
	Passphrase string
	Recipients []string
}

// recipients gives what age seals to.
func (s Sealing) recipients() ([]age.Recipient, error) {
	switch {
	case s.Passphrase != "" && len(s.Recipients) > 0:
		return nil, errors.New("seal it to a passphrase or to public keys: it cannot be both")
	case strings.TrimSpace(s.Passphrase) != "":
		to, err := age.NewScryptRecipient(s.Passphrase)
		return []age.Recipient{to}, err
	case len(s.Recipients) == 0:
		return nil, errors.New("give a passphrase, or the public key of whoever is to open it")
	}
	var all []age.Recipient
	for _, text := range s.Recipients {
		to, err := parseRecipient(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		all = append(all, to)
	}
	return all, nil
}

func parseRecipient(text string) (to age.Recipient, err error) {
	switch {
	case strings.HasPrefix(text, "age1pq1"):
		to, err = age.ParseHybridRecipient(text)
	case strings.HasPrefix(text, "age1"):
		to, err = age.ParseX25519Recipient(text)
	case strings.HasPrefix(text, "AGE-SECRET-KEY"):
		return nil, errors.New("that is a secret key: give the public one, which begins with age1")
	default:
		return nil, errors.New("that is no public key of age: it begins with age1")
	}
	if err != nil {
		return nil, errors.New("that public key has a mistake in it: copy it once more")
	}
	return to, nil
}

// WholeExport is a vault that was exported into one file.
type WholeExport struct {
	File        string      `json:"file"`
	Bytes       int64       `json:"bytes"`
	SHA256      record.Hash `json:"sha256"`
	Clients     int         `json:"clients"`
	Entries     int         `json:"entries"`
	Attachments int         `json:"attachments"`
	Damaged     []string    `json:"damaged"` // attachments that could not be read: zeros stand for them
}

// ExportWhole writes the whole vault as one age file, which age, tar and
// sqlite3 open. The file is there whole or not at all, and the practice's trail
// says that it was made.
func (p *Practice) ExportWhole(ctx context.Context, path string, to Sealing, progress Doing) (WholeExport, error) {
	e := WholeExport{File: path, Damaged: []string{}}
	if err := p.changing(); err != nil {
		return e, err
	}
	recipients, err := to.recipients()
	if err != nil {
		return e, err
	}
	if within(path, p.Dir()) {
		return e, errors.New("an export inside the vault's own folder is no copy: choose another place")
	}
	if err := p.TakenBack(ctx); err != nil {
		return e, err
	}
	file, err := startFile(path)
	if err != nil {
		return e, err
	}
	defer file.abandon()
	what, err := p.v.Export(ctx, file, recipients, progress.as("Exporting"))
	if err != nil {
		return e, fmt.Errorf("the vault was not exported: %w", err)
	}
	if err := file.finish(); err != nil {
		return e, err
	}
	info, err := file.temp.Stat()
	if err != nil {
		return e, err
	}
	e.Bytes, e.SHA256 = info.Size(), file.digest()
	e.Clients, e.Entries, e.Attachments = what.Clients, what.Entries, len(what.Attachments)
	e.Damaged = append(e.Damaged, what.Damaged...)
	if p.ReadOnly() != nil { // it can still be saved from the disk that fails
		return e, file.deliver()
	}
	return e, p.v.NotePaper(ctx, "export", []record.ClientID{record.Book}, file.deliver, file.retract)
}

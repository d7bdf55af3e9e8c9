package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"casekeep/vault"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// CarriedRecord says what came of bringing a record into this vault.
type CarriedRecord struct {
	Client      record.Client `json:"client"`
	Entries     int           `json:"entries"` // added
	Present     int           `json:"present"` // were there already
	Attachments int           `json:"attachments"`
	Disclosures int           `json:"disclosures"`
	Holds       int           `json:"holds"`
	Loose       int           `json:"loose"`   // references to other records, which stayed behind
	Damaged     []string      `json:"damaged"` // attachments that could not be read
	Package     record.Hash   `json:"package_sha256,omitzero"`
	From        string        `json:"from,omitempty"` // the other practice
}

func carriedRecord(c vault.Carried) CarriedRecord {
	return CarriedRecord{Client: c.Client, Entries: c.Entries, Present: c.Present, Attachments: c.Attachments, Disclosures: c.Disclosures,
		Holds: c.Holds, Loose: c.Loose, Damaged: append([]string{}, c.Damaged...)}
}

// TransferRequest is a client's whole record that goes to another practitioner,
// or to whoever asks for it in this form.
type TransferRequest struct {
	Client  record.ClientID
	To      string // who receives it
	Purpose string
	Out     string // the file
	Sealed  Sealing
}

// Transferred says what went out.
type Transferred struct {
	File        string            `json:"file"`
	Bytes       int64             `json:"bytes"`
	SHA256      record.Hash       `json:"sha256"`
	Entries     int               `json:"entries"`
	Attachments int               `json:"attachments"`
	Damaged     []string          `json:"damaged"`
	Disclosure  record.Disclosure `json:"disclosure"`
}

// Transfer writes a client's whole record as a sealed package, which another
// Casekeep takes in and which age, tar and sqlite3 open, and notes the
// disclosure. Either both are done or neither.
func (p *Practice) Transfer(ctx context.Context, t TransferRequest, progress Doing) (Transferred, error) {
	out := Transferred{File: t.Out, Damaged: []string{}}
	if strings.TrimSpace(t.To) == "" || strings.TrimSpace(t.Purpose) == "" {
		return out, errors.New("say to whom the record goes, and why: a transfer is a disclosure")
	}
	to, err := t.Sealed.recipients()
	if err != nil {
		return out, err
	}
	if err := p.TakenBack(ctx); err != nil {
		return out, err
	}
	ids, err := p.v.EntryIDs(ctx, t.Client)
	if err != nil {
		return out, err
	}
	file, err := startFile(t.Out)
	if err != nil {
		return out, err
	}
	defer file.abandon()
	what, err := p.v.ExportClient(ctx, file, t.Client, to, progress.as("Writing the record"))
	if err != nil {
		return out, fmt.Errorf("the record was not written: %w", err)
	}
	if err := file.finish(); err != nil {
		return out, err
	}
	info, err := file.temp.Stat()
	if err != nil {
		return out, err
	}
	out.Bytes, out.SHA256, out.Entries, out.Attachments = info.Size(), file.digest(), what.Entries, len(what.Attachments)
	out.Damaged = append(out.Damaged, what.Damaged...)
	out.Disclosure, err = p.v.Disclose(ctx, vault.Release{Entries: ids, Disclosure: record.Disclosure{
		Client: t.Client, To: t.To, Purpose: t.Purpose, File: filepath.Base(t.Out), SHA256: out.SHA256, Sealed: true,
	}}, file.deliver, file.retract)
	return out, err
}

// errWholeVault says that an export holds more than a record to take in.
var errWholeVault = errors.New("this is a whole vault: restore it with casekeep restore, or choose a package of one record")

// Receive takes in the record of a package that another vault wrote: with the
// passphrase that it was sealed with, or a key file. It gets a number of its own
// here. A package that was taken in before is refused, and so is a whole vault.
func (p *Practice) Receive(ctx context.Context, path string, s Secret, progress Doing) ([]CarriedRecord, error) {
	from, what, sum, end, err := openPackage(ctx, path, s, vault.Options{Now: p.now, Lines: linesOf}, progress)
	if err != nil {
		return nil, err
	}
	defer end()
	list, err := from.Clients(ctx)
	if err != nil {
		return nil, fmt.Errorf("the package cannot be read, ask whoever sent it to write it again: %w", err)
	}
	if len(list) == 0 {
		return nil, errors.New("this package holds no record")
	}
	if err := p.admitPackage(ctx, from, what, sum, list); err != nil {
		return nil, err
	}
	if err := p.TakenBack(ctx); err != nil {
		return nil, err
	}
	carried, err := vault.Carry(ctx, from, p.v, list[0].ID, vault.CarryOptions{Vault: what.Vault, Package: sum, Damaged: true}, progress.as("Taking in the record"))
	if err != nil {
		return nil, err
	}
	one := carriedRecord(carried)
	one.Package, one.From = sum, what.Practice
	return []CarriedRecord{one}, nil
}

// admitPackage refuses what Transfer did not write, and what is here already: a
// second time would double the client.
func (p *Practice) admitPackage(ctx context.Context, from *vault.Vault, what vault.Exported, sum record.Hash, list []record.ClientSummary) error {
	if len(list) > 1 {
		return errWholeVault
	}
	ids, err := from.EntryIDs(ctx, list[0].ID)
	if err != nil {
		return err
	}
	if what.Entries > len(ids) { // the practice's own, or what is out of sight
		return errWholeVault
	}
	before, err := p.v.ReceivedBefore(ctx, sum)
	if err != nil || before.Number == "" {
		return err
	}
	s, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	day := record.DateOf(before.At.In(record.LoadZone(s.Zone)))
	return fmt.Errorf("this package was taken in before, on %s, as record %s", day.Long(), before.Number)
}

// openPackage opens an export, and gives its digest and what closes it.
func openPackage(ctx context.Context, path string, s Secret, opt vault.Options, progress Doing) (*vault.Vault, vault.Exported, record.Hash, func(), error) {
	fail := func(err error) (*vault.Vault, vault.Exported, record.Hash, func(), error) {
		return nil, vault.Exported{}, record.Hash{}, nil, err
	}
	keys, err := s.keys()
	if err != nil {
		return fail(err)
	}
	file, err := os.Open(path)
	if err != nil {
		return fail(cannotRead(path, err))
	}
	info, err := file.Stat()
	var sum record.Hash
	if err == nil {
		sum, err = digestOf(ctx, file, info.Size(), progress)
	}
	if err != nil {
		return fail(errors.Join(cannotRead(path, err), file.Close()))
	}
	v, what, err := vault.OpenExport(ctx, file, info.Size(), keys, opt)
	if err != nil {
		return fail(errors.Join(err, file.Close()))
	}
	return v, what, sum, func() { _ = errors.Join(v.Close(), file.Close()) }, nil // nothing was written
}

func digestOf(ctx context.Context, r io.ReaderAt, size int64, progress Doing) (record.Hash, error) {
	h := sha256.New()
	in := io.NewSectionReader(r, 0, size)
	for {
		if err := ctx.Err(); err != nil {
			return record.Hash{}, err
		}
		n, err := io.CopyN(h, in, 1<<20)
		if progress != nil {
			at, _ := in.Seek(0, io.SeekCurrent)
			progress(at, size, "Reading the package")
		}
		if errors.Is(err, io.EOF) {
			return record.Hash(h.Sum(nil)), nil
		}
		if err != nil || n == 0 {
			return record.Hash{}, err
		}
	}
}

// keys gives what age opens a file with.
func (s Secret) keys() ([]age.Identity, error) {
	secret, err := s.engine()
	if err != nil || s.Passphrase == "" {
		return secret.Identities, err
	}
	id, err := age.NewScryptIdentity(s.Passphrase)
	if err != nil {
		return nil, err
	}
	id.SetMaxWorkFactor(sealed.MaxWorkFactor)
	return append([]age.Identity{id}, secret.Identities...), nil
}

// RestoreExport makes a vault in dir, under a new passphrase, out of a whole
// vault that was exported.
func RestoreExport(ctx context.Context, path string, s Secret, dir, passphrase string, c Config, progress Doing) (RestoredVault, error) {
	r := RestoredVault{Folder: dir, Destroyed: []record.Destruction{}, Missing: []string{}}
	from, what, _, end, err := openPackage(ctx, path, s, c.vault(), progress)
	if err != nil {
		return r, err
	}
	defer end()
	r.Backup = Backup{Name: filepath.Base(path), At: what.Taken, Practice: what.Practice, Clients: what.Clients, Entries: what.Entries, Attachments: len(what.Attachments), Full: true}
	damaged, err := vault.PlantExport(ctx, from, dir, passphrase, c.vault(), progress.as("Restoring"))
	r.Missing = append(r.Missing, damaged...)
	return r, err
}

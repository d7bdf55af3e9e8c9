package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"casekeep/app/form"
	"casekeep/vault"
	"casekeep/vault/record"
)

// SequesterOrder says what is put out of sight, by whose order, and whether it
// is sealed to somebody.
type SequesterOrder struct {
	Entries       []record.EntryID // none: the whole record, which must be closed
	Ground        string           // record.GroundCourt and the rest
	Reason        string           // in words that do not repeat what goes
	Court, Number string           // the court or authority, and the order's number
	On            record.Date      // the order's day
	Files         []Upload         // the order itself
	Holder        string           // an age recipient; "": the entries stay in this vault
	HolderName    string
}

// Sequester puts entries of a record, or a record whole, out of every view,
// search and release, and files the order in the practice's book in the same
// step. With a holder they are sealed to the recipient and leave the vault's
// rows, pages and files: what is kept is a file that the holder alone can read.
func (p *Practice) Sequester(ctx context.Context, client record.ClientID, o SequesterOrder) error {
	if err := p.TakenBack(ctx); err != nil {
		return err
	}
	c, err := p.v.Client(ctx, client)
	if err != nil {
		return err
	}
	values := form.Values{"on": o.On.String(), "authority": o.Court, "number": o.Number, "ground": o.Ground, "asks": o.Reason, "record": c.Number}
	filing, err := p.filing(ctx, &FormRequest{Client: record.Book, Form: record.FormOrder, Values: values, Files: o.Files})
	if err != nil {
		return err
	}
	return p.v.Sequester(ctx, client, vault.SequesterOrder{Entries: o.Entries, Ground: o.Ground, Reason: o.Reason, Order: filing, Files: o.Files,
		Holder: o.Holder, HolderName: o.HolderName}, nil)
}

// Sequestered gives what was put out of sight of a client's record, or for
// client 0 of all of them; what was brought back stands last.
func (p *Practice) Sequestered(ctx context.Context, client record.ClientID) ([]record.Sequestration, error) {
	return p.v.Sequestered(ctx, client)
}

// Unsequester brings back an entry with its other versions, or a whole record
// with what the same order put out of sight.
func (p *Practice) Unsequester(ctx context.Context, id int64, reason string) error {
	return p.v.Unsequester(ctx, id, reason)
}

// ExportSequestered writes the file that was sealed to a holder, for handing it
// out: an age file with a tar archive, which the holder alone can open. path
// must not exist.
func (p *Practice) ExportSequestered(ctx context.Context, id int64, path string) error {
	if strings.TrimSpace(path) == "" {
		return errors.New("say into which file it goes")
	}
	sealed, err := p.v.OpenSequestered(ctx, id)
	if err != nil {
		return err
	}
	defer sealed.Close()
	file, err := startFile(path)
	if err != nil {
		return err
	}
	defer file.abandon()
	if _, err := io.Copy(file, sealed); err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	if err := file.finish(); err != nil {
		return err
	}
	return file.deliver()
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) destroyCommand() *cobra.Command {
	var c common
	var client, certificate, confirm, copies string
	cmd := &cobra.Command{
		Use:   "destroy VAULT --client C --certificate FILE.pdf --confirm NAME",
		Short: "Destroy a client's record that is due, for good, and write the certificate",
		Long: "Destroy a client's record for good, once the time for which it must be kept has passed and nothing open forbids it, and\n" +
			"write the certificate of destruction. Backups that hold it are not touched, and the certificate lists them; one more is\n" +
			"made, so that no restore brings the record back. --confirm repeats the client's whole name.\n\n" +
			"Where copies of the vault's files lie in its folder, such as those that a program which syncs files leaves there, nothing is\n" +
			"destroyed until --copies says what becomes of them: with keep they stay, and the certificate names them as copies that may\n" +
			"still hold the record; with remove they go once the record is destroyed, and with them whatever only they hold. To look\n" +
			"into one of the records, copy it into a new folder under the name records.db.age, with key.age beside it, and salvage that.",
		Example: `  casekeep destroy "My Practice.casekeep" --client 2034-017 --certificate D-2041-001.pdf --confirm "Dana Reyes"`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client", "certificate", "confirm"); err != nil {
				return err
			}
			if copies != "" && copies != keepCopies && copies != removeCopies {
				return usageError{"--copies is keep or remove"}
			}
			return m.withinBy(cmd.Context(), args[0], c, func(p *app.Practice, passphrase string) (answer, error) {
				return m.destroy(cmd.Context(), p, client, app.Confirm{Name: confirm, Passphrase: passphrase}, certificate, copies)
			})
		},
	}
	clientFlag(cmd, &client)
	cmd.Flags().StringVar(&certificate, "certificate", "", "the `FILE.pdf` to write the certificate into; it must not exist yet")
	cmd.Flags().StringVar(&confirm, "confirm", "", "the client's whole `NAME` once more")
	cmd.Flags().StringVar(&copies, "copies", "", "what becomes of copies in the vault's folder that may hold the record: `keep|remove`")
	c.flags(cmd)
	return cmd
}

// what --copies takes
const (
	keepCopies   = "keep"
	removeCopies = "remove"
)

// destroyed is a destruction as a script reads it.
type destroyed struct {
	record.Destruction
	File   string             `json:"file"`             // the certificate
	Copies []record.StrayCopy `json:"copies,omitempty"` // in the vault's folder, which may hold it still
}

// askedCopies gives the copies that are to be removed. Where there are any and it is
// not said what becomes of them, the error names them.
func askedCopies(ctx context.Context, p *app.Practice, client record.ClientID, asked string) ([]record.StrayCopy, error) {
	look, err := p.LastLook(ctx, client)
	if err != nil || asked == removeCopies {
		return look.Copies, err
	}
	if asked == keepCopies || look.Status != record.KeepDue || len(look.Copies) == 0 {
		return nil, nil
	}
	return nil, fmt.Errorf("nothing was destroyed: in the vault's folder lie copies of its files that may hold the record, %s; look at them, and then say --copies remove or --copies keep",
		strings.Join(copiesSaid(look.Copies), ", "))
}

// copiesSaid names copies, with their dates and sizes.
func copiesSaid(copies []record.StrayCopy) []string {
	said := make([]string, len(copies))
	for i, one := range copies {
		said[i] = fmt.Sprintf("%s (%s, %s)", one.Name, when(one.Modified, time.Local), app.Size(one.Bytes))
	}
	return said
}

func (m *Main) destroy(ctx context.Context, p *app.Practice, client string, confirm app.Confirm, certificate, copies string) (answer, error) {
	id, err := p.FindRecord(ctx, client)
	if err != nil {
		return answer{}, err
	}
	if err := app.CheckNewFile(certificate); err != nil {
		return answer{}, err
	}
	remove, err := askedCopies(ctx, p, id, copies)
	if err != nil {
		return answer{}, err
	}
	line := m.progress()
	d, err := p.Destroy(ctx, id, confirm, func(done, total int64, doing string) {
		line.show("%s: %s of %s", doing, number(int(done)), number(int(total)))
	})
	line.clear()
	if err != nil {
		return answer{}, err
	}
	stay := p.RemoveCopies(context.WithoutCancel(ctx), d, remove)
	if err := p.WriteCertificate(context.WithoutCancel(ctx), d.ID, certificate); err != nil {
		return answer{}, fmt.Errorf("the record %s is destroyed, but its certificate %s was not written (casekeep certificate writes it): %w", d.Number, d.Certificate, err)
	}
	// The backups are told at once: whoever restores from a drive alone knows only
	// what lies there.
	_, untold := p.BackUp(ctx, line.bytes)
	line.clear()
	left, failed := p.StrayCopies(context.WithoutCancel(ctx))
	return answer{destroyed{d, certificate, left}, func(w io.Writer) {
		fmt.Fprintf(w, "Destroyed record %s: %s, %s.\n", d.Number, counted(d.Entries, "entry"), counted(d.Attachments, "attachment"))
		fmt.Fprintf(w, "Wrote certificate %s into %s: print it and sign it.\n", d.Certificate, certificate)
		if untold != nil && !errors.Is(untold, app.ErrNoTarget) {
			fmt.Fprintf(w, "The backups do not know of it yet, so a restore would bring the record back: %v.\n", untold)
		}
		for _, one := range copiesSaid(left) {
			fmt.Fprintf(w, "In the vault's folder, and may hold it still: %s.\n", one)
		}
	}}, errors.Join(stay, failed)
}

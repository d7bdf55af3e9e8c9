package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) destroyCommand() *cobra.Command {
	var c common
	var client, certificate, confirm string
	cmd := &cobra.Command{
		Use:   "destroy VAULT --client C --certificate FILE.pdf --confirm NAME",
		Short: "Destroy a client's record that is due, for good, and write the certificate",
		Long: "Destroy a client's record for good, once the time for which it must be kept has passed and nothing open forbids it, and\n" +
			"write the certificate of destruction. Backups that hold it are not touched, and the certificate lists them; one more is\n" +
			"made, so that no restore brings the record back. --confirm repeats the client's whole name.",
		Example: `  casekeep destroy "My Practice.casekeep" --client 2034-017 --certificate D-2041-001.pdf --confirm "Dana Reyes"`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client", "certificate", "confirm"); err != nil {
				return err
			}
			return m.withinBy(cmd.Context(), args[0], c, func(p *app.Practice, passphrase string) (answer, error) {
				return m.destroy(cmd.Context(), p, client, app.Confirm{Name: confirm, Passphrase: passphrase}, certificate)
			})
		},
	}
	clientFlag(cmd, &client)
	cmd.Flags().StringVar(&certificate, "certificate", "", "the `FILE.pdf` to write the certificate into; it must not exist yet")
	cmd.Flags().StringVar(&confirm, "confirm", "", "the client's whole `NAME` once more")
	c.flags(cmd)
	return cmd
}

// destroyed is a destruction as a script reads it.
type destroyed struct {
	record.Destruction
	File string `json:"file"` // the certificate
}

func (m *Main) destroy(ctx context.Context, p *app.Practice, client string, confirm app.Confirm, certificate string) (answer, error) {
	id, err := p.FindRecord(ctx, client)
	if err != nil {
		return answer{}, err
	}
	if err := app.CheckNewFile(certificate); err != nil {
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
	if err := p.WriteCertificate(context.WithoutCancel(ctx), d.ID, certificate); err != nil {
		return answer{}, fmt.Errorf("the record %s is destroyed, but its certificate %s was not written (casekeep certificate writes it): %w", d.Number, d.Certificate, err)
	}
	// The backups are told at once: whoever restores from a drive alone knows only
	// what lies there.
	_, untold := p.BackUp(ctx, line.bytes)
	line.clear()
	return answer{destroyed{d, certificate}, func(w io.Writer) {
		fmt.Fprintf(w, "Destroyed record %s: %s, %s.\n", d.Number, counted(d.Entries, "entry"), counted(d.Attachments, "attachment"))
		fmt.Fprintf(w, "Wrote certificate %s into %s: print it and sign it.\n", d.Certificate, certificate)
		if untold != nil && !errors.Is(untold, app.ErrNoTarget) {
			fmt.Fprintf(w, "The backups do not know of it yet, so a restore would bring the record back: %v.\n", untold)
		}
	}}, nil
}

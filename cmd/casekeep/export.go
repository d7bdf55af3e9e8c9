package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) exportCommand() *cobra.Command {
	var c common
	var out, protect string
	var to app.Sealing
	cmd := &cobra.Command{
		Use:   "export VAULT --out FILE.age [--to KEY]...",
		Short: "Write a whole vault as one age file, which age, tar and sqlite3 open",
		Long: "Write a whole vault as one age file with a tar archive in it: the database, every attachment, and a list of both.\n" +
			"It opens without Casekeep:\n\n" +
			"  age -d FILE.age | tar x\n" +
			"  sqlite3 records.db\n\n" +
			"It is sealed to the public keys given with --to, or to a passphrase of its own: the first line of the file given\n" +
			"with --protect, or else asked for twice.",
		Example: "  casekeep export \"My Practice.casekeep\" --out practice.age\n" +
			"  casekeep export \"My Practice.casekeep\" --out practice.age --to age1pq1...",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "out"); err != nil {
				return err
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				var err error
				if to.Passphrase, err = m.sealingPassphrase(cmd.Context(), protect, to.Recipients); err != nil {
					return answer{}, err
				}
				return m.export(cmd.Context(), p, out, to)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "the `FILE.age` to write; it must not exist yet")
	sealingFlags(cmd, &to.Recipients, &protect)
	c.flags(cmd)
	return cmd
}

// sealingFlags say for whom a file is sealed.
func sealingFlags(cmd *cobra.Command, recipients *[]string, protect *string) {
	cmd.Flags().StringArrayVar(recipients, "to", nil, "seal it to this public `KEY` of age; may be repeated")
	cmd.Flags().StringVar(protect, "protect", "", "seal it to the passphrase in the first line of `FILE`")
}

// sealingPassphrase gives the passphrase of a file that is sealed to no keys.
func (m *Main) sealingPassphrase(ctx context.Context, protect string, recipients []string) (string, error) {
	switch {
	case protect != "" && len(recipients) > 0:
		return "", usagef("give --to or --protect: age seals to keys or to a passphrase, not to both")
	case protect != "":
		return firstLine(protect, "file's passphrase")
	case len(recipients) > 0:
		return "", nil
	}
	return m.askTwice(ctx, "Passphrase to seal the file with: ")
}

func (m *Main) export(ctx context.Context, p *app.Practice, out string, to app.Sealing) (answer, error) {
	line := m.progress()
	e, err := p.ExportWhole(ctx, out, to, line.bytes)
	line.clear()
	if err != nil {
		return answer{}, err
	}
	return answer{e, func(w io.Writer) {
		fmt.Fprintf(w, "Wrote %s (%s): %s, %s, %s.\n", e.File, app.Size(e.Bytes), counted(e.Clients, "client"), counted(e.Entries, "entry"), counted(e.Attachments, "attachment"))
		fmt.Fprintf(w, "SHA-256 of the file: %s\n", e.SHA256)
		for _, damage := range e.Damaged {
			fmt.Fprintf(w, "Damaged in the vault, and zeros in the export: %s.\n", damage)
		}
	}}, nil
}

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) certificateCommand() *cobra.Command {
	var c common
	var certificate, out string
	cmd := &cobra.Command{
		Use:     "certificate VAULT [--number D-YYYY-NNN --out FILE.pdf]",
		Short:   "List the records that were destroyed, or write a certificate once more",
		Long:    "List the records that were destroyed, or write a certificate of destruction once more, with the backups as they stand now.",
		Example: `  casekeep certificate "My Practice.casekeep" --number D-2041-001 --out certificate.pdf`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (certificate == "") != (out == "") {
				return usageError{"--number and --out go together"}
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				return certificates(cmd.Context(), p, certificate, out)
			})
		},
	}
	cmd.Flags().StringVar(&certificate, "number", "", "the certificate's `NUMBER`")
	cmd.Flags().StringVar(&out, "out", "", "the `FILE.pdf` to write; it must not exist yet")
	c.flags(cmd)
	return cmd
}

func certificates(ctx context.Context, p *app.Practice, wanted, out string) (answer, error) {
	list, err := p.Destructions(ctx)
	if err != nil {
		return answer{}, err
	}
	for _, d := range list {
		if wanted == "" || d.Certificate != wanted {
			continue
		}
		err := p.WriteCertificate(ctx, d.ID, out)
		return answer{destroyed{Destruction: d, File: out}, func(w io.Writer) { fmt.Fprintf(w, "Wrote certificate %s into %s.\n", d.Certificate, out) }}, err
	}
	if wanted != "" {
		return answer{}, fmt.Errorf("there is no certificate %s: casekeep certificate without --number lists them", wanted)
	}
	zone, err := practiceZone(ctx, p)
	table := columns{heads: []string{"CERTIFICATE", "RECORD", "INITIALS", "KEPT UNTIL", "DESTROYED", " ENTRIES"}}
	for _, d := range list {
		table.add(d.Certificate, d.Number, d.Initials, d.Until.Long(), when(d.At, zone), number(d.Entries))
	}
	return answer{list, func(w io.Writer) {
		if len(list) == 0 {
			fmt.Fprintln(w, "No record was destroyed.")
			return
		}
		table.write(w)
	}}, err
}

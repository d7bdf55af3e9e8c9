package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) drillCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "drill VAULT",
		Short: "Restore the newest backup into memory and compare every record with the vault",
		Long: "Restore the newest backup within reach into memory, read every attachment of it, and compare every record in it with\n" +
			"the vault. What changed since must be explained by the vault's own trail. Nothing is written but the day on which all\n" +
			"was found right.",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var found app.Drilled
			err := m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				line := m.progress()
				var err error
				found, err = p.Drill(cmd.Context(), line.bytes)
				line.clear()
				return answer{found, func(w io.Writer) { writeDrilled(w, found) }}, err
			})
			if err != nil || found.Whole {
				return err
			}
			return fmt.Errorf("the backup is not what the vault holds: back up again, and verify both")
		},
	}
	c.flags(cmd)
	return cmd
}

func writeDrilled(w io.Writer, d app.Drilled) {
	fmt.Fprintf(w, "The backup %s in %s, made %s: %s and %s read back in %s.\n", d.Backup, d.Target, when(d.Of, time.Local),
		counted(d.Entries, "entry"), counted(d.Attachments, "attachment"), d.Took.Round(time.Millisecond))
	if d.Whole {
		fmt.Fprintln(w, "Everything in it is as in the vault, or changed since as the trail says.")
	}
	for _, difference := range d.Differences {
		fmt.Fprintf(w, "Differs: %s\n", difference)
	}
}

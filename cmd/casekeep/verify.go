package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) verifyCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "verify VAULT",
		Short: "Check that everything in a vault decrypts, is whole and consistent",
		Args:  takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFolder(args[0]); err != nil {
				return err
			}
			passphrase, err := m.passphrase(cmd.Context(), c)
			if err != nil {
				return err
			}
			line := m.progress()
			found, err := app.Verify(cmd.Context(), args[0], passphrase, m.Config, func(done, total int) {
				line.show("%s of %s attachments read", number(done), number(total))
			})
			line.clear()
			if err != nil {
				return err
			}
			if err := m.show(c, answer{found, func(w io.Writer) { showVerified(w, found) }}); err != nil || found.OK {
				return err
			}
			return fmt.Errorf("this vault has %s: keep the folder as it is, and restore a backup elsewhere", counted(len(found.Problems), "problem"))
		},
	}
	c.flags(cmd)
	return cmd
}

func showVerified(w io.Writer, v app.Verified) {
	if v.OK {
		fmt.Fprintf(w, "Everything is whole: %s, %s, %s, and an unbroken audit chain of %s.\n", counted(v.Clients, "client"),
			counted(v.Entries, "entry"), counted(v.Attachments, "attachment"), counted(int(v.Audit.Events), "event"))
	}
	for _, warning := range v.Warnings {
		fmt.Fprintf(w, "Note: %s.\n", warning)
	}
	for _, problem := range v.Problems {
		fmt.Fprintf(w, "Problem: %s.\n", problem)
	}
	if v.Leftover > 0 {
		fmt.Fprintf(w, "Besides, %s that nothing names, left by an interruption; harmless.\n", counted(v.Leftover, "sealed file"))
	}
}

package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) salvageCommand() *cobra.Command {
	var c common
	var out, keyFile, newPassphrase string
	cmd := &cobra.Command{
		Use:   "salvage VAULT --out FOLDER",
		Short: "Save what can be read of a damaged vault into a new one",
		Long: "Save all that can be read of a vault that is damaged, also one that does not open, into a new vault, and list by name\n" +
			"what is missing. The damaged vault stays as it is. Try casekeep restore first: a backup that is whole is better, and\n" +
			"with restore --client it can be added to what was saved.\n\n" +
			"The new vault has the same passphrase, unless --new-passphrase-file or --key-file is given.",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "out"); err != nil {
				return err
			}
			if _, err := os.Stat(args[0]); err != nil {
				return fmt.Errorf("there is no folder %s", args[0])
			}
			s, err := m.secret(cmd.Context(), c, keyFile)
			if err != nil {
				return err
			}
			passphrase := s.Passphrase
			switch {
			case newPassphrase != "":
				passphrase, err = firstLine(newPassphrase, "passphrase")
			case passphrase == "":
				passphrase, err = m.askTwice(cmd.Context(), "Passphrase of the new vault: ")
			}
			if err != nil {
				return err
			}
			line := m.progress()
			saved, err := app.Salvage(cmd.Context(), args[0], s, out, passphrase, m.Config, line.bytes)
			line.clear()
			if err != nil {
				return err
			}
			return m.show(c, answer{saved, func(w io.Writer) { writeSalvaged(w, saved) }})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "the `FOLDER` of the new vault; it must be empty or not exist")
	flags.StringVar(&newPassphrase, "new-passphrase-file", "", "read the new vault's passphrase from the first line of `FILE`")
	keyFileFlag(cmd, &keyFile)
	c.flags(cmd)
	return cmd
}

func writeSalvaged(w io.Writer, s app.SalvagedVault) {
	fmt.Fprintf(w, "Saved into %s: %s, %s, %s.\n", s.Folder, counted(s.Clients, "client"), counted(s.Entries, "entry"), counted(s.Attachments, "attachment"))
	for _, damage := range s.Damage {
		fmt.Fprintf(w, "Damaged: %s.\n", damage)
	}
	if len(s.Missing) == 0 {
		fmt.Fprintln(w, "Nothing that was saved speaks of anything that is missing.")
	}
	for _, missing := range s.Missing {
		fmt.Fprintf(w, "Missing: %s\n", missing)
	}
}

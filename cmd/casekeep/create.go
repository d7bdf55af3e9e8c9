package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) createCommand() *cobra.Command {
	var c common
	var own []string
	cmd := &cobra.Command{
		Use:   "create VAULT [--own ADDRESS]...",
		Short: "Make a new vault",
		Long: "Make a new vault in a folder that does not exist yet, or is empty.\n" +
			"The practice's own numbers and email addresses decide which messages of an import were sent and which received.",
		Example: `  casekeep create "My Practice.casekeep" --own "+1 601 555 0100" --own practitioner@example.org`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, address := range own {
				if !isAddress(address) {
					return usagef("%q is neither a telephone number nor an email address", address)
				}
			}
			passphrase, err := m.newPassphrase(cmd.Context(), c)
			if err != nil {
				return err
			}
			practice := record.Practice{Name: app.VaultName(args[0]), Own: own}
			p, err := app.Create(cmd.Context(), args[0], passphrase, practice, m.Config)
			if err != nil {
				return err
			}
			m.noteWeak(passphrase, practice.Name)
			return m.finish(cmd.Context(), p, c, func(p *app.Practice) (answer, error) { return created(cmd, p) })
		},
	}
	cmd.Flags().StringArrayVar(&own, "own", nil, "a telephone number or email address of the practice's own; repeat for each `ADDRESS`")
	c.flags(cmd)
	return cmd
}

func created(cmd *cobra.Command, p *app.Practice) (answer, error) {
	settings, err := p.Settings(cmd.Context())
	if err != nil {
		return answer{}, err
	}
	data := struct {
		ID    string `json:"id"`
		Vault string `json:"vault"` // the folder
		record.Practice
	}{p.ID(), p.Dir(), settings}
	return answer{data, func(w io.Writer) {
		fmt.Fprintf(w, "Created the vault of %s in %s.\n", settings.Name, p.Dir())
		if len(settings.Own) > 0 {
			fmt.Fprintf(w, "Your own numbers and addresses: %s.\n", strings.Join(settings.Own, ", "))
		}
		fmt.Fprintln(w, "Nobody can open it without the passphrase. Keep that where a fire or a thief does not reach both.")
	}}, nil
}

func isAddress(s string) bool {
	return strings.Contains(s, "@") || strings.ContainsAny(s, "0123456789")
}

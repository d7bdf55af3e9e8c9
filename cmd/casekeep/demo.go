package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) demoCommand() *cobra.Command {
	var c common
	var keep string
	var size app.DemoSize
	cmd := &cobra.Command{
		Use:   "demo [--keep VAULT [--clients N] [--contacts N]]",
		Short: "Open a sample practice of invented people",
		Long: "Open a sample practice of invented people in the window; it is gone afterwards.\n" +
			"With --keep it is written to disk instead, and can be made larger.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("%q is one argument too many", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if keep == "" {
				for _, name := range []string{"clients", "contacts", "passphrase-file", "json"} {
					if cmd.Flags().Changed(name) {
						return usagef("--%s goes with --keep VAULT", name)
					}
				}
				return m.openDemo(cmd.Context())
			}
			if cmd.Flags().Changed("clients") && size.Clients < 1 || cmd.Flags().Changed("contacts") && size.Contacts < 1 {
				return usagef("a sample practice has at least one client and one contact")
			}
			passphrase, err := m.newPassphrase(cmd.Context(), c)
			if err != nil {
				return err
			}
			return m.keepDemo(cmd.Context(), keep, passphrase, size, c)
		},
	}
	cmd.Flags().StringVar(&keep, "keep", "", "write it to the folder `VAULT` and exit")
	cmd.Flags().IntVar(&size.Clients, "clients", 0, "`N` clients in all")
	cmd.Flags().IntVar(&size.Contacts, "contacts", 0, "`N` contacts in all")
	c.flags(cmd)
	return cmd
}

func (m *Main) keepDemo(ctx context.Context, dir, passphrase string, size app.DemoSize, c common) error {
	line := m.progress()
	p, err := app.Demo(ctx, dir, passphrase, m.Config, size, func(done, total int) {
		line.show("%s of %s contacts", number(done), number(total))
	})
	line.clear()
	if err != nil {
		return err
	}
	return m.finish(ctx, p, c, func(p *app.Practice) (answer, error) {
		list, err := p.Clients(ctx)
		contacts := 0
		for _, client := range list {
			contacts += client.Entries
		}
		data := struct {
			Vault    string `json:"vault"`
			Clients  int    `json:"clients"`
			Contacts int    `json:"contacts"`
		}{dir, len(list), contacts}
		return answer{data, func(w io.Writer) {
			fmt.Fprintf(w, "Wrote the sample practice to %s: %s, %s.\n", dir, counted(len(list), "client"), counted(contacts, "contact"))
		}}, err
	})
}

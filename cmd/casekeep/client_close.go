package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) clientCloseCommand() *cobra.Command {
	var c common
	var client, on, reason string
	cmd := &cobra.Command{
		Use:     "close VAULT --client C --on YYYY-MM-DD [--reason WHY]",
		Short:   "Close a client's record as of a day",
		Example: `  casekeep client close "My Practice.casekeep" --client "Dana Reyes" --on 2026-11-20 --reason "goals reached"`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client", "on"); err != nil {
				return err
			}
			day, err := record.ParseDate(on)
			if err != nil {
				return usageError{err.Error()}
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				found, err := p.FindClient(cmd.Context(), client)
				if err != nil {
					return answer{}, err
				}
				if err := p.CloseClient(cmd.Context(), found.ID, day, reason); err != nil {
					return answer{}, err
				}
				closed, err := p.OpenClient(cmd.Context(), found.ID)
				return answer{closed, func(w io.Writer) {
					fmt.Fprintf(w, "Closed %s (record %s) as of %s.\n", closed.Name, closed.Number, day.Long())
				}}, err
			})
		},
	}
	clientFlag(cmd, &client)
	cmd.Flags().StringVar(&on, "on", "", "the last day, `YYYY-MM-DD`")
	cmd.Flags().StringVar(&reason, "reason", "", "`WHY` it was closed")
	c.flags(cmd)
	return cmd
}

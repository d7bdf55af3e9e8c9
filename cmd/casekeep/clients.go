package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) clientsCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "clients VAULT",
		Short: "List the clients, latest contact first",
		Args:  takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				return listClients(cmd.Context(), p)
			})
		},
	}
	c.flags(cmd)
	return cmd
}

func listClients(ctx context.Context, p *app.Practice) (answer, error) {
	list, err := p.Clients(ctx)
	if err != nil {
		return answer{}, err
	}
	zone, err := practiceZone(ctx, p)
	if err != nil {
		return answer{}, err
	}
	holds, err := p.Holds(ctx, 0)
	if err != nil {
		return answer{}, err
	}
	table := columns{heads: []string{"NO.", "NAME", "KIND", "STATUS", "LAST CONTACT", " ENTRIES", "ID"}}
	for _, c := range list {
		status := string(c.Status)
		if onHold(holds, c.ID) {
			status += ", on hold"
		}
		table.add(c.Number, c.Name, string(c.Kind), status, when(c.LastContact, zone), number(c.Entries), c.ID.String())
	}
	return answer{list, func(w io.Writer) {
		if len(list) == 0 {
			fmt.Fprintln(w, "No clients yet: casekeep client add adds one.")
			return
		}
		table.write(w)
	}}, nil
}

// onHold reports whether a legal hold stands on a client's record.
func onHold(holds []record.Hold, client record.ClientID) bool {
	return slices.ContainsFunc(holds, func(h record.Hold) bool {
		return h.Lifted.IsZero() && (h.Client == client || h.Client == record.Book)
	})
}

func practiceZone(ctx context.Context, p *app.Practice) (*time.Location, error) {
	settings, err := p.Settings(ctx)
	return record.LoadZone(settings.Zone), err
}

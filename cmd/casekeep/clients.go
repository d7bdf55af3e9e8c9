package main

import (
	"context"
	"fmt"
	"io"
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

// listedClient always states the last contact, null where there was none yet.
type listedClient struct {
	record.ClientSummary
	LastContact *time.Time `json:"last_contact"`
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
	data := make([]listedClient, len(list))
	table := columns{heads: []string{"NO.", "NAME", "KIND", "STATUS", "LAST CONTACT", " ENTRIES", "ID"}}
	for i, c := range list {
		data[i].ClientSummary = c
		if !c.LastContact.IsZero() {
			data[i].LastContact = &list[i].LastContact
		}
		table.add(c.Number, c.Name, string(c.Kind), string(c.Status), when(c.LastContact, zone), number(c.Entries), c.ID.String())
	}
	return answer{data, func(w io.Writer) {
		if len(list) == 0 {
			fmt.Fprintln(w, "No clients yet: casekeep client add adds one.")
			return
		}
		table.write(w)
	}}, nil
}

func practiceZone(ctx context.Context, p *app.Practice) (*time.Location, error) {
	settings, err := p.Settings(ctx)
	return record.LoadZone(settings.Zone), err
}

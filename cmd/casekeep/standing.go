package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/app/standing"
	"casekeep/assets"
	"casekeep/vault/record"
)

func (m *Main) standingCommand() *cobra.Command {
	var c common
	var client string
	cmd := &cobra.Command{
		Use:   "standing VAULT [--client C]",
		Short: "Show what the record shows of each duty, for a client or the practice",
		Long: "Show, for one client or without --client for the practice itself, what is on record of each duty of the practice\n" +
			"standards: documented, open, due, advised, not applicable, or outside the program. It is your own working view:\n" +
			"computed anew each time, never stored, and no part of a record that is produced.",
		Example: "  casekeep standing \"My Practice.casekeep\" --client \"Dana Reyes\"\n  casekeep standing \"My Practice.casekeep\" --json",
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("client") && strings.TrimSpace(client) == "" {
				return usagef("--client is empty: give a client's name, number or id, or leave it out for the practice itself")
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				id := record.Book
				if client != "" {
					found, err := p.FindClient(cmd.Context(), client)
					if err != nil {
						return answer{}, err
					}
					id = found.ID
				}
				return showStanding(cmd.Context(), p, id)
			})
		},
	}
	clientFlag(cmd, &client)
	c.flags(cmd)
	return cmd
}

// listedFinding is a finding as a script reads it.
type listedFinding struct {
	ID       string           `json:"id"`
	Status   standing.Status  `json:"status"`
	Evidence []record.EntryID `json:"evidence"`
	Says     string           `json:"says"`
	By       string           `json:"by"` // YYYY-MM-DD, or "" where no day is set
}

func showStanding(ctx context.Context, p *app.Practice, client record.ClientID) (answer, error) {
	found, err := p.Standing(ctx, client)
	if err != nil {
		return answer{}, err
	}
	list := make([]listedFinding, len(found.Findings))
	for i, f := range found.Findings {
		list[i] = listedFinding{f.ID, f.Status, f.Evidence, f.Says, f.By.String()}
		if f.Evidence == nil {
			list[i].Evidence = []record.EntryID{}
		}
	}
	return answer{list, func(w io.Writer) { writeStanding(w, found) }}, nil
}

// statusTitles are the headings over the findings of a status.
var statusTitles = map[standing.Status]string{
	standing.Open: "Open", standing.Due: "Due", standing.Advised: "Advised", standing.Documented: "Documented",
	standing.NotApplicable: "Does not apply", standing.Outside: "Outside the program",
}

func writeStanding(w io.Writer, s app.Standing) {
	duties := map[string]assets.Standard{}
	for _, one := range assets.Standards() {
		duties[one.ID] = one
	}
	fmt.Fprintf(w, "%s, as of %s. A working view of your own: no part of a record, and no legal advice.\n", s.Name, s.Day.Long())
	status := standing.Status("")
	for _, f := range s.Findings {
		if f.Status != status {
			status = f.Status
			fmt.Fprintf(w, "\n%s: %s\n", statusTitles[status], number(s.Counts[status]))
		}
		duty := duties[f.ID]
		fmt.Fprintf(w, "  %s (%s) %s.\n", f.ID, duty.Authority, duty.Duty)
		line := f.Says
		if !f.By.IsZero() {
			line += " By " + f.By.Long() + "."
		}
		if len(f.Evidence) > 0 {
			line += fmt.Sprintf(" [%s]", evidence(f.Evidence))
		}
		fmt.Fprintf(w, "    %s\n", line)
	}
}

func evidence(ids []record.EntryID) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.String()
	}
	return strings.Join(all, ", ")
}

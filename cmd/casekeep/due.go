package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) dueCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "due VAULT",
		Short: "List until when each record is kept, those that are due first",
		Long: "List until when each record is kept, and by what arithmetic: due (it may be destroyed), blocked (its date has passed, but\n" +
			"something open forbids it), held (under a legal hold), unknown (kept: no date can be given), or keep. Nothing is ever\n" +
			"destroyed by itself.",
		Example: `  casekeep due "My Practice.casekeep"`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				return showDue(cmd.Context(), p)
			})
		},
	}
	c.flags(cmd)
	return cmd
}

// listedKeep is a record's retention as a script reads it.
type listedKeep struct {
	ID     record.ClientID   `json:"id"`
	Name   string            `json:"name"`
	Until  string            `json:"keep_until"` // YYYY-MM-DD, or "" where no date can be given
	Rule   string            `json:"rule"`       // the one that decides, or ""
	Status record.KeepStatus `json:"status"`
	Why    string            `json:"why"`
}

type dueGroup struct {
	status record.KeepStatus
	title  string
}

// dueGroups are the statuses in the order in which they are listed, with their
// headings.
var dueGroups = []dueGroup{
	{record.KeepDue, "Due: review each, then destroy it or keep it longer"}, {record.KeepBlocked, "Past the date, but something open forbids destroying them"},
	{record.KeepHeld, "Under a legal hold"}, {record.KeepUnknown, "Kept: no date can be given"}, {record.KeepKept, "Kept"},
}

func showDue(ctx context.Context, p *app.Practice) (answer, error) {
	kept, err := p.Keep(ctx)
	if err != nil {
		return answer{}, err
	}
	rank := map[record.KeepStatus]int{}
	for i, g := range dueGroups {
		rank[g.status] = i
	}
	slices.SortStableFunc(kept, func(a, b app.Kept) int {
		return cmp.Or(rank[a.Status]-rank[b.Status], cmp.Compare(a.Until.String(), b.Until.String()), cmp.Compare(a.Name, b.Name))
	})
	list := make([]listedKeep, len(kept))
	for i, k := range kept {
		list[i] = listKeep(k)
	}
	return answer{list, func(w io.Writer) { writeDue(w, kept) }}, nil
}

func listKeep(k app.Kept) listedKeep {
	l := listedKeep{ID: k.Client, Name: k.Name, Until: k.Until.String(), Status: k.Status, Why: because(k)}
	if len(k.Steps) > 0 && k.Steps[0].Decides {
		l.Rule = k.Steps[0].Source
	}
	return l
}

// because says why a record stands where it does.
func because(k app.Kept) string {
	if len(k.Why) == 0 {
		return k.Line
	}
	return strings.Join(k.Why, " ")
}

func writeDue(w io.Writer, kept []app.Kept) {
	if len(kept) == 0 {
		fmt.Fprintln(w, "No client is on record yet.")
	}
	status := record.KeepStatus("")
	for _, k := range kept {
		if k.Status != status {
			if status != "" {
				fmt.Fprintln(w)
			}
			status = k.Status
			at := slices.IndexFunc(dueGroups, func(g dueGroup) bool { return g.status == status })
			fmt.Fprintln(w, dueGroups[at].title)
		}
		fmt.Fprintf(w, "  %s (record %s). %s\n", k.Name, k.Number, strings.TrimSuffix(k.Line, ".")+".")
		if k.Status == record.KeepKept {
			continue
		}
		for _, why := range k.Why {
			fmt.Fprintf(w, "    %s\n", why)
		}
	}
}

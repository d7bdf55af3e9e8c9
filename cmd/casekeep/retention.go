package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) retentionCommand() *cobra.Command {
	var c common
	var confirm string
	cmd := &cobra.Command{
		Use:   "retention VAULT [--confirm STATE]",
		Short: "List how long each state asks that records are kept, or confirm its rule",
		Long: "List the rules on how long records are kept, those in use first, each with where it was read and how sure that is. A rule\n" +
			"counts once you have read it at its source and confirmed it: until then every record that it binds is kept.",
		Example: "  casekeep retention \"My Practice.casekeep\"\n  casekeep retention \"My Practice.casekeep\" --confirm US-TX",
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("confirm") && !record.KnownJurisdiction(confirm) && confirm != record.Paperwork {
				return usagef("%q is no state: give its code, such as US-TX", confirm)
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				if confirm != "" {
					return confirmRule(cmd.Context(), p, confirm)
				}
				return showRules(cmd.Context(), p)
			})
		},
	}
	cmd.Flags().StringVar(&confirm, "confirm", "", "the `STATE` whose rule you have read and confirm, such as US-TX")
	c.flags(cmd)
	return cmd
}

func confirmRule(ctx context.Context, p *app.Practice, place string) (answer, error) {
	if err := p.ConfirmRetentionRule(ctx, place); err != nil {
		return answer{}, err
	}
	list, err := p.RetentionRules(ctx)
	if err != nil {
		return answer{}, err
	}
	r := list[slices.IndexFunc(list, func(r app.RetentionRule) bool { return r.Jurisdiction == place })]
	return answer{r, func(w io.Writer) {
		fmt.Fprintf(w, "Confirmed on %s: %s, %s.\n", r.Confirmed.Long(), r.Place, r.Says)
	}}, nil
}

func showRules(ctx context.Context, p *app.Practice) (answer, error) {
	list, err := p.RetentionRules(ctx)
	if err != nil {
		return answer{}, err
	}
	return answer{list, func(w io.Writer) {
		for _, r := range list {
			fmt.Fprintf(w, "%s (%s): %s. %s\n", r.Place, r.Jurisdiction, r.Says, ruleState(r))
			if r.Told.Citation != "" {
				fmt.Fprintf(w, "    %s; %s", r.Told.Citation, r.Told.Source)
				if r.Told.Confidence != "" {
					fmt.Fprintf(w, "; confidence: %s", r.Told.Confidence)
				}
				fmt.Fprintln(w)
			}
			for _, line := range append(r.Told.Duties, r.Told.Note) {
				if line != "" {
					fmt.Fprintf(w, "    %s\n", line)
				}
			}
		}
	}}, nil
}

// ruleState says whether a rule counts, and for how many records.
func ruleState(r app.RetentionRule) string {
	text := "It binds " + counted(r.InUse, "record") + "."
	switch {
	case r.Blank():
		return text
	case !r.Confirmed.IsZero():
		return "Confirmed on " + r.Confirmed.Long() + ". " + text
	case r.Told.Confidence == "medium":
		return "Not confirmed: verify it at its source. " + text
	}
	return "Not confirmed. " + text
}

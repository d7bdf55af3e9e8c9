package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

// holdFlags are a legal hold, or its lifting, as the command line describes
// it.
type holdFlags struct {
	client, matter, source, on, from, until, note string
	every                                         bool
	lift                                          int64
	by, reason                                    string
}

func (m *Main) holdCommand() *cobra.Command {
	var c common
	var f holdFlags
	cmd := &cobra.Command{
		Use:   "hold VAULT [--client C --matter WHAT | --lift ID --by WHO --reason WHY]",
		Short: "Put a record under a legal hold, lift one, or list them",
		Long: "Put a client's record, or with --every all records, under a legal hold: nothing of it is destroyed, and no import into it\n" +
			"undone, until the hold is lifted. Without --client, --every and --lift the holds are listed, those that stand first.",
		Example: "  casekeep hold \"My Practice.casekeep\" --client \"Dana Reyes\" --matter \"Doe v. Roe\" --source subpoena\n" +
			"  casekeep hold \"My Practice.casekeep\" --lift 1 --by \"County Court\" --reason \"case settled\"",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			work, err := f.work(cmd)
			if err != nil {
				return err
			}
			return m.within(cmd.Context(), args[0], c, work)
		},
	}
	flags := cmd.Flags()
	clientFlag(cmd, &f.client)
	flags.BoolVar(&f.every, "every", false, "the hold is on every record of the practice")
	flags.StringVar(&f.matter, "matter", "", "`WHAT` the hold is about: the case, the complaint, or what is expected")
	flags.StringVar(&f.source, "source", "", "where it comes `FROM`: "+oneOf(record.HoldSources()))
	flags.StringVar(&f.on, "on", "", "the day on which it was received, or lifted, `YYYY-MM-DD`; today if it is left out")
	flags.StringVar(&f.from, "from", "", "the first day of the period that it is about, `YYYY-MM-DD`")
	flags.StringVar(&f.until, "until", "", "the last day of that period, `YYYY-MM-DD`")
	flags.StringVar(&f.note, "note", "", "a `NOTE`")
	flags.Int64Var(&f.lift, "lift", 0, "the `ID` of the hold that is lifted")
	flags.StringVar(&f.by, "by", "", "`WHO` lifted it")
	flags.StringVar(&f.reason, "reason", "", "`WHY` it was lifted")
	c.flags(cmd)
	return cmd
}

// work says what the flags ask for.
func (f holdFlags) work(cmd *cobra.Command) (func(*app.Practice) (answer, error), error) {
	on, err := record.ParseDate(f.on)
	if err != nil {
		return nil, usageError{err.Error()}
	}
	ctx := cmd.Context()
	given := func(name string) bool { return cmd.Flags().Changed(name) }
	switch {
	case given("lift"):
		if err := needFlags(cmd, "by", "reason"); err != nil {
			return nil, err
		}
		if given("client") || given("every") || given("matter") {
			return nil, usagef("a hold is placed or lifted: give --lift without --client, --every and --matter")
		}
		return func(p *app.Practice) (answer, error) { return f.lifted(ctx, p, on) }, nil
	case given("client") || given("every"):
		if given("client") == given("every") {
			return nil, usagef("give --client or --every, not both")
		}
		if err := needFlags(cmd, "matter"); err != nil {
			return nil, err
		}
		h := record.Hold{Client: record.Book, Matter: f.matter, Source: f.source, On: on, Note: f.note}
		if h.Since, err = record.ParseDate(f.from); err != nil {
			return nil, usageError{err.Error()}
		}
		if h.Until, err = record.ParseDate(f.until); err != nil {
			return nil, usageError{err.Error()}
		}
		return func(p *app.Practice) (answer, error) { return f.placed(ctx, p, h) }, nil
	}
	for _, name := range []string{"matter", "source", "on", "from", "until", "note", "by", "reason"} {
		if given(name) {
			return nil, usagef("--client is missing: --%s says more about a hold on a client's record", name)
		}
	}
	return func(p *app.Practice) (answer, error) { return showHolds(ctx, p) }, nil
}

func (f holdFlags) placed(ctx context.Context, p *app.Practice, h record.Hold) (answer, error) {
	name := "every record"
	if !f.every {
		found, err := p.FindClient(ctx, f.client)
		if err != nil {
			return answer{}, err
		}
		h.Client, name = found.ID, found.Name
	}
	h, err := p.PlaceHold(ctx, h)
	return answer{h, func(w io.Writer) {
		fmt.Fprintf(w, "Placed hold %d on %s: %s. Nothing of it is destroyed until the hold is lifted.\n", h.ID, name, h.Matter)
	}}, err
}

func (f holdFlags) lifted(ctx context.Context, p *app.Practice, on record.Date) (answer, error) {
	if err := p.LiftHold(ctx, f.lift, on, f.by, f.reason); err != nil {
		return answer{}, err
	}
	list, err := p.Holds(ctx, 0)
	if err != nil {
		return answer{}, err
	}
	h := list[slices.IndexFunc(list, func(h record.Hold) bool { return h.ID == f.lift })]
	return answer{h, func(w io.Writer) {
		fmt.Fprintf(w, "Lifted hold %d: %s. It stood from %s to %s.\n", h.ID, h.Matter, h.On.Long(), h.LiftedOn.Long())
	}}, nil
}

func showHolds(ctx context.Context, p *app.Practice) (answer, error) {
	list, err := p.Holds(ctx, 0)
	if err != nil {
		return answer{}, err
	}
	clients, err := p.Clients(ctx)
	if err != nil {
		return answer{}, err
	}
	names := map[record.ClientID]string{record.Book: "every record"}
	for _, c := range clients {
		names[c.ID] = c.Name
	}
	return answer{list, func(w io.Writer) {
		if len(list) == 0 {
			fmt.Fprintln(w, "No legal hold is on file.")
		}
		for _, h := range list {
			fmt.Fprintln(w, holdLine(h, names[h.Client]))
		}
	}}, nil
}

// holdLine says in one line what a hold is.
func holdLine(h record.Hold, name string) string {
	parts := []string{fmt.Sprintf("%d  %s: %s", h.ID, name, h.Matter), "since " + h.On.Long()}
	if h.Source != "" {
		parts = append(parts, h.Source)
	}
	switch {
	case !h.Since.IsZero() && !h.Until.IsZero():
		parts = append(parts, "about "+h.Since.Long()+" to "+h.Until.Long())
	case !h.Since.IsZero():
		parts = append(parts, "about "+h.Since.Long()+" and later")
	case !h.Until.IsZero():
		parts = append(parts, "about the time until "+h.Until.Long())
	}
	if h.Note != "" {
		parts = append(parts, h.Note)
	}
	if !h.Lifted.IsZero() {
		parts = append(parts, fmt.Sprintf("lifted on %s by %s: %s", h.LiftedOn.Long(), h.LiftedBy, h.LiftedReason))
	}
	return strings.Join(parts, "; ")
}

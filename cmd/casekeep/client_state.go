package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) clientStateCommand() *cobra.Command {
	var c common
	var client, who, died string
	var adult bool
	cmd := &cobra.Command{
		Use:   "state VAULT --client C [--adult [--who MEMBER]] [--died YYYY-MM-DD]",
		Short: "State what until when a record is kept hangs on: full age, or a death",
		Long: "State that a person whose birth date is not known was of full age when services began, or the day on which a client\n" +
			"died. Both stay on record; the last statement counts.",
		Example: "  casekeep client state \"My Practice.casekeep\" --client \"Bo & Kit Larsen\" --adult --who \"Kit Larsen\"",
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client"); err != nil {
				return err
			}
			day, err := record.ParseDate(died)
			switch {
			case err != nil:
				return usageError{err.Error()}
			case !adult && day.IsZero():
				return usagef("say what is stated: --adult, or --died with the day")
			case who != "" && !adult:
				return usagef("--who names a member for --adult")
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				found, err := p.FindClient(cmd.Context(), client)
				if err != nil {
					return answer{}, err
				}
				if adult {
					err = p.StateAdult(cmd.Context(), found.ID, who, true)
				}
				if err == nil && !day.IsZero() {
					err = p.StateDeath(cmd.Context(), found.ID, day)
				}
				if err != nil {
					return answer{}, err
				}
				list, err := p.Keep(cmd.Context(), found.ID)
				if err != nil {
					return answer{}, err
				}
				return answer{listKeep(list[0]), func(w io.Writer) { fmt.Fprintf(w, "%s: %s\n", found.Name, list[0].Line) }}, nil
			})
		},
	}
	clientFlag(cmd, &client)
	cmd.Flags().BoolVar(&adult, "adult", false, "the person was of full age when services began")
	cmd.Flags().StringVar(&who, "who", "", "the `MEMBER` of whom --adult is stated; the client itself if it is left out")
	cmd.Flags().StringVar(&died, "died", "", "the day of the client's death, `YYYY-MM-DD`")
	c.flags(cmd)
	return cmd
}

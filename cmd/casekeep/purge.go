package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) purgeCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "purge VAULT",
		Short: "Remove from the backups within reach the records that were destroyed",
		Long: "Write every backup within reach anew without the records that were destroyed since it was made, and read it back; only\n" +
			"then it takes the old one's place. Backups on drives that are not connected stay as they are.",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var failed []error
			err := m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				line := m.progress()
				list, err := p.ClearBackups(cmd.Context(), func(done, total int64, doing string) {
					line.show("%s: %s of %s", doing, number(int(done)), number(int(total)))
				})
				line.clear()
				if err != nil {
					return answer{}, err
				}
				held, err := p.StillHeld(cmd.Context(), 0)
				for _, one := range list {
					failed = append(failed, one.Err)
				}
				return answer{purged(list), func(w io.Writer) { writePurged(w, list, len(held)) }}, err
			})
			return errors.Join(append([]error{err}, failed...)...)
		},
	}
	c.flags(cmd)
	return cmd
}

// purgedTarget is what became of one folder of backups, as a script reads it.
type purgedTarget struct {
	Target  string `json:"target"`
	Away    bool   `json:"away"`   // it is not there: its backups are as they were
	Purged  int    `json:"purged"` // backups that were written anew
	Without int    `json:"clean"`  // backups that held none of them
	Error   string `json:"error,omitempty"`
}

func purged(list []app.Cleared) []purgedTarget {
	all := make([]purgedTarget, len(list))
	for i, c := range list {
		all[i] = purgedTarget{Target: c.Target, Away: c.Away, Purged: c.Cleared, Without: c.Clean}
		if c.Err != nil {
			all[i].Error = c.Err.Error()
		}
	}
	return all
}

func writePurged(w io.Writer, list []app.Cleared, held int) {
	if len(list) == 0 {
		fmt.Fprintln(w, "No record was destroyed, so no backup holds one.")
	}
	for _, c := range list {
		switch {
		case c.Away:
			fmt.Fprintf(w, "%s is not there: its backups are as they were.\n", c.Target)
		case c.Err == nil:
			fmt.Fprintf(w, "%s: %s written anew, %s held none of them.\n", c.Target, counted(c.Cleared, "backup"), number(c.Clean))
		}
	}
	if held > 0 {
		fmt.Fprintf(w, "Still held in %s. Connect the drive, and purge again.\n", counted(held, "backup"))
	}
}

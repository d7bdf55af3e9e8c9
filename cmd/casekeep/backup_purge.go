package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"casekeep/app"
	"casekeep/vault/record"
)

// purged is what came of removing destroyed records from the backups, as a
// script reads it.
type purged struct {
	Targets []purgedTarget       `json:"targets"`
	Held    []record.KnownBackup `json:"still_held"`
	Copies  []record.StrayCopy   `json:"copies,omitempty"` // in the vault's folder, which may hold some
}

type purgedTarget struct {
	Target string `json:"target"`
	Away   bool   `json:"away"`   // it is not there: its backups are as they were
	Purged int    `json:"purged"` // backups that were written anew
	Clean  int    `json:"clean"`  // backups that held none of them
	Error  string `json:"error,omitempty"`
}

// purgeBackups removes destroyed records from the backups.
func (m *Main) purgeBackups(ctx context.Context, args []string, c common) error {
	if len(args) > 1 {
		return usagef("--purge takes no FOLDER: every backup that the vault knows of and can reach is purged")
	}
	var failed []error
	err := m.within(ctx, args[0], c, func(p *app.Practice) (answer, error) {
		line := m.progress()
		list, err := p.ClearBackups(ctx, func(done, total int64, doing string) {
			line.show("%s: %s of %s", doing, number(int(done)), number(int(total)))
		})
		line.clear()
		held, heldErr := p.StillHeld(ctx, 0)
		data := purged{Targets: []purgedTarget{}, Held: append([]record.KnownBackup{}, held...)}
		var copiesErr error
		data.Copies, copiesErr = p.CopiesHeld(ctx)
		for _, one := range list {
			t := purgedTarget{Target: one.Target, Away: one.Away, Purged: one.Cleared, Clean: one.Clean}
			if one.Err != nil {
				failed, t.Error = append(failed, one.Err), one.Err.Error()
			}
			data.Targets = append(data.Targets, t)
		}
		return answer{data, func(w io.Writer) { writePurged(w, data) }}, errors.Join(err, heldErr, copiesErr)
	})
	return errors.Join(append([]error{err}, failed...)...)
}

func writePurged(w io.Writer, p purged) {
	for _, one := range p.Targets {
		switch {
		case one.Away:
			fmt.Fprintf(w, "%s is not there: its backups are as they were.\n", one.Target)
		case one.Error == "":
			fmt.Fprintf(w, "%s: %s written anew, %s held nothing that was destroyed.\n", one.Target, counted(one.Purged, "backup"), number(one.Clean))
		}
	}
	if len(p.Held) == 0 {
		fmt.Fprintln(w, "No backup that the vault knows of holds a record that was destroyed.")
	}
	for _, b := range p.Held {
		fmt.Fprintf(w, "Still holds what was destroyed: %s in %s.\n", b.Generation, b.Target)
	}
	for _, one := range copiesSaid(p.Copies) {
		fmt.Fprintf(w, "In the vault's folder, and may hold what was destroyed: %s.\n", one)
	}
}

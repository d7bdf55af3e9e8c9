package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/vault/record"
)

func (m *Main) importCommand() *cobra.Command {
	var c common
	var req app.ImportRequest
	var client string
	cmd := &cobra.Command{
		Use:   "import VAULT FILE... --client C [--only ADDRESS] [--zone Area/City] [--dry-run]",
		Short: "File a client's messages out of a phone backup or a mailbox",
		Long: "File one client's messages out of backups of \"SMS Backup & Restore\" (.xml), emails (.eml) and mailboxes (.mbox).\n" +
			"Only conversations of the client's own numbers and addresses are filed, or those that --only names; other people's\n" +
			"messages are counted and never stored. The same file can be imported again: nothing is doubled.",
		Example: `  casekeep import "My Practice.casekeep" sms-backup.xml --client "Dana Reyes"`,
		Args:    takes("VAULT", "FILE..."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client"); err != nil {
				return err
			}
			if _, err := record.ParseZone(req.Zone); err != nil {
				return usageError{err.Error()}
			}
			req.Files = args[1:]
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				found, err := p.FindClient(cmd.Context(), client)
				if err != nil {
					return answer{}, err
				}
				req.Client = found.ID
				return m.importFiles(cmd.Context(), p, req, found.Name)
			})
		},
	}
	clientFlag(cmd, &client)
	cmd.Flags().StringArrayVar(&req.Only, "only", nil, "file the conversations of this `ADDRESS` instead of the client's own; a group is its addresses joined by ~; repeat for each")
	cmd.Flags().StringVar(&req.Zone, "zone", "", "the time zone of times that state none, `Area/City`; the practice's if not given")
	cmd.Flags().BoolVar(&req.DryRun, "dry-run", false, "read and report, file nothing")
	c.flags(cmd)
	return cmd
}

func (m *Main) importFiles(ctx context.Context, p *app.Practice, req app.ImportRequest, name string) (answer, error) {
	line := m.progress()
	report, err := p.Import(ctx, req, func(done, total int64, filed int) {
		line.show("%d%% read, %s messages filed", 100*done/max(total, 1), number(filed))
	})
	line.clear()
	if err != nil {
		return answer{}, err
	}
	return answer{report, func(w io.Writer) { showImport(w, report, name) }}, nil
}

func showImport(w io.Writer, r app.ImportReport, name string) {
	verb := "Imported"
	if r.DryRun {
		verb = "Nothing was stored. An import would file"
	}
	fmt.Fprintf(w, "%s %s into the record of %s.\n\n", verb, counted(r.Imported, "message"), name)
	table := columns{heads: []string{"FILE", " DECLARED", " FOUND", " IMPORTED", " ALREADY THERE", " LEFT OUT", " REFUSED", " DAMAGED"}}
	for _, f := range r.Files {
		table.add(f.File, declared(f.Declared), number(f.Found), number(f.Imported), number(f.Duplicates), number(f.Skipped),
			number(f.Refused), number(f.Damaged))
	}
	table.write(w)
	for _, f := range r.Files {
		showReasons(w, f.File, "left out", f.SkippedBy)
		showReasons(w, f.File, "refused", f.RefusedBy)
		showWarnings(w, f)
	}
}

func declared(n int) string {
	if n < 0 {
		return "not stated"
	}
	return number(n)
}

func showReasons(w io.Writer, file, what string, reasons []intake.Reason) {
	if len(reasons) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s, %s:\n", file, what)
	for _, r := range reasons {
		fmt.Fprintf(w, "  %s: %s, first at %s\n", counted(r.Count, "message"), r.Reason, r.First[0])
	}
}

// shownWarnings are how many warnings of a file people are shown. --json has
// them all.
const shownWarnings = 20

func showWarnings(w io.Writer, f intake.Report) {
	if len(f.Warnings) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s, to know:\n", f.File)
	for _, warning := range f.Warnings[:min(len(f.Warnings), shownWarnings)] {
		if warning.Locator != "" {
			warning.Locator += ": "
		}
		fmt.Fprintf(w, "  %s%s\n", warning.Locator, warning.Text)
	}
	if more := len(f.Warnings) - shownWarnings + f.MoreWarnings; more > 0 {
		fmt.Fprintf(w, "  and %s more\n", number(more))
	}
}

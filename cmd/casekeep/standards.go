package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/assets"
)

func (m *Main) standardsCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "standards",
		Short: "List the practice standards, and where each duty is recorded",
		Long: "List every duty of the practice standards: what it asks, where the program records it, and by which rule a standing\n" +
			"is decided. It needs no vault. The words are the program's own, and nothing of it is legal advice.",
		Example: "  casekeep standards\n  casekeep standards --json",
		Args:    takesNothing,
		RunE: func(*cobra.Command, []string) error {
			return m.show(c, answer{assets.Standards(), showStandards})
		},
	}
	cmd.Flags().BoolVar(&c.json, "json", false, "answer with one JSON document")
	cmd.DisableFlagsInUseLine = true
	return cmd
}

func showStandards(w io.Writer) {
	list := assets.Standards()
	document := ""
	for _, s := range list {
		if s.Document != document {
			if document != "" {
				fmt.Fprintln(w)
			}
			document = s.Document
			fmt.Fprintf(w, "%s (%s)\n", document, s.Authority)
		}
		fmt.Fprintf(w, "\n  %s [%s] %s.\n    Recorded in: %s.\n", s.ID, s.Kind, s.Duty, s.RecordedIn)
		fmt.Fprintf(w, "    Rule %s: %s\n", s.Rule, s.Words)
	}
	fmt.Fprintf(w, "\n%d duties. R: the program records it; E: it enforces it; P: it prompts; O: conduct outside the program.\n", len(list))
}

package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/assets"
)

func (m *Main) licensesCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "licenses",
		Short: "Print the licenses of what Casekeep is built from",
		Args:  takesNothing,
		RunE: func(*cobra.Command, []string) error {
			data := struct {
				Licenses string `json:"licenses"`
			}{assets.Licenses}
			return m.show(c, answer{data, func(w io.Writer) { fmt.Fprint(w, assets.Licenses) }})
		},
	}
	cmd.Flags().BoolVar(&c.json, "json", false, "answer with one JSON document")
	cmd.DisableFlagsInUseLine = true
	return cmd
}

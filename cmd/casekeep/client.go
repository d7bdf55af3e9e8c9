package main

import (
	"github.com/spf13/cobra"
)

func (m *Main) clientCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "client",
		Short: "Add a client, close a client's record, or state what keeping it hangs on",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("there is no command %q of client", args[0])
			}
			return usagef("say which: client add, client close or client state")
		},
	}
	cmd.AddCommand(m.clientAddCommand(), m.clientCloseCommand(), m.clientStateCommand())
	return cmd
}

// oneOf spells out the values a flag may have.
func oneOf[T ~string](values []T) string {
	list := ""
	for i, v := range values {
		switch {
		case i == 0:
		case i == len(values)-1:
			list += " or "
		default:
			list += ", "
		}
		list += string(v)
	}
	return list
}

// clientFlag is the flag by which a command names its client.
func clientFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "client", "", "the `CLIENT`: a name that fits no other, a record number, or an id")
}

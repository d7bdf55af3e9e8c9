package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usageError is a command line that cannot be understood.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

func isUsage(err error) bool {
	var usage usageError
	return errors.As(err, &usage)
}

// takesNothing refuses arguments.
func takesNothing(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%q is one argument too many", args[0])
	}
	return nil
}

// takes wants exactly the arguments that are named. A last name that ends in
// "..." stands for one or more, one in brackets need not be there.
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		last := names[len(names)-1]
		many, needed := strings.HasSuffix(last, "..."), len(names)
		if strings.HasPrefix(last, "[") {
			needed--
		}
		switch {
		case len(args) < needed:
			return usagef("%s is missing", strings.TrimSuffix(names[len(args)], "..."))
		case len(args) > len(names) && !many:
			return usagef("%q is one argument too many", args[len(names)])
		}
		return nil
	}
}

// needFlags wants flags that have no default.
func needFlags(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if f := cmd.Flags().Lookup(name); strings.TrimSpace(f.Value.String()) == "" {
			return usagef("--%s is missing", name)
		}
	}
	return nil
}

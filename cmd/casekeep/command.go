package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
)

// command builds the tree of commands.
func (m *Main) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "casekeep [VAULT]",
		Short: "Casekeep keeps client records, sealed, on this computer",
		Long: "Casekeep keeps the client records of a social worker in private practice, in one sealed folder: a vault.\n" +
			"Without a command it opens the desktop.",
		Args:              vaultOrNothing,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.openDesktop(cmd.Context(), strings.Join(args, ""))
		},
	}
	root.SetOut(m.Stdout)
	root.SetErr(m.Stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err.Error()} })
	root.AddCommand(m.createCommand(), m.clientCommand(), m.clientsCommand(), m.logCommand(), m.importCommand(),
		m.searchCommand(), m.produceCommand(), m.standingCommand(), m.standardsCommand(), m.licensesCommand(), m.dueCommand(),
		m.retentionCommand(), m.holdCommand(), m.destroyCommand(), m.certificateCommand(), m.backupCommand(),
		m.drillCommand(), m.restoreCommand(), m.verifyCommand(), m.exportCommand(), m.sendCommand(),
		m.receiveCommand(), m.salvageCommand(), m.passphraseCommand(), m.holderCommand(), m.demoCommand())
	return root
}

// vaultOrNothing accepts the folder of a vault to open in the window. Any
// other word is a command that does not exist.
func vaultOrNothing(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case len(args) > 1:
		return usagef("there is no command %q", args[0])
	}
	info, err := os.Stat(args[0])
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil || strings.HasSuffix(args[0], app.Suffix) || strings.ContainsRune(args[0], os.PathSeparator):
		return fmt.Errorf("there is no vault %s: give the folder of one, or no folder to choose it in the window", args[0])
	}
	return usagef("there is no command %q", args[0])
}

// common are the flags of every headless command.
type common struct {
	passphraseFile string
	json           bool
}

func (c *common) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.passphraseFile, "passphrase-file", "", "read the passphrase from the first line of `FILE` instead of asking for it")
	cmd.Flags().BoolVar(&c.json, "json", false, "answer with one JSON document")
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().SortFlags = false
}

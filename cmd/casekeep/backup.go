package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) backupCommand() *cobra.Command {
	var c common
	var purge bool
	cmd := &cobra.Command{
		Use:   "backup VAULT [FOLDER]...",
		Short: "Back a vault up into a folder, and read back what was written",
		Long: "Back a vault up into a folder: an external drive, a network share, a folder that a cloud service copies. The folder\n" +
			"must exist: one that is not there is a drive that is not connected. Without one the vault is backed up into the folders of its own plan. A backup writes what changed, is never in plaintext, and is read\n" +
			"back before it counts; older ones that the plan no longer keeps are removed.\n\n" +
			"With --purge the records that were destroyed are removed from every backup within reach instead: each is written anew\n" +
			"and read back before it takes the old one's place.",
		Example: "  casekeep backup \"My Practice.casekeep\" /media/drive",
		Args:    takes("VAULT", "[FOLDER]..."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if purge {
				return m.purgeBackups(cmd.Context(), args, c)
			}
			var failed []error
			err := m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				line := m.progress()
				list, err := p.BackUp(cmd.Context(), line.bytes, args[1:]...)
				line.clear()
				if err != nil {
					return answer{}, err
				}
				for _, b := range list {
					failed = append(failed, b.Err)
				}
				return answer{backedUp(list), func(w io.Writer) { writeBackedUp(w, list) }}, nil
			})
			return errors.Join(append([]error{err}, failed...)...)
		},
	}
	cmd.Flags().BoolVar(&purge, "purge", false, "remove destroyed records from every backup within reach, and back nothing up")
	c.flags(cmd)
	return cmd
}

// target is what became of one target, as a script reads it.
type target struct {
	app.BackedUp
	Error string `json:"error,omitempty"`
}

func backedUp(list []app.BackedUp) []target {
	all := make([]target, len(list))
	for i, b := range list {
		all[i] = target{BackedUp: b}
		if b.Err != nil {
			all[i].Error = b.Err.Error()
		}
	}
	return all
}

func writeBackedUp(w io.Writer, list []app.BackedUp) {
	for _, b := range list {
		switch {
		case b.Err != nil:
			continue
		case b.Unchanged:
			fmt.Fprintf(w, "%s: nothing changed since the backup %s.\n", b.Target, b.Generation)
		default:
			fmt.Fprintf(w, "%s: backup %s, %s written and read back, %s among it.\n", b.Target, b.Generation, app.Size(b.Bytes), counted(b.Attachments, "attachment"))
		}
		if b.Pruned > 0 {
			fmt.Fprintf(w, "%s removed, as the plan says.\n", counted(b.Pruned, "older backup"))
		}
		if b.Others > 0 {
			fmt.Fprintf(w, "Another copy of this vault backs up there too: it made %s, which stay. Work in one copy alone, or give the other one another name.\n", counted(b.Others, "backup"))
		}
		if b.OldKey != "" {
			fmt.Fprintf(w, "A backup there is not this practice's: %s.\n", b.OldKey)
		}
	}
}

// openBackups opens a folder of backups with the passphrase or a key file.
func (m *Main) openBackups(ctx context.Context, folder string, c common, keyFile string) (*app.BackupFolder, error) {
	if _, err := app.BackupFolders(folder); err != nil {
		return nil, err
	}
	s, err := m.secret(ctx, c, keyFile)
	if err != nil {
		return nil, err
	}
	return app.OpenBackups(folder, s, m.Config)
}

// secret gives the passphrase, unless a key file is named.
func (m *Main) secret(ctx context.Context, c common, keyFile string) (app.Secret, error) {
	if keyFile != "" {
		return app.Secret{KeyFile: keyFile}, nil
	}
	passphrase, err := m.passphrase(ctx, c)
	return app.Secret{Passphrase: passphrase}, err
}

func keyFileFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "key-file", "", "open it with the secret key in `FILE`, as age-keygen writes it, of a holder of the vault")
}

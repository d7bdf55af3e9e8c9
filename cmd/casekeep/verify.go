package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) verifyCommand() *cobra.Command {
	var c common
	var keyFile string
	cmd := &cobra.Command{
		Use:   "verify VAULT|BACKUP",
		Short: "Check that everything in a vault, or in a folder of backups, is whole",
		Long: "Check that everything in a vault decrypts, is whole and consistent, or read every byte of every backup in a folder of\n" +
			"backups. What is damaged is named, and of backups the newest one that is whole.",
		Args: takes("VAULT|BACKUP"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !app.IsVault(args[0]) && app.IsBackup(args[0]) {
				return m.verifyBackups(cmd.Context(), args[0], c, keyFile)
			}
			if keyFile != "" {
				return usagef("--key-file is for a folder of backups: a vault is verified with its passphrase")
			}
			if err := checkFolder(args[0]); err != nil {
				return err
			}
			if err := m.wait(cmd.Context(), args[0], c); err != nil {
				return err
			}
			passphrase, err := m.passphrase(cmd.Context(), c)
			if err != nil {
				return err
			}
			line := m.progress()
			found, err := app.Verify(cmd.Context(), args[0], passphrase, m.Config, func(done, total int) {
				line.show("%s of %s attachments read", number(done), number(total))
			})
			line.clear()
			if err != nil {
				return err
			}
			if err := m.show(c, answer{found, func(w io.Writer) { showVerified(w, found) }}); err != nil || found.OK {
				return err
			}
			return fmt.Errorf("this vault has %s: keep the folder as it is, and restore a backup elsewhere", counted(len(found.Problems), "problem"))
		},
	}
	keyFileFlag(cmd, &keyFile)
	c.flags(cmd)
	return cmd
}

func (m *Main) verifyBackups(ctx context.Context, at string, c common, keyFile string) error {
	folder, err := m.openBackups(ctx, at, c, keyFile)
	if err != nil {
		return err
	}
	line := m.progress()
	found, err := folder.Check(ctx, line.bytes)
	line.clear()
	if err != nil {
		return err
	}
	if err := m.show(c, answer{found, func(w io.Writer) { writeChecked(w, found) }}); err != nil || found.OK {
		return err
	}
	if found.Newest == nil {
		return fmt.Errorf("no backup in %s is whole: back up again, into another folder too", at)
	}
	return fmt.Errorf("these backups have %s: the newest one that is whole is %s, so back up again now", counted(len(found.Problems), "problem"), found.Newest.Name)
}

func writeChecked(w io.Writer, c app.BackupCheck) {
	if c.OK {
		fmt.Fprintf(w, "Everything is whole: %s in %s.\n", app.Size(c.Bytes), counted(c.Files, "file"))
	}
	for _, problem := range c.Problems {
		fmt.Fprintf(w, "Problem: %s.\n", problem)
	}
	for _, name := range c.Broken {
		fmt.Fprintf(w, "The backup %s cannot be restored whole.\n", name)
	}
	if c.Newest != nil {
		fmt.Fprintf(w, "The newest backup that is whole: %s, made %s, %s.\n", c.Newest.Name, when(c.Newest.At, time.Local), counted(c.Newest.Entries, "entry"))
	}
	for _, name := range c.Unknown {
		fmt.Fprintf(w, "Not a file of Casekeep's: %s.\n", name)
	}
}

func showVerified(w io.Writer, v app.Verified) {
	if v.OK {
		fmt.Fprintf(w, "Everything is whole: %s, %s, %s, and an unbroken audit chain of %s.\n", counted(v.Clients, "client"),
			counted(v.Entries, "entry"), counted(v.Attachments, "attachment"), counted(int(v.Audit.Events), "event"))
	}
	for _, warning := range v.Warnings {
		fmt.Fprintf(w, "Note: %s.\n", warning)
	}
	for _, problem := range v.Problems {
		fmt.Fprintf(w, "Problem: %s.\n", problem)
	}
	if v.Leftover > 0 {
		fmt.Fprintf(w, "Besides, %s that nothing names, left by an interruption; harmless.\n", counted(v.Leftover, "sealed file"))
	}
}

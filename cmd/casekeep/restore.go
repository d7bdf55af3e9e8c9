package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) restoreCommand() *cobra.Command {
	var c common
	var r restoring
	cmd := &cobra.Command{
		Use:   "restore BACKUP [VAULT]",
		Short: "Make a vault out of a backup, or look at what there is to restore",
		Long: "Make a vault out of a backup: the newest one that can be read, or the one given with --generation. Without VAULT the\n" +
			"backups are listed. BACKUP is a drive or folder with backups in it, or a file that casekeep export wrote.\n\n" +
			"Records that were destroyed since the backup was made are left out. With --over a vault that is in the way is kept\n" +
			"beside, under another name. With --client one record is brought into a vault that exists: what it lacks is added.",
		Example: "  casekeep restore /media/drive\n" +
			"  casekeep restore /media/drive \"My Practice.casekeep\"\n" +
			"  casekeep restore /media/drive \"My Practice.casekeep\" --client \"Dana Reyes\"",
		Args: takes("BACKUP", "[VAULT]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err == nil && !info.IsDir() {
				return m.restoreFile(cmd.Context(), args, c, r)
			}
			folder, err := m.openBackups(cmd.Context(), args[0], c, r.keyFile)
			if err != nil {
				return err
			}
			switch {
			case len(args) == 1:
				return m.listBackups(cmd.Context(), folder, c, r.look, r.generation)
			case r.client != "":
				return m.restoreClient(cmd.Context(), folder, args[1], c, r)
			}
			line := m.progress()
			done, err := folder.Restore(cmd.Context(), r.generation, args[1], r.over, line.bytes)
			line.clear()
			if err != nil {
				return err
			}
			return m.show(c, answer{done, func(w io.Writer) { writeRestored(w, done) }})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&r.generation, "generation", "", "the `NAME` of the backup; the newest one if not given")
	flags.BoolVar(&r.look, "look", false, "without VAULT: open the backup and list the records in it")
	flags.BoolVar(&r.over, "over", false, "restore where a vault is: that one is kept beside")
	flags.StringVar(&r.client, "client", "", "bring only the record of `C`, a name, number or id, into a vault that exists")
	flags.StringVar(&r.newPassphrase, "new-passphrase-file", "", "of an exported file: read the new vault's passphrase from the first line of `FILE`")
	keyFileFlag(cmd, &r.keyFile)
	c.flags(cmd)
	return cmd
}

// restoring is what a restore is asked for.
type restoring struct {
	generation, client, keyFile, newPassphrase string
	look, over                                 bool
}

func (m *Main) listBackups(ctx context.Context, folder *app.BackupFolder, c common, look bool, name string) error {
	if look {
		line := m.progress()
		found, err := folder.Look(ctx, name, line.bytes)
		line.clear()
		if err != nil {
			return err
		}
		return m.show(c, answer{found, func(w io.Writer) { writeLook(w, found) }})
	}
	list, err := folder.List(ctx)
	if err != nil {
		return err
	}
	return m.show(c, answer{list, func(w io.Writer) { writeBackups(w, list) }})
}

func writeBackups(w io.Writer, list []app.Backup) {
	table := columns{heads: []string{"Backup", "Made", " Clients", " Entries", "Last entry", " Size", ""}}
	for _, b := range list {
		if b.OldKey {
			table.add(b.Name, when(b.At, time.Local), "", "", "", "", b.Problem)
			continue
		}
		if b.Problem != "" {
			table.add(b.Name, when(b.At, time.Local), "", "", "", "", "damaged: "+b.Problem)
			continue
		}
		table.add(b.Name, when(b.At, time.Local), number(b.Clients), number(b.Entries), when(b.LastEntry, time.Local), app.Size(b.Bytes), "")
	}
	table.write(w)
}

func writeLook(w io.Writer, l app.Look) {
	fmt.Fprintf(w, "%s, made %s: %s, %s, %s; the last entry was written %s.\n", l.Name, when(l.At, time.Local), counted(l.Clients, "client"),
		counted(l.Entries, "entry"), counted(l.Attachments, "attachment"), when(l.LastEntry, time.Local))
	for _, r := range l.Records {
		fmt.Fprintf(w, "  %s  %s, %s\n", r.Number, r.Name, counted(r.Entries, "contact"))
	}
}

func writeRestored(w io.Writer, r app.RestoredVault) {
	fmt.Fprintf(w, "Restored %s from %s: %s, %s, %s. It opens with the passphrase that the vault had.\n", r.Folder, r.Backup.Name,
		counted(r.Backup.Clients-len(r.Destroyed), "client"), counted(r.Backup.Entries, "entry"), counted(r.Backup.Attachments, "attachment"))
	if r.Aside != "" {
		fmt.Fprintf(w, "The vault that was there is kept in %s.\n", r.Aside)
	}
	for _, d := range r.Destroyed {
		fmt.Fprintf(w, "Record %s (%s) was destroyed since, certificate %s, and is left out.\n", d.Number, d.Initials, d.Certificate)
	}
	if r.InSight > 0 {
		fmt.Fprintf(w, "In sight in it: %s that an order put out of sight since. Put that out of sight there too.\n", counted(r.InSight, "entry"))
	}
	if r.Unheld > 0 {
		fmt.Fprintf(w, "Not in it: %s, placed since. Place that there too.\n", counted(r.Unheld, "legal hold"))
	}
	for _, missing := range r.Missing {
		fmt.Fprintf(w, "Missing: %s.\n", missing)
	}
}

func (m *Main) restoreClient(ctx context.Context, folder *app.BackupFolder, dir string, c common, r restoring) error {
	return m.within(ctx, dir, c, func(p *app.Practice) (answer, error) {
		line := m.progress()
		done, err := folder.RestoreClient(ctx, r.generation, r.client, p, line.bytes)
		line.clear()
		if err != nil {
			return answer{}, err
		}
		return answer{done, func(w io.Writer) { writeCarried(w, done) }}, nil
	})
}

func writeCarried(w io.Writer, r app.CarriedRecord) {
	fmt.Fprintf(w, "%s, record %s: %s and %s added, %s there already.\n", r.Client.Name, r.Client.Number, counted(r.Entries, "entry"),
		counted(r.Attachments, "attachment"), number(r.Present))
	if r.From != "" {
		fmt.Fprintf(w, "It came from %s, in a package with the SHA-256 %s.\n", r.From, r.Package)
	}
	for _, damage := range r.Damaged {
		fmt.Fprintf(w, "Damaged: %s\n", damage)
	}
}

// restoreFile makes a vault out of an exported file, under a passphrase of its
// own.
func (m *Main) restoreFile(ctx context.Context, args []string, c common, r restoring) error {
	if len(args) == 1 {
		return usagef("say where the vault of %s is to be made", args[0])
	}
	s, err := m.secret(ctx, c, r.keyFile)
	if err != nil {
		return err
	}
	var passphrase string
	if r.newPassphrase != "" {
		passphrase, err = firstLine(r.newPassphrase, "passphrase")
	} else {
		passphrase, err = m.askTwice(ctx, "Passphrase of the new vault: ")
	}
	if err != nil {
		return err
	}
	line := m.progress()
	done, err := app.RestoreExport(ctx, args[0], s, args[1], passphrase, m.Config, line.bytes)
	line.clear()
	if err != nil {
		return err
	}
	return m.show(c, answer{done, func(w io.Writer) {
		fmt.Fprintf(w, "Made %s out of %s: %s, %s, %s. It opens with its new passphrase.\n", done.Folder, args[0],
			counted(done.Backup.Clients, "client"), counted(done.Backup.Entries, "entry"), counted(done.Backup.Attachments, "attachment"))
		for _, missing := range done.Missing {
			fmt.Fprintf(w, "Missing: %s.\n", missing)
		}
	}})
}

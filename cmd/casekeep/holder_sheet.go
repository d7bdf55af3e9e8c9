package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) holderSheetCommand() *cobra.Command {
	var c common
	var f holderFlags
	var out, replace, protect string
	cmd := &cobra.Command{
		Use:   "sheet VAULT --out FILE.pdf",
		Short: "Print the recovery sheet, or a key for somebody on a sheet",
		Long: "Make a second key to the vault and print it as a PDF, in groups to be typed and as a QR code: the practitioner's own\n" +
			"recovery sheet, or with --name a key for somebody else. With --replace the key of a sheet that was lost is revoked with\n" +
			"it. Casekeep keeps no copy of the key: print the file, delete it, and check the paper with casekeep holder check.",
		Example: `  casekeep holder sheet "My Practice.casekeep" --out recovery.pdf` + "\n" +
			`  casekeep holder sheet "My Practice.casekeep" --name "Maria Osei" --kind executor --out maria.pdf`,
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "out"); err != nil {
				return err
			}
			if replace != "" && f.name != "" {
				return usagef("a sheet is made for somebody or replaces one: give --name or --replace")
			}
			h, err := f.holder()
			if err != nil {
				return err
			}
			file := app.PaperFile{Path: out}
			if protect != "" {
				if file.Password, err = firstLine(protect, "PDF's password"); err != nil {
					return err
				}
			}
			return m.withinBy(cmd.Context(), args[0], c, func(p *app.Practice, passphrase string) (answer, error) {
				return m.sheet(cmd.Context(), p, passphrase, h, replace, file)
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&out, "out", "", "the `FILE.pdf` to write; it must not exist yet")
	cmd.Flags().StringVar(&replace, "replace", "", "revoke the key of this `HOLDER`'s sheet, and print another one")
	cmd.Flags().StringVar(&protect, "protect", "", "encrypt the PDF with the password in the first line of `FILE`")
	c.flags(cmd)
	return cmd
}

func (m *Main) sheet(ctx context.Context, p *app.Practice, passphrase string, h record.Holder, replace string, file app.PaperFile) (answer, error) {
	var made app.Printed
	var err error
	switch {
	case replace != "":
		line := m.progress()
		made, err = p.ReplaceSheet(ctx, passphrase, replace, file, line.bytes)
		line.clear()
	case h.Who != "":
		made, err = p.MakeHolderSheet(ctx, passphrase, h, file)
	default:
		made, err = p.MakeRecoverySheet(ctx, passphrase, file)
	}
	data := struct {
		File  string `json:"file"`
		Pages int    `json:"pages"`
	}{made.File, made.Pages}
	return answer{data, func(w io.Writer) {
		fmt.Fprintf(w, "The sheet is in %s. Print it, delete the file, and type the key from the paper once: casekeep holder check.\n", made.File)
		if replace != "" {
			fmt.Fprintln(w, "The key of the old one is revoked. "+sealedAnew)
		}
	}}, unfinishedHint(err)
}

// sealedAnew says what a re-key does, and what it cannot.
const sealedAnew = "Everything in the vault is sealed to a new key. Back up now; copies and backups from before open with the old key as ever."

// unfinishedHint says how sealing everything anew is finished that was cut off.
func unfinishedHint(err error) error {
	if errors.Is(err, app.ErrUnfinished) {
		return fmt.Errorf("%w: casekeep holder revoke VAULT --finish goes on with it", err)
	}
	return err
}

func (m *Main) holderRevokeCommand() *cobra.Command {
	var c common
	var names []string
	var finish, replace bool
	cmd := &cobra.Command{
		Use:   "revoke VAULT --name HOLDER... | --finish",
		Short: "Take somebody's key away: everything is sealed anew to another one",
		Long: "Give the vault a new key, seal everything in it anew, and keep the holder's key from opening any of it. It can be cut off\n" +
			"at any moment, and --finish goes on with it. It cannot take back what the person has already: a copy of the vault, or a\n" +
			"backup, opens with their key as before. So do the backups from before; --replace-backups makes and reads back a new one\n" +
			"in each folder within reach, and removes those.",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(names) > 0) == finish {
				return usagef("give --name or --finish, one of them")
			}
			return m.withinBy(cmd.Context(), args[0], c, func(p *app.Practice, passphrase string) (answer, error) {
				done, err := m.revoke(cmd.Context(), p, passphrase, names)
				if err == nil && replace {
					err = m.replaceBackups(cmd.Context(), p)
				}
				return done, err
			})
		},
	}
	cmd.Flags().StringArrayVar(&names, "name", nil, "the `HOLDER` whose key is revoked; repeat for each")
	cmd.Flags().BoolVar(&finish, "finish", false, "finish a revocation, or sealing everything anew, that was cut off")
	cmd.Flags().BoolVar(&replace, "replace-backups", false, "back up anew, then remove the backups that open with the old key")
	c.flags(cmd)
	return cmd
}

// replaceBackups says on standard error what became of the older backups.
func (m *Main) replaceBackups(ctx context.Context, p *app.Practice) error {
	line := m.progress()
	list, err := p.RemoveOldBackups(ctx, line.bytes)
	line.clear()
	for _, o := range list {
		switch {
		case o.Err != nil:
			err = errors.Join(err, o.Err)
		case o.Away:
			fmt.Fprintf(m.Stderr, "casekeep: note: %s is not there: its backups are as they were\n", steerless(o.Target))
		default:
			fmt.Fprintf(m.Stderr, "casekeep: note: %s removed from %s\n", counted(o.Count, "older backup"), steerless(o.Target))
		}
	}
	return err
}

func (m *Main) revoke(ctx context.Context, p *app.Practice, passphrase string, names []string) (answer, error) {
	line := m.progress()
	defer line.clear()
	var files []string
	if len(names) == 0 {
		if err := p.FinishRekey(ctx, passphrase, line.bytes); err != nil {
			return answer{}, unfinishedHint(err)
		}
	} else {
		keys, err := p.Keys(ctx)
		if err != nil {
			return answer{}, err
		}
		for _, name := range names {
			h, err := keys.Find(name)
			if err != nil {
				return answer{}, err
			}
			files = append(files, h.Name)
		}
		if err := p.Revoke(ctx, passphrase, files, line.bytes); err != nil {
			return answer{}, unfinishedHint(err)
		}
	}
	keys, err := p.Keys(ctx)
	return answer{keys, func(w io.Writer) {
		if len(files) > 0 {
			fmt.Fprintf(w, "Revoked: %s. ", strings.Join(files, ", "))
		}
		fmt.Fprintln(w, sealedAnew)
	}}, err
}

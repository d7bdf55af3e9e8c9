package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

func (m *Main) holderCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "holder",
		Short: "Say who can open a vault beside the passphrase: list, add, print a key, check one, revoke one",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("there is no command %q of holder", args[0])
			}
			return usagef("say which: holder list, holder add, holder sheet, holder check or holder revoke")
		},
	}
	cmd.AddCommand(m.holderListCommand(), m.holderAddCommand(), m.holderSheetCommand(), m.holderCheckCommand(), m.holderRevokeCommand())
	return cmd
}

func (m *Main) holderListCommand() *cobra.Command {
	var c common
	cmd := &cobra.Command{
		Use:   "list VAULT",
		Short: "Who can open the vault, since when, by what, and when that was tested",
		Args:  takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				keys, err := p.Keys(cmd.Context())
				return answer{keys, func(w io.Writer) { writeKeys(w, keys) }}, err
			})
		},
	}
	c.flags(cmd)
	return cmd
}

func writeKeys(w io.Writer, k app.Keys) {
	fmt.Fprintf(w, "The passphrase, since %s\n", dayOf(k.Since))
	for _, h := range k.Holders {
		fmt.Fprintln(w, keyLine(h))
	}
	if k.Unfinished {
		fmt.Fprintln(w, unfinishedLine(k))
	}
}

// unfinishedLine says what is to be finished.
func unfinishedLine(k app.Keys) string {
	if k.Back {
		return "The file of a revoked key is back: casekeep holder revoke VAULT --finish removes it."
	}
	return "Sealing everything to a new key was cut off: casekeep holder revoke VAULT --finish goes on with it."
}

// keyLine says in one line who holds a key.
func keyLine(h record.Holder) string {
	parts := []string{h.Name + "  " + h.Who + ", " + h.Kind.Role()}
	switch h.State {
	case record.HolderUnknown:
		return h.Name + "  a key file of which the vault knows nothing"
	case record.HolderRevoked:
		return strings.Join(append(parts, "from "+dayOf(h.Added), "revoked on "+dayOf(h.Revoked)), "; ")
	case record.HolderRevoking:
		parts = append(parts, "not yet revoked")
	case record.HolderMissing:
		parts = append(parts, "its file is missing")
	}
	by := "with an age key of their own"
	if h.Means == record.MeansSheet {
		by = "with a key on a sheet"
	}
	parts = append(parts, by+", since "+dayOf(h.Added))
	if h.Reach != "" {
		parts = append(parts, h.Reach)
	}
	if h.Tested.IsZero() {
		return strings.Join(append(parts, "never tested"), "; ")
	}
	return strings.Join(append(parts, "tested on "+dayOf(h.Tested)), "; ")
}

func dayOf(t time.Time) string { return record.DateOf(t.Local()).Long() }

// holderFlags describe a holder.
type holderFlags struct{ name, kind, reach string }

func (f *holderFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "name", "", "`WHO` holds the key")
	cmd.Flags().StringVar(&f.kind, "kind", string(record.HolderExecutor), "what the person `IS`: "+oneOf(record.HolderKinds()))
	cmd.Flags().StringVar(&f.reach, "reach", "", "how the person is reached: a telephone `NUMBER`")
}

func (f *holderFlags) holder() (record.Holder, error) {
	for _, k := range record.HolderKinds() {
		if string(k) == f.kind {
			return record.Holder{Who: f.name, Kind: k, Reach: f.reach}, nil
		}
	}
	return record.Holder{}, usagef("there is no kind %q: give %s", f.kind, oneOf(record.HolderKinds()))
}

func (m *Main) holderAddCommand() *cobra.Command {
	var c common
	var f holderFlags
	var recipient, file string
	cmd := &cobra.Command{
		Use:   "add VAULT --name WHO --recipient age1...",
		Short: "Let somebody open the vault with an age key of their own",
		Long: "Seal the vault's key to the public key of somebody's own, as age-keygen prints it: from then on their secret key opens\n" +
			"every record, in the vault and in its later backups. What they do is in the audit trail under their name and role.",
		Example: `  casekeep holder add "My Practice.casekeep" --name "Maria Osei" --kind executor --recipient-file maria.pub`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "name"); err != nil {
				return err
			}
			h, err := f.holder()
			if err != nil {
				return err
			}
			if (recipient == "") == (file == "") {
				return usagef("give --recipient or --recipient-file, one of them")
			}
			if h.Recipient = recipient; file != "" {
				if h.Recipient, err = firstLine(file, "public key"); err != nil {
					return err
				}
			}
			return m.withinBy(cmd.Context(), args[0], c, func(p *app.Practice, passphrase string) (answer, error) {
				h, err := p.AddHolder(cmd.Context(), passphrase, h)
				return answer{h, func(w io.Writer) {
					fmt.Fprintf(w, "%s can open the vault: holders/%s.age is sealed to their key.\n", h.Who, h.Name)
				}}, err
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&recipient, "recipient", "", "the public `KEY`: age1... or age1pq1...")
	cmd.Flags().StringVar(&file, "recipient-file", "", "read the public key from the first line of `FILE`")
	c.flags(cmd)
	return cmd
}

func (m *Main) holderCheckCommand() *cobra.Command {
	var c common
	var keyFile string
	cmd := &cobra.Command{
		Use:   "check VAULT",
		Short: "Show that the key on a sheet, or in a key file, opens the vault",
		Long: "Show that a key opens the vault, without opening a record and without the passphrase. The key is asked for, to be typed\n" +
			"from the paper, or read from a key file. The day is remembered, and kept in the vault when it is next unlocked.",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFolder(args[0]); err != nil {
				return err
			}
			secret, err := m.typedKey(cmd.Context(), keyFile)
			if err != nil {
				return err
			}
			name, err := m.Config.CheckSheet(args[0], secret)
			if err != nil {
				return err
			}
			data := struct {
				Vault  string `json:"vault"`
				Holder string `json:"holder"`
				Opens  bool   `json:"opens"`
			}{args[0], name, true}
			return m.show(c, answer{data, func(w io.Writer) { fmt.Fprintf(w, "This key opens the vault, as the holder %s.\n", name) }})
		},
	}
	keyFileFlag(cmd, &keyFile)
	cmd.Flags().BoolVar(&c.json, "json", false, "answer with one JSON document")
	return cmd
}

// typedKey gives a holder's key, from a file or as it is typed.
func (m *Main) typedKey(ctx context.Context, keyFile string) (app.Secret, error) {
	if keyFile != "" {
		return app.Secret{KeyFile: keyFile}, nil
	}
	typed, err := m.Ask(ctx, "The key on the sheet, in one line: ")
	return app.Secret{Typed: typed}, err
}

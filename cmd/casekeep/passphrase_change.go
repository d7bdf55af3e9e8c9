package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) passphraseCommand() *cobra.Command {
	var c common
	var newFile, keyFile string
	var anew bool
	cmd := &cobra.Command{
		Use:   "passphrase VAULT",
		Short: "Change the passphrase of a vault",
		Long: "Change the passphrase of a vault: the present one is asked for, and the new one twice. Where it is forgotten the key of\n" +
			"the recovery sheet stands for it, written into a file of one line (--key-file). Backups open with the new one once the\n" +
			"next is made; a copy of the vault that somebody has opens with the old one as before.\n\n" +
			"The key that the passphrase locks stays the same: with the old passphrase and an old key.age, from a backup or the\n" +
			"history of a sync service, one opens later records too. Where somebody else may know the old passphrase, --seal-anew\n" +
			"gives the vault a new key and seals everything anew to it, which takes as long as writing the whole vault. It can be\n" +
			"cut off at any moment, and casekeep holder revoke VAULT --finish goes on with it. What is older opens as before.",
		Example: `  casekeep passphrase "My Practice.casekeep"` + "\n" + `  casekeep passphrase "My Practice.casekeep" --seal-anew`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.changePassphrase(cmd.Context(), args[0], c, newFile, keyFile, anew)
		},
	}
	cmd.Flags().StringVar(&newFile, "new-passphrase-file", "", "read the new passphrase from the first line of `FILE` instead of asking for it")
	cmd.Flags().BoolVar(&anew, "seal-anew", false, "give the vault a new key, and seal everything anew to it")
	keyFileFlag(cmd, &keyFile)
	c.flags(cmd)
	return cmd
}

func (m *Main) changePassphrase(ctx context.Context, dir string, c common, newFile, keyFile string, anew bool) error {
	old, err := m.secretOf(ctx, dir, c, keyFile, "Present passphrase: ")
	if err != nil {
		return err
	}
	p, err := app.UnlockWith(ctx, dir, old, m.Config)
	if err != nil {
		return err
	}
	return m.finish(ctx, p, c, func(p *app.Practice) (answer, error) {
		fresh, err := m.newPassphrase(ctx, common{passphraseFile: newFile})
		if err != nil {
			return answer{}, err
		}
		settings, err := p.Settings(ctx)
		if err != nil {
			return answer{}, err
		}
		m.noteWeak(fresh, settings.Name)
		if anew {
			line := m.progress()
			err = p.ReplacePassphrase(ctx, old, fresh, line.bytes)
			line.clear()
		} else {
			err = p.ChangePassphrase(ctx, old, fresh)
		}
		if err != nil {
			return answer{}, unfinishedHint(err)
		}
		keys, err := p.Keys(ctx)
		data := struct {
			Vault string    `json:"vault"`
			Since time.Time `json:"passphrase_since"`
		}{p.Dir(), keys.Since}
		return answer{data, func(w io.Writer) {
			if anew {
				fmt.Fprintln(w, "The passphrase is changed. "+sealedAnew)
				return
			}
			fmt.Fprintln(w, "The passphrase is changed. Back up now: until then the backups open with the old one.")
		}}, err
	})
}

// secretOf gives what opens the vault in a folder: a key file, or the passphrase,
// which is asked for with the prompt.
func (m *Main) secretOf(ctx context.Context, dir string, c common, keyFile, prompt string) (app.Secret, error) {
	if err := checkFolder(dir); err != nil {
		return app.Secret{}, err
	}
	if keyFile != "" {
		return app.Secret{KeyFile: keyFile}, nil
	}
	if err := m.wait(ctx, dir, c); err != nil {
		return app.Secret{}, err
	}
	passphrase, err := m.passphraseAs(ctx, c, prompt)
	return app.Secret{Passphrase: passphrase}, err
}

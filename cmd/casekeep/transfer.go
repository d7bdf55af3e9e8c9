package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) sendCommand() *cobra.Command {
	var c common
	var t app.TransferRequest
	var client, protect string
	cmd := &cobra.Command{
		Use:   "send VAULT --client C --receiver WHO --purpose WHY --out FILE.age [--to KEY]...",
		Short: "Write a client's whole record as a sealed package for another Casekeep",
		Long: "Write a client's whole record as one age file, which another Casekeep takes in with casekeep receive and which age, tar\n" +
			"and sqlite3 open, and note the disclosure. Either both are done or neither. It is sealed to the public keys given with\n" +
			"--to, or to a passphrase: the first line of the file given with --protect, or else asked for twice.",
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client", "receiver", "purpose", "out"); err != nil {
				return err
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				found, err := p.FindClient(cmd.Context(), client)
				if err != nil {
					return answer{}, err
				}
				t.Client = found.ID
				if t.Sealed.Passphrase, err = m.sealingPassphrase(cmd.Context(), protect, t.Sealed.Recipients); err != nil {
					return answer{}, err
				}
				line := m.progress()
				out, err := p.Transfer(cmd.Context(), t, line.bytes)
				line.clear()
				return answer{out, func(w io.Writer) {
					fmt.Fprintf(w, "Wrote %s (%s): %s, %s.\n", out.File, app.Size(out.Bytes), counted(out.Entries, "entry"), counted(out.Attachments, "attachment"))
					fmt.Fprintf(w, "Noted the disclosure to %s (%s).\nSHA-256 of the file: %s\n", out.Disclosure.To, out.Disclosure.Purpose, out.SHA256)
				}}, err
			})
		},
	}
	clientFlag(cmd, &client)
	flags := cmd.Flags()
	flags.StringVar(&t.To, "receiver", "", "`WHO` receives it")
	flags.StringVar(&t.Purpose, "purpose", "", "`WHY` it is released")
	flags.StringVar(&t.Out, "out", "", "the `FILE.age` to write; it must not exist yet")
	sealingFlags(cmd, &t.Sealed.Recipients, &protect)
	c.flags(cmd)
	return cmd
}

func (m *Main) receiveCommand() *cobra.Command {
	var c common
	var protect, keyFile string
	cmd := &cobra.Command{
		Use:   "receive VAULT FILE.age",
		Short: "Take in the record of a package that another Casekeep wrote",
		Args:  takes("VAULT", "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				s := app.Secret{KeyFile: keyFile}
				var err error
				switch {
				case protect != "":
					s.Passphrase, err = firstLine(protect, "package's passphrase")
				case keyFile == "":
					s.Passphrase, err = m.Ask(cmd.Context(), "Passphrase of the package: ")
				}
				if err != nil {
					return answer{}, err
				}
				line := m.progress()
				list, err := p.Receive(cmd.Context(), args[1], s, line.bytes)
				line.clear()
				return answer{list, func(w io.Writer) {
					for _, r := range list {
						writeCarried(w, r)
					}
				}}, err
			})
		},
	}
	cmd.Flags().StringVar(&protect, "protect", "", "open the package with the passphrase in the first line of `FILE`")
	cmd.Flags().StringVar(&keyFile, "key-file", "", "open the package with the secret key in `FILE`, as age-keygen writes it")
	c.flags(cmd)
	return cmd
}

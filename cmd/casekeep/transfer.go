package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
)

func (m *Main) sendCommand() *cobra.Command {
	var c common
	var t app.TransferRequest
	var client, protect, receipt string
	cmd := &cobra.Command{
		Use:   "send VAULT --client C --receiver WHO --purpose WHY --out FILE.age [--to KEY]... [--receipt FILE.pdf]",
		Short: "Write a client's whole record as a sealed package for another Casekeep",
		Long: "Write a client's whole record as one age file, which another Casekeep takes in with casekeep receive and which age, tar\n" +
			"and sqlite3 open, and note the disclosure. Either both are done or neither. It is sealed to the public keys given with\n" +
			"--to, or to a passphrase: the first line of the file given with --protect, or else asked for twice. --receipt prints a\n" +
			"receipt for both sides to sign.",
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
				if err := checkReceipt(receipt); err != nil {
					return answer{}, err
				}
				if t.Sealed.Passphrase, err = m.sealingPassphrase(cmd.Context(), protect, t.Sealed.Recipients); err != nil {
					return answer{}, err
				}
				line := m.progress()
				out, err := p.Transfer(cmd.Context(), t, line.bytes)
				line.clear()
				if err == nil && receipt != "" {
					if _, err = p.SentReceipt(cmd.Context(), out, app.PaperFile{Path: receipt}); err != nil {
						err = fmt.Errorf("the record is in %s and its disclosure is noted, but the receipt is not: %w", out.File, err)
					}
				}
				return answer{sent{out, receipt}, func(w io.Writer) {
					fmt.Fprintf(w, "Wrote %s (%s): %s, %s.\n", out.File, app.Size(out.Bytes), counted(out.Entries, "entry"), counted(out.Attachments, "attachment"))
					fmt.Fprintf(w, "Noted the disclosure to %s (%s).\nSHA-256 of the file: %s\n", out.Disclosure.To, out.Disclosure.Purpose, out.SHA256)
					writeReceipt(w, receipt)
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
	receiptFlag(cmd, &receipt)
	c.flags(cmd)
	return cmd
}

// sent is a record that went out, as a script reads it.
type sent struct {
	app.Transferred
	Receipt string `json:"receipt,omitempty"` // the file
}

func receiptFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "receipt", "", "print a receipt for both sides to sign into `FILE.pdf`; it must not exist yet")
}

// checkReceipt refuses, before anything is done, a file that cannot be made.
func checkReceipt(path string) error {
	if path == "" {
		return nil
	}
	return app.CheckNewFile(path)
}

func writeReceipt(w io.Writer, path string) {
	if path != "" {
		fmt.Fprintf(w, "Wrote the receipt into %s: print it, and let both sides sign it.\n", path)
	}
}

func (m *Main) receiveCommand() *cobra.Command {
	var c common
	var protect, keyFile, receipt string
	cmd := &cobra.Command{
		Use:   "receive VAULT FILE.age [--receipt FILE.pdf]",
		Short: "Take in the record of a package that another Casekeep wrote",
		Args:  takes("VAULT", "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				s := app.Secret{KeyFile: keyFile}
				err := checkReceipt(receipt)
				switch {
				case err != nil:
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
				if err == nil && receipt != "" {
					err = receiveReceipt(cmd.Context(), p, list, receipt)
				}
				return answer{list, func(w io.Writer) {
					for _, r := range list {
						writeCarried(w, r)
					}
					writeReceipt(w, receipt)
				}}, err
			})
		},
	}
	cmd.Flags().StringVar(&protect, "protect", "", "open the package with the passphrase in the first line of `FILE`")
	cmd.Flags().StringVar(&keyFile, "key-file", "", "open the package with the secret key in `FILE`, as age-keygen writes it")
	receiptFlag(cmd, &receipt)
	c.flags(cmd)
	return cmd
}

func receiveReceipt(ctx context.Context, p *app.Practice, list []app.CarriedRecord, path string) error {
	if _, err := p.ReceivedReceipt(ctx, list[0], app.PaperFile{Path: path}); err != nil {
		return fmt.Errorf("the package is taken in, as record %s, but the receipt was not written: %w", list[0].Client.Number, err)
	}
	return nil
}

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/app/release"
	"casekeep/vault/record"
)

func (m *Main) produceCommand() *cobra.Command {
	var c common
	var req app.ProduceRequest
	var client, from, until, protect string
	cmd := &cobra.Command{
		Use:     "produce VAULT --client C --to WHO --purpose WHY --out FILE.pdf",
		Short:   "Write a client's record as a PDF, and note the disclosure",
		Long:    "Write a client's record as a PDF, and note in it to whom it went, why and when. Either both are done or neither.",
		Example: `  casekeep produce "My Practice.casekeep" --client "Dana Reyes" --to "Dana Reyes" --purpose "client's request" --out record.pdf`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlags(cmd, "client", "to", "purpose", "out"); err != nil {
				return err
			}
			var err error
			if req.From, err = record.ParseDate(from); err != nil {
				return usageError{err.Error()}
			}
			if req.Until, err = record.ParseDate(until); err != nil {
				return usageError{err.Error()}
			}
			if protect != "" {
				if req.Password, err = firstLine(protect, "PDF's password"); err != nil {
					return err
				}
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				found, err := p.FindClient(cmd.Context(), client)
				if err != nil {
					return answer{}, err
				}
				req.Client = found.ID
				return m.produce(cmd.Context(), p, req)
			})
		},
	}
	clientFlag(cmd, &client)
	flags := cmd.Flags()
	flags.StringVar(&req.To, "to", "", "`WHO` receives it")
	flags.StringVar(&req.Purpose, "purpose", "", "`WHY` it is released")
	flags.StringVar(&req.Out, "out", "", "the `FILE.pdf` to write; it must not exist yet")
	flags.StringVar(&from, "from", "", "the first day, `YYYY-MM-DD`; the beginning if not given")
	flags.StringVar(&until, "until", "", "the last day, `YYYY-MM-DD`; the end if not given")
	flags.StringVar(&protect, "protect", "", "encrypt the PDF with the password in the first line of `FILE`")
	c.flags(cmd)
	return cmd
}

func (m *Main) produce(ctx context.Context, p *app.Practice, req app.ProduceRequest) (answer, error) {
	line := m.progress()
	produced, err := p.Produce(ctx, req, func(done, total int) {
		line.show("%s of %s entries written", number(done), number(total))
	})
	line.clear()
	if err != nil {
		return answer{}, err
	}
	zone, err := practiceZone(ctx, p)
	data := struct {
		app.Produced
		Missing []missingGlyph `json:"missing_glyphs"`
	}{produced, missingGlyphs(produced.Missing)}
	return answer{data, func(w io.Writer) {
		d := produced.Disclosure
		fmt.Fprintf(w, "Wrote %s: %s, %s.\n", produced.File, counted(produced.Pages, "page"), counted(produced.Entries, "entry"))
		fmt.Fprintf(w, "Noted the disclosure to %s (%s), %s.\n", d.To, d.Purpose, when(d.At, zone))
		fmt.Fprintf(w, "SHA-256 of the file: %s\n", d.SHA256)
		for _, g := range data.Missing {
			fmt.Fprintf(w, "No font on this computer has %s (%s); it is marked in %s, and the record lists where.\n", g.Code, g.Script, counted(g.Times, "place"))
		}
	}}, err
}

// missingGlyph is a character that no font on this computer has.
type missingGlyph struct {
	Char    string           `json:"char"`
	Code    string           `json:"code"` // "U+1F64F"
	Script  string           `json:"script"`
	Times   int              `json:"times"`
	Entries []record.EntryID `json:"entries"` // the first ones that hold it
}

func missingGlyphs(list []release.MissingGlyph) []missingGlyph {
	glyphs := make([]missingGlyph, len(list))
	for i, g := range list {
		glyphs[i] = missingGlyph{string(g.Char), fmt.Sprintf("U+%04X", g.Char), g.Script, g.Times, g.Entries}
	}
	return glyphs
}

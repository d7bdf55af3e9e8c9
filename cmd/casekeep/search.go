package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

func (m *Main) searchCommand() *cobra.Command {
	var c common
	var client string
	var limit int
	cmd := &cobra.Command{
		Use:   "search VAULT QUERY",
		Short: "Find entries by what was said, newest first",
		Long: "Find the entries that hold every word of the query, newest first. The last word may be the beginning of one;\n" +
			"case and accents do not matter.",
		Args: takes("VAULT", "QUERY..."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return usagef("--limit must be 1 or more")
			}
			s := app.Search{Query: strings.Join(args[1:], " "), Limit: limit}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				if client != "" {
					found, err := p.FindClient(cmd.Context(), client)
					if err != nil {
						return answer{}, err
					}
					s.Client = found.ID
				}
				return search(cmd.Context(), p, s)
			})
		},
	}
	clientFlag(cmd, &client)
	cmd.Flags().IntVar(&limit, "limit", 50, "at most `N` entries")
	c.flags(cmd)
	return cmd
}

func search(ctx context.Context, p *app.Practice, s app.Search) (answer, error) {
	hits, err := p.Search(ctx, s)
	if err != nil {
		return answer{}, err
	}
	zone, err := practiceZone(ctx, p)
	if err != nil {
		return answer{}, err
	}
	return answer{hits, func(w io.Writer) {
		if len(hits) == 0 {
			fmt.Fprintf(w, "Nothing holds %q.\n", s.Query)
			return
		}
		table := columns{heads: []string{"WHEN", "CLIENT", "CHANNEL", "SAID"}}
		for _, h := range hits {
			said := h.Snippet
			if h.Struck {
				said += " (struck through)"
			}
			table.add(when(h.At, zone), h.ClientName, hitKind(h), said)
		}
		table.write(w)
		if len(hits) == s.Limit {
			fmt.Fprintf(w, "These are the newest %s; --limit shows more.\n", number(s.Limit))
		}
	}}, nil
}

// hitKind says what an entry is: a contact's channel, or a structured entry's
// name.
func hitKind(h record.Hit) string {
	if h.Form == "" {
		return string(h.Channel)
	}
	return strings.ToLower(form.Title(h.Form))
}

package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casekeep/app"
	"casekeep/vault/record"
)

// clientFlags are a client as the command line describes one.
type clientFlags struct {
	name, born, kind, jurisdiction string
	pronouns, language, safe, risk string
	since                          string
	phones, emails, members        []string
}

func (m *Main) clientAddCommand() *cobra.Command {
	var c common
	var f clientFlags
	cmd := &cobra.Command{
		Use:     "add VAULT --name NAME [--phone N]... [--email A]...",
		Short:   "Open a new client's record",
		Example: `  casekeep client add "My Practice.casekeep" --name "Dana Reyes" --phone "+1 601 555 0142" --born 1980-02-29`,
		Args:    takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := f.client(cmd)
			if err != nil {
				return err
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				return addClient(cmd.Context(), p, client)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.name, "name", "", "the `NAME` that is used")
	flags.StringArrayVar(&f.phones, "phone", nil, "a telephone `NUMBER`; repeat for each")
	flags.StringArrayVar(&f.emails, "email", nil, "an email `ADDRESS`; repeat for each")
	flags.StringVar(&f.born, "born", "", "date of birth, `YYYY-MM-DD`")
	flags.StringVar(&f.since, "since", "", "first day of service, `YYYY-MM-DD`")
	flags.StringVar(&f.kind, "kind", string(record.Individual), "`KIND` of client: "+oneOf(record.Kinds()))
	flags.StringVar(&f.jurisdiction, "jurisdiction", "", "where the client is served, such as `US-MS`")
	flags.StringVar(&f.pronouns, "pronouns", "", "`PRONOUNS`")
	flags.StringVar(&f.language, "language", "", "`LANGUAGE` of conversation")
	flags.StringVar(&f.safe, "safe-contact", "", "how the client can be reached without harm, in a `LINE`")
	flags.StringVar(&f.risk, "risk", "", "the `LINE` that stands above the record")
	flags.StringArrayVar(&f.members, "member", nil, "a `PERSON` of a couple, family, group, organization or community, as \"Kit Larsen (partner)\"; repeat for each")
	c.flags(cmd)
	return cmd
}

func (f clientFlags) client(cmd *cobra.Command) (record.Client, error) {
	c := record.Client{
		Name: f.name, Kind: record.Kind(f.kind), Jurisdiction: f.jurisdiction, Pronouns: f.pronouns, Language: f.language,
		SafeContact: f.safe, Risk: f.risk, Contacts: []record.ContactPoint{},
	}
	if err := needFlags(cmd, "name"); err != nil {
		return c, err
	}
	if !c.Kind.Valid() {
		return c, usagef("%q is not a kind of client: use %s", f.kind, oneOf(record.Kinds()))
	}
	var err error
	if c.Born, err = record.ParseDate(f.born); err != nil {
		return c, usageError{err.Error()}
	}
	if c.Since, err = record.ParseDate(f.since); err != nil {
		return c, usageError{err.Error()}
	}
	for _, phone := range f.phones {
		if !isAddress(phone) {
			return c, usagef("%q is not a telephone number", phone)
		}
		c.Contacts = append(c.Contacts, record.ContactPoint{System: record.Phone, Value: phone})
	}
	for _, email := range f.emails {
		if !strings.Contains(email, "@") {
			return c, usagef("%q is not an email address", email)
		}
		c.Contacts = append(c.Contacts, record.ContactPoint{System: record.Email, Value: email})
	}
	for _, member := range f.members {
		c.Members = append(c.Members, parseMember(member))
	}
	return c, nil
}

// parseMember reads "Kit Larsen (partner)".
func parseMember(s string) record.Member {
	name, role, found := strings.Cut(strings.TrimSpace(s), "(")
	if !found {
		return record.Member{Name: name}
	}
	return record.Member{Name: strings.TrimSpace(name), Role: strings.TrimSpace(strings.TrimSuffix(role, ")"))}
}

func addClient(ctx context.Context, p *app.Practice, c record.Client) (answer, error) {
	c, err := p.AddClient(ctx, c)
	if err != nil {
		return answer{}, err
	}
	return answer{c, func(w io.Writer) {
		fmt.Fprintf(w, "Added %s: record %s, id %s.\n", c.Name, c.Number, c.ID)
	}}, nil
}

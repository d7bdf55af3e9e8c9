package app

import (
	"context"
	"fmt"
	"strings"

	"casekeep/app/intake"
	"casekeep/vault"
	"casekeep/vault/record"
)

// Clients gives every client as a list shows it, latest contact first.
func (p *Practice) Clients(ctx context.Context) ([]record.ClientSummary, error) {
	return p.v.Clients(ctx)
}

// FindClient gives the one client that ref names: an id, a record number, or a
// name that fits no other.
func (p *Practice) FindClient(ctx context.Context, ref string) (record.ClientSummary, error) {
	return p.v.FindClient(ctx, ref)
}

// OpenClient gives a client whole. The opening is audited once an unlock.
func (p *Practice) OpenClient(ctx context.Context, id record.ClientID) (record.Client, error) {
	return p.v.OpenClient(ctx, id)
}

// AddClient opens a new record.
func (p *Practice) AddClient(ctx context.Context, c record.Client) (record.Client, error) {
	if err := p.normalize(ctx, &c); err != nil {
		return c, err
	}
	return p.v.AddClient(ctx, c)
}

// ChangeClient replaces what is known of a client, its status apart.
func (p *Practice) ChangeClient(ctx context.Context, c record.Client) error {
	if err := p.normalize(ctx, &c); err != nil {
		return err
	}
	return p.v.ChangeClient(ctx, c)
}

// CloseClient closes a record as of a day.
func (p *Practice) CloseClient(ctx context.Context, id record.ClientID, on record.Date, reason string) error {
	return p.v.SetStatus(ctx, id, record.Closed, on, reason)
}

// SetActive takes a client up, or a closed record up again.
func (p *Practice) SetActive(ctx context.Context, id record.ClientID) error {
	return p.v.SetStatus(ctx, id, record.Active, record.Date{}, "")
}

// History gives the newest audit events of a client, newest first.
func (p *Practice) History(ctx context.Context, id record.ClientID, limit int) ([]record.AuditEvent, error) {
	return p.v.Audit(ctx, id, limit)
}

func (p *Practice) normalize(ctx context.Context, c *record.Client) error {
	if err := normalizeJurisdiction(c); err != nil {
		return err
	}
	return p.normalizeContacts(ctx, c)
}

// normalizeJurisdiction turns what names a state into its code: rules are found
// by codes alone, so a client under any other word would never become due.
func normalizeJurisdiction(c *record.Client) error {
	said := strings.TrimSpace(c.Jurisdiction)
	code := record.StatedJurisdiction(said)
	if code == "" && said != "" {
		return fmt.Errorf("%q is no state that Casekeep knows: write its code, such as US-TX", said)
	}
	c.Jurisdiction = code
	return nil
}

func (p *Practice) normalizeContacts(ctx context.Context, c *record.Client) error {
	s, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	for i := range c.Contacts {
		point := &c.Contacts[i]
		point.Value = strings.TrimSpace(point.Value)
		switch point.System {
		case record.Phone:
			point.Normal = intake.NormalizePhone(point.Value, s.Region)
		case record.Email:
			point.Normal = intake.NormalizeEmail(point.Value)
		default:
			point.Normal = point.Value
		}
	}
	return nil
}

// FilterClients gives the clients of a list whose name, number or contact
// points hold every word of the query. Case and diacritics do not matter.
func FilterClients(list []record.ClientSummary, query string) []record.ClientSummary {
	words := strings.Fields(vault.Plain(query))
	if len(words) == 0 {
		return list
	}
	found := []record.ClientSummary{}
	for _, c := range list {
		if holdsAll(haystack(c), words) {
			found = append(found, c)
		}
	}
	return found
}

func haystack(c record.ClientSummary) string {
	parts := []string{vault.Plain(c.Name), c.Number}
	for _, point := range c.Contacts {
		parts = append(parts, vault.Plain(point.Value), point.Normal)
	}
	return strings.Join(parts, "\n")
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

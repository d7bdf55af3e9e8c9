package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// EmergencyCard prints what one needs when a client is in danger (NASW 2.13).
// It is for the practitioner's own use: no disclosure, but noted in the trail.
func (p *Practice) EmergencyCard(ctx context.Context, client record.ClientID, out PaperFile) (Printed, error) {
	c, err := p.v.OpenClient(ctx, client)
	if err != nil {
		return Printed{}, err
	}
	cards, err := p.emergencyCards(ctx, client)
	if err != nil {
		return Printed{}, err
	}
	card, filled := cards[client]
	if !filled {
		return Printed{}, errors.New("there is no emergency card of this client yet: fill it in first")
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.EmergencyCard{Practice: l.practice, Client: c, Card: card, Made: l.made}
	return p.print(ctx, d, out, p.noted(ctx, "emergency-card", client))
}

// emergencyCards gives the card in effect of each client that has one.
func (p *Practice) emergencyCards(ctx context.Context, clients ...record.ClientID) (map[record.ClientID]record.EmergencyCard, error) {
	list, err := p.v.Facts(ctx, clients...)
	if err != nil {
		return nil, err
	}
	cards := map[record.ClientID]record.EmergencyCard{}
	for _, facts := range list {
		all, err := decodeAll[record.EmergencyCard](facts, record.FormEmergency)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 {
			cards[facts.Client.ID] = all[len(all)-1]
		}
	}
	return cards, nil
}

// fallbackDays is how far back a contact puts a client on the paper fallback:
// whoever comes every second week is on it.
const fallbackDays = 14

// PaperFallback prints what one would need of today's and this week's clients
// if the computer died (NASW 2.12): of those named, or where none is of those
// with a contact within the last 14 days whose record is not closed.
func (p *Practice) PaperFallback(ctx context.Context, out PaperFile, clients ...record.ClientID) (Printed, error) {
	d, named, err := p.fallback(ctx, clients...)
	if err != nil {
		return Printed{}, err
	}
	return p.print(ctx, d, out, p.noted(ctx, "fallback", named...))
}

func (p *Practice) fallback(ctx context.Context, clients ...record.ClientID) (d release.Fallback, named []record.ClientID, err error) {
	if err := p.TakenBack(ctx); err != nil {
		return d, nil, err
	}
	list, err := p.v.Clients(ctx)
	if err != nil {
		return d, nil, err
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return d, nil, err
	}
	since := l.made.AddDate(0, 0, -fallbackDays)
	d = release.Fallback{Practice: l.practice, Made: l.made, Chosen: "With a contact since " + record.DateOf(since).Long() + "."}
	last := map[record.ClientID]time.Time{}
	for _, c := range list {
		last[c.ID] = c.LastContact
		if c.Status != record.Closed && c.LastContact.After(since) {
			named = append(named, c.ID)
		}
	}
	if len(clients) > 0 {
		named, d.Chosen = slices.Clone(clients), "As chosen."
	}
	d.Clients, err = p.fallbackClients(ctx, named, last, l.made.Location())
	return d, named, err
}

// fallbackClients gathers clients by their names.
func (p *Practice) fallbackClients(ctx context.Context, ids []record.ClientID, last map[record.ClientID]time.Time, zone *time.Location) ([]release.FallbackClient, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	cards, err := p.emergencyCards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var all []release.FallbackClient
	for _, id := range ids {
		c, err := p.v.Client(ctx, id)
		if err != nil {
			return nil, err
		}
		one := release.FallbackClient{Client: c, Emergency: cards[id]}
		if !last[id].IsZero() {
			one.Last = last[id].In(zone)
		}
		all = append(all, one)
	}
	sortByName(all, func(c release.FallbackClient) string { return c.Client.Name })
	return all, nil
}

// FirstHour prints what to do in the first hour after a laptop was lost or
// stolen (NASW 2.12). It needs no more than an unlocked vault, such as one that
// was restored from a backup. Named, it lists everybody who is to be told, with
// the safe way of telling; else it names nobody and can lie in a drawer.
func (p *Practice) FirstHour(ctx context.Context, out PaperFile, named bool) (Printed, error) {
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	list, err := p.v.Clients(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.FirstHour{Practice: l.practice, Vendors: l.vendors, Held: len(list), Made: l.made}
	if !named {
		return p.print(ctx, d, out, unnoted)
	}
	d.Clients = []record.Client{}
	ids := make([]record.ClientID, len(list))
	for i, c := range list {
		ids[i] = c.ID
		one, err := p.v.Client(ctx, c.ID)
		if err != nil {
			return Printed{}, err
		}
		d.Clients = append(d.Clients, one)
	}
	sortByName(d.Clients, func(c record.Client) string { return c.Name })
	hand := p.noted(ctx, "first-hour", ids...)
	if p.ReadOnly() != nil && p.executor == nil { // a copy that cannot be written keeps no trail, and help must not wait
		hand = unnoted
	}
	return p.print(ctx, d, out, hand)
}

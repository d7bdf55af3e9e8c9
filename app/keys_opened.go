package app

import (
	"context"
	"fmt"
	"slices"

	"casekeep/vault/record"
)

// Holder gives the name and role of somebody who works in the vault with a key of
// their own; "": the practitioner does, with the passphrase or the recovery sheet.
func (p *Practice) Holder() string { return p.holder }

// takeRole notes whose key opened the vault.
func (p *Practice) takeRole(ctx context.Context) {
	name := p.v.Holder()
	if name == "" {
		return
	}
	p.holder = p.v.HolderSigns()
	list, err := p.v.Holders(ctx)
	if err == nil && slices.ContainsFunc(list, func(h record.Holder) bool { return h.Name == name && h.Kind == record.HolderRecovery }) {
		p.holder = ""
	}
}

// toldOpenings is how many openings are told of one by one.
const toldOpenings = 5

// TellOpenings says who opened the vault with a key of their own, or with the
// recovery sheet, since the practitioner was told last: a sentence each, the
// newest last. It is said once, to whoever opened the vault with the passphrase.
func (p *Practice) TellOpenings(ctx context.Context) ([]string, error) {
	if p.executor != nil {
		return nil, nil
	}
	events, err := p.v.TellOpenings(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, err
	}
	zone := record.LoadZone(settings.Zone)
	var said []string
	if n := len(events) - toldOpenings; n > 0 {
		said = append(said, fmt.Sprintf("the vault was opened with a holder’s key %d times more before that: the audit trail names each", n))
		events = events[n:]
	}
	for _, e := range events {
		at := e.At.In(zone)
		said = append(said, fmt.Sprintf("%s opened the vault on %s at %s: what was looked at or changed then is in the audit trail under that name",
			e.Actor, record.DateOf(at).Long(), at.Format("3:04 PM")))
	}
	return said, nil
}

package app

import (
	"context"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// Beside is what must be in sight where a contact with a client is written
// down.
type Beside struct {
	Channels []ChannelState
	Where    string // where the client was when it was asked last
	Own      string // where the practitioner was
	Culture  string // what the intake says of it (TSP 1.03)
}

// Channel gives what was agreed for a channel.
func (b Beside) Channel(c record.Channel) ChannelState {
	for _, one := range b.Channels {
		if one.Channel == c {
			return one
		}
	}
	return ChannelState{Channel: c, Needs: c.NeedsConsent()}
}

// Beside gives it for one client.
func (p *Practice) Beside(ctx context.Context, client record.ClientID) (Beside, error) {
	var b Beside
	facts, _, err := p.factsOf(ctx, client)
	if err != nil {
		return b, err
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return b, err
	}
	b.places(facts, settings)
	for _, filed := range facts.Forms {
		if filed.Form != record.FormIntake {
			continue
		}
		intake, err := form.Decode[record.Intake](filed.Data)
		if err != nil {
			return b, err
		}
		b.Culture = intake.Culture
	}
	b.Channels, err = p.Channels(ctx, client)
	return b, err
}

// places takes the places of the newest contact that states them; without one
// the states in which the two are.
func (b *Beside) places(facts record.Facts, settings record.Practice) {
	var theirs, own record.EntryID
	for _, t := range facts.Tally {
		if t.Location != "" && t.Last > theirs {
			theirs, b.Where = t.Last, t.Location
		}
		if t.OwnLocation != "" && t.Last > own {
			own, b.Own = t.Last, t.OwnLocation
		}
	}
	if b.Where == "" {
		b.Where = record.JurisdictionName(facts.Client.Jurisdiction)
	}
	if b.Own == "" {
		b.Own = record.JurisdictionName(settings.Jurisdiction)
	}
}

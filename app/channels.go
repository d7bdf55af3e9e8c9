package app

import (
	"context"
	"slices"

	"casekeep/app/standing"
	"casekeep/vault/record"
)

// ChannelState is what was agreed with a client for one channel.
type ChannelState struct {
	Channel   record.Channel
	Needs     bool   // it needs consent (TSP 4.03)
	Offered   bool   // the practice works over it
	Decision  string // allowed, not-allowed, revoked; "": nothing was agreed
	InWriting bool   // TIP 10
	Since     record.Date
	About     string // about when, where the day is not known
	Revoked   record.Date
	Warned    record.Date // told how weak third-party messaging is (TSP 3.09)
	Preferred bool        // the preferred secure channel
	Scope     string
	Device    string
	ReviewBy  record.Date
	Entry     record.EntryID // the entry that says so; 0: none
	Contacts  int            // service contacts on record over it
	Outside   int            // those of them without consent
}

// Allowed reports whether the client agreed to the channel.
func (c ChannelState) Allowed() bool { return c.Decision == standing.Allowed }

// Channels gives, for every channel that the practice offers or that is in the
// client's record, what was agreed. Where the practice has not said what it
// offers, it is every channel but the meeting in person.
func (p *Practice) Channels(ctx context.Context, client record.ClientID) ([]ChannelState, error) {
	practice, file, err := p.open(ctx, client)
	if err != nil || file == nil {
		return nil, err
	}
	uses, err := file.Uses(p.counter(ctx))
	if err != nil {
		return nil, err
	}
	var all []ChannelState
	for _, channel := range record.Channels() {
		if channel == record.InPerson {
			continue
		}
		s := channelState(file, channel)
		s.Offered = len(practice.Settings.Channels) == 0 || slices.Contains(practice.Settings.Channels, channel)
		if at := slices.IndexFunc(uses, func(u standing.ChannelUse) bool { return u.Channel == channel }); at >= 0 {
			s.Outside = uses[at].Outside
		}
		if s.Offered || s.Contacts > 0 || s.Decision != "" {
			all = append(all, s)
		}
	}
	return all, nil
}

func channelState(file *standing.File, channel record.Channel) ChannelState {
	s := ChannelState{Channel: channel, Needs: channel.NeedsConsent(), Contacts: file.Services(channel)}
	for _, a := range file.Agreements(channel) {
		if !a.Warned.IsZero() {
			s.Warned = a.Warned
		}
	}
	a, found := file.Agreed(channel)
	if !found {
		return s
	}
	s.Decision, s.Since, s.About, s.Entry = a.Decision, a.Since, a.About, a.Entry
	s.InWriting, s.Preferred = a.InWriting(), a.Preferred == "yes"
	s.Scope, s.Device, s.ReviewBy = a.Scope, a.Device, a.ReviewBy
	if a.Decision == standing.Revoked {
		s.Revoked = a.Since
	}
	return s
}

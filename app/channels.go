package app

import (
	"context"
	"errors"

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
func (c ChannelState) Allowed() bool { return c.Decision == "allowed" }

// Channels gives, for every channel that the practice offers or that is in the
// client's record, what was agreed.
func (p *Practice) Channels(ctx context.Context, client record.ClientID) ([]ChannelState, error) {
	return nil, errors.New("not yet computed")
}

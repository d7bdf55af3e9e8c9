package app

import (
	"context"

	"casekeep/vault/record"
)

// SaveDraft keeps what was typed for a client and is not logged yet, inside
// the vault; an empty text removes it. Client 0 is one not added yet. The
// desktop calls it before it locks by itself.
func (p *Practice) SaveDraft(ctx context.Context, client record.ClientID, text string) error {
	return p.v.SetDraft(ctx, client, text)
}

// Draft gives what SaveDraft kept, "" if nothing.
func (p *Practice) Draft(ctx context.Context, client record.ClientID) (string, error) {
	return p.v.Draft(ctx, client)
}

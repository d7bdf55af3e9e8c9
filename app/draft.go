package app

import (
	"context"

	"casekeep/vault/record"
)

// SaveDraft keeps what was typed for a client and is not logged yet, inside
// the vault; an empty text removes it. Client 0 is one not added yet. The
// desktop calls it before it locks by itself.
func (p *Practice) SaveDraft(ctx context.Context, client record.ClientID, text string) error {
	return p.v.SetDraft(ctx, client, "", text)
}

// Draft gives what SaveDraft kept, "" if nothing.
func (p *Practice) Draft(ctx context.Context, client record.ClientID) (string, error) {
	return p.v.Draft(ctx, client, "")
}

// SaveFormDraft keeps what was typed into a form of a client's record, or of
// the practice's own book, and is not filed yet; an empty text removes it.
func (p *Practice) SaveFormDraft(ctx context.Context, client record.ClientID, form record.Form, text string) error {
	return p.v.SetDraft(ctx, client, form, text)
}

// FormDraft gives what SaveFormDraft kept, "" if nothing.
func (p *Practice) FormDraft(ctx context.Context, client record.ClientID, form record.Form) (string, error) {
	return p.v.Draft(ctx, client, form)
}

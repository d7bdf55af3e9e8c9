package app

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// SentReceipt prints the receipt for a record that was sent, for both sides to
// sign. The record's trail says so.
func (p *Practice) SentReceipt(ctx context.Context, t Transferred, out PaperFile) (Printed, error) {
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	return p.receipt(ctx, l, t.Disclosure.Client, release.Receipt{
		Entries: t.Entries, Attachments: t.Attachments, Digest: t.SHA256, As: "a sealed package, " + filepath.Base(t.File),
		From: keeperOf(l.practice), To: t.Disclosure.To, Basis: t.Disclosure.Purpose, Sent: t.Disclosure.At,
	}, out)
}

// ReceivedReceipt prints the receipt for a record that was just taken in.
func (p *Practice) ReceivedReceipt(ctx context.Context, c CarriedRecord, out PaperFile) (Printed, error) {
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	return p.receipt(ctx, l, c.Client.ID, release.Receipt{
		Entries: c.Entries, Attachments: c.Attachments, Digest: c.Package, As: "a sealed package, taken into another Casekeep vault",
		From: c.From, To: keeperOf(l.practice), Sent: l.made,
	}, out)
}

// receipt fills in what the vault knows of the record.
func (p *Practice) receipt(ctx context.Context, l letterhead, client record.ClientID, r release.Receipt, out PaperFile) (Printed, error) {
	c, err := p.v.Client(ctx, client)
	if err != nil {
		return Printed{}, err
	}
	holds, err := p.v.Contents(ctx, client)
	if err != nil {
		return Printed{}, err
	}
	r.Practice, r.Made, r.Sent = l.practice, l.made, r.Sent.In(l.made.Location()).Truncate(time.Second)
	r.Number, r.Client, r.Kind, r.First, r.Last = c.Number, c.Name, c.Kind, holds.First, holds.Last
	return p.print(ctx, r, out, p.noted(ctx, "receipt", client))
}

// keeperOf says who keeps the records here, as it stands on paper.
func keeperOf(p record.Practice) string {
	return strings.Join(filledParts(p.Owner, p.Name, p.Contact), "\n")
}

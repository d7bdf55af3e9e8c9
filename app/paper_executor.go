package app

import (
	"context"
	"slices"

	"casekeep/app/release"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// ExecutorSheet prints what the professional executor needs first if the
// practitioner dies or cannot work: where the vault and its backups are, what to
// do, and the clients of these days with their risk and safe ways of contact.
func (p *Practice) ExecutorSheet(ctx context.Context, out PaperFile) (Printed, error) {
	clients, named, err := p.fallback(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.Executor{Vault: "The folder " + p.Dir(), Fallback: clients}
	if d.Holders, err = sealed.Holders(p.Dir(), sealed.Options{}); err != nil {
		return Printed{}, err
	}
	known, err := p.v.KnownBackups(ctx)
	if err != nil {
		return Printed{}, err
	}
	for _, b := range lastOfTargets(known) {
		d.Backups = append(d.Backups, b.Target+", last on "+record.DateOf(b.At.In(clients.Made.Location())).Long())
	}
	return p.print(ctx, d, out, p.noted(ctx, "executor", named...))
}

// lastOfTargets gives the newest backup of each folder that is still there.
func lastOfTargets(known []record.KnownBackup) []record.KnownBackup {
	var last []record.KnownBackup
	for _, b := range known {
		at := slices.IndexFunc(last, func(l record.KnownBackup) bool { return l.Target == b.Target })
		switch {
		case !b.Gone.IsZero():
		case at < 0:
			last = append(last, b)
		case last[at].At.Before(b.At):
			last[at] = b
		}
	}
	return last
}

package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// ExecutorSheet prints what the professional executor needs first if the
// practitioner dies or cannot work: where the vault and its backups are, who holds
// a key, what to do, and the clients of these days with their risk and safe ways
// of contact.
func (p *Practice) ExecutorSheet(ctx context.Context, out PaperFile) (Printed, error) {
	clients, named, err := p.fallback(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.Executor{Vault: "The folder " + p.Dir(), Fallback: clients}
	keys, err := p.Keys(ctx)
	if err != nil {
		return Printed{}, err
	}
	for _, h := range keys.Holders {
		if h.Opens() {
			d.Holders = append(d.Holders, holderLine(h, clients.Made.Location()))
		}
	}
	if d.Backups, err = p.backupLines(ctx, clients.Made.Location()); err != nil {
		return Printed{}, err
	}
	return p.print(ctx, d, out, p.noted(ctx, "executor", named...))
}

// holderLine says on a paper who holds a key.
func holderLine(h record.Holder, zone *time.Location) string {
	if h.State == record.HolderUnknown {
		return h.Name + ", of whom the vault knows nothing"
	}
	parts := []string{h.Who, h.Kind.Role()}
	if h.Reach != "" {
		parts = append(parts, h.Reach)
	}
	if h.Means == record.MeansSheet && h.Kind != record.HolderRecovery {
		parts = append(parts, "key on a sheet")
	}
	parts = append(parts, "since "+record.DateOf(h.Added.In(zone)).Long())
	if h.Tested.IsZero() {
		parts = append(parts, "never tested")
	} else {
		parts = append(parts, "tested on "+record.DateOf(h.Tested.In(zone)).Long())
	}
	return strings.Join(parts, ", ")
}

// backupLines says on a paper where the backups lie.
func (p *Practice) backupLines(ctx context.Context, zone *time.Location) ([]string, error) {
	known, err := p.v.KnownBackups(ctx)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, b := range lastOfTargets(known) {
		lines = append(lines, b.Target+", last on "+record.DateOf(b.At.In(zone)).Long())
	}
	return lines, nil
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

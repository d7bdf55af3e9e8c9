package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// Certificate gives what the certificate of a destruction says. The backups are
// those that held the record, as they are known to stand now.
func (p *Practice) Certificate(ctx context.Context, id int64) (release.Certificate, error) {
	d, err := p.destruction(ctx, id)
	if err != nil {
		return release.Certificate{}, err
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return release.Certificate{}, err
	}
	c := release.Certificate{Practice: l.practice, Destruction: d, Disclosed: d.Disclosed, Duties: d.Duties, Made: l.made}
	began, err := p.v.FirstSeen(ctx, d.Client)
	if err != nil {
		return c, err
	}
	plan, err := p.v.BackupPlan(ctx)
	if err != nil {
		return c, err
	}
	if c.Exports, err = p.v.Exported(ctx, began, d.At); err != nil {
		return c, err
	}
	if c.Copies, err = p.StrayCopies(ctx); err != nil {
		return c, err
	}
	if c.CopiesGone, err = p.v.CopiesRemoved(ctx, d); err != nil {
		return c, err
	}
	known, err := p.v.KnownBackups(ctx)
	for i, b := range known {
		if b.At.Before(began) || !b.At.Before(d.At) {
			continue
		}
		one := release.CertificateBackup{Target: b.Target, At: b.At, Cleared: !b.Gone.IsZero() || b.Cleared >= d.ID}
		if prunes(plan, b.Target) {
			one.Expires = expires(plan.Keep, b, known[:i], l.made.Location())
		}
		if !b.Gone.IsZero() {
			one.ClearedOn = record.DateOf(b.Gone.In(l.made.Location()))
		}
		c.Backups = append(c.Backups, one)
	}
	return c, err
}

// prunes reports whether backups go on being made into a folder, and so older
// ones there removed.
func prunes(plan record.BackupPlan, folder string) bool {
	return slices.ContainsFunc(plan.Targets, func(t record.BackupTarget) bool { return t.Folder == folder && !t.Paused })
}

func (p *Practice) destruction(ctx context.Context, id int64) (record.Destruction, error) {
	list, err := p.v.Destructions(ctx)
	if err != nil {
		return record.Destruction{}, err
	}
	for _, d := range list {
		if d.ID == id {
			return d, nil
		}
	}
	return record.Destruction{}, errors.New("no such destruction")
}

// WriteCertificate prints the certificate of a destruction, for signature. path
// must not exist.
func (p *Practice) WriteCertificate(ctx context.Context, id int64, path string) error {
	c, err := p.Certificate(ctx, id)
	if err != nil {
		return err
	}
	_, err = p.print(ctx, c, PaperFile{Path: path}, unnoted)
	return err
}

// expires gives the day by which a backup is pruned at the latest, while backups
// go on being made; unknown where the plan keeps it for good. It is kept as the
// newest of its day, week, month or year, unless one of the later ones is.
func expires(keep record.BackupKeep, b record.KnownBackup, later []record.KnownBackup, zone *time.Location) record.Date {
	if keep == (record.BackupKeep{}) {
		return record.Date{}
	}
	day := time.Date(b.At.In(zone).Year(), b.At.In(zone).Month(), b.At.In(zone).Day(), 0, 0, 0, 0, zone)
	last := day.AddDate(0, 0, 1)
	for _, period := range []struct {
		most  int
		begin time.Time
		after func(begin time.Time, n int) time.Time
	}{
		{keep.Daily, day, func(t time.Time, n int) time.Time { return t.AddDate(0, 0, n) }},
		{keep.Weekly, day.AddDate(0, 0, -(int(day.Weekday())+6)%7), func(t time.Time, n int) time.Time { return t.AddDate(0, 0, 7*n) }},
		{keep.Monthly, time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, zone), func(t time.Time, n int) time.Time { return t.AddDate(0, n, 0) }},
		{keep.Yearly, time.Date(day.Year(), 1, 1, 0, 0, 0, 0, zone), func(t time.Time, n int) time.Time { return t.AddDate(n, 0, 0) }},
	} {
		if period.most == 0 || newerWithin(b, later, period.after(period.begin, 1)) {
			continue
		}
		if end := period.after(period.begin, period.most); end.After(last) {
			last = end
		}
	}
	return record.DateOf(last)
}

// newerWithin reports whether a later backup in the same place was made before
// a moment and is still there.
func newerWithin(b record.KnownBackup, later []record.KnownBackup, before time.Time) bool {
	for _, l := range later {
		if l.Target == b.Target && l.Gone.IsZero() && l.At.After(b.At) && l.At.Before(before) {
			return true
		}
	}
	return false
}

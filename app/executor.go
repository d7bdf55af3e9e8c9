package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// Executor is somebody who looks at the records in the practitioner's place, for
// a stated time: the professional executor, or a record custodian.
type Executor struct {
	Who   string
	Until time.Time // in the practice's zone
}

// maxViewing is how long an executor can look at the records at a time.
const maxViewing = 12 * time.Hour

// ViewAsExecutor turns an unlocked vault over to somebody who looks at it and
// changes nothing, for a stated time. The opening, and each record that they
// open, is written into the audit trail as theirs.
func (p *Practice) ViewAsExecutor(ctx context.Context, who string, length time.Duration) error {
	if length < time.Minute || length > maxViewing {
		return fmt.Errorf("say for how long, at most %d hours", int(maxViewing.Hours()))
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	until := p.now().Add(length).In(record.LoadZone(settings.Zone))
	err = p.v.View(ctx, who, fmt.Sprintf("the records are open for looking at only, by %s, until %s: lock and unlock to work in them",
		who, until.Format("3:04 PM")))
	if err == nil {
		p.executor = &Executor{who, until}
	}
	return err
}

// changing refuses what an executor does not do though it changes nothing in the
// vault itself: taking out what is out of sight, or removing backups.
func (p *Practice) changing() error {
	if p.executor == nil {
		return nil
	}
	return p.ReadOnly()
}

// Executor gives who looks at the records in the practitioner's place; nil: the
// practitioner works in them.
func (p *Practice) Executor() *Executor { return p.executor }

// ThisWeek gives whom an executor must reach first: everybody with a contact
// within the last 14 days, those of the last seven before the others, with risk,
// safe ways of contact and numbers.
func (p *Practice) ThisWeek(ctx context.Context) (release.Fallback, error) {
	list, _, err := p.fallback(ctx)
	slices.SortStableFunc(list.Clients, func(a, b release.FallbackClient) int {
		earlier := func(c release.FallbackClient) int {
			if InLastWeek(list, c) {
				return 0
			}
			return 1
		}
		return earlier(a) - earlier(b)
	})
	return list, err
}

// InLastWeek reports whether somebody on a list was in contact within the seven
// days before it was made.
func InLastWeek(list release.Fallback, c release.FallbackClient) bool {
	return c.Last.After(list.Made.AddDate(0, 0, -7))
}

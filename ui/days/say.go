package days

import (
	"errors"
	"time"

	"casekeep/vault/record"
)

// Full gives "Wednesday, November 25, 2026", or "" for an unknown day.
func Full(d record.Date) string { return format(d, "Monday, January 2, 2006") }

// Short gives "Nov 25, 2026", or "" for an unknown day.
func Short(d record.Date) string { return format(d, "Jan 2, 2006") }

func format(d record.Date, layout string) string {
	if d.IsZero() {
		return ""
	}
	return d.In(time.UTC).Format(layout)
}

// Check says what is wrong with a day for something that was done (Born, Past)
// or will be due (Ahead), in plain words without a period. Today and the
// unknown day are always right.
func Check(d, today record.Date, lean Lean) error {
	switch {
	case d.IsZero():
		return nil
	case (lean == Born || lean == Past) && today.Before(d):
		return errors.New("that day is still to come")
	case lean == Ahead && d.Before(today):
		return errors.New("that day has passed: write today or a later one")
	}
	return nil
}

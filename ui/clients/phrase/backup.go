package phrase

import (
	"time"

	"casekeep/vault/record"
)

// Ago says how long ago something was, as one says it: "just now", "5 minutes
// ago", "2 hours ago", "3 days ago".
func Ago(then, now time.Time) string {
	d := now.Sub(then)
	for _, unit := range []struct {
		of        time.Duration
		one, many string
	}{{24 * time.Hour, "day", "days"}, {time.Hour, "hour", "hours"}, {time.Minute, "minute", "minutes"}} {
		if n := int(d / unit.of); n > 0 {
			return Count(n, unit.one, unit.many) + " ago"
		}
	}
	return "just now"
}

// Lastly gives a day that is past, to follow "last": "today", "yesterday",
// "Sunday" within the last six days, else "Nov 8", with the year where it is not
// the present one.
func Lastly(then, now time.Time, zone *time.Location) string {
	then, now = then.In(zone), now.In(zone)
	day, today := record.DateOf(then), record.DateOf(now)
	switch {
	case !day.Before(today):
		return "today"
	case day == record.DateOf(now.AddDate(0, 0, -1)):
		return "yesterday"
	case record.DateOf(now.AddDate(0, 0, -7)).Before(day):
		return then.Format("Monday")
	case then.Year() == now.Year():
		return then.Format("Jan 2")
	}
	return then.Format("Jan 2, 2006")
}

// BackedUp says when a vault was last backed up and last proven to restore;
// zero: never.
func BackedUp(last, drilled, now time.Time, zone *time.Location) string {
	if last.IsZero() {
		return "No backup yet"
	}
	text := "Last backup " + Ago(last, now)
	if drilled.IsZero() {
		return text + " · no restore proven yet"
	}
	return text + " · last proven restore " + Lastly(drilled, now, zone)
}

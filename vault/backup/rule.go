package backup

import (
	"fmt"
	"slices"
	"time"
)

// Rule says which backups are kept, grandfather, father and son: the last ones,
// and of each of the last days, weeks, months and years in which there are any
// the newest. The zero rule keeps everything.
type Rule struct{ Last, Daily, Weekly, Monthly, Yearly int }

// Keep applies a rule to the times of backups, in any order, and says of each
// whether it is kept. Days begin at midnight in the zone (nil: the computer's)
// and weeks on Monday, as in ISO 8601. The newest is always kept.
func Keep(rule Rule, times []time.Time, zone *time.Location) []bool {
	if zone == nil {
		zone = time.Local
	}
	keep := make([]bool, len(times))
	order := make([]int, len(times)) // newest first
	for i := range order {
		order[i], keep[i] = i, rule == Rule{}
	}
	slices.SortStableFunc(order, func(a, b int) int { return times[b].Compare(times[a]) })
	for n, i := range order {
		if n == 0 || n < rule.Last {
			keep[i] = true
		}
	}
	for _, period := range []struct {
		most int
		of   func(time.Time) string
	}{
		{rule.Daily, func(t time.Time) string { return t.Format("2006-01-02") }},
		{rule.Weekly, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, " ", w) }},
		{rule.Monthly, func(t time.Time) string { return t.Format("2006-01") }},
		{rule.Yearly, func(t time.Time) string { return t.Format("2006") }},
	} {
		last, seen := "", 0
		for _, i := range order {
			if of := period.of(times[i].In(zone)); of != last && seen < period.most {
				keep[i], last = true, of
				seen++
			}
		}
	}
	return keep
}

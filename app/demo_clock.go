package app

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"casekeep/vault/record"
)

// demoClock shows the moment at which each thing in the sample practice was
// done, and then the live one.
type demoClock struct {
	mu   sync.Mutex
	at   time.Time // zero: live
	live func() time.Time
}

func (c *demoClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return c.live()
	}
	return c.at
}

func (c *demoClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

func (c *demoClock) release() { c.set(time.Time{}) }

// demoCalendar turns the script's days into days round the present moment.
type demoCalendar struct {
	now   time.Time
	zone  *time.Location
	today record.Date   // the script's day 0
	early time.Duration // by how much day 0 is moved forward, so that all of it is over
}

const (
	// demoEnd is when the script's last day is over.
	demoEnd = 14*time.Hour + 26*time.Minute
	// demoEarliest is until when day 0 cannot be today: it would begin before
	// seven in the morning.
	demoEarliest = 10*time.Hour + 30*time.Minute
)

func newDemoCalendar(now time.Time) demoCalendar {
	zone := record.LoadZone(demoZone)
	c := demoCalendar{now: now, zone: zone, today: record.DateOf(now.In(zone))}
	switch passed := now.Sub(c.today.In(zone)); {
	case passed < demoEarliest:
		c.today = record.DateOf(now.In(zone).AddDate(0, 0, -1))
	case passed < demoEnd:
		c.early = demoEnd - passed
	}
	return c
}

// past reads a day of the sample practice, or one of years ago: "2012-03-05", or
// "+18 less 10 years", which is to be a round number of years ago soon.
func (c demoCalendar) past(s string) (record.Date, error) {
	s, less, _ := strings.Cut(s, " less ")
	day, err := c.anyDay(s)
	if less == "" || err != nil {
		return day, err
	}
	years, err := strconv.Atoi(strings.TrimSuffix(less, " years"))
	return record.DateOf(day.In(time.UTC).AddDate(-years, 0, 0)), err
}

// day reads "0" (the last day), "-3" (three working days before it), or
// "tue-2" (the second Tuesday before it).
func (c demoCalendar) day(s string) (record.Date, error) {
	name, count, named := strings.Cut(s, "-")
	n, err := strconv.Atoi(count)
	switch {
	case s == "0":
		return c.today, nil
	case !named || err != nil || n < 1:
		return record.Date{}, fmt.Errorf("%q is no day of the sample practice", s)
	case name == "":
		return c.back(n, func(d time.Weekday) bool { return d != time.Saturday && d != time.Sunday }), nil
	}
	for weekday := time.Sunday; weekday <= time.Saturday; weekday++ {
		if strings.EqualFold(weekday.String()[:3], name) {
			return c.back(n, func(d time.Weekday) bool { return d == weekday }), nil
		}
	}
	return record.Date{}, fmt.Errorf("%q is no day of the week", name)
}

// back gives the n-th day before the last one that counts.
func (c demoCalendar) back(n int, counts func(time.Weekday) bool) record.Date {
	day := c.today.In(time.UTC)
	for n > 0 {
		day = day.AddDate(0, 0, -1)
		if counts(day.Weekday()) {
			n--
		}
	}
	return record.DateOf(day)
}

// moment reads a day and a time of day, "14:05".
func (c demoCalendar) moment(day, clock string) (time.Time, error) {
	date, err := c.day(day)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no time of day", clock)
	}
	at := time.Date(date.Year, date.Month, date.Day, t.Hour(), t.Minute(), 0, 0, c.zone)
	if day == "0" {
		at = at.Add(-c.early)
	}
	return at, nil
}

// fill replaces {-3} by the name of a day of the week, {-3:date} by a date.
func (c demoCalendar) fill(text string) (string, error) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, after, _ := strings.Cut(rest, "}")
		name, long := strings.CutSuffix(name, ":date")
		day, err := c.day(name)
		if err != nil {
			return "", err
		}
		if long {
			out.WriteString(fmt.Sprintf("%s %d", day.Month, day.Day))
		} else {
			out.WriteString(day.In(time.UTC).Weekday().String())
		}
		text = after
	}
}

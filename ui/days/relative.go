package days

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casekeep/vault/record"
)

// relative reads a day that is said by its distance from today.
func relative(text string, words []string, today record.Date, lean Lean) (record.Date, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if len(words) == 1 {
		switch words[0] {
		case "today":
			return today, true
		case "yesterday":
			return Add(today, 0, 0, -1), true
		case "tomorrow":
			return Add(today, 0, 0, 1), true
		}
	}
	if d, ok := weekday(words, today, lean); ok {
		return d, true
	}
	if m := signed.FindStringSubmatch(text); m != nil {
		return away(today, m[2], m[3], m[1] == "-")
	}
	switch {
	case len(words) == 3 && words[0] == "in":
		return away(today, words[1], words[2], false)
	case len(words) == 4 && slices.Equal(words[2:], []string{"from", "now"}):
		return away(today, words[0], words[1], false)
	case len(words) == 3 && words[2] == "ago":
		return away(today, words[0], words[1], true)
	}
	return record.Date{}, false
}

// signed is a distance as lists of tasks take it: +6m, -2 weeks.
var signed = regexp.MustCompile(`^([+-])\s*(\d{1,4})\s*([a-z]+)$`)

// away counts a number of days, weeks, months or years from today.
func away(today record.Date, count, unit string, back bool) (record.Date, bool) {
	n := slices.Index(counts, count)
	if n < 0 {
		if !isDigits(count) || len(count) > 4 {
			return record.Date{}, false
		}
		n = number(count)
	}
	if count == "a" || count == "an" {
		n = 1
	}
	if back {
		n = -n
	}
	switch unit {
	case "d", "day", "days":
		return Add(today, 0, 0, n), true
	case "w", "wk", "week", "weeks":
		return Add(today, 0, 0, 7*n), true
	case "m", "mo", "month", "months":
		return Add(today, 0, n, 0), true
	case "y", "yr", "year", "years":
		return Add(today, n, 0, 0), true
	}
	return record.Date{}, false
}

var counts = []string{"a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "an"}

// weekday reads "friday", "last friday", "next friday". A weekday alone may be
// today.
func weekday(words []string, today record.Date, lean Lean) (record.Date, bool) {
	which := ""
	if len(words) == 2 {
		which, words = words[0], words[1:]
	}
	if len(words) != 1 || which != "" && which != "last" && which != "next" {
		return record.Date{}, false
	}
	day, ok := weekdayNamed(words[0])
	if !ok {
		return record.Date{}, false
	}
	ahead := (int(day) - int(today.In(time.UTC).Weekday()) + 7) % 7
	switch {
	case which == "next" && ahead == 0:
		return Add(today, 0, 0, 7), true
	case which == "last", which == "" && ahead > 0 && (lean == Born || lean == Past), which == "" && lean == Near && ahead > 3:
		return Add(today, 0, 0, ahead-7), true
	}
	return Add(today, 0, 0, ahead), true
}

func weekdayNamed(w string) (time.Weekday, bool) {
	if len(w) < 3 {
		return 0, false
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.HasPrefix(strings.ToLower(day.String()), w) {
			return day, true
		}
	}
	return 0, false
}

// Add gives the day that is a number of years, months and days from d. Where
// the month it comes to is shorter it is that month's last day: a month after
// January 31 is February 28.
func Add(d record.Date, years, months, days int) record.Date {
	month := time.Date(d.Year+years, d.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := month.AddDate(0, 1, -1).Day()
	return record.DateOf(month.AddDate(0, 0, min(d.Day, last)-1+days))
}

package standing

import (
	"slices"
	"time"

	"casekeep/vault/record"
)

// num gives a day as a number that keeps the order of days, and 0 for the
// unknown one.
func num(d record.Date) int { return d.Year*10000 + int(d.Month)*100 + d.Day }

// dayOr gives a day in words, to be read after "on"; where it is not known, what
// was stated instead.
func dayOr(d record.Date, about string) string {
	if d.IsZero() {
		return "a day not known (“" + about + "”)"
	}
	return d.Long()
}

// dateOf gives the day of a number.
func dateOf(n int) record.Date {
	return record.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
}

// always is before no day; never is after each.
const (
	always = 0
	never  = 99999999
)

// days is a stretch of days: from is in it, until is not.
type days struct{ from, until int }

func (d days) empty() bool { return d.from >= d.until }

func (d days) and(other days) days {
	return days{max(d.from, other.from), min(d.until, other.until)}
}

// joined gives stretches in order, those that meet or overlap as one.
func joined(list []days) []days {
	list = slices.DeleteFunc(slices.Clone(list), days.empty)
	slices.SortFunc(list, func(a, b days) int { return a.from - b.from })
	var all []days
	for _, d := range list {
		if n := len(all); n > 0 && d.from <= all[n-1].until {
			all[n-1].until = max(all[n-1].until, d.until)
			continue
		}
		all = append(all, d)
	}
	return all
}

// outside gives the stretches of days that lie in none of a list.
func outside(list []days) []days {
	var rest []days
	from := always
	for _, d := range joined(list) {
		if from < d.from {
			rest = append(rest, days{from, d.from})
		}
		from = d.until
	}
	if from < never {
		rest = append(rest, days{from, never})
	}
	return rest
}

// within gives the parts of a list that lie in d.
func within(list []days, d days) []days {
	var parts []days
	for _, one := range list {
		if part := one.and(d); !part.empty() {
			parts = append(parts, part)
		}
	}
	return parts
}

// covers reports whether a day lies in one of a list.
func covers(list []days, day int) bool {
	return slices.ContainsFunc(list, func(d days) bool { return d.from <= day && day < d.until })
}

// after gives the day some days later, or earlier for a negative number.
func after(d record.Date, n int) record.Date {
	return record.DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// years gives the day some years later: a birthday. One of February 29 falls
// on March 1 in other years.
func years(d record.Date, n int) record.Date {
	return record.DateOf(time.Date(d.Year+n, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
}

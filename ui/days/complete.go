package days

import (
	"time"

	"casekeep/vault/record"
)

// complete finds the year of a date that was written without one, or with two
// digits of it.
func complete(p parts, today record.Date, lean Lean) record.Date {
	d := p.Date
	switch p.yearDigits {
	case 0:
		return yearOf(d, today, lean)
	case 2:
		d.Year += today.Year / 100 * 100
		if lean == Born {
			if today.Before(d) {
				d.Year -= 100
			}
			return d
		}
		switch {
		case d.Year > today.Year+50:
			d.Year -= 100
		case d.Year <= today.Year-50:
			d.Year += 100
		}
	}
	return d
}

// yearOf finds the year in which a month and day are what the lean asks for.
// February 29 is looked for in the leap years around; a day that no year has
// comes back as it is, in this year.
func yearOf(d, today record.Date, lean Lean) record.Date {
	d.Year = today.Year
	found := false
	best := d
	for year := today.Year - 8; year <= today.Year+8; year++ {
		d.Year = year
		late := today.Before(d)
		switch {
		case !exists(d), (lean == Born || lean == Past) && late, lean == Ahead && d.Before(today):
		case !found || distance(d, today) < distance(best, today):
			best, found = d, true
		}
	}
	return best
}

func distance(a, b record.Date) time.Duration { return a.In(time.UTC).Sub(b.In(time.UTC)).Abs() }

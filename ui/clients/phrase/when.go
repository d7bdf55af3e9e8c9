package phrase

import (
	"time"

	"casekeep/ui/days"
	"casekeep/vault/record"
)

// Clock gives a time of day: "2:14 PM".
func Clock(t time.Time) string { return t.Format("3:04 PM") }

// Day gives the heading of a day in a timeline: "Today, Saturday, November 21",
// "Friday, November 20", with the year where it is not the present one. Both
// times are taken in t's zone.
func Day(t, now time.Time) string {
	now = now.In(t.Location())
	text := t.Format("Monday, January 2")
	switch {
	case t.Year() != now.Year():
		return t.Format("Monday, January 2, 2006")
	case t.YearDay() == now.YearDay():
		return "Today, " + text
	}
	return text
}

// Lately gives a time as a list shows it: "2:14 PM" today, "Fri" within the
// last six days, else "Nov 18", with the year where it is not the present one.
// Both times are taken in zone.
func Lately(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	today := record.DateOf(now)
	day := record.DateOf(t)
	switch {
	case day == today:
		return Clock(t)
	case !today.Before(day) && record.DateOf(now.AddDate(0, 0, -7)).Before(day):
		return t.Format("Mon")
	case t.Year() == now.Year():
		return t.Format("Jan 2")
	}
	return t.Format("Jan 2, 2006")
}

// Moment gives a time whole, as it stands in details and on paper:
// "Friday, November 20, 2026, 9:15 AM CST".
func Moment(t time.Time) string {
	return t.Format("Monday, January 2, 2006, 3:04 PM ") + ZoneName(t)
}

// ShortMoment gives "Nov 20, 2026, 9:15 AM".
func ShortMoment(t time.Time) string { return t.Format("Jan 2, 2006, 3:04 PM") }

// ZoneName gives the name of t's zone as people say it, "CST"; a zone without
// one gives its distance from UTC, "UTC-06:00".
func ZoneName(t time.Time) string {
	name, offset := t.Zone()
	if offset == 0 && (name == "UTC" || name == "") {
		return "UTC"
	}
	if name == "" || name[0] == '+' || name[0] == '-' {
		return "UTC" + t.Format("-07:00")
	}
	return name
}

// ShortDate gives "Feb 29, 1980", or "" for an unknown date.
func ShortDate(d record.Date) string { return days.Short(d) }

// ParseDate reads a date that is not to come, such as a birth date, as people
// type it; see days.Parse.
func ParseDate(text string, today record.Date) (record.Date, error) {
	return days.Parse(text, today, days.Born)
}

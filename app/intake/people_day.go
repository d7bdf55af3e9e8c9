package intake

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"casekeep/vault/record"
)

// peopleDay reads a day of a list: month, day and year, as the United States
// write it, or year, month and day. A time after it is dropped.
func peopleDay(text string, today record.Date) (record.Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return record.Date{}, nil
	}
	d, err := readDay(text, today)
	switch {
	case err != nil:
		return record.Date{}, err
	case record.DateOf(d.In(time.UTC)) != d:
		return record.Date{}, errors.New("the calendar has no such day")
	case d.Year < 1850:
		return record.Date{}, errors.New("check the year")
	case today.Before(d):
		return record.Date{}, errors.New("it is still to come")
	}
	return d, nil
}

var errDayWritten = errors.New("write it as 2/29/1980 or 1980-02-29")

func readDay(text string, today record.Date) (record.Date, error) {
	if named, ok := namedDay(text); ok {
		return named, nil
	}
	day, _, _ := strings.Cut(strings.Replace(text, "T", " ", 1), " ") // a time may follow
	parts := strings.FieldsFunc(day, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 3 {
		if n, err := strconv.Atoi(text); err == nil && n > 10_000 && n < 80_000 {
			return record.Date{}, errors.New("this is how a spreadsheet counts days: show the column as a date, and save the list again")
		}
		return record.Date{}, errDayWritten
	}
	var n [3]int
	for i, part := range parts {
		var err error
		if n[i], err = strconv.Atoi(part); err != nil || n[i] < 0 || len(part) > 4 {
			return record.Date{}, errDayWritten
		}
	}
	year, month, date := n[2], n[0], n[1]
	if len(parts[0]) == 4 {
		year, month, date = n[0], n[1], n[2]
	} else if len(parts[2]) == 2 {
		year = lastYear(n[2], today)
	} else if len(parts[2]) != 4 {
		return record.Date{}, errDayWritten
	}
	if month < 1 || month > 12 {
		return record.Date{}, errors.New("there is no month " + strconv.Itoa(month) + ": the month comes before the day")
	}
	return record.Date{Year: year, Month: time.Month(month), Day: date}, nil
}

// lastYear gives the year of two digits that came last.
func lastYear(two int, today record.Date) int {
	year := today.Year - today.Year%100 + two
	if year > today.Year {
		year -= 100
	}
	return year
}

// namedDay reads a month that is written out: "Feb 29, 1980", "29 February
// 1980".
func namedDay(text string) (record.Date, bool) {
	text = strings.Join(strings.Fields(strings.NewReplacer(",", " ", ".", " ", "-", " ").Replace(text)), " ")
	for _, layout := range []string{"Jan 2 2006", "January 2 2006", "2 Jan 2006", "2 January 2006", "2006 Jan 2"} {
		if at, err := time.Parse(layout, text); err == nil {
			return record.DateOf(at), true
		}
	}
	return record.Date{}, false
}

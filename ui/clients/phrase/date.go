package phrase

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casekeep/vault/record"
)

// ParseDate reads a date as people type it: 2/29/1980, Feb 29 1980,
// 29 February 1980, 1980-02-29, 02291980, "today", "yesterday". Where no year
// is given it is the latest that makes no date to come; a year of two digits
// likewise. The empty text is the unknown date.
func ParseDate(text string, today record.Date) (record.Date, error) {
	words := splitDate(text)
	switch {
	case len(words) == 0:
		return record.Date{}, nil
	case len(words) == 1 && words[0] == "today":
		return today, nil
	case len(words) == 1 && words[0] == "yesterday":
		return record.DateOf(today.In(time.UTC).AddDate(0, 0, -1)), nil
	case len(words) == 1 && len(words[0]) == 8 && isDigits(words[0]):
		words = splitCompact(words[0])
	}
	d, twoDigits, err := dateOf(words)
	if err != nil {
		return record.Date{}, errDate
	}
	d = latest(d, twoDigits, today)
	if made := record.DateOf(d.In(time.UTC)); made != d {
		return record.Date{}, fmt.Errorf("there is no %s %d in %d", d.Month, d.Day, d.Year)
	}
	return d, nil
}

func splitDate(text string) []string {
	text = strings.ToLower(text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		for _, ending := range []string{"st", "nd", "rd", "th"} {
			if n := strings.TrimSuffix(w, ending); n != w && isDigits(n) {
				words[i] = n
			}
		}
	}
	return words
}

// splitCompact divides eight digits: 19800229 or 02291980.
func splitCompact(w string) []string {
	if year, _ := strconv.Atoi(w[:4]); year >= 1850 && year < 2200 {
		return []string{w[:4], w[4:6], w[6:]}
	}
	return []string{w[:2], w[2:4], w[4:]}
}

func isDigits(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == ""
}

var errDate = errors.New("write a date as 2/29/1980")

// dateOf makes a date out of its parts. A year of 0 is not given.
func dateOf(words []string) (d record.Date, twoDigits bool, err error) {
	var numbers []string
	for _, w := range words {
		if month := monthNamed(w); month != 0 && d.Month == 0 {
			d.Month = month
		} else if isDigits(w) && len(w) <= 4 {
			numbers = append(numbers, w)
		} else {
			return d, false, errDate
		}
	}
	if len(numbers) > 0 && len(numbers[0]) == 4 { // year first
		numbers = append(numbers[1:], numbers[0])
	}
	want := 1
	if d.Month == 0 {
		want = 2
	}
	if len(numbers) < want || len(numbers) > want+1 {
		return d, false, errDate
	}
	if d.Month == 0 {
		d.Month = time.Month(number(numbers[0]))
		numbers = numbers[1:]
	}
	d.Day = number(numbers[0])
	if len(numbers) > 1 {
		d.Year = number(numbers[1])
		twoDigits = len(numbers[1]) == 2
		if !twoDigits && len(numbers[1]) != 4 {
			return d, false, errDate
		}
	}
	if d.Month < time.January || d.Month > time.December || d.Day < 1 || d.Day > 31 {
		return d, false, errDate
	}
	return d, twoDigits, nil
}

func number(w string) int {
	n, _ := strconv.Atoi(w)
	return n
}

func monthNamed(w string) time.Month {
	if len(w) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), w) || w == "sept" && m == time.September {
			return m
		}
	}
	return 0
}

// latest completes a year so that the date is the last one that is not to come.
func latest(d record.Date, twoDigits bool, today record.Date) record.Date {
	switch {
	case twoDigits:
		d.Year += today.Year / 100 * 100
		if today.Before(d) {
			d.Year -= 100
		}
	case d.Year == 0:
		d.Year = today.Year
		for n := 0; n < 8 && (today.Before(d) || record.DateOf(d.In(time.UTC)) != d); n++ {
			d.Year--
		}
	}
	return d
}

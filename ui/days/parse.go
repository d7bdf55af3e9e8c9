package days

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casekeep/vault/record"
)

// Lean says which day is meant where the year is left out or has two digits.
type Lean int

// The leans.
const (
	Near  Lean = iota // the nearest to today
	Born              // the latest that is not to come, a century back if it must be
	Past              // something was done: the latest not to come; two digits: the nearest century
	Ahead             // something will be due: the next; two digits: the nearest century
)

// Parse reads a day as people type it: 2/29/1980, 2-29-80, Feb 29 1980,
// 29 February 1980, 1980-02-29, 02291980, "today", "yesterday", "tomorrow",
// "friday", "last friday", "in 1 year", "2 weeks ago", "+6m". The empty text is
// the unknown day. An error says in plain words, without its period, how to
// write it.
func Parse(text string, today record.Date, lean Lean) (record.Date, error) {
	d, err := read(text, today, lean)
	if err != nil || d.IsZero() {
		return record.Date{}, err
	}
	if d.Year < firstYear || d.Year > lastYear {
		return record.Date{}, fmt.Errorf("check the year: %d is too far away", d.Year)
	}
	return d, nil
}

// The years that a day of a record can be in.
const firstYear, lastYear = 1850, 2199

func read(text string, today record.Date, lean Lean) (record.Date, error) {
	words := split(text)
	if len(words) == 0 && strings.TrimSpace(text) == "" {
		return record.Date{}, nil
	}
	if d, ok := relative(text, words, today, lean); ok {
		return d, nil
	}
	if len(words) == 1 && len(words[0]) == 8 && isDigits(words[0]) {
		words = splitCompact(words[0])
	}
	p, err := partsOf(words)
	if err != nil {
		return record.Date{}, errDate
	}
	d := complete(p, today, lean)
	if !exists(d) {
		return record.Date{}, fmt.Errorf("there is no %s %d in %d", d.Month, d.Day, d.Year)
	}
	return d, nil
}

// exists reports whether the calendar has the day.
func exists(d record.Date) bool { return record.DateOf(d.In(time.UTC)) == d }

func split(text string) []string {
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
	if year, _ := strconv.Atoi(w[:4]); year >= firstYear && year <= lastYear {
		return []string{w[:4], w[4:6], w[6:]}
	}
	return []string{w[:2], w[2:4], w[4:]}
}

func isDigits(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == ""
}

var errDate = errors.New("write a date as 2/29/1980")

// parts are what a date was written of. yearDigits is 0 where no year was.
type parts struct {
	record.Date
	yearDigits int
}

// partsOf finds the month, the day and the year among words. A weekday may
// stand before them, as in a date that was copied.
func partsOf(words []string) (p parts, err error) {
	if len(words) > 2 {
		if _, ok := weekdayNamed(words[0]); ok {
			words = words[1:]
		}
	}
	var numbers []string
	for _, w := range words {
		if month := monthNamed(w); month != 0 && p.Month == 0 {
			p.Month = month
		} else if isDigits(w) && len(w) <= 4 {
			numbers = append(numbers, w)
		} else {
			return p, errDate
		}
	}
	if len(numbers) > 0 && len(numbers[0]) == 4 { // year first
		numbers = append(numbers[1:], numbers[0])
	}
	want := 1
	if p.Month == 0 {
		want = 2
	}
	if len(numbers) < want || len(numbers) > want+1 {
		return p, errDate
	}
	if p.Month == 0 {
		p.Month = time.Month(number(numbers[0]))
		numbers = numbers[1:]
	}
	p.Day = number(numbers[0])
	if len(numbers) > 1 {
		p.Year, p.yearDigits = number(numbers[1]), len(numbers[1])
		if p.yearDigits != 2 && p.yearDigits != 4 {
			return p, errDate
		}
	}
	if p.Month < time.January || p.Month > time.December || p.Day < 1 || p.Day > 31 {
		return p, errDate
	}
	return p, nil
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

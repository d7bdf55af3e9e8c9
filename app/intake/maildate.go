package intake

import (
	"strconv"
	"strings"
	"time"
)

// mailDate is a time as an email states it.
type mailDate struct {
	at    time.Time // UTC; zero: none
	zone  string    // offset such as "-06:00"; "": not stated
	clock time.Time // the same without its zone, as if it were UTC
	text  string    // as it is written
}

// parseMailDate reads a date as RFC 5322 (section 3.3, with the obsolete
// zones of 4.3) writes it, as ctime does (mailboxes), or with the usual
// mistakes: no weekday, no seconds, two-digit years, full names of months.
func parseMailDate(s string) (d mailDate, ok bool) {
	var t struct{ year, month, day int }
	d.text = strings.TrimSpace(headerText(plainHeader(s)))
	clock := time.Duration(-1)
	for _, word := range strings.Fields(withoutComments(strings.ReplaceAll(s, ",", " "))) {
		switch {
		case clock < 0 && strings.Contains(word, ":"):
			if clock, ok = clockTime(word); !ok {
				return d, false
			}
		case t.month == 0 && monthNumber(word) > 0:
			t.month = monthNumber(word)
		case d.zone == "" && clock >= 0 && zoneOffset(word) != "":
			d.zone = zoneOffset(word)
		default:
			n, err := strconv.Atoi(word)
			switch {
			case err != nil || n < 0:
			case t.day == 0 && n <= 31 && len(word) <= 2:
				t.day = n
			case t.year == 0:
				t.year = fullYear(n, len(word))
			}
		}
	}
	if t.day == 0 || t.month == 0 || t.year == 0 || clock < 0 {
		return d, false
	}
	d.clock = time.Date(t.year, time.Month(t.month), t.day, 0, 0, 0, 0, time.UTC)
	if d.clock.Day() != t.day {
		return d, false
	}
	d.clock = d.clock.Add(clock)
	d.at = d.clock
	if d.zone != "" {
		offset, _ := time.Parse("-07:00", d.zone)
		_, seconds := offset.Zone()
		d.at = d.clock.Add(-time.Duration(seconds) * time.Second)
	}
	if !plausible(d.at) {
		return mailDate{text: d.text}, false
	}
	return d, true
}

// in reads the clock time in a zone that the date itself does not state.
func (d mailDate) in(zone *time.Location) time.Time {
	y, m, day := d.clock.Date()
	h, min, s := d.clock.Clock()
	return time.Date(y, m, day, h, min, s, 0, zone).UTC()
}

// withoutComments drops "(CST)" and the like.
func withoutComments(s string) string {
	var b strings.Builder
	depth := 0
	for _, c := range []byte(s) {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func clockTime(word string) (time.Duration, bool) {
	parts := strings.Split(word, ":")
	if len(parts) > 3 {
		return -1, false
	}
	var out time.Duration
	for i, unit := range []time.Duration{time.Hour, time.Minute, time.Second}[:len(parts)] {
		n, err := strconv.Atoi(parts[i])
		if err != nil || n < 0 || n > 60 || i < 2 && n > 59 || i == 0 && n > 23 {
			return -1, false
		}
		out += time.Duration(n) * unit
	}
	return out, true
}

func monthNumber(word string) int {
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); len(word) <= len(name) && strings.EqualFold(word, name[:len(word)]) {
			return int(m)
		}
	}
	return 0
}

// fullYear reads years of two and three digits (RFC 5322, section 4.3).
func fullYear(n, digits int) int {
	switch {
	case digits == 2 && n < 50:
		return n + 2000
	case digits == 2 || digits == 3:
		return n + 1900
	}
	return n
}

// zoneOffset gives the offset that a zone stands for, or "". Of the names only
// those of RFC 5322 say one thing; "-0000" says that the zone is not known.
func zoneOffset(word string) string {
	switch strings.ToUpper(word) {
	case "UT", "GMT", "UTC", "Z", "-0000":
		return "+00:00"
	case "EDT":
		return "-04:00"
	case "EST", "CDT":
		return "-05:00"
	case "CST", "MDT":
		return "-06:00"
	case "MST", "PDT":
		return "-07:00"
	case "PST":
		return "-08:00"
	}
	word = strings.Replace(word, ":", "", 1)
	if len(word) != 5 || word[0] != '+' && word[0] != '-' {
		return ""
	}
	offset := word[:3] + ":" + word[3:]
	if _, err := time.Parse("-07:00", offset); err != nil {
		return ""
	}
	return offset
}

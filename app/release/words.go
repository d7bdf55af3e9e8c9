package release

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casekeep/vault/record"
)

// Months and days as US English writes them; times in the zone they are said
// in, with its abbreviation and its offset, so that no time can be read two
// ways.

func longDate(t time.Time) string { return t.Format("January 2, 2006") }

// moment gives "March 4, 2024, 9:10 AM CST (UTC-06:00)". Seconds are given
// where the time has any.
func moment(t time.Time) string {
	layout := "3:04 PM"
	if t.Second() != 0 {
		layout = "3:04:05 PM"
	}
	return longDate(t) + ", " + t.Format(layout) + " " + zoneName(t)
}

func zoneName(t time.Time) string {
	name, offset := t.Zone()
	from := "UTC" + t.Format("-07:00")
	switch {
	case offset == 0 && name == "UTC":
		return "UTC"
	case strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") || name == "":
		return from
	}
	return name + " (" + from + ")"
}

func channelName(c record.Channel) string {
	switch c {
	case record.InPerson:
		return "In person"
	case record.Mail:
		return "Email"
	case "":
		return "Contact"
	}
	return sentence(string(c))
}

// contact says over what and which way people spoke: "Text · from client".
func contact(e record.Entry) string {
	if e.Channel == record.InPerson && e.Direction != record.Third {
		return "In person · with client"
	}
	return channelName(e.Channel) + " · " + directionName(e.Direction)
}

func directionName(d record.Direction) string {
	switch d {
	case record.In:
		return "from client"
	case record.Out:
		return "to client"
	case record.Third:
		return "third person"
	}
	return string(d)
}

// period says which days the record covers.
func period(from, until record.Date) string {
	switch {
	case from.IsZero() && until.IsZero():
		return "Everything on record"
	case from.IsZero():
		return "The beginning to " + until.Long()
	case until.IsZero():
		return from.Long() + " to the day of production"
	case from == until:
		return from.Long()
	}
	return from.Long() + " to " + until.Long()
}

// count gives "1 entry", "1,214 entries".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(int64(n)) + " " + many
}

func thousands(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// fileSize gives bytes as people read them, and exactly.
func fileSize(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB (%s bytes)", float64(n)/(1<<20), thousands(n))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB (%s bytes)", float64(n)/(1<<10), thousands(n))
	}
	return count(int(n), "byte", "bytes")
}

// lasted gives a duration in words: "1 h 5 min", "42 s".
func lasted(d time.Duration) string {
	var parts []string
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / unit.size; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
			d -= n * unit.size
		}
	}
	if len(parts) == 0 {
		return "less than a second"
	}
	return strings.Join(parts, " ")
}

// parties gives who took part: "From A (address) to B (address), cc C".
func parties(list []record.Party) string {
	byRole := func(role string) string {
		var names []string
		for _, p := range list {
			if strings.EqualFold(p.Role, role) {
				names = append(names, party(p))
			}
		}
		return strings.Join(names, ", ")
	}
	var parts []string
	for _, role := range []string{"from", "to", "cc", "bcc"} {
		if names := byRole(role); names != "" {
			parts = append(parts, role+" "+names)
		}
	}
	for _, p := range list {
		switch strings.ToLower(p.Role) {
		case "from", "to", "cc", "bcc":
		case "":
			parts = append(parts, "with "+party(p))
		default:
			parts = append(parts, "with "+party(p)+", "+p.Role)
		}
	}
	return sentence(strings.Join(parts, "; "))
}

func party(p record.Party) string {
	switch {
	case p.Name == "":
		return p.Address
	case p.Address == "":
		return p.Name
	}
	return p.Name + " (" + p.Address + ")"
}

// sentence makes the first letter a capital.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// by gives " by NAME", or nothing.
func by(author string) string {
	if author == "" {
		return ""
	}
	return " by " + author
}

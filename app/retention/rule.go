package retention

import (
	"fmt"
	"slices"

	"casekeep/vault/record"
)

// Says gives a rule in words: "7 years after services end; of a minor at least
// until the age of 23".
func Says(r record.RetentionRule) string {
	switch {
	case r.Forever:
		return "for ever"
	case r.Blank():
		return "no period known: records are kept"
	}
	text := ""
	for i, c := range r.Clauses {
		if i > 0 {
			text += "; "
		}
		text += clause(c)
	}
	if r.Minors == record.MinorsUnknown {
		text += "; of minors nothing is known"
	}
	if !r.EndedSince.IsZero() {
		text += "; for services that ended on " + r.EndedSince.Long() + " or later"
	}
	return text
}

func clause(c record.KeepClause) string {
	switch {
	case c.Age > 0 && c.Years == 0:
		return fmt.Sprintf("of a minor at least until the age of %d", c.Age)
	case c.Age > 0:
		return fmt.Sprintf("of a minor at least until the age of %d (%d plus %s)", c.Age+c.Years, c.Age, years(c.Years))
	}
	text := years(c.Years) + " after " + from(c.From)
	if c.Under > 0 {
		text += fmt.Sprintf(" where somebody was under %d when services began", c.Under)
	}
	return text
}

// from names the events of a clause in the order of a record's life.
func from(events []string) string {
	var named []string
	for _, e := range []struct{ event, words string }{
		{"termination", "services end"}, {"contact", "the last contact"}, {"entry", "the last entry"}, {"death", "death"},
	} {
		if slices.Contains(events, e.event) {
			named = append(named, e.words)
		}
	}
	if len(named) > 1 {
		return "the latest of: " + and(named)
	}
	return and(named)
}

// AtLeast gives for how many years after its closing a rule keeps every record
// at least; 0 where it gives no date.
func AtLeast(r record.RetentionRule) int {
	most := 0
	for _, c := range r.Clauses {
		if c.Under == 0 && slices.ContainsFunc(c.From, func(event string) bool { return event != "death" }) {
			most = max(most, c.Years)
		}
	}
	return most
}

package retention

import (
	"fmt"
	"strings"
	"time"

	"casekeep/vault/record"
)

// Step is one date until which a record is kept, in words that hold the whole
// sum.
type Step struct {
	Says    string      `json:"says"` // "closed March 14, 2034, plus 7 years"
	Until   record.Date `json:"until"`
	Decides bool        `json:"decides,omitempty"` // it is the record's date
	Source  string      `json:"source"`            // "Texas 22 TAC 781.309(4)"
}

// Steps gives each date of a record, the latest first. None decides where the
// record is kept without a date.
func Steps(k record.Keep, known Known) []Step {
	list := make([]Step, len(k.Steps))
	for i, s := range k.Steps {
		list[i] = Step{Says: sum(s), Until: s.Until, Decides: s.Until == k.Until, Source: known.cited(s.Jurisdiction)}
		if s.Event == "extension" {
			list[i].Source = "your decision"
		}
	}
	return list
}

// counted are the events in the words of a sum.
var counted = map[string]string{
	"closing": "closed ", "contact": "last contact ", "entry": "last entry ", "death": "died ",
	"paper": "last disclosure, consent or request ",
}

// sum gives what a date was counted from, and how far.
func sum(s record.KeepStep) string {
	switch s.Event {
	case "extension":
		return "kept longer, as decided " + s.Day.Long()
	case "birth":
		birthday := later(s.Day, s.Age)
		text := fmt.Sprintf("born %s, %d on %s", s.Day.Long(), s.Age, birthday.Long())
		if s.Who != "" {
			text = s.Who + " " + text
		}
		if s.Years > 0 {
			text += ", plus " + years(s.Years) + leap(birthday, s.Until)
		}
		return text
	}
	return counted[s.Event] + s.Day.Long() + ", plus " + years(s.Years) + leap(s.Day, s.Until)
}

// leap explains a date that falls on another day of the year than the one it
// was counted from.
func leap(from, until record.Date) string {
	if from.Day == until.Day {
		return ""
	}
	return fmt.Sprintf(" (March 1, since %d has no February 29)", until.Year)
}

// later gives the day some years later; one of February 29 falls on March 1 in
// other years, as the database has it.
func later(d record.Date, n int) record.Date {
	return record.DateOf(time.Date(d.Year+n, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
}

func years(n int) string {
	if n == 1 {
		return "1 year"
	}
	return fmt.Sprintf("%d years", n)
}

// and joins words: "a", "a and b", "a, b and c".
func and(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

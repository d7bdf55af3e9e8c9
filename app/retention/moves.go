package retention

import (
	"casekeep/vault/record"
)

// Moves says what would move a record's date, a sentence each.
func Moves(k record.Keep) []string {
	events, birth := map[string]bool{}, false
	for _, s := range k.Steps {
		events[s.Event] = true
		birth = birth || s.Event == "birth"
	}
	list := []string{}
	add := func(when bool, text string) {
		if when {
			list = append(list, text)
		}
	}
	add(k.Closed.IsZero(), "Closing the record lets its period begin.")
	add(events["closing"] && !k.Closed.IsZero(), "A closing on a later day, or taking the client up again, moves it later.")
	add(events["contact"], "A contact after "+k.Last.Long()+" moves it later.")
	add(events["entry"], "A later entry moves it later: a note of today counts as well.")
	add(events["paper"], "A disclosure, consent or request of a later day starts the period for paperwork anew.")
	add(birth, "A corrected birth date moves the dates that were counted from it.")
	add(true, "Services in another state add that state’s rule, and a new rule replaces the one of its state: the latest date counts.")
	add(true, "You can keep the record longer, with a reason. A legal hold keeps it until the hold is lifted.")
	return list
}

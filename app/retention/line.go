package retention

import (
	"slices"

	"casekeep/vault/record"
)

// Line says in one line until when a record is kept, and why.
func Line(k record.Keep, known Known) string {
	switch k.Status {
	case record.KeepHeld:
		return heldLine(k, known)
	case record.KeepUnknown:
		if len(k.Reasons) > 0 {
			return "Kept: " + short(inOrder(k.Reasons)[0], k)
		}
		return "Kept: no rule gives a date"
	case record.KeepBlocked:
		return "Past " + dated(k, known) + ". Kept: " + shortBlocker(k)
	case record.KeepDue:
		return "Due since " + k.Until.Next().Long() + ": kept until " + dated(k, known)
	}
	if len(k.Reasons) > 0 {
		return short(inOrder(k.Reasons)[0], k)
	}
	return "Keep until " + dated(k, known)
}

// order is which reason is said first: without a rule a birth date, say,
// matters little.
var order = []string{"active", "forever", "no-place", "no-rule", "unconfirmed", "outside", "members", "born", "minor", "dates"}

func inOrder(reasons []record.KeepReason) []record.KeepReason {
	sorted := slices.Clone(reasons)
	slices.SortStableFunc(sorted, func(a, b record.KeepReason) int { return slices.Index(order, a.Why) - slices.Index(order, b.Why) })
	return sorted
}

// dated gives a record's date with the sum that it comes from.
func dated(k record.Keep, known Known) string {
	text := k.Until.Long()
	for _, s := range Steps(k, known) {
		if s.Decides {
			return text + ": " + s.Says + ", " + s.Source
		}
	}
	return text
}

func heldLine(k record.Keep, known Known) string {
	for _, b := range k.Blockers {
		if h, ok := known.Holds[b.Of]; ok && b.Why == "hold" {
			return "Held since " + h.On.Long() + ": " + h.Matter
		}
	}
	return "Held"
}

// short gives a reason in a few words, as a line ends with them.
func short(r record.KeepReason, k record.Keep) string {
	place := Place(r.Jurisdiction)
	switch r.Why {
	case "active":
		return "Active: kept"
	case "forever":
		return "Kept for ever: " + place + " rule"
	case "no-place":
		return "no state on record"
	case "no-rule", "unconfirmed": // what there is to do stands under it
		return place + " rule not confirmed"
	case "outside":
		return "the " + place + " rule begins after this record ended"
	case "born":
		return "birth date of " + person(r.Who, k) + " not known"
	case "members":
		return "no member named"
	case "minor":
		return "no " + place + " rule for minors on file"
	}
	return "its dates contradict each other"
}

func shortBlocker(k record.Keep) string {
	words := map[string]string{"request": "a request is open", "incident": "an incident is open", "recent": "something was written or moved in the last year"}
	for _, why := range []string{"request", "incident", "recent"} {
		for _, b := range k.Blockers {
			if b.Why == why {
				return words[why]
			}
		}
	}
	return "something forbids destroying it"
}

// person names somebody of whom a record tells.
func person(who string, k record.Keep) string {
	if who == "" {
		return k.Name
	}
	return who
}

package retention

import (
	"fmt"

	"casekeep/vault/record"
)

// Why says why a record is kept though no date says so, or though its date has
// passed: a sentence each, with what to do about it.
func Why(k record.Keep, known Known) []string {
	list := []string{}
	for _, b := range k.Blockers {
		if b.Why == "hold" {
			list = append(list, blocked(b, known))
		}
	}
	for _, r := range inOrder(k.Reasons) {
		list = append(list, because(r, k, known))
	}
	if len(k.Reasons) == 0 && k.Until.IsZero() {
		list = append(list, "No rule gives a date for this record: read the rules of its states under Retention.")
	}
	for _, b := range k.Blockers {
		if b.Why == "hold" || (b.Why == "recent" && k.Status != record.KeepBlocked) { // else its date is far off
			continue
		}
		list = append(list, blocked(b, known))
	}
	return list
}

func because(r record.KeepReason, k record.Keep, known Known) string {
	place, who := Place(r.Jurisdiction), person(r.Who, k)
	rule := known.Rules[r.Jurisdiction]
	switch r.Why {
	case "active":
		return "The record is active: the period begins when it is closed."
	case "no-place":
		return "No state is on record: enter where the client is served, or where the practice works, so that its rule can be applied."
	case "no-rule":
		return "No rule for " + place + " is on file: ask its board how long records are kept, and enter the rule under Retention."
	case "unconfirmed":
		return fmt.Sprintf("The %s rule (%s) is not confirmed: read it at its source, then confirm it under Retention.", place, Says(rule))
	case "forever":
		return place + " asks that records are kept for ever, by the rule on file under Retention."
	case "outside":
		return fmt.Sprintf("The %s rule holds for services that ended on %s or later, and this record was closed before: ask the board what held then, and state the rule under Retention.",
			place, rule.EndedSince.Long())
	case "born":
		return fmt.Sprintf("The birth date of %s is not known: enter it, or state that %s was of full age when services began.", who, who)
	case "members":
		return "Nobody is named in this record: enter its members with their birth dates, since a minor's record is kept longer."
	case "minor":
		return fmt.Sprintf("%s was under 21 when services began, and the %s rule on file says nothing of minors: ask its board, and complete the rule under Retention.", who, place)
	}
	return fmt.Sprintf("Dates on record contradict each other: correct the birth date of %s, the first day of service, the day of closing or of death.", who)
}

func blocked(b record.KeepBlocker, known Known) string {
	switch b.Why {
	case "hold":
		h := known.Holds[b.Of]
		text := "It stands under a legal hold"
		if h.Client == record.Book {
			text = "Every record stands under a legal hold"
		}
		return fmt.Sprintf("%s since %s: %s. Lift the hold once the matter has ended.", text, h.On.Long(), h.Matter)
	case "request":
		return "A request for this record is open: answer it first."
	case "incident":
		return "An incident that touches this record is open: close it first, under Practice."
	}
	return "Something was written in this record, or moved into or out of it, within the last year: wait until a year has passed."
}

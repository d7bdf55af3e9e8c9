// Package keep shows until when a record is kept and by what arithmetic, and
// asks for what changes it: a legal hold, a longer time, a death, full age.
package keep

import (
	"slices"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// State gives what a chip says of where a record stands.
func State(s record.KeepStatus) (string, kit.Tone) {
	switch s {
	case record.KeepDue:
		return "due", kit.Amber
	case record.KeepHeld:
		return "on hold", kit.Red
	case record.KeepBlocked:
		return "blocked", kit.Amber
	case record.KeepUnknown:
		return "no date", kit.Blue
	}
	return "kept", kit.Neutral
}

// Short says it in a few words, to stand behind others: "active, so kept".
func Short(k app.Kept) string {
	switch {
	case k.Status == record.KeepDue:
		return "due since " + k.Until.Next().Long()
	case k.Status == record.KeepHeld:
		return "on hold, so kept"
	case k.Status == record.KeepBlocked:
		return "past its date, but kept"
	case because(k, "active"):
		return "active, so kept"
	case because(k, "forever"):
		return "kept for ever"
	case k.Status == record.KeepUnknown || k.Until.IsZero():
		return "kept: no date is known"
	}
	return "keep until " + k.Until.Long()
}

func because(k app.Kept, why string) bool {
	return slices.ContainsFunc(k.Reasons, func(r record.KeepReason) bool { return r.Why == why })
}

// HoldLine says where a hold comes from, since when, and what it is about.
func HoldLine(h record.Hold) string {
	text := "since " + days.Short(h.On)
	if h.Source != "" {
		text = h.Source + ", " + text
	}
	switch {
	case h.Since.IsZero() && h.Until.IsZero():
	case h.Until.IsZero():
		text += " · about what was said from " + days.Short(h.Since) + " on"
	case h.Since.IsZero():
		text += " · about what was said until " + days.Short(h.Until)
	default:
		text += " · about " + days.Short(h.Since) + " to " + days.Short(h.Until)
	}
	if h.Note != "" {
		text += " · " + h.Note
	}
	return text
}

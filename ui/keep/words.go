// Package keep shows until when a record is kept and by what arithmetic, and
// asks for what changes it: a legal hold, a longer time, a death, full age.
package keep

import (
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

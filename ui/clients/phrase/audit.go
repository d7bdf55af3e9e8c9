package phrase

import (
	"strings"

	"casekeep/app/form"
	"casekeep/vault/record"
)

var acts = map[string]string{
	"vault.open":          "Vault opened",
	"vault.openings-told": "Told who else opened the vault",

	"client.add":      "Client added",
	"client.open":     "Record looked at",
	"client.active":   "Taken up as active",
	"client.closed":   "Record closed",
	"entry.log":       "Entry logged",
	"entry.amend":     "Entry amended",
	"entry.strike":    "Entry struck through",
	"entry.moved-in":  "Entry moved in from another record",
	"entry.moved-out": "Entry moved out to another record",
	"import":          "Messages imported",
	"import.undo":     "Import undone",
	"import.cancel":   "Import canceled",
	"import.undoing":  "Taking back an import began",
	"import.cut-off":  "Unfinished import taken back",
	"record.produce":  "Record produced",

	"attachment.open-outside": "File copied out, to be opened in another program",
	"attachment.not-opened":   "No program opened the file: its copy was removed",
	"attachment.save":         "Copy of a file saved",

	"copies.removing": "Copies in the vault’s folder to be removed with a record",
	"copy.removed":    "Copy in the vault’s folder removed",

	"client.screening": "Set back to screening",
	"client.import":    "Client brought in from a list",

	"hold.place":       "Legal hold placed",
	"hold.lift":        "Legal hold lifted",
	"retention.extend": "To be kept longer than the rules ask",

	"record.sequester":   "Put out of sight by an order",
	"record.unsequester": "Brought back into sight",
	"record.receive":     "Record received from another vault",

	"paper.closing-letter": "Letter on the practice’s closing written",
	"paper.closing-list":   "Printed on the list for whoever keeps the records",
	"paper.emergency-card": "Emergency card printed",
	"paper.standing":       "Standing printed, for the practitioner alone",
	"paper.fallback":       "Printed on the paper for when the computer fails",
	"paper.executor":       "Printed on the professional executor’s sheet",
	"paper.first-hour":     "Printed on the sheet for a lost laptop",
	"paper.receipt":        "Receipt for the record printed",
}

// facts are what can be stated of a client's life.
var facts = map[string]string{"died": "Day of death stated", "adult": "Full age stated"}

// Act gives what an audit event says was done, in plain words, and what it
// adds to that.
func Act(a record.AuditEvent) (act, detail string) {
	switch a.Action {
	case "client.change":
		return "Details changed", a.Detail
	case "entry.log":
		return "Entry logged", Channel(record.Channel(a.Detail))
	case "hold.place", "hold.lift", "attachment.open-outside", "attachment.not-opened", "attachment.save": // a number says nothing here
		return acts[a.Action], ""
	case "record.sequester":
		entries, _, _ := strings.Cut(a.Detail, ",") // the order's number says nothing here
		return acts[a.Action], entries
	case "client.state":
		return facts[a.Detail], ""
	}
	if a.Action == "entry.file" {
		return form.Title(record.Form(a.Detail)) + " entered", ""
	}
	if text, ok := acts[a.Action]; ok {
		return text, a.Detail
	}
	return a.Action, a.Detail
}

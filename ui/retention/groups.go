package retention

import (
	"fmt"
	"slices"
	"strconv"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// filters are what the list can be cut down to; the first is everything.
var filters = []struct {
	name   string
	status record.KeepStatus
	active bool
}{{name: "All"}, {"Due", record.KeepDue, false}, {"On hold", record.KeepHeld, false}, {"Blocked", record.KeepBlocked, false},
	{"No date", record.KeepUnknown, false}, {"To come", record.KeepKept, false}, {"Active", record.KeepKept, true}}

// filterNames gives the filters with how many records each leaves.
func filterNames(list []app.Kept) []string {
	var all []string
	for i, f := range filters {
		n := 0
		for _, k := range list {
			if passes(k, i) {
				n++
			}
		}
		all = append(all, f.name+" "+kit.Number(n))
	}
	return all
}

// passes reports whether a filter leaves a record.
func passes(k app.Kept, filter int) bool {
	f := filters[filter]
	return filter == 0 || k.Status == f.status && (f.status != record.KeepKept || f.active == active(k))
}

func active(k app.Kept) bool { return k.Closed.IsZero() }

// order is how soon something is to be done about a record.
var order = []record.KeepStatus{record.KeepDue, record.KeepBlocked, record.KeepHeld, record.KeepUnknown, record.KeepKept}

func rank(k app.Kept) int {
	if active(k) && k.Status == record.KeepKept {
		return len(order)
	}
	return slices.Index(order, k.Status)
}

func groupOf(k app.Kept) string {
	switch {
	case k.Status == record.KeepDue:
		return "Due: to be reviewed, then destroyed or kept longer"
	case k.Status == record.KeepHeld:
		return "Under a legal hold"
	case k.Status == record.KeepBlocked:
		return "Past the date, but not to be destroyed yet"
	case k.Status == record.KeepUnknown:
		return "Kept: no date can be given"
	case active(k):
		return "Active, so kept"
	case k.Until.IsZero():
		return "Kept for ever"
	}
	return "To come in " + strconv.Itoa(k.Until.Year)
}

// named reports whether a record fits what was typed.
func named(k app.Kept, typed string) bool {
	return len(app.FilterClients([]record.ClientSummary{{Name: k.Name, Number: k.Number}}, typed)) > 0
}

// says counts what there is to do.
func says(list []app.Kept) string {
	due, unknown := 0, 0
	for _, k := range list {
		switch k.Status {
		case record.KeepDue:
			due++
		case record.KeepUnknown:
			unknown++
		}
	}
	text := "No record is due by the rules you confirmed."
	switch {
	case due == 1:
		text = "1 record is due. Nothing is destroyed without you."
	case due > 1:
		text = fmt.Sprintf("%s records are due. Nothing is destroyed without you.", kit.Number(due))
	}
	switch {
	case unknown == 1:
		text += " 1 is kept without a date."
	case unknown > 1:
		text += fmt.Sprintf(" %s are kept without a date.", kit.Number(unknown))
	}
	return text
}

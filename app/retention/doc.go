// Package retention says in words until when a record is kept and by what
// arithmetic, so that a reader can do the sum. The dates themselves are the
// database's.
package retention

import (
	"casekeep/vault/record"
)

// Known is what the words about a record need besides its dates.
type Known struct {
	Rules map[string]record.RetentionRule // the rule that counts for each place
	Holds map[int64]record.Hold           // those that stand
}

// Place gives the name of the place that a rule is for.
func Place(jurisdiction string) string {
	if jurisdiction == record.Paperwork {
		return "paperwork"
	}
	return record.JurisdictionName(jurisdiction)
}

// cited gives a rule as a line names it: "Texas 22 TAC 781.309(4)".
func (k Known) cited(jurisdiction string) string {
	citation := k.Rules[jurisdiction].Told.Citation
	switch {
	case jurisdiction == record.Paperwork && citation != "":
		return citation
	case jurisdiction == record.Paperwork:
		return "the rule for paperwork"
	case citation != "":
		return Place(jurisdiction) + " " + citation
	}
	return Place(jurisdiction) + " by your own rule"
}

package app

import (
	"encoding/json"

	"casekeep/app/form"
	"casekeep/vault"
	"casekeep/vault/record"
)

// linesOf says what an entry changes of the lines above its record. What cannot
// be read changes none: a newer program wrote it.
func linesOf(f record.Form, data json.RawMessage) vault.Filing {
	var filing vault.Filing
	to, ok := map[record.Form]any{
		record.FormSafeContact: new(record.Contacting), record.FormSafetyPlan: new(record.SafetyPlan),
		record.FormIntake: new(record.Intake), record.FormPlace: new(record.Served),
	}[f]
	if ok && json.Unmarshal(data, to) == nil {
		setLines(&filing, to)
	}
	return filing
}

// setLines gives what an entry changes of the lines above the record.
func setLines(f *vault.Filing, value any) {
	switch v := value.(type) {
	case *record.Contacting:
		text := form.SafeLine(*v)
		f.SafeContact = &text
	case *record.SafetyPlan:
		text := form.RiskLine(*v)
		f.Risk = &text
	case *record.Intake:
		if v.Language != "" {
			f.Language = &v.Language
		}
		if v.Needs != "" {
			f.Needs = &v.Needs
		}
	case *record.Served:
		f.Place = &record.Place{Jurisdiction: v.Jurisdiction, Since: v.Since}
	}
}

package phrase

import "casekeep/vault/record"

// Purpose gives what a contact was for, "" for a service.
func Purpose(p record.Purpose) string {
	switch p {
	case record.PurposeScreening:
		return "Screening"
	case record.PurposeCrisis:
		return "Crisis"
	case record.PurposeAdministrative:
		return "Administrative"
	}
	return ""
}

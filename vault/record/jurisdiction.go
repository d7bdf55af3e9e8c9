package record

import (
	"sort"
	"strings"
)

// jurisdictions are the states, the district and the territories that license
// social workers, by their ISO 3166-2 codes.
var jurisdictions = map[string]string{
	"US-AL": "Alabama", "US-AK": "Alaska", "US-AZ": "Arizona", "US-AR": "Arkansas", "US-CA": "California",
	"US-CO": "Colorado", "US-CT": "Connecticut", "US-DE": "Delaware", "US-DC": "District of Columbia",
	"US-FL": "Florida", "US-GA": "Georgia", "US-HI": "Hawaii", "US-ID": "Idaho", "US-IL": "Illinois",
	"US-IN": "Indiana", "US-IA": "Iowa", "US-KS": "Kansas", "US-KY": "Kentucky", "US-LA": "Louisiana",
	"US-ME": "Maine", "US-MD": "Maryland", "US-MA": "Massachusetts", "US-MI": "Michigan", "US-MN": "Minnesota",
	"US-MS": "Mississippi", "US-MO": "Missouri", "US-MT": "Montana", "US-NE": "Nebraska", "US-NV": "Nevada",
	"US-NH": "New Hampshire", "US-NJ": "New Jersey", "US-NM": "New Mexico", "US-NY": "New York",
	"US-NC": "North Carolina", "US-ND": "North Dakota", "US-OH": "Ohio", "US-OK": "Oklahoma", "US-OR": "Oregon",
	"US-PA": "Pennsylvania", "US-RI": "Rhode Island", "US-SC": "South Carolina", "US-SD": "South Dakota",
	"US-TN": "Tennessee", "US-TX": "Texas", "US-UT": "Utah", "US-VT": "Vermont", "US-VA": "Virginia",
	"US-WA": "Washington", "US-WV": "West Virginia", "US-WI": "Wisconsin", "US-WY": "Wyoming",
	"US-AS": "American Samoa", "US-GU": "Guam", "US-MP": "Northern Mariana Islands", "US-PR": "Puerto Rico",
	"US-VI": "U.S. Virgin Islands",
}

// Jurisdictions lists the known ISO 3166-2 codes in the order of their names.
func Jurisdictions() []string {
	codes := make([]string, 0, len(jurisdictions))
	for code := range jurisdictions {
		codes = append(codes, code)
	}
	sort.Slice(codes, func(i, j int) bool { return jurisdictions[codes[i]] < jurisdictions[codes[j]] })
	return codes
}

// KnownJurisdiction reports whether code is one of Jurisdictions.
func KnownJurisdiction(code string) bool { return jurisdictions[code] != "" }

// JurisdictionName gives "Mississippi" for "US-MS", and a code that is not
// known as it stands.
func JurisdictionName(code string) string {
	if name := jurisdictions[code]; name != "" {
		return name
	}
	return code
}

// JurisdictionOf finds the jurisdiction that a place names: a code at its
// beginning, or a state's name or abbreviation at the end ("Memphis,
// Tennessee", "Memphis, TN 38103", "her room, Starkville, Mississippi; alone").
// It gives "" where it cannot tell: a wrong state is worse than none.
func JurisdictionOf(place string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(place), " ")
	if code := strings.ToUpper(strings.Trim(first, ",.;")); KnownJurisdiction(code) {
		return code
	}
	found, named := "", false // the one before was a state's whole name
	for _, part := range strings.FieldsFunc(place, func(r rune) bool { return strings.ContainsRune(",;().", r) }) {
		part = strings.TrimSpace(part)
		code := jurisdictionPart(part)
		short := strings.HasPrefix("US-"+part, code)
		switch {
		case code == "":
			named = false
			continue
		case found == "", found == code, named && short: // Washington, DC; Delaware, OH
			found, named = code, !short
		default:
			return ""
		}
	}
	return found
}

// StatedJurisdiction finds the jurisdiction in a field that asks for one, where
// "tx" can be nothing but Texas. It gives "" where it cannot tell.
func StatedJurisdiction(text string) string {
	if code := JurisdictionOf(text); code != "" {
		return code
	}
	return JurisdictionOf(strings.ToUpper(text))
}

// jurisdictionPart reads "Tennessee", "TN" or "TN 38103".
func jurisdictionPart(part string) string {
	for code, name := range jurisdictions {
		if strings.EqualFold(part, name) {
			return code
		}
	}
	state, zip, _ := strings.Cut(part, " ")
	if len(state) != 2 || state != strings.ToUpper(state) || strings.Trim(zip, "0123456789-") != "" {
		return ""
	}
	if code := "US-" + state; KnownJurisdiction(code) {
		return code
	}
	return ""
}

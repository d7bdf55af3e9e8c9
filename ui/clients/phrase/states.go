package phrase

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// states are the jurisdictions of the United States by their ISO 3166-2 codes
// without "US-".
var states = map[string]string{
	"AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
	"CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
	"HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
	"KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
	"MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
	"NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
	"ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
	"SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
	"VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
	"AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
	"VI": "Virgin Islands",
}

// Jurisdiction gives a jurisdiction as people say it: "Mississippi" for US-MS,
// and a code of another country as it is.
func Jurisdiction(code string) string {
	if name, ok := states[strings.TrimPrefix(code, "US-")]; ok {
		return name
	}
	return code
}

// ParseJurisdiction reads a state by its name or letters and gives its code,
// "US-MS". A code of another country, such as CA-ON, stays as it is. The empty
// text is not known.
func ParseJurisdiction(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	letters := strings.ToUpper(text)
	if _, ok := states[strings.TrimPrefix(letters, "US-")]; ok {
		return "US-" + strings.TrimPrefix(letters, "US-"), nil
	}
	if text == "" || isForeign(letters) {
		return letters, nil
	}
	var found []string
	for code, name := range states {
		switch {
		case strings.EqualFold(name, text):
			return "US-" + code, nil
		case strings.HasPrefix(strings.ToUpper(name), letters):
			found = append(found, code)
		}
	}
	if len(found) == 1 {
		return "US-" + found[0], nil
	}
	if len(found) == 2 {
		slices.Sort(found)
		return "", fmt.Errorf("is it %s or %s?", states[found[0]], states[found[1]])
	}
	return "", errors.New("write the state’s name or letters, as MS")
}

// isForeign reports whether a text has the form of an ISO 3166-2 code of
// another country.
func isForeign(code string) bool {
	country, part, found := strings.Cut(code, "-")
	return found && len(country) == 2 && country != "US" && len(part) >= 1 && len(part) <= 3 &&
		strings.Trim(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" &&
		strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

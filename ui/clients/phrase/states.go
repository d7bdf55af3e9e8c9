package phrase

import (
	"errors"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// Jurisdiction gives a jurisdiction as people say it: "Mississippi" for US-MS,
// and a code of another country as it is.
func Jurisdiction(code string) string {
	return record.JurisdictionName(code)
}

// ParseJurisdiction reads a state by its name or letters and gives its code,
// "US-MS". A code of another country, such as CA-ON, stays as it is. The empty
// text is not known.
func ParseJurisdiction(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	letters := strings.ToUpper(text)
	if code := "US-" + strings.TrimPrefix(letters, "US-"); record.KnownJurisdiction(code) {
		return code, nil
	}
	if text == "" || isForeign(letters) {
		return letters, nil
	}
	var found []string
	for _, code := range record.Jurisdictions() {
		name := record.JurisdictionName(code)
		if strings.EqualFold(name, text) {
			return code, nil
		}
		if strings.HasPrefix(strings.ToUpper(name), letters) {
			found = append(found, code)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	if len(found) == 2 {
		return "", fmt.Errorf("is it %s or %s?", record.JurisdictionName(found[0]), record.JurisdictionName(found[1]))
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

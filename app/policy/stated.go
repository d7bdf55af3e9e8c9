package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// setting is a fact as the practitioner knows it.
type setting struct {
	name  string
	value func(Facts) string // "": not stated
}

// settings are the facts by the names that the starter texts use.
var settings = map[string]setting{
	"Practice":       {"Practice", func(f Facts) string { return f.Practice }},
	"Practitioner":   {"Practitioner", func(f Facts) string { return f.Practitioner }},
	"Qualifications": {"Qualifications", func(f Facts) string { return f.Qualifications }},
	"Services":       {"Services", func(f Facts) string { return f.Services }},
	"Fees":           {"Fees", func(f Facts) string { return f.Fees }},
	"Licenses":       {"Licenses", func(f Facts) string { return strings.Join(f.Licenses, "; ") }},
	"Contact":        {"Contact details", func(f Facts) string { return f.Contact }},
	"Board":          {"Regulator", func(f Facts) string { return f.Board.line() }},
	"Jurisdiction":   {"State of practice", func(f Facts) string { return f.Jurisdiction }},
	"Hours":          {"Hours", func(f Facts) string { return f.Hours }},
	"Channels":       {"Ways to communicate", func(f Facts) string { return channels(f.Channels) }},
	"Secure":         {"Most secure way", func(f Facts) string { return channel(f.Secure) }},
	"AnswerWithin":   {"Answers within", func(f Facts) string { return hours(f.AnswerWithin) }},
	"Successor":      {"Who takes over", func(f Facts) string { return f.Successor }},
	"Emergency":      {"Emergency instructions", func(f Facts) string { return f.Emergency }},
	"HIPAA":          {"HIPAA", func(f Facts) string { return either(f.HIPAA, "applies", "does not apply") }},
	"SocialMedia":    {"Social media", func(f Facts) string { return either(f.SocialMedia, "used", "not used") }},
	"ElectronicPayments": {"Electronic payments", func(f Facts) string {
		return either(f.ElectronicPayments, "taken", "not taken")
	}},
	"Backups":           {"Backups", func(f Facts) string { return f.Backups }},
	"Retention":         {"How long records are kept", func(f Facts) string { return f.Retention }},
	"LockAfter":         {"Automatic lock", func(f Facts) string { return lock(f.LockAfter) }},
	"AgeOfMajority":     {"Age of majority", func(f Facts) string { return age(f.AgeOfMajority) }},
	"AgeOfConsent":      {"Age of consent to services", func(f Facts) string { return age(f.AgeOfConsent) }},
	"AgeOfParentAccess": {"Age at which a parent’s access ends", func(f Facts) string { return age(f.AgeOfParentAccess) }},
}

// Stated gives the settings that a topic's starter text states, by their names in
// plain words: "Backups" is "an encrypted drive at home", or "" where nothing is
// set. It is kept with a version. An unknown topic states nothing.
func Stated(key string, f Facts) map[string]string {
	stated := map[string]string{}
	starter := starters().Lookup(key + ".md")
	if starter == nil {
		return stated
	}
	f = f.tidy()
	for field := range fieldsOf(starter.Root) {
		s := settings[field]
		stated[s.name] = s.value(f)
	}
	return stated
}

// Changed says which of the settings that a version states have another value
// now, a sentence each, sorted. A setting that stands in only one of the two is
// no change: one text states it and the other does not.
func Changed(before, now map[string]string) []string {
	var changes []string
	for _, name := range slices.Sorted(maps.Keys(before)) {
		was := before[name]
		is, still := now[name]
		if !still || is == was {
			continue
		}
		changes = append(changes, fmt.Sprintf("%s: was %s, is now %s.", name, quoted(was), quoted(is)))
	}
	return changes
}

func quoted(value string) string {
	if value == "" {
		return "not stated"
	}
	return "“" + value + "”"
}

func either(yes bool, one, other string) string {
	if yes {
		return one
	}
	return other
}

func lock(minutes int) string {
	if minutes <= 0 {
		return "never"
	}
	return "after " + count(minutes, "minute")
}

func age(years int) string {
	if years <= 0 {
		return ""
	}
	return strconv.Itoa(years)
}

func (b Board) line() string {
	parts := []string{b.Name, b.Address, b.Phone, b.Email, b.Site}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

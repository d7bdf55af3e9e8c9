package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"casekeep/vault/record"
)

// ShortName gives what a client is called in a sentence: a person by the first
// of the names, anybody else by the whole name.
func ShortName(kind record.Kind, name string) string {
	words := strings.Fields(name)
	if kind != record.Individual || len(words) == 0 {
		return name
	}
	if isTitle(words[0]) {
		return name
	}
	return words[0]
}

func isTitle(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "mr", "mrs", "ms", "mx", "miss", "dr", "prof", "rev", "fr", "sr", "sra", "señor", "señora":
		return true
	}
	return false
}

// Address gives a telephone number in groups, "+1 601 555 0142", and every
// other address as it is.
func Address(normal string) string {
	if !strings.HasPrefix(normal, "+") {
		return normal
	}
	n, err := phonenumbers.Parse(normal, "")
	if err != nil {
		return normal
	}
	return strings.ReplaceAll(phonenumbers.Format(n, phonenumbers.INTERNATIONAL), "-", " ")
}

// Party gives a person who took part: the name, else the address.
func Party(p record.Party) string {
	if p.Name != "" {
		return p.Name
	}
	return Address(p.Address)
}

// third gives the first party that is named in an entry about a client by or
// to a third person.
func third(e record.Entry) (record.Party, bool) {
	for _, p := range e.Parties {
		if (p.Role == "from" || !isAddressRole(p.Role)) && Party(p) != "" {
			return p, true
		}
	}
	return record.Party{}, false
}

// isAddressRole tells the roles that a message's head gives from a third
// person's relation to the client.
func isAddressRole(role string) bool {
	switch role {
	case "from", "to", "cc", "bcc":
		return true
	}
	return false
}

// Kind gives a kind of client for the window: "Individual".
func Kind(k record.Kind) string { return Capital(string(k)) }

// Kinds gives every kind in the order of record.Kinds.
func Kinds() []string {
	var all []string
	for _, k := range record.Kinds() {
		all = append(all, Kind(k))
	}
	return all
}

// System gives a kind of contact point for the window.
func System(s record.System) string {
	if s == record.Address {
		return "Postal address"
	}
	return Capital(string(s))
}

// Systems lists the kinds of contact points in the order in which they are
// offered.
func Systems() []record.System {
	return []record.System{record.Phone, record.Email, record.Handle, record.Address}
}

// Capital begins a text with a capital letter.
func Capital(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// Count gives "1 entry", "7,360 entries".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

package inbox

import (
	"strings"
	"time"

	"casekeep/app/intake"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// title names a conversation in the list: the number or address, with the name
// that the export gives to people who are no clients.
func (c *conversation) title() string {
	address := addresses(c.thread)
	if len(c.owners) > 0 || len(c.names) == 0 || c.group() || c.names[0] == c.key() {
		return address
	}
	return names.In(c.names[0]) + " " + address
}

// caption says to whom a conversation belongs.
func (c *conversation) caption() string {
	owner, sure := c.owner()
	switch {
	case sure:
		return names.In(owner.Name) + " · known " + addressWord(c.thread)
	case c.group():
		return "group of " + kit.Number(len(c.thread)+1) + " · whose record?"
	case len(c.owners) > 1:
		return strings.Join(namesOf(c.owners), " or ") + " · whose record?"
	}
	return "new · not a client yet"
}

func namesOf(clients []record.ClientSummary) []string {
	var all []string
	for _, c := range clients {
		all = append(all, names.In(c.Name))
	}
	return all
}

func addressWord(thread intake.Thread) string {
	word := "number"
	if isMail(thread[0]) {
		word = "address"
	}
	if len(thread) > 1 {
		return word + "s"
	}
	return word
}

func isMail(address string) bool { return strings.Contains(address, "@") }

// addresses gives the numbers of a conversation: the first whole, of the
// others the last four digits.
func addresses(thread intake.Thread) string {
	if len(thread) == 0 {
		return "Hidden number"
	}
	all := []string{phrase.Address(thread[0])}
	for _, a := range thread[1:] {
		if short := len(a) - 4; strings.HasPrefix(a, "+") && short > 4 {
			a = "…" + a[short:]
		}
		all = append(all, a)
	}
	return strings.Join(all, ", ")
}

// channels lists the counts of a conversation in the channels' order, as one
// and many: "212 texts, 3 calls".
var channels = []struct {
	channel   record.Channel
	one, many string
}{
	{record.Text, "text", "texts"},
	{record.Mail, "email", "emails"},
	{record.Call, "call", "calls"},
	{record.Voicemail, "voicemail", "voicemails"},
}

// summary says what a conversation holds, and of which days.
func (c *conversation) summary(zone *time.Location) string {
	var parts []string
	for _, one := range channels {
		if n := c.counts[one.channel]; n > 0 {
			parts = append(parts, phrase.Count(n, one.one, one.many))
		}
	}
	parts = append(parts, span(c.first.In(zone), c.last.In(zone)))
	if c.attachments > 0 {
		parts = append(parts, phrase.Count(c.attachments, "attachment", "attachments"))
	}
	return strings.Join(parts, " · ")
}

// span gives two days as "Aug 3 to Nov 20, 2026".
func span(first, last time.Time) string {
	a, b := record.DateOf(first), record.DateOf(last)
	switch {
	case a == b:
		return phrase.ShortDate(b)
	case a.Year == b.Year:
		return first.Format("Jan 2") + " to " + phrase.ShortDate(b)
	}
	return phrase.ShortDate(a) + " to " + phrase.ShortDate(b)
}

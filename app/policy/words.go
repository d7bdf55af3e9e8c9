package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casekeep/vault/record"
)

// words are the functions that the starter texts use.
var words = map[string]any{
	"gap":      gap,
	"stop":     stop,
	"join":     strings.Join,
	"hours":    hours,
	"channel":  channel,
	"channels": channels,
	"offers":   func(list []record.Channel, name string) bool { return slices.Contains(list, record.Channel(name)) },
	"sealed":   sealed,
}

// gap marks what the practice still has to fill in, so that Gaps finds it.
func gap(what string) string { return "[" + what + "]" }

var gaps = regexp.MustCompile(`\[[^\[\]\n]*[^\[\]\n\s][^\[\]\n]*\]`)

// Gaps gives what stands in brackets in a text and is still to be filled in, in
// order and each once: "your board’s address". The label of a Markdown link,
// [label](address), is none.
func Gaps(text string) []string {
	var found []string
	for _, at := range gaps.FindAllStringIndex(text, -1) {
		what := strings.TrimSpace(text[at[0]+1 : at[1]-1])
		if strings.HasPrefix(text[at[1]:], "(") || slices.Contains(found, what) {
			continue
		}
		found = append(found, what)
	}
	return found
}

// stop ends a fact as a sentence, which it may have been already.
func stop(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return strings.TrimRight(s, ",;: ") + "."
}

// hours gives a number of hours in words, "" for none.
func hours(n int) string { return count(n, "hour") }

func count(n int, unit string) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// channel names a way to communicate as clients know it.
func channel(c record.Channel) string {
	switch c {
	case record.Text:
		return "text message"
	case record.Call:
		return "phone"
	case record.Chat:
		return "online chat"
	case record.Social:
		return "social media"
	case record.Portal:
		return "client portal"
	case record.InPerson:
		return "in person"
	}
	return string(c)
}

func channels(list []record.Channel) string {
	var names []string
	for _, c := range list {
		names = append(names, channel(c))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// sealed says how the program keeps records: what vault/sealed and the idle lock
// do, and no more (TSP 3.02, 5.03).
func sealed(lockAfter int) string {
	locks := "It locks when I lock it, and does not lock by itself."
	if lockAfter > 0 {
		locks = "It locks by itself when I have not used it for " + count(lockAfter, "minute") + "."
	}
	return "Your record is in one folder on my computer. Everything in that folder is encrypted, with a public method " +
		"called age, and opens with a passphrase. The program that opens it sends nothing over the internet. " + locks
}

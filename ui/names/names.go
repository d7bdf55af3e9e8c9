// Package names writes people's names into sentences of the window.
package names

import "casekeep/ui/lines"

// mark is the left-to-right mark (UAX #9). Before and after a right-to-left name
// it keeps the name from turning the words around it round.
const mark = "\u200E"

// In gives a name to stand within a sentence.
func In(name string) string {
	if lines.HasRTL(name) {
		return mark + name + mark
	}
	return name
}

// Of gives a name's possessive, with the apostrophe of the rest of the window: "Ada
// Quill’s".
func Of(name string) string { return In(name) + "’s" }

// Package names writes people's names into sentences of the window.
package names

import "casekeep/ui/lines"

// The marks that keep a right-to-left name from turning the words around it
// round (UAX #9: left-to-right mark and first strong isolate, pop directional
// isolate).
const (
	begin = "\u200E\u2068"
	end   = "\u2069"
)

// In gives a name to stand within a sentence.
func In(name string) string {
	if lines.HasRTL(name) {
		return begin + name + end
	}
	return name
}

// Of gives a name's possessive: "Ada Quill's".
func Of(name string) string { return In(name) + "'s" }

package assets

import (
	_ "embed"
	"strings"
)

// Licenses are those of everything that the program is built from, in full, as
// go run ./cmd/dev licenses gathers them.
//
//go:embed licenses.txt
var Licenses string

// License is one of them.
type License struct {
	Of   []string // works, with their versions
	Text string
}

// licenseRule stands before each license in the text.
var licenseRule = "\n" + strings.Repeat("=", 78) + "\n\n"

// EachLicense gives them one by one.
func EachLicense() (all []License) {
	for _, part := range strings.Split(Licenses, licenseRule)[1:] { // what is said of all of them stands before
		of, text, _ := strings.Cut(part, "\n\n")
		all = append(all, License{Of: strings.Split(of, "\n"), Text: strings.TrimSpace(text)})
	}
	return all
}

// Heading tells a license from others of the same work: its name, where it begins
// with one, and who holds the copyright. Where it says neither, it is how the text
// begins.
func (l License) Heading() string {
	var name, holder, first string
	for line := range strings.Lines(l.Text) {
		line = strings.Trim(line, " \t\r\n/—-")
		switch {
		case line == "":
			continue
		case first == "":
			first = line
			if strings.Contains(strings.ToLower(line), "license") && len(line) <= longestName {
				name = line
			}
		}
		if holder == "" && strings.HasPrefix(line, "Copyright") && !strings.Contains(line, "[") { // one of Apache's is a form to fill in
			holder = line
		}
	}
	switch {
	case name != "" && holder != "":
		return name + " · " + holder
	case holder != "":
		return holder
	}
	return first
}

// longestName is the most characters of a line that is the name of a license.
const longestName = 48

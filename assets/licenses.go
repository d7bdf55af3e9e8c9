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

// EachLicense gives what is said of all of them, and each.
func EachLicense() (about string, all []License) {
	parts := strings.Split(Licenses, licenseRule)
	for _, part := range parts[1:] {
		of, text, _ := strings.Cut(part, "\n\n")
		all = append(all, License{Of: strings.Split(of, "\n"), Text: strings.TrimSpace(text)})
	}
	return strings.ReplaceAll(strings.TrimSpace(parts[0]), "\n", " "), all
}

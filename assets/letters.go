package assets

import _ "embed"

// ClosingLetter is the starter text of the letter by which clients are told
// that a practice closes, with places in brackets that release.FillLetter fills in. The
// text is ours.
//
//go:embed letters/closing.md
var ClosingLetter string

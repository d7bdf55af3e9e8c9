package release

import (
	"cmp"
	"slices"
	"unicode"
)

// countMissing counts a character that no font has.
func (p *paper) countMissing(r rune) {
	m := p.missing[r]
	if m == nil {
		m = &MissingGlyph{Char: r, Script: scriptName(r)}
		p.missing[r] = m
	}
	m.Times++
	const listed = 20
	if n := len(m.Entries); p.now != 0 && n < listed && (n == 0 || m.Entries[n-1] != p.now) {
		m.Entries = append(m.Entries, p.now)
	}
}

func scriptName(r rune) string {
	if unicode.IsControl(r) {
		return "Control"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	if unicode.Is(unicode.Co, r) {
		return "Private use"
	}
	return "Unassigned"
}

func (p *paper) missingGlyphs() []MissingGlyph {
	list := make([]MissingGlyph, 0, len(p.missing))
	for _, m := range p.missing {
		list = append(list, *m)
	}
	slices.SortFunc(list, func(a, c MissingGlyph) int { return cmp.Compare(a.Char, c.Char) })
	return list
}

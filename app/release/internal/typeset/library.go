package typeset

import (
	"slices"
	"strings"
	"unicode"
)

// library finds the face for a grapheme: Noto Sans first, then this
// computer's fonts.
type library struct {
	base   [3]*face
	listed func() []*candidate  // in the order in which they are asked
	loaded map[*candidate]*face // nil: it cannot be read
	byRune map[choice]*face     // nil: no font has it
}

// choice is what the search for a face depends on.
type choice struct {
	r    rune
	han  han
	rest string // what follows the first character, if anything
}

// find gives the face for a grapheme, or nil where no font has it.
func (l *library) find(grapheme []rune, weight Weight, h han) *face {
	picture := emojiStyle(grapheme)
	if base := l.base[weight]; !picture && base.covers(grapheme) {
		return base
	}
	key := choice{r: grapheme[0], han: h, rest: string(grapheme[1:])}
	if f, known := l.byRune[key]; known {
		return f
	}
	f := l.search(grapheme, h, picture)
	l.byRune[key] = f
	return f
}

// search asks the candidates in order: for a picture those with colors first,
// for anything else last.
func (l *library) search(grapheme []rune, h han, picture bool) *face {
	for _, emoji := range []bool{picture, !picture} {
		if f := l.searchAmong(grapheme, h, emoji); f != nil {
			return f
		}
	}
	if base := l.base[Regular]; base.covers(grapheme) {
		return base
	}
	return nil
}

// searchAmong asks first the fonts made for the language or the script, then
// all.
func (l *library) searchAmong(grapheme []rune, h han, emoji bool) *face {
	first := visible(grapheme)
	wanted := append(h.families(), scriptFamilies(first)...)
	for _, c := range l.listed() {
		if c.emoji == emoji && slices.Contains(wanted, strings.ToLower(c.family)) {
			if f := l.ask(c, first, grapheme); f != nil {
				return f
			}
		}
	}
	for _, c := range l.listed() {
		if c.emoji == emoji {
			if f := l.ask(c, first, grapheme); f != nil {
				return f
			}
		}
	}
	return nil
}

// ask gives a candidate's face if it has a glyph for all of a grapheme.
func (l *library) ask(c *candidate, first rune, grapheme []rune) *face {
	if !c.has(first) {
		return nil
	}
	if f := l.load(c); f != nil && f.covers(grapheme) {
		return f
	}
	return nil
}

// scriptFamilies gives the names of the fonts made for a character's script,
// in lower case.
func scriptFamilies(r rune) []string {
	for script, table := range unicode.Scripts {
		if script == "Common" || script == "Inherited" || !unicode.Is(table, r) {
			continue
		}
		name := strings.ToLower(strings.ReplaceAll(script, "_", " "))
		return []string{"noto sans " + name, "noto serif " + name}
	}
	return nil
}

func (l *library) load(c *candidate) *face {
	f, known := l.loaded[c]
	if !known {
		// An unreadable font is no font: the next one is asked, and what none has
		// is drawn as a mark and listed.
		f, _ = loadFace(c)
		l.loaded[c] = f
	}
	return f
}

// visible gives the first character of a grapheme that shows a glyph.
func visible(grapheme []rune) rune {
	for _, r := range grapheme {
		if !ignorable(r) {
			return r
		}
	}
	return grapheme[0]
}

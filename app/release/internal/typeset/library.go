package typeset

import (
	"slices"
	"strings"
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

func (l *library) searchAmong(grapheme []rune, h han, emoji bool) *face {
	first := visible(grapheme)
	if preferred := h.families(); len(preferred) > 0 {
		for _, c := range l.listed() {
			if c.emoji == emoji && slices.Contains(preferred, strings.ToLower(c.family)) && c.has(first) {
				if f := l.load(c); f != nil && f.covers(grapheme) {
					return f
				}
			}
		}
	}
	for _, c := range l.listed() {
		if c.emoji == emoji && c.has(first) {
			if f := l.load(c); f != nil && f.covers(grapheme) {
				return f
			}
		}
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

package typeset

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// cluster is the least that is drawn as one: a letter with its marks, a
// ligature, a syllable, an emoji sequence.
type cluster struct {
	*drawn
	advance float64 // in thousandths of the size
	space   bool
}

// word is text without a line break opportunity inside, set in one direction,
// with the spaces that follow it. Words come again and again, so they are
// kept.
type word struct {
	clusters []cluster // in the order in which they are read
	ink      float64   // width without the spaces at the end
	width    float64   // all of it
	missing  []rune
}

type wordKey struct {
	text   string
	weight Weight
	rtl    bool
	han    han
}

// maxWords bounds the kept words: beyond it they are all set anew.
const maxWords = 50_000

// maxShaped is how many characters are shaped at once. Longer words exist only
// in text made to be a burden.
const maxShaped = 256

func (t *Typesetter) word(key wordKey) *word {
	if w, known := t.words[key]; known {
		return w
	}
	if len(t.words) >= maxWords {
		clear(t.words)
	}
	w := &word{}
	for _, item := range t.items([]rune(key.text), key.weight, key.han) {
		t.shape(w, item, key.rtl)
	}
	for i, c := range w.clusters {
		w.width += c.advance
		if !c.space {
			w.ink = w.width
		}
		w.missing = append(w.missing, w.clusters[i].missing...)
	}
	key.text = strings.Clone(key.text) // not the whole text that it is cut from
	t.words[key] = w
	return w
}

// item is text of one script in one face. A nil face: no font has it.
type item struct {
	text   []rune
	face   *face
	script language.Script
}

// items cuts text where the face or the script changes.
func (t *Typesetter) items(text []rune, weight Weight, h han) []item {
	var items []item
	add := func(part []rune, f *face) {
		script := scriptOf(part)
		if n := len(items); n > 0 && f != nil {
			last := &items[n-1]
			if script == language.Common {
				script = last.script
			} else if last.script == language.Common {
				last.script = script
			}
			if last.face == f && last.script == script && len(last.text)+len(part) <= maxShaped {
				last.text = append(last.text[:len(last.text):len(last.text)], part...)
				return
			}
		}
		items = append(items, item{text: part, face: f, script: script})
	}
	t.split.Init(text)
	graphemes := t.split.GraphemeIterator()
	for graphemes.Next() {
		grapheme := graphemes.Grapheme().Text
		var before *face
		if n := len(items); n > 0 {
			before = items[n-1].face
		}
		if f := t.face(grapheme, weight, h, before); f != nil {
			for len(grapheme) > maxShaped {
				add(grapheme[:maxShaped], f)
				grapheme = grapheme[maxShaped:]
			}
			add(grapheme, f)
			continue
		}
		// No font has all of it: what one has is drawn, the rest marked.
		for i := range grapheme {
			add(grapheme[i:i+1], t.face(grapheme[i:i+1], weight, h, nil))
		}
	}
	return items
}

// face gives the face for a grapheme, nil where none has it. Signs that many
// scripts share stay in the face of the letters before them. Control
// characters have no glyph in any font.
func (t *Typesetter) face(grapheme []rune, weight Weight, h han, before *face) *face {
	if unicode.IsControl(grapheme[0]) {
		return nil
	}
	base := t.fonts.base[weight]
	if before != nil && before != base && !before.emoji && scriptOf(grapheme) == language.Common &&
		!emojiStyle(grapheme) && !base.covers(grapheme) && before.covers(grapheme) {
		return before
	}
	return t.fonts.find(grapheme, weight, h)
}

// scriptOf gives the script of the first character that has one, else Common.
func scriptOf(text []rune) language.Script {
	for _, r := range text {
		switch s := language.LookupScript(r); s {
		case language.Common, language.Inherited, language.Unknown:
		default:
			return s
		}
	}
	return language.Common
}

// shape appends an item's clusters to a word.
func (t *Typesetter) shape(w *word, it item, rtl bool) {
	if it.face == nil {
		for _, r := range it.text {
			w.clusters = append(w.clusters, t.marked(r))
		}
		return
	}
	direction := di.DirectionLTR
	if rtl {
		direction = di.DirectionRTL
	}
	out := t.shaper.ShapeNoExtents(shaping.Input{
		Text: it.text, RunEnd: len(it.text), Direction: direction, Face: it.face.Face,
		Size: fixed.I(1000), Script: it.script, Language: language.DefaultLanguage(),
	})
	first := len(w.clusters)
	for glyphs := out.Glyphs; len(glyphs) > 0; {
		n := glyphs[0].GlyphsCount()
		w.clusters = append(w.clusters, t.cluster(it, glyphs[:n]))
		glyphs = glyphs[n:]
	}
	if rtl { // the shaper gives them from left to right
		own := w.clusters[first:]
		for i, j := 0, len(own)-1; i < j; i, j = i+1, j-1 {
			own[i], own[j] = own[j], own[i]
		}
	}
}

// cluster makes one of the glyphs that the shaper gave for it.
func (t *Typesetter) cluster(it item, glyphs []shaping.Glyph) cluster {
	text := it.text[glyphs[0].TextIndex():][:glyphs[0].RunesCount()]
	for _, g := range glyphs {
		if g.GlyphID == 0 {
			return t.marked(visible(text))
		}
	}
	c := cluster{drawn: t.drawn(it.face, text, glyphs), space: strings.TrimSpace(string(text)) == ""}
	if it.face.emoji && len(c.outline) == 0 && len(c.pictures) == 0 && !c.space && !ignorable(visible(text)) {
		// A colored glyph in a form that cannot be drawn must not vanish.
		return t.marked(visible(text))
	}
	for _, g := range glyphs {
		c.advance += float64(g.Advance) / 64
	}
	return c
}

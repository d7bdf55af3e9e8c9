package lines

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Font is a size and weight of the theme's text font.
type Font struct {
	Size float32
	Bold bool
}

func (f Font) style() fyne.TextStyle { return fyne.TextStyle{Bold: f.Bold} }

// Height gives the height of one line in f, a whole number, so that lines
// under one another keep even distances.
func Height(f Font) float32 {
	height := fyne.MeasureText("M", f.Size, f.style()).Height
	return float32(int(height + 0.5))
}

type measured struct {
	text string
	font Font
}

var widths = newCache[measured, float32](40_000)

// Width gives how far a text on one line reaches in f.
func Width(text string, f Font) float32 {
	key := measured{text, f}
	if w, ok := widths.get(key); ok {
		return w
	}
	w := fyne.MeasureText(text, f.Size, f.style()).Width
	widths.put(key, w)
	return w
}

// Forget empties the caches. Call it when the vault locks: they hold what was
// shown.
func Forget() {
	widths.clear()
	wraps.clear()
	fits.clear()
}

// clean makes a text drawable: bytes that are no UTF-8 become the replacement
// character, a tab becomes a wide space, and what Fyne would draw as a box
// becomes nothing.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if strings.IndexFunc(text, isControl) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return '\u2003'
		case isControl(r):
			return -1
		}
		return r
	}, text)
}

func isControl(r rune) bool {
	return r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029' || r == '\uFEFF'
}

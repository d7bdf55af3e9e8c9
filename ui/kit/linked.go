package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/look"
)

// Linked is a muted text that wraps and ends with a link, which Enter or Space
// presses.
type Linked struct {
	control
	text, link string

	ring  *canvas.Rectangle
	runs  []run
	words []words
	r     *drawing
}

// linkedFont is that of a note.
var linkedFont = noteFont

// NewLinked makes an empty text, to be filled by Set.
func NewLinked(press func()) *Linked {
	l := &Linked{ring: box()}
	l.start(l, press)
	return l
}

// Set changes the text and the link after it; an empty link is none.
func (l *Linked) Set(text, link string) {
	if text == l.text && link == l.link {
		return
	}
	l.text, l.link = text, link
	l.setDisabled(link == "")
	l.Refresh()
}

// Link gives what the link says.
func (l *Linked) Link() string { return l.link }

// Tapped presses the link where it is under the pointer.
func (l *Linked) Tapped(ev *fyne.PointEvent) {
	if ev == nil || l.over(ev.Position) {
		l.pressNow()
	}
}

func (l *Linked) over(at fyne.Position) bool {
	height := l.lineHeight()
	for _, r := range l.runs {
		if r.part == 1 && at.X >= r.x && at.X <= r.x+r.width && int(at.Y/height) == r.line {
			return true
		}
	}
	return false
}

// Cursor is a hand: the text before the link is seldom pointed at.
func (l *Linked) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel gives the text to a screen reader.
func (l *Linked) AccessibilityLabel() string { return l.text + l.link }

// HeightAt gives how high the text is at a width.
func (l *Linked) HeightAt(width float32) float32 {
	_, count := layParts(l.parts(), linkedFont, width)
	return float32(max(count, 1)) * l.lineHeight()
}

func (l *Linked) lineHeight() float32 {
	w := newWords(linkedFont.Size, false)
	return w.height()
}

func (l *Linked) parts() []Part {
	return []Part{{Text: l.text}, {Text: l.link}}
}

// CreateRenderer is for Fyne.
func (l *Linked) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.ring}
	if l.r != nil { // Fyne dropped it while the text was out of sight
		objects = l.r.objects
	}
	l.r = draw(l,
		func() fyne.Size { return fyne.NewSize(120, l.HeightAt(max(l.Size().Width, 120))) },
		l.layout, l.paint, objects...)
	return l.r
}

func (l *Linked) layout(size fyne.Size) {
	l.runs, _ = layParts(l.parts(), linkedFont, size.Width)
	height := l.lineHeight()
	objects := []fyne.CanvasObject{l.ring}
	l.words = nil
	l.ring.Hide()
	for _, r := range l.runs {
		w := newWords(linkedFont.Size, false)
		token := look.Muted
		if r.part == 1 {
			token = look.Accent
			place(l.ring, r.x-3, float32(r.line)*height-1, r.width+6, height+2)
			l.ring.Show()
		}
		w.say(r.text, token)
		place(w, r.x, float32(r.line)*height, r.width, height)
		l.words = append(l.words, w)
		objects = append(objects, w.Text)
	}
	if l.r != nil {
		l.r.objects = objects
	}
}

func (l *Linked) paint() { fill(l.ring, look.Clear, ringToken(l.ringed()), look.Ring) }

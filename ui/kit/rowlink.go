package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// rowLink is a link, or an icon alone, in a row of a list. It is pressed by
// pointer; the row presses it for the keyboard, which the list has.
type rowLink struct {
	widget.BaseWidget
	text    string // names what is only an icon
	after   look.IconName
	alone   bool // no text is drawn
	reached bool // by the keyboard
	press   func()

	ring    *canvas.Rectangle
	label   words
	picture icon
}

func newRowLink(size float32) *rowLink {
	r := &rowLink{ring: box(), label: newWords(size, false), picture: newIcon()}
	r.ExtendBaseWidget(r)
	return r
}

func (r *rowLink) set(text string, after look.IconName, press func()) {
	r.press = press
	if r.text != text || r.after != after {
		r.text, r.after = text, after
		r.Refresh()
	}
}

func (r *rowLink) reach(on bool) {
	if r.reached != on {
		r.reached = on
		r.Refresh()
	}
}

// Tapped presses the link.
func (r *rowLink) Tapped(*fyne.PointEvent) {
	if r.press != nil {
		r.press()
	}
}

// Cursor is a hand.
func (r *rowLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel names the link to a screen reader.
func (r *rowLink) AccessibilityLabel() string { return r.text }

// AccessibilityRole says that it can be pressed.
func (r *rowLink) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (r *rowLink) CreateRenderer() fyne.WidgetRenderer {
	return draw(r,
		func() fyne.Size { return fyne.NewSize(20, 20) },
		r.layout, r.paint,
		r.ring, r.label.Text, r.picture.Image)
}

func (r *rowLink) layout(size fyne.Size) {
	place(r.ring, -2, -1, size.Width+4, size.Height+2)
	if r.alone {
		place(r.ring, 0, 0, size.Width, size.Height)
		place(r.picture, (size.Width-look.IconSize)/2, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
		return
	}
	room := size.Width
	if r.after != "" {
		room -= chevronRoom
	}
	r.label.fit(r.text, room+1)
	width := r.label.width(r.label.Text.Text)
	place(r.label, 0, (size.Height-r.label.height())/2, width, r.label.height())
	place(r.picture, width-2, (size.Height-12)/2+1, 12, 12)
}

func (r *rowLink) paint() {
	fill(r.ring, look.Clear, ringToken(r.reached), look.Ring)
	ink, text := look.Accent, r.text
	if r.alone {
		ink, text = look.Muted, ""
	}
	r.label.say(text, ink)
	r.picture.show(r.after, ink)
}

// reaching is what a row does with keys for the links in it, while the list has
// the keyboard: Left and Right go from one to the next, Enter and Space press.
type reaching struct{ at int } // one past the link that was reached; 0: none

// keyed is a row that has a use for keys.
type keyed interface {
	key(*fyne.KeyEvent) bool
	leave()
}

// key moves among links and presses. It reports whether it had a use for the
// key.
func (r *reaching) key(ev *fyne.KeyEvent, links []*rowLink) bool {
	at := r.at
	switch ev.Name {
	case fyne.KeyRight:
		at = min(at+1, len(links))
	case fyne.KeyLeft:
		at = max(at-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if at == 0 || at > len(links) {
			return false
		}
		links[at-1].Tapped(nil)
		return true
	default:
		return false
	}
	r.reach(at, links)
	return true
}

// reach marks a link; 0 marks none.
func (r *reaching) reach(at int, links []*rowLink) {
	r.at = min(at, len(links))
	for i, link := range links {
		link.reach(i+1 == r.at)
	}
}

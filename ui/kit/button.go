package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/look"
)

// kind is the weight of a button.
type kind int

const (
	plain kind = iota
	primary
	danger
	link
	bare
)

// Button does something when it is pressed, by pointer, Enter or Space.
type Button struct {
	control
	text     string
	shortcut string
	icon     look.IconName
	kind     kind
	small    bool

	ground, ring *canvas.Rectangle
	label, key   words
	picture      icon
}

// NewButton makes a button with a border, for the ordinary acts.
func NewButton(text string, press func()) *Button { return newButton(text, "", plain, press) }

// NewPrimary makes the filled button of a page's or dialog's one main act.
func NewPrimary(text string, press func()) *Button { return newButton(text, "", primary, press) }

// NewDanger makes the button of an act that takes something away.
func NewDanger(text string, press func()) *Button { return newButton(text, "", danger, press) }

// NewLink makes a button that reads as text in the accent.
func NewLink(text string, press func()) *Button { return newButton(text, "", link, press) }

// NewIconButton makes a small square button with only an icon. The name says
// what it does, for screen readers.
func NewIconButton(i look.IconName, name string, press func()) *Button {
	return newButton(name, i, bare, press)
}

func newButton(text string, i look.IconName, k kind, press func()) *Button {
	b := &Button{
		text: text, icon: i, kind: k,
		ground: box(), ring: box(),
		label:   newWords(look.TabSize, k == primary || k == danger),
		key:     newWords(look.TabSize, false),
		picture: newIcon(),
	}
	b.start(b, press)
	return b
}

// Shortcut shows the keys that do the same, such as "Ctrl Shift N", and gives
// the button back. Binding them is the window's part.
func (b *Button) Shortcut(keys string) *Button {
	b.shortcut = keys
	b.Refresh()
	return b
}

// Icon puts an icon before the text and gives the button back.
func (b *Button) Icon(i look.IconName) *Button {
	b.icon = i
	b.Refresh()
	return b
}

// Small makes the button 28 high instead of 32 and gives it back.
func (b *Button) Small() *Button {
	b.small = true
	b.Refresh()
	return b
}

// Text gives what stands on the button.
func (b *Button) Text() string { return b.text }

// SetText changes what stands on the button.
func (b *Button) SetText(text string) {
	b.text = text
	b.Refresh()
}

// Press does what a click does.
func (b *Button) Press() { b.pressNow() }

// AccessibilityLabel names the button to a screen reader.
func (b *Button) AccessibilityLabel() string { return b.text }

// Cursor is a hand over links alone.
func (b *Button) Cursor() desktop.Cursor {
	if b.kind == link && !b.disabled {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, b.min, b.layout, b.paint, b.ground, b.ring, b.picture.Image, b.label.Text, b.key.Text)
}

func (b *Button) inset() float32 {
	switch {
	case b.kind == link:
		return 0
	case b.small:
		return 12
	}
	return 15
}

func (b *Button) height() float32 {
	switch {
	case b.kind == link:
		return 20
	case b.small || b.kind == bare:
		return 28
	}
	return 32
}

// between the parts of a button
const partGap = 6

func (b *Button) content() (width float32) {
	if b.icon != "" {
		width += look.IconSize + partGap
	}
	width += b.label.width(b.text)
	if b.shortcut != "" {
		width += 15 + b.key.width(b.shortcut)
	}
	return width
}

func (b *Button) min() fyne.Size {
	if b.kind == bare {
		return fyne.NewSize(28, 28)
	}
	return fyne.NewSize(min(b.content(), mostAsked)+2*b.inset(), b.height())
}

func (b *Button) layout(size fyne.Size) {
	place(b.ground, 0, 0, size.Width, size.Height)
	if b.kind == link {
		place(b.ring, -4, -1, size.Width+8, size.Height+2)
	} else {
		place(b.ring, 0, 0, size.Width, size.Height)
	}
	if b.kind == bare {
		place(b.picture, (size.Width-look.IconSize)/2, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
		return
	}
	x := max((size.Width-b.content())/2, b.inset())
	if b.kind == link {
		x = 0
	}
	end := size.Width - b.inset()
	if b.icon != "" {
		place(b.picture, x-2, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
		x += look.IconSize + partGap - 2
	}
	if b.shortcut != "" {
		end -= 15 + b.key.width(b.shortcut)
	}
	b.label.fit(b.text, end-x+1)
	width := b.label.width(b.text)
	place(b.label, x, (size.Height-b.label.height())/2, min(width, end-x+1), b.label.height())
	place(b.key, x+width+15, (size.Height-b.key.height())/2, b.key.width(b.shortcut), b.key.height())
}

func (b *Button) paint() {
	ground, border, ink, key := b.colors()
	stroke := float32(0)
	if b.kind == plain {
		stroke = 1
	}
	fill(b.ground, ground, border, stroke)
	ring := look.Clear
	if b.ringed() {
		ring = look.Accent
		if b.kind == primary || b.kind == danger {
			ring = look.Ink
		}
	}
	fill(b.ring, look.Clear, ring, look.Ring)
	text := b.text
	if b.kind == bare {
		text = ""
	}
	b.label.say(text, ink)
	b.key.say(b.shortcut, key)
	b.picture.show(b.icon, ink)
}

func (b *Button) colors() (ground, border, ink, key look.Token) {
	if b.disabled {
		if b.kind == link || b.kind == bare {
			return look.Clear, look.Clear, look.Faint, look.Faint
		}
		return look.Ground, look.Line, look.Faint, look.Faint
	}
	switch b.kind {
	case primary:
		if b.hovered {
			return look.Deep, look.Clear, look.OnAccent, look.Soft
		}
		return look.Accent, look.Clear, look.OnAccent, look.Soft
	case danger:
		return look.Red, look.Clear, look.Paper, look.RedSoft
	case link:
		if b.hovered {
			return look.Clear, look.Clear, look.Deep, look.Muted
		}
		return look.Clear, look.Clear, look.Accent, look.Muted
	case bare:
		if b.hovered {
			return look.Hover, look.Clear, look.Ink, look.Muted
		}
		return look.Clear, look.Clear, look.Muted, look.Muted
	}
	if b.hovered {
		return look.Ground, look.Field, look.Ink, look.Muted
	}
	return look.Paper, look.Field, look.Ink, look.Muted
}

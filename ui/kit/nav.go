package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casekeep/ui/look"
)

// NavItem is a line of the sidebar: icon, name, and at the right a badge for
// what presses, or a quiet count or time.
type NavItem struct {
	control
	icon     look.IconName
	text     string
	badge    int
	note     string
	selected bool

	ground, ring, pill *canvas.Rectangle
	picture            icon
	label, count       words
}

// NewNavItem makes a line of the sidebar.
func NewNavItem(i look.IconName, text string, press func()) *NavItem {
	n := &NavItem{
		icon: i, text: text, ground: box(), ring: box(), pill: box(), picture: newIcon(),
		label: newWords(look.TextSize, false), count: newWords(look.CaptionSize, false),
	}
	n.start(n, press)
	return n
}

// SetSelected marks the page that is open.
func (n *NavItem) SetSelected(on bool) {
	n.selected = on
	n.Refresh()
}

// Selected reports whether the line is marked.
func (n *NavItem) Selected() bool { return n.selected }

// SetBadge shows a count in an amber pill; 0 hides it.
func (n *NavItem) SetBadge(count int) {
	n.badge = count
	n.Refresh()
}

// SetNote shows a quiet text at the right, such as a count or the time left.
func (n *NavItem) SetNote(note string) {
	if n.note != note {
		n.note = note
		n.Refresh()
	}
}

// AccessibilityLabel names the page to a screen reader.
func (n *NavItem) AccessibilityLabel() string { return n.text }

// CreateRenderer is for Fyne.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	return draw(n,
		func() fyne.Size { return fyne.NewSize(120, 35) },
		n.layout, n.paint,
		n.ground, n.ring, n.picture.Image, n.label.Text, n.pill, n.count.Text)
}

func (n *NavItem) layout(size fyne.Size) {
	place(n.ground, 0, 0, size.Width, size.Height)
	place(n.ring, 0, 0, size.Width, size.Height)
	place(n.picture, 9, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
	end := size.Width - 10
	if text := n.count.Text.Text; text != "" {
		width := n.count.width(text)
		x := end - width
		if n.badge > 0 {
			pill := max(width+12, 21)
			place(n.pill, end-pill, (size.Height-17)/2, pill, 17)
			x = end - (pill+width)/2
			end -= pill
		} else {
			end = x
		}
		place(n.count, x, (size.Height-n.count.height())/2, width, n.count.height())
	}
	n.label.fit(n.text, end-44)
	place(n.label, 38, (size.Height-n.label.height())/2, end-44, n.label.height())
}

func (n *NavItem) paint() {
	ground, ink, picture := look.Clear, look.Ink, look.Muted
	switch {
	case n.selected:
		ground, ink, picture = look.Soft, look.Accent, look.Accent
	case n.hovered:
		ground = look.Hover
	}
	fill(n.ground, ground, look.Clear, 0)
	fill(n.ring, look.Clear, ringToken(n.ringed()), look.Ring)
	n.picture.show(n.icon, picture)
	n.label.setBold(n.selected)
	n.label.say(n.text, ink)
	n.pill.CornerRadius = 8.5
	n.count.setBold(n.badge > 0)
	if n.badge > 0 {
		fill(n.pill, look.Amber, look.Clear, 0)
		n.count.say(strconv.Itoa(n.badge), look.OnAccent)
	} else {
		fill(n.pill, look.Clear, look.Clear, 0)
		n.count.say(n.note, look.Muted)
	}
}

func ringToken(on bool) look.Token {
	if on {
		return look.Accent
	}
	return look.Clear
}

package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Search lets something be found as it is typed. It shows the keys that lead
// to it, and Escape empties it.
type Search struct {
	widget.BaseWidget
	OnChanged func(text string)
	OnEnter   func(text string)
	OnMove    func(*fyne.KeyEvent) // Up, Down, PageUp, PageDown: for the list below

	keys    string
	focused bool

	entry       *entry
	ground, cap *canvas.Rectangle
	glass       icon
	key         words
}

// NewSearch makes a search field, with a placeholder and the keys that lead to
// it, such as "Ctrl K".
func NewSearch(placeholder, keys string) *Search {
	s := &Search{
		keys: keys, entry: newEntry(), ground: box(), cap: box(),
		glass: newIcon(), key: newWords(look.CaptionSize, false),
	}
	s.entry.SetPlaceHolder(placeholder)
	s.entry.focus = func(on bool) {
		s.focused = on
		s.Refresh()
	}
	s.entry.OnChanged = func(text string) {
		s.Refresh()
		if s.OnChanged != nil {
			s.OnChanged(text)
		}
	}
	s.entry.arrow, s.entry.keeps = s.takes, true
	s.ExtendBaseWidget(s)
	return s
}

// takes handles the keys that mean something else here than in a text.
func (s *Search) takes(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		if s.OnMove != nil {
			s.OnMove(ev)
		}
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.OnEnter != nil {
			s.OnEnter(s.entry.Text)
		}
		return true
	case fyne.KeyEscape:
		if s.entry.Text != "" {
			s.SetText("")
			return true
		}
	}
	return false
}

// Text gives what was typed.
func (s *Search) Text() string { return s.entry.Text }

// SetText changes the text, and calls OnChanged if that is a change.
func (s *Search) SetText(text string) { s.entry.SetText(text) }

// Focus puts the cursor into the field and selects what stands in it.
func (s *Search) Focus() {
	Focus(s.entry)
	s.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Entry gives what takes the keyboard, for tests.
func (s *Search) Entry() fyne.Focusable { return s.entry }

// CreateRenderer is for Fyne.
func (s *Search) CreateRenderer() fyne.WidgetRenderer {
	return draw(s,
		func() fyne.Size { return fyne.NewSize(160, 34) },
		s.layout, s.paint,
		s.ground, s.glass.Image, s.entry, s.cap, s.key.Text)
}

func (s *Search) layout(size fyne.Size) {
	place(s.ground, 0, 0, size.Width, size.Height)
	place(s.glass, 9, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
	end := size.Width - 6
	if text := s.key.Text.Text; text != "" {
		width := s.key.width(text) + 12
		end -= width + 5
		place(s.cap, end, (size.Height-19)/2, width, 19)
		place(s.key, end+6, (size.Height-s.key.height())/2, width-12, s.key.height())
	}
	height := s.entry.MinSize().Height
	place(s.entry, 35-textInset, (size.Height-height)/2, end-35+textInset, height)
}

func (s *Search) paint() {
	border, stroke := look.Field, float32(1)
	if s.focused {
		border, stroke = look.Accent, look.Ring
	}
	fill(s.ground, look.Paper, border, stroke)
	s.glass.show(look.Search, look.Muted)
	keys, ground, edge := s.keys, look.Ground, look.Line
	if s.entry.Text != "" || keys == "" {
		keys, ground, edge = "", look.Clear, look.Clear
	}
	fill(s.cap, ground, edge, 1)
	s.cap.CornerRadius = 4
	s.key.say(keys, look.Muted)
}

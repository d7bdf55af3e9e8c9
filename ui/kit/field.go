package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// Field lets text be typed: a label above, a box whose border takes the
// accent with the focus, and below it an explanation or what is wrong.
type Field struct {
	widget.BaseWidget
	OnChanged func(text string)
	OnEnter   func(text string) // Enter, or Ctrl+Enter in a text of several lines

	label, hint, problem string
	must                 string
	rows                 int // 0: one line
	focused              bool
	trailing             fyne.CanvasObject
	footer               fyne.CanvasObject

	keepsLine bool // the line under the box has its room also while it is empty

	entry  *entry
	wheel  *wheel // over the text
	ground *canvas.Rectangle
	name   words
	line   *Text
}

// NewField makes a field for one line. An empty label leaves its line out.
func NewField(label string) *Field { return newField(label, 0) }

// NewArea makes a field for several lines, at least rows high. Tab leaves it;
// Ctrl+Enter calls OnEnter, or is the window's where there is none.
func NewArea(label string, rows int) *Field { return newField(label, rows) }

// NewPassword makes a field whose text is dots until "show" or F8 is pressed.
func NewPassword(label string) *Field {
	f := newField(label, 0)
	f.entry.Password = true
	f.entry.ActionItem = canvas.NewRectangle(color.Transparent) // instead of Fyne's eye
	var word *peek
	toggle := func() {
		f.entry.Password = !f.entry.Password
		word.text = map[bool]string{true: "show", false: "hide"}[f.entry.Password]
		word.Refresh()
		f.entry.Refresh()
		f.Refresh()
	}
	word = newPeek("show", toggle)
	f.trailing = word
	enter := f.entry.arrow
	f.entry.arrow = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyF8 {
			toggle()
			return true
		}
		return enter(ev)
	}
	return f
}

func newField(label string, rows int) *Field {
	f := &Field{
		label: label, rows: rows, entry: newEntry(), wheel: newWheel(), ground: box(),
		name: newWords(look.CaptionSize, false), line: NewSmall("").Most(3),
	}
	f.entry.focus = func(on bool) {
		f.focused = on
		f.Refresh()
	}
	f.entry.OnChanged = func(text string) {
		if f.problem != "" {
			f.SetError("")
		}
		f.letWheelPass()
		if f.OnChanged != nil {
			f.OnChanged(text)
		}
	}
	enter := func() bool {
		if f.OnEnter != nil {
			f.OnEnter(f.entry.Text)
		}
		return f.OnEnter != nil
	}
	if rows > 0 {
		f.entry.MultiLine = true
		f.entry.Wrapping = fyne.TextWrapWord
		f.entry.SetMinRowsVisible(rows)
		f.entry.ctrlOK = enter
	}
	f.entry.arrow = func(ev *fyne.KeyEvent) bool {
		return rows == 0 && isEnter(ev.Name) && enter()
	}
	f.ExtendBaseWidget(f)
	return f
}

// Placeholder shows a faint example while the field is empty, and gives the
// field back.
func (f *Field) Placeholder(text string) *Field {
	f.entry.SetPlaceHolder(text)
	return f
}

// Hint shows an explanation under the field, and gives the field back.
func (f *Field) Hint(text string) *Field {
	f.hint = text
	f.Refresh()
	return f
}

// Trailing puts an object inside the box at its right, such as a link, and
// gives the field back.
func (f *Field) Trailing(o fyne.CanvasObject) *Field {
	f.trailing = o
	return f
}

// Footer puts an object inside the box under the text: a composer's bar of
// choices. It gives the field back.
func (f *Field) Footer(o fyne.CanvasObject) *Field {
	f.footer = o
	return f
}

// Text gives what was typed.
func (f *Field) Text() string { return f.entry.Text }

// SetText changes the text, and calls OnChanged if that is a change.
func (f *Field) SetText(text string) { f.entry.SetText(text) }

// Must refuses an empty field, saying a sentence, and gives the field back.
func (f *Field) Must(sentence string) *Field {
	f.must = sentence
	return f
}

// Value gives what was typed without the spaces round it. If something must be
// typed and is not, it says so, and ok is false.
func (f *Field) Value() (text string, ok bool) {
	text = strings.TrimSpace(f.Text())
	if text == "" && f.must != "" {
		f.SetError(f.must)
		return "", false
	}
	return text, true
}

// SetError shows what is wrong in one sentence, in red, until the text
// changes; an empty one clears it.
func (f *Field) SetError(problem string) {
	f.problem = problem
	f.Refresh()
}

// Error gives what is shown as wrong.
func (f *Field) Error() string { return f.problem }

// Focus puts the cursor into the field.
func (f *Field) Focus() { Focus(f.entry) }

// Entry gives what takes the keyboard, for tests and for a dialog's focus.
func (f *Field) Entry() fyne.Focusable { return f.entry }

// Enable lets text be typed.
func (f *Field) Enable() { f.entry.Enable(); f.Refresh() }

// Disable keeps the text as it is.
func (f *Field) Disable() { f.entry.Disable(); f.Refresh() }

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{f.ground, f.name.Text, f.line, f.entry, f.wheel}
	for _, o := range []fyne.CanvasObject{f.trailing, f.footer} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return draw(f, f.min, f.layout, f.paint, objects...)
}

// measures of a field
const (
	fieldHeight = 39
	fieldInset  = 13
	labelGap    = 5
	belowGap    = 4
)

// top is where the box begins.
func (f *Field) top() float32 {
	if f.label == "" {
		return 0
	}
	return whole(f.name.height()) + labelGap
}

func (f *Field) boxHeight(width float32) float32 {
	if f.rows == 0 {
		return fieldHeight
	}
	return f.entry.MinSize().Height + 2 + f.footHeight(width)
}

// footHeight is what the footer takes, with the distance under it.
func (f *Field) footHeight(width float32) float32 {
	if f.footer == nil {
		return 0
	}
	return heightAt(f.footer, width-2*fieldInset) + 9
}

// belowHeight is what the explanation under the box takes.
func (f *Field) belowHeight(width float32) float32 {
	height := lines.Height(f.line.font)
	switch text := f.lineText(); {
	case text != "":
		height *= float32(len(lines.Wrap(text, f.line.font, width, f.line.most)))
	case !f.keepsLine:
		return 0
	}
	return belowGap + height
}

// HeightAt gives the height that the field needs at a width.
func (f *Field) HeightAt(width float32) float32 {
	return f.top() + f.boxHeight(width) + f.belowHeight(width)
}

func (f *Field) min() fyne.Size { return fyne.NewSize(120, f.HeightAt(max(f.Size().Width, 120))) }

// textInset is how far an Entry keeps its text from its own edge.
const textInset = 8

func (f *Field) layout(size fyne.Size) {
	place(f.name, 0, 0, size.Width, f.name.height())
	top := f.top()
	height := max(size.Height-top-f.belowHeight(size.Width), f.boxHeight(size.Width))
	place(f.ground, 0, top, size.Width, height)
	place(f.line, 0, top+height+belowGap, size.Width, f.belowHeight(size.Width)-belowGap)
	f.name.fit(f.label, size.Width)

	end := size.Width - fieldInset + textInset
	if f.trailing != nil {
		min := f.trailing.MinSize()
		end = size.Width - fieldInset - min.Width
		place(f.trailing, end, top+(fieldHeight-min.Height)/2, min.Width, min.Height)
	}
	entryTop, entryHeight := top, height
	if f.rows == 0 {
		entryHeight = f.entry.MinSize().Height
		entryTop += (height - entryHeight) / 2
	} else if f.footer != nil {
		foot := f.footHeight(size.Width)
		entryHeight -= foot
		place(f.footer, fieldInset, top+height-foot, size.Width-2*fieldInset, foot-9)
	}
	place(f.entry, fieldInset-textInset, entryTop, end-fieldInset+textInset, entryHeight)
	place(f.wheel, fieldInset-textInset, entryTop, end-fieldInset+textInset, entryHeight)
	f.letWheelPass()
}

// letWheelPass hands the mouse wheel on, unless there is more text in the field
// than it shows.
func (f *Field) letWheelPass() {
	width := f.entry.Size().Width - 2*textInset
	more := f.rows > 0 && len(lines.Wrap(f.entry.Text, lines.Font{Size: look.TextSize}, width, f.rows+1)) > f.rows
	if more != f.wheel.Hidden {
		f.wheel.Hidden = more
	}
}

func (f *Field) lineText() string {
	if f.problem != "" {
		return f.problem
	}
	return f.hint
}

func (f *Field) paint() {
	border, stroke := look.Field, float32(1)
	if f.focused {
		border, stroke = look.Accent, look.Ring
	}
	line := look.Muted
	if f.problem != "" {
		border, line = look.Red, look.Red
	}
	ground := look.Paper
	if f.entry.Disabled() {
		ground = look.Ground
	}
	fill(f.ground, ground, border, stroke)
	f.name.say(f.label, look.Muted)
	f.line.color = line
	f.line.text = f.lineText()
	f.line.Hidden = f.line.text == ""
	f.line.Refresh()
}

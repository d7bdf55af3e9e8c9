package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Sheet is a form that takes a page, or the right side of it: a title with a
// button that closes, fields in one column that scrolls, and a foot that stays
// in sight with Save, Cancel and what went wrong. The page gives it Ctrl+Enter
// and Escape by Save and Cancel.
type Sheet struct {
	widget.BaseWidget
	title, subtitle *Label
	problem         *Text
	save, cancel    *Button
	scroll          *Scroll
	body            *fyne.Container
}

// sheetColumn is the most that a sheet's column is wide: longer fields are hard
// to read.
const sheetColumn = 720

// NewSheet makes a sheet for a column of fields.
func NewSheet(fields fyne.CanvasObject, save, cancel func()) *Sheet {
	s := &Sheet{title: NewTitle(""), subtitle: NewSubtitle(""), problem: NewSmall("").Color(look.Red)}
	s.save = NewPrimary("Save", save).Shortcut("Ctrl Enter")
	s.cancel = NewButton("Cancel", cancel)
	s.scroll = NewScroll(Pad(6, pageInset, 24, pageInset, atMost(sheetColumn, fields)))
	s.subtitle.Hide()
	head := TopRow(10, Grow(Column(2, s.title, s.subtitle)), NewIconButton(look.Cross, "Close", s.Cancel))
	foot := atMost(sheetColumn, Row(10, Grow(s.problem), s.cancel, s.save))
	s.body = On(look.Paper, Frame(
		Pad(15, pageInset, 8, pageInset, head),
		Column(0, Rule(), On(look.Ground, Pad(12, pageInset, 12, pageInset, foot))),
		nil, nil, s.scroll))
	s.ExtendBaseWidget(s)
	return s
}

// SetTitle says what the sheet is for. An empty subtitle takes no room.
func (s *Sheet) SetTitle(title, subtitle string) {
	s.title.SetText(title)
	s.subtitle.SetText(subtitle)
	s.subtitle.Hidden = subtitle == ""
	s.Refresh()
}

// SetAct changes what the button that saves says, such as to "Add client".
func (s *Sheet) SetAct(act string) { s.save.SetText(act) }

// SetProblem shows in a sentence what went wrong that belongs to no one field;
// an empty one clears it.
func (s *Sheet) SetProblem(problem string) {
	s.problem.SetText(problem)
	s.Refresh()
}

// Problem gives what is shown as wrong.
func (s *Sheet) Problem() string { return s.problem.Text() }

// SetBusy keeps the sheet from being saved twice while it is being saved.
func (s *Sheet) SetBusy(on bool) { s.save.setDisabled(on) }

// Save does what its button does.
func (s *Sheet) Save() { s.save.Press() }

// Cancel does what its button does.
func (s *Sheet) Cancel() { s.cancel.Press() }

// Fit gives the fields the height that they have come to need.
func (s *Sheet) Fit() { s.scroll.Fit() }

// Top scrolls to the first field.
func (s *Sheet) Top() { s.scroll.Top() }

// CreateRenderer is for Fyne.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer { return drawBody(s, s.body) }

// atMost keeps an object at the left, no wider than width.
func atMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(most{width}, o)
}

type most struct{ width float32 }

func (l most) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return grow{}.heightAt(objects, min(width, l.width))
}

func (l most) MinSize(objects []fyne.CanvasObject) fyne.Size { return pad{}.MinSize(objects) }

func (l most) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	grow{}.Layout(objects, fyne.NewSize(min(size.Width, l.width), size.Height))
}

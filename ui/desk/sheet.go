package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/kit"
)

// Sheet is a form that stands over a page until it is saved or left.
type Sheet interface {
	Content() fyne.CanvasObject
	// Key is offered KeySave and KeyEscape.
	Key(name string) bool
	// Drafts gives what was typed and not saved.
	Drafts() []Draft
	// Leave closes the sheet and then goes on, after a question where something
	// was typed.
	Leave(then func())
}

// Stage is a part of the window that a sheet can take the place of. What
// stands there otherwise is hidden meanwhile, so that Tab does not go there.
type Stage struct {
	behind  fyne.CanvasObject
	content *fyne.Container
}

// NewStage makes a stage on which something stands.
func NewStage(behind fyne.CanvasObject) *Stage {
	return &Stage{behind: behind, content: container.NewStack(behind)}
}

// Content is what stands in the window.
func (s *Stage) Content() fyne.CanvasObject { return s.content }

func (s *Stage) put(front fyne.CanvasObject) {
	s.behind.Hide()
	s.content.Objects = []fyne.CanvasObject{s.behind, front}
	s.content.Refresh()
}

func (s *Stage) clear() {
	s.content.Objects = []fyne.CanvasObject{s.behind}
	s.behind.Show()
	s.content.Refresh()
}

// Staged is a View that keeps a part of itself in sight beside a sheet. Over
// any other the sheet takes all of the page's place.
type Staged interface{ Stage() *Stage }

// StageOf gives where a sheet over a page stands: the page's own stage, or
// whole.
func StageOf(page View, whole *Stage) *Stage {
	if page, ok := page.(Staged); ok {
		return page.Stage()
	}
	return whole
}

// Sheets keeps the one sheet of a window.
type Sheets struct {
	open   Sheet
	on     *Stage
	before fyne.Focusable // had the keyboard when the sheet came, and gets it back
}

// Open gives the sheet that is open, or nil.
func (s *Sheets) Open() Sheet { return s.open }

// Show puts a sheet on a stage, in place of the one that is open.
func (s *Sheets) Show(sheet Sheet, on *Stage) {
	s.Close()
	s.open, s.on = sheet, on
	if c := fyne.CurrentApp().Driver().CanvasForObject(on.content); c != nil {
		s.before = c.Focused()
	}
	on.put(sheet.Content())
}

// Close takes the sheet away. Keys must not reach what stood in it.
func (s *Sheets) Close() {
	if s.open == nil {
		return
	}
	s.on.clear()
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.on.content); c != nil {
		c.Unfocus()
	}
	if s.before != nil {
		kit.Focus(s.before)
	}
	s.open, s.on, s.before = nil, nil, nil
}

// Leave goes on once no sheet is open.
func (s *Sheets) Leave(then func()) {
	if s.open == nil {
		then()
		return
	}
	s.open.Leave(then)
}

// Key offers an act to the sheet that is open.
func (s *Sheets) Key(name string) bool { return s.open != nil && s.open.Key(name) }

// Drafts gives what was typed into the sheet and is not saved.
func (s *Sheets) Drafts() []Draft {
	if s.open == nil {
		return nil
	}
	return s.open.Drafts()
}

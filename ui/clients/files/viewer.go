package files

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casekeep/app/inside"
	"casekeep/app/inside/pdf"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// viewer covers the window with one file at a time.
type viewer struct {
	widget.BaseWidget
	shelf  *Shelf
	items  []Item
	at     int
	window fyne.Window

	title, facts, with *kit.Label
	notes              *fyne.Container
	told               fyne.CanvasObject // among notes: what was done last, or nil
	which              *kit.Label        // "2 of 5"
	stage, foot        *fyne.Container
	body               *fyne.Container

	job    job
	show   shown
	pane   *pane
	scroll *kit.Scroll // of a text on show, or nil

	keysBefore func(*fyne.KeyEvent)
	forget     func() // of the lock
}

func newViewer(s *Shelf, items []Item, at int) *viewer {
	v := &viewer{shelf: s, items: items, at: at, title: kit.NewTitle(""), facts: kit.NewSubtitle(""), with: kit.NewCaption(""),
		which: kit.NewSubtitle(""), notes: kit.Column(6), stage: container.NewStack(), foot: container.NewStack()}
	v.pane = newPane(v)
	head := []fyne.CanvasObject{kit.Grow(kit.Column(2, v.title, v.facts, v.with))}
	if len(items) > 1 {
		head = append(head, kit.NewIconButton(look.ChevronLeft, "Previous file", func() { v.step(-1) }), v.which,
			kit.NewIconButton(look.ChevronRight, "Next file", func() { v.step(1) }))
	}
	head = append(head, kit.NewIconButton(look.Cross, "Close", v.close))
	v.body = kit.On(look.Paper, kit.Frame(
		kit.Column(0, kit.Pad(12, 22, 10, 22, kit.Column(8, kit.TopRow(8, head...), v.notes)), kit.Rule()),
		kit.Column(0, kit.Rule(), kit.On(look.Ground, kit.Pad(8, 22, 8, 22, v.foot))),
		nil, nil, kit.On(look.Ground, v.stage)))
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer is for Fyne.
func (v *viewer) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.body) }

func (v *viewer) open() {
	v.window = v.shelf.desk.Window()
	c := v.window.Canvas()
	kit.RememberClicked(c)
	v.keysBefore = c.OnTypedKey()
	c.SetOnTypedKey(v.typedKey)
	c.Overlays().Add(v)
	v.forget = v.shelf.desk.WhenLocked(v.close)
	v.load()
	if slices.ContainsFunc(v.items, isPDF) {
		pdf.Prepare()
	}
}

// close takes the viewer away and drops all that was decoded.
func (v *viewer) close() {
	if v.shelf.viewer != v {
		return
	}
	v.shelf.viewer = nil
	v.forget()
	v.drop()
	c := v.window.Canvas()
	c.Overlays().Remove(v)
	c.SetOnTypedKey(v.keysBefore)
}

// step goes to another file.
func (v *viewer) step(by int) {
	if to := v.at + by; to >= 0 && to < len(v.items) {
		v.at = to
		v.load()
	}
}

func (v *viewer) item() Item { return v.items[v.at] }

// say shows the lines above the file. What is wrong with it stands out.
func (v *viewer) say(facts string, notes []string, wrong string) {
	v.title.SetText(v.item().File.Name)
	v.facts.SetText(facts)
	v.with.SetText(v.item().With)
	v.which.SetText(fmt.Sprintf("%d of %d", v.at+1, len(v.items)))
	v.notes.Objects = nil
	if wrong != "" {
		v.notes.Add(kit.Note(kit.Red, kit.NewText(wrong)))
	}
	for _, note := range notes {
		v.notes.Add(kit.Note(kit.Amber, kit.NewSmall(note)))
	}
	v.notes.Hidden = len(v.notes.Objects) == 0
	v.body.Refresh()
}

// tell says what was done with the file on show, until another is shown.
func (v *viewer) tell(text string) {
	if v.told != nil {
		v.notes.Remove(v.told)
	}
	v.told = kit.Note(kit.Green, kit.NewSmall(text))
	v.notes.Add(v.told)
	v.notes.Show()
	v.body.Refresh()
}

// put shows an object on the stage, and gives the keyboard to the viewer.
func (v *viewer) put(o fyne.CanvasObject, controls ...fyne.CanvasObject) {
	v.stage.Objects = []fyne.CanvasObject{o}
	item := v.item()
	all := append(controls, kit.Space(),
		kit.NewButton("Open outside", func() { v.shelf.AskOutside(item.File) }).Small(),
		kit.NewButton("Save a copy", func() { v.shelf.AskSave(item.File) }).Small())
	v.foot.Objects = []fyne.CanvasObject{kit.Row(8, all...)}
	v.body.Refresh()
	kit.Focus(v)
}

// isPDF reports whether a file says that it is a PDF.
func isPDF(i Item) bool {
	return inside.Media(i.File.Type) == "application/pdf" || strings.EqualFold(path.Ext(i.File.Name), ".pdf")
}

package inbox

import (
	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
)

// outcome shows what an import did.
type outcome struct {
	content  *kit.Scroll
	inner    *fyne.Container
	title    *kit.Label
	subtitle *kit.Label
	body     *fyne.Container
	undo     *kit.Button
	show     *kit.Button
	next     *kit.Button
	told     telling
}

// acts are what can be done after an import.
type acts struct {
	show, undo, next, back func()
	copy                   func(text string)
}

func newOutcome(do acts) *outcome {
	o := &outcome{title: kit.NewTitle(""), subtitle: kit.NewSubtitle(""), body: kit.Column(14)}
	o.show = kit.NewPrimary("Show in the timeline", do.show)
	o.undo = kit.NewButton("Undo this import", do.undo).Icon(look.Undo)
	o.next = kit.NewButton("", do.next).Icon(look.ArrowRight)
	copied := kit.NewButton("Copy the report", func() { do.copy(o.told.Text()) }).Icon(look.Copy)
	head := kit.Row(8, kit.NewPicture(look.Check, look.Green), kit.Grow(o.title))
	o.inner = kit.Pad(18, 22, 22, 22, kit.Column(14,
		kit.Column(2, head, o.subtitle),
		kit.Flow(8, o.show, o.next, o.undo, copied, kit.NewButton("Back", do.back)),
		o.body))
	o.content = kit.NewScroll(o.inner)
	return o
}

// shownLines is how many lines of a section are shown; the rest is copied with
// the report.
const shownLines = 40

// set shows a report. next names the client whose messages come next, "" for
// nobody.
func (o *outcome) set(r app.ImportReport, into, next string) {
	o.told = tell(r)
	o.title.SetText(o.told.title)
	o.subtitle.SetText("into " + names.Of(into) + " record")
	o.undo.Enable()
	o.show.Enable()
	o.next.Hidden = next == ""
	o.next.SetText("Next: " + next)
	o.body.Objects = []fyne.CanvasObject{sumCard(o.told.sum)}
	for _, s := range o.told.sections {
		o.body.Objects = append(o.body.Objects, sectionOf(s))
	}
	o.body.Objects = append(o.body.Objects, sectionOf(section{"Files", o.told.files}))
	o.inner.Refresh()
	o.content.Top()
}

// focus gives the keyboard to what most likely comes next.
func (o *outcome) focus() {
	if o.next.Visible() {
		kit.Focus(o.next)
	} else {
		kit.Focus(o.show)
	}
}

// undone says that the import was taken back.
func (o *outcome) undone() {
	o.title.SetText("This import was undone")
	o.undo.Disable()
	o.show.Disable()
}

// sumCard shows the counts under one another, and what they add up to.
func sumCard(sum []sumLine) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, line := range sum {
		if i == len(sum)-1 {
			rows = append(rows, kit.Rule())
		}
		rows = append(rows, kit.Row(14, kit.Wide(78, kit.NewStrong(kit.Number(line.n)).Right()), kit.Grow(kit.NewLabel(line.text))))
	}
	return kit.Card(kit.Pad(12, 16, 12, 0, kit.Column(6, rows...)))
}

func sectionOf(s section) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewHeading(s.title)}
	for i, line := range s.lines {
		if i == shownLines {
			rows = append(rows, kit.NewNote("And "+kit.Number(len(s.lines)-i)+" more: copy the report to read them all."))
			break
		}
		rows = append(rows, kit.NewNote(line))
	}
	return kit.Column(4, rows...)
}

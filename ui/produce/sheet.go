package produce

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// sheet shows the record's cover as it will be, and what its reader will
// notice.
type sheet struct {
	content         fyne.CanvasObject
	title, subtitle *kit.Label
	hold            *kit.Text       // the legal holds on the record
	head            *fyne.Container // title, and them
	inner           *fyne.Container
	cover, notes    *fyne.Container
}

const (
	sheetWidth  = 440
	sheetHeight = sheetWidth * 11 / 8.5 // letter paper
)

func newSheet() *sheet {
	s := &sheet{title: kit.NewTitle(""), subtitle: kit.NewSubtitle(""), cover: kit.Column(7), notes: kit.Column(6)}
	paper := container.New(atLeast(sheetHeight), kit.Card(kit.Pad(30, 34, 30, 34, s.cover)))
	s.inner = kit.Pad(4, 22, 24, 22, kit.TopRow(0, kit.Space(), kit.Wide(sheetWidth, kit.Column(16, paper, s.notes)), kit.Space()))
	s.hold = kit.NewSmall("").Color(look.Red)
	s.head = kit.Column(1, s.title, s.subtitle, kit.Pad(7, 0, 0, 0, kit.Note(kit.Red, s.hold)))
	head := kit.Pad(18, 22, 12, 22, s.head)
	s.content = kit.On(look.Ground, kit.Frame(head, nil, nil, nil, kit.NewScroll(s.inner)))
	return s
}

// about is what the cover says.
type about struct {
	practice    record.Practice
	client      record.Client
	to, purpose string
	from, until record.Date
	holds       contents
	hold        string    // the legal holds on the record, in a line
	now         time.Time // in the practice's zone
}

func (s *sheet) show(a about) {
	s.title.SetText(names.Of(a.client.Name) + " record")
	s.subtitle.SetText(phrase.Count(a.holds.entries, "entry", "entries") + " · " + phrase.Count(a.holds.attachments, "attachment", "attachments") +
		" · record no. " + a.client.Number)
	s.hold.SetText(a.hold)
	s.head.Objects[2].(*fyne.Container).Hidden = a.hold == ""
	s.content.Refresh()
	s.cover.Objects = a.lines()
	s.notes.Objects = nil
	for _, note := range a.holds.notes() {
		s.notes.Objects = append(s.notes.Objects, kit.TopRow(8, kit.NewPicture(look.Info, look.Muted), kit.Grow(kit.Pad(1, 0, 0, 0, kit.NewNote(note)))))
	}
	s.notes.Objects = append(s.notes.Objects, kit.TopRow(8, kit.NewPicture(look.Warning, look.Amber), kit.Grow(kit.Pad(1, 0, 0, 0,
		kit.NewNote("A record holds what other people said and wrote, too. Hand it to the recipient; never post it, and never send it unprotected.")))))
	s.inner.Refresh()
}

// lines composes the cover.
func (a about) lines() []fyne.CanvasObject {
	from := []fyne.CanvasObject{kit.NewStrong(a.practice.Name)}
	for _, text := range []string{a.practice.Owner, a.practice.License, a.practice.Contact} {
		if text != "" {
			from = append(from, kit.NewSmall(text))
		}
	}
	all := []fyne.CanvasObject{kit.Column(2, from...)}
	all = append(all, kit.Pad(38, 0, 0, 0, kit.NewTitle("Client record").Color(look.Accent)), kit.NewText(a.client.Name).Bold(), kit.Pad(8, 0, 0, 0, kit.Rule()))
	for _, row := range a.rows() {
		color := look.Ink
		if row.missing {
			color = look.Faint
		}
		all = append(all, kit.TopRow(12, kit.Wide(110, kit.NewSubtitle(row.label)), kit.Grow(kit.NewNote(row.text).Color(color))))
	}
	return all
}

// coverRow is a line of the cover; a missing text is still to be typed.
type coverRow struct {
	label, text string
	missing     bool
}

func (a about) rows() []coverRow {
	c := a.client
	rows := []coverRow{{label: "Record number", text: c.Number}}
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, coverRow{label: label, text: text})
		}
	}
	ask := func(label, text, empty string) {
		if text = strings.TrimSpace(text); text == "" {
			rows = append(rows, coverRow{label, empty, true})
			return
		}
		add(label, text)
	}
	if c.LegalName != c.Name {
		add("Legal name", c.LegalName)
	}
	add("Client", phrase.Kind(c.Kind))
	add("Born", c.Born.Long())
	add("Period", a.period())
	add("Contains", a.contains())
	ask("Produced for", a.to, "whoever receives it")
	ask("Purpose", a.purpose, "why it is released")
	add("Produced on", record.DateOf(a.now).Long())
	add("Left out", leftOut(a.from, a.until, a.holds.outside))
	return rows
}

func (a about) contains() string {
	text := phrase.Count(a.holds.entries, "entry", "entries")
	if n := a.holds.attachments; n > 0 {
		text += ", " + phrase.Count(n, "attachment", "attachments") + " of " + phrase.Size(a.holds.bytes)
	}
	return text
}

// period says which days the record covers, as far as it has entries.
func (a about) period() string {
	first, last := a.from, a.until
	if first.IsZero() {
		first = a.holds.first
	}
	if last.IsZero() {
		last = a.holds.last
	}
	switch {
	case first.IsZero() || last.IsZero():
		return "No entry"
	case first == last:
		return first.Long()
	}
	return first.Long() + " to " + last.Long()
}

// atLeast gives an object a height, or what it needs if that is more.
type atLeast float32

func (h atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(size.Width, max(size.Height, float32(h)))
}

func (h atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
}

package compose

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// near are the channels that always stand on the bar.
var near = []record.Channel{record.Text, record.Mail, record.Call, record.Video}

// segmentDirections gives the directions on the bar: a third person stands
// there only where one is chosen.
func (c *Composer) segmentDirections() []record.Direction {
	if c.now.Direction == record.Third {
		return []record.Direction{record.In, record.Out, record.Third}
	}
	return []record.Direction{record.In, record.Out}
}

// segmentChannels gives the channels on the bar: the near ones, and another
// one where it is chosen.
func (c *Composer) segmentChannels() []record.Channel {
	if slices.Contains(near, c.now.Channel) {
		return near
	}
	return append(slices.Clone(near), c.now.Channel)
}

// show brings every part into line with the state.
func (c *Composer) show() {
	s := c.now
	setText(c.text, s.Text)
	setText(c.subject, s.Subject)
	setText(c.who, s.Who)
	setText(c.relation, s.Relation)
	c.subject.Hidden = !s.hasSubject()
	c.who.Hidden = s.Direction != record.Third
	c.relation.Hidden = c.who.Hidden
	hideGrown(c.extra)

	showChoice(c.channels, c.segmentChannels(), s.Channel, phrase.Channel)
	showChoice(c.directions, c.segmentDirections(), s.Direction, phrase.Direction)
	c.when.SetText(s.whenText(c.desk.Practice().Now(), c.home))
	c.length.SetText(s.lengthText())
	c.outcome.SetText(orText(s.Outcome, "Outcome?"))
	c.identity.SetText(s.identityText())
	c.location.SetText(s.locationText())
	c.purpose.SetText(purposeText(s.Purpose))
	c.purpose.Hidden = s.Purpose == record.PurposeService
	c.length.Hidden = !s.hasLength()
	c.outcome.Hidden = !s.hasOutcome()
	c.identity.Hidden = !s.isRemote()
	c.location.Hidden = !s.isRemote()
	c.bar.Refresh()
	c.showFiles()
	c.note.SetText(c.about())
	c.note.Hidden = c.note.Text() == ""
	c.caution.SetText(c.warning())
	c.mend.SetText(c.warnAct())
	c.warn.Hidden = c.caution.Text() == ""
	c.problem.SetText("")
	c.problem.Hidden = true
	c.resize()
}

func setText(f *kit.Field, text string) {
	if f.Text() != text {
		f.SetText(text)
	}
}

// hideGrown hides the containers of hidden fields, and the row itself where
// nothing of it is left.
func hideGrown(row *fyne.Container) {
	row.Hidden = true
	for _, o := range row.Objects {
		grown := o.(*fyne.Container)
		grown.Hidden = !grown.Objects[0].Visible()
		row.Hidden = row.Hidden && grown.Hidden
	}
}

// showChoice puts options on the bar with one chosen.
func showChoice[T comparable](on *kit.Segments, options []T, chosen T, name func(T) string) {
	var names []string
	for _, o := range options {
		names = append(names, name(o))
	}
	on.SetOptions(names)
	on.Choose(slices.Index(options, chosen))
}

func (c *Composer) showFiles() {
	c.files.Objects = nil
	for i, path := range c.now.Files {
		c.files.Add(kit.NewButton("Remove "+filepath.Base(path), func() {
			c.change(func(s *state) { s.Files = slices.Delete(slices.Clone(s.Files), i, i+1) })
		}).Small().Icon(look.Paperclip))
	}
	c.files.Hidden = len(c.now.Files) == 0
}

// HeightAt gives the height that the composer needs at a width. Its bar knows
// how many lines it takes once it has been laid out.
func (c *Composer) HeightAt(width float32) float32 {
	if width != c.inner.Size().Width {
		c.inner.Resize(fyne.NewSize(width, c.inner.MinSize().Height))
	}
	c.height = c.inner.MinSize().Height
	return c.height
}

// resize lays everything out anew, and tells the page if the composer has come
// to need another height.
func (c *Composer) resize() {
	before := c.height
	c.inner.Refresh()
	if width := c.inner.Size().Width; width > 0 && c.HeightAt(width) != before && c.Resized != nil {
		c.Resized()
	}
}

// MinSize is as high as the composer is at its present width.
func (c *Composer) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(200, c.inner.MinSize().Height)
}

// CreateRenderer is for Fyne.
func (c *Composer) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.inner) }

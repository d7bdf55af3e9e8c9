package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// DutyRow draws one Duty of a standing, and is used again for others. While its
// list has the keyboard, Left and Right reach its links, and Enter presses the
// one that is reached.
type DutyRow struct {
	widget.BaseWidget
	duty     Duty
	selected bool
	press    func(part int)
	reaching reaching

	ground, mark, rule *canvas.Rectangle
	id                 words
	authority, text    []words
	said               []words // evidence that is no link
	runs               []run
	links              []*rowLink // for each run that is a link
	spare              []*rowLink
	state              *Chip
	r                  *drawing
}

// NewDutyRow makes an empty row, to be filled by Set.
func NewDutyRow() *DutyRow {
	d := &DutyRow{
		ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil),
		id: newWords(look.CaptionSize, false), state: NewChip(Neutral, ""),
	}
	d.ExtendBaseWidget(d)
	return d
}

// Set fills the row. press is called with the index of the part of the evidence
// that was pressed.
func (d *DutyRow) Set(duty Duty, selected bool, press func(part int)) {
	if !selected || duty.ID != d.duty.ID {
		d.leave()
	}
	d.duty, d.selected, d.press = duty, selected, press
	d.state.Set(duty.Tone, duty.State)
	d.Refresh()
}

// AccessibilityLabel gives the duty to a screen reader.
func (d *DutyRow) AccessibilityLabel() string {
	said := d.duty.ID + ", " + d.duty.State + ": " + d.duty.Text + ". "
	for _, part := range d.duty.Evidence {
		said += part.Text
	}
	return said
}

// AccessibilityRole says that it is text.
func (d *DutyRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (d *DutyRow) key(ev *fyne.KeyEvent) bool { return d.reaching.key(ev, d.ends()) }

func (d *DutyRow) leave() { d.reaching.reach(0, d.links) }

// ends gives one link for each part: its last piece, where it wraps.
func (d *DutyRow) ends() []*rowLink {
	var all []*rowLink
	for _, link := range d.links {
		if link.after != "" {
			all = append(all, link)
		}
	}
	return all
}

// CreateRenderer is for Fyne.
func (d *DutyRow) CreateRenderer() fyne.WidgetRenderer {
	d.r = draw(d,
		func() fyne.Size { return fyne.NewSize(200, d.duty.Height(max(d.Size().Width, 200))) },
		d.layout, d.paint)
	d.collect()
	return d.r
}

func (d *DutyRow) layout(size fyne.Size) {
	c := d.duty.columns(size.Width)
	place(d.ground, 0, 0, size.Width, size.Height)
	place(d.mark, 0, 0, 3, size.Height)
	place(d.rule, 0, size.Height-1, size.Width, 1)
	d.id.fit(d.duty.ID, idWidth-8)
	place(d.id, pageInset, dutyTop+1, idWidth-8, d.id.height())
	authority := d.duty.authorityLines()
	d.authority = setLines(d.authority, authority, metaFont, look.Faint, false)
	placeLines(d.authority, authority, metaFont, pageInset, dutyTop+1+d.id.height())

	text := d.duty.textLines(c)
	font := d.duty.font()
	d.text = setLines(d.text, text, font, look.Ink, false)
	for i := range d.text { // the row may have shown one of the other weight
		d.text[i].setBold(font.Bold)
	}
	y := placeLines(d.text, text, font, c.text, dutyTop)
	if !c.under {
		y = dutyTop + 1
	}
	d.layoutEvidence(c, y)
	place(d.state, c.state, dutyTop-2, stateWidth, 22)
	d.collect()
}

func (d *DutyRow) layoutEvidence(c dutyColumns, y float32) {
	d.runs, _ = layParts(d.duty.Evidence, metaFont, c.evidenceWidth)
	d.spare = append(d.spare, d.links...)
	d.links = nil
	var said []lines.Line
	for _, r := range d.runs {
		if !d.duty.Evidence[r.part].Link {
			said = append(said, lines.Line{Shown: lines.Shown(r.text)})
		}
	}
	d.said = setLines(d.said, said, metaFont, look.Muted, false)
	height := lines.Height(metaFont)
	next := 0
	for _, r := range d.runs {
		top := y + float32(r.line)*height
		if d.duty.Evidence[r.part].Link {
			place(d.link(r), c.evidence+r.x, top, r.width, height)
			continue
		}
		place(d.said[next], c.evidence+r.x, top, r.width, height)
		next++
	}
	d.reaching.reach(d.reaching.at, d.ends())
}

// link takes a link that is not in use, or a new one.
func (d *DutyRow) link(r run) *rowLink {
	if len(d.spare) == 0 {
		d.spare = append(d.spare, newRowLink(look.CaptionSize))
	}
	link := d.spare[0]
	d.spare = slices.Delete(d.spare, 0, 1)
	after := look.IconName("")
	if r.last {
		after = look.ChevronRight
	}
	link.set(r.text, after, func() {
		if d.press != nil {
			d.press(r.part)
		}
	})
	d.links = append(d.links, link)
	return link
}

func (d *DutyRow) paint() {
	ground, mark := look.Clear, look.Clear
	if d.selected {
		ground, mark = look.Ground, look.Accent
	}
	d.ground.FillColor, d.mark.FillColor = look.Color(ground), look.Color(mark)
	d.rule.FillColor = look.Color(look.Line)
	d.id.say(d.duty.ID, look.Muted)
}

// collect tells the renderer what there is to draw.
func (d *DutyRow) collect() {
	if d.r == nil {
		return
	}
	objects := append(d.r.objects[:0:0], d.ground, d.mark, d.rule, d.id.Text)
	for _, all := range [][]words{d.authority, d.text, d.said} {
		for _, w := range all {
			objects = append(objects, w.Text)
		}
	}
	for _, link := range d.links {
		objects = append(objects, link)
	}
	d.r.objects = append(objects, d.state)
}

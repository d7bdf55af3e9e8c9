package release

import (
	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
)

// style is how a text looks.
type style struct {
	weight  typeset.Weight
	size    float64 // points
	leading float64 // from line to line, points
	color   pdf.Color
}

var (
	bodyStyle    = style{typeset.Regular, 10, 14.5, ink}
	headStyle    = style{typeset.Bold, 9.5, 13.5, ink}
	plainHead    = style{typeset.Regular, 9.5, 13.5, muted}
	subjectStyle = style{typeset.Bold, 10, 14.5, ink}
	detailStyle  = style{typeset.Regular, 8.5, 12, muted}
	labelStyle   = style{typeset.Regular, 8.5, 14.5, muted}
	captionStyle = style{typeset.Regular, 7.5, 10.5, muted}
	noteStyle    = style{typeset.Bold, 8.5, 12, amber}
	errorStyle   = style{typeset.Bold, 8.5, 12, red}
)

// drop gives how far the baseline stands above the lower edge of its line.
func (s style) drop() float64 { return (s.leading-s.size)/2 + 0.22*s.size }

// block is a part of an entry: lines of one style, or a picture.
type block struct {
	style
	lines   []typeset.Line
	indent  float64 // from the left margin
	width   float64
	above   float64 // space before it
	struck  bool
	bar     bool // an accent bar at the left: what was added later
	picture *plate
	beside  []typeset.Line            // labels left of the lines, in labelStyle
	draw    func(s *sheet, y float64) // a line of several styles, in place of lines
}

// plate is a picture at its size on paper.
type plate struct {
	name          string
	ref           pdf.Ref
	width, height float64
}

func (b block) height() float64 {
	switch {
	case b.picture != nil:
		return b.above + b.picture.height
	case b.draw != nil:
		return b.above + b.leading
	}
	return b.above + float64(len(b.lines))*b.leading
}

// flow places blocks on sheets from top to bottom.
type flow struct {
	press   *press // nil: only measured
	text    *typeset.Typesetter
	front   bool
	sheet   *sheet // nil: none begun
	y       float64
	printed int
	running string // what a page break interrupts, said at the top of the next page
}

// begin makes sure that a sheet is there.
func (f *flow) begin() {
	if f.sheet != nil {
		return
	}
	f.sheet = newSheet(f.press)
	f.y = textTop
	if f.running != "" {
		f.sheet.content.Artifact(func() {
			f.sheet.content.Fill(faint)
			f.text.Line(f.running, typeset.Italic).Draw(f.sheet, marginLeft+hang, textTop+14, 8)
		})
	}
}

// end prints the sheet.
func (f *flow) end() {
	if f.sheet != nil {
		if f.press != nil {
			f.press.print(f.sheet, f.front)
		}
		f.printed++
		f.sheet = nil
	}
}

// atTop reports whether nothing stands on the sheet yet.
func (f *flow) atTop() bool { return f.sheet == nil || f.y == textTop }

// room gives the height that is left.
func (f *flow) room() float64 {
	f.begin()
	return f.y - textBottom
}

// need starts a new sheet unless the height is left.
func (f *flow) need(height float64) {
	if f.room() < height && !f.atTop() {
		f.end()
	}
	f.begin()
}

// page gives the index of the page that is being filled, from 0.
func (f *flow) page() int { return f.printed }

// place puts a block on the page, over as many pages as it takes.
func (f *flow) place(b block) {
	f.begin()
	if !f.atTop() {
		f.y -= b.above
	}
	switch {
	case b.picture != nil:
		f.picture(b)
	case b.draw != nil:
		f.need(b.leading)
		f.y -= b.leading
		b.draw(f.sheet, f.y+b.drop())
	default:
		for i, l := range b.lines {
			f.need(b.leading)
			f.y -= b.leading
			if i < len(b.beside) {
				f.label(b, b.beside[i])
			}
			f.line(b, l)
		}
	}
}

// picture draws a picture. One that is a little too tall for the rest of the
// page is made smaller rather than leaving the page half empty.
func (f *flow) picture(b block) {
	const caption = 26.0 // what stands below it, on the same page
	width, height := b.picture.width, b.picture.height
	if room := f.room() - caption; room < height && room >= 0.6*height && room >= 120 {
		width, height = width*room/height, room
	}
	f.need(height + caption)
	f.y -= height
	f.sheet.UseImage(b.picture.name, b.picture.ref)
	left := marginLeft + b.indent
	f.sheet.content.Image(b.picture.name, left, f.y, width, height)
	f.sheet.content.Stroke(line)
	f.sheet.content.Frame(left, f.y, width, height, 0.5)
}

// baseline gives where a block's first line will sit. The block must fit on
// the page.
func (f *flow) baseline(b block) float64 {
	y := f.y - b.leading + b.drop()
	if !f.atTop() {
		y -= b.above
	}
	return y
}

// line draws one line of a block, its baseline where the type sits.
func (f *flow) line(b block, l typeset.Line) {
	c := &f.sheet.content
	baseline := f.y + b.drop()
	left := marginLeft + b.indent
	if b.bar {
		c.Fill(accent)
		c.Rect(left-9, f.y, 1.5, b.leading)
	}
	x := l.Align(left, b.width, b.size)
	if len(b.beside) > 0 { // an answer stays beside its label, whichever way it is read
		x = left
	}
	c.Fill(b.color)
	l.Draw(f.sheet, x, baseline, b.size)
	if b.struck && l.Width > 0 {
		c.Stroke(red)
		c.Line(x, baseline+0.28*b.size, x+l.Points(b.size), baseline+0.28*b.size, 0.7)
	}
}

// label draws a line that ends where a block's own begins, on its baseline: so
// near that a reader takes both as one line.
func (f *flow) label(b block, l typeset.Line) {
	f.sheet.content.Fill(labelStyle.color)
	l.Draw(f.sheet, marginLeft+b.indent-besideGap-l.Points(labelStyle.size), f.y+b.drop(), labelStyle.size)
}

// lines sets a text as a block.
func (f *flow) lines(text string, s style, indent float64) block {
	width := textWidth - indent
	return block{style: s, lines: f.text.Lines(text, s.weight, s.size, width), indent: indent, width: width}
}

// span is a part of a line of several styles.
type span struct {
	text  string
	style style
}

// mixed sets parts of several styles one after the other, broken between
// parts where a line is full. The hanging part, if any, stands in the margin
// of the first line.
func (f *flow) mixed(indent float64, hanging span, parts ...span) []block {
	type set struct {
		line  typeset.Line
		style style
		x     float64
	}
	var rows [][]set
	x, width := 0.0, textWidth-indent
	for _, p := range parts {
		l := f.text.Line(p.text, p.style.weight)
		w := l.Points(p.style.size)
		if len(rows) == 0 || x+w > width && x > 0 {
			rows = append(rows, nil)
			x = 0
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], set{l, p.style, x})
		x += w
	}
	var blocks []block
	for i, row := range rows {
		blocks = append(blocks, block{style: headStyle, draw: func(s *sheet, y float64) {
			if i == 0 && hanging.text != "" {
				s.content.Fill(hanging.style.color)
				f.text.Line(hanging.text, hanging.style.weight).Draw(s, marginLeft, y, hanging.style.size)
			}
			for _, part := range row {
				s.content.Fill(part.style.color)
				part.line.Draw(s, marginLeft+indent+part.x, y, part.style.size)
			}
		}})
	}
	return blocks
}

package release

import (
	"fmt"
	"time"

	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
)

// The headings of the timeline: a year, a month, a day.
var (
	yearStyle  = style{typeset.Bold, 17, 24, accent}
	monthStyle = style{typeset.Bold, 12, 17, accent}
	dayStyle   = style{typeset.Bold, 8.5, 12, muted}
)

// heading is a title over entries.
type heading struct {
	title string
	style style
	above float64
	mark  *section // the section that begins here, nil for a day
	rule  bool
}

// section is a line of the contents and a bookmark.
type section struct {
	title   string
	page    int // index among the pages after the front matter
	ref     pdf.Ref
	top     float64
	entries int
	under   []*section
}

// headings gives the titles that come before an entry at a time. Years and
// months only go forward: an entry said in another zone does not open the
// month before again.
func (b *book) headings(at time.Time) []heading {
	var list []heading
	month := at.Year()*12 + int(at.Month()) - 1
	if len(b.sections) == 0 || month/12 > b.month/12 {
		title := fmt.Sprintf("Timeline %d", at.Year())
		year := &section{title: title}
		b.sections = append(b.sections, year)
		list = append(list, heading{title: title, style: yearStyle, above: 26, mark: year})
	}
	year := b.sections[len(b.sections)-1]
	if len(year.under) == 0 || month > b.month {
		title := at.Format("January 2006")
		m := &section{title: title}
		year.under = append(year.under, m)
		b.month = month
		list = append(list, heading{title: title, style: monthStyle, above: 18, mark: m})
	}
	year.entries++
	year.under[len(year.under)-1].entries++
	if day := at.Format("Monday, January 2, 2006"); day != b.day || len(list) > 0 {
		b.day = day
		list = append(list, heading{title: day, style: dayStyle, above: 14, rule: true})
	}
	return list
}

func (b *book) headingsHeight(list []heading) float64 {
	height := 0.0
	for _, h := range list {
		height += h.above + h.style.leading
	}
	return height
}

func (b *book) drawHeadings(list []heading) {
	for _, h := range list {
		b.heading(h)
	}
}

// heading draws a title and notes where its section begins.
func (b *book) heading(h heading) {
	f := b.flow
	set := f.text.Line(h.title, h.style.weight)
	f.place(block{style: h.style, above: h.above, draw: func(s *sheet, y float64) {
		if h.mark != nil {
			h.mark.page, h.mark.ref, h.mark.top = f.page(), s.ref, y+h.style.size+8
		}
		s.content.Fill(h.style.color)
		set.Draw(s, marginLeft, y, h.style.size)
		if h.rule {
			s.content.Stroke(line)
			left := marginLeft + set.Points(h.style.size) + 8
			s.content.Line(left, y+h.style.size*0.3, marginLeft+textWidth, y+h.style.size*0.3, 0.6)
		}
	}})
}

// part begins a part after the timeline: the first on a new page, the others
// where enough room is left for their beginning.
func (b *book) part(title string) {
	const enough = 0.4 * (textTop - textBottom)
	above := 34.0
	if !b.apart || b.flow.room() < enough {
		b.flow.end()
		b.apart, above = true, 0
	}
	mark := &section{title: title}
	b.sections = append(b.sections, mark)
	b.heading(heading{title: title, style: yearStyle, above: above, mark: mark})
}

package release

import (
	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
)

var (
	contentsPart  = style{typeset.Bold, 10.5, 20, ink}
	contentsMonth = style{typeset.Regular, 9.5, 15, ink}
)

// contents composes the table of contents. Before is the number of pages that
// stand before the first one of the timeline.
func (b *book) contents(f *flow, before int) {
	f.place(f.lines("Contents", yearStyle, 0))
	f.y -= 8
	for _, s := range b.sections {
		b.contentsLine(f, s, contentsPart, 0, before)
		for _, m := range s.under {
			b.contentsLine(f, m, contentsMonth, 18, before)
		}
	}
	f.end()
}

// contentsLine puts a title, leaders and the page's number, and makes the
// line a link.
func (b *book) contentsLine(f *flow, s *section, st style, indent float64, before int) {
	f.need(st.leading)
	title := f.text.Line(s.title, st.weight)
	number := f.text.Line(thousands(int64(s.page+before+1)), st.weight)
	f.place(block{style: st, draw: func(on *sheet, y float64) {
		on.content.Fill(st.color)
		title.Draw(on, marginLeft+indent, y, st.size)
		right := marginLeft + textWidth
		left := marginLeft + indent + title.Points(st.size)
		if s.entries > 0 {
			on.content.Fill(faint)
			entries := f.text.Line(count(s.entries, "entry", "entries"), typeset.Regular)
			entries.Draw(on, left+8, y, 8)
			left += 8 + entries.Points(8)
		}
		on.content.Stroke(line)
		on.content.Line(left+8, y+2, right-number.Points(st.size)-8, y+2, 0.6)
		on.content.Fill(st.color)
		number.Draw(on, right-number.Points(st.size), y, st.size)
		on.link(marginLeft, y-4, right, y+st.size, pdf.Dest(s.ref, s.top))
	}})
}

// contentsPages measures how many pages the table of contents takes.
func (b *book) contentsPages() int {
	pages, y := 1, textTop-yearStyle.leading-8
	line := func(leading float64) {
		if y-textBottom < leading {
			pages, y = pages+1, textTop
		}
		y -= leading
	}
	for _, s := range b.sections {
		line(contentsPart.leading)
		for range s.under {
			line(contentsMonth.leading)
		}
	}
	return pages
}

// bookmarks gives the outline that a reader's program shows.
func (b *book) bookmarks(cover, contents pdf.Ref) []*pdf.Bookmark {
	marks := []*pdf.Bookmark{
		{Title: "Cover", Page: cover, Top: pageHeight},
		{Title: "Contents", Page: contents, Top: pageHeight},
	}
	for _, s := range b.sections {
		mark := &pdf.Bookmark{Title: s.title, Page: s.ref, Top: s.top}
		for _, m := range s.under {
			mark.Under = append(mark.Under, &pdf.Bookmark{Title: m.title, Page: m.ref, Top: m.top})
		}
		marks = append(marks, mark)
	}
	return marks
}

package release

import (
	"strings"
	"time"

	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// book is a record on its way to paper.
type book struct {
	rec  Record
	zone *time.Location
	out  *pdf.Writer
	text *typeset.Typesetter

	press *press
	flow  *flow

	number   int // of the entry that was placed last
	numbers  map[record.EntryID]int
	now      record.EntryID // the entry that is being set
	month    int            // of the section that is open: year*12 + month
	day      string
	apart    bool // the parts after the timeline have begun
	sections []*section

	sources  []record.Source
	imported []importedEntry
	attached []attachedFile
	missing  map[rune]*MissingGlyph
	notShown []NotShown
}

func newBook(rec Record, out *pdf.Writer, text *typeset.Typesetter) *book {
	b := &book{
		rec: rec, zone: rec.Zone, out: out, text: text,
		press: newPress(out), numbers: map[record.EntryID]int{}, missing: map[rune]*MissingGlyph{},
	}
	if b.zone == nil {
		b.zone = time.UTC
	}
	b.flow = &flow{press: b.press, text: text}
	text.Missing = b.countMissing
	return b
}

// local gives a time in the practice's zone: what the practice did, such as
// writing an entry, is told in its own time.
func (b *book) local(t time.Time) time.Time { return t.In(b.zone) }

// footer draws the line at the bottom of every page.
func (b *book) footer(s *sheet, page, pages int) {
	const size = 8.0
	c := &s.content
	c.Artifact(func() {
		c.Stroke(line)
		c.Line(marginLeft, footerY+14, marginLeft+textWidth, footerY+14, 0.6)
		c.Fill(muted)
		const room = textWidth - 120 // beside the page's number
		b.text.Lines(b.title(), typeset.Regular, size, room)[0].Draw(s, marginLeft, footerY, size)
		number := b.text.Line("Page "+thousands(int64(page))+" of "+thousands(int64(pages)), typeset.Regular)
		number.Draw(s, marginLeft+textWidth-number.Points(size), footerY, size)
	})
}

// title names the record, in the footer and to the reader's program.
func (b *book) title() string {
	title := "Client record · " + b.rec.Client.Name
	if b.rec.Client.Number != "" {
		title += " · no. " + b.rec.Client.Number
	}
	return title
}

func join(parts []string) string { return joinWith(parts, " · ") }

func joinWith(parts []string, separator string) string { return strings.Join(parts, separator) }

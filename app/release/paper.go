package release

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"time"

	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// paper is what every document is made with.
type paper struct {
	out   *pdf.Writer
	text  *typeset.Typesetter
	press *press
	flow  *flow

	now     record.EntryID // the entry that is being set, 0 for none
	missing map[rune]*MissingGlyph

	begins []int // the pages, from 0, on which parts begin that are numbered each for itself
}

func newPaper(w io.Writer, id [16]byte, opt Options) (*paper, error) {
	out, err := pdf.NewWriter(w, id, opt.Password)
	if err != nil {
		return nil, err
	}
	text, err := typeset.New(out, opt.Fonts)
	if err != nil {
		return nil, err
	}
	p := &paper{out: out, text: text, press: newPress(out), missing: map[rune]*MissingGlyph{}}
	p.flow = &flow{press: p.press, text: text}
	text.Missing = p.countMissing
	return p, nil
}

// close writes what holds the pages together. The outline is asked for once
// all pages are there; nil: there is none. The footers stand at the bottom of
// every page, one under the other.
func (p *paper) close(title string, made time.Time, outline func() pdf.Ref, footers ...string) error {
	p.press.finish(p.text, func(s *sheet, page, pages int) {
		page, pages = p.within(page, pages)
		p.footer(s, footers, page, pages)
	})
	marks := ""
	if outline != nil {
		marks = fmt.Sprintf(" /Outlines %s /PageMode /UseOutlines", outline())
	}
	catalog, info := p.out.Alloc(), p.out.Alloc()
	p.out.Object(catalog, fmt.Sprintf("<< /Type /Catalog /Pages %s%s /Lang %s /ViewerPreferences << /DisplayDocTitle true >>%s >>",
		p.press.root, marks, p.out.String("en-US"), p.out.Extensions()))
	date := p.out.String(pdf.Date(made))
	p.out.Object(info, fmt.Sprintf("<< /Title %s /Creator %s /Producer %s /CreationDate %s /ModDate %s >>",
		p.out.String(title), p.out.String("Casekeep"), p.out.String("Casekeep"), date, date))
	return p.out.Close(catalog, info)
}

// within gives a page's number within its part, and how many that part has.
func (p *paper) within(page, pages int) (int, int) {
	first := 0
	for _, begins := range p.begins {
		if begins >= page {
			pages = begins
			break
		}
		first = begins
	}
	return page - first, pages - first
}

// footer draws the lines at the bottom of a page.
func (p *paper) footer(s *sheet, lines []string, page, pages int) {
	const size, leading = 8.0, 11.0
	c := &s.content
	c.Artifact(func() {
		c.Stroke(line)
		c.Line(marginLeft, footerY+14, marginLeft+textWidth, footerY+14, 0.6)
		c.Fill(muted)
		const room = textWidth - 84 // beside the page's number
		for i, text := range lines {
			p.text.Lines(text, typeset.Regular, size, room)[0].Draw(s, marginLeft, footerY-float64(i)*leading, size)
		}
		number := p.text.Line("Page "+thousands(int64(page))+" of "+thousands(int64(pages)), typeset.Regular)
		number.Draw(s, marginLeft+textWidth-number.Points(size), footerY, size)
	})
}

// Document is a paper other than a client's record: Handout, EmergencyCard,
// FirstHour, Fallback, Standing, Certificate, Letters, ClosingList, Receipt,
// Executor or KeySheet.
type Document interface {
	head() head
	set(p *paper)
}

// head says what a document is.
type head struct {
	title   string
	made    time.Time // in the practice's zone
	footers []string
}

// Print writes a document as a PDF, as PDF writes a record.
func Print(ctx context.Context, w io.Writer, d Document, opt Options) (Result, error) {
	h := d.head()
	sum := sha256.Sum256(fmt.Append(nil, h.title, h.made.UnixNano(), h.footers))
	p, err := newPaper(w, [16]byte(sum[:16]), opt)
	if err != nil {
		return Result{}, err
	}
	d.set(p)
	p.flow.end()
	p.text.Missing = nil
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if err := p.close(h.title, h.made, nil, h.footers...); err != nil {
		return Result{}, fmt.Errorf("the paper could not be written: %w", err)
	}
	return Result{Pages: p.press.pages(), Missing: p.missingGlyphs()}, nil
}

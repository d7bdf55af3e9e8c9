package release

import (
	"fmt"
	"strings"
	"time"

	"casekeep/app/policy"
	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// Handout is a version of a policy for a client to read and to sign (TSP 2.02,
// 2.03, 2.09). The hash of the version stands on every page, so that what was
// signed can be told from any other text.
type Handout struct {
	Practice record.Practice
	Licenses []record.License
	Version  record.PolicyVersion
	Text     string    // as policy.Parse reads it
	Made     time.Time // in the practice's zone
}

var (
	handoutTitle   = style{typeset.Bold, 21, 28, accent}
	handoutHeading = style{typeset.Bold, 12, 17, accent}
	handoutBody    = style{typeset.Regular, 11, 16, ink}
	profileLabel   = style{typeset.Regular, 8.5, 12, muted}
	profileText    = style{typeset.Regular, 8.5, 12, ink}
)

func (h Handout) name() string {
	return fmt.Sprintf("%s, version %d", h.Version.Title, h.Version.Version)
}

func (h Handout) head() head {
	footer := h.name()
	if !h.Version.Effective.IsZero() {
		footer += " · in effect from " + h.Version.Effective.Long()
	}
	return head{title: h.name(), made: h.Made, footers: []string{footer, "SHA-256 " + h.Version.Hash.String()}}
}

func (h Handout) set(p *paper) {
	f := p.flow
	f.letterhead(h.Practice)
	for _, r := range profileRows(h.Practice, h.Licenses) {
		if r.label != "Licenses" {
			r.text = strings.ReplaceAll(r.text, "\n", ", ")
		}
		f.rowOf(r, profileLabel, profileText, 84)
	}
	blocks := policy.Parse(h.Text)
	title := h.Version.Title
	if len(blocks) > 0 && blocks[0].Kind == policy.Heading {
		title, blocks = blocks[0].Text, blocks[1:]
	}
	heading := f.lines(title, handoutTitle, 0)
	heading.above = 26
	f.place(heading)
	f.place(f.lines(h.stated(), coverSmall, 0))
	for _, b := range blocks {
		f.passage(b)
	}
	f.signatures("Client", "Second client, or guardian", "Practitioner")
}

// stated says which version this is.
func (h Handout) stated() string {
	text := fmt.Sprintf("Version %d", h.Version.Version)
	if !h.Version.Effective.IsZero() {
		text += ", in effect from " + h.Version.Effective.Long()
	}
	if h.Version.Changed != "" {
		text += "\nWhat changed: " + h.Version.Changed
	}
	return text
}

// passage places a part of a text. A heading stays with what follows.
func (f *flow) passage(b policy.Block) {
	const bullet = 16.0
	switch b.Kind {
	case policy.Heading:
		lines := f.lines(b.Text, handoutHeading, 0)
		lines.above = 14
		f.need(lines.height() + 2*handoutBody.leading)
		f.place(lines)
	case policy.Item:
		lines := f.lines(b.Text, handoutBody, bullet)
		lines.above = 3
		f.need(lines.above + lines.leading)
		f.sheet.content.Fill(accent)
		f.sheet.content.Rect(marginLeft+4, f.baseline(lines)+3, 3.2, 3.2)
		f.place(lines)
	default:
		lines := f.lines(b.Text, handoutBody, 0)
		lines.above = 8
		f.place(lines)
	}
}

// signatures leaves room to sign for each of those named, all on one page.
func (f *flow) signatures(people ...string) {
	const each = 58.0
	f.need(float64(len(people))*each + 20)
	f.y -= 20
	for _, who := range people {
		f.y -= each
		for _, blank := range []struct {
			label       string
			from, width float64
		}{{who + ", in print", 0, 160}, {"Signature", 174, 180}, {"Date", 368, textWidth - 368}} {
			f.blank(blank.label, marginLeft+blank.from, f.y+14, blank.width)
		}
	}
}

// blank draws a line to write on, what belongs there under it.
func (f *flow) blank(label string, x, y, width float64) {
	c := &f.sheet.content
	c.Stroke(faint)
	c.Line(x, y, x+width, y, 0.7)
	c.Fill(muted)
	f.text.Line(label, captionStyle.weight).Draw(f.sheet, x, y-10, captionStyle.size)
}

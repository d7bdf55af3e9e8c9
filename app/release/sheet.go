package release

import (
	"fmt"
	"strings"

	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
)

// US Letter, in points, with margins of an inch at the sides.
const (
	pageWidth  = 612.0
	pageHeight = 792.0
	marginLeft = 72.0
	textWidth  = pageWidth - 2*marginLeft
	textTop    = pageHeight - 68
	textBottom = 74.0
	footerY    = 46.0
)

var (
	black  = pdf.Color{}
	ink    = pdf.Color{0x1b, 0x23, 0x25}
	muted  = pdf.Color{0x5b, 0x66, 0x68}
	faint  = pdf.Color{0x86, 0x90, 0x92}
	accent = pdf.Color{0x2a, 0x6f, 0x6b}
	line   = pdf.Color{0xe2, 0xe7, 0xe5}
	amber  = pdf.Color{0x8a, 0x5a, 0x00}
	red    = pdf.Color{0xa3, 0x31, 0x2a}
)

// sheet is one page while it is filled. Its footer is a stream of its own, as
// the number of pages is known last.
type sheet struct {
	ref, footer pdf.Ref
	content     pdf.Content
	images      strings.Builder
	used        map[string]bool
	links       strings.Builder
}

// Content and UseImage make a sheet a canvas for text.
func (s *sheet) Content() *pdf.Content { return &s.content }

func (s *sheet) UseImage(name string, ref pdf.Ref) {
	if !s.used[name] {
		s.used[name] = true
		fmt.Fprintf(&s.images, "/%s %s ", name, ref)
	}
}

// link makes an area of the page lead to a place.
func (s *sheet) link(left, bottom, right, top float64, dest string) {
	fmt.Fprintf(&s.links, "<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [%s %s %s %s] /Dest %s >> ",
		pdf.Number(left), pdf.Number(bottom), pdf.Number(right), pdf.Number(top), dest)
}

// branch is a node of the page tree. Pages hang under nodes of limited size,
// so that a reader finds one of thousands without reading all.
type branch struct {
	ref  pdf.Ref
	kids []pdf.Ref
}

const maxKids = 64

// press turns sheets into the pages of a file, front matter before the rest.
type press struct {
	out         *pdf.Writer
	root, fonts pdf.Ref
	front, rest []*branch
	frontFooter []pdf.Ref
	restFooter  []pdf.Ref
}

func newPress(out *pdf.Writer) *press {
	return &press{out: out, root: out.Alloc(), fonts: out.Alloc()}
}

// newSheet begins a page of a press; without one, a sheet that is thrown away.
func newSheet(p *press) *sheet {
	s := &sheet{used: map[string]bool{}}
	if p != nil {
		s.ref, s.footer = p.out.Alloc(), p.out.Alloc()
	}
	return s
}

// print writes a sheet's page. It can be changed no more.
func (p *press) print(s *sheet, front bool) {
	branches, footers := &p.rest, &p.restFooter
	if front {
		branches, footers = &p.front, &p.frontFooter
	}
	if n := len(*branches); n == 0 || len((*branches)[n-1].kids) == maxKids {
		*branches = append(*branches, &branch{ref: p.out.Alloc()})
	}
	parent := (*branches)[len(*branches)-1]
	parent.kids = append(parent.kids, s.ref)
	*footers = append(*footers, s.footer)

	body := p.out.Alloc()
	p.out.Stream(body, "", s.content.Bytes())
	annotations := ""
	if s.links.Len() > 0 {
		annotations = " /Annots [" + s.links.String() + "]"
	}
	p.out.Object(s.ref, fmt.Sprintf("<< /Type /Page /Parent %s /Contents [%s %s] "+
		"/Resources << /Font %s /XObject << %s >> >>%s >>",
		parent.ref, body, s.footer, p.fonts, s.images.String(), annotations))
}

func (p *press) pages() int { return len(p.frontFooter) + len(p.restFooter) }

// frontPage gives a page of the front matter.
func (p *press) frontPage(i int) pdf.Ref { return p.front[i/maxKids].kids[i%maxKids] }

// finish writes the footers, the page tree and the fonts.
func (p *press) finish(ts *typeset.Typesetter, footer func(c *sheet, page, pages int)) {
	scratch := newSheet(nil)
	for i, ref := range append(append([]pdf.Ref{}, p.frontFooter...), p.restFooter...) {
		scratch.content.Reset()
		footer(scratch, i+1, p.pages())
		p.out.Stream(ref, "", scratch.content.Bytes())
	}
	var kids strings.Builder
	for _, b := range append(append([]*branch{}, p.front...), p.rest...) {
		fmt.Fprintf(&kids, "%s ", b.ref)
		var pages strings.Builder
		for _, k := range b.kids {
			fmt.Fprintf(&pages, "%s ", k)
		}
		p.out.Object(b.ref, fmt.Sprintf("<< /Type /Pages /Parent %s /Count %d /Kids [%s] >>", p.root, len(b.kids), pages.String()))
	}
	p.out.Object(p.root, fmt.Sprintf("<< /Type /Pages /MediaBox [0 0 %s %s] /Count %d /Kids [%s] >>",
		pdf.Number(pageWidth), pdf.Number(pageHeight), p.pages(), kids.String()))
	ts.WriteFonts()
	p.out.Object(p.fonts, "<< "+ts.Fonts()+">>")
}

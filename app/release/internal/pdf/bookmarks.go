package pdf

import (
	"fmt"
	"strings"
)

// Bookmark is a line of a reader's outline: a title and the place it leads to.
type Bookmark struct {
	Title string
	Page  Ref
	Top   float64 // of the place on the page, points from below
	Under []*Bookmark
}

// Bookmarks writes the outline and gives its root, 0 where there is none (ISO
// 32000-2, 12.3.3).
func (w *Writer) Bookmarks(top []*Bookmark) Ref {
	if len(top) == 0 {
		return 0
	}
	root := w.Alloc()
	first, last := w.bookmarkRow(root, top)
	w.Object(root, fmt.Sprintf("<< /Type /Outlines /First %s /Last %s /Count %d >>", first, last, len(top)))
	return root
}

func (w *Writer) bookmarkRow(parent Ref, row []*Bookmark) (first, last Ref) {
	refs := make([]Ref, len(row))
	for i := range row {
		refs[i] = w.Alloc()
	}
	for i, b := range row {
		var d strings.Builder
		fmt.Fprintf(&d, "<< /Title %s /Parent %s /Dest %s", w.String(b.Title), parent, Dest(b.Page, b.Top))
		if i > 0 {
			fmt.Fprintf(&d, " /Prev %s", refs[i-1])
		}
		if i < len(row)-1 {
			fmt.Fprintf(&d, " /Next %s", refs[i+1])
		}
		if len(b.Under) > 0 {
			from, to := w.bookmarkRow(refs[i], b.Under)
			// A negative count: shown closed.
			fmt.Fprintf(&d, " /First %s /Last %s /Count %d", from, to, -len(b.Under))
		}
		d.WriteString(" >>")
		w.Object(refs[i], d.String())
	}
	return refs[0], refs[len(refs)-1]
}

// Dest is a place on a page, as a link or a bookmark leads to it.
func Dest(page Ref, top float64) string {
	return fmt.Sprintf("[%s /XYZ null %s null]", page, Number(top))
}

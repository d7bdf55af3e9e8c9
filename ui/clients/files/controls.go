package files

import (
	"fmt"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// paging gives the controls for pages.
func (v *viewer) paging(pages int) []fyne.CanvasObject {
	if pages < 2 {
		return nil
	}
	return []fyne.CanvasObject{
		kit.NewIconButton(look.ArrowLeft, "Page before", func() { v.turn(v.show.page - 1) }),
		kit.NewSubtitle(fmt.Sprintf("Page %s of %s", kit.Number(v.show.page+1), kit.Number(pages))),
		kit.NewIconButton(look.ArrowRight, "Next page", func() { v.turn(v.show.page + 1) }),
		kit.Wide(10, kit.Space()),
	}
}

// pages gives how many pages the file on show has.
func (v *viewer) pages() int {
	if v.show.doc != nil {
		return v.show.doc.Pages()
	}
	return len(v.show.writing.Pages)
}

// turn shows another page, or the nearest one.
func (v *viewer) turn(to int) {
	to = max(0, min(to, v.pages()-1))
	if to == v.show.page {
		return
	}
	v.show.page = to
	if v.show.doc == nil {
		v.showText()
		return
	}
	v.pane.blank()
	v.putPage()
}

// zooming gives the controls for the size.
func (v *viewer) zooming() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewIconButton(look.Minus, "Smaller", func() { v.pane.zoomBy(1 / zoomStep) }),
		v.pane.percent,
		kit.NewIconButton(look.Plus, "Larger", func() { v.pane.zoomBy(zoomStep) }),
		kit.NewButton("Fit", v.pane.fit).Small(),
		kit.NewButton("100 %", v.pane.whole).Small(),
	}
}

// FocusGained does nothing: the keys work wherever the focus is.
func (v *viewer) FocusGained() {}

// FocusLost does nothing.
func (v *viewer) FocusLost() {}

// TypedRune takes the characters that stand on different keys of keyboards.
func (v *viewer) TypedRune(r rune) {
	switch r {
	case '+':
		v.pane.zoomBy(zoomStep)
	case '-':
		v.pane.zoomBy(1 / zoomStep)
	}
}

// TypedKey takes every key but those that come as characters too.
func (v *viewer) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyPlus, fyne.KeyEqual, fyne.KeyMinus:
	default:
		v.typedKey(ev)
	}
}

// typedKey is offered every key that nothing else has a use for.
func (v *viewer) typedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		v.close()
	case fyne.KeyPageDown:
		if !v.scrolled(ev) {
			v.turn(v.show.page + 1)
		}
	case fyne.KeyPageUp:
		if !v.scrolled(ev) {
			v.turn(v.show.page - 1)
		}
	case fyne.KeyHome:
		v.turn(0)
		v.scrolled(ev)
	case fyne.KeyEnd:
		v.turn(v.pages() - 1)
		v.scrolled(ev)
	case fyne.KeyLeft:
		v.aside(-1)
	case fyne.KeyRight:
		v.aside(1)
	case fyne.KeyUp:
		v.down(-keyScroll)
	case fyne.KeyDown:
		v.down(keyScroll)
	case fyne.KeySpace:
		v.down(6 * keyScroll)
	case fyne.KeyPlus, fyne.KeyEqual:
		v.pane.zoomBy(zoomStep)
	case fyne.KeyMinus:
		v.pane.zoomBy(1 / zoomStep)
	case fyne.Key0:
		v.pane.fit()
	case fyne.Key1:
		v.pane.whole()
	case fyne.KeyO:
		v.shelf.AskOutside(v.item().File)
	case fyne.KeyS:
		v.shelf.AskSave(v.item().File)
	}
}

// scrolled goes through a text, as far as there is more of the page on show.
func (v *viewer) scrolled(ev *fyne.KeyEvent) bool { return v.scroll != nil && v.scroll.Key(ev) }

// keyScroll is how far an arrow key moves what is shown.
const keyScroll = 60

// aside moves a picture that is wider than the window, else goes to another
// file.
func (v *viewer) aside(by int) {
	if !v.pane.move(float64(by)*keyScroll, 0) {
		v.step(by)
	}
}

// down moves what is shown; at its end a document goes on to the next page.
func (v *viewer) down(by float64) {
	switch {
	case v.scroll != nil:
		v.scroll.By(float32(by))
	case v.pane.move(0, by), v.show.doc == nil:
	case by > 0:
		v.turn(v.show.page + 1)
	default:
		v.turn(v.show.page - 1)
	}
}

package timeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// showMenu opens a menu where the pointer is.
func showMenu(over fyne.CanvasObject, at fyne.PointEvent, items []*fyne.MenuItem) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(over); c != nil {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at.AbsolutePosition)
	}
}

package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestWhatTakesTheKeyboardComesIntoView(t *testing.T) {
	test.NewTempApp(t)
	var fields []fyne.CanvasObject
	for range 30 {
		fields = append(fields, NewField("Label"))
	}
	scroll := NewScroll(Column(8, fields...))
	w := test.NewTempWindow(t, scroll)
	w.Resize(fyne.NewSize(300, 400))
	last, first := fields[29].(*Field), fields[0].(*Field)
	w.Canvas().Focus(last.Entry())
	if y := scroll.inner.Offset.Y; y < scroll.inner.Content.Size().Height-400-1 {
		t.Errorf("the last field is out of view: scrolled to %.0f of %.0f", y, scroll.inner.Content.Size().Height)
	}
	w.Canvas().Focus(first.Entry())
	if y := scroll.inner.Offset.Y; y != 0 {
		t.Errorf("the first field is out of view: scrolled to %.0f", y)
	}
}

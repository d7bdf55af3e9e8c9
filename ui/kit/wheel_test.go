package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A form goes on under the pointer while that stands on a field of one line.
func TestTheWheelPassesFieldsOfOneLine(t *testing.T) {
	var fields []fyne.CanvasObject
	for range 20 {
		fields = append(fields, NewField("Name"))
	}
	scroll := NewScroll(Column(10, fields...))
	w := test.NewWindow(Pad(30, 20, 0, 20, scroll))
	defer w.Close()
	w.Resize(fyne.NewSize(400, 300))
	driver := fyne.CurrentApp().Driver()
	before := driver.AbsolutePositionForObject(fields[1])
	test.Scroll(w.Canvas(), before.AddXY(60, 40), 0, -50)
	if after := driver.AbsolutePositionForObject(fields[1]); after.Y >= before.Y {
		t.Errorf("the form stands still: %v, then %v", before, after)
	}
}

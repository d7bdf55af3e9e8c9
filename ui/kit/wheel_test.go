package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A form goes on under the pointer while that stands on a field, unless the
// field itself has more text than it shows.
func TestTheWheelPassesFields(t *testing.T) {
	long := NewArea("Note", 2)
	long.SetText("one\ntwo\nthree\nfour\nfive")
	short := NewArea("Note", 2)
	short.SetText("one")
	for name, c := range map[string]struct {
		field  *Field
		passes bool
	}{"one line": {NewField("Name"), true}, "a short text": {short, true}, "a long text": {long, false}} {
		t.Run(name, func(t *testing.T) { wheelOver(t, c.field, c.passes) })
	}
}

func wheelOver(t *testing.T, over *Field, passes bool) {
	fields := []fyne.CanvasObject{NewField("Name"), over}
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
	if after := driver.AbsolutePositionForObject(fields[1]); after.Y < before.Y != passes {
		t.Errorf("the field stood at %v, then at %v", before, after)
	}
}

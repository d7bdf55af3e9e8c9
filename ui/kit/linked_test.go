package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestATextThatEndsWithALink(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	l := NewLinked(func() { pressed++ })
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 40))
	l.Set("in Mississippi · ", "active, so kept")
	w.Canvas().Focus(l)
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.TapAt(l, fyne.NewPos(10, 8))
	if pressed != 1 {
		t.Errorf("pressed %d times: Enter presses the link, a click on the text before it does not", pressed)
	}
	link := l.runs[len(l.runs)-1]
	test.TapAt(l, fyne.NewPos(link.x+link.width/2, 8))
	if pressed != 2 {
		t.Errorf("a click on the link pressed it %d times", pressed-1)
	}
	if one, more := l.HeightAt(400), l.HeightAt(110); more <= one {
		t.Errorf("narrow it is %v high, wide %v", more, one)
	}
	l.Set("in Mississippi", "")
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 2 || !l.Disabled() {
		t.Error("without a link something was pressed")
	}
}

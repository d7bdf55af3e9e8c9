package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Space presses a button, and its character, which comes after it, types
// nothing into the field that the button led to; the next one does.
func TestTheSpaceThatPressesTypesNothing(t *testing.T) {
	field := NewField("Name")
	button := NewButton("Add a member", field.Focus)
	w := test.NewWindow(Column(8, button, field))
	defer w.Close()
	w.Canvas().Focus(button)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	for _, r := range " a b" {
		w.Canvas().Focused().TypedRune(r)
	}
	if field.Text() != "a b" {
		t.Errorf("the field says %q", field.Text())
	}
}

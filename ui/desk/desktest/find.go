package desktest

import (
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/kit"
)

// Shown gives every text in sight, dialogs included, one a line.
func (d *Desk) Shown() string {
	var all []string
	for _, o := range d.objects() {
		if text, ok := o.(*canvas.Text); ok && text.Text != "" {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, "\n")
}

// Sees fails the test unless each text is in sight, wherever its lines break.
func (d *Desk) Sees(texts ...string) {
	d.t.Helper()
	shown := d.Shown()
	for _, text := range texts {
		if !strings.Contains(strings.ReplaceAll(shown, "\n", " "), text) {
			d.t.Errorf("%q is not in sight:\n%s", text, shown)
		}
	}
}

// SeesNot fails the test if one of the texts is in sight.
func (d *Desk) SeesNot(texts ...string) {
	d.t.Helper()
	shown := d.Shown()
	for _, text := range texts {
		if strings.Contains(strings.ReplaceAll(shown, "\n", " "), text) {
			d.t.Errorf("%q is in sight:\n%s", text, shown)
		}
	}
}

// Button gives the button in sight whose text begins so.
func (d *Desk) Button(text string) *kit.Button {
	d.t.Helper()
	for _, o := range d.objects() {
		if b, ok := o.(*kit.Button); ok && strings.HasPrefix(b.Text(), text) {
			return b
		}
	}
	d.t.Fatalf("no button %q is in sight:\n%s", text, d.Shown())
	return nil
}

// Fields gives the fields in sight, in the order of the page.
func (d *Desk) Fields() []*kit.Field { return All[*kit.Field](d) }

// Lists gives the lists in sight.
func (d *Desk) Lists() []*kit.List { return All[*kit.List](d) }

// Buttons gives the buttons in sight; those of a dialog come last.
func (d *Desk) Buttons() []*kit.Button { return All[*kit.Button](d) }

// Segments gives the choices beside one another in sight.
func (d *Desk) Segments() []*kit.Segments { return All[*kit.Segments](d) }

// Selects gives the boxes in sight from whose menu one of many is chosen.
func (d *Desk) Selects() []*kit.Select { return All[*kit.Select](d) }

// Checks gives the check boxes in sight.
func (d *Desk) Checks() []*kit.Check { return All[*kit.Check](d) }

// All gives everything in sight of one kind.
func All[T fyne.CanvasObject](d *Desk) []T {
	var all []T
	for _, o := range d.objects() {
		if one, ok := o.(T); ok {
			all = append(all, one)
		}
	}
	return all
}

// Tap presses the button whose text begins so.
func (d *Desk) Tap(text string) {
	d.t.Helper()
	test.Tap(d.Button(text))
}

// Keys sends keys to what has the keyboard, or to the window.
func (d *Desk) Keys(keys ...fyne.KeyName) {
	c := d.window.Canvas()
	for _, key := range keys {
		ev := &fyne.KeyEvent{Name: key}
		if focused := c.Focused(); focused != nil {
			focused.TypedKey(ev)
		} else if c.OnTypedKey() != nil {
			c.OnTypedKey()(ev)
		}
	}
}

// Type types a text where the keyboard is.
func (d *Desk) Type(text string) {
	d.t.Helper()
	focused := d.window.Canvas().Focused()
	if focused == nil {
		d.t.Fatalf("nothing takes the keyboard to type %q", text)
	}
	test.Type(focused, text)
}

// objects gives what is in sight, from the page up to the dialog over it.
func (d *Desk) objects() []fyne.CanvasObject {
	c := d.window.Canvas()
	all := visible(c.Content())
	for _, overlay := range c.Overlays().List() {
		all = append(all, visible(overlay)...)
	}
	return all
}

func visible(o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	all := []fyne.CanvasObject{o}
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			all = append(all, visible(child)...)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			all = append(all, visible(child)...)
		}
	}
	return all
}

// Search gives the search field in sight.
func (d *Desk) Search() *kit.Search {
	d.t.Helper()
	all := All[*kit.Search](d)
	if len(all) == 0 {
		d.t.Fatal("no search field is in sight")
	}
	return all[len(all)-1]
}

// Focus gives the keyboard to a search field.
func (d *Desk) Focus(s *kit.Search) { d.window.Canvas().Focus(s.Entry()) }

// Select clicks on the row of a list whose title begins so.
func (d *Desk) Select(title string) {
	d.t.Helper()
	for _, list := range All[*kit.List](d) {
		for _, o := range visible(list) {
			if row, ok := o.(*kit.Item); ok && strings.HasPrefix(row.AccessibilityLabel(), title) {
				test.TapAt(list, fyne.NewPos(20, place(row).Y-place(list).Y+5))
				return
			}
		}
	}
	d.t.Fatalf("no row %q is in sight:\n%s", title, d.Shown())
}

// Choose presses the n-th segment of the control that shows a text.
func (d *Desk) Choose(shows string, n int) {
	d.t.Helper()
	for _, s := range All[*kit.Segments](d) {
		for _, o := range visible(s) {
			if text, ok := o.(*canvas.Text); ok && text.Text == shows {
				d.window.Canvas().Focus(s)
				d.Keys(fyne.KeyHome)
				for range n {
					d.Keys(fyne.KeyRight)
				}
				return
			}
		}
	}
	d.t.Fatalf("no choice shows %q:\n%s", shows, d.Shown())
}

// PickMenu chooses from the menu that is open.
func (d *Desk) PickMenu(text string) {
	d.t.Helper()
	var item fyne.Tappable // the innermost one
	for _, o := range visible(d.window.Canvas().Overlays().Top()) {
		if t, ok := o.(fyne.Tappable); ok && slices.Contains(texts(o), text) {
			item = t
		}
	}
	if item == nil {
		d.t.Fatalf("no menu offers %q:\n%s", text, d.Shown())
	}
	item.Tapped(&fyne.PointEvent{})
}

func texts(o fyne.CanvasObject) []string {
	var all []string
	for _, part := range visible(o) {
		if text, ok := part.(*canvas.Text); ok {
			all = append(all, text.Text)
		}
	}
	return all
}

func place(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

// Sign draws a wave on the paper in sight, as a hand signs.
func (d *Desk) Sign() {
	d.t.Helper()
	type paper interface {
		fyne.CanvasObject
		desktop.Mouseable
		fyne.Draggable
	}
	for _, o := range d.objects() {
		pad, ok := o.(paper)
		if _, typed := o.(fyne.Focusable); !ok || typed { // text is drawn over too
			continue
		}
		origin := place(pad)
		for i := range 40 {
			at := fyne.NewPos(60+5*float32(i), 70+30*float32(math.Sin(float64(i)/3)))
			if i == 0 {
				pad.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
				continue
			}
			pad.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at.Add(origin)}})
		}
		pad.DragEnd()
		return
	}
	d.t.Fatalf("no paper to sign on is in sight:\n%s", d.Shown())
}

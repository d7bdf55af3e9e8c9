package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/days"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// saturday is a day before the 25th, a Wednesday.
func saturday() record.Date { return record.Date{Year: 2026, Month: 11, Day: 21} }

func TestADayIsUnderstoodAsItIsTyped(t *testing.T) {
	var said []string
	d := NewDayField("Review by", saturday).Lean(days.Ahead).Hint("Two years is usual.")
	d.OnChanged = func(day record.Date) { said = append(said, day.String()) }
	w := show(t, d, 300, 200)
	if !slices.Contains(texts(d), "Two years is usual.") {
		t.Errorf("it shows %q", texts(d))
	}
	d.Focus()
	height := d.MinSize().Height
	test.Type(d.Entry(), "in 1 ye")
	if d.Error() != "" || !d.Day().IsZero() {
		t.Errorf("half a day is called wrong: %q", d.Error())
	}
	for _, r := range "ar" {
		d.Entry().TypedRune(r)
	}
	if !slices.Contains(texts(d), "Sunday, November 21, 2027") || said[len(said)-1] != "2027-11-21" {
		t.Errorf("it shows %q and said %q", texts(d), said)
	}
	if d.MinSize().Height != height {
		t.Error("what stands below moves as one types")
	}
	if day, ok := d.Value(); !ok || day.String() != "2027-11-21" {
		t.Errorf("the value is %s, %v", day, ok)
	}
	d.SetText("2/30/2027")
	if said[len(said)-1] != "" || d.Error() != "" {
		t.Errorf("said %q, wrong %q", said, d.Error())
	}
	w.Canvas().Unfocus()
	if d.Error() != "There is no February 30 in 2027." {
		t.Errorf("once it is left it says %q", d.Error())
	}
}

// An empty field shows how a day is written, and nothing that reads as one.
func TestAnEmptyDayFieldShowsNoDay(t *testing.T) {
	d := NewDayField("Expires", saturday)
	show(t, d, 300, 200)
	if shown := d.field.entry.PlaceHolder; shown != "month/day/year" {
		t.Errorf("it shows %q", shown)
	} else if day, err := days.Parse(shown, saturday(), days.Past); err == nil {
		t.Errorf("the pattern is %s", day)
	}
}

func TestADayOnTheWrongSideIsRefused(t *testing.T) {
	d := NewDayField("Given on", saturday).Lean(days.Past)
	w := show(t, d, 300, 200)
	d.SetText("11/22/2026")
	if _, ok := d.Value(); ok || d.Error() != "That day is still to come." || !d.Day().IsZero() {
		t.Errorf("it says %q, and understands %s", d.Error(), d.Day())
	}
	d.SetText("")
	if day, ok := d.Value(); !ok || !day.IsZero() || d.Error() != "" {
		t.Errorf("an empty field is %s, %v, %q", day, ok, d.Error())
	}
	d.Must("Say on which day it was given.")
	if _, ok := d.Value(); ok || inkOf(t, d, "Say on which day it was given.") != look.Color(look.Red) {
		t.Error("an empty field was taken")
	}
	d.SetDay(saturday())
	if day, ok := d.Value(); !ok || day != saturday() || d.Text() != "Nov 21, 2026" {
		t.Errorf("the value is %s, %v, of %q", day, ok, d.Text())
	}
	d.Disable()
	d.Focus()
	press(w, fyne.KeyDown)
	test.Tap(d.open)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a disabled field offers days")
	}
}

func TestAMonthByKeys(t *testing.T) {
	d := NewDayField("Expires", saturday)
	w := show(t, d, 500, 500)
	d.SetText("Jan 31 2027")
	d.Focus()
	open := func() *month {
		press(w, fyne.KeyDown)
		m, ok := w.Canvas().Focused().(*month)
		if !ok {
			t.Fatalf("Down gives the keyboard to %T", w.Canvas().Focused())
		}
		return m
	}
	m := open()
	if !slices.Contains(texts(m), "January 2027") {
		t.Errorf("it shows %q", texts(m))
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyPageDown, "2027-02-28"}, {fyne.KeyPageUp, "2027-01-28"}, {fyne.KeyHome, "2027-01-01"}, {fyne.KeyLeft, "2026-12-31"},
		{fyne.KeyUp, "2026-12-24"}, {fyne.KeyEnd, "2026-12-31"}, {fyne.KeyRight, "2027-01-01"}, {fyne.KeyDown, "2027-01-08"},
	} {
		if press(w, step.key); m.day.String() != step.want {
			t.Errorf("%s goes to %s, not %s", step.key, m.day, step.want)
		}
	}
	press(w, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || d.Text() != "Jan 31 2027" || w.Canvas().Focused() != d.Entry() {
		t.Errorf("after Escape: %q, the keyboard is with %T", d.Text(), w.Canvas().Focused())
	}
	m = open()
	m.TypedRune('t')
	press(w, fyne.KeyReturn)
	if w.Canvas().Overlays().Top() != nil || d.Day() != saturday() || w.Canvas().Focused() != d.Entry() {
		t.Errorf("after T and Enter: %s, the keyboard is with %T", d.Day(), w.Canvas().Focused())
	}
}

func TestAMonthByPointer(t *testing.T) {
	d := NewDayField("Given on", saturday).Lean(days.Past)
	w := show(t, d, 500, 500)
	tapDay := func(day int) {
		m := w.Canvas().Focused().(*month)
		x, y := cellPlace(m.cellOf(record.Date{Year: m.day.Year, Month: m.day.Month, Day: day}))
		test.TapCanvas(w.Canvas(), m.Position().AddXY(x+10, y+10))
	}
	test.Tap(d.open)
	m := w.Canvas().Focused().(*month)
	if m.Position().Y < d.field.top()+fieldHeight {
		t.Errorf("it covers the field: %v", m.Position())
	}
	tapDay(25) // still to come
	if d.Text() != "" || w.Canvas().Overlays().Top() == nil {
		t.Fatal("a day that is refused was chosen")
	}
	test.TapCanvas(w.Canvas(), m.Position().AddXY(20, 20))
	if !strings.Contains(strings.Join(texts(m), " "), "October 2026") {
		t.Errorf("the chevron leads to %q", texts(m)[0])
	}
	tapDay(7)
	if d.Text() != "Oct 7, 2026" {
		t.Errorf("chosen is %q", d.Text())
	}
	test.Tap(d.open)
	test.TapCanvas(w.Canvas(), fyne.NewPos(490, 490))
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a click beside it leaves it open")
	}
}

func TestAMonthStaysInTheWindow(t *testing.T) {
	d := NewDayField("Expires", saturday)
	w := show(t, Column(0, Pad(420, 0, 0, 300, d)), 500, 500)
	d.Focus()
	press(w, fyne.KeyDown)
	m := w.Canvas().Focused().(*month)
	if at := m.Position(); at.X+monthWidth > 500 || at.Y+monthHeight > 420+d.field.top() || at.Y < 0 {
		t.Errorf("it stands at %v", at)
	}
}

package kit

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/days"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// DayField lets a day be typed as people type it, or chosen from a month. The
// day that was understood stands in full under it, and in the same place what
// is wrong, once the field is left. It may stay empty unless Must was called.
// Down, or the button at its right, opens the month.
type DayField struct {
	widget.BaseWidget
	OnChanged func(record.Date) // with the day that is understood, zero if none is

	field *Field
	open  *Button
	today func() record.Date
	lean  days.Lean
	hint  string
}

// NewDayField makes an empty field that takes any day. today is asked each
// time that something is read.
func NewDayField(label string, today func() record.Date) *DayField {
	d := &DayField{field: NewField(label).Placeholder("month/day/year"), today: today}
	d.open = NewIconButton(look.Calendar, "Choose a day", d.choose)
	d.field.Trailing(d.open)
	d.field.keepsLine = true
	d.field.OnChanged = func(string) { d.typed() }
	marked := d.field.entry.focus
	d.field.entry.focus = func(on bool) {
		marked(on)
		if !on {
			d.say()
		}
	}
	keys := d.field.entry.arrow
	d.field.entry.arrow = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDown && !d.field.entry.Disabled() {
			d.choose()
			return true
		}
		return keys(ev)
	}
	d.ExtendBaseWidget(d)
	return d
}

// Lean says on which side of today the day is, so that others are refused and
// a year that is left out is understood, and gives the field back.
func (d *DayField) Lean(lean days.Lean) *DayField {
	d.lean = lean
	return d
}

// Must refuses an empty field, saying a sentence, and gives the field back.
func (d *DayField) Must(sentence string) *DayField {
	d.field.Must(sentence)
	return d
}

// Hint shows an explanation under the field while no day is understood, and
// gives the field back.
func (d *DayField) Hint(text string) *DayField {
	d.hint = text
	d.typed()
	return d
}

// Placeholder shows a faint example while the field is empty, and gives the
// field back.
func (d *DayField) Placeholder(text string) *DayField {
	d.field.Placeholder(text)
	return d
}

// Enter says what Enter does in the field.
func (d *DayField) Enter(do func()) { d.field.OnEnter = func(string) { do() } }

// SetDay shows a day; the zero one empties the field.
func (d *DayField) SetDay(day record.Date) { d.field.SetText(days.Short(day)) }

// Text gives what was typed.
func (d *DayField) Text() string { return d.field.Text() }

// SetText changes what is typed, such as to "in 1 year".
func (d *DayField) SetText(text string) { d.field.SetText(text) }

// Day gives the day that is understood now, zero if the field is empty or
// wrong.
func (d *DayField) Day() record.Date {
	day, err := d.read()
	if err != nil {
		return record.Date{}
	}
	return day
}

// Value gives the day, zero for an empty field. If something is wrong it says
// so under the field, and ok is false.
func (d *DayField) Value() (day record.Date, ok bool) {
	day, err := d.read()
	if err != nil {
		d.field.SetError(sentence(err))
		return record.Date{}, false
	}
	_, ok = d.field.Value()
	return day, ok
}

// SetError shows what else is wrong, in a sentence, until the text changes.
func (d *DayField) SetError(problem string) { d.field.SetError(problem) }

// Error gives what is shown as wrong.
func (d *DayField) Error() string { return d.field.Error() }

// Focus puts the cursor into the field.
func (d *DayField) Focus() { d.field.Focus() }

// Entry gives what takes the keyboard, for tests.
func (d *DayField) Entry() fyne.Focusable { return d.field.Entry() }

// Enable lets a day be typed.
func (d *DayField) Enable() { d.field.Enable(); d.open.Enable() }

// Disable keeps the day as it is.
func (d *DayField) Disable() { d.field.Disable(); d.open.Disable() }

func (d *DayField) read() (record.Date, error) {
	today := d.today()
	day, err := days.Parse(d.field.Text(), today, d.lean)
	if err == nil {
		err = days.Check(day, today, d.lean)
	}
	return day, err
}

// typed shows what is understood so far. What is wrong is not said before the
// field is left: half a date is no mistake.
func (d *DayField) typed() {
	day, err := days.Parse(d.field.Text(), d.today(), d.lean)
	shown := days.Full(day)
	if shown == "" {
		shown = d.hint
	}
	d.field.Hint(shown)
	if d.OnChanged != nil {
		if err == nil {
			day = d.Day()
		}
		d.OnChanged(day)
	}
}

// say says what is wrong with what was typed.
func (d *DayField) say() {
	if _, err := d.read(); err != nil {
		d.field.SetError(sentence(err))
	}
}

// choose opens the month of the day that is understood, or of today.
func (d *DayField) choose() {
	today := d.today()
	day, err := days.Parse(d.field.Text(), today, d.lean)
	chosen := day
	if err != nil || day.IsZero() {
		chosen, day = record.Date{}, today
	}
	m := newMonth(day, chosen, today, func(day record.Date) bool { return days.Check(day, today, d.lean) == nil })
	openMonth(m, d.field, func(day record.Date) {
		d.SetDay(day)
		d.Focus()
	})
}

// HeightAt gives the height that the field needs at a width.
func (d *DayField) HeightAt(width float32) float32 { return d.field.HeightAt(width) }

// CreateRenderer is for Fyne.
func (d *DayField) CreateRenderer() fyne.WidgetRenderer {
	return draw(d,
		d.field.MinSize,
		func(size fyne.Size) { place(d.field, 0, 0, size.Width, size.Height) },
		d.field.Refresh,
		d.field)
}

// sentence gives an error that says in plain words what to do as a sentence.
func sentence(err error) string {
	first, size := utf8.DecodeRuneInString(err.Error())
	return string(unicode.ToUpper(first)) + err.Error()[size:] + "."
}

package kit

import (
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
	"casekeep/vault/record"
)

// show puts an object into a window in the light theme.
func show(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.NewTheme(false))
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(o)
	w.Resize(fyne.NewSize(width, height))
	t.Cleanup(w.Close)
	return w
}

// press sends keys to what has the focus, or to the window if nothing has.
func press(w fyne.Window, keys ...fyne.KeyName) {
	c := w.Canvas()
	for _, key := range keys {
		ev := &fyne.KeyEvent{Name: key}
		if focused := c.Focused(); focused != nil {
			focused.TypedKey(ev)
		} else if c.OnTypedKey() != nil {
			c.OnTypedKey()(ev)
		}
	}
}

func ctrlEnter() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
}

// texts gives every text that is drawn for o.
func texts(o fyne.CanvasObject) []string {
	var all []string
	for _, part := range test.LaidOutObjects(o) {
		if text, ok := part.(*canvas.Text); ok && text.Text != "" && text.Visible() {
			all = append(all, text.Text)
		}
	}
	return all
}

func inkOf(t *testing.T, o fyne.CanvasObject, text string) color.Color {
	t.Helper()
	for _, part := range test.LaidOutObjects(o) {
		if drawn, ok := part.(*canvas.Text); ok && drawn.Text == text {
			return drawn.Color
		}
	}
	t.Fatalf("%q is not drawn; there is %q", text, texts(o))
	return nil
}

func sample() map[string]fyne.CanvasObject {
	area := NewArea("Note", 2).Footer(NewSegments([]string{"Text", "Email"}, 0, nil))
	item := NewItem()
	item.Set(ItemText{Title: "Ada Quill", Caption: "Running late", Right: "2:14 PM", Arrow: true}, true)
	row := NewMessageRow()
	row.Set(Message{Time: "9:15 AM", Icon: look.Envelope, Who: "Ada", What: "emailed", Flag: "after hours", Tone: Amber,
		Body: "Could you look at page 2?", Files: []File{{look.Paperclip, "letter.pdf · 212 KB"}}, Notes: []string{"She found it."}}, true, nil)
	progress := NewProgress("Reading", func() {})
	progress.Set(5, 10)
	strength := NewStrength()
	strength.Set(3, "Would take years to guess.")
	nav := NewNavItem(look.Inbox, "Inbox", nil)
	nav.SetBadge(3)
	toasts := newToasts(later(nil))
	toasts.Offer("Moved", "Undo", func() {})
	answer := NewAnswer("Was the client told?").Must("Say it.")
	answer.Value()
	checks := NewChecks("Channels", []string{"Texts", "Emails", "Calls", "Video", "Letters"})
	checks.Choose(1)
	duty := NewDutyRow()
	duty.Set(Duty{ID: "TSP 2.06", Authority: "rule", Text: "Client informed", Evidence: evidence("1 note, ", "Nov 17"), State: "open", Tone: Red}, true, nil)
	task := NewTaskRow()
	task.Set(Task{Icon: look.Globe, Title: "Tell Lena", Caption: "TSP 2.06", Due: "today", Tone: Red, Action: "Record it", Snooze: true}, true, nil, nil)
	sheet := NewSheet(Column(12, NewField("Name")), nil, nil)
	sheet.SetTitle("Add a client", "with consents")
	sheet.SetProblem("Nothing was saved.")
	side := NewSideTabs([]string{"Profile", "Licenses"}, nil)
	side.SetNote(1, "2", Amber)
	dayField := NewDayField("Review by", saturday)
	dayField.SetText("in 1 year")
	return map[string]fyne.CanvasObject{
		"signature": NewSignature("Signature of Ada Quill"), "side tabs": side, "sheet": sheet, "duty": duty, "task": task, "head": NewHead("This week"), "answer": answer, "checks": checks, "day field": dayField, "month": newMonth(saturday(), saturday().Next(), saturday(), func(record.Date) bool { return true }),
		"area": area, "button": NewButton("Emergency card", nil).Icon(look.Plus).Shortcut("Ctrl E"),
		"primary": NewPrimary("Log", nil).Small(), "danger": NewDanger("Strike through", nil), "link": NewLink("Record it", nil),
		"icon": NewIconButton(look.Dots, "More", nil), "chip": NewChip(Red, "Safety plan"), "check": NewCheck("Notes", true, nil).Note("37"),
		"day": NewDay("Friday, November 20"), "field": NewField("Name").Hint("As it is said."), "password": NewPassword("Passphrase"),
		"item": item, "message": row, "label": NewTitle("Ada Quill"), "text": NewText("Two lines of text that wrap."), "nav": nav,
		"progress": progress, "search": NewSearch("Find a client", "Ctrl K"), "segments": NewSegments([]string{"Text", "Email"}, 1, nil),
		"select": NewSelect("Kind", []string{"Individual", "Couple"}, 0, nil), "strength": strength,
		"tabs": NewTabs([]string{"Timeline", "Consents"}, nil), "toasts": toasts, "empty": Empty("Nothing", "Do this.", NewPrimary("Do", nil)),
		"busy": Busy("Opening"), "note": Note(Amber, NewText("Careful.")), "card": Card(NewText("A card.")), "body": NewBody("A body."),
	}
}

// later keeps what is to be done later.
func later(kept *[]func()) func(d time.Duration, f func()) {
	return func(_ time.Duration, f func()) {
		if kept != nil {
			*kept = append(*kept, f)
		}
	}
}

func TestEveryPrimitiveTakesNewColors(t *testing.T) {
	for name, o := range sample() {
		t.Run(name, func(t *testing.T) {
			show(t, o, 420, 300)
			before := colors(o)
			fyne.CurrentApp().Settings().SetTheme(look.NewTheme(true))
			after := colors(o)
			if len(before) == 0 || len(before) != len(after) {
				t.Fatalf("%d colors before, %d after", len(before), len(after))
			}
			for i, c := range before {
				if c != after[i] {
					continue
				}
				if _, _, _, alpha := c.RGBA(); alpha > 0 {
					t.Errorf("part %d stays %v", i, c)
				}
			}
		})
	}
}

// colors gives the colors of the texts and rectangles that make o.
func colors(o fyne.CanvasObject) []color.Color {
	var all []color.Color
	for _, part := range test.LaidOutObjects(o) {
		switch part := part.(type) {
		case *canvas.Text:
			if part.Text != "" {
				all = append(all, part.Color)
			}
		case *canvas.Rectangle:
			if part.StrokeWidth > 0 {
				all = append(all, part.StrokeColor)
			}
			all = append(all, part.FillColor)
		}
	}
	return all
}

func TestEveryPrimitiveTakesAnyWidth(t *testing.T) {
	for name, o := range sample() {
		t.Run(name, func(t *testing.T) {
			w := show(t, o, 420, 300)
			for _, width := range []float32{0, 1, 17, 60, 3000} {
				o.Resize(fyne.NewSize(width, 200))
				o.Refresh()
			}
			w.Canvas().Capture()
		})
	}
}

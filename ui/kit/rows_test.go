package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// standing gives n duties with a heading before every twentieth. pressed is
// told the row and the part that was pressed.
func standing(n int, pressed func(row, part int)) ([]Duty, Rows) {
	all := make([]Duty, n)
	for i := range all {
		all[i] = Duty{
			ID: fmt.Sprintf("TSP %d.%02d", i/50+1, i%50), Text: strings.Repeat("Client informed of online searches ", 1+i%4),
			Evidence: evidence(fmt.Sprintf("%d search notes, ", i), fmt.Sprint("Nov ", i%30), ", not yet told; ", strings.Repeat("see the emergency card ", i%5)),
			State:    "open", Tone: Red,
		}
		if i%3 == 0 {
			all[i].Authority = "professional standard"
		}
	}
	isHead := func(i int) bool { return i%20 == 0 }
	return all, Rows{
		Count: func() int { return n },
		Height: func(i int, width float32) float32 {
			if isHead(i) {
				return HeadHeight
			}
			return all[i].Height(width)
		},
		Kind: func(i int) int {
			if isHead(i) {
				return 1
			}
			return 0
		},
		New: func(kind int) fyne.CanvasObject {
			if kind == 1 {
				return NewHead("")
			}
			return NewDutyRow()
		},
		Bind: func(i int, o fyne.CanvasObject, selected bool) {
			switch o := o.(type) {
			case *Head:
				o.SetText(fmt.Sprint("Group ", i/20))
			case *DutyRow:
				o.Set(all[i], selected, func(part int) { pressed(i, part) })
			}
		},
		Skip: isHead,
	}
}

func TestAStandingOfThousandsDrawsWithinItsRows(t *testing.T) {
	duties, rows := standing(5_000, nil)
	l := NewList(rows)
	w := show(t, l, 736, 500)
	for _, width := range []float32{736, 580, 420} {
		w.Resize(fyne.NewSize(width, 500))
		for _, at := range []int{0, 1, 2_345, 4_999} {
			l.Reveal(at)
			for i, o := range l.view.shown {
				row, ok := o.(*DutyRow)
				if !ok {
					continue
				}
				if row.duty.ID != duties[i].ID || row.state.Text() != "open" {
					t.Errorf("row %d shows %s", i, row.duty.ID)
				}
				for _, part := range row.r.objects[3:] {
					if bottom := part.Position().Y + part.Size().Height; bottom > row.Size().Height {
						t.Errorf("at %.0f row %d is %.0f high, a part of it reaches %.0f", width, i, row.Size().Height, bottom)
					}
				}
				if got, want := strip(strings.Join(texts(row), "")), strip(duties[i].Text); !strings.Contains(got, want) {
					t.Errorf("at %.0f row %d shows %q", width, i, got)
				}
			}
		}
	}
}

func TestLinksOfARowByKeysAndPointer(t *testing.T) {
	var pressed []string
	opened := -1
	_, rows := standing(40, func(row, part int) { pressed = append(pressed, fmt.Sprint(row, ".", part)) })
	rows.Open = func(i int) { opened = i }
	l := NewList(rows)
	w := show(t, l, 736, 600)
	w.Canvas().Focus(l)
	press(w, fyne.KeyReturn)
	if opened != 1 || len(pressed) > 0 {
		t.Fatalf("Enter with no link reached: opened %d, pressed %v", opened, pressed)
	}
	press(w, fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight, fyne.KeySpace, fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyReturn)
	if want := []string{"1.1", "1.3", "1.3", "1.1"}; !slices.Equal(pressed, want) {
		t.Errorf("pressed %v, want %v", pressed, want)
	}
	row := l.view.shown[1].(*DutyRow)
	if row.links[0].ring.StrokeColor != look.Color(look.Accent) {
		t.Error("the link that is reached is not marked")
	}
	press(w, fyne.KeyDown)
	if row.reaching.at != 0 || row.links[0].ring.StrokeWidth != 0 {
		t.Error("the mark stays where the selection was")
	}
	press(w, fyne.KeyRight)
	w.Canvas().Unfocus()
	if l.view.shown[2].(*DutyRow).reaching.at != 0 {
		t.Error("the mark stays without the keyboard")
	}
	opened = -1
	test.Tap(row.links[1])
	if want := "1.3"; pressed[len(pressed)-1] != want || opened != -1 {
		t.Errorf("a click pressed %v, opened %d", pressed, opened)
	}
}

func TestAPressedLinkIsTheOneThatIsShown(t *testing.T) {
	var got int
	row := NewDutyRow()
	show(t, row, 736, 60)
	row.Set(Duty{ID: "TSP 2.06", Evidence: evidence("1 note, ", "Nov 17")}, false, func(part int) { got = part })
	row.Set(Duty{ID: "TSP 2.04", Evidence: evidence("", "card", " and ", "license")}, false, func(part int) { got = part + 100 })
	test.Tap(row.links[1])
	if got != 103 || len(row.links) != 2 {
		t.Errorf("pressed %d of %d links", got, len(row.links))
	}
}

func TestATaskShortensBeforeWhatIsDue(t *testing.T) {
	row := NewTaskRow()
	task := Task{Icon: look.Globe, Title: strings.Repeat("Tell Lena Ptak about the search ", 9), Caption: "TSP 2.06", Due: "open 4 days", Tone: Red, Action: "Record it", Snooze: true}
	w := show(t, row, 848, TaskHeight)
	row.Set(task, false, nil, nil)
	for _, width := range []float32{1004, 848, 500, 330} {
		w.Resize(fyne.NewSize(width, TaskHeight))
		if got := texts(row); !slices.Contains(got, "open 4 days") || !slices.Contains(got, "Record it") {
			t.Errorf("at %.0f it shows %q", width, got)
		}
		title := row.title.Position().X + row.title.width(row.title.Text.Text)
		if title > row.due.Position().X || row.due.Position().X+row.due.Size().Width > row.action.Position().X {
			t.Errorf("at %.0f the title ends at %.0f, what is due stands at %.0f", width, title, row.due.Position().X)
		}
	}
	if inkOf(t, row, "open 4 days") != look.Color(look.Red) || !row.due.TextStyle.Bold {
		t.Error("what is open is not red and bold")
	}
	task.Due, task.Tone = "Dec 14", Neutral
	row.Set(task, false, nil, nil)
	if inkOf(t, row, "Dec 14") != look.Color(look.Muted) || row.due.TextStyle.Bold {
		t.Error("what is due later is not muted")
	}
}

func TestATaskIsDoneOrPutOffInPlace(t *testing.T) {
	done := ""
	tasks := []Task{{Title: "One", Action: "Record it", Snooze: true}, {Title: "Two", Action: "Look"}, {Title: "Three", Snooze: true}}
	l := NewList(Rows{
		Count:  func() int { return len(tasks) },
		Height: func(int, float32) float32 { return TaskHeight },
		New:    func(int) fyne.CanvasObject { return NewTaskRow() },
		Bind: func(i int, o fyne.CanvasObject, selected bool) {
			o.(*TaskRow).Set(tasks[i], selected, func() { done += "act " + tasks[i].Title + "; " }, func() { done += "snooze " + tasks[i].Title + "; " })
		},
		Open: func(i int) { done += "open " + tasks[i].Title + "; " },
	})
	w := show(t, l, 848, 300)
	w.Canvas().Focus(l)
	press(w, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn)
	press(w, fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn, fyne.KeyDown, fyne.KeyRight, fyne.KeySpace)
	if want := "open One; act One; snooze One; act Two; snooze Three; "; done != want {
		t.Errorf("done %q, want %q", done, want)
	}
	row := l.view.shown[0].(*TaskRow)
	done = ""
	test.Tap(row.snooze)
	test.Tap(row.action)
	if want := "snooze One; act One; "; done != want {
		t.Errorf("by pointer %q, want %q", done, want)
	}
	if third := l.view.shown[2].(*TaskRow); third.action.Visible() || !third.snooze.Visible() {
		t.Error("a task without an action shows one")
	}
}

func BenchmarkOpenAStandingOf10k(b *testing.B) {
	_, rows := standing(10_000, nil)
	for b.Loop() {
		lines.Forget()
		l := NewList(rows)
		l.Resize(fyne.NewSize(736, 500))
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frameTime), "frames/open")
}

func BenchmarkScrollStepOf10kDuties(b *testing.B) {
	_, rows := standing(10_000, nil)
	l := NewList(rows)
	show(b, l, 736, 500)
	step := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -60)}
	end := l.tops[l.count()] - 600
	for b.Loop() {
		l.scroll.Scrolled(step)
		if l.scroll.Offset.Y > end {
			l.scrollTo(0)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frameTime), "frames/step")
}

package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// numbers gives n rows, each a number, of one height.
func numbers(n int, height float32) Rows {
	return Rows{
		Count:  func() int { return n },
		Height: func(int, float32) float32 { return height },
		New:    func(int) fyne.CanvasObject { return NewLabel("") },
		Bind:   func(i int, o fyne.CanvasObject, _ bool) { o.(*Label).SetText(fmt.Sprint(i)) },
	}
}

func TestAListDrawsOnlyWhatIsInSight(t *testing.T) {
	made := 0
	rows := numbers(10_000, 20)
	rows.New = func(int) fyne.CanvasObject { made++; return NewLabel("") }
	l := NewList(rows)
	show(t, l, 200, 100)
	if got := texts(l); !slices.Equal(got, []string{"0", "1", "2", "3", "4", "5"}) {
		t.Errorf("at the top it shows %q", got)
	}
	for y := float32(0); y < 199_000; y += 777 {
		l.scrollTo(y)
	}
	l.Reveal(9_999)
	if got := texts(l); got[len(got)-1] != "9999" {
		t.Errorf("at the end it shows %q", got)
	}
	if made > 8 {
		t.Errorf("%d objects were made for 6 rows in sight", made)
	}
}

func TestRowsStandWhereTheirHeightsPutThem(t *testing.T) {
	rows := numbers(1000, 0)
	rows.Height = func(i int, _ float32) float32 { return float32(10 + i%7*5) }
	l := NewList(rows)
	show(t, l, 200, 300)
	l.Reveal(700)
	var y float32
	for i := range 1000 {
		height := rows.Height(i, 200)
		if row := l.view.shown[i]; row != nil {
			if row.Position().Y != y || row.Size() != fyne.NewSize(200, height) {
				t.Errorf("row %d stands at %v, %v; not at %.0f, %.0f", i, row.Position(), row.Size(), y, height)
			}
			if row.(*Label).Text() != fmt.Sprint(i) {
				t.Errorf("row %d shows %s", i, row.(*Label).Text())
			}
		}
		y += height
	}
	if l.view.shown[700] == nil {
		t.Error("row 700 is not in sight")
	}
}

func TestHeightsAreMeasuredOnceAWidth(t *testing.T) {
	measured := 0
	rows := numbers(500, 20)
	rows.Height = func(int, float32) float32 { measured++; return 20 }
	l := NewList(rows)
	w := show(t, l, 200, 100)
	first := measured
	l.scrollTo(3000)
	l.Refresh()
	w.Resize(fyne.NewSize(200, 150))
	l.Select(7)
	if measured != first {
		t.Errorf("measured %d rows more at the same width", measured-first)
	}
	w.Resize(fyne.NewSize(250, 150))
	if measured != first+500 {
		t.Errorf("a new width measured %d rows", measured-first)
	}
}

func TestListByKeys(t *testing.T) {
	var chosen []int
	opened := -1
	rows := numbers(100, 20)
	rows.Skip = func(i int) bool { return i%10 == 0 } // days
	rows.Chosen = func(i int) { chosen = append(chosen, i) }
	rows.Open = func(i int) { opened = i }
	l := NewList(rows)
	w := show(t, l, 200, 100)
	w.Canvas().Focus(l)
	press(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyHome)
	if want := []int{1, 2, 3, 2, 99, 1}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
	if l.scroll.Offset.Y != 0 {
		t.Errorf("Home leaves the day above out of sight: %.0f", l.scroll.Offset.Y)
	}
	for range 8 {
		press(w, fyne.KeyDown)
	}
	press(w, fyne.KeyDown)
	if l.Selected() != 11 {
		t.Errorf("Down over a day selects %d", l.Selected())
	}
	press(w, fyne.KeyPageDown)
	if got := l.Selected(); got < 14 || got > 17 {
		t.Errorf("PageDown from 11, with 5 in sight, selects %d", got)
	}
	press(w, fyne.KeyPageUp, fyne.KeyReturn)
	if opened != l.Selected() || l.view.shown[opened] == nil {
		t.Errorf("opened %d, selected %d", opened, l.Selected())
	}
	if !l.ringed() || !l.view.ring.Visible() {
		t.Error("the row that has the keyboard is not marked")
	}
}

func TestListByPointer(t *testing.T) {
	var chosen, menus []int
	opened := -1
	rows := numbers(100, 20)
	rows.Chosen = func(i int) { chosen = append(chosen, i) }
	rows.Open = func(i int) { opened = i }
	rows.Menu = func(i int, _ fyne.PointEvent) { menus = append(menus, i) }
	l := NewList(rows)
	w := show(t, l, 200, 100)
	l.scrollTo(200)
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 45))
	if !slices.Equal(chosen, []int{12}) || opened != -1 {
		t.Errorf("chosen %v, opened %d", chosen, opened)
	}
	if l.ringed() {
		t.Error("a click must not draw the keyboard's ring")
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 45))
	if opened != 12 || len(chosen) != 1 {
		t.Errorf("a click on what is selected: opened %d, chosen %v", opened, chosen)
	}
	test.TapSecondaryAt(l, fyne.NewPos(50, 65))
	if !slices.Equal(menus, []int{13}) || l.Selected() != 13 {
		t.Errorf("menus %v, selected %d", menus, l.Selected())
	}
	press(w, desktop.KeyMenu)
	if !slices.Equal(menus, []int{13, 13}) {
		t.Errorf("after the menu key, menus %v", menus)
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(50, 5))
	if l.hover != 10 || l.view.tint.Position().Y != 200 {
		t.Errorf("the tint is on row %d at %.0f", l.hover, l.view.tint.Position().Y)
	}
}

func TestAListAsksForMoreOncePerEnd(t *testing.T) {
	n, asked := 50, 0
	rows := numbers(0, 20)
	rows.Count = func() int { return n }
	rows.More = func() { asked++ }
	l := NewList(rows)
	show(t, l, 200, 100)
	if asked != 0 {
		t.Fatal("asked at the beginning")
	}
	l.scrollTo(850)
	l.scrollTo(880)
	if asked != 1 {
		t.Fatalf("asked %d times", asked)
	}
	n = 100
	l.Grew()
	if l.count() != 100 || l.scroll.Offset.Y != 880 {
		t.Errorf("%d rows at %.0f", l.count(), l.scroll.Offset.Y)
	}
	l.Reveal(99)
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

func TestReloadKeepsItsPlace(t *testing.T) {
	n := 200
	rows := numbers(0, 20)
	rows.Count = func() int { return n }
	l := NewList(rows)
	show(t, l, 200, 100)
	l.Select(150)
	at := l.scroll.Offset.Y
	l.Reload()
	if l.scroll.Offset.Y != at || l.Selected() != 150 {
		t.Errorf("at %.0f, not %.0f; selected %d", l.scroll.Offset.Y, at, l.Selected())
	}
	n = 20
	l.Reload()
	if got := texts(l); got[len(got)-1] != "19" || l.Selected() != -1 {
		t.Errorf("after rows went it shows %q and has %d selected", got, l.Selected())
	}
	n = 0
	l.Reload()
	if got := texts(l); len(got) != 0 {
		t.Errorf("an empty list shows %q", got)
	}
	press(show(t, l, 200, 100), fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnd)
}

func TestSelectingBeforeTheListIsShown(t *testing.T) {
	bound := map[int]bool{}
	rows := numbers(100, 20)
	rows.Bind = func(i int, _ fyne.CanvasObject, selected bool) { bound[i] = selected }
	l := NewList(rows)
	l.Select(2)
	show(t, l, 200, 100)
	if l.Selected() != 2 || !bound[2] || bound[1] {
		t.Errorf("selected %d, bound %v", l.Selected(), bound)
	}
}

// timeline gives n messages with a day before every twentieth.
func timeline(n int) ([]Message, Rows) {
	messages := make([]Message, n)
	for i := range messages {
		messages[i] = Message{
			Time: "2:14 PM", Icon: look.Chat, Who: "Ada", What: "texted · +1 601 555 0142",
			Body: strings.Repeat(fmt.Sprintf("message %d, the landlord wrote back 🙂 明天见. ", i), 1+i%9),
		}
		if i%11 == 0 {
			messages[i].Files = []File{{look.Paperclip, "letter-page-2.pdf · 212 KB"}}
		}
	}
	isDay := func(i int) bool { return i%20 == 0 }
	return messages, Rows{
		Count: func() int { return n },
		Height: func(i int, width float32) float32 {
			if isDay(i) {
				return DayHeight
			}
			return messages[i].Height(width)
		},
		Kind: func(i int) int {
			if isDay(i) {
				return 1
			}
			return 0
		},
		New: func(kind int) fyne.CanvasObject {
			if kind == 1 {
				return NewDay("")
			}
			return NewMessageRow()
		},
		Bind: func(i int, o fyne.CanvasObject, selected bool) {
			switch o := o.(type) {
			case *Day:
				o.SetText(fmt.Sprint("Day ", i/20))
			case *MessageRow:
				o.Set(messages[i], selected, nil)
			}
		},
		Skip: isDay,
	}
}

func TestATimelineOfTenThousandDrawsWithinItsRows(t *testing.T) {
	messages, rows := timeline(10_000)
	l := NewList(rows)
	show(t, l, 736, 500)
	for _, at := range []int{0, 1, 4_321, 9_999} {
		l.Reveal(at)
		for i, o := range l.view.shown {
			row, ok := o.(*MessageRow)
			if !ok {
				continue
			}
			if row.message.Body != messages[i].Body {
				t.Errorf("row %d shows another message", i)
			}
			for _, line := range row.body {
				if bottom := line.Position().Y + line.Size().Height; bottom > row.Size().Height {
					t.Errorf("row %d is %.0f high, its text reaches %.0f", i, row.Size().Height, bottom)
				}
			}
		}
	}
}

// frameTime is the time that a window of 60 frames a second has for one.
const frameTime = time.Second / 60

func BenchmarkScrollStepOf10kMessages(b *testing.B) {
	_, rows := timeline(10_000)
	bound := 0
	bind := rows.Bind
	rows.Bind = func(i int, o fyne.CanvasObject, selected bool) {
		bound++
		bind(i, o, selected)
	}
	l := NewList(rows)
	show(b, l, 736, 500)
	step := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -60)}
	end := l.tops[l.count()] - 600
	bound = 0
	for b.Loop() {
		l.scroll.Scrolled(step)
		if l.scroll.Offset.Y > end {
			l.scrollTo(0)
		}
	}
	b.ReportMetric(float64(bound)/float64(b.N), "rows/step")
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frameTime), "frames/step")
}

func BenchmarkOpen10kMessages(b *testing.B) {
	_, rows := timeline(10_000)
	for b.Loop() {
		lines.Forget()
		l := NewList(rows)
		l.Resize(fyne.NewSize(736, 500))
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frameTime), "frames/open")
}

func TestAListThatHoldsNothingAnyMoreDrawsNothing(t *testing.T) {
	n := 3
	rows := numbers(0, 20)
	rows.Count = func() int { return n }
	l := NewList(rows)
	show(t, l, 200, 100)
	n = 0
	l.Reload()
	if got := len(l.view.r.objects); got != 2 { // the marks of the pointer and of the keyboard
		t.Errorf("it still draws %d objects", got)
	}
}

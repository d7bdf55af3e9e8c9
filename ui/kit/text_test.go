package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

const long = "Good morning, the landlord sent this back. Could you look at page 2 before we meet? I am not sure what they mean."

func TestTextWrapsToItsWidthInColumnsAndScrolls(t *testing.T) {
	text := NewText(long)
	after := NewButton("After", nil)
	w := show(t, NewScroll(Pad(10, 10, 10, 10, Column(8, text, after))), 600, 300)
	for _, width := range []float32{600, 300, 150} {
		w.Resize(fyne.NewSize(width, 300))
		drawn := texts(text)
		if strings.Join(drawn, " ") != long {
			t.Errorf("at %.0f it shows %q", width, drawn)
		}
		if got, want := text.Size().Height, text.HeightAt(width-20); got != want {
			t.Errorf("at %.0f it is %.0f high, needs %.0f", width, got, want)
		}
		if after.Position().Y != text.Size().Height+8 {
			t.Errorf("at %.0f what follows stands at %.0f under %.0f", width, after.Position().Y, text.Size().Height)
		}
	}
	text.Most(2)
	text.Resize(fyne.NewSize(130, 60))
	if drawn := texts(text); len(drawn) != 2 || !strings.HasSuffix(drawn[1], "…") {
		t.Errorf("with two lines allowed it shows %q", drawn)
	}
}

// Fyne drops the renderer of what was out of sight for a minute.
func TestTextsAreDrawnByANewRendererToo(t *testing.T) {
	text, linked := NewText(long), NewLinked(nil)
	linked.Set(long, "Go on")
	show(t, Column(0, text, linked), 300, 400)
	for _, w := range []fyne.Widget{text, linked} {
		before := len(test.WidgetRenderer(w).Objects())
		if after := len(w.CreateRenderer().Objects()); after != before || after < 2 {
			t.Errorf("%T: %d objects are drawn after %d", w, after, before)
		}
	}
}

func TestRightToLeftTextIsDrawnInOrderAndKeptAsWritten(t *testing.T) {
	written := "שלום John עולם"
	text := NewText(written)
	label := NewTitle(written)
	show(t, Column(0, text, label), 400, 100)
	for o, want := range map[fyne.CanvasObject]string{text: "עולם John שלום", label: written} { // a label is a line of the window's own
		if drawn := strings.ReplaceAll(strings.Join(texts(o), "|"), "\u200E", ""); drawn != want {
			t.Errorf("%T draws %+q, not %+q", o, drawn, want)
		}
	}
	if text.Text() != written || label.Text() != written || text.AccessibilityLabel() != written {
		t.Error("the text was kept in drawing order")
	}
}

func TestABodyCanBeSelectedUnlessItRunsFromRightToLeft(t *testing.T) {
	b := NewBody(long)
	show(t, Column(0, b), 300, 300)
	if !b.label.Visible() || b.text.Visible() || !b.label.Selectable {
		t.Error("left-to-right text must be selectable")
	}
	if got, want := b.Size().Height, b.HeightAt(300); got != want || want < 50 {
		t.Errorf("it is %.0f high, needs %.0f", got, want)
	}
	b.SetText("شكرا جزيلا")
	if b.label.Visible() || !b.text.Visible() {
		t.Error("right-to-left text must be drawn by lines of our own")
	}
}

func TestALongNameGivesWay(t *testing.T) {
	title := NewTitle("Maximiliane-Friederike von der Wittenberg-Hohenstein zu Löwenberg 🙂 王芳")
	b := NewButton("Produce record", nil)
	show(t, Row(8, Grow(title), b), 400, 60)
	if end := b.Position().X + b.Size().Width; end > 400.5 {
		t.Errorf("the button ends at %.0f of 400", end)
	}
	drawn := texts(title)[0]
	if !strings.HasSuffix(drawn, "…") {
		t.Errorf("the name is drawn %q", drawn)
	}
	if min := title.MinSize().Width; min > mostAsked {
		t.Errorf("the name asks for %.0f", min)
	}
}

func TestChipsWrapAndStayInside(t *testing.T) {
	var chips []fyne.CanvasObject
	for i := range 7 {
		chips = append(chips, NewChip(Green, fmt.Sprint("Texting agreed in writing ", i)))
	}
	flow := Flow(6, chips...)
	w := show(t, Column(0, flow), 500, 300)
	for _, width := range []float32{500, 260, 100} {
		w.Resize(fyne.NewSize(width, 300))
		var bottom float32
		for _, c := range chips {
			if end := c.Position().X + c.Size().Width; end > width {
				t.Errorf("at %.0f a chip ends at %.0f", width, end)
			}
			bottom = max(bottom, c.Position().Y+22)
		}
		if flow.Size().Height != bottom {
			t.Errorf("at %.0f the chips end at %.0f, their place at %.0f", width, bottom, flow.Size().Height)
		}
	}
}

func TestAMessageShowsWhatHappenedToIt(t *testing.T) {
	row := NewMessageRow()
	m := Message{
		Time: "9:15 AM", Icon: look.Envelope, Who: "Ada", What: "emailed · Housing application", Flag: "written late", Tone: Amber,
		Body: long, Files: []File{{look.Paperclip, "letter.pdf · 212 KB"}, {look.Picture, "IMG_2041.jpg · 1.2 MB"}},
		Notes: []string{"Added November 21, 2026: she found it."}, Struck: true,
	}
	opened := -1
	row.Resize(fyne.NewSize(400, m.Height(400)))
	row.Set(m, false, func(i int) { opened = i })
	w := show(t, row, 400, m.Height(400))
	drawn := texts(row)
	for _, want := range []string{"9:15 AM", "Ada", "written late", "letter.pdf · 212 KB", "Added November 21, 2026: she found", "it."} {
		if !slices.Contains(drawn, want) {
			t.Errorf("%q is not among %q", want, drawn)
		}
	}
	for _, part := range row.body {
		if !part.TextStyle.Strikethrough {
			t.Errorf("%q is not struck through", part.Text.Text)
		}
	}
	if inkOf(t, row, "written late") != look.Color(look.Amber) {
		t.Error("the flag is not amber")
	}
	var bottom float32
	for _, o := range test.WidgetRenderer(row).Objects() {
		bottom = max(bottom, o.Position().Y+o.Size().Height)
		if end := o.Position().X + o.Size().Width; end > 400 {
			t.Errorf("%T ends at %.0f of 400", o, end)
		}
	}
	if bottom > row.Size().Height {
		t.Errorf("the row is %.0f high, its parts reach %.0f", row.Size().Height, bottom)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row.files[1])
	test.TapCanvas(w.Canvas(), at.AddXY(5, 5))
	if opened != 1 {
		t.Errorf("opened %d", opened)
	}

	row.Set(Message{Who: "You", Body: "short"}, false, nil)
	if drawn := texts(row); !slices.Equal(drawn, []string{"You", "short"}) {
		t.Errorf("used again it shows %q", drawn)
	}
	if row.body[0].TextStyle.Strikethrough {
		t.Error("used again it is still struck through")
	}
}

func TestAnItemDrawsItsOwnSelection(t *testing.T) {
	item := NewItem()
	show(t, item, 268, ItemHeight)
	item.Set(ItemText{Title: strings.Repeat("long name ", 9), Caption: strings.Repeat("long text ", 9), Right: "11:02 AM"}, true)
	if item.ground.FillColor != look.Color(look.Soft) || item.mark.FillColor != look.Color(look.Accent) {
		t.Error("it is not marked")
	}
	if item.title.Position().X+item.title.width(item.title.Text.Text) > item.right.Position().X {
		t.Error("the title runs into the time")
	}
	item.Set(ItemText{Title: "54 other conversations", Faint: true}, false)
	if inkOf(t, item, "54 other conversations") != look.Color(look.Faint) || item.mark.FillColor != look.Color(look.Clear) {
		t.Error("it must be faint and not marked")
	}
}

func TestStrengthColorsFollowTheScore(t *testing.T) {
	s := NewStrength()
	show(t, s, 200, 26)
	for score, want := range map[int]look.Token{0: look.Red, 1: look.Red, 2: look.Amber, 3: look.Green, 4: look.Green} {
		s.Set(score, "words")
		if s.bars[0].FillColor != look.Color(want) {
			t.Errorf("score %d is not %s", score, want)
		}
		lit := 0
		for _, bar := range s.bars {
			if bar.FillColor != look.Color(look.Line) {
				lit++
			}
		}
		if lit != max(score, 1) {
			t.Errorf("score %d lights %d bars", score, lit)
		}
	}
}

func TestFrameGivesTheMiddleWhatIsLeft(t *testing.T) {
	text := NewText(long)
	middle := canvas.NewRectangle(nil)
	left := Wide(100, NewLabel("left"))
	w := show(t, Frame(text, nil, left, nil, middle), 500, 300)
	for _, width := range []float32{500, 200} {
		w.Resize(fyne.NewSize(width, 300))
		top := text.HeightAt(width)
		if middle.Position() != fyne.NewPos(100, whole(top)) || middle.Size().Width != width-100 {
			t.Errorf("at %.0f the middle stands at %v, %v; the text is %.0f high", width, middle.Position(), middle.Size(), top)
		}
	}
}

func TestMarkup(t *testing.T) {
	segments := NewSegments([]string{"Text", "Email"}, 1, nil)
	nav := NewNavItem(look.Inbox, "Inbox", nil)
	nav.SetSelected(true)
	item := NewItem()
	item.Set(ItemText{Title: "Ada Quill", Caption: "Running late, is that ok?", Right: "2:14 PM"}, true)
	page := Column(10, segments, nav, item, NewChip(Amber, "Email consent due Dec 1"), NewPrimary("Unlock", nil), NewField("Name"))
	w := show(t, page, 300, 320)
	test.AssertRendersToMarkup(t, "primitives.xml", w.Canvas())
}

package kit

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

// pull sets the pen down on the pad and draws through places on it.
func pull(s *Signature, places ...fyne.Position) {
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.pad)
	s.pad.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: places[0]}, Button: desktop.MouseButtonPrimary})
	for _, at := range places[1:] {
		s.pad.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at.Add(origin)}})
	}
	s.pad.DragEnd()
	s.pad.MouseUp(nil)
}

// wave is what a hand draws: n points over a width.
func wave(x, width float32, n int) []fyne.Position {
	var all []fyne.Position
	for i := range n {
		part := float64(i) / float64(n)
		all = append(all, fyne.NewPos(x+width*float32(part), 70+30*float32(math.Sin(12*part))))
	}
	return all
}

func TestASignatureIsDrawnAndCleared(t *testing.T) {
	changes := 0
	s := NewSignature("Signature of Lena Ptak")
	s.OnChanged = func() { changes++ }
	w := show(t, Pad(40, 0, 0, 30, s), 600, 300)
	if !s.clear.Disabled() {
		t.Error("there is something to clear")
	}
	pull(s, wave(60, 100, 40)...)
	pull(s, wave(200, 100, 40)...)
	if s.Strokes() != 2 || s.Empty() || changes != 80 || s.clear.Disabled() {
		t.Errorf("%d strokes, empty %v, after %d changes", s.Strokes(), s.Empty(), changes)
	}
	if first := s.pad.strokes[1][0]; first != fyne.NewPos(200, 70) {
		t.Errorf("the second stroke begins at %v", first)
	}
	w.Canvas().Focus(s.clear)
	press(w, fyne.KeyReturn)
	if s.Strokes() != 0 || !s.Empty() {
		t.Error("Clear leaves something")
	}
	s.Disable()
	pull(s, wave(60, 100, 40)...)
	s.pad.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	if s.Strokes() != 0 {
		t.Error("drawn on what is disabled")
	}
}

func TestADotIsNoSignature(t *testing.T) {
	s := NewSignature("Signature").Must("Draw the signature, or choose another way.")
	show(t, s, 600, 300)
	if _, ok := s.Value(); ok || s.Error() != "Draw the signature, or choose another way." || s.pad.ground.StrokeColor != look.Color(look.Red) {
		t.Errorf("nothing was taken for a signature: %q", s.Error())
	}
	for name, places := range map[string][]fyne.Position{
		"dot":        {fyne.NewPos(50, 50)},
		"still pen":  {fyne.NewPos(50, 50), fyne.NewPos(50, 50), fyne.NewPos(50.2, 50)},
		"short line": wave(50, 5, 3),
		"two points": {fyne.NewPos(50, 50), fyne.NewPos(400, 90)},
	} {
		s.Clear()
		pull(s, places...)
		if !s.Empty() {
			t.Errorf("a %s is taken for a signature", name)
		}
		if _, err := s.PNG(); err == nil {
			t.Errorf("there is a picture of a %s", name)
		}
		if file, ok := s.Value(); ok || file != nil || s.Error() != "That is too little for a signature. Clear it and sign again." {
			t.Errorf("a %s: %q", name, s.Error())
		}
	}
	pull(s, wave(100, 200, 60)...)
	if s.Error() != "" {
		t.Error("drawing leaves the error")
	}
	if file, ok := s.Value(); !ok || len(file) == 0 {
		t.Error("the signature is not taken")
	}
	free := NewSignature("Signature")
	if file, ok := free.Value(); !ok || file != nil {
		t.Error("a signature that need not be there is asked for")
	}
}

func TestThePictureOfASignature(t *testing.T) {
	s := NewSignature("Signature")
	show(t, s, 600, 300)
	line := []fyne.Position{}
	for x := float32(100); x <= 300; x += 5 {
		line = append(line, fyne.NewPos(x, 80))
	}
	pull(s, line...)
	pull(s, fyne.NewPos(200, 60), fyne.NewPos(200, 100))
	file, err := s.PNG()
	if err != nil {
		t.Fatal(err)
	}
	made, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	// 200 by 40 units with 10 round them, at 3 pixels to a unit
	if size := made.Bounds().Size(); size != image.Pt(660, 180) {
		t.Fatalf("it is %v", size)
	}
	gray := made.(*image.Gray)
	for _, p := range []struct {
		x, y int
		want uint8
	}{
		{0, 0, 255}, {659, 179, 255}, {330, 20, 255}, // the margin
		{330, 90, 0}, {100, 90, 0}, {600, 90, 0}, {330, 40, 0}, {330, 145, 0}, // both lines, and where they cross
		{100, 60, 255}, {25, 90, 255},
	} {
		if got := gray.GrayAt(p.x, p.y).Y; got != p.want {
			t.Errorf("at %d,%d it is %d, not %d", p.x, p.y, got, p.want)
		}
	}
	soft := 0
	for _, y := range gray.Pix {
		if y > 0 && y < 255 {
			soft++
		}
	}
	if soft < 100 {
		t.Errorf("%d pixels are gray: its edges are hard", soft)
	}
}

func TestAPenStaysOnThePaper(t *testing.T) {
	s := NewSignature("Signature")
	show(t, s, 600, 300)
	pull(s, fyne.NewPos(10, 10), fyne.NewPos(-500, 70), fyne.NewPos(9000, -3), fyne.NewPos(300, 9000))
	for _, at := range s.pad.strokes[0] {
		if at.X < 0 || at.Y < 0 || at.X > s.pad.Size().Width || at.Y > s.pad.Size().Height {
			t.Errorf("it went to %v", at)
		}
	}
	for range 100 {
		pull(s, wave(20, 480, 300)...)
	}
	if n := s.pad.points(); n > mostPoints {
		t.Errorf("%d points are kept", n)
	}
}

func TestWhatIsDrawnIsSeenInTheInkOfTheTheme(t *testing.T) {
	s := NewSignature("Signature")
	w := show(t, s, 600, 300)
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.pad)
	pull(s, wave(60, 100, 40)...)
	pull(s, fyne.NewPos(300, 40), fyne.NewPos(400, 40))
	at := func() [3]uint32 {
		r, g, b, _ := w.Canvas().Capture().At(int(origin.X)+350, int(origin.Y)+40).RGBA()
		return [3]uint32{r >> 8, g >> 8, b >> 8}
	}
	for _, dark := range []bool{false, true, false} {
		fyne.CurrentApp().Settings().SetTheme(look.NewTheme(dark))
		r, g, b, _ := look.Color(look.Ink).RGBA()
		if got, want := at(), [3]uint32{r >> 8, g >> 8, b >> 8}; got != want {
			t.Errorf("dark %v: the stroke is %v, not %v", dark, got, want)
		}
	}
	test.Tap(s.clear)
	r, _, _, _ := look.Color(look.Paper).RGBA()
	if got := at(); got[0] != r>>8 {
		t.Errorf("after Clear it is %v", got)
	}
}

func BenchmarkAPenOfAThousandPoints(b *testing.B) {
	s := NewSignature("Signature")
	show(b, s, 600, 300)
	pull(s, wave(20, 480, 1000)...)
	for b.Loop() {
		s.pad.draw(1040, 300) // a screen of two pixels to a unit
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frameTime), "frames/draw")
}

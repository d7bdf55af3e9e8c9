package kit

import (
	"bytes"
	"errors"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Signature lets a signature be drawn with a mouse, a pen or a touchpad, under
// a label that says whose it is, and cleared. There is no drawing it by keys:
// offer another way to sign beside it.
type Signature struct {
	widget.BaseWidget
	OnChanged func()

	must    string
	pad     *signPad
	clear   *Button
	problem *problem
	body    *fyne.Container
}

// NewSignature makes an empty paper with the line where one signs.
func NewSignature(label string) *Signature {
	s := &Signature{problem: newProblem()}
	s.pad = newSignPad("Sign here", s.changed)
	s.clear = NewLink("Clear", s.Clear)
	s.clear.Disable()
	s.body = Column(labelGap,
		atMost(signWidth, Row(14, Grow(NewSmall(label)), s.clear)),
		atMost(signWidth, s.pad),
		s.problem.Text)
	s.ExtendBaseWidget(s)
	return s
}

func (s *Signature) changed() {
	s.clear.setDisabled(s.Strokes() == 0)
	if s.Error() != "" {
		s.SetError("")
	}
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

// Must refuses that nothing is drawn, saying a sentence, and gives the
// signature back.
func (s *Signature) Must(sentence string) *Signature {
	s.must = sentence
	return s
}

// Strokes counts how often the pen was set down.
func (s *Signature) Strokes() int { return len(s.pad.strokes) }

// A name is longer than this, in Fyne's units, and has more points: less is a
// dot or a slip of the hand.
const (
	leastInk    = 60
	leastPoints = 8
)

// Empty reports whether nothing is drawn that could be a signature.
func (s *Signature) Empty() bool {
	var ink float32
	for _, stroke := range s.pad.strokes {
		ink += stroke.length()
	}
	return ink < leastInk || s.pad.points() < leastPoints
}

// Clear takes away what was drawn.
func (s *Signature) Clear() { s.pad.clear() }

// What PNG writes: pixels to a unit, and units round the signature.
const (
	signScale = 3
	signRoom  = 10
)

var errNoSignature = errors.New("nothing is drawn that could be a signature")

// PNG gives the signature as a picture in black on white, cropped to it, at 3
// pixels to one of Fyne's units: some 300 to the inch of an ordinary screen.
// Where Empty it is an error.
func (s *Signature) PNG() ([]byte, error) {
	if s.Empty() {
		return nil, errNoSignature
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture(s.pad.strokes, signRoom, signScale)); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// Value gives the picture, nil where nothing is drawn. If a signature must be
// there and is not, or what is drawn is none, it says so, and ok is false.
func (s *Signature) Value() (file []byte, ok bool) {
	file, err := s.PNG()
	switch {
	case err == nil:
		return file, true
	case s.Strokes() > 0:
		s.SetError("That is too little for a signature. Clear it and sign again.")
		return nil, false
	case s.must != "":
		s.SetError(s.must)
		return nil, false
	}
	return nil, true
}

// SetError shows what is wrong in a sentence, in red, until something is drawn
// or cleared; an empty one clears it.
func (s *Signature) SetError(problem string) {
	s.problem.say(problem)
	s.pad.wrong = problem != ""
	s.Refresh()
}

// Error gives what is shown as wrong.
func (s *Signature) Error() string { return s.problem.Text.Text() }

// Enable lets something be drawn.
func (s *Signature) Enable() { s.setDisabled(false) }

// Disable keeps what was drawn as it is.
func (s *Signature) Disable() { s.setDisabled(true) }

func (s *Signature) setDisabled(off bool) {
	s.pad.disabled = off
	s.clear.setDisabled(off || s.Strokes() == 0)
	s.pad.Refresh()
}

// HeightAt gives the height that the signature needs at a width.
func (s *Signature) HeightAt(width float32) float32 { return heightAt(s.body, width) }

// CreateRenderer is for Fyne.
func (s *Signature) CreateRenderer() fyne.WidgetRenderer { return drawBody(s, s.body) }

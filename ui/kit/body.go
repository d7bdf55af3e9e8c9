package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
)

// Body shows the whole text of an entry. Left-to-right text can be selected
// and copied; text with right-to-left parts is drawn in its right order, and
// cannot, since Fyne would select it out of order: offer a copy button.
type Body struct {
	widget.BaseWidget
	label *widget.Label
	text  *Text
}

// NewBody makes a block for a long text.
func NewBody(text string) *Body {
	b := &Body{label: widget.NewLabel(""), text: NewText("")}
	b.label.Wrapping = fyne.TextWrapWord
	b.label.Selectable = true
	b.ExtendBaseWidget(b)
	b.SetText(text)
	return b
}

// SetText changes the text.
func (b *Body) SetText(text string) {
	if lines.HasRTL(text) {
		b.text.SetText(text)
		b.text.Show()
		b.label.Hide()
	} else {
		b.label.SetText(text)
		b.label.Show()
		b.text.Hide()
	}
	b.Refresh()
}

// HeightAt gives the height that the text needs at a width.
func (b *Body) HeightAt(width float32) float32 {
	if b.text.Visible() {
		return b.text.HeightAt(width)
	}
	b.label.Resize(fyne.NewSize(width+2*textInset, b.label.Size().Height))
	return b.label.MinSize().Height - 2*textInset
}

// CreateRenderer is for Fyne.
func (b *Body) CreateRenderer() fyne.WidgetRenderer {
	return draw(b,
		func() fyne.Size { return fyne.NewSize(0, b.HeightAt(b.Size().Width)) },
		func(size fyne.Size) {
			place(b.text, 0, 0, size.Width, size.Height)
			b.label.Move(fyne.NewPos(-textInset, -textInset))
			b.label.Resize(size.AddWidthHeight(2*textInset, 2*textInset))
		},
		func() {},
		b.label, b.text)
}

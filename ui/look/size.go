package look

// Text sizes, in Fyne's units. Whole numbers: a fractional size is drawn with
// the glyph spacing of the next whole one.
const (
	TitleSize   float32 = 22
	HeadingSize float32 = 15
	TextSize    float32 = 14
	TabSize     float32 = 13
	CaptionSize float32 = 12
)

// Measures that the primitives share, in Fyne's units.
const (
	Radius   float32 = 6  // corners of boxes
	IconSize float32 = 20 // the grid that icons are drawn on
	Ring     float32 = 2  // stroke of what has the keyboard
)

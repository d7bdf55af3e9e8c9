package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// ItemText is what an Item shows.
type ItemText struct {
	Title   string
	Caption string
	Right   string        // a time or a count, beside the title
	Faint   bool          // not to be chosen: everything in the faint color
	Arrow   bool          // an arrow before the caption: it leads to somebody
	Mark    look.IconName // at the right of the caption, and what it means, for
	Marked  string        // a screen reader
}

// Item is a row of a list: a bold title, a caption under it, and a short text
// at the right. It draws its own selection. It is 55 high.
type Item struct {
	widget.BaseWidget
	text     ItemText
	selected bool

	ground, mark          *canvas.Rectangle
	arrow, flag           icon
	title, caption, right words
}

// ItemHeight is the height of every Item.
const ItemHeight = 55

// NewItem makes an empty row, to be filled by Set.
func NewItem() *Item {
	i := &Item{
		ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), arrow: newIcon(), flag: newIcon(),
		title:   newWords(look.TextSize, true),
		caption: newWords(look.CaptionSize, false),
		right:   newWords(look.CaptionSize, false),
	}
	i.ExtendBaseWidget(i)
	return i
}

// Set fills the row.
func (i *Item) Set(text ItemText, selected bool) {
	if i.text == text && i.selected == selected {
		return
	}
	i.text, i.selected = text, selected
	i.Refresh()
}

// AccessibilityLabel gives the row to a screen reader.
func (i *Item) AccessibilityLabel() string {
	label := i.text.Title + ", " + i.text.Caption + ", " + i.text.Right
	if i.text.Marked != "" {
		label += ", " + i.text.Marked
	}
	return label
}

// AccessibilityRole says that it is text.
func (i *Item) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	return draw(i,
		func() fyne.Size { return fyne.NewSize(120, ItemHeight) },
		i.layout, i.paint,
		i.ground, i.mark, i.arrow.Image, i.flag.Image, i.title.Text, i.caption.Text, i.right.Text)
}

func (i *Item) layout(size fyne.Size) {
	place(i.ground, 0, 0, size.Width, size.Height)
	place(i.mark, 0, 0, 3, size.Height)
	const left, edge = 17, 15
	end := size.Width - edge
	width := i.right.width(i.right.Text.Text)
	place(i.right, end-width, 9, width, i.right.height())
	if width > 0 {
		width += 10
	}
	i.title.fit(i.text.Title, end-left-width)
	place(i.title, left, 9, end-left-width, i.title.height())
	x := float32(left)
	if i.text.Arrow {
		place(i.arrow, left-2, 30, 16, 16)
		x += 16
	}
	if i.text.Mark != "" {
		place(i.flag, end-16, 29, 16, 16)
		end -= 22
	}
	i.caption.quote(i.text.Caption, end-x)
	place(i.caption, x, 29, end-x, i.caption.height())
}

func (i *Item) paint() {
	ground, mark := look.Clear, look.Clear
	if i.selected {
		ground, mark = look.Soft, look.Accent
	}
	i.ground.FillColor, i.mark.FillColor = look.Color(ground), look.Color(mark)
	title, caption, right := look.Ink, look.Muted, look.Faint
	if i.selected {
		right = look.Muted
	}
	if i.text.Faint {
		title, caption = look.Faint, look.Faint
	}
	i.title.say(i.text.Title, title)
	i.caption.Color = look.Color(caption)
	i.right.say(i.text.Right, right)
	arrow := look.IconName("")
	if i.text.Arrow {
		arrow = look.ArrowRight
	}
	i.arrow.show(arrow, caption)
	i.flag.show(i.text.Mark, look.Red)
}

package policies

import (
	"fyne.io/fyne/v2"

	"casekeep/app/policy"
	"casekeep/ui/kit"
)

// Blocks shows a text as it is read: headings, lists, paragraphs.
func Blocks(text string) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i, b := range policy.Parse(text) {
		switch {
		case b.Kind == policy.Heading && i > 0:
			all = append(all, kit.Pad(8, 0, 0, 0, kit.NewText(b.Text).Bold()))
		case b.Kind == policy.Heading:
			all = append(all, kit.NewText(b.Text).Bold())
		case b.Kind == policy.Item:
			all = append(all, kit.Pad(0, 0, 0, 6, kit.TopRow(8, kit.NewLabel("–"), kit.Grow(kit.NewText(b.Text)))))
		default:
			all = append(all, kit.NewText(b.Text))
		}
	}
	return all
}

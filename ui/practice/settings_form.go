package practice

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
)

func (s *settings) newSave() *kit.Button {
	b := kit.NewPrimary("Save", s.saveNow).Shortcut("Ctrl Enter")
	b.Disable()
	s.saves = append(s.saves, b)
	return b
}

// settingsForm is one of the parts that draw the settings.
type settingsForm struct {
	of    *settings
	body  fyne.CanvasObject
	first func()
}

func (f *settingsForm) content() fyne.CanvasObject { return f.body }
func (f *settingsForm) show()                      { f.of.refresh(); f.first() }
func (f *settingsForm) refresh()                   { f.of.refresh() }
func (f *settingsForm) save() bool                 { f.of.saveNow(); return true }

// page draws a part with its title and its Save.
func (s *settings) page(title, about string, body fyne.CanvasObject) fyne.CanvasObject {
	head := kit.Row(12, kit.Grow(kit.Column(2, kit.NewTitle(title), kit.NewSubtitle(about))), s.newSave())
	return kit.Frame(kit.Pad(18, 22, 12, 22, head), nil, nil, nil, kit.NewScroll(kit.Pad(4, 22, 26, 22, body)))
}

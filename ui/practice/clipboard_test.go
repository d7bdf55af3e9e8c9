package practice

import (
	"slices"
	"testing"

	"casekeep/ui/kit"
)

// The time after which a copied text is cleared is set here, and one that was
// set elsewhere stays.
func TestClipboardTimeIsSet(t *testing.T) {
	d, p := openPage(t)
	if p.settings.clip.Chosen() != slices.Index(clipboardOffers, 30) {
		t.Errorf("a new practice's choice is %d", p.settings.clip.Chosen())
	}
	for i, seconds := range clipboardOffers {
		if i == p.settings.clip.Chosen() {
			continue
		}
		p.settings.clip.Choose(i)
		p.settings.edited()
		p.pressSave()
		if got := d.settings().ClipboardClear; got != seconds {
			t.Errorf("%q set %d", clipboardNames(30)[i], got)
		}
	}
	s := d.settings()
	s.ClipboardClear = 7
	if err := d.practice.SetSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	p.Refresh(0)
	if got := p.settings.typed(func(*kit.Field, string) {}).ClipboardClear; p.settings.edits() || got != 7 {
		t.Errorf("seven seconds became %d", got)
	}
}

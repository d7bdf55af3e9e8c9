package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/ui/look"
)

func TestSideTabsByKeysAndPointer(t *testing.T) {
	var said []int
	s := NewSideTabs([]string{"Profile", "Licenses", "Vendors", "Incidents"}, func(i int) { said = append(said, i) })
	w := show(t, Column(0, s), 180, 300)
	w.Canvas().Focus(s)
	press(w, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyDown, fyne.KeyHome)
	if want := []int{1, 2, 1, 3, 0}; !slices.Equal(said, want) {
		t.Errorf("said %v, want %v", said, want)
	}
	if !s.ringed() {
		t.Error("the one that has the keyboard is not marked")
	}
	for i := range 4 {
		test.TapAt(s, fyne.NewPos(20, float32(i)*(sideHeight+sideGap)+10))
		if s.Chosen() != i {
			t.Errorf("a click on %d chooses %d", i, s.Chosen())
		}
		if s.mark.Position().Y != s.tabs[i].label.Position().Y-7 {
			t.Errorf("the mark stands at %.0f, the name at %.0f", s.mark.Position().Y, s.tabs[i].label.Position().Y)
		}
	}
	n := len(said)
	test.TapAt(s, fyne.NewPos(20, 200))
	s.Choose(2)
	if len(said) != n || s.AccessibilityLabel() != "Vendors" {
		t.Errorf("said %v, chosen %q", said, s.AccessibilityLabel())
	}
}

func TestSideTabsShowWhatIsDue(t *testing.T) {
	s := NewSideTabs([]string{"Profile", "Licenses that are held in any state at all"}, nil)
	show(t, Column(0, s), 180, 300)
	s.SetNote(1, "2", Amber)
	if inkOf(t, s, "2") != look.Color(look.Amber) {
		t.Error("the count is not amber")
	}
	tab := s.tabs[1]
	if end := tab.label.Position().X + tab.label.width(tab.label.Text.Text); end > tab.count.Position().X {
		t.Errorf("the name ends at %.0f, the count begins at %.0f", end, tab.count.Position().X)
	}
	s.SetNote(1, "", Neutral)
	if slices.Contains(texts(s), "2") {
		t.Error("the count stays")
	}
}

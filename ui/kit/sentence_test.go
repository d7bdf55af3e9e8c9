package kit

import (
	"strings"
	"testing"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// A right-to-left name turns round no sentence of the window in which it stands;
// what somebody wrote runs as its own first letter does.
func TestNamesTurnNoSentenceRound(t *testing.T) {
	plain := func(text string) string { return strings.ReplaceAll(text, "\u200E", "") }
	for _, name := range []string{"ليلى", "נועה"} {
		toasts := newToasts(later(nil))
		show(t, toasts, 600, 100)
		toasts.Say("Text logged for " + name + ", 4:19 AM")
		label := NewSubtitle(name + " texted, 2 files")
		show(t, label, 600, 30)
		row := NewMessageRow()
		row.Set(Message{Who: name + ", 42", What: "texted"}, false, nil)
		show(t, row, 600, 80)
		for _, c := range []struct{ got, want string }{
			{toasts.label.Text.Text, "Text logged for " + name + ", 4:19 AM"},
			{label.words.Text.Text, name + " texted, 2 files"},
			{row.who.Text.Text, name + ", 42"},
		} {
			if plain(c.got) != c.want {
				t.Errorf("drawn as %+q, not %+q", c.got, c.want)
			}
		}
		item := NewItem()
		item.Set(ItemText{Title: "Ada Quill", Caption: name + " John"}, false)
		show(t, item, 300, ItemHeight)
		if got := item.caption.Text.Text; got != lines.Shown(name+" John") || item.caption.Color != look.Color(look.Muted) {
			t.Errorf("what was written is drawn as %+q", got)
		}
	}
}

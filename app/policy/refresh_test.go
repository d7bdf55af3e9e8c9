package policy

import (
	"reflect"
	"strings"
	"testing"
)

func TestRefreshChangesOnlyWhatWasDrafted(t *testing.T) {
	before, after := whole(), whole()
	after.Backups = "a drive in the bank’s safe"
	drafted, now := draft(t, "records", before), draft(t, "records", after)
	const mine = "I also keep a paper card with your name in a locked cabinet."
	text := strings.Replace(drafted, "## How long I keep it", mine+"\n\n## How long I keep it", 1)

	got, left := Refresh(text, drafted, now)
	if len(left) != 0 || !strings.Contains(got, mine) || !strings.Contains(got, "Backup copies: a drive in the bank’s safe.") {
		t.Errorf("left %q:\n%s", left, got)
	}
	if strings.Contains(got, before.Backups) {
		t.Error("the old place of the backups still stands in the text")
	}
	if want := strings.Replace(now, "## How long I keep it", mine+"\n\n## How long I keep it", 1); got != want {
		t.Errorf("something else changed:\n%s", got)
	}
}

func TestRefreshLeavesWhatWasRewritten(t *testing.T) {
	before, after := whole(), whole()
	after.Backups = "a drive in the bank’s safe"
	drafted, now := draft(t, "records", before), draft(t, "records", after)
	text := strings.Replace(drafted, "Backup copies: an", "Every Friday I back up to an", 1)
	got, left := Refresh(text, drafted, now)
	if got != text {
		t.Errorf("the practitioner’s words changed:\n%s", got)
	}
	if want := []string{"Backup copies: a drive in the bank’s safe. They are encrypted in the same way."}; !reflect.DeepEqual(left, want) {
		t.Errorf("left %q", left)
	}
}

func TestRefresh(t *testing.T) {
	for _, c := range []struct{ name, text, drafted, now, want string }{
		{"nothing changed", "a\nb\n\n\n- c", "x", "x", "a\nb\n\n\n- c"},
		{"a block was added", "# T\n\nmine\n\na\n\nc", "# T\n\na\n\nc", "# T\n\na\n\nb\n\nc", "# T\n\nmine\n\na\n\nb\n\nc\n"},
		{"a block was removed", "a\n\nmine\n\nb\n\nc", "a\n\nb\n\nc", "a\n\nc", "a\n\nmine\n\nc\n"},
		{"two changes", "a\n\nb\n\nmine\n\nc", "a\n\nb\n\nc", "A\n\nb\n\nC", "A\n\nb\n\nmine\n\nC\n"},
		{"first of all", "a", "a", "new\n\na", "new\n\na\n"},
		{"all of it", "a", "a", "b", "b\n"},
		{"already there", "b", "a", "b", "b"},
		{"an empty text", "", "a", "b", ""},
	} {
		if got, _ := Refresh(c.text, c.drafted, c.now); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Whatever changes, a text that nobody edited becomes the new starter text.
func TestRefreshFollowsEverySetting(t *testing.T) {
	for _, topic := range Topics() {
		for field, changed := range perturbed(whole()) {
			drafted, now := draft(t, topic.Key, whole()), draft(t, topic.Key, changed)
			got, left := Refresh(drafted, drafted, now)
			if got != now || len(left) != 0 {
				t.Errorf("%s after a change of %s: left %q\n%s", topic.Key, field, left, got)
			}
		}
	}
}

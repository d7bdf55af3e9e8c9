package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app/policy"
	"casekeep/assets"
	"casekeep/ui/kit"
)

const protects = "What Casekeep protects, and what it cannot"

// overlaid reports whether the dialog on top says words.
func (r *room) overlaid(words string) bool {
	top := r.window.Canvas().Overlays().Top()
	if top == nil {
		return false
	}
	for _, o := range test.LaidOutObjects(top) {
		if text, ok := o.(*kit.Text); ok && strings.Contains(text.Text(), words) {
			return true
		}
	}
	return false
}

func TestHelpIsOneKeyAwayLockedAndUnlocked(t *testing.T) {
	r := openRoom(t)
	for _, locked := range []bool{false, true} {
		if locked {
			r.menu("Lock")
			r.untilLocked()
		}
		r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
		if !r.says(protects) || !r.overlaid("a new passphrase") && !r.overlaid("A new passphrase") {
			t.Errorf("locked %v: F1 shows no help", locked)
		}
		r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1}) // once more changes nothing
		r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if r.window.Canvas().Overlays().Top() != nil {
			t.Errorf("locked %v: Escape does not close the help", locked)
		}
	}
	r.press(protects) // on the locked page
	if !r.overlaid("wastebasket") {
		t.Error("the locked page leads to no help")
	}
}

// Every dialog of help stands inside the smallest window, and its end is
// reached by keyboard.
func TestHelpFitsTheSmallestWindow(t *testing.T) {
	r := openRoom(t)
	r.window.Resize(fyne.NewSize(1024, 700))
	for item, last := range map[string]string{protects: "this is the price of the rest", "Keyboard": "Open outside, save a copy"} {
		r.menu(item)
		top := r.window.Canvas().Overlays().Top()
		r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEnd})
		found := false
		for _, o := range test.LaidOutObjects(top) {
			text, ok := o.(*kit.Text)
			if !ok || !strings.Contains(text.Text(), last) {
				continue
			}
			found = true
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(text).Y
			if bottom := at + text.Size().Height; at < 0 || bottom > 700-80 {
				t.Errorf("%s: its last line stands from %v to %v", item, at, bottom)
			}
		}
		if !found {
			t.Errorf("%s does not say %q", item, last)
		}
		r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
}

// What a threat model has to say is said, and in words that can be drawn.
func TestTheThreatModelIsWhole(t *testing.T) {
	var headings []string
	for _, b := range policy.Parse(assets.Protects) {
		if b.Kind == policy.Heading {
			headings = append(headings, b.Text)
		}
		if strings.ContainsAny(b.Text, "!→✓'\"*`[]") {
			t.Errorf("%q has a mark that does not belong there", b.Text)
		}
	}
	all := strings.Join(headings, "\n")
	for _, want := range []string{"laptop", "backup", "passphrase", "recovery sheet", "revoked", "cloud service", "change files", "Malware", "court order", "without the passphrase", "What only you can do"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing is said of %q", want)
		}
	}
}

// What Casekeep is built from is listed, can be searched, and each leads to its
// license with the keyboard alone.
func TestLicensesAreUnderHelp(t *testing.T) {
	r := openRoom(t)
	r.menu("Licenses")
	listed := func(work string) bool {
		return slices.ContainsFunc(test.LaidOutObjects(r.window.Canvas().Overlays().Top()), func(o fyne.CanvasObject) bool {
			item, ok := o.(*kit.Item)
			return ok && item.Visible() && strings.HasPrefix(item.AccessibilityLabel(), work)
		})
	}
	if !listed("Go, its standard library") {
		t.Error("the list does not begin with Go")
	}
	test.Type(r.window.Canvas().Focused(), "Filippo.io/AGE")
	if listed("PDFium") || !listed("filippo.io/age v") {
		t.Error("the list is not searched")
	}
	r.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !r.overlaid("Redistributions of source code") {
		t.Error("age's license is not shown")
	}
}

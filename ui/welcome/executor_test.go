package welcome

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Whoever looks at a vault in the practitioner's place says who they are, by
// keyboard alone, and then opens it as everybody does.
func TestUnlockAsExecutor(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("Quill Street")
	d.page.Unlock(dir)
	u := d.page.unlock
	u.executor.Press()
	if !d.says("nothing can be changed") {
		t.Fatal("it is not said what an executor can do")
	}
	enter := func() {
		typing := d.window.Canvas().Focused()
		typing.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	enter()
	if !d.says("Say who you are") {
		t.Error("somebody without a name is let on")
	}
	test.Type(d.window.Canvas().Focused(), "Maria Osei")
	enter()
	if !d.says("Opens for looking only, by Maria Osei, for 2 hours") {
		t.Fatal("it is not said how the vault will open")
	}
	u.passphrase.SetText(passphrase)
	u.open.Press()
	d.until("it is open", func() bool { return d.opened != nil })
	if e := d.opened.Executor(); e == nil || e.Who != "Maria Osei" || time.Until(e.Until) > 2*time.Hour || time.Until(e.Until) < time.Hour {
		t.Errorf("it opened for %+v", e)
	}
	if u.viewer != nil || u.seen.Visible() {
		t.Error("the next one to unlock would be taken for the executor")
	}
}

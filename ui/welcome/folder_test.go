package welcome

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
)

// A vault's folder is opened, never gone into, so that the passphrase that is
// typed next has its field.
func TestAVaultIsChosenAsAWhole(t *testing.T) {
	for name, behind := range map[string]string{"its name": "", "its name as a folder's": "/"} {
		t.Run(name, func(t *testing.T) {
			d := newDoor(t)
			one, two := d.vault("One"), d.vault("Two")
			d.page.Unlock(one)
			d.page.Choose()
			path := d.window.Canvas().Focused()
			test.Type(path, "/"+two+behind)
			d.until("the folder is read", func() bool {
				return behind != "" && d.says("Folder above") || d.says("vault") && d.says("Two"+app.Suffix)
			})
			if d.says("key.age") || d.says("attachments") {
				t.Error("the vault's own files are listed")
			}
			path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			d.until("it is asked for the passphrase", func() bool { return d.page.Folder() == two })
			if d.window.Canvas().Focused() != d.page.unlock.passphrase.Entry() {
				t.Error("the keyboard is not in the passphrase's field")
			}
		})
	}
}

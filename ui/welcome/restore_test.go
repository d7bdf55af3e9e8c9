package welcome

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/backups"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// backedUp makes a vault with a client and a backup on a drive.
func (d *door) backedUp(name, drive string) string {
	d.t.Helper()
	dir := d.vault(name)
	p, err := app.Unlock(d.t.Context(), dir, passphrase, d.config)
	if err == nil {
		_, err = p.AddClient(d.t.Context(), record.Client{Name: "Ada Quill", Kind: record.Individual})
	}
	if err == nil {
		err = p.AddBackupTarget(d.t.Context(), drive)
	}
	if err == nil {
		_, err = p.BackUp(d.t.Context(), nil)
	}
	if err == nil {
		err = p.Lock()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return dir
}

// waits lets what runs end.
func (d *door) waits() {
	d.t.Helper()
	d.until("it is done", func() bool { return !d.page.busy })
}

func (d *door) press(text string) {
	d.t.Helper()
	objects := test.LaidOutObjects(d.window.Content())
	if over := d.window.Canvas().Overlays().Top(); over != nil {
		objects = test.LaidOutObjects(over)
	}
	for _, o := range objects {
		if b, ok := o.(*kit.Button); ok && b.Text() == text {
			b.Press()
			return
		}
	}
	d.t.Fatalf("no button %q is in sight", text)
}

// On a new computer the drive and the passphrase are enough.
func TestRestoreOnANewComputer(t *testing.T) {
	d := newDoor(t)
	drive := t.TempDir()
	d.backedUp("Quill Street", drive)
	d.page.FirstRun()
	d.press("Restore from a backup")
	r := d.page.restore
	r.find.Press()
	if r.from.Error() == "" {
		t.Error("no place is taken for one")
	}
	r.from.SetText(d.home + "/nothing")
	r.find.Press()
	if r.from.Error() == "" {
		t.Error("a place without backups is taken")
	}
	r.from.SetText(drive)
	r.secret.Passphrase.SetText("walrus")
	r.find.Press()
	d.waits()
	if !d.says("The passphrase is not right") {
		t.Error("a wrong passphrase is not said")
	}
	r.secret.Passphrase.SetText(passphrase)
	r.find.Press()
	d.waits()
	if !d.says("Which backup") || !d.says("1 client, 0 entries, 0 attachments") || r.pick.place.Visible() {
		t.Fatal("the backups are not listed")
	}
	r.pick.look.Press()
	d.waits()
	if !d.says("Ada Quill") {
		t.Error("the look names no client")
	}
	d.window.Canvas().Overlays().Remove(d.window.Canvas().Overlays().Top())
	dir := filepath.Join(d.home, "Again"+app.Suffix)
	r.pick.into.SetText(dir)
	r.pick.act.Press()
	d.waits()
	if d.page.Folder() != dir || !d.says("The vault is restored") || r.secret.Passphrase.Text() != "" {
		t.Fatalf("after the restore the page asks for %s", d.page.Folder())
	}
	d.press("Open it")
	test.Type(d.window.Canvas().Focused(), passphrase)
	d.page.unlock.open.Press()
	d.until("it is open", func() bool { return d.opened != nil })
}

func TestRestoreOverADamagedVault(t *testing.T) {
	d := newDoor(t)
	drive := t.TempDir()
	dir := d.backedUp("Quill Street", drive)
	d.backedUp("Other", drive)
	if err := os.WriteFile(filepath.Join(dir, "records.db.age"), []byte("gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.page.Unlock(dir)
	d.page.unlock.passphrase.SetText(passphrase)
	d.page.unlock.open.Press()
	d.waits()
	d.press("Restore it from a backup")
	r := d.page.restore
	r.from.SetText(drive)
	r.secret.Passphrase.SetText(passphrase)
	r.find.Press()
	if d.page.busy || !d.says("Whose backups") {
		t.Fatal("it does not ask whose backups")
	}
	folder := r.found[r.whose.Chosen()]
	if filepath.Base(folder) != "Quill Street.casekeep-backup" {
		t.Errorf("the backups of %s are chosen first", folder)
	}
	if at := app.NewestBackup(folder); time.Since(at) > time.Hour || !strings.Contains(r.whose.AccessibilityLabel(), backups.Moment(at)) {
		t.Errorf("it is not said that the newest was made at %s: %s", at, r.whose.AccessibilityLabel())
	}
	r.find.Press()
	d.waits()
	if !r.pick.place.Visible() || r.pick.into.Visible() {
		t.Fatal("it is not offered in the damaged one's place")
	}
	r.pick.act.Press()
	d.waits()
	if !d.says("The damaged vault is kept in") || d.page.Folder() != dir {
		t.Error("it does not say where the damaged vault is")
	}
	if p, err := app.Unlock(t.Context(), dir, passphrase, d.config); err != nil {
		t.Error(err)
	} else if err := p.Lock(); err != nil {
		t.Error(err)
	}
}

// damaged makes a vault in which one chunk of the records is damaged.
func (d *door) damaged(name string) string {
	d.t.Helper()
	dir := d.backedUp(name, d.t.TempDir())
	base := filepath.Join(dir, "records.db.age")
	sealed, err := os.ReadFile(base)
	if err != nil {
		d.t.Fatal(err)
	}
	sealed[len(sealed)-70_000] ^= 1 // the last chunk but one
	if err := os.WriteFile(base, sealed, 0o600); err != nil {
		d.t.Fatal(err)
	}
	return dir
}

// opens fails unless the vault that was saved opens with a passphrase.
func (d *door) opens(name, passphrase string) {
	d.t.Helper()
	if want := filepath.Join(d.home, name+app.Suffix); d.page.Folder() != want || !d.says("What could be read is saved") {
		d.t.Fatalf("after it the page asks for %s", d.page.Folder())
	}
	if p, err := app.Unlock(d.t.Context(), d.page.Folder(), passphrase, d.config); err != nil {
		d.t.Error(err)
	} else if err := p.Lock(); err != nil {
		d.t.Error(err)
	}
}

func TestSaveWhatCanBeReadOfADamagedVault(t *testing.T) {
	d := newDoor(t)
	d.page.Unlock(d.damaged("Quill Street"))
	d.page.unlock.passphrase.SetText(passphrase)
	d.page.unlock.open.Press()
	d.waits()
	d.press("Save what can be read")
	if !d.says("All that decrypts goes into a new vault") || !d.says("opens with the passphrase that you just gave") {
		t.Fatal("it does not say where it goes, and what opens it")
	}
	d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.waits()
	d.opens("Quill Street saved", passphrase)
}

// Where no passphrase was given, or another one is wanted, it is typed twice
// into fields that are empty.
func TestSaveWhatCanBeReadUnderAnotherPassphrase(t *testing.T) {
	for name, given := range map[string]func(*door, string){
		"another one": func(d *door, dir string) {
			d.page.unlock.passphrase.SetText(passphrase)
			d.page.unlock.open.Press()
			d.waits()
			d.press("Save what can be read")
			d.press("Choose another passphrase")
		},
		"a recovery key": func(d *door, dir string) {
			d.page.unlock.with(app.Secret{KeyFile: holder(d.t, dir)})
			d.waits()
			d.press("Save what can be read")
			d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDoor(t)
			dir := d.damaged("Quill Street")
			d.page.Unlock(dir)
			given(d, dir)
			if d.says("opens with the passphrase that you just gave") {
				t.Error("it is said to keep the passphrase")
			}
			const other = "pebble violin harvest anchor"
			enter := func(text string) {
				typing := d.window.Canvas().Focused()
				test.Type(typing, text)
				typing.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			}
			enter(other)
			enter("pebble")
			if d.page.busy || !d.says("This is not the same passphrase") {
				t.Fatal("two passphrases are taken for one")
			}
			enter(other)
			d.waits()
			d.opens("Quill Street saved", other)
		})
	}
}

func TestBackLeadsToWhereOneWas(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("Quill Street")
	d.page.Unlock(dir)
	d.page.Restore()
	d.page.restore.back.Press()
	if !d.says("Use a recovery key") || d.page.Folder() != dir {
		t.Error("it does not lead back to the vault")
	}
}

func TestTheLockedPageTellsOfBackups(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("One")
	d.page.Unlock(dir)
	if !d.says("No backup yet") {
		t.Error("it does not say that there is no backup")
	}
	d.page.Unlock(d.backedUp("Two", t.TempDir()))
	if !d.says("Last backup just now · no restore proven yet") {
		t.Error("it does not say when the vault was backed up")
	}
}

// A holder's key opens the vault without the passphrase, from a file or typed from
// a sheet; a drill shows that it would, and opens nothing.
func TestUnlockWithARecoveryKey(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("Quill Street")
	key := holder(t, dir)
	d.page.Unlock(dir)
	d.page.unlock.key.Press()
	test.Type(d.window.Canvas().Focused(), "nevk vakt")
	d.press("Unlock")
	d.waits()
	if !d.says("nevk vakt") || !d.says("characters") {
		t.Fatal("what was typed is gone, or nobody says what is wrong with it")
	}
	d.press("It is in a key file")
	test.Type(d.window.Canvas().Focused(), key)
	d.press("Unlock")
	d.until("it is open", func() bool { return d.opened != nil })
}

func TestCheckASheetWhileLocked(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("Quill Street")
	secret, err := os.ReadFile(holder(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	d.page.Unlock(dir)
	d.page.unlock.check.Press()
	d.press("Check it")
	if !d.says("Type the key from the sheet.") {
		t.Error("nothing is taken for a key")
	}
	typed := d.window.Canvas().Focused()
	test.Type(typed, "qqqq zzzz")
	d.press("Check it")
	d.until("it is refused", func() bool { return !d.page.busy })
	typed.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	for range "qqqq zzzz" {
		typed.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	test.Type(typed, strings.ToLower(string(secret)))
	d.press("Check it")
	d.until("it is shown to open the vault", func() bool { return d.says("This key opens the vault, as the holder Ruth Okada") })
	if d.opened != nil {
		t.Error("the vault was opened")
	}
}

// After three wrong passphrases the next one waits, and the page counts the
// seconds down.
func TestWrongPassphrasesWait(t *testing.T) {
	d := newDoor(t)
	now := time.Now()
	d.page.opt.Config.Now = func() time.Time { return now }
	dir := d.vault("Quill Street")
	d.page.Unlock(dir)
	for range 3 {
		d.page.unlock.passphrase.SetText("wrong")
		d.page.unlock.open.Press()
		d.waits()
	}
	if !d.says("Wait 2 seconds") || !d.says("3 wrong passphrases one after the other") {
		t.Fatal("the page does not say how long to wait")
	}
	d.page.unlock.passphrase.SetText(passphrase)
	d.page.unlock.try()
	if d.page.busy {
		t.Fatal("the next one is tried at once")
	}
	now = now.Add(time.Second)
	d.until("a second is gone", func() bool { return d.says("Wait 1 second") })
	now = now.Add(time.Second)
	d.until("the wait is over", func() bool { return !d.says("Wait") && d.says("Unlock") })
	d.page.unlock.open.Press()
	d.until("it is open", func() bool { return d.opened != nil })
}

func holder(t *testing.T, dir string) string {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	id, err := age.GenerateX25519Identity()
	must(err)
	sealed, err := os.Open(filepath.Join(dir, "key.age"))
	must(err)
	defer sealed.Close()
	typed, err := age.NewScryptIdentity(passphrase)
	must(err)
	identity, err := age.Decrypt(sealed, typed)
	must(err)
	var out bytes.Buffer
	to, err := age.Encrypt(&out, id.Recipient())
	must(err)
	_, err = io.Copy(to, identity)
	must(err)
	must(to.Close())
	must(os.MkdirAll(filepath.Join(dir, "holders"), 0o700))
	must(os.WriteFile(filepath.Join(dir, "holders", "Ruth Okada.age"), out.Bytes(), 0o600))
	key := filepath.Join(t.TempDir(), "recovery-key.txt")
	must(os.WriteFile(key, []byte(id.String()+"\n"), 0o600))
	return key
}

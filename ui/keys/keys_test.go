package keys

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

const passphrase = "ladder ochre Venice 42"

// view lets the page stand in a window by itself.
type view struct{ *Page }

func (v view) Show(desk.Place)         { v.Page.Show() }
func (v view) Refresh(record.ClientID) { v.Page.Refresh() }
func (view) Key(string) bool           { return false }

func open(t *testing.T) (*desktest.Desk, *Page) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	d := desktest.New(t)
	p := New(d)
	d.Open(view{p}, 652, 640, desk.Place{})
	return d, p
}

// fill types into the fields of the dialog on show, one after the other.
func fill(t *testing.T, d *desktest.Desk, texts ...string) {
	t.Helper()
	fields := d.Fields()
	if len(fields) < len(texts) {
		t.Fatalf("%d fields for %d texts", len(fields), len(texts))
	}
	for i, text := range texts {
		fields[i].SetText(text)
	}
}

// press presses the last button in sight whose text is this: a dialog's comes after
// the page's.
func press(t *testing.T, d *desktest.Desk, text string) {
	t.Helper()
	for _, b := range slices.Backward(d.Buttons()) {
		if b.Text() == text {
			b.Press()
			return
		}
	}
	t.Fatalf("no button %q is in sight:\n%s", text, d.Shown())
}

// keyOn reads the key off a sheet.
func keyOn(t *testing.T, pdf string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (Debian's poppler-utils): %v", err)
	}
	_, rest, _ := strings.Cut(string(out), "AGE-SECRET-KEY-PQ-1")
	frame, _, _ := strings.Cut(rest, "No group has")
	var groups []string
	for line := range strings.Lines(frame) {
		fields := strings.Fields(line)
		if len(fields) > 0 && len(fields[0]) < 3 { // a line's number
			fields = fields[1:]
		}
		groups = append(groups, fields...)
	}
	return strings.Join(groups, " ")
}

func TestARecoverySheetIsMadeAndChecked(t *testing.T) {
	d, p := open(t)
	d.Sees("There is no recovery sheet.", "Your passphrase", "no other key does")
	press(t, d, "Make one")
	sheet := filepath.Join(t.TempDir(), "sheet.pdf")
	fill(t, d, "wrong", sheet)
	press(t, d, "Make the sheet")
	d.Sees("The passphrase is not right")
	fill(t, d, passphrase, sheet)
	press(t, d, "Make the sheet")
	d.Sees("Print it, then check it", "Delete the file: whoever finds it has the key")
	key := keyOn(t, sheet)
	press(t, d, "Check the sheet")
	fill(t, d, key[:10])
	press(t, d, "Check it")
	d.SeesNot("This key opens the vault")
	fill(t, d, strings.ToLower(key))
	press(t, d, "Check it")
	d.Sees("This key opens the vault: Recovery sheet. The day is noted.")
	press(t, d, "Close")
	d.Sees("Recovery sheet", "tested Nov 21, 2026", "so does 1 other key")
	d.SeesNot("never tested", "There is no recovery sheet.")
	if p.state.Recovery() == nil {
		t.Error("there is no recovery sheet")
	}
	d.Fine()
}

// The file of a sheet is deleted only once somebody said that it is printed.
func TestTheFileOfASheetIsDeleted(t *testing.T) {
	d, p := open(t)
	file := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.tellSheet(file)
	d.Keys(fyne.KeyReturn)
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("Enter deletes it: %v", err)
	}
	press(t, d, "Close")
	p.tellSheet(file)
	press(t, d, "Delete the file")
	d.Sees("Is the sheet printed?")
	press(t, d, "Delete the file")
	if _, err := os.Stat(file); err == nil {
		t.Error("it is there still")
	}
}

func TestAHolderIsAddedAndRevoked(t *testing.T) {
	d, p := open(t)
	p.add.Press()
	press(t, d, "Go on")
	d.Sees("Say whose key it is")
	d.Choose("An age key of their own", 1)
	fill(t, d, "Maria Osei", "601 555 0177", "age1nonsense", passphrase)
	press(t, d, "Add the holder")
	d.Sees("This public key has a mistake in it or was cut off")
	fill(t, d, "Maria Osei", "601 555 0177", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", passphrase)
	press(t, d, "Add the holder")
	d.Sees("Maria Osei, professional executor", "With an age key of their own, since Nov 21, 2026 · 601 555 0177", "never tested")
	d.SeesNot("Replace")
	press(t, d, "Revoke")
	d.Sees("It cannot take back what somebody has already", "Backups made before stay sealed to the old key")
	d.Cancel = true
	fill(t, d, passphrase)
	press(t, d, "Revoke it")
	d.Sees("Maria Osei, professional executor")
	d.SeesNot("REVOKED")
	d.Cancel = false
	press(t, d, "Revoke")
	fill(t, d, passphrase)
	press(t, d, "Revoke it")
	d.Sees("The key is revoked", "Nothing in the vault opens with it any more.")
	press(t, d, "Close")
	d.Sees("REVOKED", "Nov 21, 2026 to Nov 21, 2026", "no other key does")
	d.Fine()
}

func TestTheBannerFinishesWhatWasCutOff(t *testing.T) {
	d, p := open(t)
	p.state = app.Keys{Unfinished: true}
	p.draw()
	d.Sees("Sealing everything to a new key was cut off.", "the old key opens what is left")
	d.SeesNot("There is no recovery sheet.")
	p.shown = true
	kit.Focus(p.add)
	p.draw()
	if d.Window().Canvas().Focused() != p.urgent {
		t.Error("Enter does not do what is urgent")
	}
	press(t, d, "Finish it")
	fill(t, d, "wrong")
	press(t, d, "Finish it")
	d.Sees("The passphrase is not right")
	fill(t, d, passphrase)
	press(t, d, "Finish it")
	d.SeesNot("Sealing everything to a new key was cut off.")
	d.Fine()
}

func TestTheBannerRemovesAFileThatIsBack(t *testing.T) {
	d, p := open(t)
	p.state = app.Keys{Unfinished: true, Back: true}
	p.draw()
	d.Sees("The file of a revoked key is back.")
	d.SeesNot("cut off")
	press(t, d, "Remove it")
	d.Sees("Remove the file of a revoked key")
	fill(t, d, passphrase)
	press(t, d, "Remove it")
	d.SeesNot("is back.")
	d.Fine()
}

func TestThePassphraseIsChanged(t *testing.T) {
	d, p := open(t)
	press(t, d, "Change")
	fill(t, d, passphrase, "password", "passwort")
	press(t, d, "Change it")
	d.Sees("This is not the same passphrase")
	fill(t, d, passphrase, "password", "password")
	press(t, d, "Change it")
	d.Sees("This passphrase is weak", "Very weak: found within hours")
	press(t, d, "Cancel")
	fill(t, d, "wrong", "pebble violin harvest anchor", "pebble violin harvest anchor")
	press(t, d, "Change it")
	d.Sees("The passphrase is not right")
	fill(t, d, passphrase)
	press(t, d, "Change it")
	if len(d.Toasts) == 0 || !strings.Contains(d.Toasts[len(d.Toasts)-1], "The passphrase is changed") {
		t.Errorf("it says %q", d.Toasts)
	}
	if err := p.desk.Practice().ChangePassphrase(t.Context(), app.Secret{Passphrase: "pebble violin harvest anchor"}, passphrase); err != nil {
		t.Error(err)
	}
	d.Fine()
}

// Where somebody else may know the passphrase everything is sealed anew with it.
func TestThePassphraseIsChangedAndEverythingSealedAnew(t *testing.T) {
	d, p := open(t)
	before, err := os.ReadFile(filepath.Join(d.Practice().Dir(), "records.db.age"))
	if err != nil {
		t.Fatal(err)
	}
	press(t, d, "Change")
	d.Sees("an old copy of key.age or an old backup opens later records too")
	anew := d.Checks()[len(d.Checks())-1]
	anew.Tapped(nil)
	fill(t, d, "wrong", "pebble violin harvest anchor", "pebble violin harvest anchor")
	press(t, d, "Change it")
	d.Sees("The passphrase is not right")
	fill(t, d, passphrase)
	press(t, d, "Change it")
	d.Sees("Nothing that is written from now on opens with the old passphrase.", "a backup from before opens with the old passphrase")
	if after, err := os.ReadFile(filepath.Join(d.Practice().Dir(), "records.db.age")); err != nil || string(after) == string(before) {
		t.Errorf("nothing was sealed anew: %v", err)
	}
	if err := p.desk.Practice().ChangePassphrase(t.Context(), app.Secret{Passphrase: "pebble violin harvest anchor"}, passphrase); err != nil {
		t.Error(err)
	}
	d.Fine()
}

// Names as long as they get stay within the page.
func TestALongNameOnThePage(t *testing.T) {
	d, p := open(t)
	long := strings.Repeat("Aurelio نورا 王芳 ", 12)
	p.state = app.Keys{Holders: []record.Holder{{Who: long, Kind: record.HolderCustodian, Reach: long, State: record.HolderOpens},
		{Name: strings.Repeat("n", 40), State: record.HolderUnknown}, {Who: long, State: record.HolderMissing, Name: "x"}, {Who: long, State: record.HolderRevoking}}}
	p.draw()
	d.Sees("not known", "file missing", "not yet revoked")
	if width := p.content.MinSize().Width; width > 652 {
		t.Errorf("the page is %v wide", width)
	}
}

func TestTabGoesThroughTheFieldsOfThePassphrase(t *testing.T) {
	d, _ := open(t)
	press(t, d, "Change")
	c := d.Window().Canvas()
	for i, field := range d.Fields() {
		if i > 0 {
			c.FocusNext()
		}
		if c.Focused() != field.Entry() {
			t.Errorf("field %d of %d is not reached: %T has the keyboard", i+1, len(d.Fields()), c.Focused())
		}
	}
	c.FocusNext()
	if b, ok := c.Focused().(*kit.Button); !ok || b.Text() != "Use a key instead of the present passphrase" {
		t.Errorf("after the fields comes %T", c.Focused())
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	d.Sees("The key, as it stands on the sheet", "It is in a key file", "Use the present passphrase")
}

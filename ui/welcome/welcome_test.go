package welcome

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

const passphrase = "walrus ladder ochre canyon"

// door is the page in a window. What other goroutines want done on the main
// one waits until the test lets it.
type door struct {
	t      *testing.T
	page   *Page
	window fyne.Window
	queue  chan func()
	home   string
	config app.Config
	opened *app.Practice
	made   bool // it was made, not unlocked
	recent []string
}

func (d *door) open(p *app.Practice) {
	d.opened = p
	d.t.Cleanup(func() { _ = p.Lock() })
}

func newDoor(t *testing.T) *door {
	t.Helper()
	a := test.NewApp()
	t.Cleanup(a.Quit)
	a.Settings().SetTheme(look.NewTheme(false))
	d := &door{t: t, queue: make(chan func(), 100), home: t.TempDir()}
	t.Setenv("HOME", d.home)
	t.Setenv("USERPROFILE", d.home)
	d.config = app.Config{WorkFactor: 10, StateDir: filepath.Join(d.home, "state")}
	d.window = test.NewWindow(nil)
	t.Cleanup(d.window.Close)
	d.page = New(Options{
		Window: d.window, Config: d.config,
		Hint: func(dir string) string {
			if filepath.Base(dir) == "Sample"+app.Suffix {
				return "A hint."
			}
			return ""
		},
		Do:     func(f func()) { d.queue <- f },
		Recent: func() []string { return d.recent },
		Opened: d.open,
		Made: func(p *app.Practice) {
			d.made = true
			d.open(p)
		},
	})
	d.window.SetContent(d.page.Content())
	d.window.Resize(fyne.NewSize(1024, 672))
	return d
}

// vault makes a vault and locks it.
func (d *door) vault(name string) string {
	d.t.Helper()
	dir := filepath.Join(d.home, name+app.Suffix)
	p, err := app.Create(d.t.Context(), dir, passphrase, record.Practice{Name: name}, d.config)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		d.t.Fatal(err)
	}
	return dir
}

func (d *door) until(what string, so func() bool) {
	d.t.Helper()
	end := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-d.queue:
			f()
		case <-end:
			d.t.Fatalf("it never happens that %s", what)
		}
	}
}

// says reports whether some text in the window or over it holds words.
func (d *door) says(words string) bool {
	objects := test.LaidOutObjects(d.window.Content())
	if over := d.window.Canvas().Overlays().Top(); over != nil {
		objects = append(objects, test.LaidOutObjects(over)...)
	}
	for _, o := range objects {
		text := ""
		switch o := o.(type) {
		case *canvas.Text:
			text = o.Text
		case *kit.Text:
			text = o.Text()
		}
		if o.Visible() && strings.Contains(text, words) {
			return true
		}
	}
	return false
}

func (d *door) key(name fyne.KeyName) {
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
}

// fill types a first run whole.
func (d *door) fill(name, first, again string) {
	f := d.page.first
	d.page.FirstRun()
	test.Type(f.name.Entry(), name)
	test.Type(f.first.Entry(), first)
	test.Type(f.again.Entry(), again)
}

func TestFirstRunNeedsEverything(t *testing.T) {
	d := newDoor(t)
	f := d.page.first
	for _, c := range []struct {
		name, first, again string
		at                 *kit.Field
	}{
		{"", passphrase, passphrase, f.name},
		{"Quill Street", "", "", f.first},
		{"Quill Street", "   ", "   ", f.first},
		{"Quill Street", passphrase, "walrus", f.again},
	} {
		f.name.SetText("")
		d.fill(c.name, c.first, c.again)
		f.make.Press()
		if c.at.Error() == "" || d.page.busy {
			t.Errorf("%+v: nothing is said at the field", c)
		}
		if d.window.Canvas().Focused() != c.at.Entry() {
			t.Errorf("%+v: the cursor is not in the field", c)
		}
	}
}

func TestFirstRunWarnsOfAWeakPassphrase(t *testing.T) {
	d := newDoor(t)
	d.fill("Quill Street", "Fluffy1", "Fluffy1")
	d.page.first.make.Press()
	if !d.says("This passphrase is weak") || d.page.busy {
		t.Fatal("a weak passphrase is taken without a word")
	}
	d.key(fyne.KeyEscape)
	if d.page.busy {
		t.Fatal("Escape makes the vault")
	}
	d.page.first.make.Press()
	d.key(fyne.KeyReturn)
	d.until("the vault is made", func() bool { return d.opened != nil && d.made })
}

func TestFirstRunDoesNotTouchAFolderWithFiles(t *testing.T) {
	d := newDoor(t)
	taken := filepath.Join(d.home, "Quill Street"+app.Suffix)
	if err := os.MkdirAll(taken, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(taken, "letter.odt"), []byte("Dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.fill("Quill Street", passphrase, passphrase)
	d.page.first.make.Press()
	d.until("it is refused", func() bool { return !d.page.busy })
	if d.opened != nil || d.page.first.folder.Error() == "" {
		t.Error("nothing is said at the folder")
	}
	if left, err := os.ReadDir(taken); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestFolderFollowsThePracticesName(t *testing.T) {
	d := newDoor(t)
	f := d.page.first
	d.page.FirstRun()
	if got, want := f.folder.Text(), filepath.Join("~", "My Practice"+app.Suffix); got != want {
		t.Errorf("without a name the folder is %q, not %q", got, want)
	}
	test.Type(f.name.Entry(), `Quill/Street: "A?" .`)
	if got, want := f.folder.Text(), filepath.Join("~", "Quill Street A"+app.Suffix); got != want {
		t.Errorf("the folder is %q, not %q", got, want)
	}
	f.folder.SetText(filepath.Join("~", "mine"))
	test.Type(f.name.Entry(), " more")
	if got, want := f.folder.Text(), filepath.Join("~", "mine"); got != want {
		t.Errorf("the folder that was typed became %q", got)
	}
}

func TestStrengthIsSaidAsOneTypes(t *testing.T) {
	d := newDoor(t)
	d.page.FirstRun()
	test.Type(d.page.first.first.Entry(), "Fluffy1")
	d.until("it is judged weak", func() bool { return d.says("Very weak") })
	d.page.first.first.SetText(passphrase)
	d.until("it is judged strong", func() bool { return d.says("Strong") })
	d.page.first.first.SetText("")
	if d.says("Strong") {
		t.Error("nothing is called strong")
	}
}

func TestUnlock(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("Quill Street")
	d.page.Unlock(dir)
	if !d.says("Quill Street") || d.says("A hint.") {
		t.Error("the page does not say which vault it is, or a hint that is another's")
	}
	u := d.page.unlock
	test.Type(u.passphrase.Entry(), "walrus")
	u.open.Press()
	if !u.open.Disabled() || !d.page.busy {
		t.Error("nothing shows that the key is being derived")
	}
	d.page.FirstRun() // does nothing meanwhile
	d.until("it is refused", func() bool { return !d.page.busy })
	if !d.says(app.Sentence(app.ErrPassphrase)) || u.open.Disabled() {
		t.Error("a wrong passphrase is not said")
	}
	u.passphrase.SetText(passphrase)
	if d.says(app.Sentence(app.ErrPassphrase)) {
		t.Error("it is still called wrong while another is typed")
	}
	u.open.Press()
	d.until("it is open", func() bool { return d.opened != nil && !d.made })
	if u.passphrase.Text() != "" {
		t.Error("the passphrase still stands in the field")
	}
}

func TestHint(t *testing.T) {
	d := newDoor(t)
	d.page.Unlock(d.vault("Sample"))
	if !d.says("A hint.") {
		t.Error("the hint is not there")
	}
}

func TestUnlockSaysWhoHoldsTheVault(t *testing.T) {
	d := newDoor(t)
	dir := d.vault("Quill Street")
	p, err := app.Unlock(t.Context(), dir, passphrase, d.config)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Lock()
	d.page.Unlock(dir)
	d.page.unlock.passphrase.SetText(passphrase)
	d.page.unlock.open.Press()
	d.until("it is refused", func() bool { return !d.page.busy })
	if !d.says("is already open") {
		t.Error("it does not say that the vault is open elsewhere")
	}
}

func TestUnlockOfWhatIsNoVault(t *testing.T) {
	d := newDoor(t)
	d.page.Unlock(d.home)
	d.page.unlock.passphrase.SetText(passphrase)
	d.page.unlock.open.Press()
	if d.page.busy || !d.says(app.Sentence(app.ErrNotVault)) {
		t.Error("a folder that is no vault is not refused at once")
	}
}

func TestAnotherVault(t *testing.T) {
	d := newDoor(t)
	one, two := d.vault("One"), d.vault("Two")
	d.recent = []string{one, two}
	d.page.Unlock(one)
	d.page.unlock.other.Press()
	if !d.says(filepath.Join("~", "Two"+app.Suffix)) {
		t.Fatal("the other known vault is not offered")
	}
	d.window.Canvas().Overlays().Remove(d.window.Canvas().Overlays().Top())

	for _, c := range []struct {
		dir  string
		then func() bool
	}{
		{d.home, func() bool { return d.says("is not a vault") }},
		{two, func() bool { return d.page.Folder() == two }},
	} {
		d.page.Choose()
		path := d.window.Canvas().Focused()
		test.Type(path, "/"+c.dir+"/")
		path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d.until("the choice of "+c.dir+" has its effect", c.then)
	}
}

// Nothing of the page is cut off in the smallest window.
func TestFirstRunFitsTheSmallestWindow(t *testing.T) {
	d := newDoor(t)
	d.page.FirstRun()
	var lowest float32
	for _, o := range test.LaidOutObjects(d.page.first.make) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.page.first.make)
		lowest = max(lowest, at.Y+o.Size().Height)
	}
	if lowest > 672 || lowest == 0 {
		t.Errorf("the button ends at %v of 672", lowest)
	}
}

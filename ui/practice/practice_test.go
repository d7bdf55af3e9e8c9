package practice

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// table is a desk that does everything at once.
type table struct {
	t        *testing.T
	practice *app.Practice
	window   fyne.Window
	toasts   []string
	failed   error
	copied   string
	changed  int
	chosen   look.Choice
}

func (d *table) Practice() *app.Practice        { return d.practice }
func (d *table) Window() fyne.Window            { return d.window }
func (d *table) Go(desk.Place)                  {}
func (d *table) Toast(text, _ string, _ func()) { d.toasts = append(d.toasts, text) }
func (d *table) Fail(err error)                 { d.failed = err }
func (d *table) Changed(record.ClientID)        { d.changed++ }
func (d *table) Copy(text string)               { d.copied = text }
func (d *table) ShowSheet(desk.Sheet)           {}
func (d *table) CloseSheet()                    {}
func (d *table) LeaveSheet(then func())         { then() }

func (d *table) Load(fetch func(context.Context) error, done func(error)) {
	done(fetch(d.t.Context()))
}

func (d *table) Run(_ string, work desk.Work, done func(error)) {
	done(work(d.t.Context(), func(int64, int64, string) {}))
}

func (d *table) RunBytes(title string, work desk.Work, done func(error)) { d.Run(title, work, done) }

func (d *table) Choice() look.Choice { return look.System }
func (d *table) Set(c look.Choice)   { d.chosen = c }

// openPage shows the page of a vault.
func openPage(t *testing.T) (*table, *page) {
	t.Helper()
	a := test.NewApp()
	t.Cleanup(a.Quit)
	a.Settings().SetTheme(look.NewTheme(false))
	c := app.Config{WorkFactor: 10, StateDir: t.TempDir()}
	p, err := app.Create(t.Context(), filepath.Join(t.TempDir(), "Quill Street.casekeep"), "walrus ladder ochre", record.Practice{
		Name: "Quill Street Practice", Owner: "Nora Whitcomb, LCSW", Own: []string{"+1 601 555 0100"}, Zone: "America/Chicago",
	}, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Lock() })
	d := &table{t: t, practice: p}
	d.window = test.NewWindow(nil)
	t.Cleanup(d.window.Close)
	v := newPage(d, d, func() {})
	d.window.SetContent(v.Content())
	d.window.Resize(fyne.NewSize(848, 640))
	v.Show(desk.Place{Page: desk.Practice})
	return d, v
}

// pressSave presses the Save of the part on show.
func (p *page) pressSave() { p.parts[p.tabs.Chosen()].save() }

func (d *table) WhenLocked(func()) func() { return func() {} }
func (d *table) settings() record.Practice {
	d.t.Helper()
	s, err := d.practice.Settings(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func TestSettingsAreShownAndSaved(t *testing.T) {
	d, p := openPage(t)
	if p.settings.name.Text() != "Quill Street Practice" || p.settings.own.Text() != "+16015550100" || p.settings.zone.chosen() != "America/Chicago" {
		t.Errorf("the page shows %+v", p.settings.typed(func(*kit.Field, string) {}))
	}
	if !p.settings.saves[0].Disabled() || d.window.Canvas().Focused() != p.settings.name.Entry() {
		t.Error("it does not begin at the name with nothing to save")
	}
	test.Type(p.settings.own.Entry(), "Nora@Example.org\n\n")
	p.settings.license.SetText("LCSW 4471, Mississippi")
	p.settings.contact.SetText("214 Quill Street\nJackson, Mississippi")
	p.settings.zone.offers.Choose(0)
	p.settings.idle.Choose(slices.Index(idleOffers, 5))
	p.settings.edited()
	if p.settings.saves[0].Disabled() {
		t.Fatal("there is nothing to save")
	}
	p.pressSave()
	want := record.Practice{
		Name: "Quill Street Practice", Owner: "Nora Whitcomb, LCSW", License: "LCSW 4471, Mississippi",
		Contact: "214 Quill Street\nJackson, Mississippi", Own: []string{"nora@example.org", "+16015550100"},
		Zone: "America/New_York", Region: "US", IdleLock: 5,
	}
	if got := d.settings(); !same(got, want) {
		t.Errorf("the vault holds %+v, not %+v", got, want)
	}
	if d.failed != nil || d.changed != 1 || !slices.Equal(d.toasts, []string{"Saved"}) {
		t.Errorf("failed %v, changed %d, toasts %q", d.failed, d.changed, d.toasts)
	}
	p.Refresh(0) // as the window does after a change
	if !p.settings.saves[0].Disabled() || p.settings.own.Text() != "nora@example.org\n+16015550100" {
		t.Errorf("after saving the page shows %q, and there is something to save: %v", p.settings.own.Text(), !p.settings.saves[0].Disabled())
	}
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	d, p := openPage(t)
	p.settings.name.SetText("  ")
	p.pressSave()
	if p.settings.name.Error() == "" {
		t.Error("a practice without a name is taken")
	}
	p.settings.name.SetText("Quill Street Practice")
	p.settings.zone.set("Europe/Nowhere")
	p.settings.edited()
	p.pressSave()
	if p.settings.zone.other.Error() == "" {
		t.Error("a zone that does not exist is taken")
	}
	if got := d.settings(); got.Zone != "America/Chicago" || d.changed > 0 {
		t.Errorf("the vault holds %q", got.Zone)
	}
}

// A change elsewhere does not take away what is being typed.
func TestRefreshKeepsWhatIsBeingTyped(t *testing.T) {
	_, p := openPage(t)
	p.settings.owner.SetText("Nora W")
	p.Refresh(0)
	p.Show(desk.Place{Page: desk.Practice})
	if p.settings.owner.Text() != "Nora W" {
		t.Errorf("the field holds %q", p.settings.owner.Text())
	}
}

func TestAnotherIdleTimeStays(t *testing.T) {
	d, p := openPage(t)
	s := d.settings()
	s.IdleLock = 7
	if err := d.practice.SetSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	p.Refresh(0)
	if p.settings.edits() || p.settings.typed(func(*kit.Field, string) {}).IdleLock != 7 {
		t.Errorf("seven minutes became %d", p.settings.typed(func(*kit.Field, string) {}).IdleLock)
	}
}

func TestCheckSaysWhatItLookedAt(t *testing.T) {
	d, p := openPage(t)
	c, err := d.practice.AddClient(t.Context(), record.Client{Name: "Ada Quill", Kind: record.Individual})
	if err != nil {
		t.Fatal(err)
	}
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear Ada"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = d.practice.Log(t.Context(), record.Entry{Client: c.ID, Channel: record.Mail, Direction: record.In, Body: "a letter",
		At: d.practice.Now().Add(-1), Zone: "America/Chicago", ZoneBasis: record.ZoneStated}, app.FileUpload(letter))
	if err != nil {
		t.Fatal(err)
	}
	p.settings.check()
	if text := p.settings.checked.good.Text(); !p.settings.checked.sound.Visible() || !strings.Contains(text, "1 client, 1 entry and 1 attachment") {
		t.Errorf("a whole vault is called %q, %v", text, d.failed)
	}

	removeAttachments(t, d.practice.Dir())
	p.settings.check()
	if text := p.settings.checked.bad.Text(); !p.settings.checked.damaged.Visible() || p.settings.checked.sound.Visible() || !strings.Contains(text, "damaged") {
		t.Errorf("a vault without its attachment is called %q", text)
	}
}

func removeAttachments(t *testing.T, dir string) {
	t.Helper()
	sealed, err := filepath.Glob(filepath.Join(dir, "attachments", "*", "*.age"))
	if err != nil || len(sealed) != 1 {
		t.Fatalf("the attachments are %q, %v", sealed, err)
	}
	if err := os.Remove(sealed[0]); err != nil {
		t.Fatal(err)
	}
}

func TestDamageIsListedUpToALimit(t *testing.T) {
	var found app.Verified
	found.Audit.OK = true
	for range 10 {
		found.Problems = append(found.Problems, "an attachment is missing")
	}
	if got := damageWords(found); strings.Count(got, "An attachment is missing.") != 8 || !strings.Contains(got, "And 2 more.") {
		t.Errorf("it says %q", got)
	}
	found.Problems, found.Audit.OK = nil, false
	if got := damageWords(found); !strings.Contains(got, "audit trail") {
		t.Errorf("a broken audit trail is called %q", got)
	}
}

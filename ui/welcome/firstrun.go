package welcome

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/meter"
	"casekeep/vault/record"
)

// firstRun makes a vault: whose practice it is, where it lies, and the
// passphrase.
type firstRun struct {
	page      *Page
	content   fyne.CanvasObject
	scroll    *kit.Scroll
	name, own *kit.Field
	folder    *kit.Field
	offered   string // what the folder was filled with
	first     *kit.Field
	again     *kit.Field
	meter     *meter.Meter
	make      *kit.Button
	open      *kit.Button
	restore   *kit.Button
	problem   *kit.Text
}

const (
	columnWidth = 392
	columnGap   = 56
)

func newFirstRun(p *Page) *firstRun {
	f := &firstRun{
		page:   p,
		name:   kit.NewField("The practice’s name").Placeholder("Quill Street Practice"),
		own:    kit.NewArea("Your own numbers and email addresses, one a line", 3),
		folder: folderField(p),
		first:  kit.NewPassword("Passphrase"),
		again:  kit.NewPassword("The passphrase once more"),
		meter:  meter.New(p.opt.Do),

		problem: kit.NewNote("").Color(look.Red),
	}
	f.make = kit.NewPrimary("Make the vault", f.try)
	f.open = kit.NewLink("Open a vault that exists already", p.Choose)
	f.name.OnChanged = f.named
	f.first.OnChanged = func(text string) { f.meter.Judge(text, f.name.Text()) }
	f.restore = kit.NewLink("Restore from a backup", p.Restore)
	next := map[*kit.Field]*kit.Field{f.name: f.own, f.folder: f.first, f.first: f.again}
	for field, to := range next {
		field.OnEnter = func(string) { to.Focus() }
	}
	f.own.OnEnter = func(string) { f.folder.Focus() }
	f.again.OnEnter = func(string) { f.try() }
	f.scroll = kit.NewScroll(f.arrange())
	f.content = f.scroll
	return f
}

func (f *firstRun) arrange() fyne.CanvasObject {
	head := kit.Column(0,
		kit.Row(0, kit.NewMark(), kit.Space()),
		kit.Pad(14, 0, 2, 0, kit.NewTitle("A vault for your clients’ records")),
		kit.NewNote("One folder on this computer, sealed by a passphrase that only you know. No account, no server, no connection."))
	practice := kit.Column(12,
		kit.NewHeading("The practice"), f.name,
		kit.Column(4, f.own, kit.NewSmall("They tell your words from your clients’ in what you import. You can add more later.")),
		f.folder)
	secret := kit.Column(12,
		kit.NewHeading("The passphrase"),
		kit.Column(6, f.first, f.meter.Content()), f.again,
		kit.Note(kit.Amber, kit.Column(2,
			kit.NewText("Nobody can open the vault without it").Bold().Color(look.Amber),
			kit.NewNote("It cannot be reset, by anybody. If it is lost, so are the records. Write it down, and keep the paper "+
				"where you keep what must not be lost.").Color(look.Amber))))
	foot := kit.Column(10, f.problem, kit.Row(20, f.open, f.restore, kit.Space(), kit.Wide(200, f.make)))
	columns := kit.TopRow(columnGap, kit.Wide(columnWidth, practice), kit.Wide(columnWidth, secret))
	f.problem.Hide()
	return kit.Middle(2*columnWidth+columnGap, kit.Pad(26, 0, 26, 0, kit.Column(20, head, columns, foot)))
}

// reset offers a folder and begins with the practice's name.
func (f *firstRun) reset() {
	f.clear()
	f.offer(f.name.Text())
	f.scroll.Top()
	f.name.Focus()
}

// clear takes the passphrases away.
func (f *firstRun) clear() {
	f.first.SetText("")
	f.again.SetText("")
	f.problem.Hide()
	f.ready(true)
}

// named keeps the folder's name that of the practice, until the user changes
// it.
func (f *firstRun) named(name string) {
	if f.folder.Text() == f.offered {
		f.offer(name)
	}
	f.meter.Judge(f.first.Text(), name)
}

func (f *firstRun) offer(name string) {
	f.offered = folders.Short(vaultFolder(name))
	f.folder.SetText(f.offered)
}

func (f *firstRun) fields() []*kit.Field {
	return []*kit.Field{f.name, f.own, f.folder, f.first, f.again}
}

func (f *firstRun) ready(on bool) {
	for _, field := range f.fields() {
		if on {
			field.Enable()
		} else {
			field.Disable()
		}
	}
	if on {
		f.make.SetText("Make the vault")
		f.make.Enable()
		f.open.Enable()
		f.restore.Enable()
		return
	}
	f.make.SetText("Making the vault")
	f.make.Disable()
	f.open.Disable()
	f.restore.Disable()
}

func (f *firstRun) try() {
	if f.page.busy || !f.complete() {
		return
	}
	unlessWeak(f.page, f.first.Text(), true, f.create, f.name.Text())
}

// complete says at its field what is missing.
func (f *firstRun) complete() bool {
	switch {
	case strings.TrimSpace(f.name.Text()) == "":
		f.name.SetError("Give the practice a name: it stands on every record you produce.")
		f.name.Focus()
	case strings.TrimSpace(f.folder.Text()) == "":
		f.offer(f.name.Text())
		f.folder.Focus()
	case strings.TrimSpace(f.first.Text()) == "":
		f.first.SetError("A vault needs a passphrase: several words.")
		f.first.Focus()
	case f.first.Text() != f.again.Text():
		f.again.SetError("This is not the same passphrase: type it again.")
		f.again.Focus()
	default:
		return true
	}
	return false
}

func (f *firstRun) create() {
	f.ready(false)
	f.problem.Hide()
	dir, passphrase, config := folders.Whole(f.folder.Text()), f.first.Text(), f.page.opt.Config
	practice := record.Practice{Name: strings.TrimSpace(f.name.Text()), Own: strings.Split(f.own.Text(), "\n")}
	f.page.work(func() (*app.Practice, error) {
		return app.Create(context.Background(), dir, passphrase, practice, config)
	}, f.page.opt.Made, f.fail)
}

func (f *firstRun) fail(err error) {
	f.ready(true)
	if errors.Is(err, app.ErrExists) {
		f.folder.SetError(app.Sentence(err))
		f.folder.Focus()
		return
	}
	f.problem.SetText(app.Sentence(err))
	f.problem.Show()
}

// Package backups is the page of the vault's backups: whether they exist, are
// whole and were proven to restore, where they lie and when they are made, and
// what can be done with them.
package backups

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	changed func(app.Backups) // is told how the backups stand, whenever they were looked at
	leave   func(dir string)  // locks this vault and asks for another one's passphrase
	run     int               // counts readings: a late one is dropped
	shown   bool
	focus   bool // the keyboard belongs to the main button once the page is drawn
	hidden  bool // names are hidden

	state   app.Backups
	held    []record.KnownBackup // that hold records which were destroyed
	copies  []record.StrayCopy   // in the vault's folder, which may
	chosen  string               // the folder whose backups are listed
	listed  []app.Backup
	problem error // why they cannot be listed
	checked map[string]app.BackupCheck
	all     bool // also the older backups are on show

	said     *kit.Text
	now, add *kit.Button
	first    *kit.Button // where there is no folder yet
	worries  *fyne.Container
	folders  *fyne.Container
	list     *fyne.Container
	plan     *plan
	body     *fyne.Container
	scroll   *kit.Scroll
	none     fyne.CanvasObject
	whole    fyne.CanvasObject
	content  *fyne.Container
}

// New makes the page. changed is told how the backups stand, whenever they were
// looked at; leave locks the vault and asks for the passphrase of the one in dir.
func New(d desk.Desk, changed func(app.Backups), leave func(dir string)) desk.View {
	p := &page{desk: d, changed: changed, leave: leave, checked: map[string]app.BackupCheck{}, said: kit.NewNote("")}
	p.now = kit.NewPrimary("Back up now", p.backUp)
	p.add = kit.NewButton("Add a folder", p.addFolder).Icon(iconAdd)
	p.worries, p.folders, p.list = kit.Column(8), kit.Column(0), kit.Column(0)
	p.plan = newPlan(d)
	p.body = kit.Column(26, p.worries, p.folders, p.list, p.plan.content, p.files())
	p.scroll = kit.NewScroll(kit.Pad(0, 22, 26, 22, p.body))
	head := kit.TopRow(12, kit.Grow(kit.Column(2, kit.NewTitle("Backups"), p.said)), kit.Pad(2, 0, 0, 0, p.add), kit.Pad(2, 0, 0, 0, p.now))
	p.whole = kit.Frame(kit.Pad(18, 22, 14, 22, head), nil, nil, nil, p.scroll)
	p.first = kit.NewPrimary("Add a folder", p.addFolder)
	p.none = kit.Empty("No backup folder yet", "If this computer is lost, stolen or breaks, every record in this vault is gone. Choose a folder on another drive: "+
		"one that you unplug and keep elsewhere, or a network share. Backups are sealed like the vault, and only what changed is written.",
		p.first, kit.NewButton("Export the vault into one file", p.export))
	p.content = container.NewStack(p.whole, p.none)
	p.none.(*fyne.Container).Hide()
	return p
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show reads how the backups stand.
func (p *page) Show(desk.Place) {
	p.shown, p.focus = true, true
	p.load()
}

// Refresh reads it anew, while the page is in sight.
func (p *page) Refresh(record.ClientID) {
	if p.shown && p.content.Visible() {
		p.load()
	}
}

// Key saves the plan with Ctrl+Enter, and hides clients' names in what is looked
// at later.
func (p *page) Key(name string) bool {
	switch name {
	case desk.KeySave:
		return p.plan.save()
	case desk.KeyHide:
		p.hidden = !p.hidden
		return true
	}
	return false
}

// load reads how the backups stand, and lists those of the folder that is
// chosen.
func (p *page) load() {
	p.run++
	run, chosen := p.run, p.chosen
	var state app.Backups
	var held []record.KnownBackup
	var copies []record.StrayCopy
	var listed []app.Backup
	var problem error
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) (err error) {
		if state, err = practice.Backups(ctx); err != nil {
			return err
		}
		if held, err = practice.StillHeld(ctx, 0); err != nil {
			return err
		}
		if copies, err = practice.CopiesHeld(ctx); err != nil {
			return err
		}
		if chosen = choice(state.Targets, chosen); chosen != "" {
			listed, problem = listOf(ctx, practice, chosen)
		}
		return nil
	}, func(err error) {
		switch {
		case run != p.run:
		case err != nil:
			p.desk.Fail(err)
		default:
			p.state, p.held, p.copies, p.chosen, p.listed, p.problem = state, held, copies, chosen, listed, problem
			p.show()
		}
	})
}

// choice gives the folder to list: the one that was chosen, or the first that is
// there.
func choice(targets []app.BackupTarget, chosen string) string {
	first := ""
	for _, t := range targets {
		switch {
		case !t.There:
		case t.Folder == chosen:
			return chosen
		case first == "":
			first = t.Folder
		}
	}
	return first
}

func listOf(ctx context.Context, p *app.Practice, folder string) ([]app.Backup, error) {
	if found, err := p.BackupsAt(folder); err != nil {
		return nil, err
	} else {
		return found.List(ctx)
	}
}

// show draws what was read.
func (p *page) show() {
	empty := len(p.state.Targets) == 0
	p.none.(*fyne.Container).Hidden, p.whole.(*fyne.Container).Hidden = !empty, empty
	text, color := p.sentence()
	p.said.SetText(text)
	p.said.Color(color)
	p.drawWorries()
	p.drawFolders()
	p.drawList()
	p.plan.fill(p.state.Plan)
	p.changed(p.state)
	p.content.Refresh()
	p.scroll.Fit()
	if p.focus {
		p.focus = false
		if empty {
			kit.Focus(p.first)
		} else {
			kit.Focus(p.now)
		}
	}
}

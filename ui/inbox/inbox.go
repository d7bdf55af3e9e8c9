// Package inbox is the page on which other people's exports are looked at, and
// the conversations of clients filed out of them.
package inbox

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/chooser"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// page is the page.
type page struct {
	desk    desk.Desk
	content *fyne.Container // the page, or the cover that hides it
	whole   fyne.CanvasObject
	cover   fyne.CanvasObject
	left    *fyne.Container
	right   *fyne.Container

	files    exports
	surveyed []string // the own addresses as they were when the files were looked at
	clients  known
	zone     string   // the practice's
	own      []string // the practice's numbers and addresses
	folder   string   // the last one that was chosen from

	header  *header
	list    *list
	preview *preview
	rest    fyne.CanvasObject // stands for the conversations of nobody
	looking fyne.CanvasObject // the left side while files lie in the inbox

	earlier *earlier
	batch   *batchView
	empty   fyne.CanvasObject
	before  fyne.CanvasObject // the left side while no files do

	outcome *outcome
	filed   filed
	stale   bool // a record changed since the preview was read
}

const leftWidth = 300

// New makes the page.
func New(d desk.Desk) desk.View {
	p := &page{desk: d, left: container.NewStack(), right: container.NewStack()}
	p.header = newHeader(p.putAway, func() { d.Go(desk.Place{Page: desk.Practice}) })
	p.list = newList(p.showConversation, func() { p.preview.next() })
	p.preview = newPreview(d)
	p.preview.File, p.preview.Added = p.file, p.added
	p.rest = newRest(func() { p.list.toggle() })
	p.earlier = newEarlier(d, p.showBatch)
	p.batch = newBatchView(p.showBatchInTimeline, p.askUndoBatch, p.showEmpty)
	p.outcome = newOutcome(acts{show: p.showFiled, undo: p.askUndo, next: p.showNext, back: p.backToConversation, copy: p.copyReport})
	p.arrange()
	p.showEmpty()
	return p
}

func (p *page) arrange() {
	help := func() { showHelp(p.desk.Window()) }
	p.empty = emptyState(p.choose, help)
	p.before = kit.Frame(kit.Pad(22, 16, 10, 16, kit.Column(6, kit.NewHeading("Earlier imports"), p.earlier.none)), nil, nil, nil, p.earlier.view)
	foot := kit.Pad(10, 16, 12, 16, kit.Column(2, kit.NewCaption("Drop more exports here, or see"),
		kit.NewLink("how to export from each phone and service", help)))
	p.looking = kit.Frame(kit.Column(0, kit.Pad(14, 10, 10, 16, p.header.content), p.list.row), foot, nil, nil, p.list.view)
	p.whole = kit.Frame(nil, nil, kit.Wide(leftWidth, p.left), nil, kit.Frame(nil, nil, kit.Edge(), nil, p.right))
	p.cover = kit.Empty("Names and previews are hidden", "Press Ctrl H to show them again.")
	p.content = container.NewStack(p.whole)
}

func emptyState(choose, help func()) fyne.CanvasObject {
	return kit.Empty("Bring messages in",
		"Drop a phone or mail export anywhere in this window: a backup of SMS Backup & Restore (.xml), emails (.eml) or a mailbox (.mbox). "+
			"You see every conversation before anything is kept, and only what you file is stored.",
		kit.NewPrimary("Choose a file", choose).Shortcut("Ctrl I"),
		kit.NewButton("How to export", help))
}

// newRest says what becomes of the conversations of nobody.
func newRest(toggle func()) fyne.CanvasObject {
	return kit.Empty("Not yours to keep",
		"These conversations are with numbers and addresses of no client. Nothing of them is stored. "+
			"If one belongs to a client, show them in the list, choose it, and say whose it is.",
		kit.NewButton("Show or fold them in the list", toggle))
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show brings files into the inbox, or what lies in it already.
func (p *page) Show(place desk.Place) {
	if len(place.Files) > 0 {
		p.look(place.Files)
		return
	}
	p.earlier.load(p.refreshEarlier)
	if p.stale {
		p.readAgain()
	}
	p.focus()
}

// focus gives the keyboard to what is on show.
func (p *page) focus() {
	if len(p.files) > 0 {
		kit.Focus(p.list.view)
	}
}

// Refresh reads anew whose the conversations are, and the earlier imports. The
// preview is read again when the page is next shown.
func (p *page) Refresh(record.ClientID) {
	p.stale = true
	p.earlier.load(p.refreshEarlier)
	if len(p.files) > 0 {
		p.loadClients(p.gatherAgain)
	}
}

// Key takes Import, Escape and the hiding of names.
func (p *page) Key(name string) bool {
	switch name {
	case desk.KeyImport:
		p.choose()
	case desk.KeyHide:
		p.hide()
	case desk.KeyEscape:
		return p.escape()
	default:
		return false
	}
	return true
}

// escape goes back one step: from a report to its conversation, from an
// earlier import to the empty page.
func (p *page) escape() bool {
	switch {
	case p.shows(p.outcome.content):
		p.backToConversation()
	case p.shows(p.batch.content):
		p.showEmpty()
	default:
		return false
	}
	return true
}

func (p *page) hide() {
	if p.content.Objects[0] == p.whole {
		p.content.Objects[0] = p.cover
	} else {
		p.content.Objects[0] = p.whole
	}
	p.content.Refresh()
}

// choose asks for exports.
func (p *page) choose() {
	from := p.folder
	if from == "" {
		from = downloads()
	}
	chooser.Open(p.desk, chooser.Ask{
		Title: "Import a phone or mail export",
		Text:  "Backups of SMS Backup & Restore (.xml), emails (.eml) and mailboxes (.mbox). Files can also be dropped anywhere in the window.",
		Act:   "Look at it", From: from, Wanted: isExport,
		More: []fyne.CanvasObject{kit.NewLink("How to export", func() { showHelp(p.desk.Window()) })},
		Chosen: func(paths []string) {
			p.folder = filepath.Dir(paths[0])
			p.look(paths)
		},
	})
}

func downloads() string {
	dir := filepath.Join(folders.Home(), "Downloads")
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return dir
	}
	return folders.Documents()
}

// long is from how many bytes on looking at files is shown as work.
const long = 8 << 20

// look surveys files and adds them to those that lie in the inbox.
func (p *page) look(paths []string) {
	var found exports
	for _, x := range unfold(paths) {
		if !p.files.holds(x.path) && !found.holds(x.path) {
			found = append(found, x)
		}
	}
	if len(found) == 0 {
		p.showFiles()
		return
	}
	work := func(ctx context.Context, report func(done, total int64, text string)) error {
		return survey(ctx, p.desk.Practice(), found, report)
	}
	done := func(err error) { p.looked(found, err) }
	if sizeOf(found) > long {
		p.desk.Run("Looking at the export", work, done)
		return
	}
	p.desk.Load(func(ctx context.Context) error { return work(ctx, func(int64, int64, string) {}) }, done)
}

func (p *page) looked(found exports, err error) {
	if err != nil {
		if len(p.files) == 0 {
			p.putAway()
		}
		p.desk.Fail(err)
		return
	}
	p.files = append(p.files, found...)
	p.loadClients(func() {
		p.gather()
		p.showFiles()
	})
}

// loadClients reads whose the addresses are, and the practice's time zone.
func (p *page) loadClients(done func()) {
	var clients known
	var settings record.Practice
	p.desk.Load(func(ctx context.Context) (err error) {
		if clients, err = p.desk.Practice().KnownAddresses(ctx); err != nil {
			return err
		}
		settings, err = p.desk.Practice().Settings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.clients, p.own = clients, settings.Own
		if settings.Zone != p.zone {
			p.zone = settings.Zone
			p.preview.zone.set(settings.Zone)
		}
		done()
	})
}

// gather makes the conversations out of the files.
func (p *page) gather() {
	p.surveyed = p.own
	p.list.set(gather(p.files.readable().previews(), p.clients))
}

// gatherAgain makes them anew. If the practitioner's own addresses changed, the
// files are looked at again, since those are in no conversation.
func (p *page) gatherAgain() {
	if slices.Equal(p.surveyed, p.own) {
		p.gather()
		return
	}
	var paths []string
	for _, x := range p.files {
		paths = append(paths, x.path)
	}
	p.files = nil
	p.look(paths)
}

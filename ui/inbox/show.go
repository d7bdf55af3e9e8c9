package inbox

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

func put(place *fyne.Container, o fyne.CanvasObject) {
	if len(place.Objects) != 1 || place.Objects[0] != o {
		place.Objects = []fyne.CanvasObject{o}
		place.Refresh()
	}
}

// shows reports whether something stands at the right.
func (p *page) shows(o fyne.CanvasObject) bool {
	return len(p.right.Objects) == 1 && p.right.Objects[0] == o
}

// showEmpty shows the page without files: the imports of before, and how to
// begin.
func (p *page) showEmpty() {
	put(p.left, p.before)
	p.earlier.view.Select(-1)
	put(p.right, p.empty)
}

// showFiles shows what lies in the inbox, the conversation first that is to be
// filed next.
func (p *page) showFiles() {
	p.header.set(p.files, p.own)
	put(p.left, p.looking)
	p.looking.Refresh()
	first := p.list.selected()
	if first == nil {
		first = p.list.first()
	}
	if first == nil {
		put(p.right, kit.Empty("Nothing to file", "No conversation was found in what you chose. Put the files away, or drop others."))
		return
	}
	p.list.choose(first)
	p.focus()
}

// showConversation shows what filing a conversation would do; nil are those of
// nobody.
func (p *page) showConversation(c *conversation) {
	p.preview.leave()
	if c == nil {
		put(p.right, p.rest)
		return
	}
	put(p.right, p.preview.content)
	p.preview.show(c, p.files.readable().paths(c.files))
}

// readAgain reads the preview again if it is on show.
func (p *page) readAgain() {
	p.stale = false
	if c := p.list.selected(); c != nil && p.shows(p.preview.content) {
		p.showConversation(c)
	}
}

// putAway empties the inbox. The files themselves stay where they are.
func (p *page) putAway() {
	p.preview.leave()
	p.files = nil
	p.list.filed = map[string]string{}
	p.list.open = false
	p.list.set(nil)
	p.list.find.SetText("")
	p.showEmpty()
	p.earlier.load(p.refreshEarlier)
}

func (p *page) showBatch(b record.Batch) {
	p.batch.set(b, p.earlier.names[b.Client], p.earlier.zone)
	put(p.right, p.batch.content)
}

// refreshEarlier brings the earlier imports up to date, and the one that is
// on show.
func (p *page) refreshEarlier() {
	p.before.Refresh()
	if b, ok := p.earlier.selected(); ok && p.shows(p.batch.content) {
		p.showBatch(b)
	}
}

func (p *page) showBatchInTimeline() {
	p.desk.Go(desk.Place{Page: desk.Clients, Client: p.batch.of.Client})
}

package clients

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/about"
	"casekeep/ui/clients/compose"
	"casekeep/ui/clients/detail"
	"casekeep/ui/clients/tabs"
	"casekeep/ui/clients/timeline"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// chart is the record of one client: header, tabs, and what they lead to.
type chart struct {
	page     *Page
	client   record.Client
	zone     string // of the practice
	header   *header
	tabs     *kit.Tabs
	composer *compose.Composer
	timeline *timeline.View
	detail   *detail.Detail
	run      int         // counts the signs asked for: late ones are dropped
	tab      []about.Tab // after the timeline
	stale    []bool      // which of them have to read anew when they are opened
	typing   *fyne.Container
	contents []fyne.CanvasObject // the timeline's, then those of tab
	content  *fyne.Container
}

func newChart(p *Page) *chart {
	c := &chart{page: p}
	produce := func() { p.chartKey(desk.KeyProduce) }
	if p.desk.Practice().Executor() != nil {
		produce = nil
	}
	c.header = newHeader(c.showCard, produce, c.showMore)
	c.header.fill = func(f record.Form, values form.Values) { c.fill(f, 0, values) }
	c.header.entry = c.reveal
	c.header.keep = func() { keep.Open(p.desk, c.client.ID) }
	c.composer = compose.New(p.desk)
	c.composer.Logged = c.logged
	c.composer.Agree = func(channel record.Channel) {
		c.fill(record.FormChannel, 0, form.Values{"channel": string(channel)})
	}
	c.composer.AskSafe = func() { c.fill(record.FormSafeContact, 0, nil) }
	c.composer.Resized = func() { c.content.Refresh() }
	c.timeline = timeline.New(p.desk, kit.Empty("Nothing logged yet",
		"Paste or type above what was said, then press Ctrl Enter. Or bring in texts and emails from an export.",
		kit.NewButton("Import messages", p.importFor).Shortcut("Ctrl I")))
	c.detail = detail.New(p.desk, detail.Hooks{Client: func() record.Client { return c.client }, Changed: c.changed,
		Correct: func(e record.Entry) { c.correctEntry(e.ID, e.Form) }, Go: p.open})
	c.timeline.Open = c.detail.Open
	c.timeline.OpenFile = c.detail.OpenFile
	c.timeline.Menu = c.detail.Menu

	acts := tabs.Acts{Fill: c.fill, Correct: c.correct, Show: c.reveal, Card: c.showCard, Edit: p.edit, Log: c.compose}
	c.tab = []about.Tab{
		tabs.NewConsents(p.desk, acts),
		tabs.NewSearches(p.desk, acts),
		tabs.NewAssessments(p.desk, acts),
		tabs.NewSafety(p.desk, acts),
		tabs.NewDocuments(p.desk, acts, c.detail.OpenFiles),
		tabs.NewRequests(p.desk, acts, produce),
		tabs.NewStanding(p.desk, acts),
		about.NewDetails(p.edit),
		about.NewImports(p.desk, p.importFor),
		about.NewHistory(p.desk),
	}
	c.stale = make([]bool, len(c.tab))
	names := []string{"Timeline"}
	c.contents = []fyne.CanvasObject{c.timeline.Content()}
	for _, t := range c.tab {
		names = append(names, t.Name())
		c.contents = append(c.contents, t.Content())
	}
	c.tabs = kit.NewTabs(names, c.open)
	c.typing = kit.Pad(11, 22, 0, 22, c.composer)
	top := kit.Column(0, kit.Pad(15, 22, 3, 22, c.header.content), kit.Pad(0, 22, 0, 22, c.tabs), c.typing)
	c.content = kit.Frame(top, nil, nil, nil, container.NewStack(c.contents...))
	c.open(0)
	return c
}

// show brings a client on show, from the timeline's newest entry on.
func (c *chart) show(client record.Client, zone string) {
	c.client, c.zone = client, zone
	c.header.show(client)
	c.composer.Open(client, zone)
	c.readSigns()
	c.tabs.Choose(0)
	c.open(0)
	c.timeline.Show(client, c.page.entry)
	c.page.entry = 0
	c.spoil()
	for _, t := range c.tab {
		t.Clear()
	}
}

// refresh shows what has changed of the client on show, where it stands.
func (c *chart) refresh(client record.Client, zone string) {
	if client.ID != c.client.ID {
		c.show(client, zone)
		return
	}
	c.client, c.zone = client, zone
	c.header.show(client)
	c.composer.Open(client, zone)
	c.readSigns()
	c.timeline.Reload(client, c.page.entry)
	c.page.entry = 0
	c.spoil()
	c.open(c.tabs.Chosen())
}

// readSigns puts what was agreed, and what is missing, above the record.
func (c *chart) readSigns() {
	c.run++
	run, client := c.run, c.client.ID
	var all []app.Sign
	var beside app.Beside
	var held keep.Held
	var kept []app.Kept
	c.page.desk.Load(func(ctx context.Context) error {
		var err error
		if all, err = c.page.desk.Practice().Signs(ctx, client); err != nil {
			return err
		}
		if beside, err = c.page.desk.Practice().Beside(ctx, client); err != nil {
			return err
		}
		if held, err = keep.ReadHeld(ctx, c.page.desk.Practice()); err != nil {
			return err
		}
		kept, err = c.page.desk.Practice().Keep(ctx, client)
		return err
	}, func(err error) {
		switch {
		case run != c.run:
		case err != nil:
			c.page.desk.Fail(err)
		default:
			c.header.signs(all, held, kept)
			c.composer.Beside(beside)
			c.content.Refresh()
		}
	})
}

func (c *chart) spoil() {
	for i := range c.stale {
		c.stale[i] = true
	}
}

// open shows what a tab leads to.
func (c *chart) open(chosen int) {
	for i, o := range c.contents {
		if i == chosen {
			o.Show()
		} else {
			o.Hide()
		}
	}
	c.typing.Hidden = chosen != 0 || c.page.desk.Practice().Executor() != nil
	if i := chosen - 1; i >= 0 && c.stale[i] && c.client.ID != 0 {
		c.stale[i] = false
		c.tab[i].Show(c.client, c.zone)
	}
	c.content.Refresh()
}

// logged shows an entry that was just saved.
func (c *chart) logged(e record.Entry) {
	c.page.entry = e.ID
	c.page.desk.Toast(loggedText(e, c.client), "", nil)
	c.page.desk.Changed(c.client.ID)
}

// changed is told what was done to an entry.
func (c *chart) changed(said string, clients ...record.ClientID) {
	c.page.desk.Toast(said, "", nil)
	for _, id := range clients {
		c.page.desk.Changed(id)
	}
}

// compose puts the cursor into the composer.
func (c *chart) compose() {
	c.toTimeline()
	c.composer.Focus()
}

// reveal brings an entry into view.
func (c *chart) reveal(entry record.EntryID) {
	c.toTimeline()
	if entry != 0 {
		c.timeline.Reveal(entry)
	}
	c.focus()
}

func (c *chart) onTimeline() bool { return c.tabs.Chosen() == 0 }

func (c *chart) toTimeline() {
	if !c.onTimeline() {
		c.tabs.Choose(0)
		c.open(0)
	}
}

// focus gives the keyboard to the timeline, or to the tabs over what else is
// shown.
func (c *chart) focus() {
	if c.onTimeline() {
		kit.Focus(c.timeline.List())
		return
	}
	kit.Focus(c.tabs)
}

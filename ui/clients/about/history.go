package about

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// History shows what the audit trail says of a client's record.
type History struct {
	desk   desk.Desk
	run    int
	events []record.AuditEvent
	limit  int
	client record.ClientID
	zone   *time.Location
	list   *kit.List
	frame  fyne.CanvasObject
}

// historyPage is how many events are read at once.
const historyPage = 500

// NewHistory makes the tab.
func NewHistory(d desk.Desk) *History {
	t := &History{desk: d, zone: time.UTC}
	t.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(t.events) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   t.bind,
		More:   t.more,
	})
	t.frame = kit.Pad(8, 7, 0, 5, t.list)
	return t
}

// Name is the tab's.
func (t *History) Name() string { return "History" }

// Content is what stands in the window.
func (t *History) Content() fyne.CanvasObject { return t.frame }

// Show reads the newest events of a client.
func (t *History) Show(c record.Client, zone string) {
	t.client, t.zone, t.limit = c.ID, record.LoadZone(zone), historyPage
	t.read()
}

// Clear empties it, and drops what is on its way.
func (t *History) Clear() {
	t.run++
	t.events = nil
	t.list.Reload()
}

func (t *History) more() {
	if len(t.events) == t.limit {
		t.limit += historyPage
		t.read()
	}
}

func (t *History) read() {
	t.run++
	run, client, limit := t.run, t.client, t.limit
	var events []record.AuditEvent
	t.desk.Load(func(ctx context.Context) error {
		var err error
		events, err = t.desk.Practice().History(ctx, client, limit)
		return err
	}, func(err error) {
		switch {
		case run != t.run:
		case err != nil:
			t.desk.Fail(err)
		default:
			t.list.Select(-1)
			t.events = events
			t.list.Reload()
		}
	})
}

func (t *History) bind(i int, o fyne.CanvasObject, selected bool) {
	e := t.events[i]
	act, detail := phrase.Act(e)
	caption := e.Actor
	if detail != "" {
		caption = detail + " · " + e.Actor
	}
	o.(*kit.Item).Set(kit.ItemText{Title: act, Caption: caption, Right: phrase.ShortMoment(e.At.In(t.zone))}, selected)
}

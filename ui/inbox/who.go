package inbox

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// who asks into whose record a conversation goes.
type who struct {
	desk   desk.Desk
	of     *conversation
	all    []record.ClientSummary
	shown  []record.ClientSummary
	find   *kit.Search
	list   *kit.List
	dialog *kit.Dialog
	chosen func(record.ClientSummary)
}

func newWho(d desk.Desk, c *conversation, chosen func(record.ClientSummary)) *who {
	w := &who{desk: d, of: c, chosen: chosen, find: kit.NewSearch("Find a client", "")}
	w.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(w.shown) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(clientText(w.shown[i]), on) },
		Open:   func(int) { w.take() },
	})
	w.find.OnChanged = func(string) { w.filter() }
	w.find.OnMove = func(ev *fyne.KeyEvent) { w.list.Key(ev) }
	w.find.OnEnter = func(string) { w.take() }
	body := kit.Column(10, w.find, container.New(height(5*kit.ItemHeight), w.list))
	w.dialog = kit.NewDialog("Whose record?", body, kit.NewPrimary("Choose", w.take)).Width(480)
	return w
}

func (w *who) open() {
	w.desk.Load(func(ctx context.Context) (err error) {
		w.all, err = w.desk.Practice().Clients(ctx)
		return err
	}, func(err error) {
		if err != nil {
			w.desk.Fail(err)
			return
		}
		slices.SortStableFunc(w.all, w.likelyFirst)
		w.filter()
		w.dialog.Open(w.desk.Window())
	})
}

// likelyFirst puts clients who take part in the conversation before others.
func (w *who) likelyFirst(a, b record.ClientSummary) int {
	rank := func(c record.ClientSummary) int {
		if slices.ContainsFunc(w.of.owners, func(o record.ClientSummary) bool { return o.ID == c.ID }) {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}

func (w *who) filter() {
	w.shown = app.FilterClients(w.all, w.find.Text())
	w.list.Reload()
	w.list.Select(min(0, len(w.shown)-1))
}

func (w *who) take() {
	if i := w.list.Selected(); i >= 0 {
		w.dialog.Close()
		w.chosen(w.shown[i])
	}
}

// clientText shows a client with what tells people of the same name apart.
func clientText(c record.ClientSummary) kit.ItemText {
	text := kit.ItemText{Title: c.Name, Caption: "no number or address yet", Right: c.Number}
	for i, p := range c.Contacts {
		if i == 0 {
			text.Caption = phrase.Address(p.Normal)
		} else {
			text.Caption += ", " + phrase.Address(p.Normal)
		}
	}
	return text
}

// height gives an object a height of its own, such as a list in a dialog.
type height float32

func (h height) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, float32(h))
}

func (h height) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
}

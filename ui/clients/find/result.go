package find

import (
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// result is a row: a title, a client, or an entry of one.
type result struct {
	title  string
	client record.ClientSummary
	hit    record.Hit
}

// arrange puts clients before what was said, each under its title.
func arrange(clients []record.ClientSummary, hits []record.Hit, latest bool) []result {
	var all []result
	if len(clients) > 0 {
		title := "Clients"
		if latest {
			title = "Latest clients"
		}
		all = append(all, result{title: title})
	}
	for _, c := range clients {
		all = append(all, result{client: c})
	}
	if len(hits) > 0 {
		all = append(all, result{title: "What was said, newest first"})
	}
	for _, h := range hits {
		all = append(all, result{client: record.ClientSummary{ID: h.Client, Name: h.ClientName}, hit: h})
	}
	return all
}

// kinds of rows
const (
	titleRow = iota
	itemRow
)

func (r result) kind() int {
	if r.title != "" {
		return titleRow
	}
	return itemRow
}

const titleHeight = 30

func (r result) height() float32 {
	if r.title != "" {
		return titleHeight
	}
	return kit.ItemHeight
}

func newRow(kind int) fyne.CanvasObject {
	if kind == titleRow {
		return kit.Pad(8, 16, 2, 17, kit.NewCaption(""))
	}
	return kit.NewItem()
}

func (r result) fill(o fyne.CanvasObject, selected bool, now time.Time, zone *time.Location) {
	if r.title != "" {
		o.(*fyne.Container).Objects[0].(*kit.Label).SetText(r.title)
		return
	}
	text := kit.ItemText{Title: r.client.Name}
	if r.hit.Entry == 0 {
		text.Caption = phrase.Preview(r.client)
		text.Right = "record " + r.client.Number
	} else {
		text.Caption = said(r.hit)
		text.Right = phrase.Lately(r.hit.At, now, zone)
		text.Faint = r.hit.Struck
	}
	o.(*kit.Item).Set(text, selected)
}

// said gives what was found, with how it was said.
func said(h record.Hit) string {
	if h.Channel == record.Note && !h.Struck { // it says itself what it is
		return h.Snippet
	}
	how := phrase.Channel(h.Channel)
	if h.Struck {
		how = "Struck through, " + how
	}
	return how + ": " + h.Snippet
}

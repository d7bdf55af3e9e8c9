package inbox

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/timeline"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// filter chooses among the messages of a conversation.
type filter int

// The filters, in the order of their segments.
const (
	showAll filter = iota
	showNew
	showFiled
	showDamaged
)

func (f filter) takes(m app.PreviewedMessage) bool {
	switch f {
	case showNew:
		return !m.Filed
	case showFiled:
		return m.Filed
	case showDamaged:
		return !m.Filed && m.Entry.Provenance.Damaged
	}
	return true
}

// messages shows the newest messages of a preview, by days, as the client's
// timeline will.
type messages struct {
	window fyne.Window
	found  app.Preview
	client record.Client
	now    time.Time
	rows   []messageRow
	list   *kit.List
}

// messageRow is a day, a message, or the note at the end.
type messageRow struct {
	day, note string
	entry     record.Entry
	message   kit.Message
}

const (
	messageKind = iota
	dayKind
	noteKind
)

const noteHeight = 46

func newMessages(w fyne.Window) *messages {
	m := &messages{window: w}
	m.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(m.rows) },
		Height: func(i int, width float32) float32 { return m.rows[i].height(width) },
		Kind:   func(i int) int { return m.rows[i].kind() },
		New:    newMessageRow,
		Bind:   func(i int, o fyne.CanvasObject, selected bool) { m.rows[i].bind(o, selected) },
		Skip:   func(i int) bool { return m.rows[i].kind() != messageKind },
		Open:   func(i int) { showWhole(m.window, m.rows[i]) },
	})
	return m
}

// set shows a preview from the newest message on.
func (m *messages) set(found app.Preview, c record.ClientSummary, now time.Time) {
	m.found, m.now = found, now
	m.client = record.Client{ID: c.ID, Kind: c.Kind, Name: c.Name, Contacts: c.Contacts}
	m.filter(showAll)
}

// filter shows some of the messages alone.
func (m *messages) filter(f filter) {
	m.rows = rowsOf(m.found, f, m.client, m.now)
	m.list.Select(-1)
	m.list.Reload()
	m.list.Top()
}

// rowsOf arranges messages that come newest first: the newest day first, and
// within a day in the order in which things happened.
func rowsOf(found app.Preview, f filter, c record.Client, now time.Time) []messageRow {
	var rows []messageRow
	begin := 0 // of the day that is being filled
	var day record.Date
	for _, m := range found.Newest {
		if !f.takes(m) {
			continue
		}
		at := m.Entry.At.In(m.Entry.TimeZone())
		if d := record.DateOf(at); d != day || len(rows) == 0 {
			day = d
			rows = append(rows, messageRow{day: phrase.Day(at, now)})
			begin = len(rows)
		}
		rows = slices.Insert(rows, begin, messageRow{entry: m.Entry, message: messageOf(m, c)})
	}
	return append(rows, endOf(found, f, len(rows))...)
}

// endOf says what is not shown, or that there is nothing to show.
func endOf(found app.Preview, f filter, shown int) []messageRow {
	more := found.Report.Imported + found.Report.Duplicates - len(found.Newest)
	switch {
	case more > 0 && f == showAll:
		return []messageRow{{note: "The newest " + kit.Number(len(found.Newest)) + " are shown. " + kit.Number(more) + " older ones go with them."}}
	case more > 0:
		return []messageRow{{note: "Of the newest " + kit.Number(len(found.Newest)) + " messages; older ones are not shown."}}
	case shown == 0:
		return []messageRow{{note: "No such message in this conversation."}}
	}
	return nil
}

// messageOf makes what the timeline would show.
func messageOf(m app.PreviewedMessage, c record.Client) kit.Message {
	shown := timeline.Message(m.Entry, c)
	if p := m.Entry.Provenance; p.Damaged {
		shown.Notes = append(shown.Notes, p.Warnings...)
	}
	if m.Filed {
		shown.Flag, shown.Tone = "in the record already", kit.Neutral
	}
	return shown
}

func (r *messageRow) kind() int {
	switch {
	case r.day != "":
		return dayKind
	case r.note != "":
		return noteKind
	}
	return messageKind
}

func (r *messageRow) height(width float32) float32 {
	switch r.kind() {
	case dayKind:
		return kit.DayHeight
	case noteKind:
		return noteHeight
	}
	return r.message.Height(width)
}

func newMessageRow(kind int) fyne.CanvasObject {
	switch kind {
	case dayKind:
		return kit.NewDay("")
	case noteKind:
		return kit.Pad(12, 22, 12, 22, kit.NewSubtitle(""))
	}
	return kit.NewMessageRow()
}

func (r *messageRow) bind(o fyne.CanvasObject, selected bool) {
	switch o := o.(type) {
	case *kit.Day:
		o.SetText(r.day)
	case *kit.MessageRow:
		o.Set(r.message, selected, nil)
	case *fyne.Container:
		o.Objects[0].(*kit.Label).SetText(r.note)
	}
}

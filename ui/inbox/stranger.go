package inbox

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// stranger shows a conversation of which nobody has said whose record it
// belongs to: what to do about it, and the beginning of its newest messages.
type stranger struct {
	content fyne.CanvasObject
	of      *conversation
	text    *kit.Text
	name    *kit.Field
	add     func(name string)
	newest  *kit.List
	rows    []messageRow
}

func newStranger(choose func(), add func(name string)) *stranger {
	s := &stranger{text: kit.NewNote(""), name: kit.NewField("").Placeholder("The new client’s name"), add: add}
	s.name.OnEnter = func(string) { s.addNow() }
	s.newest = kit.NewList(kit.Rows{
		Count:  func() int { return len(s.rows) },
		Height: func(i int, width float32) float32 { return s.rows[i].height(width) },
		Kind:   func(i int) int { return s.rows[i].kind() },
		New:    newMessageRow,
		Bind:   func(i int, o fyne.CanvasObject, _ bool) { s.rows[i].bind(o, false) },
		Skip:   func(int) bool { return true },
	})
	ask := kit.Card(kit.Pad(12, 14, 14, 14, kit.Column(9,
		s.text,
		kit.Row(12, kit.NewButton("Choose a client", choose), kit.NewCaption("or open a new record:")),
		kit.TopRow(10, kit.Grow(s.name), kit.Pad(3, 0, 0, 0, kit.NewButton("Add as a client", s.addNow).Icon(look.Plus))))))
	s.content = kit.Frame(kit.Pad(4, 22, 6, 22, ask), nil, nil, nil, s.newest)
	return s
}

// set shows a conversation.
func (s *stranger) set(c *conversation, zone *time.Location, now time.Time) {
	if s.of == nil || s.of.key() != c.key() {
		s.name.SetText(nameOf(c))
	}
	s.of = c
	s.text.SetText(question(c))
	s.rows = snippetRows(c, zone, now)
	s.newest.Reload()
	s.newest.Top()
	s.content.Refresh()
}

func question(c *conversation) string {
	switch {
	case len(c.owners) > 1 && !c.group():
		return "This " + addressWord(c.thread) + " belongs to " + strings.Join(namesOf(c.owners), " and ") + ". Say whose record these messages go into."
	case c.group():
		return "A group conversation goes whole into the record that you choose, what the others said included. If it belongs to a couple, " +
			"a family or a group that you see together, choose their record."
	}
	return "Nothing of this conversation is kept unless you say whose record it belongs to."
}

// nameOf gives the name under which an export knows somebody.
func nameOf(c *conversation) string {
	if c.group() || len(c.names) == 0 || c.names[0] == c.key() {
		return ""
	}
	return c.names[0]
}

// snippetRows shows the beginnings of the newest messages by days.
func snippetRows(c *conversation, zone *time.Location, now time.Time) []messageRow {
	found := app.Preview{}
	for _, s := range c.newest {
		found.Newest = append(found.Newest, app.PreviewedMessage{Entry: entryOf(s, zone)})
	}
	rows := rowsOf(found, showAll, record.Client{Name: callerOf(c), Kind: record.Group}, now)
	if rest := c.messages - len(c.newest); rest > 0 {
		rows = append(rows, messageRow{note: "The beginnings of the newest messages. " + phrase.Count(rest, "older one is", "older ones are") + " not shown."})
	}
	return rows
}

func entryOf(s intake.Snippet, zone *time.Location) record.Entry {
	return record.Entry{Channel: s.Channel, Direction: s.Direction, At: s.At, Zone: zone.String(), Body: s.Text, Provenance: &record.Provenance{}}
}

func callerOf(c *conversation) string {
	if name := nameOf(c); name != "" {
		return name
	}
	if c.group() {
		return "Somebody of the group"
	}
	return phrase.Address(c.key())
}

func (s *stranger) addNow() {
	name := strings.TrimSpace(s.name.Text())
	if name == "" {
		s.name.SetError("Type the new client’s name.")
		s.name.Focus()
		return
	}
	s.add(name)
}

func (s *stranger) fail(err error) { s.name.SetError(app.Sentence(err)) }

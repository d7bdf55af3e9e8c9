package clients

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/lines"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// header stands over a client's record: name, who the client is, and the
// safety line.
type header struct {
	name    *kit.Label
	line    *kit.Linked // ends with how long the record is kept
	chips   *fyne.Container
	notes   *fyne.Container
	more    *kit.Button
	content *fyne.Container

	keep   func()                         // opens how long the record is kept
	fill   func(record.Form, form.Values) // opens a form
	entry  func(record.EntryID)           // goes to an entry
	client record.Client
	state  []state // of the client on show
}

// newHeader makes the header; produce and more are nil where the record is only
// looked at.
func newHeader(card, produce, more func()) *header {
	h := &header{name: kit.NewTitle(""), chips: kit.Flow(6), notes: kit.Column(6)}
	h.line = kit.NewLinked(func() { h.keep() })
	h.more = kit.NewIconButton(look.Dots, "More acts", more)
	acts := []fyne.CanvasObject{kit.Grow(h.name), kit.NewButton("Emergency card", card)}
	if produce != nil {
		acts = append(acts, kit.NewButton("Produce record", produce), h.more)
	}
	h.content = kit.Column(0,
		kit.Row(8, acts...),
		h.line,
		kit.Pad(8, 0, 0, 0, h.notes), // what is too long for a chip is what must be read first
		kit.Pad(6, 0, 0, 0, h.chips))
	return h
}

// show says who the client is, with the lines that are known at once; signs
// come after them.
func (h *header) show(c record.Client) {
	h.name.SetText(c.Name)
	h.client = c
	h.line.Set(line(c), "")
	h.state = safety(c)
	h.draw(nil)
}

// signs adds the legal holds, what was agreed, what is missing, and until when
// the record is kept.
func (h *header) signs(all []app.Sign, held keep.Held, kept []app.Kept) {
	for _, k := range kept {
		h.line.Set(line(h.client)+" · ", k.Line)
	}
	var more []state
	if text := held.Says(h.client.ID); text != "" {
		more = append(more, state{tone: kit.Red, text: text, do: h.keep})
	}
	for _, s := range all {
		more = append(more, state{tone: signTones[s.Tone], text: s.Text, form: s.Form, entry: s.Entry, values: valuesOf(s)})
	}
	h.draw(more)
}

var signTones = map[string]kit.Tone{app.SignInfo: kit.Blue, app.SignGood: kit.Green, app.SignDue: kit.Amber, app.SignOpen: kit.Red}

func valuesOf(s app.Sign) form.Values {
	if s.Form != record.FormChannel {
		return nil
	}
	return form.Values{"channel": string(s.Channel)}
}

func (h *header) draw(more []state) {
	h.chips.Objects, h.notes.Objects = nil, nil
	for _, s := range append(h.state[:len(h.state):len(h.state)], more...) {
		h.add(s)
	}
	h.content.Objects[2].(*fyne.Container).Hidden = len(h.notes.Objects) == 0
	h.content.Refresh()
}

// titleWidth is how much room a name has for certain; the whole of a longer one
// stands in the line below.
const titleWidth = 260

func line(c record.Client) string {
	if lines.Width(c.Name, lines.Font{Size: look.TitleSize, Bold: true}) > titleWidth {
		return c.Name + " · " + phrase.ClientLine(c)
	}
	return phrase.ClientLine(c)
}

// chipWidth is how much text a chip holds; what is longer gets lines of its
// own, since nothing of it may be cut off.
const chipWidth = 500

func (h *header) add(s state) {
	width := lines.Width(s.text, lines.Font{Size: look.CaptionSize})
	if width > chipWidth {
		h.notes.Add(kit.Note(s.tone, kit.NewSmall(s.text).Color(s.ink())))
		return
	}
	switch {
	case s.do != nil:
		h.chips.Add(kit.NewChipButton(s.tone, s.text, s.do))
	case s.form != "":
		h.chips.Add(kit.NewChipButton(s.tone, s.text, func() { h.fill(s.form, s.values) }))
	case s.entry != 0:
		h.chips.Add(kit.NewChipButton(s.tone, s.text, func() { h.entry(s.entry) }))
	default:
		h.chips.Add(kit.Wide(width+22, kit.NewChip(s.tone, s.text)))
	}
}

// state is something on the safety line. Pressing it opens a form, or goes to
// the entry that says so.
type state struct {
	tone   kit.Tone
	text   string
	form   record.Form
	values form.Values
	entry  record.EntryID
	do     func()
}

func (s state) ink() look.Token {
	switch s.tone {
	case kit.Blue:
		return look.Blue
	case kit.Red:
		return look.Red
	}
	return look.Muted
}

// safety gives what must be seen before anything else is done.
func safety(c record.Client) []state {
	all := []state{{tone: kit.Blue, text: "Safe contact: not asked yet", form: record.FormSafeContact}}
	if c.SafeContact != "" {
		all[0].text = "Safe contact: " + c.SafeContact
	}
	if c.Risk != "" {
		all = append(all, state{tone: kit.Red, text: c.Risk, form: record.FormSafetyPlan})
	}
	if c.Language != "" && !strings.EqualFold(c.Language, "English") {
		all = append(all, state{tone: kit.Neutral, text: "Language: " + c.Language})
	}
	if c.Needs != "" {
		all = append(all, state{tone: kit.Neutral, text: "Needs: " + c.Needs})
	}
	if c.Status == record.Closed {
		text := phrase.Status(c)
		if c.Reason != "" {
			text += ": " + c.Reason
		}
		all = append(all, state{tone: kit.Neutral, text: text})
	}
	return all
}

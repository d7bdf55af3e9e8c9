package clients

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/lines"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// header stands over a client's record: name, who the client is, and the
// safety line.
type header struct {
	name    *kit.Label
	line    *kit.Text
	chips   *fyne.Container
	notes   *fyne.Container
	more    *kit.Button
	content *fyne.Container
}

func newHeader(edit, produce, more func()) *header {
	h := &header{name: kit.NewTitle(""), line: kit.NewNote(""), chips: kit.Flow(6), notes: kit.Column(6)}
	h.more = kit.NewIconButton(look.Dots, "More acts", more)
	h.content = kit.Column(0,
		kit.Row(8, kit.Grow(h.name), kit.NewButton("Edit", edit), kit.NewButton("Produce record", produce), h.more),
		h.line,
		kit.Pad(8, 0, 0, 0, h.chips),
		kit.Pad(6, 0, 0, 0, h.notes))
	return h
}

func (h *header) show(c record.Client) {
	h.name.SetText(c.Name)
	h.line.SetText(line(c))
	h.chips.Objects, h.notes.Objects = nil, nil
	for _, s := range safety(c) {
		h.add(s)
	}
	h.content.Objects[3].(*fyne.Container).Hidden = len(h.notes.Objects) == 0
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
	if width <= chipWidth {
		h.chips.Add(kit.Wide(width+22, kit.NewChip(s.tone, s.text)))
		return
	}
	h.notes.Add(kit.Note(s.tone, kit.NewSmall(s.text).Color(s.ink())))
}

// state is something on the safety line.
type state struct {
	tone kit.Tone
	text string
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
	all := []state{{kit.Blue, "Safe contact: not asked yet"}}
	if c.SafeContact != "" {
		all[0].text = "Safe contact: " + c.SafeContact
	}
	if c.Risk != "" {
		all = append(all, state{kit.Red, c.Risk})
	}
	if c.Language != "" && !strings.EqualFold(c.Language, "English") {
		all = append(all, state{kit.Neutral, "Language: " + c.Language})
	}
	if c.Needs != "" {
		all = append(all, state{kit.Neutral, "Needs: " + c.Needs})
	}
	if c.Status == record.Closed {
		text := phrase.Status(c)
		if c.Reason != "" {
			text += ": " + c.Reason
		}
		all = append(all, state{kit.Neutral, text})
	}
	return all
}

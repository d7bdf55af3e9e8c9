package kit

import "casekeep/ui/lines"

// Duty is what a row of a standing shows: a duty, what shows that it was done,
// and how it stands.
type Duty struct {
	ID        string
	Authority string // under the ID: "advice"; may be empty
	Text      string // the duty in plain words
	Named     bool   // the text is a name: bold, and what is said of it gets most of the room
	Evidence  []Part
	State     string // "open", "documented"
	Tone      Tone   // of the state
}

// measures of a duty's row
const (
	dutyTop    = 11
	dutyBottom = 8
	dutyLeast  = 40
	idWidth    = 88
	stateWidth = 106
	dutyGap    = 12
	// leastEvidence is the width below which the evidence goes under the duty.
	leastEvidence = 150
	// namedShare is what a name gets of half the room.
	namedShare = 0.64
)

// dutyColumns are where a row's columns begin and how wide they are.
type dutyColumns struct {
	text, evidence, state float32
	textWidth             float32
	evidenceWidth         float32
	under                 bool // the evidence stands under the duty
}

func (d *Duty) columns(width float32) dutyColumns {
	c := dutyColumns{text: pageInset + idWidth, state: width - pageInset - stateWidth}
	room := max(c.state-dutyGap-c.text, 1)
	half := (room - dutyGap) / 2
	if half < leastEvidence {
		c.evidence, c.textWidth, c.evidenceWidth, c.under = c.text, room, room, true
		return c
	}
	c.textWidth, c.evidenceWidth = half, half
	if d.Named {
		c.textWidth = max(half*namedShare, leastEvidence)
		c.evidenceWidth = room - dutyGap - c.textWidth
	}
	c.evidence = c.text + c.textWidth + dutyGap
	return c
}

func (d *Duty) font() lines.Font {
	font := noteFont
	font.Bold = d.Named
	return font
}

func (d *Duty) textLines(c dutyColumns) []lines.Line {
	return lines.Wrap(d.Text, d.font(), c.textWidth, 0)
}

func (d *Duty) authorityLines() []lines.Line {
	if d.Authority == "" {
		return nil
	}
	return lines.Wrap(d.Authority, metaFont, idWidth-8, 2)
}

// Height gives how high the row is at a width. It needs no canvas objects, so
// that a list can measure thousands.
func (d *Duty) Height(width float32) float32 {
	c := d.columns(width)
	text := float32(len(d.textLines(c))) * lines.Height(noteFont)
	_, count := layParts(d.Evidence, metaFont, c.evidenceWidth)
	evidence := float32(count) * lines.Height(metaFont)
	id := float32(1+len(d.authorityLines())) * lines.Height(metaFont)
	if c.under {
		text, evidence = text+evidence, 0
	}
	return whole(max(dutyTop+max(text, evidence+1, id+1)+dutyBottom, dutyLeast))
}

package release

import (
	"time"

	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// EmergencyCard is what one needs when a client is in danger, on one page, to
// be read at arm's length (NASW 2.13).
type EmergencyCard struct {
	Practice record.Practice
	Client   record.Client
	Card     record.EmergencyCard
	Made     time.Time // in the practice's zone
}

func (c EmergencyCard) head() head {
	return head{title: "Emergency card", made: c.Made,
		footers: []string{"Emergency card · printed " + longDate(c.Made) + " · keep it locked away"}}
}

// The type of the card at its largest, and how small it may get before it
// takes a second page.
const (
	cardType  = 21.0
	cardLeast = 9.0
)

func (c EmergencyCard) set(p *paper) {
	size := cardType
	for size > cardLeast && p.measure(func(f *flow) { c.fill(f, size) }) > 1 {
		size--
	}
	c.fill(p.flow, size)
}

// measure gives how many pages something takes.
func (p *paper) measure(fill func(*flow)) int {
	heard := p.text.Missing
	p.text.Missing = nil
	defer func() { p.text.Missing = heard }()
	f := &flow{text: p.text}
	fill(f)
	f.end()
	return f.printed
}

func (c EmergencyCard) fill(f *flow, size float64) {
	text := style{typeset.Bold, size, size * 1.28, ink}
	warning := text
	warning.color = red
	label := style{typeset.Regular, max(9, size*0.56), size * 0.85, muted}
	name := style{typeset.Bold, size * 1.35, size * 1.7, accent}

	f.begin()
	f.sheet.content.Fill(red)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 5)
	f.y -= 4
	f.place(f.lines(leftToRight+c.Client.Name, name, 0))
	f.place(f.lines(join(filled("Emergency card", c.Client.Number, c.Client.Pronouns, c.Client.Language)), label, 0))
	say := func(title, said string, s style) {
		if said == "" {
			return
		}
		above := f.lines(title, label, 0)
		above.above = size * 0.55
		f.need(above.height() + s.leading)
		f.place(above)
		f.place(f.lines(said, s, 0))
	}
	say("Contact safely", c.Client.SafeContact, text)
	say("Where", c.Card.Where, text)
	say("Send help to", c.Card.Address, text)
	say("Emergency services there", c.Card.Services, text)
	say("Suicide and crisis line", "988, by call or text", text)
	say("Nearest emergency department", c.Card.Hospital, text)
	if c.Card.Contact != "" {
		say("May be called", joinWith(filled(c.Card.Contact, c.Card.Relation, c.Card.Reach), ", "), text)
		say("May be told", c.Card.MayTell, text)
	}
	say("Must not be called", c.Card.Not, warning)
	say("Note", c.Card.Note, text)
	shared := "Not yet shared with the client"
	if !c.Card.Shared.IsZero() {
		shared = "Shared with the client on " + c.Card.Shared.Long()
	}
	last := f.lines(joinWith(filled(shared, c.Practice.Owner, c.Practice.Contact), "\n"), label, 0)
	last.above = size * 0.8
	f.place(last)
}

// filled gives the parts that are not empty.
func filled(parts ...string) []string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return all
}

// box draws a box to tick.
func (f *flow) box(x, y float64, color pdf.Color) {
	f.sheet.content.Stroke(color)
	f.sheet.content.Frame(x, y, 8.5, 8.5, 0.9)
}

package release

import (
	"time"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// Fallback is what one would need of today's and this week's clients if the
// computer died (NASW 2.12).
type Fallback struct {
	Practice record.Practice
	Clients  []FallbackClient
	Chosen   string    // how these were chosen, a sentence
	Made     time.Time // in the practice's zone
}

// FallbackClient is a client of a Fallback.
type FallbackClient struct {
	Client    record.Client
	Emergency record.EmergencyCard // zero: not filled in
	Last      time.Time            // of the last contact, in the practice's zone; zero: none
}

// leftToRight makes a name of any script begin at the margin, where one looks
// for it.
const leftToRight = "\u200e"

// numbered names a client with the record's number, whose digits keep their
// order after a name that is read from the right.
func numbered(c record.Client) string {
	if c.Number == "" {
		return leftToRight + c.Name
	}
	return leftToRight + join([]string{c.Name, leftToRight + c.Number})
}

const keepLocked = "Keep this locked away. Shred it once it has been used or a newer one is printed. It names clients and how to reach them."

var (
	fallbackTitle = style{typeset.Bold, 19, 26, accent}
	fallbackName  = style{typeset.Bold, 12, 17, ink}
	warnStyle     = style{typeset.Bold, 10, 14.5, red}
	riskStyle     = style{typeset.Bold, 9.5, 13.5, red}
	smallLabel    = style{typeset.Regular, 9, 13.5, muted}
	smallText     = style{typeset.Regular, 9.5, 13.5, ink}
)

func (d Fallback) head() head {
	return head{title: "Clients, on paper", made: d.Made,
		footers: []string{"Printed " + moment(d.Made), "Keep locked away; shred after use"}}
}

func (d Fallback) set(p *paper) {
	f := p.flow
	f.begin()
	f.sheet.content.Fill(red)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 5)
	f.y -= 4
	f.place(f.lines(keepLocked, warnStyle, 0))
	title := f.lines("Today’s and this week’s clients", fallbackTitle, 0)
	title.above = 10
	f.place(title)
	f.place(f.lines(joinWith(filled(d.Practice.Name, d.Chosen, count(len(d.Clients), "client", "clients")+", as of "+moment(d.Made)+"."), "\n"), coverSmall, 0))
	for _, c := range d.Clients {
		d.client(f, c)
	}
	if len(d.Clients) == 0 {
		none := f.lines("There is nobody to list.", coverText, 0)
		none.above = 16
		f.place(none)
	}
}

// client places one client, on one page where that is possible.
func (d Fallback) client(f *flow, c FallbackClient) {
	const indent = 92.0
	rows := fallbackRows(c)
	height := 20 + fallbackName.leading
	for _, r := range rows {
		height += smallText.leading/3 + float64(len(f.lines(r.text, smallText, indent).lines))*smallText.leading
	}
	f.need(min(height, keepWhole))
	f.y -= 14
	f.sheet.content.Stroke(line)
	f.sheet.content.Line(marginLeft, f.y, marginLeft+textWidth, f.y, 0.8)
	f.y -= 4
	f.place(f.lines(join(filled(numbered(c.Client), c.Client.Pronouns)), fallbackName, 0))
	for _, r := range rows {
		text := smallText
		if r.label == "Risk" || r.label == "Do not call" {
			text = riskStyle
		}
		f.rowOf(r, smallLabel, text, indent)
	}
}

func fallbackRows(c FallbackClient) []row {
	var rows []row
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, row{label, text})
		}
	}
	safe := c.Client.SafeContact
	if safe == "" {
		safe = "Not asked yet: do not write before you know."
	}
	add("Contact safely", safe)
	add("Risk", c.Client.Risk)
	add("Reach", reach(c.Client.Contacts))
	var members []string
	for _, m := range c.Client.Members {
		members = append(members, joinWith(filled(m.Name, m.Role), ", "))
	}
	add("Members", joinWith(members, "; "))
	add("Language", joinWith(filled(c.Client.Language, c.Client.Needs), "; "))
	add("Served in", record.JurisdictionName(c.Client.Jurisdiction))
	e := c.Emergency
	add("Emergency", joinWith(filled(e.Contact, e.Relation, e.Reach), ", "))
	add("May be told", e.MayTell)
	add("Services there", e.Services)
	add("Send help to", e.Address)
	add("Do not call", e.Not)
	if !c.Last.IsZero() {
		add("Last contact", moment(c.Last))
	}
	return rows
}

// reach lists how a client is reached, with what is safe of each.
func reach(points []record.ContactPoint) string {
	var lines []string
	for _, p := range points {
		lines = append(lines, joinWith(filled(p.Value, p.Use, p.Safe), ", "))
	}
	return joinWith(lines, "\n")
}

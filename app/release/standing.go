package release

import (
	"strings"
	"time"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// Standing is where a practitioner stands, of one client or of the practice:
// for the practitioner alone, and part of no record.
type Standing struct {
	Practice string
	Client   string // name and number; empty: of the practice itself
	Groups   []StandingGroup
	Made     time.Time // in the practice's zone
}

// StandingGroup is what has one status.
type StandingGroup struct {
	Title string // "Open"
	Lines []StandingLine
}

// StandingLine is one duty.
type StandingLine struct {
	ID    string      // of the standard, "TSP 2.06"
	Duty  string      // what it asks, in plain words
	Says  string      // what was found
	Shown []string    // what shows it, a line each
	By    record.Date // when it is due, or to be looked at again; zero: no day
}

// ForYourself stands over every page of a Standing.
const ForYourself = "For yourself; not part of any record"

var (
	groupStyle = style{typeset.Bold, 12.5, 18, accent}
	idStyle    = style{typeset.Bold, 8.5, 13.5, accent}
	dutyStyle  = style{typeset.Bold, 9.5, 13.5, ink}
)

func (d Standing) about() string {
	if d.Client != "" {
		return d.Client
	}
	return "The practice"
}

func (d Standing) head() head {
	return head{title: "Standing · " + d.about(), made: d.Made,
		footers: []string{ForYourself + " · " + d.about(), "As of " + moment(d.Made)}}
}

func (d Standing) set(p *paper) {
	f := p.flow
	f.begin()
	f.running = ForYourself // over the pages that follow
	f.sheet.content.Fill(amber)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 3)
	f.y -= 16
	f.place(f.lines(ForYourself, style{typeset.Bold, 10, 14.5, amber}, 0))
	f.place(f.lines("Standing: "+d.about(), fallbackTitle, 0))
	f.place(f.lines(joinWith(filled(d.Practice, "As of "+moment(d.Made)+". Computed from what is on record; it judges nothing that happened outside the program."), "\n"), coverSmall, 0))
	for _, g := range d.Groups {
		d.group(f, g)
	}
}

func (d Standing) group(f *flow, g StandingGroup) {
	if len(g.Lines) == 0 {
		return
	}
	title := f.lines(g.Title+" ("+thousands(int64(len(g.Lines)))+")", groupStyle, 0)
	title.above = 20
	f.need(title.height() + 4*dutyStyle.leading)
	f.place(title)
	for _, l := range g.Lines {
		d.line(f, l)
	}
}

// line places a duty, its ID in the margin.
func (d Standing) line(f *flow, l StandingLine) {
	const indent = 74.0
	duty := f.lines(l.Duty, dutyStyle, indent)
	duty.above = 6
	f.need(duty.height() + smallText.leading)
	f.sheet.content.Fill(idStyle.color)
	f.text.Line(l.ID, idStyle.weight).Draw(f.sheet, marginLeft, f.baseline(duty), idStyle.size)
	f.place(duty)
	said := l.Says
	if by := l.By.Long(); !l.By.IsZero() && !strings.Contains(said, by) {
		said = joinWith(filled(said, "Next by "+by+"."), " ")
	}
	if said != "" {
		f.place(f.lines(said, smallText, indent))
	}
	for _, shown := range l.Shown {
		f.place(f.lines(shown, detailStyle, indent))
	}
}

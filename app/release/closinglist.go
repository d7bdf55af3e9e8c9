package release

import (
	"time"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// ClosingList is the list of all records of a practice that closes, for whoever
// keeps them.
type ClosingList struct {
	Practice record.Practice
	Closing  Closing
	Lines    []ClosingLine
	Made     time.Time // in the practice's zone
}

// ClosingLine is one record of a ClosingList.
type ClosingLine struct {
	Client record.Client
	Keep   string      // until when, and why: "Keep until March 14, 2041: ..."
	Sent   record.Date // the letter; unknown: not sent
}

func (d ClosingList) head() head {
	return head{title: "Records of a practice that closes", made: d.Made,
		footers: []string{"Records at closing · printed " + moment(d.Made), "Keep locked away. It names clients and how to reach them."}}
}

func (d ClosingList) set(p *paper) {
	f := p.flow
	f.letterhead(d.Practice)
	title := f.lines("Records when the practice closes", fallbackTitle, 0)
	title.above = 16
	f.place(title)
	f.place(f.lines(count(len(d.Lines), "record", "records")+", as of "+moment(d.Made)+".", coverSmall, 0))
	f.y -= 4
	for _, r := range []row{{"Closes on", d.Closing.Day.Long()}, {"Kept by", d.Closing.Keeper}, {"Copies asked for until", d.Closing.AskBy.Long()}} {
		if r.text != "" {
			f.row(r)
		}
	}
	for _, l := range d.Lines {
		d.line(f, l)
	}
}

// line places one record, on one page where that is possible.
func (d ClosingList) line(f *flow, l ClosingLine) {
	const indent = 74.0
	sent := "not sent: ____________________"
	if !l.Sent.IsZero() {
		sent = l.Sent.Long()
	}
	status := string(l.Client.Status)
	if l.Client.Status == record.Closed && !l.Client.ClosedOn.IsZero() {
		status += " on " + l.Client.ClosedOn.Long()
	}
	rows := []row{{"Status", status}, {"Kept", l.Keep}, {"Reach", reach(l.Client.Contacts)}, {"Contact safely", l.Client.SafeContact}, {"Letter", sent}}
	height := 16 + closingName.leading
	for _, r := range rows {
		height += smallText.leading/3 + f.lines(r.text, smallText, indent).height()
	}
	f.need(min(height, keepWhole))
	f.y -= 10
	f.sheet.content.Stroke(line)
	f.sheet.content.Line(marginLeft, f.y, marginLeft+textWidth, f.y, 0.8)
	f.y -= 3
	f.place(f.lines(numbered(l.Client), closingName, 0))
	for _, r := range rows {
		if r.text != "" {
			f.rowOf(r, smallLabel, smallText, indent)
		}
	}
}

var closingName = style{typeset.Bold, 11, 15.5, ink}

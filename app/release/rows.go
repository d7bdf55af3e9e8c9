package release

import (
	"strings"

	"casekeep/vault/record"
)

// row is a label and what stands beside it.
type row struct{ label, text string }

const labelWidth = 118.0

// row places a row. It may be long.
func (f *flow) row(r row) { f.rowOf(r, coverLabel, coverText, labelWidth) }

// rowOf places a row in other type, its text that far from the margin.
func (f *flow) rowOf(r row, label, text style, indent float64) {
	lines := f.lines(r.text, text, indent)
	lines.above = text.leading / 3
	f.need(lines.above + lines.leading)
	f.sheet.content.Fill(label.color)
	f.text.Line(r.label, label.weight).Draw(f.sheet, marginLeft, f.baseline(lines), label.size)
	f.place(lines)
}

// profileRows says who the practice is: what a client is to be told of it (TSP
// 2.09). There are none where the practice stated nothing.
func profileRows(p record.Practice, licenses []record.License) []row {
	var rows []row
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, row{label, text})
		}
	}
	add("Qualifications", p.Qualifications)
	var lines []string
	for _, l := range licenses {
		lines = append(lines, licenseLine(l))
	}
	add("Licenses", strings.Join(lines, "\n"))
	r := p.Regulator
	add("Regulated by", joinLines(r.Name, r.Address, r.Phone, r.Email, r.Site))
	add("Complaints", r.Complaint)
	return rows
}

// licenseLine gives "LCSW 4471, Mississippi, until March 31, 2027".
func licenseLine(l record.License) string {
	text := l.Title
	if l.Number != "" {
		text += " " + l.Number
	}
	kind := map[string]string{"permit": "temporary permit", "compact": "compact", "federal": "federal authority"}[l.Kind]
	for _, part := range []string{kind, record.JurisdictionName(l.Jurisdiction), l.Covers} {
		if part != "" {
			text += ", " + part
		}
	}
	if !l.Expires.IsZero() {
		text += ", until " + l.Expires.Long()
	}
	return text
}

func joinLines(parts ...string) string {
	var lines []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			lines = append(lines, p)
		}
	}
	return strings.Join(lines, "\n")
}

// letterhead places the practice's name and how it is reached, under a rule.
func (f *flow) letterhead(p record.Practice) {
	f.begin()
	f.sheet.content.Fill(accent)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 3)
	name := p.Name
	if name == "" {
		name = p.Owner
	}
	f.place(f.lines(name, coverName, 0))
	for _, text := range []string{p.Owner, p.License, p.Contact} {
		if text != "" && text != name {
			f.place(f.lines(text, coverSmall, 0))
		}
	}
}

package release

import (
	"fmt"
	"strings"

	"casekeep/app/release/internal/typeset"
)

var (
	coverName  = style{typeset.Bold, 12, 17, ink}
	coverSmall = style{typeset.Regular, 9, 13, muted}
	coverTitle = style{typeset.Bold, 30, 40, accent}
	coverWho   = style{typeset.Bold, 16, 24, ink}
	coverLabel = style{typeset.Regular, 9.5, 14, muted}
	coverText  = style{typeset.Regular, 10, 14.5, ink}
)

const labelWidth = 118.0

// cover composes the first page, when everything that it counts is known.
func (b *book) cover(f *flow, pages int) {
	f.begin()
	c := &f.sheet.content
	c.Fill(accent)
	c.Rect(marginLeft, pageHeight-60, textWidth, 3)
	p := b.rec.Practice
	f.place(f.lines(p.Name, coverName, 0))
	for _, text := range []string{p.Owner, p.License, p.Contact} {
		if text != "" {
			f.place(f.lines(text, coverSmall, 0))
		}
	}
	f.y = min(f.y-60, pageHeight-230)
	f.place(f.lines("Client record", coverTitle, 0))
	f.place(f.lines(b.rec.Client.Name, coverWho, 0))
	f.y -= 22
	for _, row := range b.coverRows(pages) {
		b.coverRow(f, row[0], row[1])
	}
	notice := f.lines("Confidential. This record is meant for the recipient named above and for the purpose stated.", coverSmall, 0)
	notice.above = 26
	f.place(notice)
	f.end()
}

// coverRows gives the cover's labels and what stands beside them.
func (b *book) coverRows(pages int) [][2]string {
	client := b.rec.Client
	var rows [][2]string
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, [2]string{label, text})
		}
	}
	add("Record number", client.Number)
	if client.LegalName != client.Name {
		add("Legal name", client.LegalName)
	}
	add("Client", sentence(string(client.Kind)))
	var members []string
	for _, m := range client.Members {
		text := m.Name
		if m.Role != "" {
			text += ", " + m.Role
		}
		members = append(members, text)
	}
	add("Members", strings.Join(members, "\n"))
	add("Born", client.Born.Long())
	add("Period", period(b.rec.From, b.rec.Until))
	add("Contains", join([]string{count(b.number, "entry", "entries"), count(len(b.attached), "attachment", "attachments"),
		count(pages, "page", "pages")}))
	add("Produced for", b.rec.To)
	add("Purpose", b.rec.Purpose)
	add("Produced on", moment(b.local(b.rec.ProducedAt)))
	leftOut := "Nothing"
	if len(b.rec.LeftOut) > 0 {
		leftOut = strings.Join(b.rec.LeftOut, "\n")
	}
	add("Left out", leftOut)
	if n := len(b.missing); n > 0 {
		add("Note", fmt.Sprintf("%s drawn as a box with its number; the list is near the end.", count(n, "character is", "characters are")))
	}
	if n := len(b.notShown); n > 0 {
		add("Note", fmt.Sprintf("%s listed but could not be shown; the list of attachments says why.", count(n, "picture is", "pictures are")))
	}
	return rows
}

func (b *book) coverRow(f *flow, label, text string) {
	lines := f.lines(text, coverText, labelWidth)
	lines.above = 5
	f.need(lines.above + lines.leading)
	f.sheet.content.Fill(coverLabel.color)
	f.text.Line(label, coverLabel.weight).Draw(f.sheet, marginLeft, f.baseline(lines), coverLabel.size)
	f.place(lines)
}

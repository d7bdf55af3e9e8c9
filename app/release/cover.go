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

// cover composes the first page, when everything that it counts is known.
func (b *book) cover(f *flow, pages int) {
	f.letterhead(b.rec.Practice)
	f.y = min(f.y-60, pageHeight-230)
	f.place(f.lines("Client record", coverTitle, 0))
	f.place(f.lines(b.rec.Client.Name, coverWho, 0))
	f.y -= 22
	for _, row := range b.coverRows(pages) {
		f.row(row)
	}
	notice := f.lines("Confidential. This record is meant for the recipient named above and for the purpose stated.", coverSmall, 0)
	notice.above = 26
	f.place(notice)
	f.end()
	if about := profileRows(b.rec.Practice, b.rec.Licenses); len(about) > 0 {
		f.place(f.lines("About the practice", yearStyle, 0))
		f.y -= 8
		for _, row := range about {
			f.row(row)
		}
		f.end()
	}
}

// coverRows gives the cover's labels and what stands beside them.
func (b *book) coverRows(pages int) []row {
	client := b.rec.Client
	var rows []row
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, row{label, text})
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

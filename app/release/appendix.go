package release

import (
	"fmt"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// importedEntry is what the appendix says about one imported entry.
type importedEntry struct {
	number     int
	source     int // index among the book's sources
	provenance record.Provenance
}

// note keeps what the appendices say about an entry.
func (b *book) note(e record.Entry) {
	if e.Provenance == nil {
		return
	}
	p := *e.Provenance
	source := b.source(p.Source)
	p.Source = record.Source{} // kept once, not with each entry
	b.imported = append(b.imported, importedEntry{number: b.number, source: source, provenance: p})
}

// source gives the place of a source in the list, where it is added if it is
// not known yet.
func (b *book) source(s record.Source) int {
	for i, known := range b.sources {
		if known.ID == s.ID && known.SHA256 == s.SHA256 {
			return i
		}
	}
	b.sources = append(b.sources, s)
	return len(b.sources) - 1
}

// The rows of appendices.
var (
	rowStyle   = style{typeset.Regular, 8.5, 12, ink}
	rowNumber  = style{typeset.Bold, 8.5, 12, accent}
	placeStyle = style{typeset.Regular, 7, 10, ink} // so that a place and a hash share a line
	proseStyle = style{typeset.Regular, 9.5, 14, ink}
)

// row puts what is said about an entry, its number in the margin of the first
// line.
func (b *book) row(number int, above float64, blocks ...block) {
	blocks[0].above = above
	first := blocks[0]
	b.flow.need(above + first.leading)
	if number > 0 {
		b.flow.sheet.content.Fill(rowNumber.color)
		b.text.Line(thousands(int64(number)), rowNumber.weight).Draw(b.flow.sheet, marginLeft, b.flow.baseline(first), first.size)
	}
	for _, block := range blocks {
		b.flow.place(block)
	}
}

func (b *book) prose(text string) {
	block := b.flow.lines(text, proseStyle, 0)
	block.above = 8
	b.flow.place(block)
}

// attachments lists every file that came with an entry.
func (b *book) attachments() {
	b.part("Attachments")
	if len(b.attached) == 0 {
		b.prose("No entry of this record has an attachment.")
		return
	}
	b.prose("Every file that came with an entry, by the entry's number. The SHA-256 value tells whether a file handed over elsewhere is the same, byte for byte.")
	for _, a := range b.attached {
		text := join([]string{fileName(a.file), a.file.Type, fileSize(a.file.Size)})
		blocks := []block{b.flow.lines(text, rowStyle, hang), b.flow.lines("SHA-256 "+a.file.SHA256.String(), captionStyle, hang)}
		if a.note != "" {
			blocks = append(blocks, b.flow.lines("Not shown: "+a.note+".", noteStyle, hang))
		}
		b.row(a.number, 8, blocks...)
	}
}

// provenance says for every imported entry which file it came from and where
// it stood there.
func (b *book) provenance() {
	b.part("Provenance of imported entries")
	if len(b.sources) == 0 {
		b.prose("No entry of this record was imported: all were written by hand.")
		return
	}
	b.prose("These files were imported. An entry's raw SHA-256 is that of the stretch of the file that holds it, exactly as the file has it.")
	for i, s := range b.sources {
		b.sourceRows(i, s)
	}
}

func (b *book) sourceRows(index int, s record.Source) {
	title := b.flow.lines(s.Name, style{typeset.Bold, 10, 14.5, ink}, 0)
	title.above = 16
	b.flow.need(title.above + 5*rowStyle.leading)
	b.flow.place(title)
	declared := "does not say how many messages it holds"
	if s.Declared >= 0 {
		declared = "says that it holds " + count(s.Declared, "message", "messages")
	}
	b.flow.place(b.flow.lines(fmt.Sprintf("%s, read by %s · %s · %s\nSHA-256 %s\nImported %s",
		s.Format, s.Parser, fileSize(s.Size), declared, s.SHA256, moment(b.local(s.Imported))), captionStyle, 0))
	for _, e := range b.imported {
		if e.source == index {
			b.row(e.number, 4, b.provenanceBlocks(e.provenance)...)
		}
	}
}

func (b *book) provenanceBlocks(p record.Provenance) []block {
	parts := []string{p.Locator}
	if p.Original != "" {
		parts = append(parts, "time in the file: "+p.Original)
	}
	if p.MessageID != "" {
		parts = append(parts, "message ID "+p.MessageID)
	}
	parts = append(parts, "raw SHA-256 "+p.Raw.String())
	blocks := []block{b.flow.lines(join(parts), placeStyle, hang)}
	if p.Damaged {
		blocks = append(blocks, b.flow.lines("Damaged: characters or parts were lost in the export.", noteStyle, hang))
	}
	for _, w := range p.Warnings {
		blocks = append(blocks, b.flow.lines("Warning: "+w, noteStyle, hang))
	}
	return blocks
}

// glyphs lists the characters that are drawn as boxes.
func (b *book) glyphs() {
	list := b.missingGlyphs()
	if len(list) == 0 {
		return
	}
	b.part("Characters drawn as boxes")
	b.prose("The computer that produced this record has no letter form for these characters. Each stands in its place as a box with its Unicode number; nothing was left out.")
	for _, m := range list {
		text := fmt.Sprintf("U+%04X · %s · %s", m.Char, m.Script, count(m.Times, "time", "times"))
		for i, id := range m.Entries {
			if i == 0 {
				text += " · in entry "
			} else {
				text += ", "
			}
			text += thousands(int64(b.numbers[id]))
		}
		b.row(0, 4, b.flow.lines(text, rowStyle, 0))
	}
}

// audit closes the record with the audit chain's head.
func (b *book) audit() {
	b.part("Audit chain")
	b.prose(fmt.Sprintf("When this record was produced the practice's audit chain held %s, and the hash of the last one was:",
		count(int(b.rec.AuditEvents), "event", "events")))
	hash := b.flow.lines(b.rec.AuditHead.String(), style{typeset.Bold, 9.5, 14, ink}, 0)
	hash.above = 8
	b.flow.place(hash)
	b.prose("Each event's hash is made over the event and the hash before it, so this one value stands for all of them: as long as the vault's chain still passes through it, nothing that was done up to that moment has been changed or taken away since.")
	b.prose("This record ends here.")
}

package kit

import (
	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// Message is what a row of a timeline shows.
type Message struct {
	Time   string
	Icon   look.IconName
	Who    string // bold: who spoke, or what it was
	What   string // "texted · +1 601 555 0142"
	Flag   string // what is remarkable: "after hours", "written late"
	Tone   Tone   // of the flag
	Body   string
	Files  []File
	Notes  []string // what was added later, each with its date
	Struck bool     // an error: its text is struck through
	Most   int      // lines of the body to show; 0: 12
}

// File is an attachment in a row.
type File struct {
	Icon look.IconName // look.Paperclip, look.Picture
	Text string        // name and size
}

// measures of a message's row
const (
	messageTop    = 5
	timeColumn    = 66
	iconColumn    = 90
	textColumn    = 124
	metaHeight    = 17
	fileHeight    = 23
	fileGap       = 5
	noteInset     = 10
	messageBottom = 5
)

var (
	bodyFont = lines.Font{Size: look.TextSize}
	noteFont = lines.Font{Size: look.TabSize}
	metaFont = lines.Font{Size: look.CaptionSize}
)

func (m *Message) bodyLines(width float32) []lines.Line {
	if m.Body == "" {
		return nil
	}
	most := m.Most
	if most == 0 {
		most = 12
	}
	return lines.Wrap(m.Body, bodyFont, width-textColumn-pageInset, most)
}

func noteLines(note string, width float32) []lines.Line {
	return lines.Wrap(note, noteFont, width-textColumn-pageInset-noteInset, 4)
}

// Height gives how high the row is at a width. It needs no canvas objects, so
// that a list can measure thousands.
func (m *Message) Height(width float32) float32 {
	height := float32(messageTop + metaHeight + messageBottom)
	height += float32(len(m.bodyLines(width))) * lines.Height(bodyFont)
	if len(m.Files) > 0 {
		_, rows := m.filePlaces(width)
		height += float32(rows) * (fileHeight + fileGap)
	}
	for _, note := range m.Notes {
		height += fileGap + float32(len(noteLines(note, width)))*lines.Height(noteFont)
	}
	return whole(height)
}

// filePlace is where an attachment stands under the body.
type filePlace struct {
	row      int
	x, width float32
}

// filePlaces lays the attachments out beside one another, in as many rows as
// they need.
func (m *Message) filePlaces(width float32) ([]filePlace, int) {
	room := width - textColumn - pageInset
	all := make([]filePlace, len(m.Files))
	var x float32
	row := 0
	for i, file := range m.Files {
		w := min(lines.Width(file.Text, metaFont)+38, room)
		if x > 0 && x+w > room {
			x, row = 0, row+1
		}
		all[i] = filePlace{row: row, x: x, width: w}
		x += w + fileGap
	}
	return all, row + 1
}

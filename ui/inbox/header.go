package inbox

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// header says which files lie in the inbox, and what is wrong with them.
type header struct {
	content *fyne.Container
	close   *kit.Button
}

func newHeader(done func()) *header {
	return &header{content: kit.Column(3), close: kit.NewIconButton(look.Cross, "Put the files away", done)}
}

// namedFiles is how many of several files are named.
const namedFiles = 4

func (h *header) set(all exports) {
	parts := []fyne.CanvasObject{kit.Row(6, kit.Grow(kit.NewHeading(heading(all))), h.close)}
	good, bad := all.readable(), all.broken()
	for i, x := range good {
		if len(all) > 1 && i == namedFiles {
			parts = append(parts, kit.NewCaption("and "+phrase.Count(len(good)-i, "more file", "more files")))
			break
		}
		parts = append(parts, h.file(x.preview, len(all) > 1)...)
	}
	for i, x := range bad {
		if i == namedFiles {
			parts = append(parts, kit.NewSmall("And "+phrase.Count(len(bad)-i, "more file", "more files")+" cannot be read.").Color(look.Red))
			break
		}
		parts = append(parts, kit.Pad(5, 0, 0, 0, kit.Note(kit.Red, kit.NewSmall(app.Sentence(x.err)).Color(look.Red))))
	}
	h.content.Objects = parts
	h.content.Refresh()
}

func heading(all exports) string {
	if len(all) == 1 {
		return filepath.Base(all[0].path)
	}
	return kit.Number(len(all)) + " files"
}

// file gives the lines of one file.
func (h *header) file(p intake.Preview, several bool) []fyne.CanvasObject {
	text := p.Format + " · " + counted(p)
	color := look.Muted
	if p.CutOff || p.Declared >= 0 && p.Declared != p.Found {
		color = look.Amber
	}
	if several {
		return []fyne.CanvasObject{kit.NewSmall(p.File + ": " + text).Color(color).Most(3)}
	}
	parts := []fyne.CanvasObject{kit.NewNote(text).Color(color)}
	if p.CutOff {
		parts = append(parts, kit.NewSmall("The file ends before its end: export it again if you can.").Color(look.Amber))
	}
	return parts
}

// counted compares what a file says it holds with what was found in it.
func counted(p intake.Preview) string {
	found := phrase.Count(p.Found, "message", "messages")
	if p.Declared < 0 {
		return found
	}
	return phrase.Count(p.Declared, "message", "messages") + " declared, " + kit.Number(p.Found) + " found"
}

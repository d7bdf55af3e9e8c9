package inbox

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/app/intake"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// header says which files lie in the inbox, and what is wrong with them.
type header struct {
	content  *fyne.Container
	close    *kit.Button
	settings *kit.Button
}

func newHeader(done, settings func()) *header {
	return &header{
		content:  kit.Column(3),
		close:    kit.NewIconButton(look.Cross, "Put the files away", done),
		settings: kit.NewLink("Say which are yours", settings),
	}
}

// namedFiles is how many of several files are named.
const namedFiles = 4

// set shows the files. own are the practice's numbers and addresses.
func (h *header) set(all exports, own []string) {
	parts := []fyne.CanvasObject{kit.Row(6, kit.Grow(kit.NewHeading(heading(all))), h.close)}
	good, bad := all.readable(), all.broken()
	good = slices.Concat(good.that(doubtful), good.that(func(p intake.Preview) bool { return !doubtful(p) }))
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
		parts = append(parts, kit.Pad(5, 0, 0, 0, kit.Note(kit.Red, kit.NewSmall(x.problem()).Color(look.Red))))
	}
	if lack := lacking(good, own); lack != "" {
		parts = append(parts, kit.Pad(5, 0, 0, 0, kit.Note(kit.Amber, kit.Column(3, kit.NewSmall(lack).Color(look.Amber), h.settings))))
	}
	h.content.Objects = parts
	h.content.Refresh()
}

// lacking says that the practitioner's own addresses are needed to tell who
// wrote what.
func lacking(all exports, own []string) string {
	mail := slices.ContainsFunc(all, func(x export) bool {
		return slices.ContainsFunc(x.preview.Threads, func(t intake.ThreadPreview) bool { return t.Counts[record.Mail] > 0 })
	})
	switch {
	case mail && !slices.ContainsFunc(own, isMail):
		return "Your own email addresses are not known, so who wrote what cannot be told."
	case len(own) == 0:
		return "Your own numbers are not known, so group messages count you among the others."
	}
	return ""
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
	if doubtful(p) {
		color = look.Amber
	}
	if several {
		if p.CutOff {
			text += ", cut off"
		}
		return []fyne.CanvasObject{kit.NewSmall(p.File + ": " + text).Color(color).Most(3)}
	}
	parts := []fyne.CanvasObject{kit.NewNote(text).Color(color)}
	if p.CutOff {
		parts = append(parts, kit.NewSmall("The file ends before its end: export it again if you can.").Color(look.Amber))
	}
	return parts
}

// doubtful reports whether a file is cut off, or holds another number of
// messages than it declares.
func doubtful(p intake.Preview) bool {
	return p.CutOff || p.Declared >= 0 && p.Declared != p.Found
}

// counted compares what a file says it holds with what was found in it.
func counted(p intake.Preview) string {
	found := phrase.Count(p.Found, "message", "messages")
	if p.Declared < 0 {
		return found
	}
	return phrase.Count(p.Declared, "message", "messages") + " declared, " + kit.Number(p.Found) + " found"
}

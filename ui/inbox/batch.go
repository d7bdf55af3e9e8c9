package inbox

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// batchView shows an import of before: what it did and out of which files.
type batchView struct {
	content  *kit.Scroll
	inner    *fyne.Container
	title    *kit.Label
	subtitle *kit.Label
	state    *kit.Chip
	note     *kit.Text
	body     *fyne.Container
	undo     *kit.Button
	of       record.Batch
}

func newBatchView(show, undo, back func()) *batchView {
	v := &batchView{title: kit.NewTitle(""), subtitle: kit.NewSubtitle(""), state: kit.NewChip(kit.Neutral, ""), note: kit.NewNote(""),
		body: kit.Column(14)}
	v.undo = kit.NewButton("Undo this import", undo).Icon(look.Undo)
	v.inner = kit.Pad(18, 22, 22, 22, kit.Column(14,
		kit.Row(12, kit.Grow(kit.Column(2, v.title, v.subtitle)), v.state),
		kit.Flow(10, kit.NewButton("Show in the timeline", show), v.undo, kit.NewButton("Close", back)),
		v.note, v.body))
	v.content = kit.NewScroll(v.inner)
	return v
}

// set shows an import into the record of a client.
func (v *batchView) set(b record.Batch, client string, zone *time.Location) {
	v.of = b
	v.title.SetText(client)
	v.subtitle.SetText("Imported " + phrase.Moment(b.At.In(zone)))
	v.note.Hidden = false
	switch {
	case !b.Undone.IsZero():
		v.state.Set(kit.Neutral, "Undone "+phrase.ShortDate(record.DateOf(b.Undone.In(zone))))
		v.note.SetText("What it had filed was taken out of the record again.")
		v.undo.Disable()
	case b.Released:
		v.state.Set(kit.Blue, "Released")
		v.note.SetText("Something of it has been produced for somebody, so it cannot be undone: the record must hold what was released.")
		v.undo.Disable()
	default:
		v.state.Set(kit.Green, "Filed")
		v.note.Hidden = true
		v.undo.Enable()
	}
	v.body.Objects = []fyne.CanvasObject{sumCard([]sumLine{{b.Imported, "filed"}, {b.Duplicates, "in the record already"},
		{b.Skipped, "left out"}, {b.Refused, "refused"}, {b.Found, "found"}})}
	if b.Damaged > 0 {
		v.body.Objects = append(v.body.Objects, kit.NewNote(phrase.Count(b.Damaged, "message was", "messages were")+" damaged in the export.").Color(look.Amber))
	}
	var files []string
	for _, s := range b.Sources {
		files = append(files, fmt.Sprintf("%s, %s, %s, SHA-256 %s", s.Name, s.Format, phrase.Size(s.Size), s.SHA256))
	}
	v.body.Objects = append(v.body.Objects, sectionOf(section{"Files", files}))
	v.inner.Refresh()
	v.content.Top()
}

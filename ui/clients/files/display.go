package files

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/inside"
	"casekeep/app/inside/pdf"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// busy says what is being done.
func (v *viewer) busy(what string) {
	v.put(kit.Middle(560, kit.Busy(what)))
}

// fail says why a file is not shown, where it would stand.
func (v *viewer) fail(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	a, wrong := v.item().File, ""
	if damage := v.show.damage; damage != nil || errors.Is(err, app.ErrDamaged) {
		wrong = damaged
		if damage != nil {
			err = damage
		}
	}
	v.say(facts(a, a.Type), nil, wrong)
	v.put(kit.Middle(460, kit.Column(6, kit.NewHeading("This file is not shown here"),
		kit.NewNote(app.Sentence(err)))))
}

// damaged is said of a file that is not what was kept.
const damaged = "This file is damaged: it is not what was kept. A backup may have it whole: under Backups, look into one."

// display shows what was decoded.
func (v *viewer) display() {
	wrong := ""
	if v.show.damage != nil {
		wrong = damaged
	}
	v.say(facts(v.item().File, v.kind()), v.show.writing.Notes, wrong)
	switch {
	case v.show.picture != nil:
		if frames := v.show.picture.Frames; frames > 1 {
			v.say(facts(v.item().File, v.kind()), []string{fmt.Sprintf("An animation of %d pictures, of which the first is shown.", frames)}, wrong)
		}
		v.pane.showPicture(v.show.picture)
		v.put(v.pane, v.zooming()...)
	case v.show.doc != nil:
		v.putPage()
	default:
		v.showText()
	}
}

// kind says what the file turned out to be.
func (v *viewer) kind() string {
	switch s := v.show; s.kind {
	case inside.Picture:
		return fmt.Sprintf("%s picture, %d by %d pixels", s.picture.Format, s.picture.Size().X, s.picture.Size().Y)
	case inside.PDF:
		return "PDF, " + phrase.Count(s.doc.Pages(), "page", "pages")
	case inside.HTML:
		return "Web page, shown as text"
	case inside.Mail:
		return "Email, shown as text"
	}
	return "Text"
}

// facts is the line under a file's name.
func facts(a record.Attachment, kind string) string {
	return strings.Join([]string{kind, phrase.Size(a.Size), "SHA-256 " + phrase.ShortHash(a.SHA256)}, " · ")
}

// putPage shows a page of a document, once it is drawn.
func (v *viewer) putPage() {
	v.put(container.NewStack(v.pane, kit.Middle(560, kit.Busy("Drawing the page"))), append(v.paging(v.show.doc.Pages()), v.zooming()...)...)
	v.drawPage()
}

// drawPage draws the page on show at the size at which it is looked at.
func (v *viewer) drawPage() {
	running := v.job.start()
	doc, page, scale := v.show.doc, v.show.page, v.pane.pageScale()
	var drawn *pdf.Page
	v.shelf.desk.Load(func(ctx context.Context) (err error) {
		ctx, done := until(ctx, running)
		defer done()
		drawn, err = doc.Render(ctx, page, scale)
		return err
	}, func(err error) {
		switch {
		case running.Err() != nil:
		case err != nil:
			v.fail(err)
		default:
			v.pane.showPage(drawn)
			v.stage.Objects = []fyne.CanvasObject{v.pane}
			v.stage.Refresh()
		}
	})
}

// showText shows a page of a text.
func (v *viewer) showText() {
	pages := v.show.writing.Pages
	text := pages[v.show.page]
	if strings.TrimSpace(text) == "" && len(pages) == 1 {
		text = "The file holds no text."
	}
	v.scroll = kit.NewScroll(kit.Pad(16, 22, 16, 22, kit.NewBody(text)))
	var controls []fyne.CanvasObject
	if len(pages) > 1 {
		controls = v.paging(len(pages))
	}
	v.put(kit.On(look.Paper, v.scroll), controls...)
}

// blank is drawn while there is nothing.
var blank = image.NewRGBA(image.Rect(0, 0, 1, 1))

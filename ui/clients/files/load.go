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

// job is what is being read for the file on show. It ends when another file
// comes, or the viewer goes.
type job struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// start ends what was under way.
func (j *job) start() context.Context {
	if j.cancel != nil {
		j.cancel()
	}
	j.ctx, j.cancel = context.WithCancel(context.Background())
	return j.ctx
}

// until gives a context that ends with either.
func until(ctx, job context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(job, cancel)
	return ctx, func() { stop(); cancel() }
}

// shown is what was read of the file on show.
type shown struct {
	kind    inside.Kind
	content []byte
	damage  error // what reading it to its end met
	picture *inside.Image
	writing inside.Writing
	doc     *pdf.Document
	page    int // of a text or a document, from 0 on
}

// drop lets go of all that was read and decoded.
func (v *viewer) drop() {
	v.job.start()
	v.job.cancel()
	s := v.show
	v.show, v.scroll = shown{}, nil
	v.pane.drop()
	clear(s.content)
	if s.doc != nil {
		go s.doc.Close() // it may be drawing
	}
	if s.picture != nil {
		for _, level := range s.picture.Levels {
			clear(level.Pix)
		}
	}
	v.stage.Objects, v.foot.Objects = nil, nil
}

// load reads the file on show and tells what it is.
func (v *viewer) load() {
	v.drop()
	running := v.job.start()
	a := v.item().File
	v.say(facts(a, a.Type), nil, "")
	v.busy("Reading")
	if !inside.Offered(a.Name, a.Type) {
		v.fail(errors.New("Casekeep looks into pictures, text, email and PDF files: open this one outside, or save a copy"))
		return
	}
	practice := v.shelf.desk.Practice()
	var read shown
	v.shelf.desk.Load(func(ctx context.Context) error {
		ctx, done := until(ctx, running)
		defer done()
		_, r, err := practice.OpenAttachment(ctx, a.ID)
		if err != nil {
			return err
		}
		defer r.Close()
		read.content, err = inside.ReadAll(ctx, r, a.Size, inside.MostBytes, nil)
		if read.content == nil || ctx.Err() != nil {
			return err
		}
		read.damage = err
		read.kind = inside.KindOf(a.Name, a.Type, read.content[:min(len(read.content), inside.HeadSize)])
		return nil
	}, func(err error) {
		if running.Err() != nil {
			return
		}
		if err != nil {
			v.fail(err)
			return
		}
		v.show = read
		v.decode(running)
	})
}

// decode makes of the content what is shown of it.
func (v *viewer) decode(running context.Context) {
	s := v.show
	text := "Decoding"
	if s.kind == inside.PDF && !pdf.Ready() {
		text = "Casekeep prepares its PDF reader, which takes some seconds, once after each start"
	}
	v.busy(text)
	charset := inside.Charset(v.item().File.Type)
	v.shelf.desk.Load(func(ctx context.Context) (err error) {
		ctx, done := until(ctx, running)
		defer done()
		if len(s.content) > inside.MostTextBytes && s.kind != inside.Picture && s.kind != inside.PDF && s.kind != inside.Mail {
			return fmt.Errorf("it is larger than the %d MB of text that Casekeep shows: open it outside, or save a copy", inside.MostTextBytes>>20)
		}
		switch s.kind {
		case inside.Picture:
			s.picture, err = inside.Decode(ctx, s.content)
		case inside.PDF:
			s.doc, err = pdf.Open(ctx, s.content)
		case inside.Text:
			s.writing = inside.ReadText(s.content, charset)
		case inside.HTML:
			s.writing = inside.ReadHTML(s.content, charset)
		case inside.Mail:
			if s.writing, err = inside.ReadMail(ctx, s.content); err != nil && ctx.Err() == nil {
				s.writing, err = inside.ReadText(s.content, charset), nil
			}
		case inside.HEIC:
			err = inside.ErrHEIC
		default:
			err = errors.New("it is neither a picture nor text, email or PDF: open it outside, or save a copy")
		}
		return err
	}, func(err error) {
		switch {
		case running.Err() != nil:
			if s.doc != nil {
				go s.doc.Close()
			}
		case err != nil:
			v.fail(err)
		default:
			v.show = s
			v.display()
		}
	})
}

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
const damaged = "This file is damaged: it is not what was kept. Look for it in a backup (Backups, Bring back a client)."

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

package files

import (
	"context"
	"errors"
	"fmt"

	"casekeep/app/inside"
	"casekeep/app/inside/pdf"
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
		v.fail(errors.New("it is of a kind that Casekeep does not show (it shows pictures, text, email and PDF): open it outside, or save a copy"))
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
		read.content, err = inside.ReadAll(ctx, r, a.Size, inside.MostBytes)
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

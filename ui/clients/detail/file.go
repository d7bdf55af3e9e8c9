package detail

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif"  // attachments come as
	_ "image/jpeg" // any of these
	_ "image/png"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/timeline"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Limits of what is shown inside the window.
const (
	mostText   = 1 << 20  // bytes
	mostBytes  = 64 << 20 // of a picture
	mostPixels = 100e6
)

// attachment is a line of an entry's details.
func (d *Detail) attachment(a record.Attachment) fyne.CanvasObject {
	facts := kit.Column(1, kit.NewLabel(a.Name),
		kit.NewSmall(a.Type+" · "+phrase.Size(a.Size)+" · SHA-256 "+phrase.ShortHash(a.SHA256)))
	buttons := []fyne.CanvasObject{kit.NewPicture(timeline.FileIcon(a), look.Muted), kit.Grow(facts)}
	if canShow(a) {
		buttons = append(buttons, kit.NewButton("View", func() { d.OpenFile(a) }).Small())
	}
	buttons = append(buttons, kit.NewButton("Save a copy", func() { d.askSave(a) }).Small())
	return kit.Pad(6, 0, 0, 0, kit.Card(kit.Pad(8, 12, 8, 12, kit.Row(10, buttons...))))
}

func canShow(a record.Attachment) bool {
	return isPicture(a) && a.Size <= mostBytes || isText(a) && a.Size <= mostText
}

func isPicture(a record.Attachment) bool {
	switch kind, _, _ := strings.Cut(a.Type, ";"); kind {
	case "image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp", "image/bmp":
		return true
	}
	return false
}

func isText(a record.Attachment) bool {
	kind, _, _ := strings.Cut(a.Type, ";")
	return kind == "text/plain" || kind == "text/csv" || kind == "text/vcard" || kind == "text/x-vcard" || kind == "text/calendar"
}

// OpenFile shows an attachment inside the window; one that cannot be shown
// there is offered as a copy.
func (d *Detail) OpenFile(a record.Attachment) {
	if d.file {
		return
	}
	if !canShow(a) {
		d.askSave(a)
		return
	}
	d.file = true
	practice := d.desk.Practice()
	var text string
	var picture image.Image
	d.desk.Load(func(ctx context.Context) error {
		_, r, err := practice.OpenAttachment(ctx, a.ID)
		if err != nil {
			return err
		}
		defer r.Close()
		content, err := io.ReadAll(r)
		switch {
		case err != nil:
		case isText(a):
			text = strings.ToValidUTF8(string(content), "\uFFFD")
		default:
			picture, err = decode(a, content)
		}
		return err
	}, func(err error) {
		switch {
		case err != nil:
			d.file = false
			d.desk.Fail(err)
		case isText(a):
			d.view(a, kit.NewBody(text), 640)
		default:
			size := d.fit(picture.Bounds())
			shown := canvas.NewImageFromImage(picture)
			shown.FillMode = canvas.ImageFillContain
			d.view(a, kit.Tall(size.Height, shown), size.Width+48)
		}
	})
}

// decode reads a picture that is not too large for the memory, and turns it
// upright.
func decode(a record.Attachment, content []byte) (image.Image, error) {
	unreadable := fmt.Errorf("%s cannot be shown as a picture: save a copy to open it elsewhere", a.Name)
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return nil, unreadable
	}
	if float64(config.Width)*float64(config.Height) > mostPixels {
		return nil, fmt.Errorf("%s is too large to be shown here: save a copy to open it elsewhere", a.Name)
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, unreadable
	}
	return upright(picture, orientation(content)), nil
}

// fit gives how large a picture is shown.
func (d *Detail) fit(b image.Rectangle) fyne.Size {
	room := d.desk.Window().Canvas().Size().SubtractWidthHeight(120, 210)
	scale := min(room.Width/float32(b.Dx()), room.Height/float32(b.Dy()), 1)
	return fyne.NewSize(max(float32(b.Dx())*scale, 320), float32(b.Dy())*scale)
}

func (d *Detail) view(a record.Attachment, body fyne.CanvasObject, width float32) {
	dialog := kit.NewDialog(a.Name, body, nil).Width(width)
	save := kit.NewButton("Save a copy", func() {
		dialog.Close()
		d.askSave(a)
	})
	dialog.More(save)
	dialog.OnClosed = func() { d.file = false }
	d.read(dialog, save)
}

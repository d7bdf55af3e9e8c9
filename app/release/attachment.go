package release

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strconv"

	"casekeep/app/release/internal/pdf"
	"casekeep/app/release/internal/picture"
	"casekeep/vault/record"
)

// attachedFile is a line of the list of attachments.
type attachedFile struct {
	number int // of the entry
	file   record.Attachment
	note   string // why a picture is not shown
}

// The greatest size of a picture on paper, in points, and how finely it is
// printed.
const (
	plateWidth  = 320
	plateHeight = 400
	plateDPI    = 200
	naturalDPI  = 110.0 // a small picture is not blown up beyond this
)

// attachment sets the i-th attachment of an entry: shown if it is a picture,
// and listed.
func (b *book) attachment(e record.Entry, i int) []block {
	file := e.Attachments[i]
	var blocks []block
	note := ""
	if picture.Is(file.Type, file.Name) {
		shown, err := b.plate(file)
		if err == nil {
			blocks = append(blocks, block{picture: shown, indent: hang, above: 7})
		} else {
			note = err.Error()
			b.notShown = append(b.notShown, NotShown{Entry: e.ID, Name: file.Name, Why: note})
		}
	}
	b.attached = append(b.attached, attachedFile{number: b.number, file: file, note: note})
	text := join([]string{"Attachment: " + fileName(file), file.Type, fileSize(file.Size)}) + "\nSHA-256 " + file.SHA256.String()
	caption := b.flow.lines(text, captionStyle, hang)
	caption.above = 4
	blocks = append(blocks, caption)
	if note != "" {
		blocks = append(blocks, b.flow.lines("Not shown: "+note+".", noteStyle, hang))
	}
	return blocks
}

func fileName(a record.Attachment) string {
	if a.Name == "" {
		return "without a name"
	}
	return a.Name
}

// plate reads a picture and embeds it at the size of paper. Its error says
// why it cannot be shown.
func (b *book) plate(file record.Attachment) (*plate, error) {
	if b.rec.Open == nil {
		return nil, errors.New("its content was not at hand")
	}
	content, err := b.rec.Open(file)
	if err != nil {
		return nil, fmt.Errorf("its content could not be read: %w", err)
	}
	defer content.Close()
	p, err := picture.Load(content, file.SHA256, plateWidth*plateDPI/72, plateHeight*plateDPI/72)
	if err != nil {
		return nil, err
	}
	ref, err := b.embed(p)
	if err != nil {
		return nil, err
	}
	scale := min(72/naturalDPI, plateWidth/float64(p.Width), plateHeight/float64(p.Height))
	return &plate{
		name: "P" + strconv.Itoa(int(ref)), ref: ref,
		width: float64(p.Width) * scale, height: float64(p.Height) * scale,
	}, nil
}

// embed writes a picture's pixels: photographs as JPEG, everything else
// without loss, since screenshots hold text.
func (b *book) embed(p picture.Picture) (pdf.Ref, error) {
	if !p.Photo {
		return b.out.Image(p.Pixels), nil
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, p.Pixels, &jpeg.Options{Quality: 88}); err != nil {
		return 0, err
	}
	size := p.Pixels.Bounds().Size()
	_, gray := p.Pixels.(*image.Gray) // the encoder writes these alone in one channel
	return b.out.JPEG(file.Bytes(), size.X, size.Y, gray), nil
}

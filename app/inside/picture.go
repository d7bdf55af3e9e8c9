package inside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // attachments come as
	_ "image/jpeg" // any of these
	_ "image/png"

	"casekeep/app/inside/upright"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// MostPixels bounds a picture, so that decoding it takes less than 500 MB. It
// is more than phones' cameras give. Pictures with 16 bits a channel, and JPEGs
// in several passes, take twice as much: of these half as many.
const MostPixels = 50 << 20

const mostSide = 1 << 16

var (
	errUnreadable = errors.New("it cannot be read as a picture, so it may be damaged or not what its name says: open it outside, or save a copy")
	errTooMany    = fmt.Errorf("it has more than the %d million pixels that Casekeep shows: open it outside, or save a copy", MostPixels/1_000_000)
	// ErrHEIC is why such a picture is not shown: there is no reader for it in Go
	// alone, and one in C would read strangers' files outside of any sandbox.
	ErrHEIC = errors.New("it is a HEIC or AVIF picture, which Casekeep cannot show: open it outside, or ask for a JPEG")
)

// Image is a decoded picture, upright.
type Image struct {
	// Levels holds the picture, then by halves smaller ones, so that it is drawn
	// small without flicker: each pixel is the mean of four.
	Levels []*image.RGBA
	Format string // "PNG", "JPEG", ...
	Frames int    // of an animation, of which the first is shown; else 1
}

// Size gives the picture's width and height in pixels.
func (p *Image) Size() image.Point { return p.Levels[0].Bounds().Size() }

// decoding lets one picture be decoded at a time, so that leafing through large
// ones takes the memory of one.
var decoding = make(chan struct{}, 1)

// Decode reads a picture. Its dimensions are looked at first, so that a small
// file cannot ask for much memory. A decoder cannot be stopped: when the context
// ends, Decode gives up on it, and it comes to its own end before the next.
func Decode(ctx context.Context, content []byte) (*Image, error) {
	config, format, err := decodeConfig(content)
	if err != nil {
		return nil, err
	}
	if err := bounded(config, format == "jpeg" && upright.IsProgressive(content)); err != nil {
		return nil, err
	}
	if format == "tiff" && !tiffFits(content, config) {
		return nil, errTooMany
	}
	select {
	case decoding <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	type result struct {
		picture *Image
		err     error
	}
	over := make(chan result, 1)
	go func() {
		defer func() { <-decoding }()
		picture, err := decode(content, format)
		over <- result{picture, err}
	}()
	select {
	case r := <-over:
		return r.picture, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func bounded(c image.Config, passes bool) error {
	most := int64(MostPixels)
	if wide := c.ColorModel; passes || wide == color.NRGBA64Model || wide == color.RGBA64Model || wide == color.Gray16Model {
		most /= 2
	}
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return errUnreadable
	case c.Width > mostSide || c.Height > mostSide || int64(c.Width)*int64(c.Height) > most:
		return errTooMany
	}
	return nil
}

var formats = map[string]string{"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF", "webp": "WebP"}

func decodeConfig(content []byte) (config image.Config, format string, err error) {
	defer catch(&err)
	config, format, err = image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		err = errUnreadable
	}
	return config, format, err
}

func decode(content []byte, format string) (picture *Image, err error) {
	defer catch(&err)
	decoded, _, err := image.Decode(bytes.NewReader(content))
	if err != nil || decoded.Bounds().Empty() {
		return nil, errUnreadable
	}
	picture = &Image{Levels: levels(upright.Turn(decoded, upright.Orientation(content))), Format: formats[format], Frames: 1}
	if format == "gif" {
		picture.Frames = gifFrames(content)
	}
	return picture, nil
}

// catch makes an error of a panic in a decoder.
func catch(err *error) {
	if recover() != nil {
		*err = errUnreadable
	}
}

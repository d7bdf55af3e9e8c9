// Package picture reads attached pictures for print: whatever they claim,
// within a fixed memory, and scaled to the size of paper.
package picture

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // the first frame
	_ "image/jpeg"
	_ "image/png"
	"io"
	"path"
	"strings"

	"casekeep/app/inside/upright"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// Limits on what is read: a file's size, and the memory that its pixels take
// once decoded. A phone's 50 megapixels fit; a bomb of nested zeros does not.
const (
	maxFile   = 64 << 20
	maxPixels = 256 << 20
	maxScans  = 200 // of a progressive JPEG, each of which costs a whole pass
)

// Picture is a picture ready for print.
type Picture struct {
	Pixels        image.Image
	Width, Height int  // of the original, turned as it is meant to be seen
	Photo         bool // it came as JPEG
}

// Is reports whether an attachment is a picture of a kind that Load may read,
// by its MIME type or else by its name.
func Is(mime, name string) bool {
	switch kind, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(mime)), ";"); kind {
	case "image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp":
		return true
	case "", "application/octet-stream", "image/*":
		switch strings.ToLower(path.Ext(name)) {
		case ".jpg", ".jpeg", ".png", ".gif", ".webp":
			return true
		}
	}
	return false
}

// Load reads a picture and scales it down to fit width by height pixels. The
// sum is the SHA-256 that its content must have; zero asks for none. The error
// says in a few words why the picture cannot be shown.
func Load(r io.Reader, sum [32]byte, width, height int) (Picture, error) {
	file, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return Picture{}, fmt.Errorf("its content could not be read: %w", err)
	case len(file) > maxFile:
		return Picture{}, fmt.Errorf("the file is larger than %d MB", maxFile>>20)
	case sum != [32]byte{} && sha256.Sum256(file) != sum:
		return Picture{}, errors.New("its content does not match its SHA-256")
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return Picture{}, errors.New("it is damaged or no picture")
	}
	if need := int64(config.Width) * int64(config.Height) * depth(config.ColorModel); need > maxPixels || need <= 0 {
		return Picture{}, fmt.Errorf("it claims %d by %d pixels, too many to show", config.Width, config.Height)
	}
	if format == "jpeg" && bytes.Count(file, []byte{0xff, 0xda}) > maxScans {
		return Picture{}, errors.New("it is built to be slow to open")
	}
	pixels, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return Picture{}, errors.New("it is damaged or cut off")
	}
	p := Picture{Photo: format == "jpeg"}
	size := pixels.Bounds().Size()
	p.Width, p.Height = size.X, size.Y
	held := upright.Orientation(file)
	if upright.Swaps(held) {
		width, height = height, width
		p.Width, p.Height = size.Y, size.X
	}
	if p.Pixels = fit(pixels, width, height); held != 1 {
		p.Pixels = upright.Turn(p.Pixels, held)
	}
	return p, nil
}

// depth gives the bytes that a pixel takes once decoded.
func depth(model color.Model) int64 {
	switch model {
	case color.GrayModel:
		return 1
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, indexed := model.(color.Palette); indexed {
		return 1
	}
	return 4
}

// fit scales a picture down to fit a box; it never scales up.
func fit(pixels image.Image, width, height int) image.Image {
	size := pixels.Bounds().Size()
	scale := min(float64(width)/float64(size.X), float64(height)/float64(size.Y))
	if scale >= 1 {
		return pixels
	}
	// Halving first, where each new pixel is the mean of four, costs a tenth of
	// reaching far in one step.
	for ; scale < 0.25; scale *= 2 {
		size = image.Point{max(1, size.X/2), max(1, size.Y/2)}
		pixels = scaled(draw.ApproxBiLinear, pixels, size)
	}
	return scaled(draw.BiLinear, pixels, image.Point{rounded(float64(size.X) * scale), rounded(float64(size.Y) * scale)})
}

func scaled(by draw.Scaler, pixels image.Image, size image.Point) image.Image {
	small := image.NewRGBA(image.Rectangle{Max: size})
	by.Scale(small, small.Bounds(), pixels, pixels.Bounds(), draw.Src, nil)
	return small
}

func rounded(length float64) int { return max(1, int(length+0.5)) }

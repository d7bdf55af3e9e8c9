package upright

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// A camera that wrote this picture with each orientation saw red at the top
// left and green at the top right.
func TestPicturesStandUpright(t *testing.T) {
	red, green := color.RGBA{R: 255, A: 255}, color.RGBA{G: 255, A: 255}
	for orientation := 1; orientation <= 8; orientation++ {
		w, h := 4, 2
		if orientation >= 5 {
			w, h = h, w
		}
		written := image.NewRGBA(image.Rect(0, 0, w, h))
		put := func(x, y int, c color.RGBA) {
			for fy := range h { // where the camera wrote what stands at x, y
				for fx := range w {
					if tx, ty := target(fx, fy, w, h, orientation); orientation == 1 && fx == x && fy == y || orientation > 1 && tx == x && ty == y {
						written.Set(fx, fy, c)
					}
				}
			}
		}
		put(0, 0, red)
		put(3, 0, green)
		seen := Turn(written, orientation)
		if seen.Bounds().Dx() != 4 || seen.Bounds().Dy() != 2 || seen.At(0, 0) != red || seen.At(3, 0) != green {
			t.Errorf("orientation %d shows %v", orientation, seen)
		}
	}
	// the corner that the standard puts at the top left
	written := image.NewRGBA(image.Rect(0, 0, 3, 2))
	written.Set(0, 1, red)
	if Turn(written, 6).At(0, 0) != red {
		t.Error("a picture turned by a quarter to the left does not stand upright")
	}
}

func TestOrientationOfAJPEG(t *testing.T) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	if got := Orientation(plain.Bytes()); got != 1 {
		t.Errorf("a picture that says nothing has orientation %d", got)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	little := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"
	for _, segment := range []string{exif, little} {
		with := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(segment) + 2)}, segment...)
		with = append(with, plain.Bytes()[2:]...)
		if got := Orientation(with); got != 6 {
			t.Errorf("orientation %d, want 6", got)
		}
		for cut := range len(segment) + 6 {
			if got := Orientation(with[:cut]); got != 1 && got != 6 {
				t.Errorf("cut at %d the orientation is %d", cut, got)
			}
		}
		if _, err := jpeg.Decode(bytes.NewReader(with)); err != nil {
			t.Error(err)
		}
	}
	for _, junk := range []string{"", "\xFF\xD8", "\xFF\xD8\xFF\xE1\x00\x00\x00\x00", "GIF89a"} {
		if got := Orientation([]byte(junk)); got != 1 {
			t.Errorf("%q has orientation %d", junk, got)
		}
	}
}

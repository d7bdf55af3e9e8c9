package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
)

var (
	redColor  = color.NRGBA{220, 20, 20, 255}
	blueColor = color.NRGBA{20, 20, 220, 255}
)

// corner is a blue picture whose upper left quarter is red.
func corner(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if x < w/2 && y < h/2 {
				m.SetNRGBA(x, y, redColor)
			} else {
				m.SetNRGBA(x, y, blueColor)
			}
		}
	}
	return m
}

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, m, nil) })
}

func pngOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, m) })
}

// onePixelWebP is a lossless WebP file of one red pixel.
const onePixelWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

func load(file []byte, width, height int) (Picture, error) {
	return Load(bytes.NewReader(file), sha256.Sum256(file), width, height)
}

func TestFormats(t *testing.T) {
	m := corner(64, 48)
	webp, err := base64.StdEncoding.DecodeString(onePixelWebP)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"jpeg": jpegOf(t, m),
		"png":  pngOf(t, m),
		"gif":  encoded(t, func(w io.Writer) error { return gif.Encode(w, m, nil) }),
		"webp": webp,
		"gray": jpegOf(t, image.NewGray(image.Rect(0, 0, 9, 9))),
	} {
		p, err := load(file, 1000, 1000)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if size := p.Pixels.Bounds().Size(); size.X != p.Width || size.Y != p.Height {
			t.Errorf("%s: %v pixels for a picture of %d by %d that fits", name, size, p.Width, p.Height)
		}
	}
}

func TestScaledDown(t *testing.T) {
	p, err := load(pngOf(t, corner(900, 300)), 90, 90)
	if err != nil {
		t.Fatal(err)
	}
	if size := p.Pixels.Bounds().Size(); size != (image.Point{90, 30}) || p.Width != 900 || p.Height != 300 {
		t.Errorf("scaled to %v from %d by %d", size, p.Width, p.Height)
	}
	if !near(p.Pixels.At(10, 5), redColor) || !near(p.Pixels.At(80, 25), blueColor) {
		t.Errorf("the corner is %v and the rest %v", p.Pixels.At(10, 5), p.Pixels.At(80, 25))
	}
}

func near(got color.Color, want color.NRGBA) bool {
	r, g, b, _ := got.RGBA()
	off := func(a uint32, b uint8) bool { return int(a>>8)-int(b) > 40 || int(b)-int(a>>8) > 40 }
	return !off(r, want.R) && !off(g, want.G) && !off(b, want.B)
}

// exif puts an orientation into a JPEG file, as a camera does.
func exif(file []byte, order binary.ByteOrder, value uint16) []byte {
	mark := "II"
	if order == binary.ByteOrder(binary.BigEndian) {
		mark = "MM"
	}
	tiff := []byte(mark)
	put16 := func(v uint16) { b := make([]byte, 2); order.PutUint16(b, v); tiff = append(tiff, b...) }
	put32 := func(v uint32) { b := make([]byte, 4); order.PutUint32(b, v); tiff = append(tiff, b...) }
	put16(42)
	put32(8)
	put16(1)
	put16(0x0112)
	put16(3)
	put32(1)
	put16(value)
	put16(0)
	put32(0)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	head := []byte{0xff, 0xd8, 0xff, 0xe1, byte((len(segment) + 2) >> 8), byte(len(segment) + 2)}
	return append(append(head, segment...), file[2:]...)
}

// TestOrientation turns a photograph as its Exif tag says: where the red
// corner goes is the definition of each value.
func TestOrientation(t *testing.T) {
	file := jpegOf(t, corner(80, 40))
	for value, want := range map[uint16]string{1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom",
		5: "left top", 6: "right top", 7: "right bottom", 8: "left bottom", 9: "left top", 0: "left top"} {
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			p, err := load(exif(file, order, value), 1000, 1000)
			if err != nil {
				t.Fatal(err)
			}
			if turned := p.Width == 40 && p.Height == 80; turned != (value >= 5 && value <= 8) {
				t.Errorf("%d: the picture is %d by %d", value, p.Width, p.Height)
			}
			x, y := p.Width/4, p.Height/4
			if strings.Contains(want, "right") {
				x = p.Width * 3 / 4
			}
			if strings.Contains(want, "bottom") {
				y = p.Height * 3 / 4
			}
			if !near(p.Pixels.At(x, y), redColor) {
				t.Errorf("%d, %v: the corner is not at the %s", value, order, want)
			}
		}
	}
}

// bomb is a PNG of a few bytes that claims a size.
func bomb(t *testing.T, w, h uint32) []byte {
	file := pngOf(t, image.NewNRGBA(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(file[16:], w)
	binary.BigEndian.PutUint32(file[20:], h)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("sealed file is damaged") }

func TestRefused(t *testing.T) {
	good := pngOf(t, corner(64, 48))
	scans := append(jpegOf(t, corner(8, 8)), bytes.Repeat([]byte{0xff, 0xda}, maxScans)...)
	for name, test := range map[string]struct {
		file []byte
		want string
	}{
		"bomb":    {bomb(t, 100_000, 100_000), "too many"},
		"empty":   {nil, "no picture"},
		"text":    {[]byte("<html>"), "no picture"},
		"cut off": {good[:len(good)-30], "cut off"},
		"scans":   {scans, "slow to open"},
	} {
		if _, err := load(test.file, 100, 100); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	if _, err := Load(bytes.NewReader(good), sha256.Sum256([]byte("else")), 100, 100); err == nil {
		t.Error("content that does not match its SHA-256 is shown")
	}
	if _, err := Load(failing{}, [32]byte{}, 100, 100); err == nil || !strings.Contains(err.Error(), "sealed file is damaged") {
		t.Errorf("a reader that fails: %v", err)
	}
	if _, err := Load(io.LimitReader(zeros{}, maxFile+10), [32]byte{}, 100, 100); err == nil || !strings.Contains(err.Error(), "larger") {
		t.Errorf("a file that is too large: %v", err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestIs(t *testing.T) {
	for _, yes := range [][2]string{{"image/jpeg", "x"}, {"IMAGE/PNG; name=a", ""}, {"", "a.JPG"}, {"application/octet-stream", "b.webp"}} {
		if !Is(yes[0], yes[1]) {
			t.Errorf("%q is no picture", yes)
		}
	}
	for _, no := range [][2]string{{"application/pdf", "a.jpg"}, {"image/svg+xml", "a.svg"}, {"", "a"}, {"text/html", "x.png"}} {
		if Is(no[0], no[1]) {
			t.Errorf("%q is a picture", no)
		}
	}
}

// FuzzLoad has damaged pictures of every format read within bounds.
func FuzzLoad(f *testing.F) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, corner(16, 16), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(exif(b.Bytes(), binary.LittleEndian, 6))
	webp, err := base64.StdEncoding.DecodeString(onePixelWebP)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(webp)
	b.Reset()
	if err := gif.Encode(&b, corner(16, 16), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.Clone(b.Bytes()))
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := Load(bytes.NewReader(file), [32]byte{}, 50, 50)
		if err != nil {
			return
		}
		if size := p.Pixels.Bounds().Size(); size.X < 1 || size.Y < 1 || size.X > 50 || size.Y > 50 {
			t.Errorf("scaled to %v", size)
		}
	})
}

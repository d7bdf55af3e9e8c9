package inside

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// drawn is a picture whose top left is red.
func drawn(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.Set(x, y, color.NRGBA{R: 200, G: uint8(255 * x / w), B: uint8(255 * y / h), A: 255})
		}
	}
	return p
}

func encoded(t testing.TB, encode func(io.Writer, image.Image) error, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(w io.Writer, p image.Image) error { return jpeg.Encode(w, p, nil) }
func asGIF(w io.Writer, p image.Image) error  { return gif.Encode(w, p, nil) }
func asTIFF(w io.Writer, p image.Image) error { return tiff.Encode(w, p, nil) }

// webpSample is a picture of 1 by 1 pixel (libwebp's lossless form).
const webpSample = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func TestEveryFormatIsShown(t *testing.T) {
	p := drawn(900, 500)
	for format, content := range map[string][]byte{
		"PNG": encoded(t, png.Encode, p), "JPEG": encoded(t, asJPEG, p), "GIF": encoded(t, asGIF, p),
		"BMP": encoded(t, bmp.Encode, p), "TIFF": encoded(t, asTIFF, p), "WebP": []byte(webpSample),
	} {
		if kind := KindOf("unnamed", "application/octet-stream", content[:min(len(content), HeadSize)]); kind != Picture {
			t.Errorf("%s is taken for kind %d", format, kind)
		}
		got, err := Decode(t.Context(), content)
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		want := image.Pt(900, 500)
		if format == "WebP" {
			want = image.Pt(1, 1)
		}
		if got.Format != format || got.Size() != want || got.Frames != 1 {
			t.Errorf("%s is read as %s, %v, %d frames", format, got.Format, got.Size(), got.Frames)
		}
	}
}

func TestLevels(t *testing.T) {
	got, err := Decode(t.Context(), encoded(t, png.Encode, drawn(2500, 1000)))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		scale  float64
		width  int
		factor float64
	}{{2, 2500, 1}, {1, 2500, 1}, {0.6, 2500, 1}, {0.5, 1250, 0.5}, {0.3, 1250, 0.5}, {0.25, 625, 0.25}, {0.01, 312, 0.125}} {
		level, factor := got.LevelFor(test.scale)
		if level.Rect.Dx() != test.width || factor != test.factor {
			t.Errorf("at %v it is drawn from %d pixels at %v, want %d at %v", test.scale, level.Rect.Dx(), factor, test.width, test.factor)
		}
	}
	if c := got.Levels[2].RGBAAt(0, 0); c.R < 195 || c.G > 5 || c.B > 5 {
		t.Errorf("the corner of a smaller level is %v", c)
	}
}

func TestAnAnimationShowsItsFirstPicture(t *testing.T) {
	var all gif.GIF
	for range 5 {
		all.Image = append(all.Image, image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{color.Black, color.White}))
		all.Delay = append(all.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &all); err != nil {
		t.Fatal(err)
	}
	got, err := Decode(t.Context(), b.Bytes())
	if err != nil || got.Frames != 5 {
		t.Fatalf("%+v (%v)", got, err)
	}
	for cut := range b.Len() {
		if n := gifFrames(b.Bytes()[:cut]); n < 1 || n > 5 {
			t.Errorf("cut at %d it has %d pictures", cut, n)
		}
	}
}

// bomb is a PNG that declares a size and holds next to nothing.
func bomb(width, height uint32, depth byte) []byte {
	head := make([]byte, 0, 33)
	head = append(head, "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"...)
	head = binary.BigEndian.AppendUint32(head, width)
	head = binary.BigEndian.AppendUint32(head, height)
	head = append(head, depth, 2, 0, 0, 0)
	return binary.BigEndian.AppendUint32(head, crc32.ChecksumIEEE(head[12:]))
}

// A few bytes that declare many pixels cost no memory.
func TestABombIsRefusedBeforeItIsDecoded(t *testing.T) {
	tiffBomb := encoded(t, asTIFF, drawn(10, 10))
	widths := bytes.Index(tiffBomb, []byte{0x00, 0x01, 0x03, 0x00, 1, 0, 0, 0}) // ImageWidth, a short
	heights := bytes.Index(tiffBomb, []byte{0x01, 0x01, 0x03, 0x00, 1, 0, 0, 0})
	if widths < 0 || heights < 0 {
		t.Fatal("the TIFF has no size")
	}
	for _, at := range []int{widths, heights} {
		binary.LittleEndian.PutUint16(tiffBomb[at+8:], 65535)
	}
	for name, content := range map[string][]byte{
		"60,000 by 60,000": bomb(60_000, 60_000, 8), "one line": bomb(1<<31-1, 1, 8), "of 16 bits": bomb(7_000, 7_000, 16), "TIFF": tiffBomb,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Decode(t.Context(), content)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, errTooMany) && !errors.Is(err, errUnreadable) {
			t.Errorf("%s gives %v", name, err)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
			t.Errorf("%s takes %d bytes", name, grown)
		}
	}
	passes := []byte("\xff\xd8\xff\xc2\x00\x11\x08\x1b\x58\x1b\x58\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xda\x00\x02") // 7,000 by 7,000
	if _, err := Decode(t.Context(), passes); !errors.Is(err, errTooMany) {
		t.Errorf("a JPEG of 49 million pixels in several passes gives %v", err)
	}
}

// A mark that the decoder passes over, before a JPEG says that it has several
// passes, hides nothing of that.
func TestFillHidesNoPasses(t *testing.T) {
	for _, fill := range []string{"\xff", "\xff\xff", "\x00", "\xff\x00", "\xff\xd0"} {
		passes := []byte("\xff\xd8" + fill + "\xff\xc2\x00\x11\x08\x1b\x58\x1b\x58\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xda\x00\x02")
		if _, err := Decode(t.Context(), passes); !errors.Is(err, errTooMany) {
			t.Errorf("behind %x it gives %v", fill, err)
		}
	}
}

// packedTIFF is a gray TIFF of side by side pixels, zeros that Deflate packs, in
// strips of so many rows.
func packedTIFF(side, rows, packed int) []byte {
	var data bytes.Buffer
	w := zlib.NewWriter(&data)
	for range packed {
		_, _ = w.Write(make([]byte, 1<<20))
	}
	_ = w.Close()
	strips := (side + rows - 1) / rows
	dir := 8 + data.Len()
	lists := dir + 2 + 9*12 + 4
	var b []byte
	b = append(b, "II*\x00"...)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(dir)), data.Bytes()...)
	b = binary.LittleEndian.AppendUint16(b, 9)
	offsets, counts := lists, lists+4*strips
	if strips == 1 {
		offsets, counts = 8, data.Len()
	}
	for _, e := range [][3]int{{256, 1, side}, {257, 1, side}, {258, 1, 8}, {259, 1, 8}, {262, 1, 1}, {273, strips, offsets}, {277, 1, 1}, {278, 1, rows}, {279, strips, counts}} {
		b = append(binary.LittleEndian.AppendUint16(b, uint16(e[0])), 4, 0)
		b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, uint32(e[1])), uint32(e[2]))
	}
	b = append(b, 0, 0, 0, 0)
	for _, value := range []int{8, data.Len()} {
		for range strips {
			b = binary.LittleEndian.AppendUint32(b, uint32(value))
		}
	}
	return b
}

// What a TIFF packs into a strip takes no more memory than other pictures do.
func TestAPackedStripIsBounded(t *testing.T) {
	if _, err := Decode(t.Context(), packedTIFF(7000, 7000, 600)); !errors.Is(err, errTooMany) {
		t.Errorf("one strip of 49 million pixels gives %v", err)
	}
	for _, rows := range []int{8, 3000} {
		if _, err := Decode(t.Context(), packedTIFF(3000, rows, 10)); err != nil {
			t.Errorf("strips of %d rows give %v", rows, err)
		}
	}
}

func TestBrokenPicturesAreErrors(t *testing.T) {
	for _, encode := range []func(io.Writer, image.Image) error{png.Encode, asJPEG, asGIF, bmp.Encode, asTIFF} {
		content := encoded(t, encode, drawn(40, 30))
		for cut := 0; cut < len(content); cut += 7 {
			if _, err := Decode(t.Context(), content[:cut]); err != nil && !errors.Is(err, errUnreadable) && !errors.Is(err, errTooMany) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
		}
	}
}

func TestDecodingEndsWithItsContext(t *testing.T) {
	decoding <- struct{}{} // another picture is being decoded
	defer func() { <-decoding }()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := Decode(ctx, encoded(t, png.Encode, drawn(10, 10))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it gives %v", err)
	}
}

func TestKindOf(t *testing.T) {
	for _, test := range []struct {
		name, mime, head string
		want             Kind
	}{
		{"a.jpg", "image/jpeg", "\xff\xd8\xff\xe0", Picture},
		{"a.txt", "text/plain", "\xff\xd8\xff\xe0", Picture},
		{"a.jpg", "image/jpeg", "no picture", Unknown},
		{"a.heic", "image/heic", "\x00\x00\x00\x18ftypheic", HEIC},
		{"a.pdf", "application/pdf", "%PDF-1.7", PDF},
		{"a", "", "%PDF-1.7", PDF},
		{"a.pdf", "application/pdf", "\r\n\r\n%PDF-1.4", PDF},
		{"a.pdf", "application/pdf", "nothing", Unknown},
		{"a.eml", "application/octet-stream", "From: a", Mail},
		{"a.bin", "message/rfc822", "From: a", Mail},
		{"a.html", "text/html; charset=utf-8", "<p>", HTML},
		{"a.csv", "application/octet-stream", "a,b", Text},
		{"a.txt", "text/plain", "\xff\xfea\x00", Text},
		{"a.txt", "text/plain", "a\x00b", Unknown},
		{"a.txt", "text/plain", "BMW drove by, said Ada", Text},
		{"a.py", "text/x-python", "print", Text},
		{"a.zip", "application/zip", "PK\x03\x04", Unknown},
		{"a.txt", "text/plain", "", Text},
	} {
		if got := KindOf(test.name, test.mime, []byte(test.head)); got != test.want {
			t.Errorf("%s (%s, %q) is kind %d, want %d", test.name, test.mime, test.head, got, test.want)
		}
	}
}

func TestReadAllIsBounded(t *testing.T) {
	if _, err := ReadAll(t.Context(), strings.NewReader("abc"), 100<<20, MostBytes); err == nil {
		t.Error("a file that says that it is large is read")
	}
	if _, err := ReadAll(t.Context(), strings.NewReader(strings.Repeat("a", 3<<20)), 3, 1<<20); err == nil {
		t.Error("a file that is larger than it says is read")
	}
	got, err := ReadAll(t.Context(), io.MultiReader(strings.NewReader("whole"), failing{}), 10, 1<<20)
	if !errors.Is(err, errDamaged) || string(got) != "whole" {
		t.Errorf("of a damaged file %q is read (%v)", got, err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadAll(canceled, strings.NewReader("abc"), 3, 1<<20); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled it gives %v", err)
	}
}

type failing struct{}

var errDamaged = errors.New("it is damaged")

func (failing) Read([]byte) (int, error) { return 0, errDamaged }

// FuzzDecode: whatever a file holds, decoding it ends, within bounds.
func FuzzDecode(f *testing.F) {
	p := drawn(20, 10)
	for _, encode := range []func(io.Writer, image.Image) error{png.Encode, asJPEG, asGIF, bmp.Encode, asTIFF} {
		f.Add(encoded(f, encode, p))
	}
	f.Add([]byte(webpSample))
	f.Add(bomb(60_000, 60_000, 8))
	f.Fuzz(func(t *testing.T, content []byte) {
		if config, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil && config.Width*config.Height > 1<<20 {
			return // within the bounds, and too slow for many runs
		}
		got, err := Decode(t.Context(), content)
		if err == nil && (got.Size().X*got.Size().Y > MostPixels || len(got.Levels) == 0 || got.Frames < 1) {
			t.Errorf("%v, %d levels, %d frames", got.Size(), len(got.Levels), got.Frames)
		}
	})
}

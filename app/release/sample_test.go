package release_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"iter"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// noFonts keeps a test to the built-in font, so that it needs no system.
var noFonts = []string{}

var chicago = record.LoadZone("America/Chicago")

func at(value string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", value, chicago)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func idOf(t time.Time, n int) record.EntryID { return record.EntryID(t.UnixMilli()<<16 | int64(n)) }

// entry makes a text from the client, written as it came.
func entry(when, body string) record.Entry {
	t := at(when)
	return record.Entry{
		ID: idOf(t, 0), Client: 7, Channel: record.Text, Direction: record.In, At: t, Zone: "America/Chicago",
		ZoneBasis: record.ZoneStated, Written: t.Add(time.Minute), Author: "Dana Quill, LCSW", Body: body,
		Parties: []record.Party{{Name: "Marcus Webb", Address: "+16015550134", Role: "from"}, {Name: "Dana Quill", Role: "to"}},
	}
}

func yield(entries ...record.Entry) iter.Seq2[record.Entry, error] {
	return func(yield func(record.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func sample(entries ...record.Entry) release.Record {
	return release.Record{
		Practice: record.Practice{Name: "Quill Street Practice", Owner: "Dana Quill, LCSW", License: "License C4471, Mississippi",
			Contact: "12 Quill Street, Jackson, MS 39201\n601-555-0100"},
		Client: record.Client{ID: 7, Number: "2024-017", Kind: record.Individual, Name: "Marcus Webb",
			LegalName: "Marcus Aurelio Webb", Born: record.Date{Year: 1988, Month: 4, Day: 2}},
		From: record.Date{Year: 2024, Month: 3, Day: 4}, To: "Marcus Webb", Purpose: "Client's own request of October 28, 2026",
		ProducedAt: at("2026-11-21 14:14:00"), Zone: chicago,
		Entries: yield(entries...), LeftOut: []string{"Psychotherapy notes (kept apart, no authorization)"},
		AuditHead: sha256.Sum256([]byte("audit")), AuditEvents: 4711,
	}
}

// produce writes a record to a file and gives its path.
func produce(t testing.TB, rec release.Record, opt release.Options) (string, release.Result) {
	t.Helper()
	var file bytes.Buffer
	result, err := release.PDF(context.Background(), &file, rec, opt)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "record.pdf")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, result
}

// run gives what a program prints; it fails the test if the program fails.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// textOf gives the text of a PDF, without the marks that only steer the
// direction of reading.
func textOf(t testing.TB, path string, options ...string) string {
	t.Helper()
	out := run(t, "pdftotext", append(options, path, "-")...)
	return strings.Map(func(r rune) rune {
		if 0x202a <= r && r <= 0x202e || r == 0x200e || r == 0x200f {
			return -1
		}
		return r
	}, out)
}

// flat makes every stretch of white space one space.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// inOrder fails the test unless the parts stand in the text one after another.
func inOrder(t testing.TB, text string, parts ...string) {
	t.Helper()
	rest := flat(text)
	for _, part := range parts {
		i := strings.Index(rest, flat(part))
		if i < 0 {
			t.Fatalf("%q is missing or out of order before:\n%.1500s", part, rest)
		}
		rest = rest[i+len(flat(part)):]
	}
}

func photo(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(120 + 100*math.Sin(float64(x)/40)), uint8(255 * y / h), uint8(255 * x / w), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func screenshot(w, h int) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{250, 250, 250, 255}
			if y/20%3 == 1 && x > 20 && x < w-20 {
				c = color.NRGBA{42, 111, 107, uint8(x * 255 / w)}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// files keeps attachments' content by ID, as a vault would.
type files map[int64][]byte

func (f files) add(name, kind string, content []byte) record.Attachment {
	id := int64(len(f) + 1)
	f[id] = content
	return record.Attachment{ID: id, Name: name, Type: kind, Size: int64(len(content)), SHA256: sha256.Sum256(content)}
}

func (f files) open(a record.Attachment) (io.ReadCloser, error) {
	content := f[a.ID]
	if content == nil {
		return nil, fmt.Errorf("the sealed file of %s is missing", a.Name)
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

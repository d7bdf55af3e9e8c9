package app

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"path/filepath"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// demoAttachment is a file of the sample practice.
type demoAttachment struct {
	kind    string // MIME type
	content []byte
}

func (a demoAttachment) reader() io.ReadCloser { return io.NopCloser(bytes.NewReader(a.content)) }
func (a demoAttachment) base64() string        { return base64.StdEncoding.EncodeToString(a.content) }

// paint makes every file that the script names.
func (s *demoScript) paint() error {
	s.files = map[string]demoAttachment{}
	for _, c := range append(s.clients[:len(s.clients):len(s.clients)], s.book) {
		for _, m := range c.moments {
			if err := s.paintFiles(m.files...); err != nil {
				return err
			}
		}
		for _, n := range c.notes {
			if err := s.paintFiles(n.file); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *demoScript) paintFiles(names ...string) error {
	for _, name := range names {
		if name == "" {
			continue
		}
		file, err := demoFile(name)
		if err != nil {
			return fmt.Errorf("the sample practice has no file %s: %w", name, err)
		}
		s.files[name] = file
	}
	return nil
}

// demoFile makes a file by its name: a paper, or a photograph of a landscape.
func demoFile(name string) (demoAttachment, error) {
	switch filepath.Ext(name) {
	case ".pdf":
		return demoPaper(name)
	case ".png":
		return demoSignature(name)
	}
	return demoPhoto(name)
}

// demoPapers is what stands on the papers, the title first.
var demoPapers = map[string]string{
	"housing-office-letter.pdf": "To the Housing Office\nAda Quill attends sessions at this practice.\nThis letter is sent at her request and says nothing else.\n\nNora Whitcomb, LCSW",
	"letter-page-2.pdf":         "Housing Application, page 2\n4. Proof of residence (attach one):\n[  ]  lease\n[  ]  utility bill not older than 60 days\n[  ]  letter from a public office\n5. Name on the bill, if not yours:\n\nReturned: box 4 is not filled in.",
	"request-for-record.pdf":    "Request for a Copy of My Record\nI ask for a copy of my whole record at Quill Street Practice,\nas a PDF with a password.\n\nMarcus Webb",
	"disability-form.pdf":       "Statement of Attendance\n6. Name of the insured: Marcus Webb\n7. Dates of sessions:\n\n8. Signature of the practice:",
	"staff-schedule.pdf":        "Night Staff, Winter\nMonday to Wednesday: A. Coleman\nThursday and Friday: T. Brandt\nWeekend: volunteers, two at a time",
	"consent-2019.pdf":          "Consent to Services\nI have read the information sheet of 2019 and agree.\n\nHarold Pruitt",
	"custody-order.pdf":         "Order on Custody (copy)\nHealth care is decided by both parents together.\nEach parent may see the record of the child.\n\nIn chambers",
	"consultation-summary.pdf":  "Summary of Two Consultations\n1. The hour after midnight: what calms a room.\n2. When a colleague is hurt: who sits with whom, and for how long.\nNo resident is named in this summary.",
}

func demoPaper(name string) (demoAttachment, error) {
	text, known := demoPapers[name]
	if !known {
		return demoAttachment{}, errors.New("nothing is written on it")
	}
	title, rest, _ := strings.Cut(text, "\n")
	pdf := fpdf.New("P", "mm", "Letter", "")
	made := time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetCatalogSort(true)
	pdf.SetMargins(25, 30, 25)
	pdf.AddPage()
	pdf.SetFont("Times", "B", 18)
	pdf.Cell(0, 14, title)
	pdf.Ln(22)
	pdf.SetFont("Times", "", 12)
	for _, line := range strings.Split(rest, "\n") {
		pdf.Cell(0, 8, line)
		pdf.Ln(8)
		if line == "" {
			pdf.Line(25, pdf.GetY(), 190, pdf.GetY())
		}
	}
	var b bytes.Buffer
	err := pdf.Output(&b)
	return demoAttachment{"application/pdf", b.Bytes()}, err
}

// demoPhoto paints an evening over hills. The name decides which.
func demoPhoto(name string) (demoAttachment, error) {
	const width, height = 640, 480
	sum := fnv.New32a()
	sum.Write([]byte(name))
	seed := float64(sum.Sum32()%1000) / 1000
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	sunX, sunY := width*(0.25+0.5*seed), height*(0.30+0.15*seed)
	for x := range width {
		for y := range height {
			t := float64(y) / height
			c := mix(color.RGBA{70, 110, 160, 255}, color.RGBA{250, 200, 140, 255}, t*1.6)
			glow := math.Hypot(float64(x)-sunX, float64(y)-sunY)
			c = mix(color.RGBA{255, 244, 214, 255}, c, glow/(60+80*seed))
			for hill := 1.0; hill <= 3; hill++ {
				ridge := height * (0.45 + 0.14*hill + 0.05*math.Sin(float64(x)/(90/hill)+9*seed*hill) + 0.02*math.Sin(float64(x)/23+hill))
				if float64(y) > ridge {
					c = mix(color.RGBA{110, 140, 130, 255}, color.RGBA{30, 60, 52, 255}, hill/3)
				}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 82})
	return demoAttachment{"image/jpeg", b.Bytes()}, err
}

// demoSignature draws a signature as it comes from the window: black strokes
// on white. The name decides how they run.
func demoSignature(name string) (demoAttachment, error) {
	const width, height = 480, 140
	sum := fnv.New32a()
	sum.Write([]byte(name))
	seed := float64(sum.Sum32()%1000) / 1000
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for t := 0.0; t < 1; t += 0.0002 {
		swing := math.Sin(t*(34+20*seed)) + 0.6*math.Sin(t*(71+9*seed))
		x := 30 + 410*t + 14*math.Sin(t*(52+14*seed))
		y := 74 - 26*swing*(1-0.7*t)
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				img.SetGray(int(x)+dx, int(y)+dy, color.Gray{0x14})
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return demoAttachment{"image/png", b.Bytes()}, err
}

// mix gives a at t = 0 and b from t = 1 on.
func mix(a, b color.RGBA, t float64) color.RGBA {
	t = min(max(t, 0), 1)
	at := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*t) }
	return color.RGBA{at(a.R, b.R), at(a.G, b.G), at(a.B, b.B), 255}
}

package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// The errors of a file, in words that follow "This file cannot be shown:".
var (
	ErrPassword = errors.New("it is protected by a password: open it outside, where the password is asked for")
	ErrBroken   = errors.New("it cannot be read as a PDF, so it may be damaged: open it outside, or save a copy")
	ErrHeavy    = errors.New("it takes more time or memory than Casekeep gives a file: open it outside, or save a copy")
)

// Bounds of the work.
const (
	patience   = 20 * time.Second // a call may take
	mostPages  = 100_000
	mostPixels = 16 << 20 // of a page as it is drawn
)

// Document is an open PDF. Its methods may be called from any goroutine, one
// after the other is served.
type Document struct {
	mu      sync.Mutex
	content []byte
	pages   int
	in      pdfium.Pdfium // nil: ended, opened anew by the next call
	doc     references.FPDF_DOCUMENT
}

// Open opens a PDF. Close it.
func Open(ctx context.Context, content []byte) (*Document, error) {
	if !isPDF(content) {
		return nil, ErrBroken
	}
	d := &Document{content: content}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.open(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Document) open(ctx context.Context) error {
	pool, err := shared.get(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("the PDF reader does not start on this computer (%w): open the file outside, or save a copy", err)
	}
	wait, cancel := context.WithTimeout(ctx, instanceWait)
	defer cancel()
	if d.in, err = pool.GetInstanceWithContext(wait); err != nil {
		d.in = nil
		return ErrHeavy
	}
	return d.call(ctx, func() error {
		opened, err := d.in.OpenDocument(&requests.OpenDocument{File: &d.content})
		if err != nil {
			return err
		}
		d.doc = opened.Document
		counted, err := d.in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.doc})
		if err != nil {
			return err
		}
		if d.pages = counted.PageCount; d.pages < 1 || d.pages > mostPages {
			return pdfiumerrors.ErrFormat
		}
		return nil
	})
}

// call runs something in the sandbox. When it takes too long, or its context
// ends, the sandbox is ended with it.
func (d *Document) call(ctx context.Context, do func() error) error {
	over := make(chan error, 1)
	go func() {
		var err error
		defer func() { over <- err }()
		defer catch(&err)
		err = do()
	}()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	var err error
	select {
	case err = <-over:
	case <-ctx.Done():
		d.kill(over)
		return ctx.Err()
	case <-limit.C:
		d.kill(over)
		return ErrHeavy
	}
	if err != nil {
		d.end()
	}
	return said(err)
}

// kill ends the sandbox while it works, and waits until it has ended.
func (d *Document) kill(over chan error) {
	_ = d.in.Kill()
	<-over
	d.in = nil
}

func (d *Document) end() {
	if d.in != nil {
		_ = d.in.Close()
		d.in = nil
	}
}

// said gives an error of PDFium as a sentence.
func said(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return ErrPassword
	}
	return ErrBroken
}

// catch makes an error of a panic.
func catch(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%v", p)
	}
}

// Pages gives how many pages there are, at least one.
func (d *Document) Pages() int { return d.pages }

// Page is a drawn page.
type Page struct {
	*image.RGBA
	// Scale is pixels a point (1/72 inch): that asked for, or less where the
	// page would get too large.
	Scale float64
}

// Render draws a page, from 0 on, at a scale in pixels a point.
func (d *Document) Render(ctx context.Context, page int, scale float64) (*Page, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.in == nil {
		if err := d.open(ctx); err != nil {
			return nil, err
		}
	}
	var drawn *Page
	err := d.call(ctx, func() (err error) {
		drawn, err = d.render(page, scale)
		return err
	})
	if err != nil {
		return nil, err
	}
	return drawn, nil
}

func (d *Document) render(page int, scale float64) (*Page, error) {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: d.doc, Index: page}}
	size, err := d.in.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return nil, err
	}
	width, height, scale, ok := fit(size.Width, size.Height, scale)
	if !ok {
		return nil, pdfiumerrors.ErrPage
	}
	result, err := d.in.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: at, Width: width, Height: height, RenderForm: true, Document: &d.doc,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_RENDER_LIMITEDIMAGECACHE,
	})
	if err != nil {
		return nil, err
	}
	defer result.Cleanup()
	inside, ok := result.Result.RenderedImage.(*image.RGBA) // it stands in the sandbox's memory
	if !ok {
		return nil, pdfiumerrors.ErrUnexpected
	}
	out := image.NewRGBA(inside.Bounds())
	copy(out.Pix, inside.Pix)
	return &Page{RGBA: out, Scale: scale}, nil
}

// fit gives a page's size in pixels, within bounds.
func fit(width, height, scale float64) (w, h int, fitted float64, ok bool) {
	area := width * height * scale * scale
	if !(width > 0 && height > 0 && scale > 0) || math.IsInf(area, 0) || math.IsNaN(area) {
		return 0, 0, 0, false
	}
	if area > mostPixels {
		scale *= math.Sqrt(mostPixels / area)
	}
	w, h = int(math.Round(width*scale)), int(math.Round(height*scale))
	if w > 1<<14 || h > 1<<14 { // far longer than wide
		return 0, 0, 0, false
	}
	return max(w, 1), max(h, 1), scale, true
}

// Close drops the document and everything that was drawn of it in the sandbox.
func (d *Document) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.end()
	d.content = nil
}

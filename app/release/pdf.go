package release

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"casekeep/app/release/internal/pdf"
)

// PDF writes a client's record as a PDF. What goes to w is the file and
// nothing else, complete only when PDF returns without an error: a writer that
// was cut off holds no record. The same record gives the same bytes, on the
// same fonts, unless a password protects it.
//
// It stops with the error of Entries, of w, or of ctx.
func PDF(ctx context.Context, w io.Writer, rec Record, opt Options) (Result, error) {
	p, err := newPaper(w, fileID(rec), opt)
	if err != nil {
		return Result{}, err
	}
	b := newBook(rec, p)
	if err := b.timeline(ctx, opt); err != nil {
		return Result{}, err
	}
	b.attachments()
	b.provenance()
	covers := b.coverPages()
	b.text.Missing = nil // what follows says nothing new
	b.glyphs()
	b.audit()
	b.flow.end()
	if err := b.bind(covers); err != nil {
		return Result{}, fmt.Errorf("the record could not be written: %w", err)
	}
	return Result{
		Pages: b.press.pages(), Entries: b.number, Attachments: len(b.attached),
		Missing: b.missingGlyphs(), NotShown: b.notShown,
	}, nil
}

// timeline sets every entry.
func (b *book) timeline(ctx context.Context, opt Options) error {
	if b.rec.Entries == nil {
		return errors.New("the record came without its entries")
	}
	const step = 50 // entries between two looks at whether to go on
	for e, err := range b.rec.Entries {
		if err != nil {
			return err
		}
		if b.number%step == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if opt.Progress != nil {
				opt.Progress(b.number, opt.Total)
			}
		}
		b.entry(e)
		if err := b.out.Err(); err != nil {
			return fmt.Errorf("the record could not be written: %w", err)
		}
	}
	b.now = 0
	if b.number == 0 {
		b.part("Timeline")
		b.apart = false
		b.prose("There is no entry on record in this period.")
	}
	if opt.Progress != nil {
		opt.Progress(b.number, opt.Total)
	}
	return ctx.Err()
}

// bind composes the front matter, whose cover takes that many pages, and
// writes what holds the pages together.
func (b *book) bind(covers int) error {
	contents := b.contentsPages()
	f := &flow{press: b.press, text: b.text, front: true}
	b.cover(f, covers+contents+len(b.press.restFooter))
	b.contents(f, covers+contents)
	outline := func() pdf.Ref {
		return b.out.Bookmarks(b.bookmarks(b.press.frontPage(0), b.press.frontPage(covers)))
	}
	return b.close(b.title(), b.local(b.rec.ProducedAt), outline, b.title())
}

// coverPages measures how many pages the cover takes, by composing it on
// sheets that are thrown away.
func (b *book) coverPages() int {
	f := &flow{press: nil, text: b.text, front: true}
	b.cover(f, 0)
	return f.printed
}

// fileID tells produced records apart.
func fileID(rec Record) [16]byte {
	sum := sha256.Sum256(fmt.Append(nil, rec.Client.ID, rec.ProducedAt.UnixNano(), rec.To, rec.Purpose,
		rec.From, rec.Until, rec.AuditHead))
	return [16]byte(sum[:16])
}

package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"casekeep/app/release"
	"casekeep/vault"
	"casekeep/vault/record"
)

// ProduceRequest says which record goes to whom, why, and into which file.
type ProduceRequest struct {
	Client   record.ClientID
	To       string
	Purpose  string
	From     record.Date // first day; zero: the beginning
	Until    record.Date // last day; zero: the end
	Out      string      // the PDF to write; it must not exist
	Password string      // empty: the file opens without one
}

// Produced is a record that was written, with its disclosure.
type Produced struct {
	File       string                 `json:"file"`
	Pages      int                    `json:"pages"`
	Entries    int                    `json:"entries"`
	Missing    []release.MissingGlyph `json:"missing_glyphs"`
	Disclosure record.Disclosure      `json:"disclosure"`
}

// Produce writes a client's record as a PDF, and the disclosure of it in the
// same step (TSP 3.08; 45 CFR 164.528): if either fails there is neither.
func (p *Practice) Produce(ctx context.Context, req ProduceRequest, progress func(done, total int)) (Produced, error) {
	if err := checkProduce(&req); err != nil {
		return Produced{}, err
	}
	if err := p.ReadOnly(); err != nil { // the disclosure could not be written
		return Produced{}, fmt.Errorf("the record was not produced: %w", err)
	}
	if err := p.TakenBack(ctx); err != nil {
		return Produced{}, err
	}
	rec, taken, err := p.releaseRecord(ctx, req)
	if err != nil {
		return Produced{}, err
	}
	file, err := startFile(req.Out)
	if err != nil {
		return Produced{}, err
	}
	defer file.abandon()
	opt := release.Options{Password: req.Password, Progress: progress}
	if opt.Total, err = p.v.Count(ctx, req.Client); err != nil {
		return Produced{}, err
	}
	result, err := release.PDF(ctx, file, rec, opt)
	if file.err != nil {
		return Produced{}, file.err
	}
	if err != nil {
		return Produced{}, fmt.Errorf("the record was not produced: %w", err)
	}
	if err := file.finish(); err != nil {
		return Produced{}, err
	}
	d, err := p.v.Disclose(ctx, vault.Release{
		Disclosure: record.Disclosure{Client: req.Client, To: req.To, Purpose: req.Purpose, From: req.From, Until: req.Until,
			Pages: result.Pages, File: filepath.Base(req.Out), SHA256: file.digest(), Sealed: req.Password != "", LeftOut: rec.LeftOut},
		Entries: *taken,
	}, file.deliver, file.retract)
	if err != nil {
		return Produced{}, fmt.Errorf("the record was not produced: %w", err)
	}
	missing := result.Missing
	if missing == nil {
		missing = []release.MissingGlyph{}
	}
	return Produced{File: req.Out, Pages: result.Pages, Entries: result.Entries, Missing: missing, Disclosure: d}, nil
}

func checkProduce(req *ProduceRequest) error {
	req.To, req.Purpose = strings.TrimSpace(req.To), strings.TrimSpace(req.Purpose)
	switch {
	case req.Client == record.Book:
		return errors.New("the practice's own book is nobody's record: choose a client")
	case req.To == "":
		return errors.New("say to whom the record goes: a disclosure names its receiver")
	case req.Purpose == "":
		return errors.New("say why the record goes out: a disclosure states its purpose")
	case strings.TrimSpace(req.Out) == "":
		return errors.New("say into which file the record goes")
	case !req.From.IsZero() && !req.Until.IsZero() && req.Until.Before(req.From):
		return fmt.Errorf("the period ends on %s, before it begins on %s", req.Until.Long(), req.From.Long())
	}
	return nil
}

// releaseRecord gathers what the paper needs. taken is filled with the entries
// as they are read.
func (p *Practice) releaseRecord(ctx context.Context, req ProduceRequest) (rec release.Record, taken *[]record.EntryID, err error) {
	taken = &[]record.EntryID{}
	rec = release.Record{From: req.From, Until: req.Until, To: req.To, Purpose: req.Purpose, ProducedAt: p.now()}
	l, err := p.letterhead(ctx)
	if err != nil {
		return rec, nil, err
	}
	rec.Practice, rec.Licenses, rec.Zone = l.practice, l.licenses, l.made.Location()
	if rec.Client, err = p.v.OpenClient(ctx, req.Client); err != nil {
		return rec, nil, err
	}
	if rec.AuditEvents, rec.AuditHead, err = p.v.AuditHead(ctx); err != nil {
		return rec, nil, err
	}
	rec.LeftOut = leftOut(req)
	withheld, err := p.v.Withheld(ctx, req.Client, req.From, req.Until)
	if err != nil {
		return rec, nil, err
	}
	if withheld > 0 {
		rec.LeftOut = append(rec.LeftOut, withheldLine(withheld))
	}
	rec.Open = func(a record.Attachment) (io.ReadCloser, error) {
		_, r, err := p.v.OpenAttachment(ctx, a.ID)
		return r, err
	}
	rec.Entries = p.period(ctx, req, taken)
	return rec, taken, nil
}

// leftOut says on the cover what the period leaves out.
func leftOut(req ProduceRequest) []string {
	var lines []string
	if !req.From.IsZero() {
		lines = append(lines, "Entries before "+req.From.Long())
	}
	if !req.Until.IsZero() {
		lines = append(lines, "Entries after "+req.Until.Long())
	}
	return lines
}

// withheldLine says that entries are out of sight, and nothing else of them.
func withheldLine(n int) string {
	if n == 1 {
		return "1 entry is withheld under a court order or by law"
	}
	return fmt.Sprintf("%d entries are withheld under a court order or by law", n)
}

// period gives the entries of the period, oldest first, a page of them at a
// time. Days are those that stand over the entries on paper: each in the zone
// in which its time was said.
func (p *Practice) period(ctx context.Context, req ProduceRequest, taken *[]record.EntryID) iter.Seq2[record.Entry, error] {
	const pageSize = 500
	return func(yield func(record.Entry, error) bool) {
		page := Page{Oldest: true, Limit: pageSize}
		for {
			list, err := p.v.Timeline(ctx, req.Client, page)
			if err != nil {
				yield(record.Entry{}, err)
				return
			}
			for _, e := range list {
				page.After = e.ID
				day := record.DateOf(e.At.In(e.TimeZone()))
				if !req.From.IsZero() && day.Before(req.From) || !req.Until.IsZero() && req.Until.Before(day) {
					continue
				}
				*taken = append(*taken, e.ID)
				if !yield(e, nil) {
					return
				}
			}
			if len(list) < pageSize {
				return
			}
		}
	}
}

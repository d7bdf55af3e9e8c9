package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"casekeep/app/form"
	"casekeep/app/release"
	"casekeep/vault/record"
)

// PaperFile is the PDF into which a paper goes.
type PaperFile struct {
	Path     string // it must not exist
	Password string // empty: the file opens without one
}

// Printed is a paper that was written.
type Printed struct {
	File    string
	Pages   int
	Missing []release.MissingGlyph // drawn as boxes
}

// handOver gives a finished file its name, as part of what else has to be
// written with it.
type handOver func(deliver, retract func() error) error

// unnoted hands over a paper with nothing of a client on it.
func unnoted(deliver, _ func() error) error { return deliver() }

// noted hands over a paper with something of clients on it: the trail of each
// says so, or there is no file.
func (p *Practice) noted(ctx context.Context, what string, clients ...record.ClientID) handOver {
	return func(deliver, retract func() error) error {
		return p.v.NotePaper(ctx, what, clients, deliver, retract)
	}
}

// print writes a paper into a file that comes into being whole.
func (p *Practice) print(ctx context.Context, d release.Document, out PaperFile, hand handOver) (Printed, error) {
	if strings.TrimSpace(out.Path) == "" {
		return Printed{}, errors.New("say into which file the paper goes")
	}
	file, err := startFile(out.Path)
	if err != nil {
		return Printed{}, err
	}
	defer file.abandon()
	result, err := release.Print(ctx, file, d, release.Options{Password: out.Password})
	if file.err != nil {
		return Printed{}, file.err
	}
	if err == nil {
		err = file.finish()
	}
	if err == nil {
		err = hand(file.deliver, file.retract)
	}
	if err != nil {
		return Printed{}, fmt.Errorf("nothing was printed: %w", err)
	}
	return Printed{File: out.Path, Pages: result.Pages, Missing: result.Missing}, nil
}

// letterhead is what papers say of the practice.
type letterhead struct {
	practice record.Practice
	licenses []record.License // in effect today
	vendors  []record.Vendor
	made     time.Time // in the practice's zone
}

func (p *Practice) letterhead(ctx context.Context) (letterhead, error) {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return letterhead{}, err
	}
	book, err := p.v.Facts(ctx, record.Book)
	if err != nil {
		return letterhead{}, err
	}
	l := letterhead{practice: settings, made: p.now().In(record.LoadZone(settings.Zone))}
	today := record.DateOf(l.made)
	for _, facts := range book {
		all, err := decodeAll[record.License](facts, record.FormLicense)
		if err != nil {
			return l, err
		}
		for _, one := range all {
			if one.Expires.IsZero() || !one.Expires.Before(today) {
				l.licenses = append(l.licenses, one)
			}
		}
		if l.vendors, err = decodeAll[record.Vendor](facts, record.FormVendor); err != nil {
			return l, err
		}
	}
	return l, nil
}

// decodeAll gives what every entry of a form states, oldest first.
func decodeAll[T any](facts record.Facts, f record.Form) ([]T, error) {
	var all []T
	for _, filed := range facts.Forms {
		if filed.Form != f {
			continue
		}
		one, err := form.Decode[T](filed.Data)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// PolicyHandout prints a version of a policy for a client to read and sign.
func (p *Practice) PolicyHandout(ctx context.Context, entry record.EntryID, out PaperFile) (Printed, error) {
	e, err := p.v.Entry(ctx, entry)
	if err != nil {
		return Printed{}, err
	}
	if e.Form != record.FormPolicy {
		return Printed{}, errors.New("this entry is no policy: choose a version of one")
	}
	if e.Struck != nil {
		return Printed{}, errors.New("this version was struck through as an error: hand out another one")
	}
	d := release.Handout{Text: e.Body}
	if err := json.Unmarshal(e.Data, &d.Version); err != nil {
		return Printed{}, fmt.Errorf("reading the policy: %w", err)
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	d.Practice, d.Licenses, d.Made = l.practice, l.licenses, l.made
	return p.print(ctx, d, out, unnoted)
}

// StandingReport prints where a client's record, or with record.Book the
// practice, stands. It is for the practitioner alone: nothing of it is kept.
func (p *Practice) StandingReport(ctx context.Context, client record.ClientID, out PaperFile) (Printed, error) {
	if err := p.TakenBack(ctx); err != nil {
		return Printed{}, err
	}
	s, err := p.Standing(ctx, client)
	if err != nil {
		return Printed{}, err
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.Standing{Practice: l.practice.Name, Made: l.made}
	if client != record.Book {
		c, err := p.v.Client(ctx, client)
		if err != nil {
			return Printed{}, err
		}
		d.Client = c.Name + " (" + c.Number + ")"
	}
	d.Groups = standingGroups(s.Findings, naming{ctx: ctx, p: p, zone: l.made.Location()})
	return p.print(ctx, d, out, p.noted(ctx, "standing", client))
}

package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"path/filepath"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

// Page asks for a part of a timeline.
type Page = vault.Page

// Upload is a file to be kept with an entry.
type Upload = vault.Upload

// Log adds an entry that was typed in by hand. It is durable when Log returns
// nil.
func (p *Practice) Log(ctx context.Context, e record.Entry, files ...Upload) (record.Entry, error) {
	return p.v.Log(ctx, e, files...)
}

// FileUpload keeps a file from the disk.
func FileUpload(path string) Upload {
	kind := mime.TypeByExtension(filepath.Ext(path))
	if kind == "" {
		kind = "application/octet-stream"
	}
	return Upload{Name: filepath.Base(path), Type: kind, Open: func() (io.ReadCloser, error) {
		files, err := openExports([]string{path})
		if err != nil {
			return nil, err
		}
		return files[0].open()
	}}
}

// Timeline gives a part of a client's timeline, newest first unless the page
// asks otherwise.
func (p *Practice) Timeline(ctx context.Context, client record.ClientID, page Page) ([]record.Entry, error) {
	return p.v.Timeline(ctx, client, page)
}

// Entry gives one entry whole.
func (p *Practice) Entry(ctx context.Context, id record.EntryID) (record.Entry, error) {
	return p.v.Entry(ctx, id)
}

// Amend adds text to an entry; what stood before stays.
func (p *Practice) Amend(ctx context.Context, id record.EntryID, text, reason string) error {
	return p.v.Amend(ctx, id, text, reason)
}

// Strike marks an entry as an error; its text stays readable. A line that the
// entry had set above the record becomes what the entry before it says.
func (p *Practice) Strike(ctx context.Context, id record.EntryID, reason string) error {
	return p.v.Strike(ctx, id, reason)
}

// Move files an entry to the client it belongs to, with the lines that it had
// set above the record. Both audits say so, and
// neither names the other client.
func (p *Practice) Move(ctx context.Context, id record.EntryID, to record.ClientID, reason string) error {
	return p.v.Move(ctx, id, to, reason)
}

// CorrectTime enters what an entry holds once more under the right time. The
// earlier entry stays, and each names the other. Only entries that were typed
// in have a time that can be wrong in this way.
func (p *Practice) CorrectTime(ctx context.Context, id record.EntryID, at time.Time, zone string) (record.Entry, error) {
	e, err := p.v.Entry(ctx, id)
	if err != nil {
		return e, err
	}
	if !e.IsContact() {
		return e, errors.New("a structured entry has no time of its own: correct it instead")
	}
	if e.Provenance != nil {
		return e, errors.New("an imported message keeps the time that its source states: add an amendment that says what was wrong")
	}
	if e.Struck != nil {
		return e, errors.New("an entry that is struck through keeps its time: log what happened as a new entry")
	}
	if len(e.Attachments) > 0 {
		return e, errors.New("an entry with attachments keeps its time: add an amendment that states the right one")
	}
	for _, a := range e.Amendments {
		e.Body += fmt.Sprintf("\n\nAdded %s: %s", record.DateOf(a.At).Long(), a.Text)
	}
	e.Supersedes, e.At, e.Zone, e.ZoneBasis = e.ID, at, zone, record.ZoneStated
	e.Amendments, e.Superseded = nil, 0
	return p.v.Log(ctx, e)
}

// Search asks for entries that hold every word of a query.
type Search = vault.Search

// Search finds entries by what was said, newest first.
func (p *Practice) Search(ctx context.Context, s Search) ([]record.Hit, error) {
	return p.v.Search(ctx, s)
}

// Disclosures gives the releases of a client's record, newest first.
func (p *Practice) Disclosures(ctx context.Context, client record.ClientID) ([]record.Disclosure, error) {
	return p.v.Disclosures(ctx, client)
}

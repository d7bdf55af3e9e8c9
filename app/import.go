package app

import (
	"context"
	"errors"
	"time"

	"casekeep/app/intake"
	"casekeep/vault"
	"casekeep/vault/record"
)

// ImportRequest says what to import into whose record.
type ImportRequest struct {
	Files  []string
	Client record.ClientID
	// Only names the conversations to file, by address or, for a group, by
	// its addresses joined by "~". Empty: those of the client's own addresses.
	Only   []string
	Zone   string // of times that state none; empty: the practice's
	Drafts bool   // file drafts and failed messages too
	DryRun bool   // read and report, file nothing
}

// ImportReport says what an import did.
// Found = Imported + Duplicates + Skipped + Refused.
type ImportReport struct {
	Batch      record.BatchID   `json:"batch,string,omitzero"` // 0: a dry run
	Client     record.ClientID  `json:"client"`
	DryRun     bool             `json:"dry_run,omitempty"`
	Found      int              `json:"found"`
	Declared   int              `json:"declared"` // over the files that say it; -1: none does
	Imported   int              `json:"imported"`
	Duplicates int              `json:"duplicates"`
	Skipped    int              `json:"skipped"`
	Refused    int              `json:"refused"`
	Damaged    int              `json:"damaged"` // of the imported ones
	Warnings   []intake.Warning `json:"warnings"`
	Files      []intake.Report  `json:"files"`
}

// Progress is told how many bytes of how many were read, and how many messages
// were filed.
type Progress func(done, total int64, filed int)

// Import files the messages of one client out of other people's exports. It
// stands whole or not at all: an error, a cancellation and a crash each take
// back what was filed.
func (p *Practice) Import(ctx context.Context, req ImportRequest, progress Progress) (ImportReport, error) {
	files, err := openExports(req.Files)
	if err != nil {
		return ImportReport{}, err
	}
	return p.importExports(ctx, req, files, progress)
}

func (p *Practice) importExports(ctx context.Context, req ImportRequest, files []export, progress Progress) (ImportReport, error) {
	run, err := p.newImport(ctx, req, files)
	if err != nil {
		return ImportReport{}, err
	}
	run.progress = progress
	if req.DryRun {
		known, err := p.v.Known(ctx, req.Client)
		if err != nil {
			return ImportReport{}, err
		}
		run.take = dryTaker{known}
		err = run.readAll(ctx)
		return run.report, err
	}
	im, err := p.v.BeginImport(ctx, req.Client)
	if err != nil {
		return ImportReport{}, err
	}
	run.take = &batchTaker{p: p, im: im}
	if err := run.readAll(ctx); err != nil {
		return ImportReport{}, errors.Join(err, im.Cancel(context.WithoutCancel(ctx)))
	}
	batch, err := im.Finish(ctx, run.report.batch())
	if err != nil {
		return ImportReport{}, errors.Join(err, im.Cancel(context.WithoutCancel(ctx)))
	}
	run.report.Batch = batch.ID
	return run.report, nil
}

// Imports gives the imports into a client's record, newest first; those into
// every record for client 0.
func (p *Practice) Imports(ctx context.Context, client record.ClientID) ([]record.Batch, error) {
	return p.v.Batches(ctx, client)
}

// UndoImport takes a whole import back and gives how many entries it removed.
// ErrReleased says that something of it was released.
func (p *Practice) UndoImport(ctx context.Context, batch record.BatchID) (int, error) {
	return p.v.UndoImport(ctx, batch)
}

// importRun reads the files of one request, one after the other.
type importRun struct {
	v        *vault.Vault
	files    []export
	opt      intake.Options
	choice   choice
	take     taker
	progress Progress
	report   ImportReport
	total    int64 // bytes of all files
	before   int64 // bytes of the files already read
}

func (p *Practice) newImport(ctx context.Context, req ImportRequest, files []export) (*importRun, error) {
	client, err := p.v.Client(ctx, req.Client)
	if err != nil {
		return nil, err
	}
	opt, err := p.readerOptions(ctx, req.Zone)
	if err != nil {
		return nil, err
	}
	opt.Drafts = req.Drafts
	choice, err := chooseThreads(client, req.Only, opt)
	if err != nil {
		return nil, err
	}
	run := &importRun{v: p.v, files: files, opt: opt, choice: choice}
	run.report = ImportReport{Client: req.Client, DryRun: req.DryRun, Declared: -1, Warnings: []intake.Warning{}, Files: []intake.Report{}}
	for _, f := range files {
		run.total += f.size
	}
	return run, nil
}

func (p *Practice) readerOptions(ctx context.Context, zone string) (intake.Options, error) {
	s, err := p.v.Practice(ctx)
	if err != nil {
		return intake.Options{}, err
	}
	if zone == "" {
		zone = s.Zone
	}
	location, err := record.ParseZone(zone)
	return intake.Options{Region: s.Region, Own: s.Own, Zone: location}, err
}

func (r *importRun) readAll(ctx context.Context) error {
	for _, file := range r.files {
		if err := r.readFile(ctx, file); err != nil {
			return err
		}
	}
	return nil
}

func (r *importRun) readFile(ctx context.Context, file export) error {
	f, err := file.open()
	if err != nil {
		return err
	}
	defer f.Close()
	if err := r.take.open(ctx, file.name); err != nil {
		return err
	}
	h := &handler{ctx: ctx, run: r}
	report, err := intake.Read(ctx, f, file.name, file.size, r.opt, h, func(done, _ int64) {
		if r.progress != nil {
			r.progress(r.before+done, r.total, r.report.Imported+h.filed)
		}
	})
	if err != nil {
		return err
	}
	r.before += file.size
	r.report.add(report)
	return r.take.close(ctx, record.Source{Name: file.name, Format: report.Format, Parser: report.Parser, Size: report.Size,
		SHA256: report.SHA256, Declared: report.Declared})
}

func (r *ImportReport) add(f intake.Report) {
	r.Files = append(r.Files, f)
	r.Warnings = append(r.Warnings, f.Warnings...)
	r.Found += f.Found
	r.Imported += f.Imported
	r.Duplicates += f.Duplicates
	r.Skipped += f.Skipped
	r.Refused += f.Refused
	r.Damaged += f.Damaged
	if f.Declared >= 0 {
		r.Declared = max(r.Declared, 0) + f.Declared
	}
}

func (r *ImportReport) batch() record.Batch {
	return record.Batch{Found: r.Found, Duplicates: r.Duplicates, Skipped: r.Skipped, Refused: r.Refused, Damaged: r.Damaged}
}

// handler brings what the reader finds to the taker.
type handler struct {
	ctx   context.Context
	run   *importRun
	filed int
}

func (h *handler) Want(head intake.Head) (bool, string) { return h.run.choice.want(head) }

func (h *handler) Part(name, kind string) (intake.PartWriter, error) {
	return h.run.take.part(h.ctx)
}

func (h *handler) Item(it intake.Item) error {
	m := message(it, h.run.choice)
	if err := h.run.v.CheckMessage(m.Entry); err != nil {
		return intake.Refuse(err.Error())
	}
	outcome, err := h.run.take.add(h.ctx, m)
	switch {
	case err != nil:
		return err
	case outcome == vault.Duplicate:
		return intake.ErrDuplicate
	case outcome == vault.MovedAway:
		return intake.Skip("moved to another client's record earlier")
	case outcome == vault.Withheld:
		return intake.Skip("withheld by an order or by law")
	}
	if outcome == vault.NewVersion {
		h.run.report.Warnings = append(h.run.report.Warnings, intake.Warning{Locator: it.Locator,
			Text: "it says something else than the copy that the record holds: filed beside it, as another version"})
	}
	h.filed++
	return nil
}

// message makes what is filed out of what was read.
func message(it intake.Item, c choice) vault.Message {
	e := record.Entry{
		Channel: it.Channel, Direction: c.direction(it.Head), At: it.At, Zone: it.Zone, ZoneBasis: it.Basis,
		Parties: it.Parties, Subject: it.Subject, Body: it.Body, Duration: it.Duration.Round(time.Second), Outcome: it.Outcome,
		Provenance: &record.Provenance{Locator: it.Locator, Raw: it.Raw, Original: it.Original, MessageID: it.MessageID,
			Warnings: it.Warnings, Damaged: it.Damaged},
	}
	for _, a := range it.Attachments {
		kept := record.Attachment{Name: a.Name, Type: a.Type, Size: a.Size, SHA256: a.SHA256}
		if part, sealed := a.Part.(*sealedPart); sealed {
			kept.Blob = part.blob.Name
		}
		e.Attachments = append(e.Attachments, kept)
	}
	return vault.Message{Entry: e, Dedupe: it.Key, Content: it.Content, Twin: it.Twin}
}

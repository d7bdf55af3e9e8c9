package app

import (
	"context"
	"slices"

	"casekeep/app/intake"
	"casekeep/vault"
	"casekeep/vault/record"
)

// Survey lists the conversations of a file, without keeping anything.
func (p *Practice) Survey(ctx context.Context, file string, progress func(done, total int64)) (intake.Preview, error) {
	opt, err := p.readerOptions(ctx, "")
	if err != nil {
		return intake.Preview{}, err
	}
	files, err := openExports([]string{file})
	if err != nil {
		return intake.Preview{}, err
	}
	f, err := files[0].open()
	if err != nil {
		return intake.Preview{}, err
	}
	defer f.Close()
	return intake.Survey(ctx, f, files[0].name, files[0].size, opt, progress)
}

// KnownAddresses gives which client each contact point belongs to. An address
// that several clients share names them all.
func (p *Practice) KnownAddresses(ctx context.Context) (map[string][]record.ClientSummary, error) {
	list, err := p.v.Clients(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string][]record.ClientSummary{}
	for _, c := range list {
		for _, point := range c.Contacts {
			known[point.Normal] = append(known[point.Normal], c)
		}
	}
	return known, nil
}

// PreviewShown is how many messages of a conversation a preview holds.
const PreviewShown = 1000

// PreviewedMessage is a message as an import would file it.
type PreviewedMessage struct {
	Entry record.Entry // ID 0; its attachments have no content
	Filed bool         // the record holds it already
}

// Preview shows what an import would do, and what it would file.
type Preview struct {
	Report ImportReport       // of a dry run
	Newest []PreviewedMessage // the newest PreviewShown, newest first
}

// Preview reads a file as Import would and keeps nothing.
func (p *Practice) Preview(ctx context.Context, req ImportRequest, progress Progress) (Preview, error) {
	req.DryRun = true
	files, err := openExports(req.Files)
	if err != nil {
		return Preview{}, err
	}
	run, err := p.newImport(ctx, req, files)
	if err != nil {
		return Preview{}, err
	}
	known, err := p.v.Known(ctx, req.Client)
	if err != nil {
		return Preview{}, err
	}
	window := &windowTaker{dryTaker: dryTaker{known}}
	run.take, run.progress = window, progress
	err = run.readAll(ctx)
	return Preview{Report: run.report, Newest: window.newestFirst()}, err
}

// windowTaker keeps the newest messages of a dry run.
type windowTaker struct {
	dryTaker
	held []PreviewedMessage
}

func (t *windowTaker) add(ctx context.Context, m vault.Message) (vault.Outcome, error) {
	outcome, err := t.dryTaker.add(ctx, m)
	t.held = append(t.held, PreviewedMessage{Entry: m.Entry, Filed: outcome == vault.Duplicate})
	if len(t.held) >= 2*PreviewShown {
		t.held = t.newestFirst()
	}
	return outcome, err
}

func (t *windowTaker) newestFirst() []PreviewedMessage {
	sortNewest(t.held)
	return t.held[:min(len(t.held), PreviewShown)]
}

func sortNewest(list []PreviewedMessage) {
	slices.SortStableFunc(list, func(a, b PreviewedMessage) int { return b.Entry.At.Compare(a.Entry.At) })
}

package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"casekeep/app/intake"
	"casekeep/vault"
	"casekeep/vault/record"
)

// RowState says what becomes of a row of a list of clients.
type RowState string

// The states of a row.
const (
	RowNew     RowState = "new"
	RowKnown   RowState = "known"   // the same client is on record
	RowSimilar RowState = "similar" // somebody on record shares the name, a number or an address
	RowRefused RowState = "refused"
)

// PeopleRow is a row of a list of clients, held against those on record.
type PeopleRow struct {
	intake.PeopleRow
	State RowState
	Of    record.ClientSummary // the client on record, where State is known or similar
	Share string               // what they share, "the name and the date of birth"
}

// PeoplePreview is a list of clients before anybody is added.
type PeoplePreview struct {
	File    string // its name
	Columns []intake.PeopleColumn
	Rows    []PeopleRow
	Charset string
	SHA256  record.Hash
	CutOff  string
	// Headless says that the list has no headings that are known: what its
	// columns hold is for the user to say.
	Headless bool
}

// Count gives how many rows have a state.
func (p PeoplePreview) Count(s RowState) int {
	n := 0
	for _, row := range p.Rows {
		if row.State == s {
			n++
		}
	}
	return n
}

// PreviewPeople reads a list of clients and holds each row against those on
// record. Nothing is kept. Columns says what the columns hold; nil guesses by
// their headings.
func (p *Practice) PreviewPeople(ctx context.Context, path string, columns []intake.PeopleField) (PeoplePreview, error) {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return PeoplePreview{}, err
	}
	files, err := openExports([]string{path})
	if err != nil {
		return PeoplePreview{}, err
	}
	f, err := files[0].open()
	if err != nil {
		return PeoplePreview{}, err
	}
	defer f.Close()
	list, err := intake.ReadPeople(ctx, f, intake.PeopleOptions{
		Today: record.DateOf(p.now().In(record.LoadZone(settings.Zone))), Region: settings.Region, Columns: columns,
	})
	if err != nil {
		return PeoplePreview{}, err
	}
	on, err := p.onRecord(ctx)
	if err != nil {
		return PeoplePreview{}, err
	}
	preview := PeoplePreview{
		File: filepath.Base(path), Columns: list.Columns, Charset: list.Charset, SHA256: list.SHA256,
		CutOff: list.CutOff, Headless: list.Headless,
	}
	for _, row := range list.Rows {
		preview.Rows = append(preview.Rows, on.compare(row))
	}
	return preview, nil
}

// onRecord are the clients that there are, by what tells them apart.
type onRecord struct {
	names  map[string][]record.Client
	points map[string]record.Client
}

func (p *Practice) onRecord(ctx context.Context) (onRecord, error) {
	all, err := p.allFacts(ctx)
	if err != nil {
		return onRecord{}, err
	}
	on := onRecord{names: map[string][]record.Client{}, points: map[string]record.Client{}}
	for _, f := range all {
		if f.Client.ID <= 0 {
			continue
		}
		name := vault.Plain(f.Client.Name)
		on.names[name] = append(on.names[name], f.Client)
		for _, point := range f.Client.Contacts {
			on.points[point.Normal] = f.Client
		}
	}
	return on, nil
}

// compare finds the client on record whom a row is about. The same name with
// another date of birth is another person, and two people may share a phone:
// the user decides.
func (on onRecord) compare(row intake.PeopleRow) PeopleRow {
	out := PeopleRow{PeopleRow: row, State: RowNew}
	if row.Problem != "" {
		out.State = RowRefused
		return out
	}
	similar := func(c record.Client, state RowState, share string) {
		out.State, out.Share = state, share
		out.Of = record.ClientSummary{ID: c.ID, Number: c.Number, Name: c.Name, Kind: c.Kind, Status: c.Status}
	}
	shared, shares := on.shared(row.Client)
	for _, c := range on.names[vault.Plain(row.Client.Name)] {
		switch {
		case !c.Born.IsZero() && c.Born == row.Client.Born:
			similar(c, RowKnown, "the name and the date of birth")
			return out
		case shares && shared.ID == c.ID:
			similar(c, RowKnown, "the name and a number or address")
			return out
		case c.Born.IsZero() || row.Client.Born.IsZero():
			similar(c, RowSimilar, "the name")
		}
	}
	if out.State == RowNew && shares {
		similar(shared, RowSimilar, "a number or address")
	}
	return out
}

func (on onRecord) shared(c record.Client) (record.Client, bool) {
	for _, point := range c.Contacts {
		if point.System == record.Address {
			continue
		}
		if other, ok := on.points[point.Normal]; ok {
			return other, true
		}
	}
	return record.Client{}, false
}

// ImportPeople adds the clients of the rows with these lines, all of them or
// none.
func (p *Practice) ImportPeople(ctx context.Context, preview PeoplePreview, lines []int) (record.ClientBatch, error) {
	var list []record.Client
	for _, row := range preview.Rows {
		if row.State != RowRefused && slices.Contains(lines, row.Line) {
			list = append(list, row.Client)
		}
	}
	if len(list) == 0 {
		return record.ClientBatch{}, errors.New("nobody is chosen to be added")
	}
	batch, _, err := p.v.AddClients(ctx, list, preview.File, preview.SHA256)
	return batch, err
}

// ClientBatches gives the lists of clients that were brought in, newest first.
func (p *Practice) ClientBatches(ctx context.Context) ([]record.ClientBatch, error) {
	return p.v.ClientBatches(ctx)
}

// UndoClients takes a list of clients back: those in whose records nothing was
// written or changed since. The others stay; kept counts them.
func (p *Practice) UndoClients(ctx context.Context, id record.ClientBatchID) (removed, kept int, err error) {
	return p.v.UndoClients(ctx, id)
}

// IsPeopleFile tells by its name whether a file is a list of clients.
func IsPeopleFile(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".tsv":
		return true
	}
	return false
}

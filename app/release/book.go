package release

import (
	"strings"
	"time"

	"casekeep/vault/record"
)

// book is a record on its way to paper.
type book struct {
	*paper
	rec  Record
	zone *time.Location

	number   int // of the entry that was placed last
	numbers  map[record.EntryID]int
	month    int // of the section that is open: year*12 + month
	day      string
	apart    bool // the parts after the timeline have begun
	sections []*section

	sources  []record.Source
	imported []importedEntry
	attached []attachedFile
	notShown []NotShown
}

func newBook(rec Record, p *paper) *book {
	b := &book{paper: p, rec: rec, zone: rec.Zone, numbers: map[record.EntryID]int{}}
	if b.zone == nil {
		b.zone = time.UTC
	}
	return b
}

// local gives a time in the practice's zone: what the practice did, such as
// writing an entry, is told in its own time.
func (b *book) local(t time.Time) time.Time { return t.In(b.zone) }

// title names the record, in the footer and to the reader's program.
func (b *book) title() string {
	title := "Client record · " + b.rec.Client.Name
	if b.rec.Client.Number != "" {
		title += " · no. " + b.rec.Client.Number
	}
	return title
}

func join(parts []string) string { return joinWith(parts, " · ") }

func joinWith(parts []string, separator string) string { return strings.Join(parts, separator) }

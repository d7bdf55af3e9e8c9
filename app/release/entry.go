package release

import (
	"fmt"
	"time"

	"casekeep/vault/record"
)

// hang is the width of the margin in which an entry's number stands.
const hang = 44.0

// Space around the parts of an entry, in points.
const (
	aboveEntry = 13.0
	aboveFirst = 7.0 // under a heading
	aboveBody  = 2.0
	aboveNote  = 3.0
)

// keepWhole is how tall an entry may be that is moved to the next page rather
// than broken over two.
const keepWhole = 0.45 * (textTop - textBottom)

// entry puts an entry on the page, with the headings that come before it.
func (b *book) entry(e record.Entry) {
	b.number++
	b.numbers[e.ID] = b.number
	b.now = e.ID
	at := e.At.In(e.TimeZone())
	b.flow.running = ""
	headings := b.headings(at)

	blocks := b.entryBlocks(e, at)
	if len(headings) > 0 {
		blocks[0].above = aboveFirst
	}
	total, head := 0.0, 0.0
	for i, block := range blocks {
		total += block.height()
		// An entry's first lines stay together with its header.
		if i < 3 {
			head += block.above + min(block.height()-block.above, 2*max(block.leading, bodyStyle.leading))
		}
	}
	least := head
	if total <= keepWhole {
		least = total
	}
	b.flow.need(least + b.headingsHeight(headings))
	b.drawHeadings(headings)
	b.flow.running = fmt.Sprintf("Entry %s, continued", thousands(int64(b.number)))
	for _, block := range blocks {
		b.flow.place(block)
	}
	b.flow.running = ""
	b.note(e)
}

// entryBlocks sets everything that an entry says.
func (b *book) entryBlocks(e record.Entry, at time.Time) []block {
	f := b.flow
	struck := e.Struck != nil
	title, subject := titles(e)
	blocks := f.mixed(hang, span{thousands(int64(b.number)), style{headStyle.weight, headStyle.size, headStyle.leading, accent}},
		span{when(e, at), headStyle}, span{b.enteredOn(e, at) + "   " + title, plainHead})
	blocks[0].above = aboveEntry
	add := func(text string, s style, above float64) {
		if text == "" {
			return
		}
		block := f.lines(text, s, hang)
		block.above = above
		blocks = append(blocks, block)
	}
	add(parties(e.Parties), detailStyle, 0)
	add(details(e), detailStyle, 0)
	if struck {
		add(fmt.Sprintf("Struck through as an error on %s%s. Reason: %s", moment(b.local(e.Struck.At)), by(e.Struck.Author), e.Struck.Reason), errorStyle, aboveNote)
	}
	add(b.corrections(e), noteStyle, aboveNote)
	if subject != "" {
		add(subject, subjectStyle, aboveBody)
		blocks[len(blocks)-1].struck = struck
	}
	for _, said := range b.said(e) {
		said.struck = struck
		blocks = append(blocks, said)
	}
	for i := range e.Attachments {
		blocks = append(blocks, b.attachment(e, i)...)
	}
	for _, a := range e.Amendments {
		blocks = append(blocks, b.amendment(a)...)
	}
	if e.Late() {
		add(late(e, b.local(e.Written)), noteStyle, aboveNote)
	}
	add(b.origin(e), captionStyle, aboveNote)
	return blocks
}

// when gives the moment of an entry, or the day alone where the hour is not
// known.
func when(e record.Entry, at time.Time) string {
	if e.DayOnly {
		return longDate(at)
	}
	return moment(at)
}

// enteredOn adds the day of writing to a day that stands without its hour.
func (b *book) enteredOn(e record.Entry, at time.Time) string {
	written := b.local(e.Written)
	if !e.DayOnly || e.Written.IsZero() || record.DateOf(written) == record.DateOf(at) {
		return ""
	}
	return ", entered " + longDate(written)
}

// details gives what else was stated about a contact.
func details(e record.Entry) string {
	var parts []string
	if e.Purpose != record.PurposeService {
		parts = append(parts, "Purpose: "+string(e.Purpose))
	}
	if e.Duration > 0 {
		parts = append(parts, "Duration "+lasted(e.Duration))
	}
	if e.Outcome != "" {
		parts = append(parts, "Outcome: "+e.Outcome)
	}
	switch e.Identity {
	case record.IdentityConfirmed:
		parts = append(parts, "Identity confirmed")
	case record.IdentityNot:
		parts = append(parts, "Identity not confirmed")
	}
	if e.Location != "" {
		parts = append(parts, "Client's location: "+e.Location)
	}
	if e.OwnLocation != "" {
		parts = append(parts, "Practitioner's location: "+e.OwnLocation)
	}
	return join(parts)
}

// corrections says how an entry stands to others about the same thing.
func (b *book) corrections(e record.Entry) string {
	var parts []string
	switch {
	case e.Superseded == 0:
	case e.IsContact():
		parts = append(parts, "Superseded by "+b.reference(e.Superseded)+", which corrects the time.")
	default:
		parts = append(parts, "Corrected by "+b.reference(e.Superseded)+".")
	}
	switch {
	case e.Supersedes == 0:
	case e.IsContact():
		parts = append(parts, "Corrects the time of "+b.reference(e.Supersedes)+".")
	default:
		parts = append(parts, "Corrects "+b.reference(e.Supersedes)+".")
	}
	if e.About != 0 {
		parts = append(parts, "Follows up "+b.reference(e.About)+".")
	}
	if e.VersionOf != 0 {
		parts = append(parts, "A later version of "+b.reference(e.VersionOf)+": the message had changed when it was imported again.")
	}
	return joinWith(parts, " ")
}

// reference names another entry: by its number where it stands before, and
// always by its ID, which no other production changes.
func (b *book) reference(id record.EntryID) string {
	if n, known := b.numbers[id]; known {
		return fmt.Sprintf("entry %s (ID %s)", thousands(int64(n)), id)
	}
	return fmt.Sprintf("the entry with ID %s", id)
}

// late says when an entry was really written.
func late(e record.Entry, written time.Time) string {
	gap := e.Written.Sub(e.At)
	days := count(int(gap/(24*time.Hour)), "day", "days")
	what := "the contact"
	if !e.IsContact() {
		days, what = count(daysBetween(e, written), "day", "days"), "the day that it states"
	}
	return fmt.Sprintf("Written late: on %s, %s after %s.", moment(written), days, what)
}

// daysBetween counts the days of the calendar from what an entry states to its
// writing.
func daysBetween(e record.Entry, written time.Time) int {
	from, to := record.DateOf(e.At.In(e.TimeZone())), record.DateOf(written)
	return int(to.In(time.UTC).Sub(from.In(time.UTC)) / (24 * time.Hour))
}

// origin says where an entry came from and how to name it.
func (b *book) origin(e record.Entry) string {
	var parts []string
	if p := e.Provenance; p != nil {
		parts = append(parts, fmt.Sprintf("Imported from %s, %s", p.Source.Name, p.Locator))
		switch {
		case p.Damaged:
			parts = append(parts, "damaged in the export, see provenance")
		case len(p.Warnings) > 0:
			parts = append(parts, "with warnings, see provenance")
		}
	} else if !e.Written.IsZero() {
		parts = append(parts, "Entered "+moment(b.local(e.Written))+by(e.Author))
	}
	if e.ZoneBasis == record.ZoneAssumed {
		parts = append(parts, "time zone assumed at import")
	}
	parts = append(parts, "ID "+e.ID.String())
	return join(parts)
}

// amendment sets what was added to an entry later.
func (b *book) amendment(a record.Amendment) []block {
	head := "Amended " + moment(b.local(a.At)) + by(a.Author) + "."
	if a.Reason != "" {
		head += " Reason: " + a.Reason
	}
	blocks := []block{
		b.flow.lines(head, style{headStyle.weight, 8.5, 12, accent}, hang+12),
		b.flow.lines(a.Text, bodyStyle, hang+12),
	}
	blocks[0].above = 6
	for i := range blocks {
		blocks[i].bar = true
	}
	return blocks
}

package release

import (
	"fmt"
	"strings"
	"time"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// Certificate is the certificate of the destruction of a client's record. It
// names the record by its number and initials alone. It certifies a deletion
// within an encrypted file, and claims no sanitization of media in the sense of
// NIST SP 800-88.
type Certificate struct {
	Practice    record.Practice
	Destruction record.Destruction
	Approved    string // who approved it; "": who performed it
	Disclosed   int    // copies of it that were handed out, by its accounting of disclosures
	Exports     int    // of the whole vault into a file, while the record was in it
	Backups     []CertificateBackup
	Copies      []record.StrayCopy // in the vault's folder, which may hold it
	CopiesGone  int                // of those: that were removed
	Duties      []string           // at disposal, by the rules that bound the record, a sentence each
	Made        time.Time          // in the practice's zone
}

// CertificateBackup is a backup that held the record when it was destroyed.
type CertificateBackup struct {
	Target    string      // the folder
	At        time.Time   // when it was made
	Expires   record.Date // by the plan; unknown: it is removed by hand
	Cleared   bool        // the record was removed from it, or all of it is gone
	ClearedOn record.Date // unknown: that it was is all that is known
}

var (
	certificateTitle = style{typeset.Bold, 24, 32, accent}
	partTitle        = style{typeset.Bold, 11, 16, accent}
	partText         = style{typeset.Regular, 9.5, 13.5, ink}
)

const keepCertificate = "Keep this certificate for six years or longer."

func (c Certificate) head() head {
	return head{title: "Certificate of destruction " + c.Destruction.Certificate, made: c.Made,
		footers: []string{"Certificate of destruction no. " + c.Destruction.Certificate, keepCertificate + " Printed " + longDate(c.Made)}}
}

func (c Certificate) set(p *paper) {
	f := p.flow
	f.letterhead(c.Practice)
	title := f.lines("Certificate of destruction", certificateTitle, 0)
	title.above = 18
	f.place(title)
	f.place(f.lines("No. "+c.Destruction.Certificate, coverWho, 0))
	f.y -= 4
	for _, r := range c.rows() {
		if r.text != "" {
			f.row(r)
		}
	}
	f.chapter("What was done", c.done())
	f.chapter("What was not done, and cannot be claimed", c.notDone()...)
	f.chapter("Backups", c.backups()...)
	f.chapter("Copies in the vault’s own folder", c.copies()...)
	f.chapter("Duties at disposal, by the rules that bound this record", c.Duties...)
	f.chapter("", keepCertificate)
	f.signatures("Approved by", "Performed by")
}

// rows say what was destroyed, and why it could be.
func (c Certificate) rows() []row {
	d := c.Destruction
	approved := c.Approved
	if approved == "" {
		approved = d.Author
	}
	dates := joinWith(filled(d.First.Long(), d.Last.Long()), " to ")
	if d.First == d.Last {
		dates = d.First.Long()
	}
	return []row{
		{"Record", join(filled("no. "+d.Number, "initials "+d.Initials, string(d.Kind)))},
		{"Dates it covered", dates},
		{"Closed", d.Closed.Long()},
		{"It held", count(d.Entries, "entry", "entries") + " and " + count(d.Attachments, "attachment", "attachments")},
		{"Had to be kept until", d.Until.Long()},
		{"By this rule", d.Rule},
		{"Checked before", "No legal hold, request for the record or incident was open, and nothing was filed in it within the year before."},
		{"Approved by", approved},
		{"Performed by", joinWith(filled(d.Author, moment(d.At.In(c.Made.Location()))), ", ")},
	}
}

// done says by what method.
func (c Certificate) done() string {
	const rows = "The record’s rows, its search index, its attachments and the vault’s journal records that told of it were removed. "
	if c.Destruction.Swept.IsZero() {
		return rows + "The database is not yet rewritten without them: do not sign this certificate, and print it again once the vault says that the destruction is complete."
	}
	return rows + "The database was rewritten without them and sealed anew, under the same vault key, and the attachments’ sealed files were removed. This was complete on " +
		moment(c.Destruction.Swept.In(c.Made.Location())) + ". What stays in the vault is a stub: number, initials, kind, dates, counts, the rule and the number of this certificate."
}

func (c Certificate) notDone() []string {
	copies := "No copy was handed out, by the record’s accounting of disclosures."
	if n := c.Disclosed; n > 0 {
		copies = fmt.Sprintf("Copies that were handed out (%s, by the record’s accounting) were not touched. They are to be found only with those who received them.",
			count(n, "disclosure", "disclosures"))
	}
	return []string{
		copies,
		"No disk or other medium was sanitized. A solid-state disk or a file system may hold remnants of what was removed. Only bytes that age had encrypted ever reached the disk; the key of the vault still exists.",
		"Messages on telephones, with carriers, in mailboxes and on other people’s devices, and papers outside the vault, are not covered.",
	}
}

// backups lists each that still holds the record, and how many were cleared.
func (c Certificate) backups() []string {
	holding, cleared := map[string][]string{}, map[string]int{}
	var targets, done []string
	for _, b := range c.Backups {
		if b.Cleared {
			key := b.Target
			if !b.ClearedOn.IsZero() {
				key += ", purged on " + b.ClearedOn.Long()
			} else {
				key += ", purged"
			}
			if cleared[key]++; cleared[key] == 1 {
				done = append(done, key)
			}
			continue
		}
		expires := "no expiry planned"
		if !b.Expires.IsZero() {
			expires = "expires " + b.Expires.Long()
		}
		if holding[b.Target] == nil {
			targets = append(targets, b.Target)
		}
		holding[b.Target] = append(holding[b.Target], moment(b.At.In(c.Made.Location()))+" ("+expires+")")
	}
	var said []string
	switch {
	case len(c.Backups) == 0:
		said = append(said, "The vault knows of no backup that held this record.")
	case len(targets) == 0:
		said = append(said, "No backup that the vault knows of holds this record any more.")
	default:
		said = append(said, "As of "+moment(c.Made)+", these backups still hold it:")
	}
	for _, t := range targets {
		said = append(said, t+": "+strings.Join(holding[t], "; "))
	}
	for _, d := range done {
		said = append(said, d+": "+count(cleared[d], "backup", "backups"))
	}
	if n := c.Exports; n > 0 {
		said = append(said, fmt.Sprintf("The whole vault was exported into a sealed file while the record was in it (%s). Those files hold it still, wherever they are.",
			count(n, "export", "exports")))
	}
	return append(said, "Copies of the vault that were made in other ways are not known to it.")
}

// copies names what other programs put into the vault's folder and is there still,
// and counts what was removed of it.
func (c Certificate) copies() (said []string) {
	if n := c.CopiesGone; n > 0 {
		said = append(said, "Removed with the record: "+count(n, "copy", "copies")+" of the vault’s files that another program, such as one that syncs files, had put there.")
	}
	if len(c.Copies) == 0 {
		return said
	}
	said = append(said, "As of "+moment(c.Made)+", these copies of the vault’s files lie there, put by another program, such as one that syncs files. They were not opened, and may still hold it:")
	for _, one := range c.Copies {
		said = append(said, one.Name+": "+moment(one.Modified.In(c.Made.Location()))+", "+count(int(one.Bytes), "byte", "bytes"))
	}
	return said
}

// chapter places paragraphs under a heading; none, no heading.
func (f *flow) chapter(title string, paragraphs ...string) {
	for i, text := range paragraphs {
		body := f.lines(text, partText, 0)
		body.above = 4
		if i == 0 && title != "" {
			heading := f.lines(title, partTitle, 0)
			heading.above = 12
			f.need(heading.height() + min(body.height(), 4*partText.leading))
			f.place(heading)
			body.above = 0
		}
		f.place(body)
	}
}

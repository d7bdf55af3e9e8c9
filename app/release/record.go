// Package release puts a client's record on paper: a PDF that a court or the
// client can read, with what stands behind every entry. It also sets the other
// papers of a practice, each a Document: what clients sign, what is needed in an
// emergency, and what the practitioner prints for oneself.
//
// It knows the types of a record and nothing of where they are kept. Entries
// come one by one and pages go out as they fill, so memory does not grow with
// the record; nothing is ever written but the PDF's own bytes, and those only
// to the writer that is given.
package release

import (
	"io"
	"iter"
	"time"

	"casekeep/vault/record"
)

// Record is what a produced record holds and what its cover says.
type Record struct {
	Practice record.Practice
	Licenses []record.License // of the practitioner, in effect when the record is produced
	Client   record.Client

	From, Until record.Date    // the period, both days included; zero: open
	To, Purpose string         // who receives the record and why
	ProducedAt  time.Time      // also the PDF's own date
	Zone        *time.Location // of the practice; nil: UTC

	// Entries yields the entries oldest first, with their attachments,
	// amendments, strike and provenance. An error ends the work.
	Entries iter.Seq2[record.Entry, error]
	LeftOut []string // what was left out, a line each

	AuditHead   record.Hash // the hash of the audit chain's last event
	AuditEvents int64

	// Open gives the content of an attachment. It is asked for pictures only.
	Open func(record.Attachment) (io.ReadCloser, error)
}

// Options says how a record is put on paper.
type Options struct {
	// Password protects the PDF with AES-256 (ISO 32000-2, revision 6). Empty:
	// it is not protected.
	Password string
	// Progress, if set, is told now and then how many entries are done.
	Progress func(done, total int)
	// Total is the number of entries for Progress, 0 where it is not known.
	Total int
	// Fonts names the folders with fonts for what the built-in Noto Sans lacks:
	// other scripts, emoji. Nil means this computer's fonts; an empty list, none.
	Fonts []string
}

// Result says what was produced.
type Result struct {
	Pages, Entries, Attachments int
	Missing                     []MissingGlyph // in the order of their codes
	NotShown                    []NotShown     // in the order of the entries
}

// MissingGlyph is a character that no font has, or a control character. It
// stands in the record as a box with its code, and is listed there.
type MissingGlyph struct {
	Char    rune
	Script  string // the script's name in Unicode, or "Control"
	Times   int
	Entries []record.EntryID // the first ones that hold it, at most 20
}

// NotShown is an attached picture that is listed but could not be shown.
type NotShown struct {
	Entry record.EntryID
	Name  string
	Why   string
}

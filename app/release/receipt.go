package release

import (
	"time"

	"casekeep/vault/record"
)

// Receipt says that a client's record was handed from one keeper to another,
// for both to sign.
type Receipt struct {
	Practice    record.Practice
	Number      string // the record's
	Client      string // the client's name
	Kind        record.Kind
	First, Last record.Date // of what went
	Entries     int
	Attachments int
	As          string      // how it went: "a sealed package, Ada Quill.zip.age"; "into another Casekeep vault"
	Digest      record.Hash // SHA-256 of the package; zero: there is none
	From, To    string      // name and address, a line each
	Basis       string      // why it may go: an authorization, the closing of the practice
	Sent        time.Time   // in the practice's zone
	Made        time.Time   // in the practice's zone
}

func (r Receipt) head() head {
	return head{title: "Receipt for a record", made: r.Made,
		footers: []string{"Receipt for record no. " + r.Number + " · printed " + longDate(r.Made), "Both keep a copy, for six years or longer."}}
}

func (r Receipt) set(p *paper) {
	f := p.flow
	f.letterhead(r.Practice)
	title := f.lines("Receipt for a record", certificateTitle, 0)
	title.above = 18
	f.place(title)
	f.y -= 4
	dates := joinWith(filled(r.First.Long(), r.Last.Long()), " to ")
	if r.First == r.Last {
		dates = r.First.Long()
	}
	digest := ""
	if r.Digest != (record.Hash{}) {
		digest = r.Digest.String()
	}
	for _, row := range []row{
		{"Record", join(filled("no. "+r.Number, string(r.Kind)))},
		{"Client", leftToRight + r.Client},
		{"Dates it covers", dates},
		{"What went", count(r.Entries, "entry", "entries") + " and " + count(r.Attachments, "attachment", "attachments")},
		{"In what form", r.As},
		{"SHA-256", digest},
		{"From", r.From},
		{"To", r.To},
		{"On", moment(r.Sent)},
		{"On what basis", r.Basis},
	} {
		if row.text != "" {
			f.row(row)
		}
	}
	f.chapter("Handed over", "The record named above was handed over complete, as far as the numbers above say. A package is the same if its SHA-256 is the same. "+
		"This paper carries no key and no passphrase: they go another way.")
	f.chapter("Received", "From this day the receiver keeps the record, for as long as the law asks, and answers for who sees it. "+
		"The sender keeps what its own duties ask for.")
	f.signatures("For the sender", "For the receiver")
}

package release

import (
	"strings"
	"time"

	"casekeep/app/policy"
	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// Closing is what clients are told when a practice closes.
type Closing struct {
	Day    record.Date // the last one on which the practice works
	Keeper string      // who keeps the records from then on: name, address, telephone, a line each
	AskBy  record.Date // until when the practitioner sends copies
}

// Letters are letters to clients, one on a page of its own.
type Letters struct {
	Practice record.Practice
	Letters  []Letter
	Made     time.Time // in the practice's zone; also the letters' date
}

// Letter is a letter to one client.
type Letter struct {
	To      string // the addressee's name
	Address string // postal, its lines as on an envelope; "": by hand or by another safe way
	Text    string // as policy.Parse reads it
}

// FillLetter fills the places in brackets of a letter's text, such as that of
// assets.ClosingLetter, for one client. What is not known stays in brackets, so
// that policy.Gaps finds it. until says how long the client's record is kept.
func FillLetter(text string, p record.Practice, c Closing, client record.Client, until string) string {
	name := client.LegalName
	if name == "" {
		name = client.Name
	}
	keeper, _, _ := strings.Cut(c.Keeper, "\n")
	var pairs []string
	for _, place := range []struct{ name, says string }{
		{"client", name}, {"day", c.Day.Long()}, {"keeper", c.Keeper}, {"keeper's name", keeper}, {"keep until", until},
		{"ask by", c.AskBy.Long()}, {"contact", p.Contact}, {"practice", p.Name}, {"signature", p.Owner},
	} {
		if says := strings.TrimSpace(place.says); says != "" {
			pairs = append(pairs, "["+place.name+"]", says)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// LetterTo gives a client's letter with the postal address on record, if one is.
func LetterTo(client record.Client, text string) Letter {
	l := Letter{To: client.LegalName, Text: text}
	if l.To == "" {
		l.To = client.Name
	}
	for _, point := range client.Contacts {
		if point.System == record.Address {
			l.Address = point.Value
			break
		}
	}
	return l
}

var (
	letterText = style{typeset.Regular, 10.5, 15.5, ink}
	letterHead = style{typeset.Bold, 12, 17, ink}
)

func (d Letters) head() head {
	return head{title: "Letters to clients", made: d.Made, footers: []string{joinWith(filled(d.Practice.Name, d.Practice.Owner), ", ")}}
}

func (d Letters) set(p *paper) {
	for _, l := range d.Letters {
		p.begins = append(p.begins, p.flow.page())
		d.letter(p.flow, l)
		p.flow.end()
	}
	if len(d.Letters) == 0 {
		p.flow.place(p.flow.lines("There is nobody to write to.", coverText, 0))
	}
}

// onEnvelope gives an address that was typed in one line its street on a line of
// its own.
func onEnvelope(address string) string {
	if street, town, cut := strings.Cut(address, ", "); cut && !strings.Contains(address, "\n") {
		return street + "\n" + town
	}
	return address
}

func (d Letters) letter(f *flow, l Letter) {
	f.letterhead(d.Practice)
	f.y = min(f.y-16, pageHeight-160) // where the window of an envelope shows it
	f.place(f.lines(joinWith(filled(leftToRight+l.To, onEnvelope(l.Address)), "\n"), letterText, 0))
	f.y = min(f.y-16, pageHeight-250)
	f.place(f.lines(longDate(d.Made), letterText, 0))
	for _, b := range policy.Parse(l.Text) {
		look, indent := letterText, 0.0
		switch b.Kind {
		case policy.Heading:
			look = letterHead
		case policy.Item:
			indent = 16
		}
		block := f.lines(b.Text, look, indent)
		block.above = 9
		f.place(block)
	}
}

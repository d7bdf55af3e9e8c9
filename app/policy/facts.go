package policy

import (
	"strings"
	"unicode"

	"casekeep/vault/record"
)

// Facts are what the texts are filled from: the practice's profile and the
// program's real settings. Any of them may be missing; the text then says so or
// shows a gap.
type Facts struct {
	Practice       string   // the practice's name
	Practitioner   string   // name with credentials
	Qualifications string   // degrees and training
	Services       string   // what is offered, "counseling for adults and couples"
	Fees           string   // what services and missed appointments cost
	Licenses       []string // each with state, number and expiry
	Contact        string   // address, telephone and email
	Board          Board
	Jurisdiction   string // ISO 3166-2 code of the state of practice, "US-MS"

	Hours        string           // "Monday to Friday, 9 AM to 5 PM"
	Channels     []record.Channel // the ways in which clients may be in touch
	Secure       record.Channel   // the most secure of them
	AnswerWithin int              // hours until a message is answered; 0: not stated
	Successor    string           // who takes over, and tells clients, if the practitioner cannot work
	Emergency    string           // instructions beside 911 and 988, "the county crisis line, 601 555 0199"

	HIPAA              bool // the practice is a covered entity
	SocialMedia        bool // it uses social media for its work
	ElectronicPayments bool // it takes electronic payments or sends electronic claims

	Backups   string // where backups go, "an encrypted drive in another building"
	Retention string // how long records are kept; empty: kept, no period confirmed
	LockAfter int    // minutes without input until the program locks; 0: never

	// The three ages are settings of their own, in years; 0: not stated.
	AgeOfMajority     int
	AgeOfConsent      int // may agree to services without a parent
	AgeOfParentAccess int // a parent's right to see the record ends
}

// Board is the governmental body that regulates the practitioner (TSP 2.09).
type Board struct {
	Name, Address, Phone, Email, Site string
}

// tidy gives the facts as they can stand within a sentence: without line breaks,
// control characters or space around them.
func (f Facts) tidy() Facts {
	for _, s := range []*string{
		&f.Practice, &f.Practitioner, &f.Qualifications, &f.Services, &f.Fees, &f.Contact,
		&f.Board.Name, &f.Board.Address, &f.Board.Phone, &f.Board.Email, &f.Board.Site,
		&f.Jurisdiction, &f.Hours, &f.Successor, &f.Emergency, &f.Backups, &f.Retention,
	} {
		*s = oneLine(*s)
	}
	var licenses []string
	for _, license := range f.Licenses {
		if license = oneLine(license); license != "" {
			licenses = append(licenses, license)
		}
	}
	f.Licenses = licenses
	f.Jurisdiction = strings.ToUpper(f.Jurisdiction)
	return f
}

// oneLine joins lines by a comma, as an address is written in a sentence.
func oneLine(s string) string {
	var lines []string
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, strings.ToValidUTF8(line, "\uFFFD"))
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	var joined strings.Builder
	for i, line := range lines {
		switch {
		case i == 0:
		case strings.ContainsAny(lines[i-1][len(lines[i-1])-1:], ",;:.!?"):
			joined.WriteByte(' ')
		default:
			joined.WriteString(", ")
		}
		joined.WriteString(line)
	}
	return joined.String()
}

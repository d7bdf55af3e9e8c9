package record

import "time"

// Sequestered and Destroyed are no clients: what stands at the one is out of
// sight by an order, the other stands for the records that were destroyed in
// the moves of entries that are still kept.
const (
	Sequestered ClientID = -2
	Destroyed   ClientID = -3
)

// Paperwork is the place in whose name the rule for consents, requests and
// disclosures stands (45 CFR 164.530(j), 164.316(b)(2)(i)).
const Paperwork = "paperwork"

// RetentionRule is how long a place asks that a record is kept. Rules append:
// the last one of a place counts.
type RetentionRule struct {
	ID           int64        `json:"id,omitzero"`
	Jurisdiction string       `json:"jurisdiction"` // ISO 3166-2, or Paperwork
	Clauses      []KeepClause `json:"clauses"`      // the latest date wins; none, and not Forever: a blank rule
	Forever      bool         `json:"forever,omitempty"`
	Minors       Minors       `json:"minors"`
	EndedSince   Date         `json:"ended_since,omitzero"` // it applies where services ended on that day or later
	Confirmed    Date         `json:"confirmed,omitzero"`   // when the practitioner confirmed it; unknown: not yet
	Told         RuleTold     `json:"told"`
	At           time.Time    `json:"at,omitzero"`
}

// Blank reports whether the rule says nothing yet.
func (r RetentionRule) Blank() bool { return len(r.Clauses) == 0 && !r.Forever }

// RuleTold is what a rule says of itself.
type RuleTold struct {
	Citation   string   `json:"citation,omitempty"`   // "22 TAC 781.309(4)"
	Source     string   `json:"source,omitempty"`     // where it was read
	Confidence string   `json:"confidence,omitempty"` // high, medium, low
	Duties     []string `json:"duties,omitempty"`     // at disposal
	Note       string   `json:"note,omitempty"`
	Own        bool     `json:"own,omitempty"` // the practitioner wrote it
}

// KeepClause is one period of a rule.
type KeepClause struct {
	From  []string `json:"from,omitempty"`  // termination, contact, entry, death: the latest that is known
	Under int      `json:"under,omitempty"` // only where a person was younger when services began, in years
	Age   int      `json:"age,omitempty"`   // counted from this birthday of each person, in place of From
	Years int      `json:"years"`
}

// Minors says what a rule knows of persons who were served as minors.
type Minors string

// What a rule can know of minors.
const (
	MinorsCovered Minors = "covered" // a clause of it says
	MinorsSame    Minors = "same"    // it makes no difference
	MinorsUnknown Minors = "unknown" // kept until a rule is confirmed
)

// KeepStatus says where a record stands with its retention.
type KeepStatus string

// Where a record can stand.
const (
	KeepKept    KeepStatus = "keep"    // active, or its date is to come
	KeepDue     KeepStatus = "due"     // may be destroyed
	KeepHeld    KeepStatus = "held"    // under a legal hold
	KeepBlocked KeepStatus = "blocked" // its date passed, and something open forbids
	KeepUnknown KeepStatus = "unknown" // kept: no date can be given
)

// Keep is until when a record is kept, and by what arithmetic.
type Keep struct {
	Client ClientID   `json:"id"`
	Number string     `json:"number"`
	Name   string     `json:"name"` // the number, where the record is out of sight
	Kind   Kind       `json:"kind"`
	Closed Date       `json:"closed,omitzero"`
	Status KeepStatus `json:"status"`
	Until  Date       `json:"keep_until,omitzero"` // of a record that is closed; unknown where no rule gives one
	Last   Date       `json:"last_contact,omitzero"`
	Died   Date       `json:"died,omitzero"`

	Steps    []KeepStep    `json:"steps"`    // each date that a rule gives, the latest first
	Reasons  []KeepReason  `json:"reasons"`  // why it is kept without a date
	Blockers []KeepBlocker `json:"blockers"` // what forbids destroying it, though its date may have passed
}

// KeepStep is one date until which a record is kept: so many years after an
// event, or after the birthday on which a person reached an age.
type KeepStep struct {
	Jurisdiction string `json:"jurisdiction,omitempty"`
	Rule         int64  `json:"rule,omitzero"`
	Event        string `json:"event"`         // closing, contact, entry, death, birth, paper, extension
	Who          string `json:"who,omitempty"` // the member that was born; "": the client
	Day          Date   `json:"day"`
	Age          int    `json:"age,omitempty"`
	Years        int    `json:"years"`
	Until        Date   `json:"until"`
}

// KeepReason is why a record is kept without a date: active, no-place, no-rule,
// unconfirmed, forever, outside (the rule begins later), born (a birth date is
// not known), members (nobody is named), minor (no rule for minors is known),
// dates (they contradict each other).
type KeepReason struct {
	Why          string `json:"why"`
	Jurisdiction string `json:"jurisdiction,omitempty"`
	Who          string `json:"who,omitempty"`
}

// KeepBlocker forbids destroying a record: hold, request, incident, recent.
type KeepBlocker struct {
	Why string `json:"why"`
	Of  int64  `json:"of,omitzero,string"` // the hold or the entry
}

// Hold is a legal hold on a record, or on all of them where Client is Book.
type Hold struct {
	ID     int64     `json:"id,string"`
	Client ClientID  `json:"client"`
	Matter string    `json:"matter"`
	On     Date      `json:"on"`               // when it was received or expected
	Source string    `json:"source,omitempty"` // one of HoldSources
	Since  Date      `json:"since,omitzero"`   // the period of the record that it is about
	Until  Date      `json:"until,omitzero"`
	Note   string    `json:"note,omitempty"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`

	Lifted       time.Time `json:"lifted,omitzero"` // zero: it stands
	LiftedOn     Date      `json:"lifted_on,omitzero"`
	LiftedBy     string    `json:"lifted_by,omitempty"`
	LiftedReason string    `json:"lifted_reason,omitempty"`
}

// HoldSources are where a hold can come from, in the order in which they are
// offered.
func HoldSources() []string {
	return []string{"subpoena", "court order", "complaint", "litigation expected", "board inquiry", "access or amendment request", "minor's case", "other"}
}

// Destruction is what stays of a record that was destroyed.
type Destruction struct {
	ID          int64     `json:"id,string"`
	Client      ClientID  `json:"client"`
	Number      string    `json:"number"`
	Initials    string    `json:"initials"`
	Kind        Kind      `json:"kind"`
	First       Date      `json:"first,omitzero"` // of what it held
	Last        Date      `json:"last,omitzero"`
	Closed      Date      `json:"closed,omitzero"`
	Opened      time.Time `json:"opened"` // when it came into this vault
	Until       Date      `json:"keep_until"`
	Rule        string    `json:"rule"` // the arithmetic in words
	Entries     int       `json:"entries"`
	Attachments int       `json:"attachments"`
	Disclosed   int       `json:"disclosed,omitempty"` // how often it was handed out
	Duties      []string  `json:"duties,omitempty"`    // at disposal, by the rules that bound it
	Certificate string    `json:"certificate"`         // its number
	Author      string    `json:"author"`
	At          time.Time `json:"at"`
	Swept       time.Time `json:"swept,omitzero"` // when pages and files were free of it
}

// Sequestration is an entry that was put out of sight, or with Entry 0 a whole
// record.
type Sequestration struct {
	ID       int64     `json:"id,string"`
	Client   ClientID  `json:"client"` // in whose record it stood
	Number   string    `json:"number"` // of that record
	Entry    EntryID   `json:"entry"`
	Day      Date      `json:"day"`
	Ground   string    `json:"ground"` // court, privileged, unlawful
	Reason   string    `json:"reason"`
	Order    EntryID   `json:"order"`            // the entry of the practice's book that has the order
	Holder   string    `json:"holder,omitempty"` // to whom it was sealed: this vault cannot read it
	Author   string    `json:"author"`
	At       time.Time `json:"at"`
	Returned time.Time `json:"returned,omitzero"`
	Why      string    `json:"returned_reason,omitempty"`
}

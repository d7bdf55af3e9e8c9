package record

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// ClientID names a client within one vault. In JSON it is a string, as every
// ID is.
type ClientID int64

func (id ClientID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText writes the ID in decimal.
func (id ClientID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *ClientID) UnmarshalText(b []byte) error {
	n, err := strconv.ParseInt(string(b), 10, 64)
	*id = ClientID(n)
	return err
}

// Kind says what a client is (MS Rule 3.4.A: a client may be an individual,
// couple, family, group, organization or community).
type Kind string

// The six kinds of client.
const (
	Individual   Kind = "individual"
	Couple       Kind = "couple"
	Family       Kind = "family"
	Group        Kind = "group"
	Organization Kind = "organization"
	Community    Kind = "community"
)

// Kinds lists every kind, in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{Individual, Couple, Family, Group, Organization, Community}
}

// Valid reports whether k is one of the six kinds.
func (k Kind) Valid() bool {
	for _, known := range Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

// Status says where a client stands with the practice.
type Status string

// The three states of a client.
const (
	Screening Status = "screening"
	Active    Status = "active"
	Closed    Status = "closed"
)

// Client is one record: a person, or a couple, family, group, organization or
// community with its members. No field about billing exists or is needed
// (MS Rule 3.4.A).
type Client struct {
	ID           ClientID `json:"id"`
	Number       string   `json:"number"` // the record's number on paper, "2026-017"
	Kind         Kind     `json:"kind"`
	Name         string   `json:"name"`                 // the name that is used
	LegalName    string   `json:"legal_name,omitempty"` // empty: the same
	Pronouns     string   `json:"pronouns,omitempty"`
	Born         Date     `json:"born,omitzero"`
	Language     string   `json:"language,omitempty"`
	Needs        string   `json:"needs,omitempty"` // communication needs, culture, interpreter
	Jurisdiction string   `json:"jurisdiction,omitempty"`

	// SafeContact says how this client can be reached without harm: may we
	// text, leave voicemail, say the name, who else sees this phone.
	// Empty: not asked yet.
	SafeContact string `json:"safe_contact,omitempty"`
	// Risk is the line that stands above everything. Empty: none noted.
	Risk string `json:"risk,omitempty"`

	Status   Status         `json:"status"`
	Since    Date           `json:"since,omitzero"`  // first day of service; unknown: not stated
	ClosedOn Date           `json:"closed,omitzero"` // the day it was closed
	Reason   string         `json:"closed_reason,omitempty"`
	Contacts []ContactPoint `json:"contact_points"`
	Members  []Member       `json:"members,omitempty"`
	Created  time.Time      `json:"created"`
}

// Member is one person of a couple, family, group, organization or community.
type Member struct {
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"` // "partner", "mother", "chair"
	Born  Date   `json:"born,omitzero"`
	Notes string `json:"notes,omitempty"`
}

// System says what kind of address a contact point is (FHIR
// ContactPoint.system).
type System string

// The systems of contact points.
const (
	Phone   System = "phone"
	Email   System = "email"
	Handle  System = "handle"  // a name on a chat or social service
	Address System = "address" // a postal address
)

// ContactPoint is one way to reach a client.
type ContactPoint struct {
	System System `json:"system"`
	Value  string `json:"value"`         // as it was typed
	Normal string `json:"normal"`        // E.164 for phones, lower case for email
	Use    string `json:"use,omitempty"` // "mobile", "work", "mother's phone"
	Safe   string `json:"safe,omitempty"`
}

// ClientBatchID names a list of clients that was brought in.
type ClientBatchID int64

// ClientBatch is a list of clients that was brought in at once.
type ClientBatch struct {
	ID      ClientBatchID
	At      time.Time
	Source  string // the file's name
	Rows    int    // clients that were added
	Present int    // of them still on record
	Undone  time.Time
}

// ClientSummary is a client as a list shows it.
type ClientSummary struct {
	ID          ClientID       `json:"id"`
	Number      string         `json:"number"`
	Name        string         `json:"name"`
	Kind        Kind           `json:"kind"`
	Status      Status         `json:"status"`
	Members     int            `json:"members,omitempty"`
	Contacts    []ContactPoint `json:"contact_points"`
	Entries     int            `json:"contacts"` // contacts on record
	LastChannel Channel        `json:"last_channel,omitempty"`
	LastContact time.Time      `json:"-"` // zero: none yet
	LastPreview string         `json:"-"` // the beginning of what was said last, one line
}

// MarshalJSON adds last_contact, which is null where there was none yet.
func (s ClientSummary) MarshalJSON() ([]byte, error) {
	type plain ClientSummary
	out := struct {
		plain
		LastContact *time.Time `json:"last_contact"`
	}{plain: plain(s)}
	if !s.LastContact.IsZero() {
		out.LastContact = &s.LastContact
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // "Bo & Kit" stays legible
	err := encoder.Encode(out)
	return text.Bytes(), err
}

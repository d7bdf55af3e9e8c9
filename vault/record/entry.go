package record

import (
	"encoding/json"
	"strconv"
	"time"
)

// EntryID names an entry of a timeline: the first stated time in Unix
// milliseconds, shifted left by 16, plus a counter. It never changes, and its
// order is the order of the timeline. It passes 2^53, so in JSON it is a
// string.
type EntryID int64

func (id EntryID) String() string { return strconv.FormatInt(int64(id), 10) }

// Time gives the first stated time that the ID carries, to the millisecond.
func (id EntryID) Time() time.Time { return time.UnixMilli(int64(id) >> 16).UTC() }

// MarshalText writes the ID in decimal.
func (id EntryID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *EntryID) UnmarshalText(b []byte) error {
	n, err := strconv.ParseInt(string(b), 10, 64)
	*id = EntryID(n)
	return err
}

// Channel is the way over which a contact took place. The list matches the
// definition of electronic services in MS Rule 3.4.A, and in-person adds the
// rest (TSP 5.02: every contact is documented).
type Channel string

// The channels of a contact.
const (
	Text      Channel = "text"
	Mail      Channel = "email"
	Call      Channel = "call"
	Voicemail Channel = "voicemail"
	Video     Channel = "video"
	Chat      Channel = "chat"
	Social    Channel = "social"
	Portal    Channel = "portal"
	Letter    Channel = "letter"
	InPerson  Channel = "in-person"
)

// Channels lists every channel, in the order in which they are offered.
func Channels() []Channel {
	return []Channel{Text, Mail, Call, Voicemail, Video, Chat, Social, Portal, Letter, InPerson}
}

// Valid reports whether c is one of the known channels.
func (c Channel) Valid() bool {
	for _, known := range Channels() {
		if c == known {
			return true
		}
	}
	return false
}

// Direction says who spoke to whom.
type Direction string

// The directions of a communication.
const (
	In    Direction = "in"    // from the client
	Out   Direction = "out"   // to the client
	Third Direction = "third" // from or to a third person, about the client
)

// Valid reports whether d is one of the known directions.
func (d Direction) Valid() bool { return d == In || d == Out || d == Third }

// ZoneBasis says where an entry's time zone came from.
type ZoneBasis string

// The sources of a time zone.
const (
	ZoneStated   ZoneBasis = "stated"   // given with the time itself
	ZoneFile     ZoneBasis = "file"     // stands in the imported file
	ZoneAssumed  ZoneBasis = "assumed"  // chosen by the practitioner at import
	ZoneComputer ZoneBasis = "computer" // the computer's zone when it was written
)

// Identity says whether the client's identity was confirmed on a remote
// contact (TSP 2.04). It starts unanswered.
type Identity string

// The answers to the question of identity.
const (
	IdentityUnanswered Identity = ""
	IdentityConfirmed  Identity = "confirmed"
	IdentityNot        Identity = "not-confirmed"
)

// Party is somebody who took part in a communication.
type Party struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"` // normalized where it could be
	Role    string `json:"role,omitempty"`    // from, to, cc, bcc; a third person's relation
}

// Entry is one line of a client's timeline: a Communication over a channel, an
// Encounter where the channel is in-person, or a structured entry with a Form.
// It is append-only: what is wrong is amended, corrected by a later entry, or
// struck through, never changed.
type Entry struct {
	ID        EntryID       `json:"id"`
	Client    ClientID      `json:"client"`
	Channel   Channel       `json:"channel"`
	Direction Direction     `json:"direction"`
	At        time.Time     `json:"at"`   // when it happened, UTC, to the millisecond
	Zone      string        `json:"zone"` // IANA name or fixed offset "-06:00"
	ZoneBasis ZoneBasis     `json:"zone_basis"`
	Written   time.Time     `json:"written"` // when it was entered, UTC
	Author    string        `json:"author,omitempty"`
	Parties   []Party       `json:"parties,omitempty"`
	Subject   string        `json:"subject,omitempty"`
	Body      string        `json:"body"`
	Duration  time.Duration `json:"duration,omitzero"` // of a call, video or session; 0: not stated
	Outcome   string        `json:"outcome,omitempty"` // "missed", "left voicemail", "interrupted"
	Identity  Identity      `json:"identity,omitempty"`
	Location  string        `json:"location,omitempty"` // where the client was, if asked

	OwnLocation string  `json:"own_location,omitempty"` // where the practitioner was, if said
	Purpose     Purpose `json:"purpose,omitempty"`      // of a contact

	Form    Form            `json:"form,omitempty"`     // of a structured entry; "" is a contact
	Data    json.RawMessage `json:"data,omitempty"`     // what a structured entry states
	About   EntryID         `json:"about,omitzero"`     // the entry that this one follows up
	DayOnly bool            `json:"day_only,omitempty"` // At is noon of a day whose hour is not known

	Attachments []Attachment `json:"attachments,omitempty"`
	Amendments  []Amendment  `json:"amendments,omitempty"`
	Struck      *Strike      `json:"struck,omitempty"`
	Supersedes  EntryID      `json:"supersedes,omitzero"`    // the entry that this one corrects: its time, or a structured entry whole
	Superseded  EntryID      `json:"superseded_by,omitzero"` // the entry that corrects this one
	VersionOf   EntryID      `json:"version_of,omitzero"`    // an imported message that changed since it was first filed

	Provenance *Provenance `json:"provenance,omitempty"` // nil: typed in by hand
	Batch      BatchID     `json:"batch,omitzero"`       // 0: typed in by hand
	Released   bool        `json:"released,omitempty"`   // it has been in a produced record
}

// LateAfter is how long after a contact an entry counts as written late.
const LateAfter = 24 * time.Hour

// Late reports whether an entry typed in by hand was written more than
// LateAfter after it happened. An imported message was written when it was
// sent; the hour of what states its day alone is not known.
func (e Entry) Late() bool {
	after := LateAfter
	if e.DayOnly {
		after += 12 * time.Hour // from noon to the end of that day
	}
	return e.Provenance == nil && e.Written.Sub(e.At) > after
}

// IsContact reports whether the entry is a contact and no structured entry.
func (e Entry) IsContact() bool { return e.Form == "" }

// TimeZone gives the zone in which the entry's time was said. A zone that
// this computer does not know gives UTC.
func (e Entry) TimeZone() *time.Location { return LoadZone(e.Zone) }

// Attachment is a file that came with an entry. Its content lies sealed
// beside the database.
type Attachment struct {
	ID     int64  `json:"id,string"`
	Name   string `json:"name"`
	Type   string `json:"type"` // MIME type as the source stated it
	Size   int64  `json:"size"` // bytes
	SHA256 Hash   `json:"sha256"`
	Blob   string `json:"-"` // the sealed file's name
}

// Amendment is text added to an entry later. What stood before stays (TSP
// 5.02; 45 CFR 164.526).
type Amendment struct {
	At     time.Time `json:"at"`
	Author string    `json:"author,omitempty"`
	Text   string    `json:"text"`
	Reason string    `json:"reason,omitempty"`
}

// Strike marks an entry as an error. Its text stays readable.
type Strike struct {
	At     time.Time `json:"at"`
	Author string    `json:"author,omitempty"`
	Reason string    `json:"reason"`
}

package compose

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"casekeep/ui/clients/phrase"
	"casekeep/vault/record"
)

// state is what was chosen and typed. As a draft it is kept in JSON.
type state struct {
	Channel   record.Channel
	Direction record.Direction
	Text      string          `json:",omitempty"`
	Subject   string          `json:",omitempty"`
	Who       string          `json:",omitempty"` // a third person
	Relation  string          `json:",omitempty"` // of that person to the client
	At        time.Time       `json:",omitzero"`  // zero: now
	Zone      string          `json:",omitempty"` // of At
	Duration  time.Duration   `json:",omitzero"`
	Outcome   string          `json:",omitempty"`
	Identity  record.Identity `json:",omitempty"`
	Location  string          `json:",omitempty"` // of the client

	OwnLocation string         `json:",omitempty"` // of the practitioner
	Purpose     record.Purpose `json:",omitempty"`

	Files []string `json:",omitempty"` // paths
}

// fresh gives the state for the next entry: the channel and the direction
// stay, save that a third person is named anew each time.
func (s state) fresh() state {
	if s.Direction == record.Third {
		s.Direction = record.In
	}
	return state{Channel: s.Channel, Direction: s.Direction}
}

// started reports whether there is something that would be a pity to lose.
func (s state) started() bool {
	return strings.TrimSpace(s.Text+s.Subject+s.Who+s.Relation+s.Location+s.OwnLocation+s.Outcome) != "" ||
		len(s.Files) > 0 || !s.At.IsZero() || s.Duration > 0
}

func (s state) draft() string {
	if !s.started() {
		return ""
	}
	text, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	return string(text)
}

// fromDraft reads what draft wrote.
func fromDraft(text string) (state, bool) {
	var s state
	if text == "" || json.Unmarshal([]byte(text), &s) != nil || !s.Channel.Valid() || !s.Direction.Valid() {
		return s, false
	}
	return s, true
}

// entry makes what is to be logged, or says what is missing.
func (s state) entry(client record.ClientID) (record.Entry, error) {
	e := record.Entry{
		Client: client, Channel: s.Channel, Direction: s.Direction, At: s.At, Zone: s.Zone,
		Body: strings.TrimSpace(s.Text), Outcome: s.Outcome, Purpose: s.Purpose,
	}
	if s.Zone != "" {
		e.ZoneBasis = record.ZoneStated
	}
	if s.hasSubject() {
		e.Subject = s.Subject
	}
	if s.hasLength() {
		e.Duration = s.Duration
	}
	if s.isRemote() {
		e.Identity, e.Location, e.OwnLocation = s.Identity, strings.TrimSpace(s.Location), strings.TrimSpace(s.OwnLocation)
	}
	if s.Direction == record.Third {
		if strings.TrimSpace(s.Who) == "" {
			return e, errors.New("say who the third person is")
		}
		e.Parties = []record.Party{{Name: strings.TrimSpace(s.Who), Role: strings.TrimSpace(s.Relation)}}
	}
	return e, nil
}

// hasSubject reports whether messages of the channel have a subject.
func (s state) hasSubject() bool {
	return slices.Contains([]record.Channel{record.Mail, record.Letter, record.Portal}, s.Channel)
}

// hasLength reports whether a contact over the channel takes a time that can
// be stated.
func (s state) hasLength() bool {
	return slices.Contains([]record.Channel{record.Call, record.Video, record.InPerson, record.Voicemail}, s.Channel)
}

// hasOutcome reports whether a contact over the channel can fail.
func (s state) hasOutcome() bool { return s.Channel == record.Call || s.Channel == record.Video }

// isRemote reports whether identity and location are a question (TSP 2.04).
func (s state) isRemote() bool { return s.Channel.Remote() }

// outcomes are what is offered for a call or video session that did not go as
// it should; an interruption belongs into the record (TSP 2.09).
var outcomes = []string{"no answer", "left voicemail", "missed", interrupted, "declined"}

// interrupted is the outcome of a contact that broke off; what was done follows
// it.
const interrupted = "interrupted"

// whenText says when it happened: "Now", "2:40 PM", "Nov 20, 2:40 PM".
func (s state) whenText(now time.Time, home string) string {
	if s.At.IsZero() {
		return "Now"
	}
	zone := record.LoadZone(s.Zone)
	at := s.At.In(zone)
	text := at.Format("Jan 2, ") + phrase.Clock(at)
	switch {
	case record.DateOf(at) == record.DateOf(now.In(zone)):
		text = phrase.Clock(at)
	case at.Year() != now.In(zone).Year():
		text = phrase.ShortMoment(at)
	}
	if s.Zone != home {
		text += " " + phrase.ZoneName(at)
	}
	return text
}

func (s state) identityText() string {
	switch s.Identity {
	case record.IdentityConfirmed:
		return "Identity confirmed"
	case record.IdentityNot:
		return "Identity not confirmed"
	}
	return "Identity?"
}

// nextIdentity gives the answer that a press leads to.
func (s state) nextIdentity() record.Identity {
	switch s.Identity {
	case record.IdentityUnanswered:
		return record.IdentityConfirmed
	case record.IdentityConfirmed:
		return record.IdentityNot
	}
	return record.IdentityUnanswered
}

// locationText says where the two were.
func (s state) locationText() string {
	if s.OwnLocation == "" {
		return orText(s.Location, "Location?")
	}
	return orText(s.Location, "Location?") + " · you: " + s.OwnLocation
}

func (s state) lengthText() string {
	if s.Duration == 0 {
		return "How long?"
	}
	return phrase.Duration(s.Duration)
}

func orText(text, empty string) string {
	if text == "" {
		return empty
	}
	return text
}

package record

import (
	"encoding/json"
	"time"
)

// Book is the practice's own book: the record of what belongs to no client,
// such as policies, licenses, incidents and the private journal (TSP 6.05).
const Book ClientID = -1

// Form says what a structured entry is. A contact has none.
type Form string

// The structured entries of a client's record.
const (
	FormSafeContact    Form = "safe-contact"    // how the client can be reached without harm
	FormIntake         Form = "intake"          // what is asked first
	FormAcknowledgment Form = "acknowledgment"  // of policies: given, declined, withdrawn
	FormConsent        Form = "consent"         // to something beside the policies
	FormChannel        Form = "channel"         // what was agreed for one channel
	FormSearch         Form = "search"          // an online search about the client
	FormSearchTold     Form = "search-told"     // the client was told of a search
	FormMinor          Form = "minor"           // who may consent for a minor and see the record
	FormCollateral     Form = "collateral"      // a third person, and the release that permits talking
	FormReleaseRevoked Form = "release-revoked" // a release was taken back
	FormSuitability    Form = "suitability"     // whether electronic services suit the client
	FormIdentity       Form = "identity"        // who and where the client is, verified
	FormReferral       Form = "referral"        // to somebody else
	FormEmergency      Form = "emergency"       // the emergency card
	FormSafetyPlan     Form = "safety-plan"     // risk and what was agreed on
	FormInterruption   Form = "interruption"    // what to do when a contact breaks off
	FormPlace          Form = "place"           // where the client is served from a day on
	FormBoundary       Form = "boundary"        // requests, reviews, dual relationships
	FormReport         Form = "report"          // a mandated report
	FormBreachNotice   Form = "breach-notice"   // the client was told of a breach
	FormRecovered      Form = "recovered"       // files whose entry was lost with a part of the vault
)

// The structured entries of the practice's own book.
const (
	FormPolicy       Form = "policy"       // a version of a policy
	FormLicense      Form = "license"      // a license, permit, compact or federal authority
	FormVendor       Form = "vendor"       // who handles data for the practice, and under which agreement
	FormCompetence   Form = "competence"   // training in technology
	FormConsultation Form = "consultation" // consultation or supervision
	FormReview       Form = "review"       // a review of oneself or of the practice
	FormJournal      Form = "journal"      // private; apart from every record
	FormIncident     Form = "incident"     // a breach, or a lost or stolen device
	FormOrder        Form = "order"        // what puts something out of sight
)

// OfClient reports whether f stands in a client's record.
func (f Form) OfClient() bool {
	switch f {
	case FormSafeContact, FormIntake, FormAcknowledgment, FormConsent, FormChannel, FormSearch, FormSearchTold, FormMinor, FormCollateral,
		FormReleaseRevoked, FormSuitability, FormIdentity, FormReferral, FormEmergency, FormSafetyPlan, FormInterruption, FormPlace,
		FormBoundary, FormReport, FormBreachNotice, FormRecovered, FormRequest, FormRequestAnswered, FormConsultation:
		return true
	}
	return false
}

// Purpose says what a contact was for, where that matters: services before any
// consent are marked, screening and crisis contacts are not (TSP 2.01).
type Purpose string

// The purposes of a contact.
const (
	PurposeService        Purpose = "" // also where nothing was said
	PurposeScreening      Purpose = "screening"
	PurposeCrisis         Purpose = "crisis"
	PurposeAdministrative Purpose = "administrative" // appointments, papers
)

// Valid reports whether p is one of the known purposes.
func (p Purpose) Valid() bool {
	switch p {
	case PurposeService, PurposeScreening, PurposeCrisis, PurposeAdministrative:
		return true
	}
	return false
}

// Note is the channel of every structured entry: it is no contact.
const Note Channel = "note"

// Facts are what the standards ask of one record: the client, the structured
// entries that stand, and a tally of the contacts.
type Facts struct {
	Client Client
	Places []Place // in the order in which they were stated
	Forms  []Filed // oldest first; none that was struck through or corrected
	Tally  []Tally
}

// Filed is a structured entry as the rules of the standards read it.
type Filed struct {
	ID      EntryID
	Form    Form
	At      time.Time
	Zone    string
	Written time.Time
	About   EntryID
	Data    json.RawMessage
	Files   int // attached files
}

// Day gives the day on which it happened, where it happened.
func (f Filed) Day() Date { return DateOf(f.At.In(LoadZone(f.Zone))) }

// Place says where a client is served from a day on.
type Place struct {
	Jurisdiction string `json:"jurisdiction"` // ISO 3166-2, "US-MS"
	Since        Date   `json:"since,omitzero"`
}

// The kinds of contact that are tallied apart.
const (
	TallyService = "service" // with the client
	TallyExempt  = "exempt"  // with the client: screening, crisis, administrative
	TallyThird   = "third"   // with a third person
)

// Tally counts a client's contacts over one channel, of one kind and between
// the same places.
type Tally struct {
	Channel     Channel
	Kind        string
	Location    string // of the client, as it was stated; "": not asked
	OwnLocation string // of the practitioner
	Contacts    int
	Confirmed   int // with the identity confirmed
	First, Last EntryID
}

// Snooze puts a task of Today off.
type Snooze struct {
	Task   string    `json:"task"`
	Until  Date      `json:"until"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

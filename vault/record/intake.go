package record

// Contacting says how a client can be reached without harm. It is asked before
// the first message goes out.
type Contacting struct {
	Text      string `json:"text"`      // yes, no, ask
	Voicemail string `json:"voicemail"` // yes, no, ask
	SayName   string `json:"say_name"`  // yes, no: may the practice's name be said
	OthersSee string `json:"others_see,omitempty"`
	Code      string `json:"code,omitempty"` // a word by which each knows the other
	Best      string `json:"best,omitempty"` // when and on which number
	Note      string `json:"note,omitempty"`
}

// Intake is what is asked first (TSP 1.03, 1.04, 1.06, 4.02, 4.11).
type Intake struct {
	On         Date   `json:"on"`
	Prior      string `json:"prior"` // known before, related, or in business together: yes, no
	PriorWhat  string `json:"prior_what,omitempty"`
	Decided    string `json:"decided,omitempty"`
	Referred   string `json:"referred_by,omitempty"`
	Preference string `json:"preference"` // electronic, in-person, both
	Culture    string `json:"culture,omitempty"`
	Language   string `json:"language,omitempty"`
	Needs      string `json:"needs,omitempty"`
	Concern    string `json:"concern,omitempty"` // why the person comes
}

// Minor says who may consent for a client under age and who may see the record
// (TSP 2.08 names the age of consent where the client lives).
type Minor struct {
	ConsentBy  string     `json:"consent_by"` // client, guardian, both, court
	Guardians  []Guardian `json:"guardians"`
	Custody    string     `json:"custody"` // no-order, on-file, not-seen
	CustodyIs  string     `json:"custody_what,omitempty"`
	MaySee     string     `json:"may_see"` // who may see the record, and what not
	NotToBe    string     `json:"not_to_be_told,omitempty"`
	ReviewBy   Date       `json:"review_by,omitzero"`
	ClientSaid string     `json:"assent,omitempty"` // what the minor said to it
}

// Guardian is who decides for a client.
type Guardian struct {
	Name       string `json:"name"`
	Relation   string `json:"relation"`
	Reach      string `json:"reach,omitempty"`
	MayConsent string `json:"may_consent"` // yes, no
	MaySee     string `json:"may_see"`     // yes, no
}

// Collateral is a third person about the client, with the release of
// information that permits talking, if there is one (45 CFR 164.508).
type Collateral struct {
	Name         string `json:"name"`
	Relation     string `json:"relation"`
	Organization string `json:"organization,omitempty"`
	Reach        string `json:"reach,omitempty"`
	Release      string `json:"release"` // yes, no
	Scope        string `json:"scope,omitempty"`
	Purpose      string `json:"purpose,omitempty"`
	Way          string `json:"way,omitempty"` // to, from, both: which way information may go
	Signed       Date   `json:"signed,omitzero"`
	SignedBy     string `json:"signed_by,omitempty"`
	How          string `json:"how,omitempty"`
	Expires      Date   `json:"expires,omitzero"`
	Note         string `json:"note,omitempty"`
}

// ReleaseRevoked says that the release in the entry that it is about was taken
// back (45 CFR 164.508(b)(5)).
type ReleaseRevoked struct {
	On  Date   `json:"on"`
	How string `json:"how"`
	By  string `json:"by"`
}

// Suitability judges whether electronic services suit a client: the seven
// factors of TSP 2.08, and strengths and risks (NASW 2.05).
type Suitability struct {
	On         Date   `json:"on"`
	Age        Factor `json:"age"`
	Clinical   Factor `json:"clinical"`
	Skill      Factor `json:"skill"`
	Disability Factor `json:"disability"`
	Language   Factor `json:"language"`
	Culture    Factor `json:"culture"`
	Safety     Factor `json:"safety"`
	Strengths  string `json:"strengths,omitempty"`
	Risks      string `json:"risks,omitempty"`
	Access     string `json:"access,omitempty"`  // barriers to technology (NASW 2.21)
	First      string `json:"first"`             // whether a first consultation is needed: none, in-person, video, phone
	Outcome    string `json:"outcome"`           // electronic, in-person-first, refer
	Reason     string `json:"reason,omitempty"`  // of the outcome
	Again      Date   `json:"reassess,omitzero"` // when to judge again
}

// Factor is what was found of one factor: fits, concern, no, or "" where it
// was not judged.
type Factor = string

// IdentityCheck says how a client's identity and location were verified, or
// why they could not be (TSP 2.04; NASW 2.01).
type IdentityCheck struct {
	On       Date   `json:"on"`
	Verified string `json:"verified"` // yes, no
	How      string `json:"how,omitempty"`
	Seen     string `json:"seen,omitempty"` // the document
	Location string `json:"location,omitempty"`
	WhyNot   string `json:"why_not,omitempty"`
	Limits   string `json:"limits,omitempty"` // yes: the limits were explained
}

// Referral says to whom a client was referred (TSP 1.06).
type Referral struct {
	On      Date   `json:"on"`
	To      string `json:"to"`
	Reason  string `json:"reason"`
	Outcome string `json:"outcome,omitempty"`
}

// Served says where a client is served from a day on (MS 3.4.B; TSP 7.01).
type Served struct {
	Jurisdiction string `json:"jurisdiction"` // ISO 3166-2
	Town         string `json:"town,omitempty"`
	Since        Date   `json:"since"`
	Note         string `json:"note,omitempty"`
}

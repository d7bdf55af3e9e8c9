package record

// The structured entries of a request for a record (45 CFR 164.524, 164.526,
// 164.528; TSP 5.04).
const (
	FormRequest         Form = "request"
	FormRequestAnswered Form = "request-answered"
)

// What a request can ask for.
const (
	RequestAccess      = "access" // to see the record
	RequestCopy        = "copy"
	RequestAmendment   = "amendment"
	RequestAccounting  = "accounting" // of disclosures
	RequestTransfer    = "transfer"   // to somebody else
	RequestRestriction = "restriction"
)

// Request is a request for a client's record, or about it.
type Request struct {
	On      Date   `json:"on"` // when it was received
	Kind    string `json:"kind"`
	By      string `json:"by"`              // client, guardian, representative, third-person, court
	Who     string `json:"who,omitempty"`   // by name, where it is not the client
	Rests   string `json:"rests,omitempty"` // the authorization of a third person; of a court or agency: order, subpoena, letter
	How     string `json:"how"`             // in-writing, verbal, electronic
	Asked   string `json:"asked"`           // what for, in their words
	Format  string `json:"format,omitempty"`
	SendTo  string `json:"send_to,omitempty"`
	FeeTold string `json:"fee_told,omitempty"`
	Until   Date   `json:"until,omitzero"` // the day that a third person, court or agency gave

	// An agency or law enforcement can have its disclosures held back from an
	// accounting for a time (45 CFR 164.528(a)(2)).
	Suspended      string `json:"suspended,omitempty"` // no, written, oral
	SuspendedBy    string `json:"suspended_by,omitempty"`
	SuspendedUntil Date   `json:"suspended_until,omitzero"`

	Note string `json:"note,omitempty"`
}

// What a request can be answered with.
const (
	AnswerGiven       = "given"
	AnswerInPart      = "in-part"
	AnswerDenied      = "denied"
	AnswerExtended    = "extended" // more time is needed: the request stays open
	AnswerWithdrawn   = "withdrawn"
	AnswerTransferred = "transferred" // passed on to whoever keeps what was asked for
)

// RequestAnswered is an answer to a Request. One that is not AnswerExtended
// closes it.
type RequestAnswered struct {
	On      Date     `json:"on"`
	Outcome string   `json:"outcome"`
	Sent    string   `json:"sent,omitempty"` // what was given, and how
	To      string   `json:"to,omitempty"`   // to whom the request was passed on
	Grounds []string `json:"grounds,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Letter  string   `json:"letter,omitempty"` // yes, no: denied in writing, with the reason and where to complain
	Until   Date     `json:"until,omitzero"`   // the new day
	Told    Date     `json:"told,omitzero"`    // when reason and new day were given in writing
	Fee     string   `json:"fee,omitempty"`    // that was charged

	Disagreement string `json:"disagreement,omitempty"` // what the client says to a denied amendment
	Note         string `json:"note,omitempty"`
}

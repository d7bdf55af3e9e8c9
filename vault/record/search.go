package record

// The ways in which a search note ends (TSP 3.04).
const (
	BasisConsent   = "consent"
	BasisEmergency = "emergency"
	BasisNeither   = "neither" // a departure from the standard; it stays flagged
)

// SearchNote documents an online search about a client (TSP 2.06, 3.04; TIP
// 4; NASW 2.26).
type SearchNote struct {
	On           Date    `json:"on"`
	Where        string  `json:"where"` // engine or sites
	Terms        string  `json:"terms"`
	Reason       string  `json:"reason"` // the professional one
	Alternatives string  `json:"alternatives,omitempty"`
	Basis        string  `json:"basis"`
	Consent      EntryID `json:"consent,omitzero"`    // where Basis is consent
	Emergency    string  `json:"emergency,omitempty"` // why it could not wait
	Departure    string  `json:"departure,omitempty"` // what happened, where there was neither
	Told         string  `json:"told"`                // yes, no
	ToldOn       Date    `json:"told_on,omitzero"`
	ToldHow      string  `json:"told_how,omitempty"`
	Findings     string  `json:"findings,omitempty"`
	Verified     string  `json:"verified,omitempty"`
	Effect       string  `json:"effect,omitempty"`
}

// SearchTold says that the client was told of a search, which the entry is
// about (TSP 2.06).
type SearchTold struct {
	On       Date   `json:"on"`
	How      string `json:"how"`
	Reaction string `json:"reaction,omitempty"`
}

package record

// License is what permits a practitioner to work somewhere (MS 3.4.B; TSP
// 1.09, 3.03, 7.01; NASW 2.02).
type License struct {
	Kind         string `json:"kind"`                   // license, permit, compact, federal
	Jurisdiction string `json:"jurisdiction,omitempty"` // ISO 3166-2; of a compact its home state
	Covers       string `json:"covers,omitempty"`       // further jurisdictions of a compact or federal authority, "US-TN, US-AL"
	Title        string `json:"title"`                  // LCSW
	Number       string `json:"number,omitempty"`
	Issued       Date   `json:"issued,omitzero"`
	Expires      Date   `json:"expires,omitzero"`
	Note         string `json:"note,omitempty"`
}

// Vendor handles data for the practice (NASW 2.08; TIP 9, 10; 45 CFR 164.504(e)).
type Vendor struct {
	Name      string `json:"name"`
	Service   string `json:"service"` // phone, text, email, video, payment, claims, backup, other
	Agreement string `json:"agreement"`
	Signed    Date   `json:"signed,omitzero"`
	Expires   Date   `json:"expires,omitzero"`
	Protects  string `json:"protects,omitempty"`
	Note      string `json:"note,omitempty"`
}

// Competence is training in the use of technology (TSP 1.01, 1.02, 1.08,
// 4.12; NASW 2.06, 2.23).
type Competence struct {
	On       Date     `json:"on"`
	Course   string   `json:"course"`
	Provider string   `json:"provider,omitempty"`
	Hours    float64  `json:"hours,omitempty"`
	Tags     []string `json:"tags,omitempty"` // supervising-services, supervising-remotely
	Again    Date     `json:"renew,omitzero"`
}

// Consultation is advice that was sought, or supervision (TSP 1.07, 4.13;
// NASW 2.18).
type Consultation struct {
	On           Date   `json:"on"`
	Kind         string `json:"kind"` // consultation, supervision-received, supervision-given
	With         string `json:"with"`
	About        string `json:"about"`
	Named        string `json:"named"` // whether the client was named: yes, no
	Safe         string `json:"safe"`  // whether the channel was safe: yes, no
	Channel      string `json:"channel,omitempty"`
	Jurisdiction string `json:"jurisdiction,omitempty"` // of the supervisee
	Outcome      string `json:"outcome,omitempty"`
}

// Review is a look at oneself or the practice, done on a day (TSP 1.10; TIP 3,
// 5; NASW 2.01; 45 CFR 164.308(a)(8)).
type Review struct {
	On      Date     `json:"on"`
	What    string   `json:"what"` // online-presence, ethics, protection, risk-analysis, restore-drill, rules, policy (the version it is about)
	Checked []string `json:"checked,omitempty"`
	Found   string   `json:"found"`
	Done    string   `json:"done,omitempty"`
	Next    Date     `json:"next,omitzero"`
}

// Journal is a private entry that belongs to no client (TSP 6.05).
type Journal struct {
	On        Date   `json:"on"`
	Topic     string `json:"topic"`
	Text      string `json:"text"`
	Discussed Date   `json:"discussed,omitzero"`
	Reported  Date   `json:"reported,omitzero"`
}

// Incident is a breach of confidential information, or what may be one (MS
// 3.4.C.4; TSP 3.10; 45 CFR 164.402).
type Incident struct {
	Discovered Date       `json:"discovered"`
	Happened   Date       `json:"happened,omitzero"`
	What       string     `json:"what"` // lost-device, stolen-device, wrong-recipient, access, malware, other
	Story      string     `json:"story"`
	Data       string     `json:"data"`               // which information
	Clients    []ClientID `json:"clients,omitempty"`  // whose records
	Locked     string     `json:"locked,omitempty"`   // whether the vault was locked: yes, no, unknown
	Backup     string     `json:"backup,omitempty"`   // the last one, and where
	Nature     string     `json:"nature,omitempty"`   // factor (i): nature and extent
	Who        string     `json:"who,omitempty"`      // factor (ii): who had it
	Acquired   string     `json:"acquired,omitempty"` // factor (iii): acquired or viewed
	Mitigated  string     `json:"mitigated,omitempty"`
	Finding    string     `json:"finding"` // not-judged, breach, low-probability, excluded
	Why        string     `json:"why,omitempty"`
	HHS        Date       `json:"hhs,omitzero"`   // reported to HHS
	Board      Date       `json:"board,omitzero"` // told to the board or another authority
	Changed    string     `json:"changed,omitempty"`
	Closed     Date       `json:"closed,omitzero"`
}

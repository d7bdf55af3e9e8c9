package record

// EmergencyCard is what one needs when a client is in danger (NASW 2.13).
type EmergencyCard struct {
	Where    string `json:"where"` // where the client is when you speak
	Address  string `json:"address,omitempty"`
	Services string `json:"services"` // local emergency services, with their numbers
	Hospital string `json:"hospital,omitempty"`
	Contact  string `json:"contact,omitempty"` // authorized by the client
	Relation string `json:"relation,omitempty"`
	Reach    string `json:"reach,omitempty"`
	MayTell  string `json:"may_tell,omitempty"` // what may be said to that person
	Not      string `json:"not,omitempty"`      // who must not be called
	Shared   Date   `json:"shared,omitzero"`    // 988 and the rest were shared with the client
	Note     string `json:"note,omitempty"`
}

// SafetyPlan is what was found of risk and agreed on.
type SafetyPlan struct {
	On       Date   `json:"on"`
	Risk     string `json:"risk"` // none, watch, high
	Flag     string `json:"flag,omitempty"`
	Signs    string `json:"signs,omitempty"`
	Coping   string `json:"coping,omitempty"`
	People   string `json:"people,omitempty"`
	Means    string `json:"means,omitempty"`
	ReviewBy Date   `json:"review_by,omitzero"`
}

// InterruptionPlan says what to do when a contact breaks off or services stop
// (NASW 2.12; TSP 2.09).
type InterruptionPlan struct {
	On      Date    `json:"on"`
	First   string  `json:"first"` // who calls whom, on which number
	Minutes float64 `json:"minutes,omitempty"`
	Then    string  `json:"then,omitempty"`
	Away    string  `json:"away,omitempty"` // who stands in
	Told    string  `json:"told"`           // yes, no
}

// Boundary is a request, review or relationship that touches the boundary
// between practitioner and client (TSP 4.01, 4.02, 4.08 to 4.10; NASW 2.14).
type Boundary struct {
	On        Date   `json:"on"`
	What      string `json:"what"` // social-request, testimonial, dual, shared-network, gift, other
	Network   string `json:"network,omitempty"`
	Happened  string `json:"happened"`
	Decision  string `json:"decision"` // declined, accepted, none-needed, discussed
	Exception string `json:"exception,omitempty"`
	Discussed Date   `json:"discussed,omitzero"`
}

// MandatedReport is a report that law demands (NASW 2.03).
type MandatedReport struct {
	On        Date   `json:"on"`
	To        string `json:"to"`
	About     string `json:"about"` // child, elder, disabled, duty-to-protect, other
	Law       string `json:"law,omitempty"`
	Said      string `json:"said"`
	Reference string `json:"reference,omitempty"`
	Told      string `json:"told,omitempty"` // the client was told: yes, no
	WhyNot    string `json:"why_not,omitempty"`
	Follow    string `json:"follow_up,omitempty"`
}

// BreachNotice says that a client was told of the incident that it is about
// (MS 3.4.C.4; TSP 3.10; 45 CFR 164.404).
type BreachNotice struct {
	On   Date   `json:"on"`
	How  string `json:"how"`
	Said string `json:"said"`
}

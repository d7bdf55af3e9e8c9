package record

// PolicyVersion is one immutable version of a policy of the practice (TSP
// 2.05, 5.01; TIP 5). Its text is the entry's.
type PolicyVersion struct {
	Topic     string            `json:"topic"`
	Title     string            `json:"title"`
	Version   int               `json:"version"` // from 1 on
	Effective Date              `json:"effective"`
	Changed   string            `json:"changed,omitempty"` // what is new in it
	Stated    map[string]string `json:"stated,omitempty"`  // the settings that the text states, as they were
	Drafted   string            `json:"drafted,omitempty"` // the text as the program drafted it, before it was edited
	Gaps      int               `json:"gaps,omitempty"`    // places of the text that are not filled in
	Hash      Hash              `json:"sha256"`
}

// PolicyRef names a version of a policy in another entry. Its hash stands
// there, so that no other text can be taken for the one that was shown.
type PolicyRef struct {
	Topic   string `json:"topic"`
	Title   string `json:"title"`
	Version int    `json:"version"`
	Hash    Hash   `json:"sha256"`
}

// The ways of a decision.
const (
	Given     = "given"
	Declined  = "declined"
	Withdrawn = "withdrawn"
)

// Acknowledgment says that policies were gone through with a client, and what
// the client decided (TSP 2.01, 2.03, 3.05, 5.01). One given before Casekeep
// names the earlier policy in words instead of a version.
type Acknowledgment struct {
	Policies    []PolicyRef `json:"policies,omitempty"`
	Earlier     []string    `json:"earlier,omitempty"`       // topics of an earlier policy, which the practice keeps on paper
	EarlierWhat string      `json:"earlier_what,omitempty"`  // how that earlier policy is called
	Decision    string      `json:"decision"`                // Given, Declined, Withdrawn
	On          Date        `json:"on,omitzero"`             // the day of the decision; of an earlier policy it may not be known
	About       string      `json:"about_when,omitempty"`    // then: about when
	How         string      `json:"how"`                     // in-writing, verbal, electronic, signature, scan
	Signers     []Signer    `json:"signers"`                 // who decided
	Channels    []Channel   `json:"channels,omitempty"`      // agreed on with it
	Language    string      `json:"language,omitempty"`      // in which it was gone through
	Interpreter string      `json:"interpreter,omitempty"`   // who interpreted
	Questions   string      `json:"questions,omitempty"`     // what was asked and answered
	ReviewBy    Date        `json:"review_by,omitzero"`      // when to go through it again
	Paper       string      `json:"paper_kept_at,omitempty"` // where the signed paper lies
	Note        string      `json:"note,omitempty"`
}

// InWriting reports whether the decision stands in writing (TIP 10).
func (a Acknowledgment) InWriting() bool { return inWriting(a.How) }

func inWriting(how string) bool {
	switch how {
	case "in-writing", "signature", "scan", "electronic":
		return true
	}
	return false
}

// Signer is a person who decided, with the capacity to decide as it was
// judged (TSP 2.01).
type Signer struct {
	Name     string `json:"name"`
	Role     string `json:"role"`     // client, member, guardian, representative
	Capacity string `json:"capacity"` // yes, no, unsure
	Basis    string `json:"basis,omitempty"`
}

// Consent is a decision about something beside the policies: a recording, an
// evaluation by technology (NASW 2.22), a photograph.
type Consent struct {
	What     string   `json:"what"` // evaluation, recording, photograph, other
	Scope    string   `json:"scope"`
	Decision string   `json:"decision"`
	On       Date     `json:"on"`
	How      string   `json:"how"`
	Signers  []Signer `json:"signers"`
	Expires  Date     `json:"expires,omitzero"`
	Note     string   `json:"note,omitempty"`
}

// ChannelConsent says what was agreed for one channel (TSP 3.09, 4.03; TIP
// 10; NASW 2.11).
type ChannelConsent struct {
	Channel   Channel `json:"channel"`
	Decision  string  `json:"decision"`             // allowed, not-allowed, revoked
	Since     Date    `json:"since,omitzero"`       // from which day on; of an agreement from before Casekeep it may not be known
	About     string  `json:"about_when,omitempty"` // then: about when
	How       string  `json:"how,omitempty"`        // as of an Acknowledgment
	Scope     string  `json:"scope,omitempty"`      // what for: appointments only
	Device    string  `json:"device,omitempty"`
	Warned    Date    `json:"warned,omitzero"`     // told how weak third-party messaging is
	Preferred string  `json:"preferred,omitempty"` // yes: the preferred secure channel
	ReviewBy  Date    `json:"review_by,omitzero"`
	Note      string  `json:"note,omitempty"`
}

// InWriting reports whether the agreement stands in writing (TIP 10).
func (c ChannelConsent) InWriting() bool { return inWriting(c.How) }

// NeedsConsent reports whether the practice may use a channel only with the
// client's consent (TSP 4.03): it carries content over other people's
// machines. Calls, letters and meetings in person need none of their own.
func (c Channel) NeedsConsent() bool {
	switch c {
	case Text, Mail, Chat, Social, Video, Portal:
		return true
	}
	return false
}

// Remote reports whether identity and both places are a question on the
// channel (NASW 2.01; TSP 2.04): the people do not see each other's rooms.
func (c Channel) Remote() bool {
	switch c {
	case InPerson, Letter, Note:
		return false
	}
	return true
}

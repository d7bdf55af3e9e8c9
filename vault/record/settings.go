package record

// Practice is who keeps the records, and how the practice works. What is not
// stated is empty, and everything follows from defaults then.
type Practice struct {
	Name     string   `json:"name"`
	Owner    string   `json:"owner,omitempty"`   // the practitioner, with credentials
	License  string   `json:"license,omitempty"` // number and state, as it stands on paper
	Contact  string   `json:"contact,omitempty"` // address and telephone, as it stands on paper
	Own      []string `json:"own"`               // own numbers and email addresses, normalized
	Zone     string   `json:"zone"`              // IANA name
	Region   string   `json:"region"`            // ISO 3166 region of numbers without a country, "US"
	IdleLock int      `json:"idle_lock_minutes"` // 0: never

	// ClipboardClear is after how many seconds a copied text is cleared from the
	// clipboard. 0: after 30; below 0: at the lock.
	ClipboardClear int `json:"clipboard_clear_seconds,omitempty"`

	Qualifications string    `json:"qualifications,omitempty"` // degrees and training, as clients read it
	Services       string    `json:"services,omitempty"`       // what is offered, "counseling for adults and couples"
	Fees           string    `json:"fees,omitempty"`           // what services and missed appointments cost, in words
	Successor      string    `json:"successor,omitempty"`      // who takes over if the practitioner cannot work
	Emergency      string    `json:"emergency,omitempty"`      // instructions beside 911 and 988
	Jurisdiction   string    `json:"jurisdiction,omitempty"`   // ISO 3166-2: where the practitioner works from
	Regulator      Regulator `json:"regulator,omitzero"`
	Hours          Hours     `json:"hours,omitzero"`
	Channels       []Channel `json:"channels,omitempty"` // over which the practice works
	Secure         Channel   `json:"secure,omitempty"`   // the preferred secure one of them
	HIPAA          string    `json:"hipaa,omitempty"`    // yes, no, or "" where it was not said
	SocialMedia    string    `json:"social_media,omitempty"`
	EPayments      string    `json:"electronic_payments,omitempty"`
	Backups        string    `json:"backups,omitempty"`   // where copies of the vault lie, in words
	Retention      string    `json:"retention,omitempty"` // how long records are kept, in words
	Answers        int       `json:"answer_within_hours,omitempty"`
	Ages           Ages      `json:"ages,omitzero"`
	Started        Date      `json:"started,omitzero"` // the first questions were answered
	Closing        Closing   `json:"closing,omitzero"`
}

// Closing is what is planned for the day on which the practice closes.
type Closing struct {
	Day     Date                 `json:"day,omitzero"`      // the last one on which it works
	Keeper  string               `json:"keeper,omitempty"`  // who keeps the records from then on: name, address, telephone, a line each
	AskBy   Date                 `json:"ask_by,omitzero"`   // until when the practitioner sends copies
	Letters map[ClientID]EntryID `json:"letters,omitempty"` // entries that say that a client was told by letter
}

// Regulator is who licenses the practitioner and hears complaints (TSP 2.09).
type Regulator struct {
	Name      string `json:"name,omitempty"`
	Address   string `json:"address,omitempty"`
	Phone     string `json:"phone,omitempty"`
	Email     string `json:"email,omitempty"`
	Site      string `json:"site,omitempty"`
	Complaint string `json:"complaint,omitempty"` // how a complaint is made
}

// Hours are when the practice answers (TSP 4.04). No day: not stated.
type Hours struct {
	Days []int  `json:"days,omitempty"` // 0 is Sunday
	From string `json:"from,omitempty"` // "09:00", in the practice's zone
	To   string `json:"to,omitempty"`   // "17:00"
}

// Ages are the three ages that change who decides, in years; 0 is not
// confirmed, and then nothing is derived from it. They differ: in Mississippi
// majority is 21 (Miss. Code 1-3-27), a parent sees medical records until 18.
type Ages struct {
	Majority     int `json:"majority,omitempty"`
	Consent      int `json:"consent,omitempty"`       // to care
	ParentAccess int `json:"parent_access,omitempty"` // until which a parent sees the record
}

package record

import "time"

// HolderKind says for what somebody holds a key to the vault.
type HolderKind string

// The kinds of holders.
const (
	HolderRecovery  HolderKind = "recovery"  // the practitioner's own recovery sheet
	HolderExecutor  HolderKind = "executor"  // the professional executor
	HolderCustodian HolderKind = "custodian" // a record custodian
	HolderOther     HolderKind = "other"
)

// HolderKinds gives the kinds that a person can have.
func HolderKinds() []HolderKind { return []HolderKind{HolderExecutor, HolderCustodian, HolderOther} }

// Role names the kind of a holder, as it stands beside the name.
func (k HolderKind) Role() string {
	switch k {
	case HolderRecovery:
		return "recovery sheet"
	case HolderExecutor:
		return "professional executor"
	case HolderCustodian:
		return "record custodian"
	}
	return "another holder"
}

// HolderMeans says by what a holder opens the vault.
type HolderMeans string

// By what a holder opens the vault.
const (
	MeansSheet HolderMeans = "sheet" // a key that was printed and is kept nowhere else
	MeansOwn   HolderMeans = "own"   // an age key of their own
)

// Holder is somebody whose key opens the vault, beside the passphrase.
type Holder struct {
	ID        int64       `json:"id,string"`
	Name      string      `json:"name"` // of the file holders/NAME.age
	Who       string      `json:"who"`
	Kind      HolderKind  `json:"kind"`
	Means     HolderMeans `json:"means"`
	Reach     string      `json:"reach,omitempty"` // telephone, email
	Recipient string      `json:"recipient"`       // age1... or age1pq1...
	Added     time.Time   `json:"added"`
	Author    string      `json:"author"`
	Tested    time.Time   `json:"tested,omitzero"`  // when the key was last shown to open the vault
	Revoked   time.Time   `json:"revoked,omitzero"` // it opens nothing that was sealed since
	State     HolderState `json:"state"`
}

// Signs gives under what name the audit trail keeps what the holder does.
func (h Holder) Signs() string {
	if h.Kind == HolderRecovery {
		return "whoever has the recovery sheet (" + h.Name + ")"
	}
	return h.Who + ", " + h.Kind.Role()
}

// HolderState says whether a holder's key opens the vault.
type HolderState string

// What can be said of a holder's key.
const (
	HolderOpens    HolderState = "opens"
	HolderRevoked  HolderState = "revoked"
	HolderRevoking HolderState = "revoking" // it is revoked, and opens the vault until that is finished
	HolderMissing  HolderState = "missing"  // nobody revoked it, and its file is not in the vault's folder
	HolderUnknown  HolderState = "unknown"  // a file in the vault's folder of which the vault knows nothing
)

// Opens reports whether the holder's key opens the vault today.
func (h Holder) Opens() bool {
	return h.State == HolderOpens || h.State == HolderRevoking || h.State == HolderUnknown
}

package record

// Order is what puts entries of a record, or a record whole, out of sight: a
// court's order, or what the law asks. It names the record by its number alone.
type Order struct {
	On        Date   `json:"on"`
	Authority string `json:"authority"`
	Number    string `json:"number,omitempty"`
	Ground    string `json:"ground"` // one of the grounds below
	Asks      string `json:"asks"`
	Record    string `json:"record"`
}

// The grounds on which something is put out of sight.
const (
	GroundCourt      = "court"      // sealed by a court
	GroundPrivileged = "privileged" // it was never to be in the record
	GroundUnlawful   = "unlawful"   // it may not be held
)

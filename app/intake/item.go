package intake

import (
	"errors"
	"strings"
	"time"

	"casekeep/vault/record"
)

// Thread names a conversation: the normalized addresses of everybody in it but
// the practitioner, sorted, each once. It is empty where the file names nobody
// (a hidden number).
type Thread []string

// Key gives the thread as one string: its addresses joined by "~".
func (t Thread) Key() string { return strings.Join(t, "~") }

// Head is what is known of a message before its content is read.
type Head struct {
	Channel record.Channel
	// Direction is Out for what the practitioner sent, else In. An email that
	// is In may come from a third person: whose addresses are the client's,
	// only the caller knows.
	Direction record.Direction
	At        time.Time // UTC, to the millisecond; zero: the file does not say
	Thread    Thread
	Group     bool // more than one other party
	// Parties are all who took part, with normalized addresses and the roles
	// from, to, cc, bcc. In the Head of a multimedia message the sender within
	// a group is still unknown; in its Item it is not.
	Parties []record.Party
	// Names are the names that the file gives to the thread, as it writes
	// them. They are in no order that matches Thread.
	Names   []string
	Subject string
	Locator string
}

// From gives the normalized address of the sender, or "".
func (h Head) From() string {
	for _, p := range h.Parties {
		if p.Role == roleFrom {
			return p.Address
		}
	}
	return ""
}

// The roles of parties.
const (
	roleFrom = "from"
	roleTo   = "to"
	roleCc   = "cc"
	roleBcc  = "bcc"
)

// Item is one finished message.
type Item struct {
	Head
	Zone     string // IANA name, or an offset such as "-06:00"
	Basis    record.ZoneBasis
	Original string // the time as the file writes it
	Body     string
	Duration time.Duration // of a call; 0: not stated, or none
	Outcome  string        // "missed", "rejected", "left voicemail", "draft"; "" otherwise

	Attachments []Attachment

	MessageID string
	Labels    []string    // Gmail's labels, and its thread as "thread:NUMBER"
	Raw       record.Hash // of the bytes of the file that hold the message
	Warnings  []string
	Damaged   bool // characters or parts were lost in the export

	// Key is the same for every copy of the same message, in any file. Of
	// texts and calls it covers channel, thread, time, direction and content;
	// of an email its Message-ID, or where it has none sender, time, subject
	// and body.
	Key record.Hash
	// Content covers subject, text and attachments. The same Key with another
	// Content is a second version of the message.
	Content record.Hash
	// Twin counts identical messages of the same millisecond within one file:
	// 0 for the first, 1 for the second. Key and Twin together are the
	// identity under which a file can be read again without doubling it. Only
	// texts and calls have twins. Of these the last 65,536 wanted ones at
	// least are remembered; twins stand side by side in a backup.
	Twin int
}

// Attachment is a file that came with a message.
type Attachment struct {
	Part   PartWriter // what Handler.Part returned, closed
	Name   string     // without folders
	Type   string     // MIME type as the file states it
	Size   int64      // bytes
	SHA256 record.Hash
}

// ErrDuplicate is Handler.Item's answer to a message that is already filed.
var ErrDuplicate = errors.New("already filed")

type verdict struct {
	refused bool
	reason  string
}

func (v *verdict) Error() string { return v.reason }

// Skip is Handler.Item's answer to a message that is left out on purpose.
func Skip(reason string) error { return &verdict{false, reason} }

// Refuse is Handler.Item's answer to a message that cannot be filed.
func Refuse(reason string) error { return &verdict{true, reason} }

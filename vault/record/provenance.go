package record

import "time"

// BatchID names one import. 0 is no import.
type BatchID int64

// Source is a file of which messages were imported. Its bytes are not kept;
// what identifies it is.
type Source struct {
	ID       int64     `json:"id,string"`
	Name     string    `json:"name"` // the file's name, without its folder
	Format   string    `json:"format"`
	Parser   string    `json:"parser"` // reader and version, "sms-backup-restore/1"
	Size     int64     `json:"size"`   // bytes
	SHA256   Hash      `json:"sha256"`
	Declared int       `json:"declared"` // messages that the file says it holds; -1: it does not say
	Imported time.Time `json:"imported"`
}

// Provenance says where an imported entry came from.
type Provenance struct {
	Source    Source   `json:"source"`
	Locator   string   `json:"locator"`              // the place in the file, "message 53, byte 10412"
	Raw       Hash     `json:"raw_sha256"`           // of the fragment of the file that holds it
	Original  string   `json:"original,omitempty"`   // the time as the file writes it
	MessageID string   `json:"message_id,omitempty"` // the message's own ID, if it has one
	Warnings  []string `json:"warnings,omitempty"`
	Damaged   bool     `json:"damaged,omitempty"` // characters or parts were lost in the export
}

// Batch is one import into one client's record, with its counts.
// Found = Imported + Duplicates + Skipped + Refused.
type Batch struct {
	ID         BatchID   `json:"id,string"`
	Client     ClientID  `json:"client"`
	At         time.Time `json:"at"`
	Sources    []Source  `json:"sources"`
	Found      int       `json:"found"`
	Imported   int       `json:"imported"`
	Duplicates int       `json:"duplicates"`
	Skipped    int       `json:"skipped"`
	Refused    int       `json:"refused"`
	Damaged    int       `json:"damaged"`  // of the imported ones
	Released   bool      `json:"released"` // something of it was produced: it cannot be undone
	Undone     time.Time `json:"undone,omitzero"`
}

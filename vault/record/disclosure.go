package record

import "time"

// Disclosure is one release of a client's record: who received what, why and
// when (TSP 3.08; 45 CFR 164.528).
type Disclosure struct {
	ID      int64     `json:"id,string"`
	Client  ClientID  `json:"client"`
	At      time.Time `json:"at"`
	To      string    `json:"to"`
	Purpose string    `json:"purpose"`
	From    Date      `json:"from,omitzero"`  // first day included; zero: the beginning
	Until   Date      `json:"until,omitzero"` // last day included; zero: the end
	Entries int       `json:"entries"`
	Pages   int       `json:"pages"`
	File    string    `json:"file"` // the file's name, without its folder
	SHA256  Hash      `json:"sha256"`
	Sealed  bool      `json:"sealed"` // protected by a password
	LeftOut []string  `json:"left_out,omitempty"`
}

// AuditEvent is one link of the audit chain. It says what was done, never the
// values themselves.
type AuditEvent struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"`
	Action string    `json:"action"`
	Client ClientID  `json:"client,omitzero"`
	Entry  EntryID   `json:"entry,omitzero"`
	Detail string    `json:"detail,omitempty"` // names of fields and counts
	Hash   Hash      `json:"hash"`             // over this event and the hash before it
}

// Hit is one result of a search.
type Hit struct {
	Entry      EntryID   `json:"id"`
	Client     ClientID  `json:"client"`
	ClientName string    `json:"client_name"`
	At         time.Time `json:"at"`
	Channel    Channel   `json:"channel"`
	Direction  Direction `json:"direction"`
	Form       Form      `json:"form,omitempty"` // of a structured entry
	Snippet    string    `json:"snippet"`        // what was said around the words found
	Struck     bool      `json:"struck,omitempty"`
}

package backup

import (
	"encoding/json"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

// Options are what a caller may choose. The zero value is ready to use.
type Options struct {
	Files     disk.Files       // nil: those of Sealed, else the operating system's
	Now       func() time.Time // nil: time.Now
	FullAfter time.Duration    // age of the last full pack at which another is written; 0: 7 days
	Sealed    sealed.Options   // of the databases that Load opens and the vaults that Restore makes
	Retired   []Retired        // that the vault had before it was re-keyed
}

func (o Options) withDefaults() Options {
	if o.Files == nil {
		o.Files = o.Sealed.Files
	}
	if o.Files == nil {
		o.Files = disk.OS()
	}
	o.Sealed.Files = o.Files
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.FullAfter == 0 {
		o.FullAfter = 7 * 24 * time.Hour
	}
	return o
}

// Generation is one backup: the vault as of a commit.
type Generation struct {
	Name            string // of its manifest: the time in UTC, such as 20261125T234500.000Z
	At              time.Time
	Vault           sealed.VaultID
	Position        sealed.Position
	Key             string          // name of the identity that it is sealed to
	Facts           json.RawMessage // the caller's, nil where there are none
	Size            int64           // of the database, in bytes
	Attachments     int             // that it refers to
	AttachmentBytes int64           // of those, sealed
	Full            bool            // a pack of its own holds the whole database
	Problem         error           // why its manifest cannot be read: then there are only Name and At
}

// Note is what a caller says of the state that is being backed up.
type Note struct {
	Facts       json.RawMessage // kept in the manifest as they are; valid JSON, or nil
	Attachments []string        // names of those that the state refers to
	Dropped     []string        // of those that no generation is to keep; for Rewrite
}

// Written says what a backup wrote.
type Written struct {
	Generation  Generation
	Bytes       int64           // written to the target, of every kind
	Changed     int64           // bytes of pages that changed and of attachments that are new
	Attachments int             // copied
	Damage      []*DamagedError // what could not be copied, since the vault's own is missing or damaged
}

// Progress is told of work that is done, of the total, in bytes, by one call at a
// time; nil: nobody is.
type Progress func(done, total int64)

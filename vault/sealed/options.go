package sealed

import (
	"encoding/hex"
	"time"

	"github.com/mattn/go-sqlite3"

	"casekeep/vault/sealed/disk"
)

// Files is the file layer that a database stands on.
type Files = disk.Files

// Options are what a caller may choose. The zero value is ready to use.
type Options struct {
	Files             Files                           // nil: the operating system's
	WorkFactor        int                             // scrypt's log2 N for a new key.age, 1 to 19; 0: age's default, 18
	OnConnect         func(*sqlite3.SQLiteConn) error // runs on each new connection, such as to register SQL functions
	CheckpointBytes   int64                           // journal size that starts a checkpoint; 0: an eighth of the database, 16 to 64 MiB
	CheckpointRecords int                             // journal records that start a checkpoint; 0: 2,000
	CheckpointIdle    time.Duration                   // time without a commit that starts a checkpoint; 0: five minutes, below 0: none
	Readme            string                          // text of README.txt in a new vault; empty: one that explains the folder
	Now               func() time.Time                // nil: time.Now

	// Blobs gives the attachments of a database that is detached; nil: they lie
	// in the folder that Detach is given.
	Blobs func(name string) (BlobReader, error)

	// foreground makes checkpoints run within the call that finds them due, so
	// that tests see the same operations each time.
	foreground bool
}

func (o Options) withDefaults() Options {
	if o.Files == nil {
		o.Files = disk.OS()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.CheckpointRecords == 0 {
		o.CheckpointRecords = 2000
	}
	if o.CheckpointIdle == 0 {
		o.CheckpointIdle = 5 * time.Minute
	}
	if o.Readme == "" {
		o.Readme = Readme
	}
	return o
}

// checkpointBytes gives the journal size past which a checkpoint is due: larger
// databases take longer to seal and longer to open, so their journal may too.
func (o Options) checkpointBytes(database int64) int64 {
	if o.CheckpointBytes != 0 {
		return o.CheckpointBytes
	}
	return min(max(database/8, 16<<20), 64<<20)
}

// VaultID tells vaults apart. It is random, and stays with a vault through
// every copy of it.
type VaultID [16]byte

func (id VaultID) String() string { return hex.EncodeToString(id[:]) }

// Position says how far a vault has come. It grows with every commit and every
// checkpoint, so a position below one seen before means that files were rolled
// back, or that this is a stale copy; no file can prove its own age.
type Position struct {
	Generation uint64 // counts the bases
	Sequence   uint64 // counts the commits
}

// Before reports whether p lies before q.
func (p Position) Before(q Position) bool {
	return p.Sequence < q.Sequence || p.Sequence == q.Sequence && p.Generation < q.Generation
}

// Status says how an open database stands.
type Status struct {
	VaultID        VaultID
	Position       Position
	Size           int64 // of the database, in bytes
	JournalBytes   int64
	JournalRecords int   // commits since the last checkpoint
	Replayed       int   // commits that opening took from the journal: above 0 after a crash
	TornTail       int64 // bytes of an unfinished commit that opening dropped
	ReadOnly       error // why the vault cannot be written, a *ReadOnlyError; else nil
	Checkpoint     error // why the last checkpoint failed; nil where it did not

	// SetAside names the folders within the vault's that hold what another
	// program, such as a sync service, had put in the place of records.db.age
	// while the vault was open. To look into one it needs key.age beside it; after
	// a re-key what it holds is within NAME.age files, and sealed to the identity
	// of before ([Key.Identity]).
	SetAside []string

	Rekeying bool // a re-key is under way, or was cut off and waits for [DB.Rekey]
}

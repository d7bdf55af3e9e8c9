// Package crash puts a program's use of files on trial. It records every
// operation, lets chosen ones fail, and rebuilds what a power loss at any point
// could have left on the disk, by the promises of package disk and no others:
// what was not synced may be there, be gone, be there in part, or have come
// before what was written earlier.
package crash

// Kind says what an operation does.
type Kind int

// The kinds of operations. Those from Open on change nothing.
const (
	Mkdir Kind = iota + 1
	Create
	Write
	Truncate
	Sync
	Rename
	Remove
	SyncDir
	Open
	OpenWrite
	Read
	Size
	List
	Close
	Lock
	syncFailed // in the log alone
)

var kindNames = [...]string{"", "mkdir", "create", "write", "truncate", "sync", "rename", "remove", "sync folder",
	"open", "open to write", "read", "size", "list", "close", "lock", "failed sync"}

func (k Kind) String() string { return kindNames[k] }

// Op is one operation. Paths are relative to the recorded folder, with slashes.
type Op struct {
	Kind Kind
	Path string
	To   string // of a rename
	Off  int64  // of a write
	Data []byte // of a write
	Size int64  // of a truncate

	node int // the file that Path named when it was opened
}

// changes reports whether the operation can change what is on the disk.
func (o Op) changes() bool { return o.Kind < Open }

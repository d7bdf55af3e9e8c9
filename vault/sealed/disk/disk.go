// Package disk is the narrow door through which a sealed database touches
// files. Everything that can go wrong on a disk goes wrong behind this
// interface, so a test can record each operation, let the k-th one fail, and
// rebuild what a power loss would have left (package crash).
//
// A file's content is durable once Sync has returned nil. Its name, and the
// absence of a removed or renamed one, is durable once SyncDir has returned nil
// for the folder that holds the name. Nothing else is promised, and the engine
// relies on nothing else.
package disk

import "io"

// Files is a file system as the engine sees it. Paths are absolute or relative
// to the process, with the separators of the operating system. Errors are those
// of package os, so errors.Is(err, fs.ErrNotExist) works; [IsFull] and
// [IsReadOnly] recognize the two that a person can do something about.
type Files interface {
	// Mkdir makes one folder that only its owner can enter.
	Mkdir(path string) error
	// Create makes a new file for reading and writing, which only its owner
	// can read. It fails with fs.ErrExist where the name is taken.
	Create(path string) (File, error)
	// Open opens a file for reading.
	Open(path string) (File, error)
	// OpenWrite opens an existing file for reading and writing.
	OpenWrite(path string) (File, error)
	// Rename gives a file another name, replacing what has that name.
	Rename(from, to string) error
	// Remove removes a file or an empty folder.
	Remove(path string) error
	// List gives the names in a folder, sorted.
	List(dir string) ([]string, error)
	// Stamp tells what has a name now; of a link, the link.
	Stamp(path string) (Stamp, error)
	// SyncDir makes the names in a folder durable.
	SyncDir(dir string) error
	// Lock takes the file at path for this process alone, making it where it
	// is missing, and leaves note in it for whoever comes second. Where another
	// holds it the error is a *[HeldError]. On a file system that cannot be
	// written the lock is taken as far as that goes, without the note.
	Lock(path string, note []byte) (io.Closer, error)
}

// A Stamp changes when another file takes a name, and mostly when the content of
// the one that has it does.
type Stamp struct {
	File     FileID
	Size     int64 // in bytes
	Modified int64 // nanoseconds since 1970
	Kind     Kind
}

// Kind is what a name stands for.
type Kind uint8

// The kinds of which more than the name is of interest.
const (
	Plain Kind = iota // a file
	Folder
	Link  // a symbolic link, or what Windows has of that kind: it leads elsewhere
	Other // a pipe, a device
)

// FileID tells the files of a computer apart, whatever their names. Zeros, where
// the system does not say or lets no file be replaced that is open.
type FileID [2]uint64

// File is an open file.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Size() (int64, error)
	// Stamp is that of the file itself, whatever its name stands for now.
	Stamp() (Stamp, error)
	Truncate(size int64) error
	Sync() error
}

// HeldError says that another process, or another part of this one, holds a
// lock. Note is what the holder left in the file; it may be empty.
type HeldError struct {
	Path string
	Note []byte
}

func (e *HeldError) Error() string { return e.Path + " is locked" }

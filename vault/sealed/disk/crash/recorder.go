package crash

import (
	"io"
	"io/fs"
	"path/filepath"
	"sync"

	"casekeep/vault/sealed/disk"
)

// Recorder is a file layer over another one that logs each operation under one
// folder and lets operations fail. Operations may come from any goroutine.
type Recorder struct {
	files disk.Files
	root  string
	hook  func(Op)

	mu    sync.Mutex
	log   []Op
	start Image
	nodes map[string]int // of the names as they are now
	next  int
	count int // operations so far, failed ones and those that change nothing too
	fault *Fault
	hit   int // the first operation that was made to fail
	last  Op  // the last one
}

// Record logs what is done to files in root from now on. What is there already
// counts as durable.
func Record(files disk.Files, root string) (*Recorder, error) {
	start, err := ReadImage(root)
	if err != nil {
		return nil, err
	}
	return record(files, root, start), nil
}

// RecordMemory is [Record] for files in memory.
func RecordMemory(m *Memory) *Recorder { return record(m, m.root, m.Image()) }

func record(files disk.Files, root string, start Image) *Recorder {
	r := &Recorder{files: files, root: root, start: start, nodes: map[string]int{}}
	for _, path := range start.paths() {
		r.nodes[path] = r.newNode()
	}
	return r
}

// Before has f called ahead of each operation, outside the recorder's own lock.
func (r *Recorder) Before(f func(Op)) { r.hook = f }

// Len gives the number of logged operations, which are those that changed
// something.
func (r *Recorder) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.log)
}

// Count gives the number of operations so far, of every kind.
func (r *Recorder) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

// Log gives what was logged.
func (r *Recorder) Log() []Op {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Op(nil), r.log...)
}

func (r *Recorder) newNode() int {
	r.next++
	return r.next
}

func (r *Recorder) rel(path string) string {
	rel, err := filepath.Rel(r.root, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// do runs an operation, unless it is to fail, and logs what it did. The
// operation itself runs outside the lock: it may call back through the hook.
func (r *Recorder) do(op Op, run func(Op) error) error {
	if r.hook != nil {
		r.hook(op)
	}
	fault := r.befalls(op)
	if fault == nil {
		err := run(op)
		if err == nil {
			r.record(op)
		}
		return err
	}
	switch {
	case op.Kind == Close:
		_ = run(op) // a failed close has closed
	case op.Kind == Sync:
		op.Kind = syncFailed
		r.record(op)
	case fault.Short && op.Kind == Write:
		op.Data = op.Data[:len(op.Data)/2]
		if run(op) == nil {
			r.record(op)
		}
	case fault.Done && op.changes():
		if run(op) == nil {
			r.record(op)
		}
	}
	return &fs.PathError{Op: op.Kind.String(), Path: op.Path, Err: fault.Err}
}

// record logs an operation that took place.
func (r *Recorder) record(op Op) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !op.changes() && op.Kind != syncFailed {
		return
	}
	switch op.Kind {
	case Create, Mkdir:
		op.node = r.newNode()
		r.nodes[op.Path] = op.node
	case Rename:
		op.node = r.nodes[op.Path]
		delete(r.nodes, op.Path)
		r.nodes[op.To] = op.node
	case Remove:
		op.node = r.nodes[op.Path]
		delete(r.nodes, op.Path)
	}
	r.log = append(r.log, op)
}

func (r *Recorder) nodeOf(path string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.nodes[path]
}

func (r *Recorder) Mkdir(path string) error {
	return r.do(Op{Kind: Mkdir, Path: r.rel(path)}, func(Op) error { return r.files.Mkdir(path) })
}

func (r *Recorder) Rename(from, to string) error {
	return r.do(Op{Kind: Rename, Path: r.rel(from), To: r.rel(to)}, func(Op) error { return r.files.Rename(from, to) })
}

func (r *Recorder) Remove(path string) error {
	return r.do(Op{Kind: Remove, Path: r.rel(path)}, func(Op) error { return r.files.Remove(path) })
}

// Stamp is not recorded, and does not fail.
func (r *Recorder) Stamp(path string) (disk.Stamp, error) { return r.files.Stamp(path) }

func (r *Recorder) SyncDir(dir string) error {
	return r.do(Op{Kind: SyncDir, Path: r.rel(dir)}, func(Op) error { return r.files.SyncDir(dir) })
}

func (r *Recorder) List(dir string) (names []string, err error) {
	err = r.do(Op{Kind: List, Path: r.rel(dir)}, func(Op) error {
		names, err = r.files.List(dir)
		return err
	})
	return names, err
}

func (r *Recorder) Create(path string) (disk.File, error) {
	return r.open(Create, path, r.files.Create)
}
func (r *Recorder) Open(path string) (disk.File, error) { return r.open(Open, path, r.files.Open) }
func (r *Recorder) OpenWrite(path string) (disk.File, error) {
	return r.open(OpenWrite, path, r.files.OpenWrite)
}

func (r *Recorder) open(kind Kind, path string, open func(string) (disk.File, error)) (disk.File, error) {
	f := &file{rec: r, path: r.rel(path)}
	err := r.do(Op{Kind: kind, Path: f.path}, func(Op) (err error) {
		f.inner, err = open(path)
		return err
	})
	if err != nil {
		if f.inner != nil {
			f.inner.Close()
		}
		return nil, err
	}
	f.node = r.nodeOf(f.path)
	return f, nil
}

// Lock is not recorded: locks do not outlive a crash. It can fail.
func (r *Recorder) Lock(path string, note []byte) (lock io.Closer, err error) {
	err = r.do(Op{Kind: Lock, Path: r.rel(path)}, func(Op) error {
		lock, err = r.files.Lock(path, note)
		return err
	})
	if err == nil {
		r.lockNode(path, note)
	}
	return lock, err
}

// lockNode lets the lock's file be known, for it can be removed.
func (r *Recorder) lockNode(path string, note []byte) {
	if rel := r.rel(path); r.nodeOf(rel) == 0 {
		r.record(Op{Kind: Create, Path: rel})
		r.record(Op{Kind: Write, Path: rel, Data: note, node: r.nodeOf(rel)})
	}
}

// file is an open file of the recorder.
type file struct {
	rec   *Recorder
	inner disk.File
	path  string
	node  int
}

func (f *file) op(kind Kind) Op { return Op{Kind: kind, Path: f.path, node: f.node} }

func (f *file) WriteAt(b []byte, off int64) (n int, err error) {
	op := f.op(Write)
	op.Off, op.Data = off, append([]byte(nil), b...)
	err = f.rec.do(op, func(op Op) error {
		n, err = f.inner.WriteAt(op.Data, op.Off)
		return err
	})
	return n, err
}

func (f *file) ReadAt(b []byte, off int64) (n int, err error) {
	ended := error(nil)
	err = f.rec.do(f.op(Read), func(Op) error {
		n, ended = f.inner.ReadAt(b, off)
		return nil
	})
	if err == nil {
		err = ended
	}
	return n, err
}

func (f *file) Size() (n int64, err error) {
	err = f.rec.do(f.op(Size), func(Op) error {
		n, err = f.inner.Size()
		return err
	})
	return n, err
}

// Stamp is not recorded, and does not fail.
func (f *file) Stamp() (disk.Stamp, error) { return f.inner.Stamp() }

func (f *file) Truncate(size int64) error {
	op := f.op(Truncate)
	op.Size = size
	return f.rec.do(op, func(Op) error { return f.inner.Truncate(size) })
}

func (f *file) Sync() error  { return f.rec.do(f.op(Sync), func(Op) error { return f.inner.Sync() }) }
func (f *file) Close() error { return f.rec.do(f.op(Close), func(Op) error { return f.inner.Close() }) }

package crash

import (
	"maps"
	"path"
	"slices"
)

// Policy decides what a power loss leaves of what was not synced. A nil
// function keeps everything.
type Policy struct {
	// Name reports whether a change of names survives.
	Name func(op Op) bool
	// Data gives the parts of a write that survive; of a truncate, any part at
	// all stands for the whole.
	Data func(op Op) []Part
}

// Part is a stretch of a write's data, from From up to To. A zero part has the
// length but not the content: the file's size was durable before its blocks.
type Part struct {
	From, To int
	Zero     bool
}

// Disk is what a disk may hold after a number of operations.
type Disk struct {
	names   map[string]entry // durable
	pending []nameChange     // in order
	nodes   map[int]*node
}

type entry struct {
	node int
	dir  bool
}

// nameChange is one folder's part of an operation: a rename from one folder to
// another is two.
type nameChange struct {
	op     Op
	folder string
	link   string // name that appears, or ""
	unlink string // name that goes, or ""
	dir    bool
}

// node is a file's content: what is durable, then what may not be.
type node struct {
	durable []byte
	later   []dataChange
}

type dataChange struct {
	op      Op
	doomed  bool // a sync failed after it, and none that follows makes it durable
	durable bool // synced, behind a doomed one
}

// newDisk begins with an image that is all durable. Nodes are numbered as
// [Record] numbers them.
func newDisk(start Image) *Disk {
	d := &Disk{names: map[string]entry{}, nodes: map[int]*node{}}
	for i, p := range start.paths() {
		d.names[p] = entry{node: i + 1, dir: start.Dirs[p]}
		d.nodes[i+1] = &node{durable: start.Files[p]}
	}
	return d
}

// EachPrefix calls f with the disk as it may be after each number of logged
// operations from first on, up to all of them, until f fails.
func (r *Recorder) EachPrefix(first int, f func(n int, d *Disk) error) error {
	d := newDisk(r.start)
	log := r.Log()
	for n := 0; n <= len(log); n++ {
		if n >= first {
			if err := f(n, d); err != nil {
				return err
			}
		}
		if n < len(log) {
			d.apply(log[n])
		}
	}
	return nil
}

func (d *Disk) apply(op Op) {
	switch op.Kind {
	case Create, Mkdir:
		d.nodes[op.node] = &node{}
		d.change(nameChange{op: op, link: op.Path, dir: op.Kind == Mkdir})
	case Remove:
		d.change(nameChange{op: op, unlink: op.Path})
	case Rename:
		if path.Dir(op.Path) == path.Dir(op.To) {
			d.change(nameChange{op: op, unlink: op.Path, link: op.To})
			return
		}
		d.change(nameChange{op: op, link: op.To})
		d.change(nameChange{op: op, unlink: op.Path})
	case SyncDir:
		d.pending = slices.DeleteFunc(d.pending, func(c nameChange) bool {
			if c.folder != op.Path {
				return false
			}
			c.in(d.names)
			return true
		})
	case Write, Truncate:
		n := d.nodes[op.node]
		n.later = append(n.later, dataChange{op: op})
	case Sync:
		d.nodes[op.node].sync()
	case syncFailed:
		for i := range d.nodes[op.node].later {
			d.nodes[op.node].later[i].doomed = true
		}
	}
}

func (d *Disk) change(c nameChange) {
	c.folder = path.Dir(c.link)
	if c.link == "" {
		c.folder = path.Dir(c.unlink)
	}
	d.pending = append(d.pending, c)
}

// in makes the change in a set of names.
func (c nameChange) in(names map[string]entry) {
	if e, ok := names[c.unlink]; ok && e.node == c.op.node {
		delete(names, c.unlink)
	}
	if c.link != "" {
		names[c.link] = entry{node: c.op.node, dir: c.dir}
	}
}

// sync makes durable what was not doomed. What follows a doomed change stays
// behind it, in order.
func (n *node) sync() {
	for len(n.later) > 0 && !n.later[0].doomed {
		n.durable = apply(n.durable, n.later[0].op, whole(n.later[0].op))
		n.later = n.later[1:]
	}
	for i := range n.later {
		n.later[i].durable = !n.later[i].doomed
	}
}

// inDoubt reports whether a power loss could leave more than one state.
func (d *Disk) inDoubt() bool {
	for _, n := range d.nodes {
		if len(n.unsynced()) > 0 {
			return true
		}
	}
	return len(d.pending) > 0
}

// unsynced gives the changes that are in doubt.
func (n *node) unsynced() (changes []dataChange) {
	for _, c := range n.later {
		if !c.durable {
			changes = append(changes, c)
		}
	}
	return changes
}

func whole(op Op) []Part { return []Part{{From: 0, To: len(op.Data)}} }

// Crash gives what the policy leaves.
func (d *Disk) Crash(p Policy) Image {
	names := make(map[string]entry, len(d.names))
	for name, e := range d.names {
		names[name] = e
	}
	for _, c := range d.pending {
		if p.Name == nil || p.Name(c.op) {
			c.in(names)
		}
	}
	im := Image{Dirs: map[string]bool{}, Files: map[string][]byte{}}
	for _, name := range slices.Sorted(maps.Keys(names)) { // chance asks in the same order each time
		if e := names[name]; e.dir {
			im.Dirs[name] = true
		} else {
			im.Files[name] = d.nodes[e.node].crash(p)
		}
	}
	im.prune()
	return im
}

func (n *node) crash(p Policy) []byte {
	content := n.durable
	for _, c := range n.later {
		parts := whole(c.op)
		if p.Data != nil && !c.durable {
			parts = p.Data(c.op)
		}
		content = apply(content, c.op, parts)
	}
	return content
}

// apply gives content after the given parts of an operation, in new memory.
func apply(content []byte, op Op, parts []Part) []byte {
	if len(parts) == 0 {
		return content
	}
	if op.Kind == Truncate {
		return resize(content, op.Size)
	}
	content = slices.Clone(content)
	for _, part := range parts {
		from, to := op.Off+int64(part.From), op.Off+int64(part.To)
		if to > int64(len(content)) {
			content = resize(content, to)
		}
		if !part.Zero {
			copy(content[from:to], op.Data[part.From:part.To])
		}
	}
	return content
}

func resize(content []byte, size int64) []byte {
	out := make([]byte, size)
	copy(out, content)
	return out
}

package sealed

import (
	"crypto/sha256"
	"errors"
	"path/filepath"

	"casekeep/vault/sealed/disk"
)

// A journal holds every commit since its base, each a record in a frame,
// chained to the one before by its MAC.
type journal struct {
	file     disk.File
	id       disk.FileID // which file its name must stand for
	name     string
	base     baseID
	opening  opening
	sequence uint64            // of the last record
	mac      [sha256.Size]byte // of the last record
	end      int64             // where the next frame goes
	room     int64             // of the file, in bytes: from end on there are zeros
	commits  int
	pending  pendingFrame
	scratch  []byte // plaintext of a record, wiped after use
}

// pendingFrame is a frame that was written and not yet made part of the chain.
type pendingFrame struct {
	mac  [sha256.Size]byte
	size int64
	room int64 // of the file with it
}

// A frame that does not fit into the file takes zeros along with it for those
// that follow: to sync what overwrites them a file system has to write neither
// the file's size nor where its blocks lie, which takes half as long and waits
// for nothing else that it has to write. There are as many as the journal has
// bytes, within these bounds.
const (
	leastRoom = 16 << 10
	mostRoom  = 256 << 10
)

// roomFor gives the size of the file in which a frame is to end at end.
func roomFor(end int64) int64 {
	room := end + min(max(end, leastRoom), mostRoom)
	return (room + pageSize - 1) / pageSize * pageSize
}

var errRecordTooLarge = errors.New("the change is too large for one commit")

// startJournal makes the journal of a base, with its opening record, unsynced.
// Sequence is that of the last commit in the base, size the database's.
func startJournal(files disk.Files, dir string, k *keys, base baseID, o opening, sequence uint64, size int64) (*journal, error) {
	name := journalName(base)
	file, err := files.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	j := &journal{file: file, name: name, base: base, opening: o, sequence: sequence}
	r := &record{kind: kindOpening, base: base, sequence: sequence, size: size, body: o.append(nil)}
	b, mac, err := j.encode(k, r, []byte(journalVersion))
	if err == nil {
		_, err = file.WriteAt(b, 0)
	}
	if err != nil {
		_ = file.Close()
		_ = files.Remove(filepath.Join(dir, name))
		return nil, err
	}
	j.end, j.mac = int64(len(b)), mac
	j.room = j.end
	j.mark()
	return j, nil
}

// mark takes the file that is open for the journal's own.
func (j *journal) mark() {
	s, _ := j.file.Stamp()
	j.id = s.File
}

// encode appends the frame of a record to dst.
func (j *journal) encode(k *keys, r *record, dst []byte) ([]byte, [sha256.Size]byte, error) {
	plain, mac := r.append(j.scratch[:0], k.mac)
	defer wipe(plain)
	j.scratch = plain
	from := len(dst)
	b, err := k.seal(append(dst, make([]byte, frameHead)...), plain)
	if err != nil {
		return nil, mac, err
	}
	if len(b)-from-frameHead > maxFrame {
		return nil, mac, errRecordTooLarge
	}
	finishFrame(b[from:], r.sequence)
	return b, mac, nil
}

// write puts the next commit's frame at the end, unsynced. The chain goes on
// with it once accept is called; until then another write replaces it.
func (j *journal) write(k *keys, delta []byte, size int64) error {
	r := &record{kind: kindDelta, base: j.base, sequence: j.sequence + 1, previous: j.mac, size: size, body: delta}
	b, mac, err := j.encode(k, r, nil)
	if err != nil {
		return err
	}
	j.pending = pendingFrame{mac: mac, size: int64(len(b)), room: j.room}
	if end := j.end + int64(len(b)); end > j.room {
		j.pending.room = roomFor(end)
		b = append(b, make([]byte, j.pending.room-end)...)
	}
	_, err = j.file.WriteAt(b, j.end)
	return err
}

// retract cuts off what a failed write left.
func (j *journal) retract() error {
	err := j.file.Truncate(j.end)
	j.room = j.end
	return err
}

// accept makes the written frame part of the chain.
func (j *journal) accept() {
	j.sequence++
	j.commits++
	j.mac = j.pending.mac
	j.end += j.pending.size
	j.room = j.pending.room
	j.pending = pendingFrame{}
}

package intake

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"io"
	"strconv"
	"strings"

	"casekeep/vault/record"
)

// fingerprint hashes fields so that no two lists of fields run together: each
// goes in with its length before it.
type fingerprint struct{ h hash.Hash }

func newFingerprint(kind string) fingerprint {
	f := fingerprint{sha256.New()}
	f.add(kind)
	return f
}

func (f fingerprint) add(field string) {
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(field)))
	f.h.Write(length[:])
	io.WriteString(f.h, field)
}

func (f fingerprint) sum() (out record.Hash) {
	f.h.Sum(out[:0])
	return out
}

// contentHash covers what was said: subject, text, how a call went,
// attachments' bytes.
func contentHash(it *Item) record.Hash {
	f := newFingerprint("content/1")
	f.add(trimmed(it.Subject))
	f.add(trimmed(it.Body))
	if it.Channel == record.Call || it.Channel == record.Voicemail {
		f.add(it.Duration.String())
		f.add(it.Outcome)
	}
	for _, a := range it.Attachments {
		f.add(string(a.SHA256[:]))
	}
	return f.sum()
}

// textKey is the identity of a text or call across overlapping backups.
func textKey(it *Item, kind string) record.Hash {
	f := newFingerprint(kind)
	f.add(it.Thread.Key())
	f.add(strconv.FormatInt(it.At.UnixMilli(), 10))
	f.add(string(it.Direction))
	f.add(string(it.Content[:]))
	return f.sum()
}

// trimmed drops what differs between copies of the same text: white space
// at the ends of lines and of the whole.
func trimmed(s string) string {
	if !strings.Contains(s, "\n") {
		return strings.TrimSpace(s)
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// twins counts messages with the same key. It remembers the last twinsHeld at
// least and twice as many at most, so that a file of any size needs the same
// memory. Eight bytes of the key tell apart what one window holds.
type twins struct{ young, old map[uint64]int }

const twinsHeld = 1 << 16

// next gives how many with that key came before.
func (t *twins) next(key record.Hash) int {
	k := binary.BigEndian.Uint64(key[:8])
	if t.young == nil || len(t.young) >= twinsHeld {
		t.young, t.old = map[uint64]int{}, t.young
	}
	n, ok := t.young[k]
	if !ok {
		n = t.old[k]
	}
	t.young[k] = n + 1
	return n
}

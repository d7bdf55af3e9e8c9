package sealed

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
)

// baseID identifies a base: SHA-256 of its age header, nonce and size.
type baseID [sha256.Size]byte

func (b baseID) short() string { return hex.EncodeToString(b[:16]) }

type recordKind byte

const (
	kindOpening recordKind = 1 // the first of a journal: who it belongs to
	kindRuns    recordKind = 2 // one commit, as journals of version 1 have it: nothing is copied, and the kind of a run takes one bit
	kindDelta   recordKind = 3 // one commit
)

// A record is the plaintext of one age file of a journal. Encoded, little
// endian:
//
//	 0  kind       1 byte
//	 1  base       32 bytes
//	33  sequence   8 bytes
//	41  previous   32 bytes: the MAC of the record before; zeros in an opening
//	73  size       8 bytes: the database's, in bytes, after this record
//	81  body       an opening's fields or a commit's delta
//	    mac        32 bytes: HMAC-SHA256 of all before
//
// age hides and protects what is written but does not say who wrote it: anyone
// who knows the recipient can encrypt to it. The MAC does, since its key
// derives from the identity.
type record struct {
	kind     recordKind
	base     baseID
	sequence uint64
	previous [sha256.Size]byte
	size     int64
	body     []byte
}

const recordHead = 1 + sha256.Size + 8 + sha256.Size + 8

var (
	errRecordShort = errors.New("a record is cut short")
	errRecordMAC   = errors.New("a record was not written by this vault's key")
	errRecordSize  = errors.New("a record gives the database an impossible size")
)

func (r *record) head(dst []byte) []byte {
	dst = append(dst, byte(r.kind))
	dst = append(dst, r.base[:]...)
	dst = binary.LittleEndian.AppendUint64(dst, r.sequence)
	dst = append(dst, r.previous[:]...)
	return binary.LittleEndian.AppendUint64(dst, uint64(r.size))
}

func recordMAC(key, signed []byte) (mac [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	h.Write(signed)
	h.Sum(mac[:0])
	return mac
}

// append encodes the record onto dst and gives its MAC.
func (r *record) append(dst, key []byte) ([]byte, [sha256.Size]byte) {
	from := len(dst)
	dst = append(r.head(dst), r.body...)
	mac := recordMAC(key, dst[from:])
	return append(dst, mac[:]...), mac
}

// parseRecord decodes and authenticates b. The record's body is part of b.
func parseRecord(b, key []byte) (*record, [sha256.Size]byte, error) {
	var mac [sha256.Size]byte
	if len(b) < recordHead+len(mac) {
		return nil, mac, errRecordShort
	}
	signed := b[:len(b)-len(mac)]
	copy(mac[:], b[len(signed):])
	if want := recordMAC(key, signed); !hmac.Equal(mac[:], want[:]) {
		return nil, mac, errRecordMAC
	}
	r := &record{kind: recordKind(signed[0]), body: signed[recordHead:]}
	copy(r.base[:], signed[1:])
	r.sequence = binary.LittleEndian.Uint64(signed[33:])
	copy(r.previous[:], signed[41:])
	size := binary.LittleEndian.Uint64(signed[73:])
	if size > regionMost {
		return nil, mac, errRecordSize
	}
	r.size = int64(size)
	return r, mac, nil
}

// An opening says which vault a journal belongs to and where it starts. Encoded
// as the vault's id, then the generation, little endian.
type opening struct {
	vault      [16]byte
	generation uint64 // counts the vault's bases, from 1
}

const openingSize = 16 + 8

func (o opening) append(dst []byte) []byte {
	return binary.LittleEndian.AppendUint64(append(dst, o.vault[:]...), o.generation)
}

func parseOpening(b []byte) (o opening, err error) {
	if len(b) != openingSize {
		return o, errRecordShort
	}
	copy(o.vault[:], b)
	o.generation = binary.LittleEndian.Uint64(b[16:])
	return o, nil
}

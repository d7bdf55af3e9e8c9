package sealed

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// A journal begins with its version, then holds frames, then zeros for frames to
// come, or none. A frame is, little endian:
//
//	 0  magic      4 bytes
//	 4  length     4 bytes, of the age file
//	 8  sequence   8 bytes
//	16  checksum   4 bytes, CRC-32C of the 16 before and the age file
//	20  the age file
//
// The checksum tells a write that was cut off from one that was not, without a
// key; it protects nothing.
const (
	journalFamily  = "sealed journal "
	journalVersion = journalFamily + "2\n"
	journalFirst   = journalFamily + "1\n" // of kindRuns alone
	frameMagic     = "SJr\x01"
	frameHead      = 20
	maxFrame       = 1<<32 - 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type frame struct {
	at       int64 // in bytes from the journal's start
	sequence uint64
	sealed   []byte
}

// finishFrame fills the head of a frame in, of which b holds frameHead bytes
// and the age file.
func finishFrame(b []byte, sequence uint64) {
	copy(b, frameMagic)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-frameHead))
	binary.LittleEndian.PutUint64(b[8:], sequence)
	binary.LittleEndian.PutUint32(b[16:], frameSum(b))
}

func frameSum(b []byte) uint32 {
	return crc32.Update(crc32.Checksum(b[:16], castagnoli), castagnoli, b[frameHead:])
}

// frameLength gives the length in bytes of the frame that seems to start b.
func frameLength(b []byte) (n int, ok bool) {
	if len(b) < frameHead || string(b[:4]) != frameMagic {
		return 0, false
	}
	length := uint64(binary.LittleEndian.Uint32(b[4:]))
	return frameHead + int(length), length <= uint64(len(b)-frameHead)
}

// nextFrame reads the frame at the start of b and gives its length in bytes.
func nextFrame(b []byte) (f frame, n int, ok bool) {
	n, ok = frameLength(b)
	if !ok || binary.LittleEndian.Uint32(b[16:]) != frameSum(b[:n]) {
		return f, 0, false
	}
	return frame{sequence: binary.LittleEndian.Uint64(b[8:]), sealed: b[frameHead:n]}, n, true
}

// splitFrames takes a journal apart. good is the length of what is whole. Where
// that is not all, the rest is the one write that a crash cut off, or damage:
// each commit was synced before the next began, so if a whole frame of a later
// one still follows, what lies before it was once whole too. An earlier one is
// what some file systems leave in a file's room after a crash.
func splitFrames(raw []byte) (frames []frame, good int64, err error) {
	if !bytes.HasPrefix(raw, []byte(journalVersion)) && !bytes.HasPrefix(raw, []byte(journalFirst)) {
		return nil, 0, versionError(raw)
	}
	at := len(journalVersion)
	for at < len(raw) {
		f, n, ok := nextFrame(raw[at:])
		if !ok {
			break
		}
		f.at = int64(at)
		frames = append(frames, f)
		at += n
	}
	if len(frames) == 0 {
		return nil, 0, &DamagedError{Offset: int64(at), Reason: "its first record is not whole"}
	}
	if follows(raw[at:], frames[len(frames)-1].sequence) {
		return frames, int64(at), &DamagedError{Offset: int64(at), Reason: "a record is damaged that was once whole"}
	}
	return frames, int64(at), nil
}

// follows reports whether a whole frame, later than the one of a sequence, lies
// anywhere in b but at its start. A tail made of nothing but frame heads, which only malice writes, would take
// for ever to check; it counts as damage too.
func follows(b []byte, sequence uint64) bool {
	budget := 16 * len(b)
	for len(b) > 0 && budget > 0 {
		b = b[1:]
		next := bytes.Index(b, []byte(frameMagic))
		if next < 0 {
			return false
		}
		b = b[next:]
		n, ok := frameLength(b)
		if !ok {
			continue
		}
		if f, _, ok := nextFrame(b); ok && f.sequence > sequence {
			return true
		}
		budget -= n
	}
	return len(b) > 0
}

// versionError tells a journal of a later version from a damaged one.
func versionError(raw []byte) error {
	line, _, ended := bytes.Cut(raw[:min(len(raw), 64)], []byte("\n"))
	version, ours := bytes.CutPrefix(line, []byte(journalFamily))
	if !ended || !ours || len(version) == 0 || len(bytes.Trim(version, "0123456789")) > 0 {
		return &DamagedError{Offset: 0, Reason: "it does not begin as a journal does"}
	}
	return ErrTooNew
}

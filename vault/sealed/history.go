package sealed

import (
	"bytes"
	"context"
	"fmt"

	"casekeep/vault/sealed/parallel"
)

// history is what a journal tells: every commit since its base.
type history struct {
	opening  opening
	start    *record   // the opening's
	commits  []*record // in order
	mac      [32]byte  // of the last record
	good     int64     // bytes of the journal that are whole
	torn     int64     // bytes after them, of a write that was cut off; zeros at the end are none
	sequence uint64    // of the last record
}

// readHistory authenticates a journal of the given base. Where it fails with a
// [*DamagedError], the history up to the damage comes with it, if there is one;
// the error's file is left to the caller.
func readHistory(raw []byte, k *keys, base baseID) (*history, error) {
	frames, good, err := splitFrames(raw)
	if len(frames) == 0 {
		return nil, err
	}
	h := &history{good: good, torn: int64(len(bytes.TrimRight(raw[good:], "\x00")))}
	if chain := h.chain(frames, decryptFrames(frames, k), k, base); chain != nil {
		return h, chain
	}
	return h, err
}

// decryptFrames decrypts on all cores, since a post-quantum header takes a
// tenth of a millisecond to open.
func decryptFrames(frames []frame, k *keys) []decrypted {
	out := make([]decrypted, len(frames))
	_ = parallel.Each(context.Background(), int64(len(frames)), 1, func(i, _ int64) error {
		out[i].plain, out[i].err = k.open(frames[i].sealed)
		return nil
	})
	return out
}

type decrypted struct {
	plain []byte
	err   error
}

// chain checks each record against the one before.
func (h *history) chain(frames []frame, plain []decrypted, k *keys, base baseID) error {
	for i, f := range frames {
		if err := plain[i].err; err != nil {
			return &DamagedError{Offset: f.at, Reason: "a record does not decrypt", Cause: err}
		}
		r, mac, err := parseRecord(plain[i].plain, k.mac)
		if err != nil {
			return &DamagedError{Offset: f.at, Reason: err.Error(), Cause: err}
		}
		if reason := h.next(r, f, base); reason != "" {
			return &DamagedError{Offset: f.at, Reason: reason}
		}
		h.mac, h.sequence = mac, r.sequence
	}
	return nil
}

// next takes a record in, or says why it does not belong here.
func (h *history) next(r *record, f frame, base baseID) (reason string) {
	switch {
	case r.base != base:
		return "a record belongs to another base"
	case r.sequence != f.sequence:
		return "a record was moved"
	case h.start == nil:
		if r.kind != kindOpening {
			return "the first record is not an opening"
		}
		o, err := parseOpening(r.body)
		if err != nil {
			return err.Error()
		}
		h.opening, h.start = o, r
		return ""
	case r.kind != kindRuns && r.kind != kindDelta:
		return fmt.Sprintf("a record is of the unknown kind %d", r.kind)
	case r.previous != h.mac:
		return "a record does not follow the one before"
	}
	h.commits = append(h.commits, r)
	return ""
}

// wipe clears the records' content from memory.
func (h *history) wipe() {
	for _, r := range h.commits {
		wipe(r.body)
	}
}

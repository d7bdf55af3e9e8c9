package sealed

import (
	"crypto/subtle"
	"sync"
)

// Locked memory holds small keys: outside the Go heap, where the collector
// moves no copies about, never written to swap where the system allows that,
// and left out of core dumps.
type lockedMemory struct {
	mu   sync.Mutex
	free [][]byte
}

// lockedKeys are the keys of every open vault.
var lockedKeys lockedMemory

const (
	lockedSlot = 32   // bytes: what a key has
	lockedStep = 4096 // bytes: what is taken at once, a page of most systems
)

// move takes a key of lockedSlot bytes over and wipes b. A system that locks
// no memory, or no more of it, keeps the key unlocked.
func (l *lockedMemory) move(b []byte) ([]byte, error) {
	defer wipe(b)
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.free) == 0 {
		if err := l.grow(); err != nil {
			return nil, err
		}
	}
	slot := l.free[len(l.free)-1]
	l.free = l.free[:len(l.free)-1]
	subtle.ConstantTimeCopy(1, slot, b)
	return slot, nil
}

func (l *lockedMemory) grow() error {
	page, err := reserve(lockedStep)
	if err != nil {
		return err
	}
	if err := commit(page); err != nil {
		return err
	}
	keepFromSwap(page)
	for at := 0; at < len(page); at += lockedSlot {
		l.free = append(l.free, page[at:at+lockedSlot:at+lockedSlot])
	}
	return nil
}

// wipe forgets a key that move gave. It must not be used any more.
func (l *lockedMemory) wipe(slot []byte) {
	wipe(slot)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.free = append(l.free, slot)
}

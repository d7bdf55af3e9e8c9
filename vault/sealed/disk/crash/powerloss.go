package crash

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
)

// State is what a power loss may have left after a number of operations.
type State struct {
	Operations int    // logged by then
	Number     int    // of the state, from 1
	Policy     string // what was made of the unsynced
	Image      Image  // to be left as it is
}

// PowerLosses says which states are to be tried.
type PowerLosses struct {
	From, To int // numbers of operations: after each the power fails
	States   int // about how many; those that are the same each time are tried in any case
	// Promise tells apart what must hold after n operations: a state that was
	// tried is tried again for another promise. Nil: the same throughout.
	Promise func(n int) string
}

// PowerLoss has check look at states, on all cores, each different from every
// other. It gives how many there were, and the first failure.
func (r *Recorder) PowerLoss(p PowerLosses, check func(State) error) (states int, err error) {
	m := &miner{PowerLosses: p, random: rand.New(rand.NewPCG(1, 2)), tried: map[[sha256.Size]byte]string{}, work: make(chan State)}
	if m.Promise == nil {
		m.Promise = func(int) string { return "" }
	}
	err = r.EachPrefix(p.From, func(n int, d *Disk) error {
		if n <= p.To && d.inDoubt() {
			m.left++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for s := range m.work {
				if err := apart(s, check); err != nil {
					m.fail(fmt.Errorf("after %d of %d operations, %s: %w", s.Operations, r.Len(), s.Policy, err))
				}
			}
		})
	}
	err = r.EachPrefix(p.From, m.prefix)
	close(m.work)
	workers.Wait()
	return m.states, err
}

// apart runs a check in a goroutine of its own, which it may end.
func apart(s State, check func(State) error) error {
	result := make(chan error, 1)
	go func() {
		err := errors.New("the check broke off")
		defer func() { result <- err }()
		err = check(s)
	}()
	return <-result
}

// miner finds states that were not tried yet.
type miner struct {
	PowerLosses
	random *rand.Rand
	tried  map[[sha256.Size]byte]string // the promise that it was last tried for
	states int
	left   int // prefixes with something in doubt
	work   chan State

	mu     sync.Mutex
	failed error
}

func (m *miner) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed == nil {
		m.failed = err
	}
}

func (m *miner) failure() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.failed
}

// prefix tries what the disk may hold after n operations: what is the same each
// time, and of the random states its share of those that are left.
func (m *miner) prefix(n int, d *Disk) error {
	if n > m.To {
		return nil
	}
	for _, p := range append(Classes(), append(d.Lost(), d.Subsets()...)...) {
		m.try(n, d, p)
	}
	if !d.inDoubt() {
		return m.failure()
	}
	until := m.states + max(0, m.States-m.states)/m.left
	m.left--
	kinds := []func(*rand.Rand) Named{Torn, TornAnywhere, Shuffled, Scattered}
	for vain := 0; m.states < until && vain < 64; {
		before := m.states
		for _, kind := range kinds {
			m.try(n, d, kind(m.random))
		}
		if vain++; m.states > before {
			vain = 0
		}
		if err := m.failure(); err != nil {
			return err
		}
	}
	return m.failure()
}

func (m *miner) try(n int, d *Disk, p Named) {
	im, promise := d.Crash(p.Policy), m.Promise(n)
	sum := im.Sum()
	last, known := m.tried[sum]
	if known && last == promise {
		return
	}
	m.tried[sum] = promise
	if !known {
		m.states++
	}
	m.work <- State{Operations: n, Number: m.states, Policy: p.Name, Image: im}
}

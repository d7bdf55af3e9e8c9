package sealed

// An arena hands out pages outside the Go heap, for pre-images, and wipes each
// as it comes back.
type arena struct {
	slabs [][]byte
	used  int // bytes of the last slab that were ever handed out
	free  [][]byte
}

const slabSize = 1 << 20

func (a *arena) get() ([]byte, error) {
	if n := len(a.free); n > 0 {
		page := a.free[n-1]
		a.free = a.free[:n-1]
		return page, nil
	}
	if len(a.slabs) == 0 || a.used == slabSize {
		slab, err := reserve(slabSize)
		if err != nil {
			return nil, err
		}
		if err := commit(slab); err != nil {
			return nil, err
		}
		a.slabs, a.used = append(a.slabs, slab), 0
	}
	slab := a.slabs[len(a.slabs)-1]
	page := slab[a.used : a.used+pageSize : a.used+pageSize]
	a.used += pageSize
	return page, nil
}

func (a *arena) put(page []byte) {
	if page == nil {
		return
	}
	wipe(page)
	a.free = append(a.free, page)
}

// release gives everything back, pages still out included.
func (a *arena) release() error {
	for i, slab := range a.slabs {
		used := slabSize
		if i == len(a.slabs)-1 {
			used = a.used
		}
		wipe(slab[:used])
		if err := release(slab); err != nil {
			return err
		}
	}
	*a = arena{}
	return nil
}

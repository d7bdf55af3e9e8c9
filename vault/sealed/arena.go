package sealed

// An arena hands out pages outside the Go heap, for pre-images, and wipes each
// as it comes back.
type arena struct {
	slabs [][]byte
	free  [][]byte
}

const slabSize = 1 << 20

func (a *arena) get() ([]byte, error) {
	if len(a.free) == 0 {
		slab, err := reserve(slabSize)
		if err != nil {
			return nil, err
		}
		if err := commit(slab); err != nil {
			return nil, err
		}
		a.slabs = append(a.slabs, slab)
		for at := 0; at < slabSize; at += pageSize {
			a.free = append(a.free, slab[at:at+pageSize:at+pageSize])
		}
	}
	page := a.free[len(a.free)-1]
	a.free = a.free[:len(a.free)-1]
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
	for _, slab := range a.slabs {
		wipe(slab)
		if err := release(slab); err != nil {
			return err
		}
	}
	*a = arena{}
	return nil
}

package lines

// cache keeps about limit values, those used last. It drops the older half at
// once, so a hit costs one lookup and no bookkeeping.
type cache[K comparable, V any] struct {
	young, old map[K]V
	half       int
}

func newCache[K comparable, V any](limit int) *cache[K, V] {
	c := &cache[K, V]{half: limit / 2}
	c.clear()
	return c
}

func (c *cache[K, V]) get(key K) (V, bool) {
	if v, ok := c.young[key]; ok {
		return v, true
	}
	v, ok := c.old[key]
	if ok {
		c.put(key, v)
	}
	return v, ok
}

func (c *cache[K, V]) put(key K, v V) {
	if len(c.young) >= c.half {
		c.old, c.young = c.young, make(map[K]V)
	}
	c.young[key] = v
}

func (c *cache[K, V]) clear() { c.young, c.old = make(map[K]V), nil }

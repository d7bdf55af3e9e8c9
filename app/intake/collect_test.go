package intake

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"slices"

	"casekeep/vault/record"
)

// collector is a Handler that keeps everything, as a vault would: it knows
// what it has by Key and Twin, and drops aborted parts.
type collector struct {
	want  func(Head) (bool, string) // nil: all
	reply func(Item) error          // nil: nil, or ErrDuplicate for what is known
	heads []Head
	items []Item
	parts []*memoryPart
	known map[identity]bool
}

type identity struct {
	key  record.Hash
	twin int
}

type memoryPart struct {
	bytes.Buffer
	name, mime      string
	closed, aborted bool
}

func (p *memoryPart) Write(b []byte) (int, error) {
	if p.closed || p.aborted {
		return 0, errors.New("written after its end")
	}
	return p.Buffer.Write(b)
}

func (p *memoryPart) Close() error { p.closed = true; return nil }
func (p *memoryPart) Abort()       { p.aborted = true }

func (c *collector) Want(h Head) (bool, string) {
	c.heads = append(c.heads, h)
	if c.want != nil {
		return c.want(h)
	}
	return true, ""
}

func (c *collector) Part(name, mime string) (PartWriter, error) {
	p := &memoryPart{name: name, mime: mime}
	c.parts = append(c.parts, p)
	return p, nil
}

func (c *collector) Item(it Item) error {
	id := identity{it.Key, it.Twin}
	if c.known[id] {
		return ErrDuplicate
	}
	if c.reply != nil {
		if err := c.reply(it); err != nil {
			return err
		}
	}
	if c.known == nil {
		c.known = map[identity]bool{}
	}
	c.known[id] = true
	c.items = append(c.items, it)
	return nil
}

// kept counts the parts that were not aborted.
func (c *collector) kept() int {
	return len(c.parts) - len(slices.DeleteFunc(slices.Clone(c.parts), func(p *memoryPart) bool { return !p.aborted }))
}

func readAll(name string) ([]byte, error) { return os.ReadFile("testdata/" + name) }

func sum(s string) record.Hash { return sha256.Sum256([]byte(s)) }

package backup

import (
	"context"
	"io"
	"sync"

	"casekeep/vault/sealed"
)

// counter adds work up that is done on all cores.
type counter struct {
	mu    sync.Mutex // calls of tell come one by one
	done  int64
	total int64
	tell  Progress
}

func (c *counter) add(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done += n
	c.report(c.done, c.total)
}

// end tells that all is done: sealed and plain bytes are not quite as many.
func (c *counter) end() {
	c.report(c.total, c.total)
}

// report tells of work that somebody else adds up.
func (c *counter) report(done, total int64) {
	if c.tell != nil {
		c.tell(done, total)
	}
}

// countReads tells a counter of what is read through it.
type countReads struct {
	io.ReaderAt
	ctx context.Context
	to  *counter
}

func (r countReads) ReadAt(b []byte, at int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.ReaderAt.ReadAt(b, at)
	r.to.add(int64(n))
	return n, err
}

// counted is an image that tells of what is read.
type counted struct {
	countReads
	size int64
}

func (c counted) Size() int64 { return c.size }

func count(ctx context.Context, im sealed.Image, to *counter) counted {
	return counted{countReads{im, ctx, to}, im.Size()}
}

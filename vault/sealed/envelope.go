package sealed

import (
	"bytes"
	"io"
	"sync/atomic"

	"filippo.io/age"
)

// An envelope is an age file of which the header is written and the content is
// not. Making one takes longer than filling it, since the header holds a
// post-quantum key exchange, so the next is made while nobody waits.
type envelope struct {
	file *bytes.Buffer
	seal io.WriteCloser
}

// envelopes hands them out. Each is used once: no two files share a key.
type envelopes struct {
	recipient age.Recipient
	next      atomic.Pointer[envelope]
	making    atomic.Bool
}

func (e *envelopes) make() (*envelope, error) {
	file := new(bytes.Buffer)
	seal, err := age.Encrypt(file, e.recipient)
	if err != nil {
		return nil, err
	}
	return &envelope{file: file, seal: seal}, nil
}

// take gives the envelope that is ready, or a new one.
func (e *envelopes) take() (*envelope, error) {
	if ready := e.next.Swap(nil); ready != nil {
		return ready, nil
	}
	return e.make()
}

// prepare makes the next envelope in the background, unless it is there.
func (e *envelopes) prepare() {
	if e.next.Load() != nil || !e.making.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer e.making.Store(false)
		if ready, err := e.make(); err == nil {
			e.next.Store(ready)
		}
	}()
}

// fill encrypts content and gives the whole file.
func (e *envelope) fill(content []byte) ([]byte, error) {
	if _, err := e.seal.Write(content); err != nil {
		return nil, err
	}
	if err := e.seal.Close(); err != nil {
		return nil, err
	}
	return e.file.Bytes(), nil
}

package app

import (
	"context"
	"io"

	"casekeep/app/intake"
	"casekeep/vault"
	"casekeep/vault/record"
)

// taker is where the messages of an import go: into a batch, or nowhere in a
// dry run.
type taker interface {
	open(ctx context.Context, file string) error
	part(ctx context.Context) (intake.PartWriter, error)
	add(ctx context.Context, m vault.Message) (vault.Outcome, error)
	close(ctx context.Context, s record.Source) error
}

// batchTaker files messages, and seals their attachments as they stream in.
type batchTaker struct {
	p  *Practice
	im *vault.Import
}

func (t *batchTaker) open(ctx context.Context, file string) error {
	return t.im.OpenSource(ctx, file, "")
}

func (t *batchTaker) close(ctx context.Context, s record.Source) error {
	return t.im.CloseSource(ctx, s)
}

func (t *batchTaker) add(ctx context.Context, m vault.Message) (vault.Outcome, error) {
	return t.im.Add(ctx, m)
}

func (t *batchTaker) part(ctx context.Context) (intake.PartWriter, error) {
	r, w := io.Pipe()
	part := &sealedPart{v: t.p.v, w: w, done: make(chan struct{})}
	go func() {
		defer close(part.done)
		part.blob, part.err = t.p.v.PutBlob(ctx, r)
		r.CloseWithError(part.err)
	}()
	return part, nil
}

// sealedPart is an attachment on its way into a sealed file.
type sealedPart struct {
	v       *vault.Vault
	w       *io.PipeWriter
	done    chan struct{}
	blob    vault.Blob
	err     error
	dropped bool
}

func (s *sealedPart) Write(p []byte) (int, error) { return s.w.Write(p) }

// Close ends the content and waits until it is durable.
func (s *sealedPart) Close() error {
	s.w.Close()
	<-s.done
	return s.err
}

// Abort drops what was written. A sealed file that cannot be removed now names
// nothing, and verify lists it.
func (s *sealedPart) Abort() {
	if s.dropped {
		return
	}
	s.dropped = true
	s.w.CloseWithError(context.Canceled)
	<-s.done
	if s.err == nil {
		_ = s.v.DropBlob(s.blob.Name)
	}
}

// dryTaker counts what an import would do.
type dryTaker struct{ known *vault.Known }

func (dryTaker) open(context.Context, string) error              { return nil }
func (dryTaker) close(context.Context, record.Source) error      { return nil }
func (dryTaker) part(context.Context) (intake.PartWriter, error) { return discard{}, nil }

func (t dryTaker) add(_ context.Context, m vault.Message) (vault.Outcome, error) {
	outcome, _ := t.known.Recognize(m.Dedupe, m.Content, m.Twin)
	return outcome, nil
}

// discard is an attachment of a dry run.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) Close() error                { return nil }
func (discard) Abort()                      {}

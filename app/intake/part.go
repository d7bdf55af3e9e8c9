package intake

import (
	"crypto/sha256"
	"errors"
	"hash"
)

// errPartTooLarge ends an attachment beyond Options.MaxAttachment.
var errPartTooLarge = errors.New("attachment too large")

// partSink is one attachment on its way to the handler: bounded, counted,
// hashed.
type partSink struct {
	w   PartWriter
	sum hash.Hash
	n   int64
	max int64
}

func (s *session) openPart(name, mime string) (*partSink, error) {
	w, err := s.h.Part(name, mime)
	if err != nil {
		return nil, err
	}
	return &partSink{w: w, sum: sha256.New(), max: s.opt.MaxAttachment}, nil
}

func (p *partSink) Write(b []byte) (int, error) {
	if p.n+int64(len(b)) > p.max {
		return 0, errPartTooLarge
	}
	p.n += int64(len(b))
	p.sum.Write(b)
	return p.w.Write(b)
}

// close ends the attachment, or drops it where that fails.
func (p *partSink) close(name, mime string) (Attachment, error) {
	if err := p.w.Close(); err != nil {
		p.w.Abort()
		return Attachment{}, err
	}
	a := Attachment{Part: p.w, Name: name, Type: mime, Size: p.n}
	p.sum.Sum(a.SHA256[:0])
	return a, nil
}

func dropParts(list []Attachment) {
	for _, a := range list {
		if a.Part != nil {
			a.Part.Abort()
		}
	}
}

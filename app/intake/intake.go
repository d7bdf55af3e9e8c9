package intake

import (
	"context"
	"io"
	"time"
)

// The bounds that hold where Options states none, in bytes.
const (
	DefaultMaxAttachment = 256 << 20
	DefaultMaxMessage    = 64 << 20
)

// Options holds what a reader must know and the file does not say.
type Options struct {
	// Region is the ISO 3166 region of numbers without a country. Empty: US.
	Region string
	// Own holds the practitioner's own numbers and email addresses. They
	// decide the direction of emails and are left out of threads.
	Own []string
	// Zone is the zone in which times without one were said. Android's
	// backups state moments in UTC and no zone. Nil: UTC.
	Zone *time.Location
	// Drafts includes drafts and messages that wait in the outbox, are queued
	// or failed. By default they are counted under skipped: nobody received
	// them.
	Drafts bool
	// MaxAttachment bounds one attachment, in bytes. What is larger is left
	// out with a warning, and its message is marked as damaged. 0:
	// DefaultMaxAttachment.
	MaxAttachment int64
	// MaxMessage bounds what is held in memory of one message, in bytes: an
	// email whole, a text without its attachments. What is larger is refused.
	// 0: DefaultMaxMessage.
	MaxMessage int64
}

// Handler receives what a file holds. Its methods are called from one
// goroutine, in the order of the file.
type Handler interface {
	// Want says whether a message is to be read. False counts it under
	// skipped with the reason given, and its content is passed over.
	Want(Head) (bool, string)
	// Part opens the place for an attachment of the message that was wanted
	// last. Name is free of folders; mime is the type as far as the file has
	// stated it by then (the Item's Attachment has the last word on both). An
	// error ends the reading.
	Part(name, mime string) (PartWriter, error)
	// Item receives a finished message. ErrDuplicate, Skip and Refuse count
	// it so; any other error ends the reading.
	Item(Item) error
}

// PartWriter takes the content of one attachment. Close ends it. Abort drops
// what was written, before or after Close, and may be called twice. Every
// writer either is closed and stands in an Item that was accepted, or is
// aborted.
type PartWriter interface {
	io.Writer
	Close() error
	Abort()
}

// Read reads a whole file and hands its messages to h. Name is the file's
// name, for messages to people; size its length in bytes, or 0 if unknown.
// Progress may be nil; else it is called with the bytes read so far and size,
// about once a megabyte.
func Read(ctx context.Context, r io.Reader, name string, size int64, opt Options, h Handler, progress func(done, total int64)) (Report, error) {
	s := newSession(opt, h, name)
	err := s.read(ctx, r, size, progress)
	return s.report, err
}

func (o Options) withDefaults() Options {
	if o.Region == "" {
		o.Region = "US"
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.MaxAttachment <= 0 {
		o.MaxAttachment = DefaultMaxAttachment
	}
	if o.MaxMessage <= 0 {
		o.MaxMessage = DefaultMaxMessage
	}
	return o
}

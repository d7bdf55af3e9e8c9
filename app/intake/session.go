package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"casekeep/vault/record"
)

// session is one reading of one file: what the formats' readers share.
type session struct {
	opt    Options
	h      Handler
	report Report
	addr   *normalizer
	own    map[string]bool
	twins  twins
	zone   string // name of Options.Zone; "": it has none, and offsets are named
	survey bool   // first pass: attachments are listed, not decoded
}

func newSession(opt Options, h Handler, name string) *session {
	opt = opt.withDefaults()
	s := &session{
		opt:    opt,
		h:      h,
		report: Report{File: name, Declared: -1},
		addr:   newNormalizer(opt.Region),
		own:    map[string]bool{},
	}
	if _, err := record.ParseZone(opt.Zone.String()); err == nil {
		s.zone = opt.Zone.String()
	}
	for _, own := range opt.Own {
		s.own[s.addr.normalize(own)] = true
	}
	return s
}

// read finds out what the file is and reads it to its end.
func (s *session) read(ctx context.Context, r io.Reader, size int64, progress func(done, total int64)) error {
	src := newSource(ctx, r, size, progress)
	defer func() {
		s.report.Size = src.done
		src.sum.Sum(s.report.SHA256[:0])
	}()
	kind, err := detect(src.head(), s.report.File)
	if err != nil {
		return err
	}
	s.report.Format, s.report.Parser = kind.format, kind.parser
	if err := kind.read(s, src); err != nil {
		return s.explain(err)
	}
	return s.explain(src.drain())
}

// explain names the file in an error that comes from below.
func (s *session) explain(err error) error {
	var f *fault
	if errors.As(err, &f) {
		return fmt.Errorf("%s %w", s.report.File, f)
	}
	return err
}

// fault is why a whole file cannot be read, in words that follow its name.
type fault struct{ text string }

func (f *fault) Error() string { return f.text }

// want asks the handler; a message that it does not want is counted.
func (s *session) want(head Head) bool {
	ok, reason := s.h.Want(head)
	if !ok {
		s.report.skip(head.Locator, reason)
	}
	return ok
}

// offer hands over a finished message and counts the answer. Its parts are
// dropped unless it was accepted.
func (s *session) offer(it *Item) error {
	if it.Channel != record.Mail {
		it.Twin = s.twins.next(it.Key)
	}
	err := s.h.Item(*it)
	if err == nil {
		s.report.imported(it)
		return nil
	}
	dropParts(it.Attachments)
	var v *verdict
	switch {
	case errors.Is(err, ErrDuplicate):
		s.report.duplicate()
	case errors.As(err, &v) && v.refused:
		s.report.refuse(it.Locator, v.reason)
	case errors.As(err, &v):
		s.report.skip(it.Locator, v.reason)
	default:
		return err
	}
	return nil
}

// thread gives the conversation of some addresses: normalized, sorted, without
// the practitioner's own, unless there are no others.
func (s *session) thread(addresses []string) Thread {
	var others, own Thread
	for _, a := range addresses {
		n := s.addr.normalize(a)
		switch {
		case n == "":
		case s.own[n]:
			own = append(own, n)
		default:
			others = append(others, n)
		}
	}
	if len(others) == 0 {
		others = own
	}
	slices.Sort(others)
	return slices.Compact(others)
}

// zoneAt names Options.Zone as record.ParseZone reads it: by its IANA name, or
// by the offset of that moment.
func (s *session) zoneAt(at time.Time) string {
	if s.zone != "" {
		return s.zone
	}
	return at.In(s.opt.Zone).Format("-07:00")
}

// The first and the last moment that a message can state: before the first
// text message nobody sent one, and a clock that shows the far future is
// wrong.
var (
	earliest = time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

func plausible(t time.Time) bool { return !t.Before(earliest) && t.Before(latest) }

package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"casekeep/vault/record"
)

// smsBackup reads what SMS Backup & Restore (Android) writes. The elements and
// their attributes are those of its published schema, version 10.
type smsBackup struct {
	*session
	w      *window
	limit  int // bytes of a tag held whole
	tag    tag
	chars  chars
	base64 base64Writer
	n      int  // messages begun
	done   bool // the root was closed

	counted bool // the message being read is counted already
}

func readSMSBackup(s *session, src *source) error {
	x := &smsBackup{session: s, w: newWindow(src), limit: int(min(s.opt.MaxMessage, maxTag))}
	err := x.run()
	if err == errCut {
		x.cutOff()
		err = nil
	}
	if err == nil {
		x.compare()
	}
	return err
}

// run reads markup until the file ends.
func (x *smsBackup) run() error {
	for x.w.skipTo('<') {
		name, err := x.w.markup()
		if err != nil {
			return err
		}
		switch name {
		case "smses", "calls":
			err = x.begin(name)
		case "sms", "mms", "call":
			err = x.message(name)
		case "/smses", "/calls":
			x.done = true
			x.w.consume(1)
		case "part", "addr", "/mms": // of a message that was refused
			x.w.consume(1)
		}
		if err != nil {
			return err
		}
	}
	if x.w.ended() != errCut {
		return x.w.ended()
	}
	if !x.done {
		return errCut
	}
	return nil
}

// begin reads the root: how many messages the file says it holds.
func (x *smsBackup) begin(name string) error {
	err := x.tag.read(x.w, 1+len(name), x.limit)
	if err == errMalformed || err == errTooLong {
		x.w.consume(1)
		return nil
	}
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(string(x.tag.get("count"))); err == nil && n >= 0 {
		x.report.Declared = max(x.report.Declared, 0) + n // of every backup, where two were joined
	}
	x.done = x.tag.empty
	x.tag.consume()
	return nil
}

// message reads one message and counts it. Only what ends the reading is an
// error; a message that cannot be read is refused, and the next one is looked
// for behind its first character.
func (x *smsBackup) message(name string) error {
	x.n++
	at := x.locator()
	x.chars.reset()
	x.counted = false
	err := x.tag.read(x.w, 1+len(name), x.limit)
	if err == nil {
		switch name {
		case "sms":
			err = x.sms(at)
		case "mms":
			err = x.mms(at)
		case "call":
			err = x.call(at)
		}
	} else if err == errMalformed || err == errTooLong {
		x.w.consume(1)
	}
	return x.settle(at, err)
}

// errHeldOver ends a message that is counted and passed already.
var errHeldOver = errors.New("too much to hold")

// settle turns what is wrong with one message into its refusal.
func (x *smsBackup) settle(at string, err error) error {
	var reason string
	switch err {
	case errCut:
		x.report.CutOff = true
		reason = errCut.Error()
	case errMalformed:
		reason = errMalformed.Error()
	case errTooLong:
		reason = fmt.Sprintf("it holds a text of more than %s, which no phone sends", megabytes(int64(x.limit)))
	case errHeldOver:
	default:
		return err
	}
	if !x.counted {
		x.report.refuse(at, reason)
	}
	if err == errCut {
		return errCut
	}
	return nil
}

func (x *smsBackup) locator() string {
	return fmt.Sprintf("message %d, byte %d", x.n, x.w.off)
}

// cutOff says where the file ends.
func (x *smsBackup) cutOff() {
	where := "before its closing tag"
	if x.report.CutOff {
		where = fmt.Sprintf("in the middle of message %d", x.n)
	}
	x.report.CutOff = true
	x.report.warn("", fmt.Sprintf("the file ends %s: %s, %d found", where, x.declared(), x.report.Found))
}

func (x *smsBackup) declared() string {
	if x.report.Declared < 0 {
		return "no number declared"
	}
	return fmt.Sprintf("%d declared", x.report.Declared)
}

// compare holds the declared count against what was found.
func (x *smsBackup) compare() {
	r := &x.report
	if r.Declared >= 0 && r.Declared != r.Found && !r.CutOff {
		r.warn("", fmt.Sprintf("the file declares %d messages and holds %d", r.Declared, r.Found))
	}
}

// field gives an attribute's text. Absent values are the word "null".
func (x *smsBackup) field(name string) string {
	raw := x.tag.get(name)
	if string(raw) == "null" {
		return ""
	}
	return x.chars.text(raw, name)
}

// contact gives the name that the phone's address book had, if any.
func (x *smsBackup) contact() []string {
	name := x.field("contact_name")
	if name == "" || name == unknown {
		return nil
	}
	return []string{name}
}

// moment reads a time in milliseconds since 1970, UTC. Some exports write
// seconds. The zero time: there is none.
func moment(raw []byte) time.Time {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	if n < secondsBelow {
		n *= 1000
	}
	if t := time.UnixMilli(n).UTC(); plausible(t) {
		return t
	}
	return time.Time{}
}

// secondsBelow tells seconds from milliseconds: as milliseconds it is March
// 1973, as seconds the year 5138.
const secondsBelow = 100_000_000_000

// begun makes the item of the message whose tag is at hand.
func (x *smsBackup) begun(head Head) Item {
	it := Item{Head: head, Basis: record.ZoneAssumed, Original: string(bytes.TrimSpace(x.tag.get("date")))}
	it.Zone = x.zoneAt(head.At)
	if local := x.field("readable_date"); local != "" {
		it.Original += " (" + local + ")"
	}
	return it
}

// late warns where a message was sent long before the phone got it. Of
// multimedia messages the time sent is in seconds.
func (x *smsBackup) late(it *Item) {
	sent := moment(x.tag.get("date_sent"))
	if it.Direction != record.In || sent.IsZero() {
		return
	}
	if gap := it.At.Sub(sent); gap > day || gap < -day {
		it.Warnings = append(it.Warnings, fmt.Sprintf("sent %s, received %s",
			sent.In(x.opt.Zone).Format(stamp), it.At.In(x.opt.Zone).Format(stamp)))
	}
}

const (
	day   = 24 * time.Hour
	stamp = "January 2, 2006, 3:04 PM"
)

// finish adds what was lost and the fingerprints, and hands the item over.
func (x *smsBackup) finish(it *Item, kind string) error {
	it.Damaged = it.Damaged || x.chars.lost > 0
	it.Warnings = append(it.Warnings, x.chars.warnings()...)
	it.Content = contentHash(it)
	it.Key = textKey(it, kind)
	return x.offer(it)
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

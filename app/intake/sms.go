package intake

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// The kinds under which texts and calls are fingerprinted. A change here would
// make every backup new again.
const (
	kindSMS  = "sms/1"
	kindMMS  = "mms/1"
	kindCall = "call/1"
)

// box is what an sms' type or an mms' msg_box says.
type box struct {
	direction record.Direction
	unsent    string // why nobody received it; "" otherwise
}

var boxes = map[string]box{
	"1": {record.In, ""},
	"2": {record.Out, ""},
	"3": {record.Out, "draft"},
	"4": {record.Out, "still in the outbox"},
	"5": {record.Out, "failed to send"},
	"6": {record.Out, "queued, not sent"},
}

func (x *smsBackup) sms(at string) error {
	defer x.tag.consume()
	place, known := boxes[string(x.tag.get("type"))]
	head := x.textHead(at, place)
	if !x.want(head) {
		return nil
	}
	if x.leftOut(head, place, known, "type") {
		return nil
	}
	it := x.begun(head)
	it.Subject = x.field("subject")
	it.Body = x.chars.text(x.tag.get("body"), "text")
	if it.Body == "null" {
		it.Warnings = append(it.Warnings, nullText)
	}
	it.Outcome = place.unsent
	if string(x.tag.get("status")) == "64" && it.Outcome == "" && it.Direction == record.Out {
		it.Outcome = "delivery failed"
	}
	x.late(&it)
	if !x.survey {
		it.Raw = sha256.Sum256(x.tag.bytes())
	}
	return x.finish(&it, kindSMS)
}

// nullText warns of a text that says just "null" (bepaald/signalbackup-tools
// issue 273).
const nullText = `the text is the word "null", which the export also writes where there is no text`

// textHead reads who and when from the tag at hand.
func (x *smsBackup) textHead(at string, place box) Head {
	head := Head{
		Channel:   record.Text,
		Direction: place.direction,
		At:        moment(x.tag.get("date")),
		Thread:    x.thread(strings.Split(x.address("address"), "~")),
		Names:     x.contact(),
		Locator:   at,
	}
	head.Group = len(head.Thread) > 1
	x.parties(&head)
	return head
}

// address reads an attribute that holds addresses. The placeholder that
// Android puts where the phone's own number belongs is none.
func (x *smsBackup) address(name string) string {
	a := x.field(name)
	if a == ownNumber || a == unknown {
		return ""
	}
	return a
}

const (
	ownNumber = "insert-address-token"
	unknown   = "(Unknown)" // where the phone had no name or number
)

// parties lists the others: as receivers of what was sent, as senders of what
// was received. The sender within a group is not known yet. A contact's name
// goes with an address only where there is just one of each.
func (x *smsBackup) parties(head *Head) {
	role := roleTo
	if head.Direction == record.In && !head.Group {
		role = roleFrom
	}
	head.Parties = nil
	for _, a := range head.Thread {
		head.Parties = append(head.Parties, record.Party{Address: a, Role: role})
	}
	switch {
	case head.Group || len(head.Names) == 0:
	case len(head.Parties) == 0:
		head.Parties = []record.Party{{Name: head.Names[0], Role: role}}
	default:
		head.Parties[0].Name = head.Names[0]
	}
}

// leftOut counts a message that is no communication and reports it: it was
// never sent, or its time or direction cannot be told.
func (x *smsBackup) leftOut(head Head, place box, known bool, attribute string) bool {
	switch {
	case !known:
		x.report.refuse(head.Locator, fmt.Sprintf("its %s does not say whether it was received or sent", attribute))
	case head.At.IsZero():
		x.report.refuse(head.Locator, "its date cannot be read")
	case place.unsent != "" && !x.opt.Drafts:
		x.report.skip(head.Locator, place.unsent)
	default:
		return false
	}
	return true
}

// isUnsent tells the outcomes of what nobody received.
func isUnsent(outcome string) bool {
	for _, b := range boxes {
		if b.unsent != "" && b.unsent == outcome {
			return true
		}
	}
	return false
}

package intake

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"casekeep/vault/record"
)

// callKind is what a call's type says (android.provider.CallLog.Calls.TYPE).
type callKind struct {
	channel   record.Channel
	direction record.Direction
	outcome   string
}

var callKinds = map[string]callKind{
	"1": {record.Call, record.In, ""},
	"2": {record.Call, record.Out, ""},
	"3": {record.Call, record.In, "missed"},
	"4": {record.Voicemail, record.In, "left voicemail"},
	"5": {record.Call, record.In, "rejected"},
	"6": {record.Call, record.In, "blocked"},
	"7": {record.Call, record.In, "answered on another device"},
}

// hidden says who calls where no number is shown
// (android.provider.CallLog.Calls.NUMBER_PRESENTATION).
var hidden = map[string]string{
	"2": "hidden number",
	"3": "unknown number",
	"4": "pay phone",
}

// maxCall is longer than any call. What is longer is not a number of seconds.
const maxCall = 7 * day

func (x *smsBackup) call(at string) error {
	defer x.tag.consume()
	kind, known := callKinds[string(x.tag.get("type"))]
	head := Head{
		Channel:   record.Call,
		Direction: kind.direction,
		At:        moment(x.tag.get("date")),
		Names:     x.contact(),
		Locator:   at,
	}
	if known {
		head.Channel = kind.channel
	}
	head.Thread = x.thread([]string{x.number()})
	if who := hidden[string(x.tag.get("presentation"))]; len(head.Thread) == 0 && len(head.Names) == 0 {
		if who == "" {
			who = hidden["3"]
		}
		head.Names = []string{who}
	}
	x.parties(&head)
	if !x.want(head) {
		return nil
	}
	if x.leftOut(head, box{}, known, "type") {
		return nil
	}
	it := x.begun(head)
	it.Outcome = kind.outcome
	it.Duration = x.duration(&it)
	if !x.survey {
		it.Raw = sha256.Sum256(x.tag.bytes())
	}
	return x.finish(&it, kindCall)
}

// number reads who called. Android writes -1, -2, -3 for hidden numbers.
func (x *smsBackup) number() string {
	n := x.address("number")
	if strings.HasPrefix(n, "-") {
		return ""
	}
	return n
}

// duration reads how long the call lasted, in whole seconds.
func (x *smsBackup) duration(it *Item) time.Duration {
	raw := x.field("duration")
	if raw == "" {
		return 0
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n < 0 || n > int64(maxCall/time.Second) {
		it.Warnings = append(it.Warnings, "how long the call lasted cannot be read: "+cut(raw, 40))
		return 0
	}
	return time.Duration(n) * time.Second
}

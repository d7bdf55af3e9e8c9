package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casekeep/app/form"
	"casekeep/app/policy"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// Sign is a state that stands above a client's record, beside the lines for
// safe contact and risk.
type Sign struct {
	Text  string
	Tone  string         // SignGood and the rest
	Entry record.EntryID // that says so; 0: none
	Form  record.Form    // that adds what is missing; "": none
	// Channel is what the form is to be filled in for.
	Channel record.Channel
}

// The tones of signs.
const (
	SignInfo = "info"
	SignGood = "good" // agreed, documented
	SignDue  = "due"
	SignOpen = "open"
)

// Signs gives what must be seen above a client's record: who decides for a
// minor, which requests are open, what was agreed for the channels, whether the
// client knows that messages are recorded, and whether a license reaches where
// the client is.
func (p *Practice) Signs(ctx context.Context, client record.ClientID) ([]Sign, error) {
	s := signs{p: p}
	for _, step := range []func(context.Context, record.ClientID) error{s.read, s.minor, s.requests, s.policies, s.channels, s.told, s.license} {
		if err := step(ctx, client); err != nil {
			return nil, err
		}
	}
	return s.all, nil
}

// signs collects them.
type signs struct {
	p     *Practice
	facts record.Facts
	at    situation
	ages  record.Ages
	all   []Sign
}

func (s *signs) add(one Sign) { s.all = append(s.all, one) }

func (s *signs) read(ctx context.Context, client record.ClientID) (err error) {
	if s.facts, _, err = s.p.factsOf(ctx, client); err != nil {
		return err
	}
	settings, err := s.p.v.Practice(ctx)
	if err != nil {
		return err
	}
	s.ages = settings.Ages
	s.at, err = s.p.situation(ctx, client)
	return err
}

// newest gives the newest entry of a form.
func (s *signs) newest(f record.Form) (record.Filed, bool) {
	for _, filed := range slices.Backward(s.facts.Forms) {
		if filed.Form == f {
			return filed, true
		}
	}
	return record.Filed{}, false
}

// minor names the guardians of a client under age. Without a confirmed age
// nothing is derived from the birth date.
func (s *signs) minor(context.Context, record.ClientID) error {
	filed, found := s.newest(record.FormMinor)
	born := s.facts.Client.Born
	grown := s.ages.Majority > 0 && !born.IsZero() && !s.at.Today.Before(record.Date{Year: born.Year + s.ages.Majority, Month: born.Month, Day: born.Day})
	switch {
	case grown:
	case found:
		m, err := form.Decode[record.Minor](filed.Data)
		if err != nil {
			return err
		}
		var names []string
		for _, g := range m.Guardians {
			names = append(names, g.Name+", "+g.Relation)
		}
		s.add(Sign{Text: "Guardian: " + strings.Join(names, "; "), Tone: SignInfo, Entry: filed.ID})
	case s.ages.Majority > 0 && !born.IsZero():
		s.add(Sign{Text: "Under age: who decides is not noted", Tone: SignDue, Form: record.FormMinor})
	}
	return nil
}

// requests says which requests for the record are open, and until when.
func (s *signs) requests(ctx context.Context, client record.ClientID) error {
	list, err := s.p.Requests(ctx, client)
	for _, r := range list {
		if !r.Open() {
			break
		}
		one := Sign{Text: "Record asked for, due " + r.Due.In(s.at.zone).Format("Jan 2"), Tone: SignDue, Entry: r.ID}
		if r.Due.Before(s.at.Today) {
			one.Text, one.Tone = "Record asked for, was due "+r.Due.In(s.at.zone).Format("Jan 2"), SignOpen
		}
		s.add(one)
	}
	return err
}

// policies says that the client has not gone through the policies in effect.
func (s *signs) policies(ctx context.Context, _ record.ClientID) error {
	list, err := s.p.CurrentPolicies(ctx)
	if err != nil {
		return err
	}
	told, err := toldVersions([]record.Facts{s.facts})
	if err != nil {
		return err
	}
	asked, missing := 0, 0
	for _, one := range list {
		if !one.Asked {
			continue
		}
		asked++
		if !told[s.facts.Client.ID].all(one.Hash, s.facts.Client) {
			missing++
		}
	}
	text := fmt.Sprintf("%d policies not acknowledged", missing)
	switch missing {
	case 0:
		return nil
	case asked:
		text = "Policies not acknowledged"
	case 1:
		text = "1 policy not acknowledged"
	}
	s.add(Sign{Text: text, Tone: SignDue, Form: record.FormAcknowledgment})
	return nil
}

// soon is within how many days something that ends is said to be due.
const soon = 30

func (s *signs) channels(ctx context.Context, client record.ClientID) error {
	list, err := s.p.Channels(ctx, client)
	if err != nil {
		return err
	}
	var written, said []ChannelState
	for _, c := range list {
		switch {
		case !c.Needs:
		case c.Outside > 0 || !c.Allowed() || s.endsSoon(c):
			s.channel(c)
		case c.InWriting:
			written = append(written, c)
		default:
			said = append(said, c)
		}
	}
	s.agreed(written, " agreed in writing")
	s.agreed(said, " agreed")
	return nil
}

// endsSoon reports whether a channel is to be asked about again.
func (s *signs) endsSoon(c ChannelState) bool {
	return !c.ReviewBy.IsZero() && c.ReviewBy.Before(daysAfter(s.at.Today, soon))
}

// agreed names the channels that were agreed on in one way.
func (s *signs) agreed(list []ChannelState, how string) {
	if len(list) == 0 {
		return
	}
	names := []string{signNames[list[0].Channel][0]}
	for _, c := range list[1:] {
		names = append(names, strings.ToLower(signNames[c.Channel][0]))
	}
	last := len(names) - 1
	text := names[last]
	if last > 0 {
		text = strings.Join(names[:last], ", ") + " and " + text
	}
	s.add(Sign{Text: text + how, Tone: SignGood, Entry: list[0].Entry})
}

// signNames names what is done over a channel, and what one and several
// contacts over it are called.
var signNames = map[record.Channel][3]string{
	record.Text: {"Texting", "text", "texts"}, record.Mail: {"Email", "email", "emails"}, record.Chat: {"Chat", "chat", "chats"},
	record.Social: {"Social media", "message", "messages"}, record.Video: {"Video", "video session", "video sessions"},
	record.Portal: {"Portal", "portal message", "portal messages"},
}

// channel says what is remarkable about one channel.
func (s *signs) channel(c ChannelState) {
	name := signNames[c.Channel]
	one := Sign{Entry: c.Entry, Channel: c.Channel}
	switch {
	case c.Outside > 0:
		count := fmt.Sprintf("%d %s", c.Outside, name[2])
		if c.Outside == 1 {
			count = "1 " + name[1]
		}
		one.Text, one.Tone, one.Form = count+", no consent on file", SignOpen, record.FormChannel
	case c.Allowed():
		one.Text, one.Tone, one.Form = name[0]+" consent due "+c.ReviewBy.In(s.at.zone).Format("Jan 2"), SignDue, record.FormChannel
	case c.Decision != "":
		one.Text, one.Tone = "No "+strings.ToLower(name[0])+": "+strings.ReplaceAll(c.Decision, "-", " "), SignDue
	default:
		return
	}
	s.add(one)
}

func daysAfter(d record.Date, days int) record.Date {
	return record.DateOf(record.Date{Year: d.Year, Month: d.Month, Day: d.Day + days}.In(time.UTC))
}

// told says whether the client knows that messages enter the record (TSP
// 5.02).
func (s *signs) told(context.Context, record.ClientID) error {
	for _, filed := range slices.Backward(s.facts.Forms) {
		if filed.Form != record.FormAcknowledgment {
			continue
		}
		a, err := form.Decode[record.Acknowledgment](filed.Data)
		if err != nil {
			return err
		}
		if a.Decision != record.Declined && tellsOfRecords(a) {
			s.add(Sign{Text: "Told messages are recorded", Tone: SignGood, Entry: filed.ID})
			return nil
		}
	}
	if len(s.facts.Tally) > 0 {
		s.add(Sign{Text: "Not told that messages are recorded", Tone: SignDue, Form: record.FormAcknowledgment})
	}
	return nil
}

func tellsOfRecords(a record.Acknowledgment) bool {
	topics := slices.Clone(a.Earlier)
	for _, ref := range a.Policies {
		topics = append(topics, ref.Topic)
	}
	return slices.ContainsFunc(topics, func(key string) bool {
		topic, ok := policy.Find(key)
		return ok && slices.Contains(topic.Informs, "TSP 5.02")
	})
}

// license says that no license on file reaches where the client is (TSP 7.01).
func (s *signs) license(ctx context.Context, client record.ClientID) error {
	if s.facts.Client.Jurisdiction == "" {
		return nil
	}
	now, err := s.p.Standing(ctx, client)
	if err != nil {
		return err
	}
	for _, f := range now.Findings {
		if f.ID == "TSP 7.01" && f.Status == standing.Open {
			s.add(Sign{Text: "In " + record.JurisdictionName(s.facts.Client.Jurisdiction) + ": no license on file", Tone: SignDue})
		}
	}
	return nil
}

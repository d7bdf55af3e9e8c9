// Package profile has the questions about a practice that are asked when it
// begins and again on its own page: where, when, and over which channels.
package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// State asks for a state by its name or abbreviation. Its Field is what stands
// in the window.
type State struct{ *kit.Field }

// NewState makes an empty question.
func NewState(label string) State {
	return State{kit.NewField(label).Placeholder("Mississippi, or MS")}
}

// Set shows a state.
func (s State) Set(code string) { s.SetText(record.JurisdictionName(code)) }

// Value gives the state's code, "" where none was said. Where it is no state it
// says so, and ok is false.
func (s State) Value() (code string, ok bool) {
	text := strings.TrimSpace(s.Text())
	if text == "" {
		return "", true
	}
	if code = record.StatedJurisdiction(text); code != "" {
		return code, true
	}
	s.SetError("That is no state: write Mississippi, or MS.")
	s.Focus()
	return "", false
}

// Hours asks on which days and from when to when the practice answers.
type Hours struct {
	Days     *kit.Checks
	From, To *kit.Field
	Content  fyne.CanvasObject
}

// days of the week in the order in which they are asked, Sunday last.
var week = []int{1, 2, 3, 4, 5, 6, 0}

// NewHours makes the question with nothing said.
func NewHours(label string) *Hours {
	h := &Hours{
		Days: kit.NewChecks(label, []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}),
		From: kit.NewField("From").Placeholder("9 AM"), To: kit.NewField("To").Placeholder("5 PM"),
	}
	h.From.OnEnter = func(string) { h.To.Focus() }
	h.Content = kit.Column(10, h.Days, kit.TopRow(12, kit.Wide(140, h.From), kit.Wide(140, h.To)))
	return h
}

// Set shows hours.
func (h *Hours) Set(hours record.Hours) {
	var chosen []int
	for i, day := range week {
		if slices.Contains(hours.Days, day) {
			chosen = append(chosen, i)
		}
	}
	h.Days.Choose(chosen...)
	h.From.SetText(clockText(hours.From))
	h.To.SetText(clockText(hours.To))
}

// Read gives the hours as far as they can be read, and says nothing of the rest.
func (h *Hours) Read() (hours record.Hours) {
	for _, i := range h.Days.Chosen() {
		hours.Days = append(hours.Days, week[i])
	}
	slices.Sort(hours.Days)
	hours.From, hours.To = clockOf(h.From), clockOf(h.To)
	return hours
}

// clockOf gives "09:00" for "9 AM", what is no time of day as it was typed.
func clockOf(f *kit.Field) string {
	text := strings.TrimSpace(f.Text())
	hour, minute, err := phrase.ParseClock(text)
	if text == "" || err != nil {
		return text
	}
	return fmt.Sprintf("%02d:%02d", hour, minute)
}

// Value gives the hours. Where something cannot be it says so at its field, and
// ok is false.
func (h *Hours) Value() (hours record.Hours, ok bool) {
	hours = h.Read()
	for _, f := range []*kit.Field{h.From, h.To} {
		if text := strings.TrimSpace(f.Text()); text != "" && clockOf(f) == text && !clock.MatchString(text) {
			f.SetError("That is no time of day: write it as 9 AM.")
			f.Focus()
			return hours, false
		}
	}
	switch {
	case (hours.From == "") != (hours.To == ""):
		h.To.SetError("Say from when to when, or leave both empty.")
	case hours.From != "" && hours.To <= hours.From:
		h.To.SetError("It ends before it begins: is one of them PM?")
	case hours.From != "" && len(hours.Days) == 0:
		h.Days.SetError("Say on which days.")
	default:
		return hours, true
	}
	h.To.Focus()
	return hours, false
}

// clock is a time of day as it is kept.
var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// clockText gives "09:00" as "9 AM", and "13:30" as "1:30 PM".
func clockText(text string) string {
	hour, minute, err := phrase.ParseClock(text)
	if text == "" || err != nil {
		return ""
	}
	half := "AM"
	if hour >= 12 {
		half = "PM"
	}
	if hour = hour % 12; hour == 0 {
		hour = 12
	}
	if minute == 0 {
		return fmt.Sprintf("%d %s", hour, half)
	}
	return fmt.Sprintf("%d:%02d %s", hour, minute, half)
}

// Channels asks over which channels the practice works, and which is the most
// secure.
type Channels struct {
	Checks  *kit.Checks
	Secure  *kit.Select
	Content fyne.CanvasObject
	offered []record.Channel // as the most secure one
}

var channels = []record.Channel{
	record.InPerson, record.Call, record.Voicemail, record.Text, record.Mail, record.Video, record.Portal, record.Chat, record.Letter, record.Social,
}

// NewChannels makes the question with nothing said; changed is called when an
// answer is given.
func NewChannels(label string, changed func()) *Channels {
	var names []string
	for _, c := range channels {
		names = append(names, form.ChannelName(c))
	}
	q := &Channels{Checks: kit.NewChecks(label, names)}
	q.Secure = kit.NewSelect("The most secure of them, for what is private", nil, -1, func(int) { changed() }).Empty("Not said")
	q.Checks.OnChanged = func() {
		secure := q.secure()
		q.offer(secure)
		changed()
	}
	q.Content = kit.Column(12, q.Checks, kit.Row(0, kit.Wide(320, q.Secure), kit.Space()))
	return q
}

// offer lets one of the channels that are checked be the most secure.
func (q *Channels) offer(secure record.Channel) {
	q.offered = nil
	names := []string{}
	for _, i := range q.Checks.Chosen() {
		q.offered = append(q.offered, channels[i])
		names = append(names, form.ChannelName(channels[i]))
	}
	q.Secure.SetOptions(names, slices.Index(q.offered, secure))
}

func (q *Channels) secure() record.Channel {
	if i := q.Secure.Chosen(); i >= 0 && i < len(q.offered) {
		return q.offered[i]
	}
	return ""
}

// Set shows channels.
func (q *Channels) Set(list []record.Channel, secure record.Channel) {
	var chosen []int
	for i, c := range channels {
		if slices.Contains(list, c) {
			chosen = append(chosen, i)
		}
	}
	q.Checks.Choose(chosen...)
	q.offer(secure)
}

// Value gives the channels and the most secure one, "" where it was not said.
func (q *Channels) Value() (list []record.Channel, secure record.Channel) {
	for _, i := range q.Checks.Chosen() {
		list = append(list, channels[i])
	}
	return list, q.secure()
}

// YesNo gives "yes", "no" or "" for the answer to a question.
func YesNo(a *kit.Answer) string {
	switch a.Chosen() {
	case kit.Yes:
		return "yes"
	case kit.No:
		return "no"
	}
	return ""
}

// SetYesNo shows an answer.
func SetYesNo(a *kit.Answer, said string) {
	switch said {
	case "yes":
		a.Choose(kit.Yes)
	case "no":
		a.Choose(kit.No)
	default:
		a.Choose(kit.Unanswered)
	}
}

// Split gives the name and the credential of "Nora Whitcomb, LCSW".
func Split(owner string) (name, credential string) {
	i := strings.LastIndex(owner, ",")
	if i < 0 {
		return strings.TrimSpace(owner), ""
	}
	return strings.TrimSpace(owner[:i]), strings.TrimSpace(owner[i+1:])
}

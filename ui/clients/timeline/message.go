package timeline

import (
	"slices"
	"strings"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// icons shows each channel.
var icons = map[record.Channel]look.IconName{
	record.Text:      look.Chat,
	record.Mail:      look.Envelope,
	record.Call:      look.Phone,
	record.Voicemail: look.Voicemail,
	record.Video:     look.Video,
	record.Chat:      look.Chat,
	record.Social:    look.Globe,
	record.Portal:    look.Portal,
	record.Letter:    look.Letter,
	record.InPerson:  look.Person,
	record.Note:      look.Document,
}

// Icon gives the icon of a channel.
func Icon(c record.Channel) look.IconName { return icons[c] }

// mostLines is how much of a text a timeline shows; the rest is in the
// entry's details.
const mostLines = 8

// Message makes what the timeline shows of an entry of a client, with the marks
// that it bears.
func Message(e record.Entry, c record.Client, marks ...app.Mark) kit.Message {
	m := contactMessage(e, c)
	if !e.IsContact() {
		m = formMessage(e)
	}
	m.Struck, m.Notes = e.Struck != nil, notes(e)
	m.Flag, m.Tone = flag(e, marks)
	for _, a := range e.Attachments {
		m.Files = append(m.Files, kit.File{Icon: FileIcon(a), Text: a.Name + " · " + phrase.Size(a.Size)})
	}
	return m
}

// contactMessage makes what the timeline shows of a contact.
func contactMessage(e record.Entry, c record.Client) kit.Message {
	said := phrase.SaidBy(e, caller(e, c))
	more := said.More
	if a := fromAddress(e, c); a != "" {
		more = append([]string{a}, more...)
	}
	return kit.Message{
		Time: phrase.Clock(e.At.In(e.TimeZone())),
		Icon: icons[e.Channel],
		Who:  said.Who, What: sentence(said.Did, more),
		Body: strings.TrimSpace(e.Body), Most: mostLines,
	}
}

func sentence(did string, more []string) string {
	if did == "" && len(more) > 0 {
		return "· " + strings.Join(more, " · ")
	}
	return strings.Join(append([]string{did}, more...), " · ")
}

// caller gives who speaks for the client: a person by the first name, a group
// by whoever the message names.
func caller(e record.Entry, c record.Client) string {
	if c.Kind != record.Individual {
		for _, p := range e.Parties {
			if p.Role == "from" && p.Name != "" {
				return p.Name
			}
		}
	}
	return phrase.ShortName(c.Kind, c.Name)
}

// fromAddress gives the number or address that a message of the client came
// from, where that is not plain: it is one of several, or none that is known.
func fromAddress(e record.Entry, c record.Client) string {
	if e.Direction != record.In {
		return ""
	}
	from := slices.IndexFunc(e.Parties, func(p record.Party) bool { return p.Role == "from" && p.Address != "" })
	if from < 0 {
		return ""
	}
	address := e.Parties[from].Address
	var system record.System
	for _, p := range c.Contacts {
		if p.Normal == address {
			system = p.System
		}
	}
	same := 0
	for _, p := range c.Contacts {
		if p.System == system {
			same++
		}
	}
	if same == 1 {
		return ""
	}
	return phrase.Address(address)
}

// flag says what is remarkable about an entry, in the tone of what weighs
// most.
func flag(e record.Entry, marks []app.Mark) (string, kit.Tone) {
	var parts []string
	tone := kit.Neutral
	note := func(t kit.Tone, text string) {
		parts = append(parts, text)
		tone = max(tone, t)
	}
	if e.Struck != nil {
		note(kit.Red, "struck through")
	}
	if p := e.Provenance; p != nil && p.Damaged {
		note(kit.Amber, "damaged in the export")
	}
	for _, m := range weightiest(marks) {
		note(markTones[m.Kind], lower(m.Text))
	}
	was, corrects := "time corrected", "corrects an earlier time"
	if !e.IsContact() {
		was, corrects = "corrected", "corrects an earlier one"
	}
	if e.Superseded != 0 {
		note(kit.Amber, was)
	}
	if e.Supersedes != 0 {
		note(kit.Blue, corrects)
	}
	if e.VersionOf != 0 {
		note(kit.Amber, "changed since it was first imported")
	}
	if e.Identity == record.IdentityNot {
		note(kit.Amber, "identity not confirmed")
	}
	if e.Late() {
		note(kit.Amber, "written "+phrase.ShortMoment(e.Written.In(e.TimeZone())))
	}
	if len(e.Amendments) > 0 {
		note(kit.Blue, "amended")
	}
	return strings.Join(parts, " · "), tone
}

func notes(e record.Entry) []string {
	var all []string
	for _, a := range e.Amendments {
		all = append(all, "Added "+phrase.ShortDate(record.DateOf(a.At.In(e.TimeZone())))+": "+a.Text)
	}
	if s := e.Struck; s != nil {
		all = append(all, "Struck through "+phrase.ShortDate(record.DateOf(s.At.In(e.TimeZone())))+": "+s.Reason)
	}
	return all
}

// FileIcon gives the icon of an attachment.
func FileIcon(a record.Attachment) look.IconName {
	if strings.HasPrefix(a.Type, "image/") {
		return look.Picture
	}
	return look.Paperclip
}

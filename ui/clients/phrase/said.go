package phrase

import (
	"strconv"
	"strings"

	"casekeep/vault/record"
)

// Channel gives a channel for the window.
func Channel(c record.Channel) string {
	switch c {
	case record.Social:
		return "Social media"
	case record.InPerson:
		return "In person"
	}
	return Capital(string(c))
}

// Direction gives who spoke to whom for the window.
func Direction(d record.Direction) string {
	switch d {
	case record.In:
		return "From client"
	case record.Out:
		return "To client"
	}
	return "Third person"
}

// verbs say what somebody did over a channel.
var verbs = map[record.Channel]string{
	record.Text:      "texted",
	record.Mail:      "emailed",
	record.Call:      "called",
	record.Voicemail: "left a voicemail",
	record.Chat:      "wrote in a chat",
	record.Social:    "wrote on social media",
	record.Portal:    "wrote in the portal",
	record.Letter:    "wrote a letter",
}

// Said is the line over an entry's text: who, in bold, and what the person
// did: "Ada" "texted", "You" "emailed", "Session" "in person".
type Said struct {
	Who  string
	Did  string   // follows Who in the same sentence; may be empty
	More []string // what follows after dots: subject, how long, outcome
}

// SaidBy gives the line over an entry of a client who is called name in a
// sentence.
func SaidBy(e record.Entry, name string) Said {
	s := Said{Who: name, Did: verbs[e.Channel]}
	switch {
	case e.Channel == record.InPerson:
		s = meeting("Session", e, "in person")
	case e.Channel == record.Video:
		s = meeting("Video session", e)
	case e.Direction == record.Out:
		s.Who = "You"
	case e.Direction == record.Third:
		s = saidByThird(e)
	}
	for _, text := range []string{e.Subject, e.Outcome} {
		if text != "" {
			s.More = append(s.More, text)
		}
	}
	if e.Duration > 0 {
		s.More = append(s.More, Duration(e.Duration))
	}
	return s
}

// meeting is for what nobody sends to anybody.
func meeting(what string, e record.Entry, more ...string) Said {
	if p, ok := third(e); ok && e.Direction == record.Third {
		more = append(more, "with "+Party(p))
	}
	return Said{Who: what, More: more}
}

// saidByThird says "Maria texted" where a message's head names the sender, and
// else leaves open who spoke: "Maria Quill", mother, call.
func saidByThird(e record.Entry) Said {
	p, ok := third(e)
	channel := strings.ToLower(Channel(e.Channel))
	switch {
	case !ok:
		return Said{Who: "Third person", More: []string{channel}}
	case p.Role == "from":
		return Said{Who: Party(p), Did: verbs[e.Channel], More: []string{"third person"}}
	case p.Role == "":
		return Said{Who: Party(p), More: []string{"third person", channel}}
	}
	return Said{Who: Party(p), More: []string{p.Role, channel}}
}

// Preview gives the line under a client's name in a list: what was said last.
func Preview(c record.ClientSummary) string {
	var parts []string
	if c.Status == record.Closed {
		parts = append(parts, "Closed")
	}
	if c.Kind != record.Individual && c.Members > 0 {
		parts = append(parts, Count(c.Members, "member", "members"))
	}
	return strings.Join(append(parts, lastSaid(c)), " · ")
}

func lastSaid(c record.ClientSummary) string {
	switch {
	case c.Entries == 0:
		return "No contact yet"
	case c.LastChannel == record.Text && c.LastPreview != "":
		return c.LastPreview
	case c.LastChannel == record.InPerson:
		return with("Session", c.LastPreview)
	}
	return with(Channel(c.LastChannel), c.LastPreview)
}

func with(what, text string) string {
	if text == "" {
		return what
	}
	return what + ": " + text
}

func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

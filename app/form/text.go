package form

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"casekeep/vault/record"
)

// Text gives a form as a reader sees it in the timeline, in searches and on
// paper: a line that says what it is, and each answer after its question.
func (s Spec) Text(data any, v Values, n Naming) (subject, body string) {
	if n == nil {
		n = ids{}
	}
	subject = s.Title
	if s.subject != nil {
		if more := s.subject(data, n); more != "" {
			subject += ": " + more
		}
	}
	var parts []string
	for _, section := range s.Sections {
		var lines []string
		for _, f := range section.Fields {
			if s.Asked(f, v) && !v.empty(f.Key) {
				lines = append(lines, f.line(v[f.Key], n))
			}
		}
		if len(lines) == 0 {
			continue
		}
		if section.Title != "" {
			lines = append([]string{section.Title}, lines...)
		}
		parts = append(parts, strings.Join(lines, "\n"))
	}
	for _, f := range s.Fields() {
		if refs, ok := v[f.Key].([]record.PolicyRef); ok && len(refs) > 0 && s.Asked(f, v) {
			parts = append(parts, Digests+"\n"+eachLine(refs, policyDigest))
		}
	}
	return subject, strings.Join(parts, "\n\n")
}

// Subject gives the line that says what an entry is, from what it states:
// "Search note: Google, with consent". Ids stand for names.
func Subject(f record.Form, data json.RawMessage) string {
	spec, ok := Find(f)
	if !ok || spec.subject == nil {
		return Title(f)
	}
	to := spec.empty()
	if json.Unmarshal(data, to) != nil {
		return spec.Title
	}
	if more := spec.subject(to, ids{}); more != "" {
		return spec.Title + ": " + more
	}
	return spec.Title
}

// line gives an answer after its question. One of several lines begins under
// it.
func (f Field) line(value any, n Naming) string {
	text := f.say(value, n)
	if strings.Contains(text, "\n") {
		return f.paper() + ":\n" + text
	}
	return f.paper() + ": " + text
}

func (f Field) say(value any, n Naming) string {
	switch value := value.(type) {
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case []string:
		return f.sayList(value, n)
	case []record.Signer:
		return eachLine(value, saySigner)
	case []record.Guardian:
		return eachLine(value, sayGuardian)
	case []record.PolicyRef:
		return eachLine(value, sayPolicy)
	case string:
		return f.sayText(value, n)
	}
	return fmt.Sprint(value)
}

func (f Field) sayText(text string, n Naming) string {
	text = strings.TrimSpace(text)
	switch f.Input {
	case Day:
		if day, err := record.ParseDate(text); err == nil {
			return day.Long()
		}
	case Choice:
		return f.label(text)
	case Jurisdiction:
		return record.JurisdictionName(text)
	case Link:
		var id record.EntryID
		if id.UnmarshalText([]byte(text)) == nil {
			return n.Entry(id)
		}
	}
	return text
}

func (f Field) sayList(list []string, n Naming) string {
	all := make([]string, len(list))
	for i, one := range list {
		switch f.Input {
		case Clients:
			var id record.ClientID
			if id.UnmarshalText([]byte(one)) == nil {
				one = n.Client(id)
			}
		case Channels:
			one = ChannelName(record.Channel(one))
		default:
			one = f.label(one)
		}
		all[i] = one
	}
	return strings.Join(all, "; ")
}

func (f Field) label(value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

func eachLine[T any](list []T, say func(T) string) string {
	all := make([]string, len(list))
	for i, one := range list {
		all[i] = say(one)
	}
	return strings.Join(all, "\n")
}

func saySigner(s record.Signer) string {
	text := s.Name + ", " + s.Role
	switch s.Capacity {
	case "yes":
		text += "; able to decide this"
	case "no":
		text += "; judged not able to decide this"
	default:
		text += "; not sure whether able to decide this"
	}
	if s.Basis != "" {
		text += " (" + s.Basis + ")"
	}
	return text
}

func sayGuardian(g record.Guardian) string {
	parts := []string{g.Name, g.Relation}
	if g.Reach != "" {
		parts = append(parts, g.Reach)
	}
	for _, answer := range []struct{ value, yes, no string }{
		{g.MayConsent, "may consent", "may not consent"},
		{g.MaySee, "may see the record", "may not see the record"},
	} {
		switch answer.value {
		case "yes":
			parts = append(parts, answer.yes)
		case "no":
			parts = append(parts, answer.no)
		}
	}
	return strings.Join(parts, ", ")
}

func sayPolicy(p record.PolicyRef) string { return fmt.Sprintf("%s, version %d", p.Title, p.Version) }

// Digests heads the list of the policies' hashes at the end of a text.
const Digests = "The texts, by their digests"

// policyDigest names a version with its hash, by which the text that was shown
// is known again.
func policyDigest(p record.PolicyRef) string {
	return fmt.Sprintf("%s (SHA-256 %s)", sayPolicy(p), p.Hash)
}

// ChannelName gives a channel in words.
func ChannelName(c record.Channel) string {
	switch c {
	case record.Text:
		return "Text messages"
	case record.Mail:
		return "Email"
	case record.Call:
		return "Telephone"
	case record.Voicemail:
		return "Voicemail"
	case record.Video:
		return "Video"
	case record.Chat:
		return "Chat"
	case record.Social:
		return "Social media"
	case record.Portal:
		return "Portal"
	case record.Letter:
		return "Letter"
	case record.InPerson:
		return "In person"
	}
	return string(c)
}

// ids stand for names where nobody gives them.
type ids struct{}

func (ids) Entry(id record.EntryID) string   { return "entry " + id.String() }
func (ids) Client(id record.ClientID) string { return "client " + id.String() }

package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"casekeep/vault/record"
)

// Bounds of what a field may hold, in characters.
const (
	maxLine = 400
	maxArea = 20_000
)

// Situation is what a form is filled in against.
type Situation struct {
	Today  record.Date
	Client record.Client
	Files  int // files that are kept with the entry
	// Signatures are those of them that were drawn in the window, each by one
	// person.
	Signatures int
	Naming     Naming // nil: ids stand for names
}

// Naming gives what the text of an entry says instead of an id.
type Naming interface {
	Entry(record.EntryID) string   // "the consent of November 2, 2026"
	Client(record.ClientID) string // "Ada Quill (2026-001)"
}

// Problem says what is wrong with one field and what to do.
type Problem struct {
	Key  string // of the field; "": of the whole form
	Text string
}

// Problems are what keeps a form from being filed.
type Problems []Problem

func (p Problems) Error() string {
	parts := make([]string, len(p))
	for i, one := range p {
		parts[i] = one.Text
	}
	return strings.Join(parts, " ")
}

// Of gives what is wrong with a field, or "".
func (p Problems) Of(key string) string {
	i := slices.IndexFunc(p, func(one Problem) bool { return one.Key == key })
	if i < 0 {
		return ""
	}
	return p[i].Text
}

// Checked is a form that can be filed.
type Checked struct {
	Data    json.RawMessage // canonical: the same answers give the same bytes
	Value   any             // a pointer to the form's own type
	Subject string
	Body    string
	On      record.Date // the day on which it happened; zero: now
}

// Check brings answers into the form in which they are kept. Where something
// is wrong the error is Problems, in the order of the fields.
func (s Spec) Check(v Values, at Situation) (Checked, error) {
	c := &checker{spec: s, values: v, at: at}
	for _, f := range s.Fields() {
		if s.Asked(f, v) {
			c.field(f)
		}
	}
	if len(c.problems) > 0 {
		return Checked{}, c.sorted()
	}
	data, err := s.data(v)
	if err != nil {
		return Checked{}, Problems{{Text: "This could not be read: " + err.Error() + "."}}
	}
	if s.check != nil {
		s.check(c, data)
	}
	if len(c.problems) > 0 {
		return Checked{}, c.sorted()
	}
	text, err := json.Marshal(data)
	if err != nil {
		return Checked{}, err
	}
	subject, body := s.Text(data, v, at.Naming)
	return Checked{Data: text, Value: data, Subject: subject, Body: body, On: s.dated(v)}, nil
}

func (s Spec) dated(v Values) record.Date {
	for _, f := range s.Fields() {
		if f.Dated && s.Asked(f, v) {
			day, _ := record.ParseDate(v.text(f.Key)) // it was checked
			return day
		}
	}
	return record.Date{}
}

// checker collects what is wrong.
type checker struct {
	spec     Spec
	values   Values
	at       Situation
	problems Problems
}

func (c *checker) say(key, format string, args ...any) {
	if c.problems.Of(key) == "" {
		c.problems = append(c.problems, Problem{key, fmt.Sprintf(format, args...)})
	}
}

func (c *checker) sorted() Problems {
	order := c.spec.Fields()
	place := func(key string) int {
		return slices.IndexFunc(order, func(f Field) bool { return f.Key == key })
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return place(a.Key) - place(b.Key) })
	return c.problems
}

func (c *checker) field(f Field) {
	if c.values.empty(f.Key) {
		if f.Required {
			c.say(f.Key, "%s", f.missing())
		}
		return
	}
	switch f.Input {
	case Line, Area:
		c.length(f)
	case Day:
		c.day(f)
	case Choice:
		c.option(f, c.values.text(f.Key))
		c.signed(f)
	case Several:
		for _, one := range c.list(f) {
			c.option(f, one)
		}
	case Channels:
		for _, one := range c.list(f) {
			if !record.Channel(one).Valid() {
				c.say(f.Key, "%q is no channel.", one)
			}
		}
	case Number:
		if n, ok := c.values[f.Key].(float64); !ok || !(n >= 0 && n <= 1e6) { // nor is NaN
			c.say(f.Key, "Write a number from 0 on.")
		}
	case Jurisdiction:
		if !record.KnownJurisdiction(c.values.text(f.Key)) {
			c.say(f.Key, "Choose the state, as US-MS for Mississippi.")
		}
	case Signers:
		c.signers(f)
	case Guardians:
		c.guardians(f)
	}
}

// signed refuses a drawn signature that was not drawn, and one for several
// people.
func (c *checker) signed(f Field) {
	if f.Key != "how" || c.values.text(f.Key) != "signature" {
		return
	}
	signers, _ := c.values["signers"].([]record.Signer)
	switch {
	case c.at.Signatures == 0:
		c.say(f.Key, "There is no signature yet: draw it, or choose another way.")
	case len(signers) > c.at.Signatures:
		c.say("signers", "One signature is one person’s: keep the one who signs here, and record the others each in an entry of their own.")
	}
}

// missing says what to do with a field that was left empty.
func (f Field) missing() string {
	switch f.Input {
	case Choice, Several, Channels, Policies, Clients, Link, Jurisdiction:
		return "Choose one of these."
	case Day:
		return "Give the day."
	case Signers:
		return "Say who decided."
	case Guardians:
		return "Name at least one guardian."
	}
	return "Fill this in."
}

func (c *checker) list(f Field) []string {
	list, ok := c.values[f.Key].([]string)
	if !ok {
		c.say(f.Key, "This could not be read.")
	}
	return list
}

func (c *checker) length(f Field) {
	text, most := c.values.text(f.Key), maxLine
	if f.Input == Area {
		most = maxArea
	}
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		c.say(f.Key, "The text is not UTF-8, and part of it would be lost: type it, or save it as UTF-8 and try again.")
	case n > most:
		c.say(f.Key, "That is too long: %d characters at most. Keep a long text as a file with the entry.", most)
	case f.Input == Line && strings.ContainsAny(text, "\r\n"):
		c.say(f.Key, "Only one line fits here.")
	}
}

// oldest is the first year that a day may lie in.
const oldest = 1900

func (c *checker) day(f Field) {
	day, err := record.ParseDate(c.values.text(f.Key))
	switch {
	case err != nil:
		c.say(f.Key, "That is no day: write it as 11/25/2026.")
	case day.Year < oldest || day.Year > 2200:
		c.say(f.Key, "The year %d cannot be right.", day.Year)
	case f.Past && c.at.Today.Before(day):
		c.say(f.Key, "%s is still to come: enter it once it has happened.", day.Long())
	case f.Ahead && !c.at.Today.Before(day):
		c.say(f.Key, "%s is not ahead: choose a day after today, %s.", day.Long(), c.at.Today.Long())
	}
}

func (c *checker) option(f Field, value string) {
	if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value }) {
		c.say(f.Key, "%q is not one of the answers.", value)
	}
}

var (
	roles      = []string{"client", "member", "guardian", "representative"}
	capacities = []string{"yes", "no", "unsure"}
)

func (c *checker) signers(f Field) {
	list, _ := c.values[f.Key].([]record.Signer)
	for _, s := range list {
		switch {
		case strings.TrimSpace(s.Name) == "":
			c.say(f.Key, "Each person who decided needs a name.")
		case !slices.Contains(roles, s.Role):
			c.say(f.Key, "Say for %s: client, member, guardian or representative.", s.Name)
		case !slices.Contains(capacities, s.Capacity):
			c.say(f.Key, "Judge whether %s can decide this: yes, no or unsure.", s.Name)
		case s.Capacity != "yes" && strings.TrimSpace(s.Basis) == "":
			c.say(f.Key, "Say what makes you doubt that %s can decide this.", s.Name)
		}
	}
}

func (c *checker) guardians(f Field) {
	list, _ := c.values[f.Key].([]record.Guardian)
	for _, g := range list {
		if strings.TrimSpace(g.Name) == "" || strings.TrimSpace(g.Relation) == "" {
			c.say(f.Key, "Each guardian needs a name and a relation to the client.")
		}
	}
}

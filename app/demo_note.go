package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// demoNote is a structured entry of the sample practice. What a block leaves
// out is as Prepare gives it.
type demoNote struct {
	at      time.Time // when it is filed
	form    record.Form
	label   string // by which other entries of the sample practice name it
	about   string // the label of the entry that it follows up
	file    string
	answers []demoAnswer

	// Of a policy, there is no form: a text that is put behind what there is, or
	// what was found when the policies were looked at again.
	topic   string // of the version, or the only one that was looked at again
	changed string
	text    string
	except  string // a topic that was not looked at again
}

// demoAnswer is a line of a block: the field's key and what was answered.
type demoAnswer struct{ key, text string }

// The two blocks that stand for no form.
const (
	demoPolicy       = "policy"        // a new version
	demoPolicyReview = "policy-review" // every policy was looked at again
)

// note reads a block whose head is "DAY TIME form NAME | as=LABEL".
func (c *demoClient) note(calendar demoCalendar, words []string, options, body string) error {
	at, err := calendar.moment(words[0], words[1])
	if err != nil {
		return err
	}
	return c.noteAt(at, words[3], options, body)
}

// noteAt adds a note of a form that is filed at a moment.
func (c *demoClient) noteAt(at time.Time, name, options, body string) (err error) {
	n := demoNote{at: at, form: record.Form(name)}
	if _, known := form.Find(n.form); !known && name != demoPolicyReview {
		return fmt.Errorf("there is no form %q", name)
	}
	for _, option := range strings.Split(options, " | ") {
		name, value, _ := strings.Cut(strings.TrimSpace(option), "=")
		to := map[string]*string{"as": &n.label, "about": &n.about, "file": &n.file, "topic": &n.topic, "changed": &n.changed, "except": &n.except}[name]
		switch {
		case option == "":
		case to == nil:
			return fmt.Errorf("there is no option %q of a form", name)
		default:
			*to = value
		}
	}
	if n.form == demoPolicy || n.form == demoPolicyReview {
		n.text = strings.TrimSpace(body)
	} else if n.answers, err = demoAnswers(body); err != nil {
		return err
	}
	c.notes = append(c.notes, n)
	return nil
}

// demoAnswers reads "key: answer", a line each. An answer goes on in lines that
// are indented.
func demoAnswers(body string) ([]demoAnswer, error) {
	var all []demoAnswer
	for line := range strings.Lines(body) {
		trimmed := strings.TrimSpace(line)
		key, text, found := strings.Cut(trimmed, ": ")
		switch last := len(all) - 1; {
		case trimmed == "":
		case strings.HasPrefix(line, "  ") && last >= 0:
			all[last].text += "\n" + trimmed
		case !found:
			return nil, fmt.Errorf("%q is no answer", trimmed)
		default:
			all = append(all, demoAnswer{key, strings.TrimSpace(text)})
		}
	}
	return all, nil
}

// demoNames says what stands behind the names that the script uses.
type demoNames struct {
	calendar demoCalendar
	entry    func(label string) (record.EntryID, error)
	client   func(name string) (record.ClientID, bool)
	policies map[string]record.PolicyRef // in effect, by their topics
}

// fill puts the answers into a form, over those that it begins with.
func (n demoNote) fill(v form.Values, names demoNames) error {
	spec, _ := form.Find(n.form)
	given := map[string]bool{}
	for _, a := range n.answers {
		f, known := spec.Field(a.key)
		if !known {
			return fmt.Errorf("%s has no field %q", n.form, a.key)
		}
		if !given[a.key] {
			delete(v, a.key)
		}
		given[a.key] = true
		if err := fillDemo(v, f, a.text, names); err != nil {
			return fmt.Errorf("%s, %s: %w", n.form, a.key, err)
		}
	}
	return nil
}

// fillDemo reads one answer. Lists of people are given by repeating the key.
func fillDemo(v form.Values, f form.Field, text string, names demoNames) error {
	parts := demoParts(text, 5)
	switch f.Input {
	case form.Day:
		if text == "-" { // not answered
			return nil
		}
		day, err := names.calendar.anyDay(text)
		v[f.Key] = day.String()
		return err
	case form.Number:
		n, err := strconv.ParseFloat(text, 64)
		v[f.Key] = n
		return err
	case form.Several, form.Channels:
		v[f.Key] = form.SplitList(text)
	case form.Signers:
		list, _ := v[f.Key].([]record.Signer)
		v[f.Key] = append(list, record.Signer{Name: parts[0], Role: parts[1], Capacity: parts[2], Basis: parts[3]})
	case form.Guardians:
		list, _ := v[f.Key].([]record.Guardian)
		v[f.Key] = append(list, record.Guardian{Name: parts[0], Relation: parts[1], Reach: parts[2], MayConsent: parts[3], MaySee: parts[4]})
	case form.Policies:
		return fillDemoPolicies(v, f.Key, text, names.policies)
	case form.Clients:
		list := []string{}
		for _, name := range form.SplitList(text) {
			if id, there := names.client(name); there { // a smaller practice lacks some
				list = append(list, id.String())
			}
		}
		v[f.Key] = list
	case form.Link:
		id, err := names.entry(text)
		v[f.Key] = id.String()
		return err
	default:
		v[f.Key] = text
	}
	return nil
}

// fillDemoPolicies ticks the policies of some topics, or none.
func fillDemoPolicies(v form.Values, key, text string, all map[string]record.PolicyRef) error {
	if text == "none" {
		return nil
	}
	var refs []record.PolicyRef
	for _, topic := range form.SplitList(text) {
		ref, known := all[topic]
		if !known {
			return fmt.Errorf("there is no policy %q yet", topic)
		}
		refs = append(refs, ref)
	}
	v[key] = refs
	return nil
}

// anyDay reads a day of the sample practice, a day ahead ("+90", in days of
// the calendar), or one of the calendar ("2019-05-02").
func (c demoCalendar) anyDay(text string) (record.Date, error) {
	if ahead, found := strings.CutPrefix(text, "+"); found {
		n, err := strconv.Atoi(ahead)
		return record.DateOf(c.today.In(time.UTC).AddDate(0, 0, n)), err
	}
	if day, err := record.ParseDate(text); err == nil {
		return day, nil
	}
	return c.day(text)
}

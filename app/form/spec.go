package form

import (
	"slices"

	"casekeep/vault/record"
)

// Input says how a field is filled in, and so what its value is in Values.
type Input int

// The inputs. Their values are a string unless said otherwise.
const (
	Line         Input = iota // one line
	Area                      // several lines
	Day                       // YYYY-MM-DD
	Number                    // a float64
	Choice                    // one of Options
	Several                   // []string of Options
	Jurisdiction              // ISO 3166-2
	Channels                  // []string of channels
	Link                      // the id of an entry with one of the forms in Links
	Signers                   // []record.Signer
	Guardians                 // []record.Guardian
	Policies                  // []record.PolicyRef
	Clients                   // []string of client ids
)

// Option is one answer of a choice.
type Option struct {
	Value string // as it is kept
	Label string // as it is read
}

// If says that a field is asked only where another one has one of some values;
// without values, where it has any.
type If struct {
	Key string
	Is  []string
}

// Field is one question of a form.
type Field struct {
	Key      string // in the entry's data
	Label    string // in the window
	Paper    string // on paper, where Label is a question; "": the same
	Help     string
	Example  string
	Input    Input
	Options  []Option
	Links    []record.Form
	Required bool
	Past     bool // a day that may not lie ahead
	Ahead    bool // a day that must lie ahead when it is entered
	Dated    bool // the day on which the entry stands in the timeline
	If       *If
}

// paper gives the field's name on paper.
func (f Field) paper() string {
	if f.Paper != "" {
		return f.Paper
	}
	return f.Label
}

// Section is a part of a form with a heading; the first one may have none.
type Section struct {
	Title  string
	Fields []Field
}

// Spec describes one form.
type Spec struct {
	Form      record.Form
	Title     string // "Search note"
	Act       string // what a button says that opens it: "Note an online search"
	About     string // one line under the title
	Book      bool   // it stands in the practice's own book
	Both      bool   // in either
	Standards []string
	Sections  []Section

	empty   func() any                      // a pointer to the type of its data
	check   func(c *checker, data any)      // what the fields alone do not tell
	subject func(data any, n Naming) string // the line over its text
}

// Fields gives every field, in the order in which they are asked.
func (s Spec) Fields() []Field {
	var all []Field
	for _, section := range s.Sections {
		all = append(all, section.Fields...)
	}
	return all
}

// Field gives the field with a key.
func (s Spec) Field(key string) (Field, bool) {
	all := s.Fields()
	i := slices.IndexFunc(all, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

// In reports whether the form stands in a record: a client's, or the
// practice's own book.
func (s Spec) In(client record.ClientID) bool {
	return s.Both || s.Book == (client == record.Book)
}

// specs lists every form, in the order in which they are offered.
var specs = slices.Concat(contactSpecs, consentSpecs, searchSpecs, intakeSpecs, safetySpecs, requestSpecs, practiceSpecs, incidentSpecs, orderSpecs)

// All gives every form, in the order in which they are offered.
func All() []Spec { return slices.Clone(specs) }

// Find gives the description of a form.
func Find(f record.Form) (Spec, bool) {
	i := slices.IndexFunc(specs, func(s Spec) bool { return s.Form == f })
	if i < 0 {
		return Spec{}, false
	}
	return specs[i], true
}

// Title gives a form's name, "Search note", or its key where a newer program
// wrote it.
func Title(f record.Form) string {
	if s, ok := Find(f); ok {
		return s.Title
	}
	return string(f)
}

package assets

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed standards.json
var standardsJSON []byte

// Standard is one duty of the practice standards, with where the program
// records it and the rule that decides whether a record shows it. Duty and the
// rule's words are ours.
type Standard struct {
	ID         string `json:"id"`       // "TSP 2.06"
	Document   string `json:"document"` // its full name
	Authority  string `json:"-"`        // rule, model standard, professional standard, advice
	Kind       string `json:"kind"`     // of R records, E enforces, P prompts; or O: conduct outside the program
	Duty       string `json:"duty"`
	RecordedIn string `json:"recorded_in"`
	Rule       string `json:"rule"` // its name
	Words      string `json:"-"`    // the rule in plain words
}

// The authorities of the documents.
const (
	AuthorityRule         = "rule"
	AuthorityModel        = "model standard"
	AuthorityProfessional = "professional standard"
	AuthorityAdvice       = "advice"
)

// Outside reports whether the duty is conduct that no program records.
func (s Standard) Outside() bool { return s.Kind == "O" }

var readStandards = sync.OnceValues(func() ([]Standard, map[string]string) {
	var file struct {
		Documents []struct{ Prefix, Name, Authority string }
		Rules     []struct{ Name, Words string }
		Standards []Standard
	}
	if err := json.Unmarshal(standardsJSON, &file); err != nil {
		panic("assets/standards.json: " + err.Error()) // embedded, and read by the tests
	}
	words := map[string]string{}
	for _, r := range file.Rules {
		words[r.Name] = r.Words
	}
	for i := range file.Standards {
		s := &file.Standards[i]
		prefix, _, _ := strings.Cut(s.ID, " ")
		for _, d := range file.Documents {
			if d.Prefix == prefix {
				s.Document, s.Authority = d.Name, d.Authority
			}
		}
		s.Words = words[s.Rule]
	}
	return file.Standards, words
})

// Standards lists every duty, in the order of the documents. It is not to be
// changed.
func Standards() []Standard {
	list, _ := readStandards()
	return list
}

// Rules gives the rules in plain words by their names.
func Rules() map[string]string {
	_, words := readStandards()
	return words
}

package sheet

import (
	"encoding/json"
	"fmt"

	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// draft is a form as it is kept over a lock.
type draft struct {
	About      record.EntryID  `json:"about,omitzero"`
	Supersedes record.EntryID  `json:"supersedes,omitzero"`
	Values     json.RawMessage `json:"values"`
	Files      []string        `json:"files,omitempty"` // paths
}

// slot names where the draft of a form is kept: one about another entry is
// another draft.
func (a Ask) slot() record.Form {
	if a.About == 0 && a.Supersedes == 0 {
		return a.Form
	}
	return record.Form(fmt.Sprintf("%s/%d/%d", a.Form, a.About, a.Supersedes))
}

// text gives everything that was filled in, for comparing and keeping.
func (s *Sheet) text() string {
	text, err := json.Marshal(s.fields.values())
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *Sheet) changed() bool {
	return s.text() != s.begun || len(s.files.paths) > 0 || s.fields.drawn()
}

// Drafts gives what was typed and not saved.
func (s *Sheet) Drafts() []desk.Draft {
	if !s.changed() {
		return nil
	}
	text, err := json.Marshal(draft{s.ask.About, s.ask.Supersedes, json.RawMessage(s.text()), s.files.paths})
	if err != nil {
		return nil
	}
	return []desk.Draft{{Client: s.ask.Client, Form: s.ask.slot(), Text: string(text)}}
}

// readDraft reads what Drafts wrote, nil where it is of another entry.
func readDraft(text string, ask Ask) *draft {
	var d draft
	if text == "" || json.Unmarshal([]byte(text), &d) != nil || d.About != ask.About || d.Supersedes != ask.Supersedes {
		return nil
	}
	return &d
}

// restore brings back what was typed before a lock. A number that could not be
// read then is left out.
func (s *Sheet) restore(d draft) {
	var raw map[string]json.RawMessage
	if json.Unmarshal(d.Values, &raw) != nil {
		return
	}
	values := form.Values{}
	for key, text := range raw {
		alone, err := json.Marshal(map[string]json.RawMessage{key: text})
		if err != nil {
			continue
		}
		if one, err := s.spec.Read(alone); err == nil {
			values[key] = one[key]
		}
	}
	s.fields.set(values)
	s.files.set(d.Files)
}

package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// Values are the answers of a form by the keys of its fields, each of the type
// that its Input says. What was not answered is absent or empty.
type Values map[string]any

// text gives a value as text, "" where it is none.
func (v Values) text(key string) string {
	switch value := v[key].(type) {
	case string:
		return value
	case fmt.Stringer:
		return value.String()
	}
	return ""
}

// empty reports whether a field was not answered.
func (v Values) empty(key string) bool {
	switch value := v[key].(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(value) == ""
	case float64:
		return value == 0
	case []string:
		return len(value) == 0
	case []record.Signer:
		return len(value) == 0
	case []record.Guardian:
		return len(value) == 0
	case []record.PolicyRef:
		return len(value) == 0
	}
	return false
}

// Asked reports whether a field is asked, as things stand in the others.
func (s Spec) Asked(f Field, v Values) bool {
	if f.If == nil {
		return true
	}
	if on, ok := s.Field(f.If.Key); ok && !s.Asked(on, v) {
		return false
	}
	if len(f.If.Is) == 0 {
		return !v.empty(f.If.Key)
	}
	for _, want := range f.If.Is {
		if v.text(f.If.Key) == want || holds(v[f.If.Key], want) {
			return true
		}
	}
	return false
}

func holds(list any, want string) bool {
	all, _ := list.([]string)
	for _, one := range all {
		if one == want {
			return true
		}
	}
	return false
}

// Read gives the values that an entry's data states, for the form to be filled
// with.
func (s Spec) Read(data json.RawMessage) (Values, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("reading a %s: %w", strings.ToLower(s.Title), err)
	}
	v := Values{}
	for _, f := range s.Fields() {
		text, ok := raw[f.Key]
		if !ok {
			continue
		}
		value, err := f.read(text)
		if err != nil {
			return nil, fmt.Errorf("reading %q of a %s: %w", f.Label, strings.ToLower(s.Title), err)
		}
		v[f.Key] = value
	}
	return v, nil
}

func (f Field) read(text json.RawMessage) (any, error) {
	switch f.Input {
	case Number:
		return readAs[float64](text)
	case Several, Channels, Clients:
		return readAs[[]string](text)
	case Signers:
		return readAs[[]record.Signer](text)
	case Guardians:
		return readAs[[]record.Guardian](text)
	case Policies:
		return readAs[[]record.PolicyRef](text)
	}
	return readAs[string](text)
}

func readAs[T any](text json.RawMessage) (any, error) {
	var value T
	err := json.Unmarshal(text, &value)
	return value, err
}

// data makes the form's own type of what was answered; what is not asked or
// was left empty is not in it.
func (s Spec) data(v Values) (any, error) {
	asked := map[string]any{}
	for _, f := range s.Fields() {
		if s.Asked(f, v) && !v.empty(f.Key) {
			asked[f.Key] = v[f.Key]
		}
	}
	text, err := json.Marshal(asked)
	if err != nil {
		return nil, err
	}
	to := s.empty()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return to, decoder.Decode(to)
}

// Decode gives what an entry states as the form's own type, such as
// record.SearchNote. A field that a newer program added is passed over.
func Decode[T any](data json.RawMessage) (T, error) {
	var to T
	if err := json.Unmarshal(data, &to); err != nil {
		return to, fmt.Errorf("reading what an entry states: %w", err)
	}
	return to, nil
}

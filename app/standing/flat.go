package standing

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"casekeep/vault/record"
)

// decode reads what an entry states. The first Today after an unlock reads
// every entry of every client, and nearly all of them are flat: texts and days
// by their names, without a space between. Those are read here, in a quarter
// of the time that encoding/json takes; anything else is left to it.
func decode(data []byte, to any) error {
	if readFlat(data, reflect.ValueOf(to).Elem()) == nil {
		return nil
	}
	reflect.ValueOf(to).Elem().SetZero()
	return json.Unmarshal(data, to)
}

var errNotFlat = errors.New("not the JSON that the program writes")

func readFlat(data []byte, to reflect.Value) error {
	fields := fieldsOf(to.Type())
	rest, ok := bytes.CutPrefix(data, []byte("{"))
	if !ok || len(rest) == 0 {
		return errNotFlat
	}
	if rest[0] == '}' {
		return ends(rest[1:])
	}
	for {
		key, value, ok := keyOf(rest)
		if !ok {
			return errNotFlat
		}
		n := extent(value)
		if n == 0 || n == len(value) {
			return errNotFlat
		}
		at, known := fields[string(key)]
		if !known {
			return errNotFlat
		}
		if err := set(to.Field(at), value[:n]); err != nil {
			return err
		}
		rest = value[n+1:]
		switch value[n] {
		case '}':
			return ends(rest)
		case ',':
		default:
			return errNotFlat
		}
	}
}

func ends(rest []byte) error {
	if len(rest) > 0 {
		return errNotFlat
	}
	return nil
}

// keyOf takes a name and its colon off the front.
func keyOf(data []byte) (key, rest []byte, ok bool) {
	if len(data) == 0 || data[0] != '"' {
		return nil, nil, false
	}
	return bytes.Cut(data[1:], []byte(`":`))
}

// extent gives the length of the value that data begins with, or 0.
func extent(data []byte) int {
	if len(data) > 0 && data[0] == '"' {
		return afterText(data)
	}
	depth := 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			n := afterText(data[i:])
			if n == 0 {
				return 0
			}
			i += n - 1
		case c == '{' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ']'):
			depth--
		case depth == 0 && (c == ',' || c == '}'):
			return i
		}
	}
	return 0
}

// afterText gives the length of the text in quotes that data begins with, or 0.
func afterText(data []byte) int {
	for i := 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

var dateType = reflect.TypeFor[record.Date]()

// set puts a value into a field.
func set(field reflect.Value, value []byte) error {
	if value[0] != '"' || !plain(value) {
		return json.Unmarshal(value, field.Addr().Interface())
	}
	text := value[1 : len(value)-1]
	switch {
	case field.Type() == dateType:
		if d, ok := plainDate(text); ok {
			*field.Addr().Interface().(*record.Date) = d
			return nil
		}
	case field.Kind() == reflect.String:
		field.SetString(string(text))
		return nil
	}
	return json.Unmarshal(value, field.Addr().Interface())
}

// plain reports whether a text stands for itself.
func plain(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c == '\\' {
			return false
		}
	}
	return utf8.Valid(text)
}

// plainDate reads a day up to the 28th of a month, which is there in each.
func plainDate(text []byte) (record.Date, bool) {
	if len(text) != len("2006-01-02") || text[4] != '-' || text[7] != '-' {
		return record.Date{}, false
	}
	var n [3]int
	for i, part := range [][]byte{text[:4], text[5:7], text[8:]} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return record.Date{}, false
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	d := record.Date{Year: n[0], Month: time.Month(n[1]), Day: n[2]}
	return d, d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= 28
}

var flatFields sync.Map // by reflect.Type, map[string]int

// fieldsOf gives the fields of a type by their names in JSON.
func fieldsOf(t reflect.Type) map[string]int {
	if known, ok := flatFields.Load(t); ok {
		return known.(map[string]int)
	}
	fields := map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields[name] = i
	}
	flatFields.Store(t, fields)
	return fields
}

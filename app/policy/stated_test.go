package policy

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"text/template"

	"casekeep/vault/record"
)

// perturbed gives facts that differ in one from those given, by its name.
func perturbed(from Facts) map[string]Facts {
	changed := map[string]Facts{}
	for i := range reflect.TypeFor[Facts]().NumField() {
		f := from
		field := reflect.ValueOf(&f).Elem().Field(i)
		switch value := field.Addr().Interface().(type) {
		case *string:
			*value = "US-TN"
		case *int:
			*value += 7
		case *bool:
			*value = !*value
		case *[]string:
			*value = []string{"Tennessee 998"}
		case *[]record.Channel:
			*value = []record.Channel{record.Social, record.Portal}
		case *record.Channel:
			*value = record.Portal
		case *Board:
			value.Name = "Another board"
		default:
			panic("no other value is known for " + reflect.TypeFor[Facts]().Field(i).Name)
		}
		changed[reflect.TypeFor[Facts]().Field(i).Name] = f
	}
	return changed
}

// A text that changes with a setting states it, or a change of the setting would
// offer no new version.
func TestStatedIsWhatTheTextDependsOn(t *testing.T) {
	used := map[string]bool{}
	for _, topic := range Topics() {
		for field, f := range perturbed(whole()) {
			name := settings[field].name
			if name == "" {
				t.Fatalf("%s has no name in plain words", field)
			}
			before, now := Stated(topic.Key, whole()), Stated(topic.Key, f)
			_, stated := before[name]
			used[field] = used[field] || stated
			if draft(t, topic.Key, whole()) != draft(t, topic.Key, f) && !stated {
				t.Errorf("%s changes with %s and does not state it", topic.Key, field)
			}
			if stated && len(Changed(before, now)) != 1 {
				t.Errorf("%s: %s changed: %q", topic.Key, field, Changed(before, now))
			}
		}
	}
	for field := range settings {
		if !used[field] {
			t.Errorf("no text states %s", field)
		}
	}
}

func TestStated(t *testing.T) {
	for name, want := range map[string]string{
		"Backups":                   "an encrypted drive in another building",
		"Automatic lock":            "after 10 minutes",
		"How long records are kept": "seven years after the last service",
		"HIPAA":                     "applies",
	} {
		if got := Stated("records", whole())[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := Stated("records", Facts{})["Automatic lock"]; got != "never" {
		t.Errorf("without a limit it locks %q", got)
	}
	if _, stated := Stated("searching", whole())["Backups"]; stated {
		t.Error("the policy on searching states backups")
	}
	if got := Stated("nothing", whole()); len(got) != 0 {
		t.Errorf("an unknown topic states %q", got)
	}
}

// A setting is stated as it stands in the text, whatever its line breaks were.
func TestStatedIsOneLine(t *testing.T) {
	f := Facts{Contact: " 12 Elm Street \r\n\nJackson,\nMS "}
	if got := Stated("breach", f)["Contact details"]; got != "12 Elm Street, Jackson, MS" {
		t.Errorf("%q", got)
	}
}

func TestFieldsOfEveryBranch(t *testing.T) {
	const text = `{{if .A}}{{or .B (gap (join .C "x"))}}{{else if eq .D "x"}}{{.E.F}}{{else}}{{stop .G | stop}}{{end}}`
	parsed := template.Must(template.New("").Funcs(words).Parse(text))
	got := slices.Sorted(maps.Keys(fieldsOf(parsed.Root)))
	if want := []string{"A", "B", "C", "D", "E", "G"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestChangedSaysWhatChanged(t *testing.T) {
	before := map[string]string{"Hours": "9 to 5", "Backups": "", "Fees": "$90", "Gone": "x"}
	now := map[string]string{"Hours": "9 to 5", "Backups": "a drive at home", "Fees": "", "New": "y"}
	want := []string{
		"Backups: was not stated, is now “a drive at home”.",
		"Fees: was “$90”, is now not stated.",
	}
	if got := Changed(before, now); !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	if got := Changed(nil, now); got != nil {
		t.Errorf("a version that states nothing changed: %q", got)
	}
}

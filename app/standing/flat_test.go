package standing

import (
	"encoding/json"
	"reflect"
	"testing"

	"casekeep/vault/record"
)

// What decode reads is what encoding/json reads, of whatever a form can hold.
func FuzzDecode(f *testing.F) {
	f.Add(`{"on":"2026-11-25","where":"a \"quoted\" site","terms":"a, b: {c} [d]","reason":"one\ntwo","basis":"consent","consent":"117658656768000001","told":"no"}`)
	f.Add(`{"channel":"text","decision":"allowed","since":"2024-02-29","how":"in-writing"}`)
	f.Add(`{"policies":[{"topic":"a]","title":"b","version":1,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}],"decision":"given","on":"2026-01-01","how":"scan","signers":[{"name":"A, B","role":"client","capacity":"yes"}]}`)
	f.Add(`{"consent_by":"both","guardians":[],"custody":"on-file","may_see":"é","newer":{"a":[1,{"b":"}"}]},"newest":null}`)
	f.Add(`{}`)
	f.Add(` { "on" : "2026-11-25" } `)
	f.Add(`{"on":"2026-13-01"}`)
	f.Add(`{"on":"2026-11-25"`)
	f.Add(`{"on":"2026-11-25"}}`)
	f.Add(`{"a" "b":1}`)
	f.Add(`{"told":"a"x}`)
	f.Add(`{"told":"a"]}`)
	f.Fuzz(func(t *testing.T, text string) {
		same[record.SearchNote](t, text)
		same[record.ChannelConsent](t, text)
		same[record.Acknowledgment](t, text)
		same[record.Minor](t, text)
		same[record.Suitability](t, text)
		same[record.InterruptionPlan](t, text)
	})
}

// same compares the two readings of what the program can have written: the
// JSON of a value, and a text as it stands where it is no JSON at all.
func same[T any](t *testing.T, text string) {
	t.Helper()
	var plain, ours T
	if json.Unmarshal([]byte(text), &plain) != nil {
		if !json.Valid([]byte(text)) && decode([]byte(text), &ours) == nil {
			t.Errorf("%s was read, and is no JSON", text)
		}
		return
	}
	written, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	var want T
	if err := json.Unmarshal(written, &want); err != nil {
		t.Fatal(err)
	}
	if err := decode(written, &ours); err != nil || !reflect.DeepEqual(ours, want) {
		t.Errorf("%s was read as %+v, not %+v; %v", written, ours, want, err)
	}
}

// The texts that the program writes are read without encoding/json.
func TestFlatIsReadAtOnce(t *testing.T) {
	w := newWorld(t)
	for _, f := range w.forms {
		if f.Form == record.FormChannel {
			var c record.ChannelConsent
			if err := readFlat(f.Data, reflect.ValueOf(&c).Elem()); err != nil || c.Decision != Allowed {
				t.Errorf("%s: %v, %+v", f.Data, err, c)
			}
		}
	}
}

// An acknowledgment's policies are read once for all that name the same.
func TestPoliciesAreReadOnce(t *testing.T) {
	list, rest := apart([]byte(`{"policies":[{"title":"a ] \" ] b"}],"decision":"given"}`))
	if string(list) != `[{"title":"a ] \" ] b"}]` || string(rest) != `{"decision":"given"}` {
		t.Errorf("%s and %s", list, rest)
	}
	if list, rest := apart([]byte(`{"policies":[]}`)); string(list) != `[]` || string(rest) != `{}` {
		t.Errorf("%s and %s", list, rest)
	}
	if list, rest := apart([]byte(`{"decision":"given"}`)); list != nil || string(rest) != `{"decision":"given"}` {
		t.Errorf("%s and %s", list, rest)
	}
	var shared sharedRefs
	for range 2 {
		if refs, err := shared.read([]byte(`[{"topic":"records","version":2}]`)); err != nil || len(refs) != 1 || refs[0].Version != 2 {
			t.Errorf("%v, %v", refs, err)
		}
	}
	if len(shared.lists) != 1 {
		t.Errorf("%d lists are held", len(shared.lists))
	}
}

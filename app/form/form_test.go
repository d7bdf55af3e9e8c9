package form

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casekeep/vault/record"
)

var today = record.Date{Year: 2026, Month: 11, Day: 25}

func situation() Situation { return Situation{Today: today, Files: 1, Signatures: 1} }

// filled answers every question of a form that is asked.
func filled(s Spec) Values {
	v := Values{}
	for range 3 { // an answer can raise further questions
		for _, f := range s.Fields() {
			if s.Asked(f, v) && v.empty(f.Key) {
				v[f.Key] = answerTo(f)
			}
		}
	}
	return v
}

func answerTo(f Field) any {
	switch f.Input {
	case Day:
		if f.Ahead || f.Key == "expires" {
			return "2027-11-25"
		}
		return "2026-11-20"
	case Number:
		return 2.0
	case Choice:
		if f.Key == "finding" {
			return "low-probability"
		}
		return f.Options[0].Value
	case Several, Channels:
		return []string{f.Options[0].Value}
	case Jurisdiction:
		return "US-MS"
	case Link:
		return "117658656768000001"
	case Signers:
		return []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}
	case Guardians:
		return []record.Guardian{{Name: "Maria Quill", Relation: "mother", MayConsent: "yes", MaySee: "no"}}
	case Policies:
		return []record.PolicyRef{{Topic: "records", Title: "Records", Version: 2, Hash: record.Hash{7}}}
	case Clients:
		return []string{"1", "2"}
	}
	if f.Key == "covers" {
		return "Tennessee, US-AL"
	}
	return "words for " + f.Key
}

// fillable are the forms that ask something; a policy is written as a text.
func fillable() []Spec {
	return slices.DeleteFunc(All(), func(s Spec) bool { return s.Form == record.FormPolicy })
}

func TestEveryFormIsFiledAndReadBack(t *testing.T) {
	for _, s := range fillable() {
		v := filled(s)
		checked, err := s.Check(v, situation())
		if err != nil {
			t.Errorf("%s: %v", s.Form, err)
			continue
		}
		back, err := s.Read(checked.Data)
		if err != nil {
			t.Errorf("%s: %v", s.Form, err)
		}
		if diff := cmp.Diff(map[string]any(v), map[string]any(back)); diff != "" {
			t.Errorf("%s was not read back as it was filed:\n%s", s.Form, diff)
		}
		again, err := s.Check(back, situation())
		if err != nil || string(again.Data) != string(checked.Data) || again.Body != checked.Body {
			t.Errorf("%s: filed again it is another one: %v", s.Form, err)
		}
		if _, ok := v["policies"]; ok && !strings.Contains(checked.Body, Digests+"\nRecords, version 2 (SHA-256 "+record.Hash{7}.String()+")") {
			t.Errorf("%s: the text lacks the hash of what was shown:\n%s", s.Form, checked.Body)
		}
		for _, f := range s.Fields() {
			if !s.Asked(f, v) {
				continue
			}
			if text := f.say(v[f.Key], ids{}); !strings.Contains(checked.Body, text) || !strings.Contains(checked.Body, f.paper()) {
				t.Errorf("%s: the text lacks %q: %q\n%s", s.Form, f.Label, text, checked.Body)
			}
		}
		if !strings.HasPrefix(checked.Subject, s.Title) {
			t.Errorf("%s: subject %q", s.Form, checked.Subject)
		}
	}
}

// Every key of a form is one of its type, and the other way round, so that
// nothing is asked that is not kept, or kept that is never asked.
func TestFieldsAndTypesAgree(t *testing.T) {
	for _, s := range fillable() {
		asked := map[string]bool{}
		for _, f := range s.Fields() {
			if asked[f.Key] {
				t.Errorf("%s asks %q twice", s.Form, f.Key)
			}
			asked[f.Key] = true
			if f.Label == "" || (f.Input == Choice || f.Input == Several || f.Input == Channels) && len(f.Options) == 0 {
				t.Errorf("%s: %q lacks a label or answers", s.Form, f.Key)
			}
			if f.If != nil {
				if _, ok := s.Field(f.If.Key); !ok {
					t.Errorf("%s: %q hangs on %q, which is not asked", s.Form, f.Key, f.If.Key)
				}
			}
		}
		kept := map[string]bool{}
		kind := reflect.TypeOf(s.empty()).Elem()
		for i := range kind.NumField() {
			key, _, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
			kept[key] = true
		}
		if !maps.Equal(asked, kept) {
			t.Errorf("%s:\n%s", s.Form, cmp.Diff(asked, kept))
		}
	}
}

func TestEachFormStandsInOnePlace(t *testing.T) {
	for _, s := range All() {
		if s.In(1) != s.Form.OfClient() {
			t.Errorf("%s stands in a client's record: %v, and what is taken in says %v", s.Form, s.In(1), s.Form.OfClient())
		}
	}
	seen := map[record.Form]bool{}
	for _, s := range All() {
		if seen[s.Form] {
			t.Errorf("%s is described twice", s.Form)
		}
		seen[s.Form] = true
		if !s.In(record.Book) && !s.In(1) || s.In(record.Book) && s.In(1) != s.Both {
			t.Errorf("%s: stands in book %v, in a record %v", s.Form, s.In(record.Book), s.In(1))
		}
		if len(s.Standards) == 0 || s.About == "" || s.Act == "" {
			t.Errorf("%s lacks standards, an act or a line about it", s.Form)
		}
	}
	if _, ok := Find("hearsay"); ok || Title("hearsay") != "hearsay" {
		t.Error("an unknown form was found")
	}
}

// What is wrong is said next to the field, with what to do.
func TestWrongAnswersAreRefusedInPlace(t *testing.T) {
	for name, c := range map[string]struct {
		form record.Form
		key  string
		to   any
		with map[string]any
		say  string
	}{
		"review in the past":       {record.FormAcknowledgment, "review_by", "2026-11-25", nil, "not ahead"},
		"acknowledged tomorrow":    {record.FormAcknowledgment, "on", "2026-11-26", nil, "still to come"},
		"nothing acknowledged":     {record.FormAcknowledgment, "policies", nil, map[string]any{"earlier_what": nil}, "Tick a policy"},
		"nobody decided":           {record.FormAcknowledgment, "signers", []record.Signer{}, nil, "Say who decided"},
		"capacity not judged":      {record.FormAcknowledgment, "signers", []record.Signer{{Name: "A", Role: "client"}}, nil, "Judge whether"},
		"no capacity, no reason":   {record.FormAcknowledgment, "signers", []record.Signer{{Name: "A", Role: "client", Capacity: "no"}}, nil, "doubt"},
		"a license without state":  {record.FormLicense, "jurisdiction", nil, nil, "Choose one"},
		"a license that is over":   {record.FormLicense, "expires", "2020-01-01", nil, "before it was issued"},
		"an unknown state":         {record.FormLicense, "jurisdiction", "US-ZZ", nil, "Choose the state"},
		"a compact with a slip":    {record.FormLicense, "covers", "Tennesee", map[string]any{"kind": "compact"}, "no state"},
		"told before the search":   {record.FormSearch, "told_on", "2026-11-01", nil, "before the search"},
		"a day that is none":       {record.FormSearch, "on", "2026-02-30", nil, "no day"},
		"a year of long ago":       {record.FormSearch, "on", "0201-11-20", nil, "cannot be right"},
		"an answer that is none":   {record.FormSearch, "basis", "curiosity", nil, "not one of the answers"},
		"consent without which":    {record.FormSearch, "consent", "", nil, "Choose one"},
		"two lines in one":         {record.FormSearch, "terms", "a\nb", nil, "Only one line"},
		"too long":                 {record.FormSearch, "terms", strings.Repeat("x", 401), nil, "too long"},
		"bytes that are no text":   {record.FormSearch, "reason", "\xff\xfe", nil, "not UTF-8"},
		"closed before discovered": {record.FormIncident, "closed", "2026-11-01", map[string]any{"finding": "breach"}, "before it was discovered"},
		"closed but not judged":    {record.FormIncident, "finding", "not-judged", nil, "Judge the risk"},
		"suitable though not":      {record.FormSuitability, "reason", "", map[string]any{"age": "no"}, "say why"},
		"asked for before it came": {record.FormRequest, "until", "2026-11-01", map[string]any{"by": "court", "who": "the county court", "rests": "an order"}, "before the request"},
		"held back too long": {record.FormRequest, "suspended_until", "2026-12-21",
			map[string]any{"kind": record.RequestAccounting, "suspended": "oral", "suspended_by": "an agent"}, "30 days at most: until December 20, 2026"},
		"denied on no ground": {record.FormRequestAnswered, "grounds", nil, map[string]any{"outcome": record.AnswerDenied}, "Choose one"},
		"told after the answer": {record.FormRequestAnswered, "told", "2026-11-24",
			map[string]any{"outcome": record.AnswerExtended, "until": "2026-12-20", "reason": "r"}, "after the day"},
		"hours that are none": {record.FormCompetence, "hours", math.NaN(), nil, "from 0"},
		"less than no hours":  {record.FormCompetence, "hours", -1.0, nil, "from 0"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := Find(c.form)
			v := filled(s)
			v[c.key] = c.to
			maps.Copy(v, c.with)
			_, err := s.Check(v, situation())
			var problems Problems
			if !errors.As(err, &problems) || !strings.Contains(problems.Of(c.key), c.say) {
				t.Errorf("%s: %v", c.key, err)
			}
		})
	}
}

// A signature that was not drawn, and a scan that lies nowhere, are no
// signature and no scan.
func TestASignatureIsThere(t *testing.T) {
	s, _ := Find(record.FormAcknowledgment)
	for _, how := range []string{"signature", "scan"} {
		v := filled(s)
		v["how"], v["paper_kept_at"] = how, ""
		if _, err := s.Check(v, Situation{Today: today}); err == nil {
			t.Errorf("%s without a file was taken", how)
		}
		if _, err := s.Check(v, situation()); err != nil {
			t.Errorf("%s with a file: %v", how, err)
		}
	}
}

// Nobody has to invent a date for what was agreed before Casekeep; what is
// agreed on now has one.
func TestADayThatNobodyKnowsIsNotInvented(t *testing.T) {
	s, _ := Find(record.FormAcknowledgment)
	v := filled(s)
	v["on"], v["policies"] = "", nil
	checked, err := s.Check(v, situation())
	if err != nil || !checked.On.IsZero() || !strings.Contains(checked.Body, "About when: words for about_when") {
		t.Errorf("an earlier consent without a day: %v\n%s", err, checked.Body)
	}
	v["about_when"] = " "
	var problems Problems
	if _, err := s.Check(v, situation()); !errors.As(err, &problems) || problems.Of("on") == "" {
		t.Errorf("neither a day nor about when: %v", err)
	}
	v = filled(s)
	v["on"] = ""
	if _, err := s.Check(v, situation()); !errors.As(err, &problems) || problems.Of("on") == "" {
		t.Errorf("a policy of the library without a day: %v", err)
	}
	k, _ := Find(record.FormChannel)
	v = filled(k)
	v["since"] = ""
	if _, err := k.Check(v, situation()); err != nil {
		t.Errorf("a channel agreed on about then: %v", err)
	}
}

// A drawn signature is one person's.
func TestOneSignatureIsOnePersons(t *testing.T) {
	s, _ := Find(record.FormAcknowledgment)
	v := filled(s)
	v["how"] = "signature"
	v["signers"] = []record.Signer{{Name: "Bo", Role: "member", Capacity: "yes"}, {Name: "Kit", Role: "member", Capacity: "yes"}}
	var problems Problems
	if _, err := s.Check(v, situation()); !errors.As(err, &problems) || !strings.Contains(problems.Of("signers"), "one person") {
		t.Errorf("two people, one signature: %v", err)
	}
	if _, err := s.Check(v, Situation{Today: today, Files: 2, Signatures: 2}); err != nil {
		t.Errorf("two people, two signatures: %v", err)
	}
}

// What is no longer asked is not kept: a basis that was changed leaves no
// trace of the former one.
func TestOnlyWhatIsAskedIsKept(t *testing.T) {
	s, _ := Find(record.FormSearch)
	v := filled(s)
	v["basis"], v["departure"] = "neither", "I was curious."
	checked, err := s.Check(v, situation())
	if err != nil {
		t.Fatal(err)
	}
	var kept map[string]any
	if err := json.Unmarshal(checked.Data, &kept); err != nil || kept["consent"] != nil || kept["departure"] == nil {
		t.Errorf("kept: %v, %v", kept, err)
	}
	if checked.On != (record.Date{Year: 2026, Month: 11, Day: 20}) {
		t.Errorf("stands on %v", checked.On)
	}
}

func TestLinesAboveTheRecord(t *testing.T) {
	for want, c := range map[string]record.Contacting{
		"may text; no voicemail":                           {Text: "yes", Voicemail: "no", SayName: "yes"},
		"no texts; neutral voicemail only; say no name; x": {Text: "no", Voicemail: "ask", SayName: "no", OthersSee: "x"},
	} {
		if got := SafeLine(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := RiskLine(record.SafetyPlan{Risk: "none", On: today}); got != "" {
		t.Errorf("no risk: %q", got)
	}
	if got := RiskLine(record.SafetyPlan{Risk: "watch", Flag: "écoute: call first", On: today}); got != "Écoute: call first; safety plan of November 25, 2026" {
		t.Errorf("a flag: %q", got)
	}
	if got := RiskLine(record.SafetyPlan{Risk: "high", Flag: "do not call", On: today}); got != "High risk; do not call; safety plan of November 25, 2026" {
		t.Errorf("high risk: %q", got)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range fillable() {
		checked, err := s.Check(filled(s), situation())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(s.Form), string(checked.Data))
	}
	f.Fuzz(func(t *testing.T, form, data string) {
		s, ok := Find(record.Form(form))
		if !ok {
			return
		}
		v, err := s.Read(json.RawMessage(data))
		if err != nil {
			return
		}
		checked, err := s.Check(v, situation())
		if err == nil && !json.Valid(checked.Data) {
			t.Errorf("data that is no JSON: %s", checked.Data)
		}
	})
}

// What is taken back or refused ends something on a day: without one it would
// count as older than everything.
func TestWhatIsTakenBackHasADay(t *testing.T) {
	for form, decisions := range map[record.Form][]string{
		record.FormAcknowledgment: {record.Declined, record.Withdrawn}, record.FormChannel: {"not-allowed", "revoked"},
	} {
		s, _ := Find(form)
		for _, decision := range decisions {
			v := filled(s)
			delete(v, "policies")
			delete(v, "on")
			delete(v, "since")
			v["decision"], v["about_when"] = decision, "last spring"
			var problems Problems
			if _, err := s.Check(v, situation()); !errors.As(err, &problems) || problems.Of("on")+problems.Of("since") == "" {
				t.Errorf("%s, %s without a day: %v", form, decision, err)
			}
		}
	}
}

// A ground suits what was asked for: nobody is denied a look because the record
// is accurate.
func TestGroundsSuitTheRequest(t *testing.T) {
	for _, c := range []struct {
		ground, kind string
		suits        bool
	}{
		{"endangers", record.RequestCopy, true}, {"endangers", record.RequestAmendment, false}, {"accurate", record.RequestAmendment, true},
		{"accurate", record.RequestAccess, false}, {"other", record.RequestAccess, true}, {"other", record.RequestAmendment, true},
		{"accurate", record.RequestAccounting, false}, {"other", record.RequestAccounting, true},
	} {
		if got := SuitsRequest(c.ground, c.kind); got != c.suits {
			t.Errorf("%s for %s: %v", c.ground, c.kind, got)
		}
	}
}

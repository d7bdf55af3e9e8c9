package profile

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2/test"

	"casekeep/ui/kit"
	"casekeep/vault/record"
)

func TestHours(t *testing.T) {
	test.NewTempApp(t)
	h := NewHours("Days")
	want := record.Hours{Days: []int{0, 1, 5}, From: "09:30", To: "17:00"}
	h.Set(want)
	if h.From.Text() != "9:30 AM" || h.To.Text() != "5 PM" {
		t.Errorf("it shows %q to %q", h.From.Text(), h.To.Text())
	}
	if got, ok := h.Value(); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("it gives %+v, %v", got, ok)
	}
	for text, wrong := range map[string]bool{"noonish": true, "": true, "8 AM": true, "12 PM": false} {
		h.To.SetText(text)
		if _, ok := h.Value(); ok == wrong {
			t.Errorf("until %q: %v", text, ok)
		}
	}
	h.Set(record.Hours{From: "09:00", To: "17:00"})
	if _, ok := h.Value(); ok || h.Days.Error() == "" {
		t.Error("hours on no day are taken")
	}
}

func TestState(t *testing.T) {
	test.NewTempApp(t)
	s := NewState("State")
	for text, want := range map[string]string{"": "", "ms": "US-MS", "Tennessee": "US-TN", "us-al": "US-AL"} {
		s.SetText(text)
		if got, ok := s.Value(); !ok || got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
	s.SetText("Missisipi")
	if _, ok := s.Value(); ok || s.Error() == "" {
		t.Error("a state that is none is taken")
	}
}

func TestChannels(t *testing.T) {
	test.NewTempApp(t)
	changed := 0
	q := NewChannels("Channels", func() { changed++ })
	q.Set([]record.Channel{record.Call, record.Text}, record.Call)
	if list, secure := q.Value(); len(list) != 2 || secure != record.Call {
		t.Errorf("it gives %v, %q", list, secure)
	}
	q.Checks.Choose(3) // text alone
	q.Checks.OnChanged()
	if list, secure := q.Value(); len(list) != 1 || secure != "" || changed != 1 {
		t.Errorf("without the secure one it gives %v, %q", list, secure)
	}
}

func TestSplitAndYesNo(t *testing.T) {
	test.NewTempApp(t)
	if name, credential := Split("Nora Whitcomb, PhD, LCSW"); name != "Nora Whitcomb, PhD" || credential != "LCSW" {
		t.Errorf("%q, %q", name, credential)
	}
	if name, credential := Split("Nora Whitcomb"); name != "Nora Whitcomb" || credential != "" {
		t.Errorf("%q, %q", name, credential)
	}
	a := kit.NewAnswer("?")
	for _, said := range []string{"yes", "no", ""} {
		if SetYesNo(a, said); YesNo(a) != said {
			t.Errorf("%q became %q", said, YesNo(a))
		}
	}
}

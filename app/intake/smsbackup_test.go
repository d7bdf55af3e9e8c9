package intake

import (
	"os"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"

	"github.com/google/go-cmp/cmp"
)

var chicago = must(time.LoadLocation("America/Chicago"))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func options() Options {
	return Options{Own: []string{"601 555 0100", "Office@example.org"}, Zone: chicago}
}

// readFile reads a fixture and holds the report against the handler's own
// count.
func readFile(t *testing.T, name string, opt Options, h *collector) Report {
	t.Helper()
	return readText(t, name, string(must(os.ReadFile("testdata/"+name))), opt, h)
}

func readText(t *testing.T, name, text string, opt Options, h *collector) Report {
	t.Helper()
	before := len(h.items)
	r, err := Read(t.Context(), strings.NewReader(text), name, int64(len(text)), opt, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, r)
	if r.Imported != len(h.items)-before {
		t.Errorf("%d imported, and the handler accepted %d", r.Imported, len(h.items)-before)
	}
	return r
}

func addsUp(t *testing.T, r Report) {
	t.Helper()
	if r.Found != r.Imported+r.Duplicates+r.Skipped+r.Refused {
		t.Errorf("the report does not add up: %+v", r)
	}
	reasonsAddUp(t, r.Skipped, r.SkippedBy)
	reasonsAddUp(t, r.Refused, r.RefusedBy)
}

func reasonsAddUp(t *testing.T, n int, list []Reason) {
	t.Helper()
	for _, reason := range list {
		n -= reason.Count
		if reason.Reason == "" || len(reason.First) == 0 {
			t.Errorf("no reason or place: %+v", reason)
		}
	}
	if n != 0 {
		t.Errorf("reasons do not add up: %+v", list)
	}
}

type line struct {
	At, Direction, Thread, From, Body string
}

func lines(items []Item) (out []line) {
	for _, it := range items {
		out = append(out, line{
			it.At.In(it.zone()).Format("15:04:05"), string(it.Direction), it.Thread.Key(), it.From(), it.Body,
		})
	}
	return out
}

func (it Item) zone() *time.Location { return record.LoadZone(it.Zone) }

func TestTexts(t *testing.T) {
	h := &collector{}
	r := readFile(t, "sms.xml", options(), h)
	want := []line{
		{"09:07:00", "in", "+16015550101", "+16015550101", "Happy New Year 😀 see you at 2?"},
		{"09:09:00", "out", "+16015550101", "", "Yes & bring the form\nGate code is 4<5"},
		{"09:10:00", "in", "+16015550102", "+16015550102", "Somebody else's business"},
		{"09:13:00", "in", "+16015550101", "+16015550101", "Here is the form 📎"},
		{"09:14:00", "in", "+16015550101~+16015550103", "+16015550103", "We are both on our way"},
		{"09:15:00", "out", "+16015550101", "", ""},
		{"09:16:00", "in", "22395", "22395", "Your code is 555010"},
	}
	if diff := cmp.Diff(want, lines(h.items)); diff != "" {
		t.Error(diff)
	}
	if r.Declared != 9 || r.Found != 9 || r.Skipped != 2 || r.Format != kindTexts.format {
		t.Errorf("%+v", r)
	}
	wantWhy := []Reason{
		{"draft", 1, []string{"message 4, byte 1161"}},
		{"failed to send", 1, []string{"message 5, byte 1352"}},
	}
	if diff := cmp.Diff(wantWhy, r.SkippedBy); diff != "" {
		t.Error(diff)
	}
}

func TestTextsProvenance(t *testing.T) {
	h := &collector{}
	r := readFile(t, "sms.xml", options(), h)
	file := string(must(os.ReadFile("testdata/sms.xml")))
	if r.SHA256 != sum(file) || r.Size != int64(len(file)) {
		t.Error("the report's hash or size is not the file's")
	}
	first := h.items[0]
	if first.Original != "1767280020000 (Jan 1, 2026 9:07:00 AM)" || first.Zone != "America/Chicago" || first.Basis != record.ZoneAssumed {
		t.Errorf("%+v", first)
	}
	sms := file[strings.Index(file, "<sms "):]
	if first.Raw != sum(sms[:strings.Index(sms, "/>")+2]) {
		t.Error("the raw hash is not that of the sms element")
	}
	mms := file[strings.Index(file, "<mms "):]
	if h.items[3].Raw != sum(mms[:strings.Index(mms, "</mms>")+6]) {
		t.Error("the raw hash is not that of the mms element")
	}
	if h.items[3].MessageID != "m-0001" {
		t.Errorf("message ID %q", h.items[3].MessageID)
	}
}

func TestTextsAttachment(t *testing.T) {
	h := &collector{}
	readFile(t, "sms.xml", options(), h)
	if len(h.parts) != 1 || h.kept() != 1 {
		t.Fatalf("%d parts", len(h.parts))
	}
	a, p := h.items[3].Attachments[0], h.parts[0]
	if a.Name != "form.png" || a.Type != "image/png" || a.Size != 70 || a.SHA256 != sum(p.String()) || a.Part != p || !p.closed {
		t.Errorf("%+v", a)
	}
	if !strings.HasPrefix(p.String(), "\x89PNG") {
		t.Error("no PNG came out")
	}
}

func TestDraftsOnDemand(t *testing.T) {
	h := &collector{}
	opt := options()
	opt.Drafts = true
	if r := readFile(t, "sms.xml", opt, h); r.Imported != 9 {
		t.Errorf("%+v", r)
	}
	if h.items[3].Outcome != "draft" || h.items[4].Outcome != "failed to send" {
		t.Errorf("outcomes %q, %q", h.items[3].Outcome, h.items[4].Outcome)
	}
}

func TestOnlyWantedThreadsAreRead(t *testing.T) {
	h := &collector{want: func(head Head) (bool, string) {
		return head.Thread.Key() == "+16015550102", "in another thread"
	}}
	r := readFile(t, "sms.xml", options(), h)
	if r.Imported != 1 || r.Skipped != 8 || len(h.parts) != 0 {
		t.Errorf("%+v, %d parts", r, len(h.parts))
	}
}

func TestCalls(t *testing.T) {
	h := &collector{}
	r := readFile(t, "calls.xml", options(), h)
	type call struct {
		Channel   record.Channel
		Direction record.Direction
		Outcome   string
		Duration  time.Duration
		Party     record.Party
	}
	dana := record.Party{Name: "Dana Reyes, LCSW", Address: "+16015550101", Role: "from"}
	called := dana
	called.Role = "to"
	bare := record.Party{Address: "+16015550101", Role: "from"}
	want := []call{
		{record.Call, record.In, "", 754 * time.Second, dana},
		{record.Call, record.Out, "", 61 * time.Second, called},
		{record.Call, record.In, "missed", 0, bare},
		{record.Voicemail, record.In, "left voicemail", 38 * time.Second, bare},
		{record.Call, record.In, "rejected", 0, bare},
		{record.Call, record.In, "blocked", 0, bare},
		{record.Call, record.In, "missed", 0, record.Party{Name: "hidden number", Role: "from"}},
	}
	var got []call
	for _, it := range h.items {
		got = append(got, call{it.Channel, it.Direction, it.Outcome, it.Duration, it.Parties[0]})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Declared != 7 || r.Format != kindCalls.format {
		t.Errorf("%+v", r)
	}
}

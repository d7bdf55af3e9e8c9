package phrase

import (
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

var chicago = record.LoadZone("America/Chicago")

func TestTimes(t *testing.T) {
	now := time.Date(2026, 11, 21, 14, 14, 0, 0, chicago)
	for at, want := range map[time.Time][2]string{
		now: {"Today, Saturday, November 21", "2:14 PM"},
		time.Date(2026, 11, 20, 9, 5, 0, 0, chicago):   {"Friday, November 20", "Fri"},
		time.Date(2026, 11, 15, 9, 5, 0, 0, chicago):   {"Sunday, November 15", "Sun"},
		time.Date(2026, 11, 14, 9, 5, 0, 0, chicago):   {"Saturday, November 14", "Nov 14"},
		time.Date(2025, 11, 21, 9, 5, 0, 0, chicago):   {"Friday, November 21, 2025", "Nov 21, 2025"},
		time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC):  {"Sunday, November 22", "9:00 PM"},
		time.Date(2026, 11, 21, 23, 59, 0, 0, chicago): {"Today, Saturday, November 21", "11:59 PM"},
	} {
		if day, lately := Day(at, now), Lately(at, now, chicago); day != want[0] || lately != want[1] {
			t.Errorf("%s is %q and %q, want %q", at, day, lately, want)
		}
	}
	if got := Moment(now); got != "Saturday, November 21, 2026, 2:14 PM CST" {
		t.Error(got)
	}
	if got := ZoneName(now.In(record.LoadZone("-06:00"))); got != "UTC-06:00" {
		t.Error(got)
	}
}

func TestSaidBy(t *testing.T) {
	from := []record.Party{{Name: "Maria Quill", Address: "+16015550177", Role: "from"}}
	relation := []record.Party{{Name: "Maria Quill", Role: "mother"}}
	for want, e := range map[string]record.Entry{
		"Ada|texted|":                             {Channel: record.Text, Direction: record.In},
		"You|emailed|Re: Thursday":                {Channel: record.Mail, Direction: record.Out, Subject: "Re: Thursday"},
		"Ada|called|missed":                       {Channel: record.Call, Direction: record.In, Outcome: "missed"},
		"You|called|left voicemail|12 min":        {Channel: record.Call, Direction: record.Out, Outcome: "left voicemail", Duration: 12 * time.Minute},
		"Session||in person|50 min":               {Channel: record.InPerson, Direction: record.In, Duration: 50 * time.Minute},
		"Video session||50 min":                   {Channel: record.Video, Direction: record.Out, Duration: 50 * time.Minute},
		"Maria Quill|texted|third person":         {Channel: record.Text, Direction: record.Third, Parties: from},
		"Maria Quill||mother|call":                {Channel: record.Call, Direction: record.Third, Parties: relation},
		"Third person||letter":                    {Channel: record.Letter, Direction: record.Third},
		"Video session||with Maria Quill":         {Channel: record.Video, Direction: record.Third, Parties: relation},
		"Session||in person|with +1 601 555 0177": {Channel: record.InPerson, Direction: record.Third, Parties: []record.Party{{Address: "+16015550177", Role: "from"}}},
	} {
		s := SaidBy(e, "Ada")
		got := s.Who + "|" + s.Did + "|" + strings.Join(s.More, "|")
		if got != want {
			t.Errorf("%+v is said as %q, want %q", e, got, want)
		}
	}
}

func TestPreview(t *testing.T) {
	for want, c := range map[string]record.ClientSummary{
		"明天见":                       {Kind: record.Individual, Entries: 1, LastChannel: record.Text, LastPreview: "明天见"},
		"Email: Re: Thursday":       {Kind: record.Individual, Entries: 3, LastChannel: record.Mail, LastPreview: "Re: Thursday"},
		"Call":                      {Kind: record.Individual, Entries: 3, LastChannel: record.Call},
		"7 members · Session":       {Kind: record.Group, Members: 7, Entries: 1, LastChannel: record.InPerson},
		"No contact yet":            {Kind: record.Individual},
		"Closed · gracias":          {Kind: record.Individual, Status: record.Closed, Entries: 1, LastChannel: record.Text, LastPreview: "gracias"},
		"1 member · Social media":   {Kind: record.Organization, Members: 1, Entries: 1, LastChannel: record.Social},
		"In person is no text: x":   {Kind: record.Individual, Entries: 1, LastChannel: record.Text, LastPreview: "In person is no text: x"},
		"Session: the safety plan.": {Kind: record.Individual, Entries: 1, LastChannel: record.InPerson, LastPreview: "the safety plan."},
	} {
		if got := Preview(c); got != want {
			t.Errorf("%+v is previewed as %q, want %q", c, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"Ada Quill": "Ada", "王芳 Wang Fang": "王芳", "Dr. Ada Quill": "Dr. Ada Quill", "Cher": "Cher", "": "",
	} {
		if got := ShortName(record.Individual, name); got != want {
			t.Errorf("%q is called %q", name, got)
		}
	}
	if got := ShortName(record.Couple, "Bo & Kit Larsen"); got != "Bo & Kit Larsen" {
		t.Error(got)
	}
	if got := Address("+16015550142"); got != "+1 601 555 0142" {
		t.Error(got)
	}
	if got := Address("ada@example.org"); got != "ada@example.org" {
		t.Error(got)
	}
}

func TestJurisdiction(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "MS": "US-MS", "us-ms": "US-MS", "Mississippi": "US-MS", "missi": "US-MS", "new  york": "US-NY", "CA-ON": "CA-ON",
		"virginia": "US-VA",
	} {
		if code, err := ParseJurisdiction(text); err != nil || code != want {
			t.Errorf("%q is %q, %v; want %q", text, code, err, want)
		}
	}
	for _, text := range []string{"Atlantis", "new", "US-XX", "A-B"} {
		if code, err := ParseJurisdiction(text); err == nil {
			t.Errorf("%q is taken for %s", text, code)
		}
	}
	for _, code := range record.Jurisdictions() {
		if back, err := ParseJurisdiction(Jurisdiction(code)); err != nil || back != code {
			t.Errorf("%s comes back as %s, %v", code, back, err)
		}
	}
}

func TestSizesAndCounts(t *testing.T) {
	for n, want := range map[int64]string{12: "12 bytes", 212_300: "212 KB", 1_234_567: "1.2 MB", 999_499: "999 KB", 999_500: "1.0 MB", 3_000_000_000: "3.0 GB"} {
		if got := Size(n); got != want {
			t.Errorf("%d bytes are %q", n, got)
		}
	}
	for n, want := range map[int]string{0: "0 entries", 1: "1 entry", 7360: "7,360 entries", 1234567: "1,234,567 entries"} {
		if got := Count(n, "entry", "entries"); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

func TestActsInPlainWords(t *testing.T) {
	for _, action := range []string{"client.add", "client.open", "client.change", "client.active", "client.closed", "client.screening",
		"entry.log", "entry.amend", "entry.strike", "entry.moved-in", "entry.moved-out",
		"import", "import.undo", "import.cancel", "import.undoing", "import.cut-off", "record.produce",
		"hold.place", "hold.lift", "retention.extend", "record.sequester", "record.unsequester", "record.receive"} {
		if act, _ := Act(record.AuditEvent{Action: action, Detail: "text"}); act == action || strings.ContainsAny(act, ".-") {
			t.Errorf("%s is said as %q", action, act)
		}
	}
	for fact, want := range map[string]string{"died": "Day of death stated", "adult": "Full age stated"} {
		if act, _ := Act(record.AuditEvent{Action: "client.state", Detail: fact}); act != want {
			t.Errorf("%s is said as %q", fact, act)
		}
	}
}

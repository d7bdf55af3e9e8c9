package policy

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

func TestCheckText(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "empty",
		" \n\t\r\n":                        "empty",
		"# Only a title":                   "empty",
		"# Title\n\n- …\n\n***":            "empty",
		"fine":                             "",
		"# T\r\n\r\n- é 王 🙂\ttab":          "",
		"12":                               "",
		"bad \xff byte":                    "UTF-8",
		"one\ntwo \x00":                    "line 2",
		strings.Repeat("a", MaxText):       "",
		strings.Repeat("a", MaxText+1):     "too long (65 KB, the most is 64 KB)",
		strings.Repeat("\xff", MaxText+99): "too long",
	} {
		err := CheckText(text)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
}

func TestCheckEffective(t *testing.T) {
	day := func(s string) record.Date {
		d, err := record.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	today, none := day("2026-11-25"), record.Date{}
	for _, c := range []struct {
		effective, previous record.Date
		want                string
	}{
		{today, none, ""},
		{day("1998-05-01"), none, ""},
		{today, today, ""},
		{day("2027-11-25"), none, ""},
		{none, none, "say from which day"},
		{record.Date{Year: 2026, Month: 2, Day: 30}, none, "no day of the calendar"},
		{record.Date{Year: 2026, Month: 13, Day: 1}, none, "no day of the calendar"},
		{record.Date{Year: -5, Month: 1, Day: 1}, none, "no day of the calendar"},
		{day("1026-11-25"), none, "check the year"},
		{day("2027-11-26"), none, "choose a day until November 25, 2027"},
		{day("2026-11-24"), today, "choose that day or a later one"},
	} {
		err := CheckEffective(c.effective, c.previous, today)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s after %s: %v, want %q", c.effective, c.previous, err, c.want)
		}
	}
}

func TestReviewBy(t *testing.T) {
	for from, want := range map[record.Date]record.Date{
		{}: {},
		{Year: 2026, Month: time.November, Day: 25}: {Year: 2027, Month: time.November, Day: 25},
		{Year: 2028, Month: time.February, Day: 29}: {Year: 2029, Month: time.February, Day: 28},
		{Year: 2027, Month: time.February, Day: 28}: {Year: 2028, Month: time.February, Day: 28},
	} {
		if got := ReviewBy(from); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

var effective = record.Date{Year: 2026, Month: time.November, Day: 25}

// The bytes under a digest never change: acknowledgments of years hold them.
func TestDigestOfEveryVersionStays(t *testing.T) {
	for _, c := range []struct {
		topic   string
		version int
		day     record.Date
		text    string
		want    string
	}{
		{"records", 3, effective, "# Your record\n\nI keep it.\n", "0d13aff7b369e20c0da74f6291ce6d8c53103f9e6368ba07d083f93222f630cf"},
		{"social-media", 1, record.Date{}, "", "02828a040f1943ed588d5046388413ef3ea54313e707e4f5da1597a5dfea2235"},
		{"odd\ntopic", 0, effective, "é 🙂", "90fc3597dec4337f2a0dcf400e732712276d83bd0ba3bcf46a893772ad1cbd63"},
	} {
		if got := Digest(c.topic, c.version, c.day, c.text).String(); got != c.want {
			t.Errorf("%s %d: %s", c.topic, c.version, got)
		}
	}
}

func TestDigestTellsVersionsApart(t *testing.T) {
	one := Digest("a", 1, effective, "text")
	for name, other := range map[string]record.Hash{
		"topic":   Digest("b", 1, effective, "text"),
		"version": Digest("a", 2, effective, "text"),
		"day":     Digest("a", 1, effective.Next(), "text"),
		"text":    Digest("a", 1, effective, "text "),
		"forged":  Digest("a\"\nversion 1\neffective 2026-11-25\n\nx", 1, effective, ""),
	} {
		if one == other {
			t.Errorf("another %s has the same digest", name)
		}
	}
}

// Anybody can check a digest with the tools that every system has.
func TestDigestNeedsNoCasekeep(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum here")
	}
	command := exec.Command("sha256sum")
	command.Stdin = strings.NewReader("casekeep policy 1\ntopic \"records\"\nversion 3\neffective 2026-11-25\n\n# Your record\n\nI keep it.\n")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := Digest("records", 3, effective, "# Your record\n\nI keep it.\n").String(); !strings.HasPrefix(string(out), got+" ") {
		t.Errorf("%s, and sha256sum says %s", got, out)
	}
}

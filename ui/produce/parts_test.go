package produce

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"casekeep/ui/clients/phrase"
	"casekeep/vault/record"
)

func TestPassphrases(t *testing.T) {
	form := regexp.MustCompile(`^([a-z]{3,6}-){4}[1-9][0-9]-[A-Z][a-z]+$`)
	seen := map[string]bool{}
	for range 100 {
		p := newPassphrase()
		if !form.MatchString(p) || seen[p] {
			t.Fatalf("%q, or once more", p)
		}
		seen[p] = true
	}
}

// The lists are as long as their comment on a passphrase's strength says, and
// name nothing twice.
func TestPassphraseLists(t *testing.T) {
	for _, list := range []struct {
		words []string
		least int
	}{{words, 400}, {places, 100}} {
		seen := map[string]bool{}
		for _, w := range list.words {
			if seen[w] {
				t.Errorf("%q stands there twice", w)
			}
			seen[w] = true
		}
		if len(seen) < list.least {
			t.Errorf("%d words, fewer than %d", len(seen), list.least)
		}
	}
}

func TestTarget(t *testing.T) {
	dir := t.TempDir()
	on := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"Ada Quill":              "Ada Quill record 2026-11-21.pdf",
		"Bo / Kit: \"Larsen\"?":  "Bo Kit Larsen record 2026-11-21.pdf",
		" ..王芳.. ":               "王芳 record 2026-11-21.pdf",
		"///":                    "Client record 2026-11-21.pdf",
		strings.Repeat("é", 200): strings.Repeat("é", 60) + " record 2026-11-21.pdf",
	} {
		if got := target(dir, name, on); got != filepath.Join(dir, want) {
			t.Errorf("%q: %q", name, got)
		}
	}
	for _, n := range []string{"", " 2"} {
		want := filepath.Join(dir, "Ada record 2026-11-21"+n+".pdf")
		if got := target(dir, "Ada", on); got != want {
			t.Errorf("%q, not %q", got, want)
		}
		if err := os.WriteFile(want, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestContentsOfAPeriod(t *testing.T) {
	day := func(d int) record.Date { return record.Date{Year: 2026, Month: time.November, Day: d} }
	all := []fact{
		{day: day(1), channel: record.Text, imported: true, damaged: true},
		{day: day(2), channel: record.Text, attachments: 2, bytes: 3000, struck: true},
		{day: day(3), channel: record.InPerson, late: true, amended: true},
	}
	for _, c := range []struct {
		from, until record.Date
		entries     int
		period      string
		leftOut     string
		notes       int
	}{
		{record.Date{}, record.Date{}, 3, "November 1, 2026 to November 3, 2026", "Nothing", 5},
		{day(2), record.Date{}, 2, "November 2, 2026 to November 3, 2026", "Entries before November 2, 2026\n(1 entry)", 3},
		{day(2), day(2), 1, "November 2, 2026", "Entries before November 2, 2026\nEntries after November 2, 2026\n(2 entries)", 1},
		{day(9), record.Date{}, 0, "No entry", "Entries before November 9, 2026\n(3 entries)", 0},
	} {
		got := within(all, c.from, c.until)
		a := about{from: c.from, until: c.until, holds: got}
		if got.entries != c.entries || got.outside != 3-c.entries || a.period() != c.period || leftOut(c.from, c.until, got.outside) != c.leftOut ||
			len(got.notes()) != c.notes {
			t.Errorf("%s to %s: %+v, %q, %q, %q", c.from, c.until, got, a.period(), leftOut(c.from, c.until, got.outside), got.notes())
		}
	}
	whole := within(all, record.Date{}, record.Date{})
	if lines := whole.lines(); len(lines) != 3 || lines[0] != (counted{"Texts", "2"}) || lines[2] != (counted{"Attachments", "2"}) {
		t.Errorf("lines: %+v", lines)
	}
	if whole.bytes != 3000 || phrase.Size(whole.bytes) != "3 KB" {
		t.Errorf("%d bytes", whole.bytes)
	}
}

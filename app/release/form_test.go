package release_test

import (
	"regexp"
	"strings"
	"testing"

	"casekeep/app/form"
	"casekeep/app/release"
	"casekeep/vault/record"
)

// filed makes a structured entry of a day, entered later, through the form's
// own description.
func filed(t *testing.T, f record.Form, v form.Values) record.Entry {
	t.Helper()
	spec, ok := form.Find(f)
	if !ok {
		t.Fatalf("no form %s", f)
	}
	checked, err := spec.Check(v, form.Situation{Today: record.Date{Year: 2026, Month: 11, Day: 25}, Files: 1})
	if err != nil {
		t.Fatal(err)
	}
	e := entry("2026-11-02 12:00:00", checked.Body)
	e.Channel, e.Direction, e.Parties = record.Note, "", nil
	e.Form, e.Subject, e.Data, e.DayOnly = f, checked.Subject, checked.Data, true
	e.Written = at("2026-11-25 14:10:00")
	return e
}

func search(t *testing.T) record.Entry {
	return filed(t, record.FormSearch, form.Values{
		"on": "2026-11-02", "where": "county court records", "terms": "name and town", "reason": "She missed two sessions.\nNote: asked first",
		"basis": "neither", "departure": strings.Repeat("It was late and I looked. ", 30), "told": "no", "findings": "nothing",
	})
}

func TestStructuredEntry(t *testing.T) {
	path, _ := produce(t, sample(search(t)), release.Options{Fonts: noFonts})
	run(t, "qpdf", "--check", path)
	text := textOf(t, path, "-layout")
	inOrder(t, text, "Monday, November 2, 2026", "1 November 2, 2026, entered November 25, 2026 Search note",
		"County court records, without consent or emergency", "Where you searched: county court records", "What you searched for: name and town",
		"She missed two sessions.", "Note: asked first", "It rests on: Neither: a departure from the standard",
		"It was late and I looked.", "What came of it", "What you found: nothing",
		"Written late: on November 25, 2026, 2:10 PM CST (UTC-06:00), 23 days after the day that it states.",
		"Entered November 25, 2026, 2:10 PM")
	for _, wrong := range []string{"12:00", "Subject:", "from client", "note ·"} {
		if strings.Contains(text, wrong) {
			t.Errorf("%q stands in\n%s", wrong, text)
		}
	}
}

// Whatever a form says comes back from the paper, in order, and by columns.
func TestStructuredTextComesBack(t *testing.T) {
	e := search(t)
	path, _ := produce(t, sample(e), release.Options{Fonts: noFonts})
	_, said, _ := strings.Cut(e.Subject, ": ")
	inOrder(t, strings.ToLower(textOf(t, path)), append([]string{strings.ToLower(said)}, strings.Split(strings.ToLower(strings.ReplaceAll(e.Body, "?:", "?")), "\n")...)...)
}

func TestFormsAreCorrectedAndFollowedUp(t *testing.T) {
	first, told := search(t), filed(t, record.FormSearchTold, form.Values{"on": "2026-11-20", "how": "at the start"})
	again := search(t)
	told.ID, again.ID = first.ID+1, first.ID+2
	told.About, first.Superseded, again.Supersedes = first.ID, again.ID, first.ID
	path, _ := produce(t, sample(first, told, again), release.Options{Fonts: noFonts})
	text := textOf(t, path)
	inOrder(t, text, "Corrected by the entry with ID "+again.ID.String()+".", "Told of a search", "Follows up entry 1 (ID "+first.ID.String()+").",
		"Corrects entry 1 (ID "+first.ID.String()+").")
	if strings.Contains(text, "the time") {
		t.Error("a corrected form speaks of its time")
	}
}

// A form that only a newer program knows still shows what it says.
func TestUnknownFormIsSetAsItStands(t *testing.T) {
	e := search(t)
	e.Form, e.Subject, e.Body = "weather", "Weather report", "Sky: clear\n\nWind: none"
	path, _ := produce(t, sample(e), release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "Weather report", "Sky: clear", "Wind: none")
}

func TestPurposeAndPlaces(t *testing.T) {
	e := entry("2026-11-02 12:00:00", "hello")
	e.Purpose, e.Location, e.OwnLocation = record.PurposeCrisis, "Memphis, Tennessee", "office"
	path, _ := produce(t, sample(e), release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "Purpose: crisis", "Client's location: Memphis, Tennessee", "Practitioner's location: office", "hello")
}

func TestProfileFollowsTheCover(t *testing.T) {
	rec := sample(entry("2024-03-04 09:10:00", "a"))
	rec.Practice, rec.Licenses = profile, licenses
	path, _ := produce(t, rec, release.Options{Fonts: noFonts})
	text := textOf(t, path, "-layout")
	inOrder(t, text, "Client record", "Confidential", "About the practice", "Qualifications Master of Social Work, 2009",
		"LCSW C4471, Mississippi, until March 31, 2027", "Board of Examiners", "Complaints In writing", "Contents", "Timeline 2024")
	plain, _ := produce(t, sample(entry("2024-03-04 09:10:00", "a")), release.Options{Fonts: noFonts})
	if strings.Contains(textOf(t, plain), "About the practice") {
		t.Error("a practice that stated nothing has a page about it")
	}
}

// Which text was signed can be told: the hash of each version stands whole on a
// line under its name.
func TestPoliciesStandWithTheirHashes(t *testing.T) {
	refs := []record.PolicyRef{{Topic: "records", Title: "Records", Version: 2, Hash: record.Hash{0xab}}, {Topic: "texting", Title: "Texting", Version: 1, Hash: record.Hash{0xcd}}}
	e := filed(t, record.FormAcknowledgment, form.Values{"policies": refs, "decision": "given", "how": "in-writing", "on": "2026-11-02",
		"signers": []record.Signer{{Name: "ليلى حداد Layla Haddad", Role: "client", Capacity: "yes"}}, "note": "She asked (SHA-256 of what?) and laughed."})
	path, _ := produce(t, sample(e), release.Options{})
	text := textOf(t, path, "-layout")
	inOrder(t, text, "Given, Records (version 2), Texting (version 1)", "Policies:", "Records, version 2", "Texting, version 1",
		"Decision: Given", "She asked (SHA-256 of what?) and laughed.", "Records, version 2", "(SHA-256 "+refs[0].Hash.String()+")",
		"Texting, version 1", "(SHA-256 "+refs[1].Hash.String()+")")
	if line := regexp.MustCompile(`(?m)^.*Who decided:.*$`).FindString(text); !strings.Contains(line, "Layla Haddad") || strings.Contains(line, ":     ") {
		t.Errorf("the answer stands far from its label: %q", line)
	}
}

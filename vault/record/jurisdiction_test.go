package record_test

import (
	"testing"
	"time"

	"casekeep/vault/record"
)

func TestJurisdictionsOfPlaces(t *testing.T) {
	for place, want := range map[string]string{
		"US-TN": "US-TN", "us-tn": "US-TN", "US-TN Memphis": "US-TN",
		"Memphis, Tennessee": "US-TN", "Memphis, TN": "US-TN", "Memphis, TN 38103": "US-TN", "mississippi": "US-MS",
		"Her room, Starkville, Mississippi; roommate out": "US-MS", "In the hospital's staff room, alone": "",
		"Office": "", "": "", "between Tennessee and Mississippi": "", "Memphis, Tennessee, then Jackson, Mississippi": "",
		"in or at home": "", "Washington, DC": "US-DC", "Delaware, OH 43015": "US-OH", "Delaware, Ohio": "", "Memphis, TN; Jackson, MS": "", "Springfield, IN, or so": "US-IN", "OK, at home": "US-OK",
	} {
		if got := record.JurisdictionOf(place); got != want {
			t.Errorf("%q: %q, want %q", place, got, want)
		}
	}
	codes := record.Jurisdictions()
	if len(codes) != 56 || codes[0] != "US-AL" || record.JurisdictionName("US-MS") != "Mississippi" || record.JurisdictionName("FR") != "FR" {
		t.Errorf("%d jurisdictions, first %v", len(codes), codes[0])
	}
}

// Of what states its day alone the hour is not known: it is late when more than
// a day has passed since that day ended.
func TestLatenessOfADay(t *testing.T) {
	noon := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	e := record.Entry{At: noon, DayOnly: true, Written: noon.Add(35 * time.Hour), Form: record.FormIntake}
	if e.Late() {
		t.Error("written on the next day it is not late")
	}
	e.Written = noon.Add(37 * time.Hour)
	if !e.Late() || e.IsContact() {
		t.Error("written on the day after the next it is late")
	}
}

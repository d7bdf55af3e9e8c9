package record_test

import (
	"encoding/json"
	"testing"
	"time"

	"casekeep/vault/record"
)

func TestDates(t *testing.T) {
	d, err := record.ParseDate("1980-02-29")
	if err != nil || d.Long() != "February 29, 1980" || d.Next().String() != "1980-03-01" {
		t.Errorf("%v, %v", d, err)
	}
	for _, bad := range []string{"1981-02-29", "29.2.1980", "1980-2-29", "tomorrow"} {
		if d, err := record.ParseDate(bad); err == nil {
			t.Errorf("%q was read as %v", bad, d)
		}
	}
	if d, err := record.ParseDate(""); err != nil || !d.IsZero() || d.Long() != "" {
		t.Errorf("the unknown date: %v, %v", d, err)
	}
}

func TestZones(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{"America/Chicago": "06:00", "-06:00": "06:00", "+05:30": "17:30", "UTC": "12:00", "": "12:00", "Mars/Olympus": "12:00"} {
		if got := at.In(record.LoadZone(name)).Format("15:04"); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	for _, bad := range []string{"Mars/Olympus", "-6", "Local", "../etc/passwd"} {
		if _, err := record.ParseZone(bad); err == nil {
			t.Errorf("%q was taken for a zone", bad)
		}
	}
}

func TestIDsAreStringsInJSON(t *testing.T) {
	at := time.UnixMilli(1795292040123)
	id := record.EntryID(at.UnixMilli()<<16 | 7)
	text, err := json.Marshal(record.Entry{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	var back record.Entry
	if err := json.Unmarshal(text, &raw); err != nil || raw["id"] != id.String() {
		t.Errorf("id in JSON: %v, %v", raw["id"], err)
	}
	if err := json.Unmarshal(text, &back); err != nil || back.ID != id || !back.ID.Time().Equal(at) {
		t.Errorf("id read back: %v, %v", back.ID, err)
	}
}

func TestLateEntries(t *testing.T) {
	at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	typed := record.Entry{At: at, Written: at.Add(25 * time.Hour)}
	imported := typed
	imported.Provenance = &record.Provenance{}
	if !typed.Late() || imported.Late() {
		t.Error("what was typed a day later is late; what was imported is not")
	}
}

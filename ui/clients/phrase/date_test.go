package phrase

import (
	"testing"
	"time"

	"casekeep/vault/record"
)

var today = record.Date{Year: 2026, Month: time.November, Day: 21}

func TestParseDateIsOfThePast(t *testing.T) {
	d, err := ParseDate("11/22/26", today)
	if err != nil || d.String() != "1926-11-22" {
		t.Errorf("it is %s, %v", d, err)
	}
	if d, err := ParseDate("2/29/1981", today); err == nil || err.Error() != "there is no February 29 in 1981" {
		t.Errorf("it is %s, %v", d, err)
	}
}

// Every date that is shown can be typed again as it stands.
func TestParseWhatIsShown(t *testing.T) {
	for day := range 800 {
		d := record.DateOf(time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC))
		for _, text := range []string{ShortDate(d), d.Long(), d.String()} {
			if read, err := ParseDate(text, today); err != nil || read != d {
				t.Fatalf("%q is read as %s, %v", text, read, err)
			}
		}
	}
}

func TestParseClock(t *testing.T) {
	for text, want := range map[string]string{
		"2:40 PM": "14:40", "2:40pm": "14:40", "240p": "14:40", "2 p.m.": "14:00", "14:40": "14:40",
		"1440": "14:40", "9": "9:00", "12 am": "0:00", "12pm": "12:00", "noon": "12:00", "midnight": "0:00", "0:05": "0:05",
	} {
		hour, minute, err := ParseClock(text)
		at := time.Date(2026, 1, 1, hour, minute, 0, 0, time.UTC)
		if got := at.Format("15:04"); err != nil || got != want && got != "0"+want {
			t.Errorf("%q is %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "25:00", "13 pm", "0 am", "2:60", "later", "2:4"} {
		if hour, minute, err := ParseClock(text); err == nil {
			t.Errorf("%q is taken for %d:%02d", text, hour, minute)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 0, "50": 50 * time.Minute, "50 min": 50 * time.Minute, "1:10": 70 * time.Minute, "1h 10": 70 * time.Minute,
		"1 hour": time.Hour, "2h": 2 * time.Hour, "90 minutes": 90 * time.Minute,
	} {
		if d, err := ParseDuration(text); err != nil || d != want {
			t.Errorf("%q is %s, %v; want %s", text, d, err, want)
		}
	}
	for _, text := range []string{"long", "25h", "-5", "1:2:3"} {
		if d, err := ParseDuration(text); err == nil {
			t.Errorf("%q is taken for %s", text, d)
		}
	}
	for d, want := range map[time.Duration]string{
		50 * time.Minute: "50 min", 70 * time.Minute: "1 h 10 min", 2 * time.Hour: "2 h", 40 * time.Second: "40 s",
		192 * time.Second: "3 min 12 s", 12*time.Minute + 9*time.Second: "12 min",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%s is said as %q, want %q", d, got, want)
		}
	}
}

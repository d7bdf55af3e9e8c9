package days

import (
	"testing"
	"time"

	"casekeep/vault/record"
)

// today is a Saturday.
var today = record.Date{Year: 2026, Month: time.November, Day: 21}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"  ":                           "",
		"2/29/1980":                    "1980-02-29",
		"02-29-1980":                   "1980-02-29",
		"2.29.1980":                    "1980-02-29",
		"1980-02-29":                   "1980-02-29",
		"1980/2/29":                    "1980-02-29",
		"Feb 29, 1980":                 "1980-02-29",
		"february 29th 1980":           "1980-02-29",
		"29 Feb 1980":                  "1980-02-29",
		"Sept 3 2001":                  "2001-09-03",
		"Wednesday, November 25, 2026": "2026-11-25",
		"02291980":                     "1980-02-29",
		"19800229":                     "1980-02-29",
		"11/25/2026":                   "2026-11-25",
		"today":                        "2026-11-21",
		" Yesterday ":                  "2026-11-20",
		"Tomorrow":                     "2026-11-22",
		"in 1 year":                    "2027-11-21",
		"in a year":                    "2027-11-21",
		"In two weeks":                 "2026-12-05",
		"in 90 days":                   "2027-02-19",
		"six months from now":          "2027-05-21",
		"3 days ago":                   "2026-11-18",
		"an hour ago":                  "error",
		"+6m":                          "2027-05-21",
		"+ 1 year":                     "2027-11-21",
		"-2w":                          "2026-11-07",
		"+0d":                          "2026-11-21",
		"next saturday":                "2026-11-28",
		"last Sat":                     "2026-11-14",
		"next wed":                     "2026-11-25",
		"last wed":                     "2026-11-18",
		"saturday":                     "2026-11-21",
	} {
		for _, lean := range []Lean{Near, Born, Past, Ahead} {
			d, err := Parse(text, today, lean)
			if want == "error" && err == nil || want != "error" && (err != nil || d.String() != want) {
				t.Errorf("%q is %s, %v; want %s", text, d, err, want)
			}
		}
	}
}

func TestWhatIsLeftOutLeansWhereItMust(t *testing.T) {
	for text, want := range map[string][4]string{ // near, born, past, ahead
		"2/29/80":  {"1980-02-29", "1980-02-29", "1980-02-29", "1980-02-29"},
		"11/21/26": {"2026-11-21", "2026-11-21", "2026-11-21", "2026-11-21"},
		"11/22/26": {"2026-11-22", "1926-11-22", "2026-11-22", "2026-11-22"},
		"1/2/76":   {"2076-01-02", "1976-01-02", "2076-01-02", "2076-01-02"},
		"1/2/77":   {"1977-01-02", "1977-01-02", "1977-01-02", "1977-01-02"},
		"Nov 20":   {"2026-11-20", "2026-11-20", "2026-11-20", "2027-11-20"},
		"11/22":    {"2026-11-22", "2025-11-22", "2025-11-22", "2026-11-22"},
		"Jan 3":    {"2027-01-03", "2026-01-03", "2026-01-03", "2027-01-03"},
		"Nov 21":   {"2026-11-21", "2026-11-21", "2026-11-21", "2026-11-21"},
		"Feb 29":   {"2028-02-29", "2024-02-29", "2024-02-29", "2028-02-29"},
		"friday":   {"2026-11-20", "2026-11-20", "2026-11-20", "2026-11-27"},
		"tuesday":  {"2026-11-24", "2026-11-17", "2026-11-17", "2026-11-24"},
	} {
		for i, lean := range []Lean{Near, Born, Past, Ahead} {
			if d, err := Parse(text, today, lean); err != nil || d.String() != want[i] {
				t.Errorf("%q with lean %d is %s, %v; want %s", text, lean, d, err, want[i])
			}
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"soon":          "write a date as 2/29/1980",
		"--":            "write a date as 2/29/1980",
		"29/2/1980":     "write a date as 2/29/1980",
		"2/30/1980":     "there is no February 30 in 1980",
		"2/29/1981":     "there is no February 29 in 1981",
		"Apr 31":        "there is no April 31 in 2026",
		"1980":          "write a date as 2/29/1980",
		"1/2/3/2004":    "write a date as 2/29/1980",
		"1/2/198":       "write a date as 2/29/1980",
		"1/2/0000":      "check the year: 0 is too far away",
		"1/2/2926":      "check the year: 2926 is too far away",
		"in 5000 years": "check the year: 7026 is too far away",
		"in two":        "write a date as 2/29/1980",
		"+6":            "write a date as 2/29/1980",
		"Monday 2026":   "write a date as 2/29/1980",
	} {
		if d, err := Parse(text, today, Near); err == nil || err.Error() != want {
			t.Errorf("%q is %s, %v; want the error %s", text, d, err, want)
		}
	}
}

func TestAMonthLaterIsInTheNextMonth(t *testing.T) {
	for _, c := range []struct {
		from                string
		years, months, days int
		want                string
	}{
		{"2026-01-31", 0, 1, 0, "2026-02-28"},
		{"2024-02-29", 1, 0, 0, "2025-02-28"},
		{"2024-02-29", 4, 0, 0, "2028-02-29"},
		{"2026-12-31", 0, 2, 1, "2027-03-01"},
		{"2026-03-31", 0, -1, 0, "2026-02-28"},
		{"2026-01-01", 0, 0, -1, "2025-12-31"},
	} {
		from, err := record.ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := Add(from, c.years, c.months, c.days); got.String() != c.want {
			t.Errorf("%s and %d years, %d months, %d days is %s, want %s", c.from, c.years, c.months, c.days, got, c.want)
		}
	}
}

func TestCheck(t *testing.T) {
	before, after := Add(today, 0, 0, -1), Add(today, 0, 0, 1)
	for _, c := range []struct {
		day  record.Date
		lean Lean
		want string
	}{
		{after, Past, "that day is still to come"},
		{after, Born, "that day is still to come"},
		{before, Ahead, "that day has passed: write today or a later one"},
		{before, Past, ""}, {after, Ahead, ""}, {before, Near, ""}, {after, Near, ""},
		{today, Past, ""}, {today, Ahead, ""}, {record.Date{}, Past, ""}, {record.Date{}, Ahead, ""},
	} {
		got := ""
		if err := Check(c.day, today, c.lean); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s with lean %d: %q, want %q", c.day, c.lean, got, c.want)
		}
	}
}

func TestSay(t *testing.T) {
	if Full(today) != "Saturday, November 21, 2026" || Short(today) != "Nov 21, 2026" {
		t.Errorf("%q, %q", Full(today), Short(today))
	}
	if Full(record.Date{}) != "" || Short(record.Date{}) != "" {
		t.Error("an unknown day is said")
	}
}

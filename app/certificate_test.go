package app

import (
	"testing"
	"time"

	"casekeep/vault/record"
)

// The day by which a backup goes is the end of the longest period of which it
// is the newest.
func TestExpires(t *testing.T) {
	at := func(day string) record.KnownBackup {
		on, err := time.Parse("2006-01-02 15", day)
		if err != nil {
			t.Fatal(err)
		}
		return record.KnownBackup{Target: "/mnt/a", At: on}
	}
	gone, elsewhere := at("2026-11-28 10"), at("2026-11-28 10")
	gone.Gone, elsewhere.Target = gone.At, "/mnt/b"
	plan := record.BackupKeep{Last: 3, Daily: 7, Weekly: 5, Monthly: 12, Yearly: 2}
	for _, c := range []struct {
		name  string
		keep  record.BackupKeep
		later []record.KnownBackup
		want  string
	}{
		{"everything is kept", record.BackupKeep{}, nil, ""},
		{"the last of its year so far", plan, nil, "2028-01-01"},
		{"a later one in the year", plan, []record.KnownBackup{at("2026-12-02 10")}, "2027-11-01"},
		{"a later one in the month", plan, []record.KnownBackup{at("2026-11-28 10")}, "2026-12-21"},
		{"a later one in the week", plan, []record.KnownBackup{at("2026-11-22 10")}, "2026-11-28"},
		{"a later one on the day", plan, []record.KnownBackup{at("2026-11-21 23")}, "2026-11-22"},
		{"those that are gone or elsewhere do not count", plan, []record.KnownBackup{gone, elsewhere}, "2028-01-01"},
	} {
		if got := expires(c.keep, at("2026-11-21 10"), c.later, time.UTC).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

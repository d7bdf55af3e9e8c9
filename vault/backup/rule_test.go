package backup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func days(from string, n int) (times []time.Time) {
	at, err := time.Parse(time.RFC3339, from)
	if err != nil {
		panic(err)
	}
	for i := range n {
		times = append(times, at.AddDate(0, 0, -i))
	}
	return times
}

// kept gives the days that a rule keeps, the newest first.
func kept(rule Rule, times []time.Time, zone *time.Location) (days []string) {
	for i, keep := range Keep(rule, times, zone) {
		if keep {
			days = append(days, times[i].In(zone).Format("2006-01-02T15"))
		}
	}
	slices.Sort(days)
	slices.Reverse(days)
	return days
}

func TestKeep(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	year := days("2026-11-25T20:00:00Z", 800)
	twice := append(days("2026-11-25T08:00:00Z", 10), days("2026-11-25T20:00:00Z", 10)...)
	for _, c := range []struct {
		name  string
		rule  Rule
		times []time.Time
		zone  *time.Location
		want  []string
	}{
		{"last", Rule{Last: 3}, year, time.UTC, []string{"2026-11-25T20", "2026-11-24T20", "2026-11-23T20"}},
		{"more than there are", Rule{Last: 9}, year[:2], time.UTC, []string{"2026-11-25T20", "2026-11-24T20"}},
		{"the newest of a day", Rule{Daily: 2}, twice, time.UTC, []string{"2026-11-25T20", "2026-11-24T20"}},
		{"last and daily overlap", Rule{Last: 3, Daily: 2}, twice, time.UTC, []string{"2026-11-25T20", "2026-11-25T08", "2026-11-24T20"}},
		{"weeks begin on Monday", Rule{Weekly: 3}, year, time.UTC, []string{"2026-11-25T20", "2026-11-22T20", "2026-11-15T20"}},
		{"months", Rule{Monthly: 3}, year, time.UTC, []string{"2026-11-25T20", "2026-10-31T20", "2026-09-30T20"}},
		{"years", Rule{Yearly: 9}, year, time.UTC, []string{"2026-11-25T20", "2025-12-31T20", "2024-12-31T20"}},
		{"a gap takes no place", Rule{Daily: 2}, []time.Time{year[0], year[100], year[200]}, time.UTC, []string{"2026-11-25T20", "2026-08-17T20"}},
		{"midnight is the zone's", Rule{Daily: 2}, []time.Time{
			time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC), time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC), time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC),
		}, chicago, []string{"2026-11-24T21", "2026-11-23T23"}},
		{"nothing", Rule{Last: 1}, nil, time.UTC, nil},
		{"the newest in any case", Rule{Daily: -1}, year[:5], time.UTC, []string{"2026-11-25T20"}},
	} {
		if got := kept(c.rule, c.times, c.zone); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: kept %v, not %v", c.name, got, c.want)
		}
	}
	if got := kept(Rule{}, year, time.UTC); len(got) != len(year) {
		t.Errorf("the zero rule keeps %d of %d", len(got), len(year))
	}
}

// TestKeepProperties holds random rules against random times: the newest stays,
// a longer rule keeps no less, the order of the times does not matter, what was
// removed is not missed by the same rule later, and no more is kept than asked.
func TestKeepProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		r := Rule{random.IntN(4), random.IntN(8), random.IntN(5), random.IntN(5), random.IntN(3)}
		if r == (Rule{}) {
			r.Last = 1
		}
		times := make([]time.Time, 1+random.IntN(60))
		for i := range times {
			times[i] = time.UnixMilli(1_790_000_000_000 + random.Int64N(3*365*86400_000)).UTC()
		}
		keep := kept(r, times, time.UTC)
		if n := r.Last + r.Daily + r.Weekly + r.Monthly + r.Yearly; len(keep) > max(1, n) {
			t.Fatalf("%+v keeps %d", r, len(keep))
		}
		if newest := slices.MaxFunc(times, time.Time.Compare); keep[0] != newest.Format("2006-01-02T15") {
			t.Fatalf("%+v drops the newest", r)
		}
		longer := Rule{r.Last + 1, r.Daily + 1, r.Weekly + 1, r.Monthly + 1, r.Yearly + 1}
		was, now := Keep(r, times, time.UTC), Keep(longer, times, time.UTC)
		var left []time.Time
		for i := range times {
			if was[i] && !now[i] {
				t.Fatalf("%+v keeps less than %+v", longer, r)
			}
			if was[i] {
				left = append(left, times[i])
			}
		}
		if again := kept(r, left, time.UTC); !slices.Equal(again, keep) {
			t.Fatalf("%+v keeps %v at first and then %v", r, keep, again)
		}
		random.Shuffle(len(times), func(i, j int) { times[i], times[j] = times[j], times[i] })
		if shuffled := kept(r, times, time.UTC); !slices.Equal(shuffled, keep) {
			t.Fatalf("%+v keeps %v or %v", r, keep, shuffled)
		}
	}
}

package app

import (
	"testing"
	"time"

	"casekeep/vault/record"
)

// However the present moment falls, all of the sample practice is over by then,
// and nothing is written before it happened.
func TestDemoIsOverByNow(t *testing.T) {
	first := time.Date(2026, 11, 14, 0, 7, 0, 0, time.UTC)
	for hour := range 15 * 24 {
		now := first.Add(time.Duration(hour) * time.Hour)
		script, err := readDemo(newDemoCalendar(now))
		if err != nil {
			t.Fatal(err)
		}
		d := &demo{script: script}
		d.plan()
		if last := d.steps[len(d.steps)-1].at; last.After(now) || now.Sub(last) > 24*time.Hour {
			t.Errorf("at %s the last step is at %s", now, last)
		}
		for _, c := range script.clients {
			for i, m := range c.moments {
				if m.written.Before(m.entry.At) {
					t.Errorf("at %s: %s writes at %s what happens at %s", now, c.Name, m.written, m.entry.At)
				}
				if m.entry.At.Before(c.Since.In(script.calendar.zone)) {
					t.Errorf("at %s: %s has a contact at %s, before %s", now, c.Name, m.entry.At, c.Since)
				}
				if i > 0 && c.moments[i-1].entry.At.After(m.entry.At.Add(15*time.Minute)) {
					t.Errorf("at %s: %s's script goes back in time to %s", now, c.Name, m.entry.At)
				}
			}
		}
	}
}

func TestDemoDays(t *testing.T) {
	saturday := time.Date(2026, 11, 21, 20, 45, 0, 0, time.UTC) // 2:45 PM
	c := newDemoCalendar(saturday)
	for _, test := range []struct{ day, want string }{
		{"0", "2026-11-21"}, {"-1", "2026-11-20"}, {"-5", "2026-11-16"}, {"-6", "2026-11-13"},
		{"tue-1", "2026-11-17"}, {"sat-1", "2026-11-14"}, {"fri-2", "2026-11-13"},
	} {
		if got, err := c.day(test.day); err != nil || got.String() != test.want {
			t.Errorf("day %s is %s, %v; want %s", test.day, got, err, test.want)
		}
	}
	for _, bad := range []string{"", "-0", "5", "xyz-1", "tue", "--1"} {
		if got, err := c.day(bad); err == nil {
			t.Errorf("day %q is %s", bad, got)
		}
	}
	if got, err := c.fill("on {-1}, that is {-1:date}"); err != nil || got != "on Friday, that is November 20" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestDemoAtNightShowsTheDayBefore(t *testing.T) {
	night := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) // 2 AM
	if c := newDemoCalendar(night); (c.today != record.Date{Year: 2026, Month: 11, Day: 21}) || c.early != 0 {
		t.Errorf("at 2 AM the last day is %s, %s early", c.today, c.early)
	}
	noon := time.Date(2026, 11, 21, 18, 0, 0, 0, time.UTC)
	c := newDemoCalendar(noon)
	if at, err := c.moment("0", "14:16"); err != nil || !at.Equal(noon.Add(-10*time.Minute)) {
		t.Errorf("at noon the last text is at %s, %v", at, err)
	}
}

func TestInventedClientsDiffer(t *testing.T) {
	names, phones := map[string]bool{}, map[string]bool{}
	for i := range 10_000 {
		c := inventClient(i)
		if names[c.Name] || phones[c.Contacts[0].Normal] {
			t.Fatalf("client %d is %s, %s once more", i, c.Name, c.Contacts[0].Normal)
		}
		names[c.Name], phones[c.Contacts[0].Normal] = true, true
	}
}

// The largest of 2,000 clients with a million contacts has a long record, not
// a practice of its own, and nobody goes without.
func TestContactsAreShared(t *testing.T) {
	clients := make([]*demoClient, 2000)
	for i := range clients {
		clients[i] = &demoClient{}
	}
	share(1_000_000, clients)
	sum, least := 0, clients[0].bulk
	for _, c := range clients {
		sum += c.bulk
		least = min(least, c.bulk)
	}
	if sum != 1_000_000 || clients[0].bulk < 10_000 || clients[0].bulk > 13_000 || least < 50 {
		t.Errorf("%d in all, %d the most, %d the least", sum, clients[0].bulk, least)
	}
}

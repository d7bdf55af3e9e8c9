package vault_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
	"casekeep/vault/sealed/disk/crash"
)

// clockJumps are what a computer's clock does that it should not, and what it
// does twice a year: where it stands before, and after.
var clockJumps = []struct {
	what          string
	before, after time.Time
}{
	{"back an hour", start, start.Add(-time.Hour)},
	{"back a year", start, start.AddDate(-1, 0, 0)},
	{"back to where an empty battery sets it", start, time.Unix(0, 0)},
	{"back by a millisecond", start, start.Add(-time.Millisecond)},
	{"forward 50 years", start, start.AddDate(50, 0, 0)},
	{"forward beyond 2038", start, time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)},
	// Clocks in Chicago go from 2:00 to 3:00, and from 2:00 back to 1:00.
	{"into summer time", time.Date(2027, 3, 14, 7, 59, 59, 0, time.UTC), time.Date(2027, 3, 14, 8, 0, 1, 0, time.UTC)},
	{"out of summer time", time.Date(2026, 11, 1, 6, 59, 59, 0, time.UTC), time.Date(2026, 11, 1, 7, 0, 1, 0, time.UTC)},
	{"the hour that comes twice", time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC), time.Date(2026, 11, 1, 7, 30, 0, 0, time.UTC)},
	{"not at all", start, start},
}

// However the clock jumps, and while the vault is open or locked: entries stay in
// the order of their moments, what was written later is never dated before what
// was written earlier, the audit chain holds, and a record's deadline stays the
// day that its facts give.
func TestClockJumps(t *testing.T) {
	states := 0
	for _, jump := range clockJumps {
		for _, locked := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, locked %v", jump.what, locked), func(t *testing.T) { clockJump(t, jump.before, jump.after, locked) })
			states++
		}
	}
	crash.Tally(t, "a clock that jumps", states)
}

func clockJump(t *testing.T, before, after time.Time, locked bool) {
	v := newVaultAt(t, before)
	c, err := v.AddClient(ctx, record.Client{Name: "Ada Quill", Born: date("1980-02-29"), Jurisdiction: "US-TX", Since: date("2019-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.SetRetentionRule(ctx, texas("2026-11-21")); err != nil {
		t.Fatal(err)
	}
	if err := v.SetStatus(ctx, c.ID, record.Closed, date("2025-03-04"), "done"); err != nil {
		t.Fatal(err)
	}
	moments := []time.Time{before.AddDate(-1, 0, 0), before.Add(-time.Hour), before.Add(-time.Minute)}
	var made []record.Entry
	for _, at := range moments {
		made = append(made, v.log(c, at, "before the jump"))
	}
	due := v.keepOf(c).Until
	step := func(now time.Time) {
		v.clock.now = now
		if locked {
			v.reopen()
		}
	}
	step(after)
	for range 3 {
		made = append(made, v.log(c, before.Add(-30*time.Second), "while it is off"))
		v.clock.now = v.clock.now.Add(time.Second)
	}
	step(before.Add(time.Minute))
	made = append(made, v.log(c, before.Add(-10*time.Second), "once it is right again"))
	for i := 1; i < len(made); i++ {
		if made[i].Written.Before(made[i-1].Written) || made[i].ID <= made[i-1].ID {
			t.Errorf("entry %d, written %s as %s, comes before entry %d, written %s as %s", i, made[i].Written, made[i].ID, i-1, made[i-1].Written, made[i-1].ID)
		}
	}
	list, err := v.Timeline(ctx, c.ID, vault.Page{})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	for i, e := range list {
		if i > 0 && e.At.Before(list[i-1].At) {
			t.Errorf("the timeline has %s after %s", e.At, list[i-1].At)
		}
	}
	if until := v.keepOf(c).Until; until != due {
		t.Errorf("to be kept until %s, where it was %s", until, due)
	}
	v.whole()
}

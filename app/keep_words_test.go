package app_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"
	"time"

	"casekeep/vault/record"
)

// A reader does the sum of a step with these alone: the day that it begins
// with, the birthday if it names one, and the years that it adds.
var (
	saidDay   = regexp.MustCompile(`(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}`)
	saidAge   = regexp.MustCompile(`, (\d+) on `)
	saidYears = regexp.MustCompile(`plus (\d+) years?`)
)

// doneByHand gives the date that a step's words add up to.
func doneByHand(t *testing.T, says string) record.Date {
	t.Helper()
	day, err := time.Parse("January 2, 2006", saidDay.FindString(says))
	if err != nil {
		t.Fatalf("no day in %q", says)
	}
	for _, years := range []*regexp.Regexp{saidAge, saidYears} {
		if found := years.FindStringSubmatch(says); found != nil {
			n, _ := strconv.Atoi(found[1])
			day = day.AddDate(n, 0, 0) // February 29 becomes March 1
		}
	}
	return record.DateOf(day)
}

// The words of every step of many records add up to its date, and the line of
// one with a date holds the step that decides.
func TestEveryDateIsExplained(t *testing.T) {
	at(t, "2040-05-01")
	p := inTexas(t)
	for _, state := range []string{"US-NJ", "US-VA", "US-NY"} {
		if err := p.ConfirmRetentionRule(ctx, state); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(7, 7))
	day := func(from, years int) record.Date {
		return record.DateOf(time.Date(from, 2, 20+random.IntN(12)+random.IntN(years*365), 0, 0, 0, 0, time.UTC))
	}
	for i := range 60 {
		c, err := p.AddClient(ctx, record.Client{Name: fmt.Sprintf("Client %d", i), Born: day(1960+4*(i%14), 1), Since: day(2019, 3),
			Jurisdiction: []string{"US-NJ", "US-VA", "US-NY", "US-TX"}[i%4]})
		if err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			_, err = p.Log(ctx, record.Entry{Client: c.ID, Channel: record.Call, Direction: record.In, At: day(2024, 9).In(time.UTC), Body: "hello"})
		}
		if err == nil && i%5 > 0 {
			err = p.CloseClient(ctx, c.ID, day(2024, 8), "done")
		}
		if err == nil && i%7 == 0 {
			err = p.StateDeath(ctx, c.ID, day(2032, 4))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := p.Keep(ctx)
	if err != nil {
		t.Fatal(err)
	}
	dated := 0
	for _, k := range list {
		deciding := ""
		for _, s := range k.Steps {
			if sum := doneByHand(t, s.Says); sum != s.Until {
				t.Errorf("%q adds up to %s, not to %s", s.Says, sum, s.Until)
			}
			if s.Decides && deciding == "" {
				deciding = s.Until.Long() + ": " + s.Says + ", " + s.Source
			}
		}
		if k.Until.IsZero() != (deciding == "") || (deciding != "" && !regexp.MustCompile(regexp.QuoteMeta(deciding)+"$").MatchString(k.Line)) {
			t.Errorf("%s: %q decides, and the line is %q", k.Name, deciding, k.Line)
		}
		if !k.Until.IsZero() {
			dated++
		}
		if len(k.Moves) == 0 || (k.Until.IsZero() && len(k.Why) == 0) {
			t.Errorf("%s is not explained: %+v", k.Name, k)
		}
	}
	if dated < 40 {
		t.Errorf("only %d records have a date", dated)
	}
}

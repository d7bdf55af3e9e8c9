package app_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

func answers(t testing.TB) app.FirstAnswers {
	return app.FirstAnswers{
		Name: "Nora Whitcomb", Credential: "LCSW", Jurisdiction: "US-MS", Number: "C4471", Expires: day(t, "2027-03-31"), HIPAA: "yes",
		Hours: record.Hours{Days: []int{1, 2, 3, 4, 5}, From: "09:00", To: "17:00"}, Answers: 24,
		Channels: []record.Channel{record.Call, record.Text}, Secure: record.Call, SocialMedia: "no", EPayments: "yes",
		Backups: "an encrypted drive at the bank",
	}
}

func forms(t testing.TB, p *app.Practice) (licenses, policies []record.Entry) {
	t.Helper()
	book, err := p.Timeline(ctx, record.Book, app.Page{Oldest: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range book {
		switch e.Form {
		case record.FormLicense:
			licenses = append(licenses, e)
		case record.FormPolicy:
			policies = append(policies, e)
		}
	}
	return licenses, policies
}

func TestTheSixQuestionsFillEverything(t *testing.T) {
	p := newPractice(t)
	if left, started, err := p.StartLeft(ctx); err != nil || started || len(left) != 6 {
		t.Fatalf("before the start: %q, %v, %v", left, started, err)
	}
	if err := p.Start(ctx, answers(t)); err != nil {
		t.Fatal(err)
	}
	s, err := p.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if s.Owner != "Nora Whitcomb, LCSW" || s.License != "LCSW C4471, Mississippi" || s.Ages != (record.Ages{Majority: 21, ParentAccess: 18}) ||
		s.HIPAA != "yes" || s.Answers != 24 || s.Name != "Quill Street Practice" || s.Started != day(t, "2026-11-21") {
		t.Errorf("the settings are %+v", s)
	}
	licenses, policies := forms(t, p)
	if len(licenses) != 1 || licenses[0].Subject != "License: LCSW, Mississippi, C4471" {
		t.Errorf("the licenses are %+v", licenses)
	}
	if len(policies) != 12 { // every topic but social media
		t.Errorf("%d policies", len(policies))
	}
	for _, topic := range []string{"privacy-notice", "payment", "records"} {
		if _, ok := policyOf(t, p, topic).InEffect(); !ok {
			t.Errorf("no policy on %s", topic)
		}
	}
	if one := policyOf(t, p, "social-media"); one.Applies || len(one.Versions) > 0 {
		t.Errorf("social media: %+v", one)
	}
	if left, started, err := p.StartLeft(ctx); err != nil || !started || len(left) > 0 {
		t.Errorf("after the start: %q, %v, %v", left, started, err)
	}
	whole(t, p)
}

func TestQuestionsMayBeSkipped(t *testing.T) {
	p := newPractice(t)
	if err := p.Start(ctx, app.FirstAnswers{HIPAA: "no", Jurisdiction: "US-TN"}); err != nil {
		t.Fatal(err)
	}
	left, started, err := p.StartLeft(ctx)
	want := []app.StartQuestion{app.AskName, app.AskLicense, app.AskHours, app.AskChannels, app.AskBackups}
	if err != nil || !started || !slices.Equal(left, want) {
		t.Errorf("left: %q, %v, %v", left, started, err)
	}
	if one := policyOf(t, p, "privacy-notice"); one.Applies || len(one.Versions) > 0 {
		t.Errorf("without HIPAA: %+v", one)
	}
	if s, _ := p.Settings(ctx); s.Ages != (record.Ages{Majority: 18, ParentAccess: 18}) {
		t.Errorf("the ages are %+v", s.Ages)
	}
}

// tiring is a context that ends once it was asked often enough.
type tiring struct {
	context.Context
	end  context.CancelFunc
	left atomic.Int64
}

func tireAfter(n int64) *tiring {
	t := &tiring{}
	t.Context, t.end = context.WithCancel(ctx)
	t.left.Store(n)
	return t
}

func (t *tiring) Done() <-chan struct{} {
	if t.left.Add(-1) == 0 {
		t.end()
	}
	return t.Context.Done()
}

// A start that was cut off, wherever that was, is repeated without doubling.
func TestAStartCanBeRepeated(t *testing.T) {
	p := newPractice(t)
	cut := 0
	for n := int64(1); ; n += 23 {
		err := p.Start(tireAfter(n), answers(t))
		if err == nil {
			break
		}
		cut++
		if _, started, err := p.StartLeft(ctx); err != nil || started {
			t.Fatalf("cut off after %d steps: started %v, %v", n, started, err)
		}
	}
	licenses, policies := forms(t, p)
	if cut < 5 || len(licenses) != 1 || len(policies) != 12 {
		t.Errorf("cut off %d times: %d licenses, %d policies", cut, len(licenses), len(policies))
	}
	whole(t, p)
}

func TestAnswersThatCannotBeAreRefused(t *testing.T) {
	for key, change := range map[string]func(*app.FirstAnswers){
		"jurisdiction": func(a *app.FirstAnswers) { a.Jurisdiction = "" },
		"name":         func(a *app.FirstAnswers) { a.Name = "" },
		"number":       func(a *app.FirstAnswers) { a.Number = "" },
		"hours":        func(a *app.FirstAnswers) { a.Hours.To = "08:00" },
	} {
		p := newPractice(t)
		a := answers(t)
		change(&a)
		var wrong form.Problems
		if err := p.Start(ctx, a); !errors.As(err, &wrong) || wrong.Of(key) == "" {
			t.Errorf("%s: %v", key, err)
		}
		if licenses, policies := forms(t, p); len(licenses)+len(policies) > 0 {
			t.Errorf("%s: something was written all the same", key)
		}
		if s, _ := p.Settings(ctx); s.Owner != "" || !s.Started.IsZero() {
			t.Errorf("%s: the settings were changed", key)
		}
	}
}

func TestHoursInWords(t *testing.T) {
	for want, h := range map[string]record.Hours{
		"":                                        {From: "09:00", To: "17:00"},
		"Monday to Friday, 9 AM to 5 PM":          {Days: []int{1, 2, 3, 4, 5}, From: "09:00", To: "17:00"},
		"Monday and Tuesday, 8:30 AM to 12 PM":    {Days: []int{2, 1}, From: "08:30", To: "12:00"},
		"Monday to Wednesday, Saturday, Sunday":   {Days: []int{0, 6, 1, 2, 3}},
		"Thursday":                                {Days: []int{4}},
		"Monday to Wednesday and Friday":          {Days: []int{1, 2, 3, 5}},
		"Monday, Wednesday, Friday, 1 PM to 6 PM": {Days: []int{1, 3, 5}, From: "13:00", To: "18:00"},
	} {
		if got := app.HoursWords(h); got != want {
			t.Errorf("%+v: %q, want %q", h, got, want)
		}
	}
}

// What is answered so far counts in the settings, and nothing of the license does
// before the questions are gone through.
func TestAnswersCountBeforeTheStart(t *testing.T) {
	p := newPractice(t)
	if err := p.Answer(ctx, answers(t)); err != nil {
		t.Fatal(err)
	}
	s, err := p.Settings(ctx)
	if err != nil || s.Owner != "Nora Whitcomb, LCSW" || s.HIPAA != "yes" || s.License != "" || !s.Started.IsZero() {
		t.Errorf("the settings are %+v, %v", s, err)
	}
	if left, started, err := p.StartLeft(ctx); err != nil || started || !slices.Equal(left, []app.StartQuestion{app.AskLicense}) {
		t.Errorf("left: %q, %v, %v", left, started, err)
	}
	if licenses, policies := forms(t, p); len(licenses)+len(policies) > 0 {
		t.Errorf("%d licenses and %d policies", len(licenses), len(policies))
	}
	wrong := answers(t)
	wrong.Name, wrong.HIPAA, wrong.Hours.To = "Somebody else", "no", "08:00"
	var problems form.Problems
	if err := p.Answer(ctx, wrong); !errors.As(err, &problems) {
		t.Errorf("hours that end before they begin: %v", err)
	}
	if again, _ := p.Settings(ctx); again.Owner != s.Owner || again.HIPAA != "yes" {
		t.Errorf("what was refused changed the settings: %+v", again)
	}
	whole(t, p)
}

package app_test

import (
	"errors"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/app/policy"
	"casekeep/vault/record"
)

func day(t testing.TB, text string) record.Date {
	t.Helper()
	d, err := record.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// policyOf gives what the practice has on one topic.
func policyOf(t testing.TB, p *app.Practice, topic string) app.Policy {
	t.Helper()
	list, err := p.Policies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if one.Topic.Key == topic {
			return one
		}
	}
	t.Fatalf("no policy on %q", topic)
	return app.Policy{}
}

func publish(t testing.TB, p *app.Practice, d app.PolicyDraft) record.Entry {
	t.Helper()
	e, err := p.PublishPolicy(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func acknowledge(t testing.TB, p *app.Practice, client record.ClientID, change func(form.Values)) record.Entry {
	t.Helper()
	v, err := p.Prepare(ctx, client, record.FormAcknowledgment, 0)
	if err != nil {
		t.Fatal(err)
	}
	v["how"] = "in-writing"
	if change != nil {
		change(v)
	}
	e, err := p.File(ctx, app.FormRequest{Client: client, Form: record.FormAcknowledgment, Values: v})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestPolicyVersionsStay(t *testing.T) {
	p := newPractice(t)
	first := publish(t, p, app.PolicyDraft{Topic: "searching", Text: "\uFEFF# Searching\r\n\r\nI do not search for you.\r\n"})
	second := publish(t, p, app.PolicyDraft{Topic: "searching", Text: "I do not search for you without asking.", Changed: "asks first"})
	one := policyOf(t, p, "searching")
	if len(one.Versions) != 2 || one.Current != 0 || one.Versions[0].Entry != second.ID || one.Versions[0].Changed != "asks first" {
		t.Fatalf("the versions are %+v", one)
	}
	text, err := p.PolicyText(ctx, first.ID)
	if err != nil || text != "# Searching\n\nI do not search for you.\n" {
		t.Errorf("the first version reads %q, %v", text, err)
	}
	for i, v := range one.Versions {
		text, err := p.PolicyText(ctx, v.Entry)
		if err != nil || v.Hash != policy.Digest("searching", 2-i, v.Effective, text) {
			t.Errorf("version %d is not what its hash names: %v", v.Version, err)
		}
	}
	if one.ReviewBy != day(t, "2027-11-21") {
		t.Errorf("to be reviewed by %s", one.ReviewBy)
	}
	whole(t, p)
}

func TestAStruckVersionsNumberIsNotGivenAgain(t *testing.T) {
	p := newPractice(t)
	publish(t, p, app.PolicyDraft{Topic: "searching", Text: "One."})
	wrong := publish(t, p, app.PolicyDraft{Topic: "searching", Text: "Two, by mistake."})
	if err := p.Strike(ctx, wrong.ID, "published by mistake"); err != nil {
		t.Fatal(err)
	}
	publish(t, p, app.PolicyDraft{Topic: "searching", Text: "Three."})
	one := policyOf(t, p, "searching")
	if len(one.Versions) != 2 || one.Versions[0].Version != 3 || one.Versions[1].Version != 1 {
		t.Errorf("the versions are %+v", one.Versions)
	}
}

func TestWhenAPolicyApplies(t *testing.T) {
	p := newPractice(t)
	for _, c := range []struct {
		on   string
		held bool
		want string
	}{
		{"2026-11-20", false, "is past"},
		{"2027-11-22", false, "more than a year away"},
		{"2019-05-01", true, ""},
		{"2019-04-30", true, "the version before applies from May 1, 2019"},
		{"2026-12-01", false, ""},
	} {
		_, err := p.PublishPolicy(ctx, app.PolicyDraft{Topic: "breach", Text: "I tell you " + c.on, Effective: day(t, c.on), Held: c.held})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.on, err, c.want)
		}
	}
	one := policyOf(t, p, "breach")
	current, ok := one.InEffect()
	if !ok || current.Version != 1 || one.Coming != 0 || !strings.Contains(current.Changed, "Used since May 1, 2019") {
		t.Errorf("in effect is %+v, coming %d", current, one.Coming)
	}
	if one.ReviewBy != day(t, "2020-05-01") {
		t.Errorf("to be reviewed by %s", one.ReviewBy)
	}
	if _, err := p.ReviewPolicy(ctx, current.Entry, "It still holds."); err != nil {
		t.Fatal(err)
	}
	if got := policyOf(t, p, "breach").ReviewBy; got != day(t, "2027-11-21") {
		t.Errorf("after a review: to be reviewed by %s", got)
	}
}

func TestGapsAreAskedAbout(t *testing.T) {
	p := newPractice(t)
	draft := app.PolicyDraft{Topic: "communication", Text: "I answer [your hours]."}
	var gaps app.PolicyGaps
	if _, err := p.PublishPolicy(ctx, draft); !errors.As(err, &gaps) || len(gaps) != 1 || gaps[0] != "your hours" {
		t.Fatalf("a text with a gap: %v", err)
	}
	draft.WithGaps = true
	publish(t, p, draft)
	if one := policyOf(t, p, "communication"); len(one.Gaps) != 1 {
		t.Errorf("the gaps are %q", one.Gaps)
	}
	for topic, text := range map[string]string{"communication": " \n", "nothing": "A text."} {
		if _, err := p.PublishPolicy(ctx, app.PolicyDraft{Topic: topic, Text: text}); err == nil {
			t.Errorf("%q was published about %q", text, topic)
		}
	}
}

// A setting that a policy states and that changes offers a new version, in which
// what the practitioner rewrote stays.
func TestAChangedSettingOffersANewVersion(t *testing.T) {
	p := newPractice(t)
	text, left, err := p.DraftPolicy(ctx, "records")
	if err != nil || left != nil {
		t.Fatal(left, err)
	}
	text += "\nMy own last word.\n"
	publish(t, p, app.PolicyDraft{Topic: "records", Text: text, WithGaps: true})
	if one := policyOf(t, p, "records"); len(one.Changed) != 0 {
		t.Fatalf("nothing changed, and it offers %q", one.Changed)
	}
	s, err := p.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Backups = "a drive in the bank’s safe"
	if err := p.SetSettings(ctx, s); err != nil {
		t.Fatal(err)
	}
	one := policyOf(t, p, "records")
	if len(one.Changed) != 1 || !strings.Contains(one.Changed[0], "bank’s safe") {
		t.Errorf("it offers %q", one.Changed)
	}
	text, _, err = p.DraftPolicy(ctx, "records")
	if err != nil || !strings.Contains(text, "bank’s safe") || !strings.Contains(text, "My own last word.") {
		t.Errorf("the draft reads %q, %v", text, err)
	}
	publish(t, p, app.PolicyDraft{Topic: "records", Text: text, WithGaps: true})
	if one := policyOf(t, p, "records"); len(one.Changed) != 0 {
		t.Errorf("after the new version it offers %q", one.Changed)
	}
}

func TestWhoWasNotTold(t *testing.T) {
	p := newPractice(t)
	publish(t, p, app.PolicyDraft{Topic: "searching", Text: "I ask first."})
	ada, zoe := addClient(t, p, "Ada Quill"), addClient(t, p, "Zoë Ash")
	couple, err := p.AddClient(ctx, record.Client{Name: "Bo & Kit", Kind: record.Couple, Members: []record.Member{{Name: "Bo"}, {Name: "Kit"}}})
	if err != nil {
		t.Fatal(err)
	}
	gone := addClient(t, p, "Gone Long")
	if err := p.CloseClient(ctx, gone.ID, day(t, "2026-11-20"), ""); err != nil {
		t.Fatal(err)
	}
	adult := func(v form.Values) { v["signers"].([]record.Signer)[0].Capacity = "yes" }
	acknowledge(t, p, ada.ID, adult)
	acknowledge(t, p, couple.ID, func(v form.Values) { v["signers"] = v["signers"].([]record.Signer)[:1] })
	one := policyOf(t, p, "searching")
	if one.Told != 1 || len(one.NotTold) != 2 || one.NotTold[0].ID != couple.ID || one.NotTold[1].ID != zoe.ID {
		t.Errorf("told %d, not told %+v", one.Told, one.NotTold)
	}
	acknowledge(t, p, couple.ID, func(v form.Values) { v["signers"] = v["signers"].([]record.Signer)[1:] })
	if one := policyOf(t, p, "searching"); one.Told != 2 {
		t.Errorf("after the other member: told %d, not told %+v", one.Told, one.NotTold)
	}
	publish(t, p, app.PolicyDraft{Topic: "searching", Text: "I ask first, always."})
	if one := policyOf(t, p, "searching"); one.Told != 0 || len(one.NotTold) != 3 {
		t.Errorf("of the new version: told %d, not told %+v", one.Told, one.NotTold)
	}
}

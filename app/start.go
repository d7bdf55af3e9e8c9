package app

import (
	"context"
	"encoding/json"
	"slices"

	"casekeep/app/form"
	"casekeep/app/policy"
	"casekeep/vault/record"
)

// FirstAnswers are the answers to the six questions with which a practice
// begins. What is empty is answered later.
type FirstAnswers struct {
	Name       string // 1: the practitioner's
	Credential string // "LCSW"

	Jurisdiction string // 2: ISO 3166-2, where the practitioner is licensed and works from
	Number       string // of the license
	Expires      record.Date

	HIPAA string // 3: yes, no

	Hours   record.Hours // 4
	Answers int          // hours until a message is answered

	Channels    []record.Channel // 5
	Secure      record.Channel
	SocialMedia string // yes, no: used for the work
	EPayments   string // yes, no: electronic payments or claims

	Backups string // 6: where copies of the vault lie, in words
}

// Answer takes over into the settings what is answered so far. The license and the
// policies come with [Practice.Start]. Where one of the answers cannot be, the
// error is form.Problems and nothing is changed.
func (p *Practice) Answer(ctx context.Context, a FirstAnswers) error {
	p.publishing.Lock()
	defer p.publishing.Unlock()
	a.tidy()
	today, err := p.dayNow(ctx)
	if err != nil {
		return err
	}
	if _, err := a.check(today); err != nil {
		return err
	}
	a.Number = "" // until it is filed
	_, err = p.settleAnswers(ctx, a)
	return err
}

// settleAnswers writes answers into the settings.
func (p *Practice) settleAnswers(ctx context.Context, a FirstAnswers) (record.Practice, error) {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return settings, err
	}
	a.settle(&settings)
	return settings, p.SetSettings(ctx, settings)
}

// Start takes over the first answers: settings, the license, and version 1 of
// every policy that the practice needs. Where one of the answers cannot be, the
// error is form.Problems and nothing is changed. A start that was cut off can be
// repeated: what stands already is not written twice.
func (p *Practice) Start(ctx context.Context, a FirstAnswers) error {
	p.publishing.Lock()
	defer p.publishing.Unlock()
	a.tidy()
	today, err := p.dayNow(ctx)
	if err != nil {
		return err
	}
	license, err := a.check(today)
	if err != nil {
		return err
	}
	settings, err := p.settleAnswers(ctx, a)
	if err != nil {
		return err
	}
	if license != nil {
		if err := p.startLicense(ctx, license); err != nil {
			return err
		}
	}
	if err := p.startPolicies(ctx); err != nil {
		return err
	}
	settings.Started = today
	return p.SetSettings(ctx, settings)
}

// startLicense files the license, unless the book holds one of that number.
func (p *Practice) startLicense(ctx context.Context, license form.Values) error {
	book, _, err := p.policyBook(ctx)
	if err != nil {
		return err
	}
	for _, f := range book.Forms {
		var l record.License
		if f.Form != record.FormLicense {
			continue
		}
		if err := json.Unmarshal(f.Data, &l); err != nil {
			return err
		}
		if l.Number == license["number"] && l.Jurisdiction == license["jurisdiction"] {
			return nil
		}
	}
	_, err = p.File(ctx, FormRequest{Client: record.Book, Form: record.FormLicense, Values: license})
	return err
}

// startPolicies publishes version 1 of each policy that the practice needs and
// has not.
func (p *Practice) startPolicies(ctx context.Context) error {
	book, facts, err := p.policyBook(ctx)
	if err != nil {
		return err
	}
	versions, err := policyVersions(book)
	if err != nil {
		return err
	}
	for _, topic := range policy.Topics() {
		if !topic.Applies(facts) || len(versions[topic.Key]) > 0 {
			continue
		}
		text, err := policy.Draft(topic.Key, facts)
		if err != nil {
			return err
		}
		if _, err := p.publish(ctx, PolicyDraft{Topic: topic.Key, Text: text, WithGaps: true}); err != nil {
			return err
		}
	}
	return nil
}

// StartQuestion names one of the six questions.
type StartQuestion string

// The six questions.
const (
	AskName     StartQuestion = "name"
	AskLicense  StartQuestion = "license"
	AskHIPAA    StartQuestion = "hipaa"
	AskHours    StartQuestion = "hours"
	AskChannels StartQuestion = "channels"
	AskBackups  StartQuestion = "backups"
)

// StartLeft gives the questions that are still to be answered, in their order,
// and whether the practice has begun.
func (p *Practice) StartLeft(ctx context.Context) (left []StartQuestion, started bool, err error) {
	s, err := p.v.Practice(ctx)
	if err != nil {
		return nil, false, err
	}
	book, _, err := p.policyBook(ctx)
	if err != nil {
		return nil, false, err
	}
	licensed := slices.ContainsFunc(book.Forms, func(f record.Filed) bool { return f.Form == record.FormLicense })
	for _, one := range []struct {
		question StartQuestion
		open     bool
	}{
		{AskName, s.Owner == ""}, {AskLicense, !licensed}, {AskHIPAA, s.HIPAA == ""}, {AskHours, len(s.Hours.Days) == 0},
		{AskChannels, len(s.Channels) == 0}, {AskBackups, s.Backups == ""},
	} {
		if one.open {
			left = append(left, one.question)
		}
	}
	return left, !s.Started.IsZero(), nil
}

package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"casekeep/app/policy"
	"casekeep/vault"
	"casekeep/vault/record"
)

// PolicyDraft is a text that is to become a version.
type PolicyDraft struct {
	Topic     string
	Text      string
	Effective record.Date // zero: today
	Changed   string      // what is new in it, for the practice's own memory
	WithGaps  bool        // publish it though something in it is still to be filled in
	Held      bool        // the practice used this text before it was entered: the day may lie in the past
}

// PolicyGaps says that a text still has gaps. Publishing it all the same is for
// the practitioner to decide.
type PolicyGaps []string

func (g PolicyGaps) Error() string {
	return "something is still to be filled in: " + strings.Join(g, "; ")
}

// DraftPolicy gives a text to begin a version with: the newest version brought
// up to the present settings, or the starter text filled from them. What the
// present settings would say in places that were rewritten is in left.
func (p *Practice) DraftPolicy(ctx context.Context, topic string) (text string, left []string, err error) {
	book, facts, err := p.policyBook(ctx)
	if err != nil {
		return "", nil, err
	}
	now, err := policy.Draft(topic, facts)
	if err != nil {
		return "", nil, err
	}
	versions, err := policyVersions(book)
	if err != nil || len(versions[topic]) == 0 {
		return now, nil, err
	}
	newest := versions[topic][0]
	text, err = p.PolicyText(ctx, newest.Entry)
	if err != nil {
		return "", nil, err
	}
	if len(policy.Changed(newest.Stated, policy.Stated(topic, facts))) == 0 {
		return text, nil, nil
	}
	if newest.Drafted == "" {
		return text, nil, nil
	}
	text, left = policy.Refresh(text, newest.Drafted, now)
	return text, left, nil
}

// StarterPolicy gives a topic's starter text, filled from the settings.
func (p *Practice) StarterPolicy(ctx context.Context, topic string) (string, error) {
	_, facts, err := p.policyBook(ctx)
	if err != nil {
		return "", err
	}
	return policy.Draft(topic, facts)
}

func (p *Practice) policyBook(ctx context.Context) (record.Facts, policy.Facts, error) {
	list, err := p.v.Facts(ctx, record.Book)
	if err != nil || len(list) == 0 {
		return record.Facts{}, policy.Facts{}, err
	}
	facts, err := p.policyFacts(ctx, list[0])
	return list[0], facts, err
}

// PublishPolicy files a text as the topic's next version. It never changes
// afterwards: a later version takes its place. Where the text has gaps the
// error is PolicyGaps.
func (p *Practice) PublishPolicy(ctx context.Context, d PolicyDraft) (record.Entry, error) {
	p.publishing.Lock()
	defer p.publishing.Unlock()
	return p.publish(ctx, d)
}

func (p *Practice) publish(ctx context.Context, d PolicyDraft) (record.Entry, error) {
	topic, known := policy.Find(d.Topic)
	if !known {
		return record.Entry{}, fmt.Errorf("there is no policy %q", d.Topic)
	}
	d.Text = vault.TypedText(d.Text)
	if err := policy.CheckText(d.Text); err != nil {
		return record.Entry{}, err
	}
	if gaps := policy.Gaps(d.Text); len(gaps) > 0 && !d.WithGaps {
		return record.Entry{}, PolicyGaps(gaps)
	}
	book, facts, err := p.policyBook(ctx)
	if err != nil {
		return record.Entry{}, err
	}
	versions, err := policyVersions(book)
	if err != nil {
		return record.Entry{}, err
	}
	today, err := p.dayNow(ctx)
	if err != nil {
		return record.Entry{}, err
	}
	if err := d.settle(versions[d.Topic], today); err != nil {
		return record.Entry{}, err
	}
	number, err := p.nextVersion(ctx, d.Topic)
	if err != nil {
		return record.Entry{}, err
	}
	starter, err := policy.Draft(d.Topic, facts)
	if err != nil {
		return record.Entry{}, err
	}
	version := record.PolicyVersion{
		Topic: topic.Key, Title: topic.Title, Version: number, Effective: d.Effective, Changed: d.Changed,
		Stated: policy.Stated(topic.Key, facts), Drafted: starter, Gaps: len(policy.Gaps(d.Text)),
		Hash: policy.Digest(topic.Key, number, d.Effective, d.Text),
	}
	data, err := json.Marshal(version)
	if err != nil {
		return record.Entry{}, err
	}
	return p.v.File(ctx, vault.Filing{Entry: record.Entry{
		Client: record.Book, Form: record.FormPolicy, Data: data,
		Subject: fmt.Sprintf("%s, version %d", topic.Title, number), Body: d.Text,
	}})
}

// settle checks from which day on a text applies, and says so where that was
// before it was entered.
func (d *PolicyDraft) settle(versions []PolicyVersion, today record.Date) error {
	if d.Effective.IsZero() {
		d.Effective = today
	}
	before := record.Date{}
	if len(versions) > 0 {
		before = versions[0].Effective
	}
	if err := policy.CheckEffective(d.Effective, before, today); err != nil {
		return err
	}
	d.Changed = strings.TrimSpace(d.Changed)
	if !d.Effective.Before(today) {
		return nil
	}
	if !d.Held {
		return fmt.Errorf("%s is past: choose today or a day to come, or say that the practice used this text then", d.Effective.Long())
	}
	held := "Used since " + d.Effective.Long() + ", before it was entered here."
	d.Changed = strings.TrimSpace(held + " " + d.Changed)
	return nil
}

// nextVersion counts every version that there ever was, those that were struck
// through too: an acknowledgment may name them.
func (p *Practice) nextVersion(ctx context.Context, topic string) (int, error) {
	entries, err := p.v.Timeline(ctx, record.Book, vault.Page{})
	if err != nil {
		return 0, err
	}
	last := 0
	for _, e := range entries {
		var v record.PolicyVersion
		if e.Form != record.FormPolicy {
			continue
		}
		if err := json.Unmarshal(e.Data, &v); err != nil {
			return 0, err
		}
		if v.Topic == topic {
			last = max(last, v.Version)
		}
	}
	return last + 1, nil
}

// ReviewPolicy says that a version was looked at and stays as it is, so that it
// is due again in a year (TIP 5).
func (p *Practice) ReviewPolicy(ctx context.Context, id record.EntryID, found string) (record.Entry, error) {
	if strings.TrimSpace(found) == "" {
		return record.Entry{}, errors.New("say what you found: that it still holds, or what you looked at")
	}
	today, err := p.dayNow(ctx)
	if err != nil {
		return record.Entry{}, err
	}
	return p.File(ctx, FormRequest{
		Client: record.Book, Form: record.FormReview, About: id,
		Values: map[string]any{"what": "policy", "on": today.String(), "found": found, "next": policy.ReviewBy(today).String()},
	})
}

// dayNow gives the day by the practice's clock and zone.
func (p *Practice) dayNow(ctx context.Context) (record.Date, error) {
	s, err := p.v.Practice(ctx)
	if err != nil {
		return record.Date{}, err
	}
	return record.DateOf(p.now().In(record.LoadZone(s.Zone))), nil
}

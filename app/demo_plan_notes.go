package app

import (
	"context"
	"fmt"
	"io"

	"casekeep/vault/record"
)

// begin answers the first questions, as a practitioner would on the first day:
// that gives the license and the first version of every policy.
func (d *demo) begin(ctx context.Context) error {
	expires, err := d.script.calendar.anyDay("+97")
	if err != nil {
		return err
	}
	s := demoPractice
	err = d.p.Start(ctx, FirstAnswers{
		Name: demoName, Credential: "LCSW", Jurisdiction: s.Jurisdiction, Number: "4471", Expires: expires,
		HIPAA: s.HIPAA, Hours: s.Hours, Answers: s.Answers, Channels: s.Channels, Secure: s.Secure,
		SocialMedia: s.SocialMedia, EPayments: s.EPayments, Backups: s.Backups,
	})
	if err != nil {
		return fmt.Errorf("beginning the sample practice: %w", err)
	}
	for _, worry := range []string{"none", "never", "same-disk", "stale", "drill"} { // there is nothing to lose
		if err := d.p.AcceptWorry(ctx, worry); err != nil {
			return err
		}
	}
	if err := d.confirmRules(ctx); err != nil {
		return err
	}
	return d.readPolicies(ctx)
}

// confirmRules has the practice decide how long it keeps records where its state
// says nothing, as its policy tells clients.
func (d *demo) confirmRules(ctx context.Context) error {
	today, err := d.p.dayNow(ctx)
	if err != nil {
		return err
	}
	err = d.p.SetRetentionRule(ctx, record.RetentionRule{
		Jurisdiction: demoPractice.Jurisdiction, Minors: record.MinorsCovered, Confirmed: today,
		Clauses: []record.KeepClause{{From: []string{"termination", "contact"}, Years: 10}, {Age: 21, Years: 10}},
		Told:    record.RuleTold{Source: "Policy on records, version 1", Note: "The board's rules name no period."},
	})
	if err != nil {
		return err
	}
	return d.p.ConfirmRetentionRule(ctx, record.Paperwork)
}

// planNote plans a structured entry.
func (d *demo) planNote(c *demoClient, n demoNote) {
	d.step(n.at, func(ctx context.Context) error {
		var err error
		switch n.form {
		case demoPolicy:
			err = d.publish(ctx, n)
		case demoPolicyReview:
			err = d.review(ctx, n)
		default:
			err = d.file(ctx, c, n)
		}
		if err != nil {
			return fmt.Errorf("the sample practice, %s of %s on %s: %w", n.form, c.Name, n.at.Format("January 2"), err)
		}
		return nil
	})
}

func (d *demo) file(ctx context.Context, c *demoClient, n demoNote) error {
	about, err := d.labeled(n.about)
	if err != nil {
		return err
	}
	values, err := d.p.Prepare(ctx, d.ids[c], n.form, about)
	if err != nil {
		return err
	}
	if err := n.fill(values, d.names()); err != nil {
		return err
	}
	req := FormRequest{Client: d.ids[c], Form: n.form, Values: values, About: about}
	if n.file != "" {
		file := d.script.files[n.file]
		req.Files = []Upload{{Name: n.file, Type: file.kind, Open: func() (io.ReadCloser, error) { return file.reader(), nil }}}
	}
	e, err := d.p.File(ctx, req)
	if err == nil && n.label != "" {
		d.labels[n.label] = e.ID
	}
	return err
}

func (d *demo) names() demoNames {
	return demoNames{calendar: d.script.calendar, entry: d.labeled, client: d.named, policies: d.policies}
}

// labeled gives the entry with a label; "" is none.
func (d *demo) labeled(label string) (record.EntryID, error) {
	id, known := d.labels[label]
	if !known && label != "" {
		return 0, fmt.Errorf("nothing is labeled %q yet", label)
	}
	return id, nil
}

func (d *demo) named(name string) (record.ClientID, bool) {
	for c, id := range d.ids {
		if c.Name == name && id > 0 {
			return id, true
		}
	}
	return 0, false
}

// publish puts a passage behind a policy, as its next version.
func (d *demo) publish(ctx context.Context, n demoNote) error {
	text, _, err := d.p.DraftPolicy(ctx, n.topic)
	if err != nil {
		return err
	}
	_, err = d.p.PublishPolicy(ctx, PolicyDraft{Topic: n.topic, Text: text + "\n" + n.text + "\n", Changed: n.changed})
	if err != nil {
		return err
	}
	return d.readPolicies(ctx)
}

// review looks at every policy again, but for one, or at one alone.
func (d *demo) review(ctx context.Context, n demoNote) error {
	all, err := d.p.Policies(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		current, there := one.InEffect()
		if !there || one.Topic.Key == n.except || n.topic != "" && one.Topic.Key != n.topic {
			continue
		}
		if _, err := d.p.ReviewPolicy(ctx, current.Entry, n.text); err != nil {
			return err
		}
	}
	return nil
}

// readPolicies remembers the versions in effect.
func (d *demo) readPolicies(ctx context.Context) error {
	all, err := d.p.Policies(ctx)
	if err != nil {
		return err
	}
	d.policies, d.ticked = map[string]record.PolicyRef{}, nil
	for _, one := range all {
		current, there := one.InEffect()
		if !there {
			continue
		}
		d.policies[one.Topic.Key] = current.Ref()
		if one.Topic.ByClients {
			d.ticked = append(d.ticked, current.Ref())
		}
	}
	return nil
}

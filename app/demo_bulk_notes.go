package app

import (
	"context"
	"fmt"
	"strings"

	"casekeep/app/form"
	"casekeep/vault"
	"casekeep/vault/record"
)

// bulkNotes are the structured entries of a made-up client, as they stand in a
// script: most of what the standards ask, so that a few thousand clients are a
// fair load. NAME, PHONE and STATE are the client's.
const bulkNotes = `
form safe-contact
text: yes
voicemail: no
say_name: yes

form intake
prior: no
preference: both
concern: Came on the advice of a friend.

form identity
verified: yes
how: in person
seen: driver’s license
location: lives in Mississippi

form acknowledgment
decision: given
how: in-writing
signers: NAME | client | yes
language: English
paper_kept_at: blue binder

form channel
channel: text
decision: allowed
warned: TODAY
how: in-writing
scope: appointments only
device: practice phone, +1 601 555 0100

form channel
channel: email
decision: allowed
how: in-writing
device: practice mailbox, sealed on the laptop

form channel
channel: portal
decision: allowed
how: in-writing
device: the laptop
preferred: yes

form suitability
age: fits
clinical: fits
skill: fits
disability: fits
language: fits
culture: fits
safety: fits
strengths: Saves the drive.
risks: The line drops at times.
first: none
outcome: electronic
reassess: +AHEAD

form emergency
where: at home, Mississippi
services: the county’s line, +1 601 555 0199
contact: A relative
relation: sister
reach: PHONE
may_tell: that there is a crisis
shared: TODAY

form interruption
first: I call PHONE
minutes: 5
told: yes

form collateral
name: Dr. Müller
relation: physician
release: yes
scope: appointments
purpose: coordination of care
way: both
signed: TODAY
signed_by: NAME
how: in-writing
expires: +AHEAD

form safety-plan
risk: none
people: a relative; 988
`

// note gives the i-th made-up client structured entries on the first day. Every
// seventh one lacks something, each time something else.
func (s *demoScript) note(c *demoClient, i int) error {
	blocks := strings.Split(strings.TrimSpace(bulkNotes), "\n\n")
	fill := strings.NewReplacer("NAME", c.Name, "PHONE", c.bulkAddress(), "TODAY", c.Since.String(),
		"AHEAD", []string{"20", "75", "140", "300"}[i%4])
	for n, block := range blocks {
		if i%7 == 0 && n == i/7%len(blocks) {
			continue
		}
		head, body, _ := strings.Cut(fill.Replace(block), "\n")
		if err := c.noteAt(demoMorning(c.Since, 8, s.calendar.zone), strings.Fields(head)[1], "", body); err != nil {
			return err
		}
	}
	return nil
}

// planBulkNotes plans the filing of a made-up client's structured entries, all
// at once.
func (d *demo) planBulkNotes(c *demoClient) {
	d.step(c.notes[0].at, func(ctx context.Context) error {
		var all []vault.Filing
		for _, n := range c.notes {
			values := d.dated(n)
			if err := n.fill(values, d.names()); err != nil {
				return err
			}
			f, err := d.p.filing(ctx, &FormRequest{Client: d.ids[c], Form: n.form, Values: values})
			if err != nil {
				return fmt.Errorf("the sample practice, %s of %s: %w", n.form, c.Name, err)
			}
			all = append(all, f)
		}
		return d.p.v.FileAll(ctx, all...)
	})
}

// dated is what a form begins with that leaves nothing else open: the day, and
// every policy that clients go through.
func (d *demo) dated(n demoNote) form.Values {
	v := form.Values{}
	spec, _ := form.Find(n.form)
	for _, f := range spec.Fields() {
		switch {
		case f.Dated:
			v[f.Key] = record.DateOf(n.at).String()
		case f.Input == form.Policies:
			v[f.Key] = d.ticked
		}
	}
	return v
}

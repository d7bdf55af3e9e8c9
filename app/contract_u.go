package app

import (
	"context"
	"errors"
	"fmt"

	"casekeep/app/retention"
	"casekeep/vault/record"
)

type Kept struct {
	record.Keep
	Line  string
	Steps []retention.Step
	Why   []string
	Moves []string
}

func (p *Practice) Keep(ctx context.Context, clients ...record.ClientID) ([]Kept, error) {
	list, err := p.v.Keep(ctx, clients...)
	var all []Kept
	for _, k := range list {
		one := Kept{Keep: k, Line: "Active: kept"}
		if !k.Until.IsZero() {
			one.Line = fmt.Sprintf("Keep until %s: closed %s", k.Until.Long(), k.Closed.Long())
		}
		for i, s := range k.Steps {
			one.Steps = append(one.Steps, retention.Step{Says: s.Event + " " + s.Day.Long(), Until: s.Until, Decides: i == 0})
		}
		for _, r := range k.Reasons {
			one.Why = append(one.Why, r.Why)
		}
		for _, r := range k.Blockers {
			one.Why = append(one.Why, r.Why)
		}
		one.Moves = []string{"A contact or a later closing."}
		all = append(all, one)
	}
	return all, err
}

type RetentionRule struct {
	record.RetentionRule
	Place    string
	Says     string
	InUse    int
	Supplied bool
}

func (p *Practice) RetentionRules(ctx context.Context) ([]RetentionRule, error) {
	list, err := p.v.RetentionRules(ctx)
	var all []RetentionRule
	for _, r := range list {
		all = append(all, RetentionRule{RetentionRule: r, Place: record.JurisdictionName(r.Jurisdiction), Says: "some years"})
	}
	return all, err
}

func (p *Practice) SetRetentionRule(ctx context.Context, r record.RetentionRule) error {
	r.Told.Own = true
	return p.v.SetRetentionRule(ctx, r)
}

func (p *Practice) ConfirmRetentionRule(ctx context.Context, jurisdiction string) error {
	list, err := p.v.RetentionRules(ctx)
	for _, r := range list {
		if r.Jurisdiction == jurisdiction {
			r.Confirmed = record.DateOf(p.now())
			return p.v.SetRetentionRule(ctx, r)
		}
	}
	return err
}

func (p *Practice) ExtendKeeping(ctx context.Context, client record.ClientID, until record.Date, reason string) error {
	return p.v.ExtendKeeping(ctx, client, until, reason)
}
func (p *Practice) StateDeath(ctx context.Context, client record.ClientID, died record.Date) error {
	return p.v.StateDeath(ctx, client, died)
}
func (p *Practice) StateAdult(ctx context.Context, client record.ClientID, who string, adult bool) error {
	return p.v.StateAdult(ctx, client, who, adult)
}
func (p *Practice) OfferClosing(ctx context.Context) ([]Kept, error) {
	list, err := p.Keep(ctx)
	var all []Kept
	for _, k := range list {
		if k.Closed.IsZero() && !k.Last.IsZero() && k.Last.Before(record.DateOf(p.now().AddDate(-1, 0, 0))) {
			all = append(all, k)
		}
	}
	return all, err
}
func (p *Practice) PlaceHold(ctx context.Context, h record.Hold) (record.Hold, error) {
	return p.v.PlaceHold(ctx, h)
}
func (p *Practice) LiftHold(ctx context.Context, id int64, on record.Date, by, reason string) error {
	return p.v.LiftHold(ctx, id, on, by, reason)
}
func (p *Practice) Holds(ctx context.Context, client record.ClientID) ([]record.Hold, error) {
	return p.v.Holds(ctx, client)
}

type LastLook struct {
	Kept
	Entries, Attachments int
	AttachmentBytes      int64
	First, Last          record.Date
	Disclosed            int
	Backups              []record.KnownBackup
	Duties               []string
}

func (p *Practice) LastLook(ctx context.Context, client record.ClientID) (LastLook, error) {
	list, err := p.Keep(ctx, client)
	if err != nil {
		return LastLook{}, err
	}
	return LastLook{Kept: list[0]}, nil
}

type Confirm struct{ Name, Passphrase string }

func (p *Practice) Destroy(ctx context.Context, client record.ClientID, c Confirm, progress func(done, total int64, doing string)) (record.Destruction, error) {
	return record.Destruction{}, errors.New("not yet")
}
func (p *Practice) Destructions(ctx context.Context) ([]record.Destruction, error) { return nil, nil }
func (p *Practice) WriteCertificate(ctx context.Context, id int64, path string) error {
	return errors.New("not yet")
}

type SequesterOrder struct {
	Entries                       []record.EntryID
	Ground, Reason, Court, Number string
	On                            record.Date
	Files                         []Upload
	Holder                        string
	HolderName                    string
}

func (p *Practice) Sequester(ctx context.Context, client record.ClientID, o SequesterOrder) error {
	return errors.New("not yet")
}
func (p *Practice) Sequestered(ctx context.Context, client record.ClientID) ([]record.Sequestration, error) {
	return nil, nil
}
func (p *Practice) Unsequester(ctx context.Context, id int64, reason string) error {
	return errors.New("not yet")
}

package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"casekeep/app/retention"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// retained holds what Today asks about retention, as it was found last. It is
// found anew once anything was changed, or the day.
type retained struct {
	mu    sync.Mutex
	known bool
	head  int64
	day   record.Date
	tasks []standing.Task
	due   int // records that are due
}

// Due gives how many records are due. It costs little where Today was asked
// since the last change.
func (p *Practice) Due(ctx context.Context) (int, error) {
	if _, err := p.Today(ctx); err != nil {
		return 0, err
	}
	p.retained.mu.Lock()
	defer p.retained.mu.Unlock()
	return p.retained.due, nil
}

// retentionTasks gives what Today asks about how long records are kept: those
// that are due, or will be within 30 days, those that nobody closed, the rules
// that wait for a confirmation, and holds that stand for long.
func (p *Practice) retentionTasks(ctx context.Context, practice *standing.Practice, files []*judgedFile, head int64) ([]standing.Task, error) {
	p.retained.mu.Lock()
	defer p.retained.mu.Unlock()
	if r := &p.retained; r.known && r.head == head && r.day == practice.Today {
		return r.tasks, nil
	}
	rules, err := p.RetentionRules(ctx)
	if err != nil {
		return nil, err
	}
	holds, err := p.v.Holds(ctx, 0)
	if err != nil {
		return nil, err
	}
	soon, err := p.soonDue(ctx, rules, files, practice.Today)
	if err != nil {
		return nil, err
	}
	clients := make([]record.Facts, len(files))
	for i, f := range files {
		clients[i] = f.Facts()
	}
	zone := record.LoadZone(practice.Settings.Zone)
	tasks := slices.Concat(dueTasks(soon, practice.Today), closingTask(silent(clients, zone, practice.Today), practice),
		ruleTasks(rules, practice), holdTasks(holds, clients, practice.Today))
	p.retained.due = 0
	for _, k := range soon {
		if k.Status == record.KeepDue {
			p.retained.due++
		}
	}
	p.retained.known, p.retained.head, p.retained.day, p.retained.tasks = true, head, practice.Today, tasks
	return tasks, nil
}

// soonDue gives the records that are due, or will be within the lead of Today,
// the earliest first. Every rule has a period that runs from the closing, so
// that only those are asked about that were closed long enough ago for the
// shortest rule.
func (p *Practice) soonDue(ctx context.Context, rules []RetentionRule, files []*judgedFile, today record.Date) ([]record.Keep, error) {
	shortest := 0
	for _, r := range rules {
		if years := retention.AtLeast(r.RetentionRule); years > 0 && !r.Confirmed.IsZero() && (shortest == 0 || years < shortest) {
			shortest = years
		}
	}
	if shortest == 0 {
		return nil, nil
	}
	horizon := record.DateOf(today.In(record.LoadZone("UTC")).AddDate(0, 0, standing.Lead))
	var ids []record.ClientID
	for _, f := range files {
		if c := f.Client(); c.Status == record.Closed && !horizon.Before(yearsAfter(c.ClosedOn, shortest)) {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := p.v.Keep(ctx, ids...)
	list = slices.DeleteFunc(list, func(k record.Keep) bool {
		return k.Status != record.KeepDue && (k.Status != record.KeepKept || k.Until.IsZero() || horizon.Before(k.Until))
	})
	slices.SortStableFunc(list, func(a, b record.Keep) int { return cmp.Compare(a.Until.String(), b.Until.String()) })
	return list, err
}

// dueTasks: one task for all records that are due, and one for those of each
// month that will be.
func dueTasks(list []record.Keep, today record.Date) []standing.Task {
	months := map[string][]record.Keep{}
	var order []string
	for _, k := range list {
		month := "due"
		if k.Status != record.KeepDue {
			month = k.Until.String()[:len("2006-01")]
		}
		if months[month] == nil {
			order = append(order, month)
		}
		months[month] = append(months[month], k)
	}
	var all []standing.Task
	for _, month := range order {
		records := months[month]
		first := records[0]
		t := standing.Task{Key: "retention/" + month, Icon: "clock", Act: standing.Act{Page: "retention", Part: "due", Label: "Look at what is due"}}
		if month == "due" {
			t.Since = first.Until.Next()
			t.Title = counted(len(records), "Past its retention date", "%s records are past their retention date")
			t.Caption = "Review it, then destroy it or keep it longer: nothing is destroyed without you"
		} else {
			t.Since, t.Due = today, first.Until
			t.Title = counted(len(records), "Reaches its retention date in ", "%s records reach their retention date in ") + first.Until.Month.String()
			t.Caption = "Nothing is destroyed without you"
		}
		names := make([]string, len(records))
		for i, k := range records {
			names[i] = k.Name
		}
		all = append(all, about(t, names, first.Client))
	}
	return all
}

// closingTask: records that are open though nobody was in contact for a year.
func closingTask(list []record.Facts, practice *standing.Practice) []standing.Task {
	if len(list) == 0 {
		return nil
	}
	zone := record.LoadZone(practice.Settings.Zone)
	slices.SortStableFunc(list, func(a, b record.Facts) int {
		return cmp.Compare(heardLast(a, zone).String(), heardLast(b, zone).String())
	})
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.Client.Name
	}
	last := heardLast(list[0], zone)
	t := standing.Task{
		Key: "retention/closing", Icon: "clock", Since: yearsAfter(last, 1), Act: standing.Act{Page: "retention", Part: "closing", Label: "Look at them"},
		Title:   counted(len(list), "No contact for a year", "%s open records had no contact for a year"),
		Caption: "Close what has ended: a record that is never closed is never due",
	}
	return []standing.Task{about(t, names, list[0].Client.ID)}
}

// ruleTasks: a rule in use that is not confirmed, or not on file.
func ruleTasks(rules []RetentionRule, practice *standing.Practice) []standing.Task {
	var all []standing.Task
	for _, r := range rules {
		if r.InUse == 0 || !r.Confirmed.IsZero() || r.Jurisdiction == record.Paperwork {
			continue
		}
		t := standing.Task{
			Key: "retention/rule/" + r.Jurisdiction, Client: record.Book, Icon: "scale", Since: record.DateOf(r.At.In(record.LoadZone(practice.Settings.Zone))),
			Title: "Confirm how long " + r.Place + " asks that records are kept", Caption: "The rule on file: " + r.Says + ". Until you confirm it, no record has a date",
			Act: standing.Act{Page: "retention", Part: "rules", Topic: r.Jurisdiction, Label: "Read the rule"},
		}
		if r.Blank() {
			t.Title, t.Caption = "Find out how long "+r.Place+" asks that records are kept", "No rule is on file, so every record is kept: ask the board, then enter what it says"
		}
		all = append(all, t)
	}
	return all
}

// holdTasks: a hold that stands for a year or more is looked at again.
func holdTasks(holds []record.Hold, clients []record.Facts, today record.Date) []standing.Task {
	names := map[record.ClientID]string{}
	for _, f := range clients {
		names[f.Client.ID] = f.Client.Name
	}
	var all []standing.Task
	for _, h := range holds {
		again := yearsAfter(h.On, 1)
		if !h.Lifted.IsZero() || today.Before(again) {
			continue
		}
		all = append(all, standing.Task{
			Key: fmt.Sprintf("retention/hold/%d", h.ID), Client: h.Client, Name: names[h.Client], Icon: "scale", Since: again,
			Title: "Legal hold since " + h.On.Long() + ": look whether it still stands", Caption: h.Matter,
			Act: standing.Act{Page: "retention", Part: "holds", Label: "Look at the hold"},
		})
	}
	return all
}

// about says whom a task is about: one client, or several by their names.
func about(t standing.Task, names []string, first record.ClientID) standing.Task {
	if len(names) == 1 {
		t.Client, t.Name = first, names[0]
		return t
	}
	const most = 3
	if more := len(names) - most; more > 0 {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", more))
	}
	t.Name = strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	return t
}

// counted gives what is said of one, or of several with their number in words.
func counted(n int, one, many string) string {
	if n == 1 {
		return one
	}
	words := []string{"Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"}
	if n-2 < len(words) {
		return fmt.Sprintf(many, words[n-2])
	}
	return fmt.Sprintf(many, fmt.Sprint(n))
}

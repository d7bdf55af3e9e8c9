package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casekeep/app/standing"
	"casekeep/vault/record"
)

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

package app

import (
	"context"
	"strings"

	"casekeep/app/standing"
	"casekeep/vault/record"
)

// backupTasks gives what Today asks about the backups: each worry. Before the
// first questions are answered, one of which is about backups, it asks nothing.
func (p *Practice) backupTasks(ctx context.Context, practice *standing.Practice) ([]standing.Task, error) {
	if practice.Settings.Started.IsZero() {
		return nil, nil
	}
	b, err := p.Backups(ctx)
	if err != nil {
		return nil, err
	}
	var all []standing.Task
	for _, w := range b.Worries {
		title, caption := w.Says, w.Do
		if what, why, found := strings.Cut(w.Says, ": "); found {
			title, caption = what, strings.ToUpper(why[:1])+why[1:]+" · "+w.Do
		}
		all = append(all, standing.Task{
			Key: "backup/" + w.Key, Client: record.Book, Icon: "drive", Title: title, Caption: caption, Since: practice.Today,
			Calm: !w.Pressing, Act: standing.Act{Page: "backups", Label: w.Do},
		})
	}
	return all, nil
}

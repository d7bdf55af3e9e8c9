package today

import (
	"context"
	"strings"

	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// askPutOff asks until when a task waits, and why.
func (p *page) askPutOff(r row) {
	if r.off != nil || r.start != "" {
		return
	}
	today := func() record.Date { return p.day }
	until := kit.NewDayField("Show it again on", today).Lean(days.Ahead).Must("Say on which day it is shown again.")
	until.SetDay(days.Add(p.day, 0, 0, 7))
	why := kit.NewField("Why it can wait").Placeholder("she is away until Monday")
	var ask *kit.Dialog
	save := func() {
		day, ok := until.Value()
		reason := strings.TrimSpace(why.Text())
		switch {
		case !ok:
			return
		case !p.day.Before(day):
			until.SetError("Choose a day after today.")
			return
		case reason == "":
			why.SetError("Say why: it stands beside the task until then.")
			why.Focus()
			return
		}
		p.desk.Load(func(ctx context.Context) error {
			return p.desk.Practice().PutOffTask(ctx, r.task.Key, day, reason)
		}, func(err error) {
			if err != nil {
				p.desk.Fail(err)
				return
			}
			ask.Close()
			p.desk.Toast("Put off until "+day.Long()+".", "Undo", func() { p.takeUp(r) })
			p.load()
		})
	}
	why.OnEnter = func(string) { save() }
	ask = kit.NewDialog("Put off", kit.Column(10, kit.NewText(r.task.Title), why, until), kit.NewPrimary("Put off", save))
	ask.Open(p.desk.Window())
}

// takeUp shows a task again that was put off.
func (p *page) takeUp(r row) {
	p.desk.Load(func(ctx context.Context) error { return p.desk.Practice().TakeUpTask(ctx, r.task.Key) }, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.load()
	})
}

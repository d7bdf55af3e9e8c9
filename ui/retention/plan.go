package retention

import (
	"context"
	"strings"

	"casekeep/ui/clients/ask"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// askPlan asks when the practice closes, and who keeps the records.
func (c *closing) askPlan() {
	plan := c.state.Plan
	today := func() record.Date { return c.state.Today }
	day := kit.NewDayField("The last day on which the practice works", today).Must("Say on which day the practice closes.")
	keeper := kit.NewArea("Who keeps the records from then on: name, address, telephone", 3)
	askBy := kit.NewDayField("Until when you send copies yourself", today).Must("Say until when clients can ask you for copies.")
	day.SetDay(plan.Day)
	keeper.SetText(plan.Keeper)
	askBy.SetDay(plan.AskBy)
	var when, by record.Date
	practice := c.desk.Practice()
	q := ask.Open(c.desk, "Save the plan", ask.Question{
		Title: "Plan the closing", Width: 520,
		Body: kit.Column(12, kit.NewNote("It stands in the letters as you write it here. Records stay open and kept; each is closed by hand."), day, askBy, keeper),
		Check: func() (string, bool) {
			var ok, okBy bool
			by, okBy = askBy.Value()
			when, ok = day.Value()
			if strings.TrimSpace(keeper.Text()) == "" {
				keeper.SetError("Say who keeps the records: clients turn to them.")
				ok = false
			}
			return "", ok && okBy
		},
		Do: func(ctx context.Context) error { return practice.PlanClosing(ctx, when, keeper.Text(), by) },
		Done: func() {
			c.desk.Toast("The practice closes on "+days.Short(when)+".", "", nil)
			c.desk.Changed(0)
		},
	})
	keeper.OnEnter = func(string) { q.Press() }
	day.Enter(q.Press)
	askBy.Enter(q.Press)
}

func oneLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}

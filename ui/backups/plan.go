package backups

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// plan says when the vault is backed up, how long backups are kept, and when a
// restore is tried.
type plan struct {
	desk    desk.Desk
	kept    record.BackupPlan
	every   *kit.Select
	drill   *kit.Select
	numbers [5]*kit.Field
	says    *kit.Text
	store   *kit.Button
	content fyne.CanvasObject

	everyOffers, drillOffers []int
}

func newPlan(d desk.Desk) *plan {
	p := &plan{desk: d, says: kit.NewSmall("")}
	p.every = kit.NewSelect("While the vault is open", nil, -1, func(int) { p.edited() })
	p.drill = kit.NewSelect("Try a full restore", nil, -1, func(int) { p.edited() })
	var fields []fyne.CanvasObject
	for i, label := range []string{"Last", "Days", "Weeks", "Months", "Years"} {
		p.numbers[i] = kit.NewField(label)
		p.numbers[i].OnChanged = func(string) { p.edited() }
		p.numbers[i].OnEnter = func(string) { p.save() }
		fields = append(fields, kit.Wide(84, p.numbers[i]))
	}
	p.store = kit.NewButton("Save the plan", func() { p.save() })
	p.content = kit.Column(12, kit.NewSection("Plan"),
		kit.NewNote("The vault is backed up whenever it is locked, and when a known drive appears."),
		kit.TopRow(12, kit.Wide(270, p.every), kit.Wide(270, p.drill)),
		kit.Column(8, kit.TopRow(12, fields...), p.says),
		kit.Row(0, p.store, kit.Space()))
	return p
}

// fill shows a plan, unless it is being changed.
func (p *plan) fill(kept record.BackupPlan) {
	if p.edits() {
		return
	}
	p.kept = record.BackupPlan{} // nothing is changed while the fields are filled
	var names []string
	p.everyOffers, names = offers([]int{15, 30, 60, 240, 1440, 0}, kept.Every, everyName)
	p.every.SetOptions(names, slices.Index(p.everyOffers, kept.Every))
	p.drillOffers, names = offers([]int{1, 7, 14, 30, 0}, kept.Drill, drillName)
	p.drill.SetOptions(names, slices.Index(p.drillOffers, kept.Drill))
	k := kept.Keep
	for i, n := range []int{k.Last, k.Daily, k.Weekly, k.Monthly, k.Yearly} {
		p.numbers[i].SetText(strconv.Itoa(n))
	}
	p.kept = kept
	p.edited()
}

// offers gives the numbers to choose from, with the present one among them.
func offers(usual []int, now int, name func(int) string) ([]int, []string) {
	if !slices.Contains(usual, now) {
		usual = append([]int{now}, usual...)
	}
	var names []string
	for _, n := range usual {
		names = append(names, name(n))
	}
	return usual, names
}

func everyName(minutes int) string {
	switch {
	case minutes == 0:
		return "Only when it is locked"
	case minutes == 24*60:
		return "Every day"
	case minutes == 60:
		return "Every hour"
	case minutes%60 == 0:
		return fmt.Sprintf("Every %d hours", minutes/60)
	}
	return fmt.Sprintf("Every %d minutes", minutes)
}

func drillName(days int) string {
	switch days {
	case 0:
		return "Only by hand"
	case 1:
		return "Every day"
	case 7:
		return "Every week"
	}
	return "Every " + phrase.Count(days, "day", "days")
}

// typed gives the plan as it stands in the fields, and whether all of it can be.
func (p *plan) typed() (record.BackupPlan, bool) {
	plan, ok := p.kept, true
	k := &plan.Keep
	for i, to := range []*int{&k.Last, &k.Daily, &k.Weekly, &k.Monthly, &k.Yearly} {
		n, err := strconv.Atoi(strings.TrimSpace(p.numbers[i].Text()))
		if err != nil || n < 0 || n > 1000 {
			n, ok = -1, false
		}
		*to = n
	}
	if i := p.every.Chosen(); i >= 0 {
		plan.Every = p.everyOffers[i]
	}
	if i := p.drill.Chosen(); i >= 0 {
		plan.Drill = p.drillOffers[i]
	}
	return plan, ok
}

func (p *plan) edits() bool {
	if p.kept.Keep.Last == 0 { // nothing was read yet
		return false
	}
	plan, _ := p.typed()
	return plan.Keep != p.kept.Keep || plan.Every != p.kept.Every || plan.Drill != p.kept.Drill
}

func (p *plan) edited() {
	if plan, ok := p.typed(); ok {
		p.says.SetText(keeps(plan.Keep))
	}
	if p.edits() {
		p.store.Enable()
	} else {
		p.store.Disable()
	}
}

func (p *plan) save() bool {
	if !p.edits() {
		return false
	}
	plan, ok := p.typed()
	if !ok {
		for _, field := range p.numbers {
			if n, err := strconv.Atoi(strings.TrimSpace(field.Text())); err != nil || n < 0 || n > 1000 {
				field.SetError("A number")
				field.Focus()
			}
		}
		return true
	}
	p.desk.Load(func(ctx context.Context) error { return p.desk.Practice().SetBackupPlan(ctx, plan) }, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.kept = plan
		p.edited()
		p.desk.Toast("The plan is saved", "", nil)
		p.desk.Changed(0)
	})
	return true
}

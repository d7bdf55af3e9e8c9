package retention

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/ask"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// rules lists how long each place asks that records are kept, those in use
// first.
type rules struct {
	desk desk.Desk
	list []app.RetentionRule
	run  int

	search *kit.Search
	table  *table
	body   fyne.CanvasObject
}

func newRules(d desk.Desk) *rules {
	r := &rules{desk: d}
	r.search = kit.NewSearch("Find a state", "")
	r.search.OnChanged = func(string) { r.draw() }
	r.search.OnMove = func(ev *fyne.KeyEvent) { r.table.rows.Key(ev) }
	r.search.OnEnter = func(string) { r.table.enter() }
	r.table = newTable(kit.Empty("No state of this name", "Write a state’s name or letters, such as Texas or TX."))
	head := kit.Column(10, kit.Column(2, kit.NewTitle("Rules"),
		kit.NewNote("A rule counts once you have read it and confirmed it; until then records are kept. Of several places the longest counts. None of this is legal advice.")),
		kit.TopRow(12, kit.Wide(270, r.search), kit.Space()))
	r.body = kit.Frame(kit.Pad(18, 22, 10, 22, head), nil, nil, nil, r.table.body)
	return r
}

func (r *rules) content() fyne.CanvasObject { return r.body }

func (r *rules) show(keys bool) {
	r.table.keys = keys
	r.refresh()
}

// want selects the rule of a place.
func (r *rules) want(jurisdiction string) {
	r.search.SetText("")
	r.table.key = jurisdiction
}

func (r *rules) key(string) bool { return false }

func (r *rules) refresh() {
	r.run++
	run := r.run
	var list []app.RetentionRule
	r.desk.Load(func(ctx context.Context) (err error) {
		list, err = r.desk.Practice().RetentionRules(ctx)
		return err
	}, func(err error) {
		switch {
		case run != r.run:
		case err != nil:
			r.desk.Fail(err)
		default:
			r.list = list
			r.draw()
		}
	})
}

func (r *rules) draw() {
	typed := strings.ToLower(strings.TrimSpace(r.search.Text()))
	var lines []line
	group := ""
	for _, rule := range r.list {
		if !strings.Contains(strings.ToLower(placeOf(rule)), typed) && !strings.Contains(strings.ToLower(rule.Jurisdiction), typed) {
			continue
		}
		g := "Elsewhere"
		if rule.InUse > 0 {
			g = "In use"
		}
		if g != group {
			group = g
			lines = append(lines, line{head: g})
		}
		lines = append(lines, r.line(rule))
	}
	r.table.fill(lines)
}

func (r *rules) line(rule app.RetentionRule) line {
	state, tone := ruleState(rule)
	l := row(rule.Jurisdiction, strings.TrimPrefix(rule.Jurisdiction, "US-"), placeOf(rule), ruleSays(rule), state, tone)
	if rule.Jurisdiction == record.Paperwork {
		l.duty.ID = ""
	}
	if rule.Confirmed.IsZero() && !rule.Blank() {
		l = l.act("Confirm", func() { askConfirm(r.desk, rule) })
	}
	change := "Change"
	if rule.Blank() {
		change = "Fill it in"
	}
	return l.act(change, func() { openRule(r.desk, rule) })
}

// placeOf names where a rule is from, or what it is about.
func placeOf(rule app.RetentionRule) string {
	if rule.Jurisdiction == record.Paperwork {
		return "Consents, requests and disclosures"
	}
	return rule.Place
}

func ruleState(rule app.RetentionRule) (string, kit.Tone) {
	switch {
	case rule.Blank():
		return "blank", kit.Neutral
	case rule.Confirmed.IsZero():
		return "not confirmed", kit.Amber
	}
	return "confirmed", kit.Green
}

// ruleSays gives a rule in words, where it stands, how sure it is, and whom it
// binds.
func ruleSays(rule app.RetentionRule) string {
	parts := []string{phrase.Capital(rule.Says)}
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	add(rule.Told.Citation)
	switch {
	case rule.Told.Own:
		add("your own wording")
	case rule.Told.Confidence != "":
		add(rule.Told.Confidence + " confidence")
	}
	if !rule.Confirmed.IsZero() {
		add("confirmed " + days.Short(rule.Confirmed))
	}
	if rule.InUse > 0 {
		add("binds " + phrase.Count(rule.InUse, "record", "records"))
	}
	return strings.Join(parts, " · ")
}

// askConfirm lets a rule count.
func askConfirm(d desk.Desk, rule app.RetentionRule) {
	lines := kit.Column(10, kit.NewText(phrase.Capital(rule.Says)).Bold())
	fact := func(name, value string) {
		if value != "" {
			lines.Add(kit.TopRow(12, kit.Wide(96, kit.NewNote(name)), kit.Grow(kit.NewText(value))))
		}
	}
	fact("Citation", rule.Told.Citation)
	fact("Read at", rule.Told.Source)
	fact("Confidence", rule.Told.Confidence)
	fact("Note", rule.Told.Note)
	lines.Add(kit.NewNote("Read the rule where it stands before you confirm it. From then on dates are counted by it, and records become due."))
	var dialog *ask.Dialog
	lines.Add(kit.NewCheck("I have read it at its source", false, func(on bool) { dialog.Allow(on) }))
	dialog = ask.Open(d, "Confirm the rule", ask.Question{
		Title: "Confirm the rule: " + placeOf(rule), Body: lines, Width: 560,
		Do: func(ctx context.Context) error { return d.Practice().ConfirmRetentionRule(ctx, rule.Jurisdiction) },
		Done: func() {
			d.Toast("The rule is confirmed: "+placeOf(rule)+".", "", nil)
			d.Changed(0)
		},
	})
	dialog.Allow(false) // two bare Enters attest nothing
}

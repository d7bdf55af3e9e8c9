package keep

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/retention"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// Open shows by what arithmetic a client's record is kept, and what changes it.
func Open(d desk.Desk, client record.ClientID) {
	var list []app.Kept
	var holds []record.Hold
	d.Load(func(ctx context.Context) (err error) {
		if list, err = d.Practice().Keep(ctx, client); err != nil {
			return err
		}
		holds, err = d.Practice().Holds(ctx, client)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			d.Fail(err)
		case len(list) == 1:
			open(d, list[0], holds)
		}
	})
}

func open(d desk.Desk, k app.Kept, holds []record.Hold) {
	var dialog *kit.Dialog
	leave := func(do func(then func())) func() {
		return func() {
			dialog.Close()
			do(func() { Open(d, k.Client) })
		}
	}
	buttons := []fyne.CanvasObject{
		kit.NewButton("Place a legal hold", leave(func(then func()) { AskHold(d, k.Client, k.Name, then) })).Small(),
		kit.NewButton("Keep longer", leave(func(then func()) { AskLonger(d, k, then) })).Small(),
	}
	for _, r := range k.Reasons {
		if r.Why == "born" {
			label := "Was of full age"
			if r.Who != "" {
				label = names.In(r.Who) + " was of full age"
			}
			buttons = append(buttons, kit.NewButton(label, leave(func(then func()) { AskAdult(d, k, r.Who, then) })).Small())
		}
	}
	if k.Kind == record.Individual {
		label := "State a death"
		if !k.Died.IsZero() {
			label = "Change the day of death"
		}
		buttons = append(buttons, kit.NewButton(label, leave(func(then func()) { AskDeath(d, k, then) })).Small())
	}
	body := kit.Column(0, append(Arithmetic(k), standing(d, k, holds, leave)...)...)
	body.Add(kit.Pad(16, 0, 2, 0, kit.Flow(8, buttons...)))
	rules := kit.NewLink("Rules", leave(func(func()) { d.Go(desk.Place{Page: desk.Retention, Part: "rules"}) }))
	review := kit.NewLink("Review", leave(func(func()) { d.Go(desk.Place{Page: desk.Retention, Client: k.Client}) }))
	dialog = kit.NewDialog("How long "+names.Of(k.Name)+" record is kept", body, nil).Width(640).More(review, rules)
	dialog.Open(d.Window())
}

// Arithmetic shows the date of a record and each step to it, why it is kept,
// and what would move the date.
func Arithmetic(k app.Kept) []fyne.CanvasObject {
	text, tone := State(k.Status)
	all := []fyne.CanvasObject{kit.TopRow(12, kit.Grow(kit.NewText(k.Line)), kit.Wide(84, kit.NewChip(tone, text)))}
	if len(k.Steps) > 0 {
		all = append(all, section("Each date"))
		for _, s := range k.Steps {
			all = append(all, step(s))
		}
		if len(k.Steps) > 1 {
			all = append(all, kit.Pad(6, 0, 0, 0, kit.NewSmall("The latest date counts.")))
		}
	}
	all = append(all, paragraphs("Why it is kept", k.Why)...)
	return append(all, paragraphs("What would move the date", k.Moves)...)
}

// step shows one date with its sum and the rule that asks for it; the one that
// decides is marked.
func step(s retention.Step) fyne.CanvasObject {
	says := kit.NewText(phrase.Capital(s.Says))
	until := kit.NewLabel(days.Short(s.Until))
	mark := look.IconName("")
	if s.Decides {
		says.Bold()
		until = kit.NewStrong(days.Short(s.Until))
		mark = look.Check
	}
	lines := kit.Column(1, says)
	if s.Source != "" {
		lines.Add(kit.NewSmall(s.Source))
	}
	return kit.Pad(5, 0, 5, 0, kit.TopRow(8, kit.Wide(20, kit.NewPicture(mark, look.Green)), kit.Wide(112, until), kit.Grow(lines)))
}

func section(title string) fyne.CanvasObject { return kit.Pad(16, 0, 4, 0, kit.NewSection(title)) }

func paragraphs(title string, all []string) []fyne.CanvasObject {
	if len(all) == 0 {
		return nil
	}
	lines := []fyne.CanvasObject{section(title)}
	for _, text := range all {
		lines = append(lines, kit.Pad(2, 0, 2, 0, kit.NewText(text)))
	}
	return lines
}

// standing shows the holds that stand, each to be lifted.
func standing(d desk.Desk, k app.Kept, holds []record.Hold, leave func(func(func())) func()) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, h := range holds {
		if !h.Lifted.IsZero() {
			continue
		}
		if len(all) == 0 {
			all = append(all, section("Legal holds"))
		}
		whose := k.Name
		matter := h.Matter
		if h.Client == record.Book {
			whose, matter = "", fmt.Sprintf("%s, on every record", h.Matter)
		}
		lift := kit.NewButton("Lift", leave(func(then func()) { AskLift(d, h, whose, then) })).Small()
		all = append(all, kit.Pad(4, 0, 4, 0, kit.TopRow(10, kit.Grow(kit.Column(1, kit.NewText(matter), kit.NewSmall(phrase.Capital(HoldLine(h))))), lift)))
	}
	return all
}

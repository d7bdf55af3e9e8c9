package retention

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// review is the last look at one record: what it holds, by what arithmetic it
// is kept, and what can be done with it now.
type review struct {
	desk   desk.Desk
	back   func()
	client record.ClientID
	look   app.LastLook
	zone   *time.Location
	run    int
	gone   *record.Destruction // it was destroyed from here

	title    *kit.Label
	subtitle *kit.Label
	tools    *fyne.Container // above, beside the title
	body     *fyne.Container
	scroll   *kit.Scroll
	why      *kit.Text // why it cannot be destroyed
	foot     *fyne.Container
	leaving  *kit.Button
	produce  *kit.Button
	longer   *kit.Button
	destroy  *kit.Button
	content  *fyne.Container
}

func newReview(d desk.Desk, back func()) *review {
	r := &review{desk: d, back: back, zone: time.Local, title: kit.NewTitle(""), subtitle: kit.NewSubtitle(""), body: kit.Column(0), why: kit.NewSmall("")}
	r.leaving = kit.NewLink("Records", r.leave).Icon(look.ArrowLeft)
	r.produce = kit.NewButton("Produce a last copy", func() { d.Go(desk.Place{Page: desk.Produce, Client: r.client}) })
	r.longer = kit.NewButton("Keep longer", func() { keep.AskLonger(d, r.look.Kept, nil) })
	r.destroy = kit.NewDanger("Destroy", r.askDestroy)
	r.tools = kit.Row(8,
		kit.NewButton("Go to the record", func() { d.Go(desk.Place{Page: desk.Clients, Client: r.client}) }),
		kit.NewButton("Place a legal hold", func() { keep.AskHold(d, r.client, r.look.Name, nil) }))
	r.scroll = kit.NewScroll(kit.Pad(8, 22, 24, 22, kit.TopRow(0, kit.Grow(r.body))))
	const inset = 6 // of a link's text
	head := kit.Column(4, kit.Pad(0, 0, 0, -inset, kit.Row(0, r.leaving, kit.Space())), kit.TopRow(12, kit.Grow(kit.Column(2, r.title, r.subtitle)), r.tools))
	r.foot = kit.Column(0, kit.Rule(), kit.On(look.Ground, kit.Pad(12, 22, 12, 22, kit.Row(10, kit.Grow(r.why), r.produce, r.longer, r.destroy))))
	r.content = kit.Frame(kit.Pad(10, 22, 6, 22, head), r.foot, nil, nil, r.scroll)
	return r
}

// open shows a record, from its top on.
func (r *review) open(client record.ClientID) {
	r.client, r.gone, r.look = client, nil, app.LastLook{}
	r.title.SetText("")
	r.subtitle.SetText("")
	r.body.Objects = nil
	r.foot.Hide()
	r.tools.Hide()
	r.content.Refresh()
	r.refresh()
	r.scroll.Top()
	r.focus()
}

func (r *review) focus() { kit.Focus(r.leaving) }

func (r *review) leave() {
	r.run++
	r.client = 0
	r.back()
}

func (r *review) refresh() {
	if r.gone != nil {
		return
	}
	r.run++
	run, client := r.run, r.client
	var last app.LastLook
	var settings record.Practice
	r.desk.Load(func(ctx context.Context) (err error) {
		if settings, err = r.desk.Practice().Settings(ctx); err != nil {
			return err
		}
		last, err = r.desk.Practice().LastLook(ctx, client)
		return err
	}, func(err error) {
		switch {
		case run != r.run:
		case err != nil:
			r.desk.Fail(err)
			r.leave()
		default:
			r.zone = record.LoadZone(settings.Zone)
			r.show(last)
		}
	})
}

func (r *review) show(last app.LastLook) {
	r.look = last
	r.title.SetText(last.Name)
	line := "record " + last.Number + " · " + string(last.Kind)
	if !last.Closed.IsZero() {
		line += " · closed " + days.Short(last.Closed)
	}
	if !last.Died.IsZero() {
		line += " · died " + days.Short(last.Died)
	}
	r.subtitle.SetText(line)
	r.body.Objects = append(keep.Arithmetic(last.Kept), r.holds()...)
	r.body.Objects = append(r.body.Objects, r.duties()...)
	r.body.Objects = append(r.body.Objects, r.backups()...)
	r.body.Objects = append(r.body.Objects, r.copies()...)
	why := notDue(last.Kept)
	r.why.SetText(why)
	setEnabled(r.destroy, why == "")
	r.foot.Show()
	r.tools.Show()
	r.body.Refresh()
	r.scroll.Fit()
	r.content.Refresh()
}

func setEnabled(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// notDue says why a record cannot be destroyed, "" where it can.
func notDue(k app.Kept) string {
	switch k.Status {
	case record.KeepDue:
		return ""
	case record.KeepHeld:
		return "A legal hold stands: nothing of it is destroyed until the hold is lifted."
	case record.KeepBlocked:
		return "Its date has passed, and something open forbids destroying it: see above."
	case record.KeepUnknown:
		return "No date can be given yet, so it is kept: see above what is missing."
	}
	return "It is not due, so nothing can destroy it."
}

// destroyed shows what was done, in place of the record. copies in the vault's
// folder may hold it still.
func (r *review) destroyed(d record.Destruction, name string, copies int) {
	r.gone = &d
	r.run++
	r.title.SetText("The record of " + names.In(name) + " is destroyed")
	r.subtitle.SetText("Certificate " + d.Certificate)
	r.tools.Hide()
	r.foot.Hide()
	(&done{review: r, of: d, held: len(r.look.Backups), copies: copies}).show()
	r.scroll.Top()
}

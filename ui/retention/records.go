package retention

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// records lists every record by where it stands, and reviews one of them.
type records struct {
	desk desk.Desk
	list []app.Kept
	ask  record.ClientID // to be reviewed once the part is shown
	run  int

	subtitle *kit.Label
	search   *kit.Search
	filter   *kit.Segments
	table    *table
	none     fyne.CanvasObject // there are no records yet
	all      fyne.CanvasObject
	review   *review
	host     *fyne.Container
}

func newRecords(d desk.Desk) *records {
	r := &records{desk: d, subtitle: kit.NewSubtitle("")}
	r.search = kit.NewSearch("Find a record by name or number", "")
	r.search.OnChanged = func(string) { r.draw() }
	r.search.OnMove = func(ev *fyne.KeyEvent) { r.table.rows.Key(ev) }
	r.search.OnEnter = func(string) { r.table.enter() }
	r.filter = kit.NewSegments(filterNames(nil), 0, func(int) { r.draw() })
	r.none = kit.Empty("No records yet", "Once there are clients, each stands here with the date until which its record is kept, and why.",
		kit.NewButton("Add a client", func() { d.Go(desk.Place{Page: desk.Clients, Part: "add"}) }).Shortcut("Ctrl Shift N"))
	r.table = newTable(r.none)
	r.review = newReview(d, r.back)
	head := kit.Column(10, kit.Column(2, kit.NewTitle("Records"), r.subtitle),
		kit.TopRow(12, kit.Wide(270, r.search), kit.Space()), r.filter)
	r.all = kit.Frame(kit.Pad(18, 22, 10, 22, head), nil, nil, nil, r.table.body)
	r.host = container.NewStack(r.all, r.review.content)
	r.review.content.Hide()
	return r
}

func (r *records) content() fyne.CanvasObject { return r.host }

// want makes the review of a record come up when the part is shown.
func (r *records) want(client record.ClientID) { r.ask = client }

func (r *records) show(keys bool) {
	switch {
	case r.ask != 0:
		r.open(r.ask)
		r.ask = 0
	case !r.reviewing():
		r.table.keys = keys
	case keys:
		r.review.focus()
	}
	r.refresh()
}

func (r *records) reviewing() bool { return r.review.content.Visible() }

func (r *records) refresh() {
	if r.reviewing() {
		r.review.refresh()
	}
	r.run++
	run := r.run
	var list []app.Kept
	r.desk.Load(func(ctx context.Context) (err error) {
		list, err = r.desk.Practice().Keep(ctx)
		return err
	}, func(err error) {
		switch {
		case run != r.run:
		case err != nil:
			r.desk.Fail(err)
		default:
			r.list = list
			r.filter.SetOptions(filterNames(list))
			r.draw()
		}
	})
}

// key leaves the review with Escape, and places a hold on its record.
func (r *records) key(name string) bool {
	switch {
	case !r.reviewing():
		return false
	case name == desk.KeyEscape:
		r.review.leave()
	case name == desk.KeyHold && r.review.gone == nil:
		keep.AskHold(r.desk, r.review.client, r.review.look.Name, nil)
	default:
		return false
	}
	return true
}

func (r *records) open(client record.ClientID) {
	r.all.Hide()
	r.review.content.Show()
	r.host.Refresh()
	r.review.open(client)
}

// back goes from the review to the list.
func (r *records) back() {
	r.review.content.Hide()
	r.all.Show()
	r.host.Refresh()
	r.table.keys = true
	r.refresh()
}

// draw shows what the search and the filter leave, in groups.
func (r *records) draw() {
	var list []app.Kept
	for _, k := range r.list {
		if passes(k, max(r.filter.Chosen(), 0)) && named(k, r.search.Text()) {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b app.Kept) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Until.String(), b.Until.String()), cmp.Compare(a.Name, b.Name))
	})
	var lines []line
	group := ""
	for _, k := range list {
		if g := groupOf(k); g != group {
			group = g
			lines = append(lines, line{head: g})
		}
		lines = append(lines, r.line(k))
	}
	instead := r.none
	if len(r.list) > 0 {
		instead = r.nobody()
	}
	r.table.instead(instead)
	r.subtitle.SetText(says(r.list))
	r.table.fill(lines)
	r.host.Refresh()
}

func (r *records) line(k app.Kept) line {
	text, tone := keep.State(k.Status)
	open := func() { r.open(k.Client) }
	l := row(k.Client.String(), k.Number, names.In(k.Name), k.Line, text, tone)
	if k.Status == record.KeepDue {
		return l.act("Review", open)
	}
	return l.act("Look", open)
}

// nobody says what to do where the search or the filter leaves nothing.
func (r *records) nobody() fyne.CanvasObject {
	if r.search.Text() != "" {
		return kit.Empty("No record of this name or number", "A record that was destroyed stands under Destroyed, with its number and initials.",
			kit.NewButton("Show all", func() {
				r.search.SetText("")
				r.filter.Choose(0)
				r.draw()
			}))
	}
	empty := map[record.KeepStatus][2]string{
		record.KeepDue:     {"No record is due", "A record comes up here when its date has passed and nothing forbids destroying it. Nothing is ever destroyed by itself."},
		record.KeepHeld:    {"No record is under a legal hold", "At a subpoena, a complaint or an expected lawsuit, place a hold at once: Ctrl Shift H on the client’s page."},
		record.KeepBlocked: {"No record is blocked", "An open request, an open incident or an entry of the last year blocks a record whose date has passed."},
		record.KeepUnknown: {"Every record has a date", "A record has none where its state’s rule is not confirmed, or a birth date is not known."},
		record.KeepKept:    {"No record is in this group", "A closed record stands here with the year in which its date comes."},
	}[filters[max(r.filter.Chosen(), 0)].status]
	return kit.Empty(empty[0], empty[1])
}

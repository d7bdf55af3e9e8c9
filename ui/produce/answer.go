package produce

import (
	"context"
	"slices"

	"casekeep/app"
	entryform "casekeep/app/form"
	"casekeep/ui/clients/phrase"
	entrysheet "casekeep/ui/sheet"
	"casekeep/vault/record"
)

// offerAnswer lets the answer be recorded to the open request, the soonest due,
// that a produced record can be the answer of.
func (p *page) offerAnswer() {
	p.request = 0
	client := p.client.ID
	var list []app.Request
	p.desk.Load(func(ctx context.Context) (err error) {
		list, err = p.desk.Practice().Requests(ctx, client)
		return err
	}, func(err error) {
		at := slices.IndexFunc(list, answerable)
		switch {
		case err != nil:
			p.desk.Fail(err)
		case at >= 0 && client == p.client.ID:
			p.request = list[at].ID
			p.done.answer.Show()
			p.done.inner.Refresh()
		}
	})
}

func answerable(r app.Request) bool {
	return r.Open() && (r.Kind == record.RequestCopy || r.Kind == record.RequestAccess || r.Kind == record.RequestTransfer)
}

// answer opens the answer with what was produced.
func (p *page) answer() {
	made := p.done.of
	sent := phrase.Count(made.Entries, "entry", "entries") + " on " + phrase.Count(made.Pages, "page", "pages") + ", as " + made.Disclosure.File + ", to " + made.Disclosure.To
	entrysheet.Open(p.desk, entrysheet.Ask{Client: p.client.ID, Form: record.FormRequestAnswered, About: p.request,
		Values: entryform.Values{"outcome": record.AnswerGiven, "sent": sent},
		Done: func(record.Entry) {
			p.done.answer.Hide()
			p.offerAnswer()
		}})
}

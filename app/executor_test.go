package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// An executor sees this week's clients and changes nothing; what they opened is
// in the trail under their name.
func TestViewAsExecutor(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill", "+1 601 555 0142")
	w.log(ada, "hello")
	addClient(t, w.Practice, "Bo Larsen")
	w.must(w.Lock())
	p, err := app.Unlock(ctx, w.dir, passphrase, w.config)
	w.must(err)
	for _, wrong := range []struct {
		who    string
		length time.Duration
	}{{"", time.Hour}, {"Maria Osei", 0}, {"Maria Osei", 100 * time.Hour}} {
		if p.ViewAsExecutor(ctx, wrong.who, wrong.length) == nil {
			t.Errorf("%+v was taken", wrong)
		}
	}
	w.must(p.ViewAsExecutor(ctx, "Maria Osei", 2*time.Hour))
	if e := p.Executor(); e == nil || e.Who != "Maria Osei" || !e.Until.Equal(w.now.Add(2*time.Hour)) {
		t.Errorf("executor: %+v", e)
	}
	week, err := p.ThisWeek(ctx)
	w.must(err)
	if len(week.Clients) != 1 || week.Clients[0].Client.Name != "Ada Quill" || len(week.Clients[0].Client.Contacts) != 1 {
		t.Errorf("this week: %+v", week.Clients)
	}
	if _, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "no"}); !errors.Is(err, app.ErrReadOnly) || !strings.Contains(err.Error(), "Maria Osei") {
		t.Errorf("logging: %v", err)
	}
	if _, err := p.OpenClient(ctx, ada.ID); err != nil {
		t.Error(err)
	}
	w.must(p.Lock())
	p, err = app.Unlock(ctx, w.dir, passphrase, w.config)
	w.must(err)
	defer p.Lock()
	events, err := p.History(ctx, ada.ID, 1)
	w.must(err)
	if events[0].Action != "client.open" || events[0].Actor != "Maria Osei" {
		t.Errorf("the last event is %+v", events[0])
	}
	if _, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "yes"}); err != nil {
		t.Errorf("the practitioner cannot work again: %v", err)
	}
	whole(t, p)
}

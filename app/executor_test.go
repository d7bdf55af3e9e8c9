package app_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
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
	abe := addClient(t, w.Practice, "Abe Early")
	_, err := w.Log(ctx, record.Entry{Client: abe.ID, Channel: record.Text, Direction: record.In, At: w.now.AddDate(0, 0, -10), Body: "until then"})
	w.must(err)
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
	if len(week.Clients) != 2 || week.Clients[0].Client.Name != "Ada Quill" || week.Clients[1].Client.Name != "Abe Early" || len(week.Clients[0].Client.Contacts) != 1 {
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

// Whatever an executor tries, nothing is changed, nothing that is out of sight
// comes out, and no file is left that says otherwise.
func TestExecutorChangesNothing(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill", "+1 601 555 0142")
	w.log(ada, "hello")
	list, err := w.Timeline(ctx, ada.ID, app.Page{})
	w.must(err)
	entry := list[0].ID
	w.must(w.AddBackupTarget(ctx, w.target))
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 1}}))
	w.backUp()
	w.log(ada, "later")
	w.must(w.ViewAsExecutor(ctx, "Maria Osei", 2*time.Hour))
	out := t.TempDir()
	file := func(name string) string { return filepath.Join(out, name) }
	seal := app.Sealing{Passphrase: "gravel lantern Monday"}
	for what, do := range map[string]func() error{
		"a draft":        func() error { return w.SaveDraft(ctx, ada.ID, "x") },
		"a task put off": func() error { return w.PutOffTask(ctx, "gaps", record.DateOf(w.now.AddDate(0, 1, 0)), "later") },
		"settings":       func() error { return w.SetSettings(ctx, record.Practice{Name: "Mine"}) },
		"a hold":         func() error { _, err := w.PlaceHold(ctx, record.Hold{Client: ada.ID, Matter: "m"}); return err },
		"a closing":      func() error { return w.CloseClient(ctx, ada.ID, record.DateOf(w.now), "") },
		"a strike":       func() error { return w.Strike(ctx, entry, "wrong") },
		"a file": func() error {
			_, err := w.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "x"}, app.Upload{Name: "x", Open: nothing})
			return err
		},
		"a rule": func() error { return w.ConfirmRetentionRule(ctx, "US-TX") },
		"a destruction": func() error {
			_, err := w.Destroy(ctx, ada.ID, app.Confirm{Name: "Ada Quill", Passphrase: passphrase}, nil)
			return err
		},
		"a cleared backup": func() error { _, err := w.ClearBackups(ctx, nil); return err },
		"an export":        func() error { _, err := w.ExportWhole(ctx, file("whole.age"), seal, nil); return err },
		"a transfer": func() error {
			_, err := w.Transfer(ctx, app.TransferRequest{Client: ada.ID, To: "me", Purpose: "p", Out: file("ada.age"), Sealed: seal}, nil)
			return err
		},
		"a record": func() error {
			_, err := w.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "me", Purpose: "p", Out: file("ada.pdf")}, nil)
			return err
		},
	} {
		if err := do(); what != "a destruction" && !errors.Is(err, app.ErrReadOnly) || err == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, print := range map[string]func(app.PaperFile) (app.Printed, error){
		"first-hour": func(out app.PaperFile) (app.Printed, error) { return w.FirstHour(ctx, out, true) },
		"fallback":   func(out app.PaperFile) (app.Printed, error) { return w.PaperFallback(ctx, out, ada.ID) },
	} {
		_, err := print(app.PaperFile{Path: filepath.Join(t.TempDir(), what+".pdf")})
		w.must(err)
		events, err := w.History(ctx, ada.ID, 1)
		w.must(err)
		if events[0].Action != "paper."+what || events[0].Actor != "Maria Osei" {
			t.Errorf("%s is noted as %+v", what, events[0])
		}
	}
	if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if b := w.backUp(); b.Pruned != 0 {
		t.Errorf("an executor's backup removed %d others", b.Pruned)
	}
	w.must(w.Lock())
	p, err := app.Unlock(ctx, w.dir, passphrase, w.config)
	w.must(err)
	defer p.Lock()
	whole(t, p)
	if list, err = p.Timeline(ctx, ada.ID, app.Page{}); err != nil || len(list) != 2 {
		t.Errorf("%d entries, %v", len(list), err)
	}
}

func nothing() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil }

package app

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"casekeep/app/form"
	"casekeep/vault"
	"casekeep/vault/record"
)

// A record that came from elsewhere can state anything in any of its forms: what
// is said of all the other records stays as it was.
func TestStrangeFormsBreakNoPage(t *testing.T) {
	ctx := context.Background()
	p, err := Create(ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre Venice 42", record.Practice{Name: "P", Zone: "UTC", Jurisdiction: "US-TX"}, Config{WorkFactor: 10, StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Lock() })
	bo, err := p.AddClient(ctx, record.Client{Name: "Bo Larsen", Jurisdiction: "US-TX"})
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{`7`, `"x"`, `null`, `[7]`, `["x"]`, `{"a":1}`, `[{"a":1}]`, `"2019-13-45"`, `"9999-12-31"`} {
		ada, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-TX"})
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range form.All() {
			if !spec.In(ada.ID) {
				continue
			}
			data := map[string]json.RawMessage{}
			for _, f := range spec.Fields() {
				data[f.Key] = json.RawMessage(value)
			}
			text, err := json.Marshal(data)
			if err != nil {
				t.Fatal(err)
			}
			e, err := p.v.File(ctx, vault.Filing{Entry: record.Entry{Client: ada.ID, Form: spec.Form, Subject: "s", Body: "b", Data: text}})
			if err != nil {
				t.Fatal(err)
			}
			for page, read := range map[string]func() error{
				"today":     func() error { _, err := p.Today(ctx); return err },
				"standings": func() error { _, err := p.Standings(ctx); return err },
				"keep":      func() error { _, err := p.Keep(ctx); return err },
				"closing":   func() error { _, err := p.Closing(ctx); return err },
				"week":      func() error { _, err := p.ThisWeek(ctx); return err },
				"incidents": func() error { _, err := p.Incidents(ctx); return err },
				"offers":    func() error { _, err := p.OfferClosing(ctx); return err },
				"other":     func() error { _, err := p.Standing(ctx, bo.ID); return err },
				"requests":  func() error { _, err := p.Requests(ctx, 0); return err },
				"timeline":  func() error { _, err := p.Timeline(ctx, ada.ID, Page{}); return err },
			} {
				if err := read(); err != nil {
					t.Errorf("%s of %s: %s: %v", value, spec.Form, page, err)
				}
			}
			// Its own record may say that it cannot be read; it panics nowhere.
			_, _ = p.Standing(ctx, ada.ID)
			_, _ = p.Signs(ctx, ada.ID)
			_, _ = p.Beside(ctx, ada.ID)
			_, _ = p.Channels(ctx, ada.ID)
			_, _ = p.Marks(ctx, ada.ID, []record.Entry{e})
			_, _, _ = p.Correct(ctx, e.ID)
			_, _ = p.Prepare(ctx, ada.ID, spec.Form, e.ID)
			_, _ = p.StandingReport(ctx, ada.ID, PaperFile{Path: filepath.Join(t.TempDir(), "s.pdf")})
			if t.Failed() {
				return
			}
		}
	}
}

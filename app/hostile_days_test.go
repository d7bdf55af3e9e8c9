package app_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// moving gives a practice whose clock a test moves.
func moving(t *testing.T, zone string, at *time.Time) *app.Practice {
	t.Helper()
	c := config(t)
	c.Now = func() time.Time { return *at }
	p, err := app.Create(ctx, filepath.Join(t.TempDir(), "v"), passphrase, record.Practice{Name: "P", Zone: zone}, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Lock() })
	return p
}

// Of two entries about one day the one that was written later holds, though
// the other stands at its hour and this one at noon.
func TestWhatWasWrittenLaterOfADayHolds(t *testing.T) {
	for _, zone := range []string{"America/Chicago", "Pacific/Apia", "Pacific/Pago_Pago"} {
		loc := record.LoadZone(zone)
		at := time.Date(2026, 11, 20, 15, 0, 0, 0, loc)
		p := moving(t, zone, &at)
		ada := addClient(t, p, "Ada Quill")
		file := func(f record.Form, v form.Values) record.Entry {
			t.Helper()
			e, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: f, Values: v})
			if err != nil {
				t.Fatal(zone, err)
			}
			return e
		}
		plan := func(on, risk, flag string) {
			file(record.FormSafetyPlan, form.Values{"on": on, "risk": risk, "flag": flag, "signs": "s", "coping": "c", "people": "p", "means": "m"})
		}
		line := func() string {
			c, err := p.OpenClient(ctx, ada.ID)
			if err != nil {
				t.Fatal(err)
			}
			return c.Risk
		}
		file(record.FormChannel, form.Values{"channel": "text", "decision": "allowed", "since": "2026-11-20", "how": "verbal"})
		plan("2026-11-20", "watch", "FIRST")
		at = at.AddDate(0, 0, 1)
		file(record.FormChannel, form.Values{"channel": "text", "decision": "revoked", "since": "2026-11-20"})
		plan("2026-11-20", "high", "SECOND")
		list, err := p.Channels(ctx, ada.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if c.Channel == record.Text && c.Allowed() {
				t.Errorf("%s: texting is allowed, though that was revoked", zone)
			}
		}
		if !strings.Contains(line(), "SECOND") {
			t.Errorf("%s: the risk line says %q", zone, line())
		}
		plan("2020-02-29", "high", "PAPER")
		if !strings.Contains(line(), "SECOND") {
			t.Errorf("%s: an old plan that was entered late took the line: %q", zone, line())
		}
		plan("2026-11-21", "watch", "THIRD")
		third, err := p.Forms(ctx, ada.ID, record.FormSafetyPlan)
		if err != nil || !strings.Contains(line(), "THIRD") {
			t.Fatal(line(), err)
		}
		if err := p.Strike(ctx, third[0].ID, "wrong"); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(line(), "SECOND") {
			t.Errorf("%s: after striking, the risk line says %q", zone, line())
		}
	}
}

// An acknowledgment that was withdrawn on the day on which it was given is
// withdrawn, whenever that was entered.
func TestAConsentWithdrawnTheSameDay(t *testing.T) {
	at := time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)
	p := moving(t, "UTC", &at)
	ada := addClient(t, p, "Ada Quill")
	publish(t, p, app.PolicyDraft{Topic: "informed-consent", Text: "I see you."})
	able := []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}
	acknowledge(t, p, ada.ID, func(v form.Values) { v["signers"] = able })
	at = at.AddDate(0, 0, 1)
	acknowledge(t, p, ada.ID, func(v form.Values) {
		v["decision"], v["on"], v["signers"] = "withdrawn", "2026-11-20", able
		if _, ok := v["policies"]; !ok {
			v["policies"] = []record.PolicyRef{policyOf(t, p, "informed-consent").Versions[0].Ref()}
		}
	})
	s, err := p.Standing(ctx, ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Findings {
		if f.ID == "TSP 2.01" && f.Status == "documented" {
			t.Errorf("%s: %s", f.Status, f.Says)
		}
	}
}

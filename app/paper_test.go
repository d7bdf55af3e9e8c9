package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

func fileOn(t *testing.T, p *app.Practice, client record.ClientID, f record.Form, v form.Values) record.Entry {
	t.Helper()
	e, err := p.File(ctx, app.FormRequest{Client: client, Form: f, Values: v})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var cardValues = form.Values{"where": "at home, Jackson, Mississippi", "services": "Hinds County, +1 601 555 0199",
	"contact": "Inés", "relation": "sister", "reach": "+1 601 555 0143", "may_tell": "that there is a crisis", "not": "her former husband"}

func audited(t *testing.T, p *app.Practice, client record.ClientID, action string) int {
	t.Helper()
	events, err := p.History(ctx, client, 50)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range events {
		if e.Action == action {
			n++
		}
	}
	return n
}

func TestEmergencyCardIsPrintedAndNoted(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	out := app.PaperFile{Path: filepath.Join(t.TempDir(), "card.pdf")}
	if _, err := p.EmergencyCard(ctx, ada.ID, out); err == nil || !strings.Contains(err.Error(), "fill it in first") {
		t.Errorf("without a card: %v", err)
	}
	fileOn(t, p, ada.ID, record.FormEmergency, cardValues)
	made, err := p.EmergencyCard(ctx, ada.ID, out)
	if err != nil || made.Pages != 1 {
		t.Fatalf("%+v, %v", made, err)
	}
	if text := read(t, out.Path); !strings.Contains(text, "Hinds County") || !strings.Contains(text, "her former husband") {
		t.Errorf("the card:\n%s", text)
	}
	if n := audited(t, p, ada.ID, "paper.emergency-card"); n != 1 {
		t.Errorf("noted %d times", n)
	}
	if list, _ := p.Disclosures(ctx, ada.ID); len(list) != 0 {
		t.Errorf("a card for oneself is a disclosure: %+v", list)
	}
	if _, err := p.EmergencyCard(ctx, ada.ID, out); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("over a file that is there: %v", err)
	}
	if n := audited(t, p, ada.ID, "paper.emergency-card"); n != 1 {
		t.Errorf("a card that was not printed was noted: %d", n)
	}
	locked := app.PaperFile{Path: filepath.Join(t.TempDir(), "locked.pdf"), Password: "ladder-ochre-42"}
	if _, err := p.EmergencyCard(ctx, ada.ID, locked); err != nil || exec.Command("pdftotext", locked.Path, "-").Run() == nil {
		t.Errorf("with a password: %v", err)
	}
	whole(t, p)
}

func TestFallbackNamesWhoCameLately(t *testing.T) {
	p := newPractice(t)
	ada, lena, harold, tomas := addClient(t, p, "Ada Quill", "(601) 555-0142"), addClient(t, p, "Lena Ptak"), addClient(t, p, "Harold Pruitt"), addClient(t, p, "Tomás Rivera")
	logText(t, p, ada, now.Add(-72*time.Hour), "hello")
	logText(t, p, lena, now.AddDate(0, 0, -20), "weeks ago")
	logText(t, p, harold, now.Add(-72*time.Hour), "good-bye")
	if err := p.CloseClient(ctx, harold.ID, record.DateOf(now), "goals reached"); err != nil {
		t.Fatal(err)
	}
	fileOn(t, p, ada.ID, record.FormEmergency, cardValues)
	out := app.PaperFile{Path: filepath.Join(t.TempDir(), "week.pdf")}
	if _, err := p.PaperFallback(ctx, out); err != nil {
		t.Fatal(err)
	}
	text := read(t, out.Path)
	for _, want := range []string{"Keep this locked away. Shred it", "Ada Quill", "(601) 555-0142", "Inés, sister, +1 601 555 0143", "since November 7, 2026", "1 client"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper lacks %q:\n%s", want, text)
		}
	}
	for _, absent := range []string{"Lena", "Harold", "Tomás", "hello"} {
		if strings.Contains(text, absent) {
			t.Errorf("the paper holds %q", absent)
		}
	}
	if audited(t, p, ada.ID, "paper.fallback") != 1 || audited(t, p, lena.ID, "paper.fallback") != 0 {
		t.Error("the trails do not say who is on the paper")
	}
	chosen := app.PaperFile{Path: filepath.Join(t.TempDir(), "chosen.pdf")}
	if _, err := p.PaperFallback(ctx, chosen, tomas.ID, lena.ID); err != nil {
		t.Fatal(err)
	}
	if text := read(t, chosen.Path); strings.Contains(text, "Ada") || strings.Index(text, "Lena") > strings.Index(text, "Tomás") {
		t.Errorf("of chosen ones:\n%s", text)
	}
}

func TestFirstHourNamesNobodyUnlessAsked(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	settings, err := p.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings.Regulator.Name, settings.HIPAA, settings.Backups = "Board of Examiners", "yes", "a drive in the bank"
	if err := p.SetSettings(ctx, settings); err != nil {
		t.Fatal(err)
	}
	fileOn(t, p, record.Book, record.FormVendor, form.Values{"name": "Delta Voice", "service": "phone", "agreement": "none"})
	drawer, named := app.PaperFile{Path: filepath.Join(t.TempDir(), "a.pdf")}, app.PaperFile{Path: filepath.Join(t.TempDir(), "b.pdf")}
	if _, err := p.FirstHour(ctx, drawer, false); err != nil {
		t.Fatal(err)
	}
	text := read(t, drawer.Path)
	for _, want := range []string{"Board of Examiners", "a drive in the bank", "Delta Voice", "as soon as possible", "60 days"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q", want)
		}
	}
	if strings.Contains(text, "Ada") || audited(t, p, ada.ID, "paper.first-hour") != 0 {
		t.Errorf("the sheet for the drawer names somebody:\n%s", text)
	}
	if _, err := p.FirstHour(ctx, named, true); err != nil {
		t.Fatal(err)
	}
	if text := read(t, named.Path); !strings.Contains(text, "Ada Quill") || audited(t, p, ada.ID, "paper.first-hour") != 1 {
		t.Errorf("the named sheet:\n%s", text)
	}
}

func TestPapersFailWhole(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	for name, try := range map[string]func(app.PaperFile) (app.Printed, error){
		"first hour": func(out app.PaperFile) (app.Printed, error) { return p.FirstHour(ctx, out, false) },
		"fallback":   func(out app.PaperFile) (app.Printed, error) { return p.PaperFallback(ctx, out, ada.ID) },
	} {
		for where, path := range map[string]string{"nowhere": " ", "a folder that is gone": filepath.Join(t.TempDir(), "gone", "x.pdf")} {
			if made, err := try(app.PaperFile{Path: path}); err == nil || made.File != "" {
				t.Errorf("%s into %s: %+v, %v", name, where, made, err)
			}
		}
	}
	dir := t.TempDir()
	if _, err := p.PaperFallback(ctx, app.PaperFile{Path: filepath.Join(dir, "x.pdf")}, 99); err == nil {
		t.Error("of a client that is not there")
	}
	if _, err := p.PolicyHandout(ctx, 99, app.PaperFile{Path: filepath.Join(dir, "x.pdf")}); err == nil {
		t.Error("of a policy that is not there")
	}
	version, err := p.PublishPolicy(ctx, app.PolicyDraft{Topic: "records", Text: "# Your record\n\nI keep it."})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Strike(ctx, version.ID, "the wrong text"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.PolicyHandout(ctx, version.ID, app.PaperFile{Path: filepath.Join(dir, "x.pdf")}); err == nil || !strings.Contains(err.Error(), "struck through") {
		t.Errorf("a version that was struck through: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if audited(t, p, ada.ID, "paper.fallback") != 0 {
		t.Error("what was not printed was noted")
	}
}

// The executor's sheet names the same clients as the paper fallback, and where
// the records are.
func TestExecutorSheet(t *testing.T) {
	p := newPractice(t)
	ada, lena := addClient(t, p, "Ada Quill", "(601) 555-0142"), addClient(t, p, "Lena Ptak")
	logText(t, p, ada, now.Add(-72*time.Hour), "hello")
	if err := os.Mkdir(filepath.Join(p.Dir(), "holders"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Dir(), "holders", "Maria Osei.age"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out := app.PaperFile{Path: filepath.Join(t.TempDir(), "executor.pdf")}
	if _, err := p.ExecutorSheet(ctx, out); err != nil {
		t.Fatal(err)
	}
	text := read(t, out.Path)
	for _, want := range []string{"For the professional executor", "Test.casekeep", "Ada Quill", "(601) 555-0142", "Maria Osei"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Lena") || strings.Contains(text, passphrase) {
		t.Errorf("the paper says too much:\n%s", text)
	}
	if audited(t, p, ada.ID, "paper.executor") != 1 || audited(t, p, lena.ID, "paper.executor") != 0 {
		t.Error("the trails do not say who is on the paper")
	}
}

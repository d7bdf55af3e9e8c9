package app_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

// read gives a PDF's text as poppler extracts it.
func read(t *testing.T, pdf string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (Debian's poppler-utils): %v", err)
	}
	return string(out)
}

func logText(t *testing.T, p *app.Practice, c record.Client, at time.Time, body string) record.Entry {
	t.Helper()
	e, err := p.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: at, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestProduceWritesFileAndDisclosureTogether(t *testing.T) {
	p := newPractice(t)
	ada, other := addClient(t, p, "Ada Quill"), addClient(t, p, "Lena Ptak")
	first := logText(t, p, ada, now.Add(-72*time.Hour), "beyond the period")
	logText(t, p, ada, now.Add(-25*time.Hour), "Grüße, see you Thursday 🙂")
	logText(t, p, ada, now.Add(-24*time.Hour), "明天见 and شكرا")
	logText(t, p, other, now.Add(-24*time.Hour), "about somebody else")
	from, _ := record.ParseDate("2026-11-20")
	out := filepath.Join(t.TempDir(), "ada.pdf")
	made, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "Hinds County Court", Purpose: "court order", From: from, Out: out}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, out)
	for _, want := range []string{"Grüße, see you Thursday", "🙂", "明天见", "شكرا", "Hinds County Court", "court order", "Ada Quill", "Entries before November 20, 2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
	for _, foreign := range []string{"beyond the period", "somebody else"} {
		if strings.Contains(text, foreign) {
			t.Errorf("the PDF holds %q", foreign)
		}
	}
	content, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.Disclosures(ctx, ada.ID)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d disclosures, %v", len(list), err)
	}
	if d := list[0]; d.SHA256 != sha256.Sum256(content) || d.Entries != 2 || d.Pages != made.Pages || d.To != "Hinds County Court" || d.File != "ada.pdf" {
		t.Errorf("disclosure: %+v", d)
	}
	if e, _ := p.Entry(ctx, first.ID); e.Released {
		t.Error("an entry outside the period counts as released")
	}
}

func TestAPeriodNamesNoFileFromOutsideIt(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	for name, sent := range map[string]time.Time{"relapse-in-march.xml": now.AddDate(0, -8, 0), "housing.xml": now.AddDate(0, 0, -1)} {
		file := write(t, name, fmt.Sprintf(`<smses count="1"><sms address="6015550142" date="%d" type="1" body="x"/></smses>`, sent.UnixMilli()))
		if _, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: ada.ID}, nil); err != nil {
			t.Fatal(err)
		}
	}
	from, _ := record.ParseDate("2026-11-01")
	out := filepath.Join(t.TempDir(), "ada.pdf")
	if _, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "Landlord", Purpose: "housing", From: from, Out: out}, nil); err != nil {
		t.Fatal(err)
	}
	if text := read(t, out); !strings.Contains(text, "housing.xml") || strings.Contains(text, "relapse") {
		t.Errorf("the files that the record names:\n%s", text)
	}
}

func TestAPeriodEndsWithTheDayThatIsShown(t *testing.T) {
	p := newPractice(t) // in Chicago
	ada := addClient(t, p, "Ada Quill")
	west, _ := record.ParseZone("America/Los_Angeles")
	_, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Call, Direction: record.In, Body: "late in the west",
		At: time.Date(2026, 11, 19, 23, 30, 0, 0, west), Zone: "America/Los_Angeles", ZoneBasis: record.ZoneStated})
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]int{"2026-11-19": 1, "2026-11-20": 0} {
		date, _ := record.ParseDate(day)
		made, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "x", Purpose: "y", From: date, Until: date,
			Out: filepath.Join(t.TempDir(), "ada.pdf")}, nil)
		if err != nil || made.Entries != want {
			t.Errorf("%s: %d entries, want %d, %v", day, made.Entries, want, err)
		}
	}
}

func TestAFailedProduceLeavesNeither(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	logText(t, p, ada, now, "hello")
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.pdf")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	good := app.ProduceRequest{Client: ada.ID, To: "court", Purpose: "order", Out: filepath.Join(dir, "new.pdf")}
	with := func(change func(*app.ProduceRequest)) app.ProduceRequest {
		r := good
		change(&r)
		return r
	}
	for name, try := range map[string]struct {
		ctx context.Context
		req app.ProduceRequest
	}{
		"no receiver":      {ctx, with(func(r *app.ProduceRequest) { r.To = " " })},
		"no purpose":       {ctx, with(func(r *app.ProduceRequest) { r.Purpose = "" })},
		"no file":          {ctx, with(func(r *app.ProduceRequest) { r.Out = "" })},
		"folder is gone":   {ctx, with(func(r *app.ProduceRequest) { r.Out = filepath.Join(dir, "gone", "x.pdf") })},
		"folder is a file": {ctx, with(func(r *app.ProduceRequest) { r.Out = filepath.Join(taken, "x.pdf") })},
		"file exists":      {ctx, with(func(r *app.ProduceRequest) { r.Out = taken })},
		"no such client":   {ctx, with(func(r *app.ProduceRequest) { r.Client = 99 })},
		"period backwards": {ctx, with(func(r *app.ProduceRequest) {
			r.From, r.Until = record.Date{Year: 2026, Month: 2, Day: 2}, record.Date{Year: 2025, Month: 2, Day: 2}
		})},
		"canceled": {canceled, good},
	} {
		if _, err := p.Produce(try.ctx, try.req, nil); err == nil || strings.Contains(err.Error(), ".part") {
			t.Errorf("%s: produced, or a file named that nobody chose: %v", name, err)
		}
	}
	if list, _ := p.Disclosures(ctx, ada.ID); len(list) != 0 {
		t.Errorf("%d disclosures", len(list))
	}
	files, _ := os.ReadDir(dir)
	if content, _ := os.ReadFile(taken); len(files) != 1 || string(content) != "mine" {
		t.Errorf("left behind: %v, %q", files, content)
	}
	whole(t, p)
}

func TestProduceWithPassword(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	logText(t, p, ada, now, "for her eyes")
	out := filepath.Join(t.TempDir(), "ada.pdf")
	_, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "Ada Quill", Purpose: "own request", Out: out, Password: "ladder-ochre-42"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := exec.Command("pdftotext", out, "-").Run(); err == nil {
		t.Error("the file opens without its password")
	}
	text, err := exec.Command("pdftotext", "-upw", "ladder-ochre-42", out, "-").Output()
	if err != nil || !strings.Contains(string(text), "for her eyes") {
		t.Errorf("with its password: %v", err)
	}
}

// What the practice keeps for itself, and how a record stands with the
// standards, is in nobody's record.
func TestTheBookAndTheStandingAreInNoRecord(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	logText(t, p, ada, now, "hello")
	day := record.DateOf(now).String()
	fileOn(t, p, record.Book, record.FormJournal, form.Values{"on": day, "topic": "A colleague", "text": "kestrel secret"})
	fileOn(t, p, record.Book, record.FormVendor, form.Values{"name": "heron hosting", "service": "phone", "agreement": "none"})
	fileOn(t, p, record.Book, record.FormConsultation, form.Values{"on": day, "kind": "consultation", "with": "Dr. Plover", "about": "Ada Quill", "named": "yes", "safe": "yes"})
	incident := fileOn(t, p, record.Book, record.FormIncident, form.Values{"discovered": day, "what": "other", "story": "egret story", "data": "names",
		"clients": []string{ada.ID.String()}, "finding": "not-judged"})
	fileOn(t, p, ada.ID, record.FormSearch, form.Values{"on": day, "where": "register", "terms": "name", "reason": "safety", "basis": "neither",
		"departure": "It was late.", "told": "no"})
	if _, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: record.FormBreachNotice, About: incident.ID,
		Values: form.Values{"on": day, "how": "by telephone", "said": "what happened"}}); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "ada.pdf")
	made, err := p.Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "x", Purpose: "y", Out: out}, nil)
	if err != nil || made.Entries != 3 {
		t.Fatalf("%d entries, %v", made.Entries, err)
	}
	text := read(t, out)
	for _, want := range []string{"hello", "Search note", "Told of a breach", "Follows up the entry with ID " + incident.ID.String()} {
		if !strings.Contains(text, want) {
			t.Errorf("the record lacks %q", want)
		}
	}
	for _, own := range []string{"kestrel", "heron", "Plover", "egret", "Standing"} {
		if strings.Contains(text, own) {
			t.Errorf("the record holds %q", own)
		}
	}
	for _, status := range []string{"open", "due", "advised", "documented", "not_applicable", "outside", "TSP", "NASW", "MS 3.4"} {
		if regexp.MustCompile(`(?i)\b` + status + `\b`).MatchString(text) {
			t.Errorf("the record says %q, as a standing does", status)
		}
	}
}

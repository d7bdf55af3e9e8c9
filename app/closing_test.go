package app_test

import (
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/vault/record"
)

var closingDay = record.Date{Year: 2027, Month: 6, Day: 30}

func TestThePracticeIsClosedByLetters(t *testing.T) {
	p := newPractice(t)
	ada, bo := addClient(t, p, "Ada Quill"), addClient(t, p, "Bo Larsen")
	both := []record.ClientID{ada.ID, bo.ID}
	out := app.PaperFile{Path: filepath.Join(t.TempDir(), "letters.pdf")}
	if _, err := p.LettersSent(ctx, both); err == nil || !strings.Contains(err.Error(), "on which day") {
		t.Errorf("without a plan: %v", err)
	}
	if err := p.PlanClosing(ctx, closingDay, "Kit Larsen, LCSW\n4 Oak Row", closingDay.Next()); err == nil || !strings.Contains(err.Error(), "earlier day") {
		t.Errorf("copies after the closing: %v", err)
	}
	if err := p.PlanClosing(ctx, closingDay, "Kit Larsen, LCSW\n4 Oak Row", record.Date{Year: 2027, Month: 6, Day: 15}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.WriteLetters(ctx, both, out); err == nil || !strings.Contains(err.Error(), "contact") {
		t.Errorf("without an address of the practice: %v", err)
	}
	settings, err := p.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings.Owner, settings.Contact = "Dana Quill, LCSW", "214 Quill Street"
	if err := p.SetSettings(ctx, settings); err != nil {
		t.Fatal(err)
	}
	if _, err := p.WriteLetters(ctx, both, out); err != nil {
		t.Fatal(err)
	}
	if text := read(t, out.Path); !strings.Contains(text, "Dear Ada Quill") || !strings.Contains(text, "Dear Bo Larsen") || !strings.Contains(text, "June 30, 2027") {
		t.Errorf("the letters:\n%s", text)
	}
	if n := audited(t, p, ada.ID, "paper.closing-letter"); n != 1 {
		t.Errorf("noted %d times", n)
	}
	if sent, err := p.LettersSent(ctx, both[:1]); err != nil || len(sent) != 1 {
		t.Fatal(sent, err)
	}
	if sent, err := p.LettersSent(ctx, both); err != nil || len(sent) != 1 || sent[0] != bo.ID {
		t.Errorf("sent again: %v, %v", sent, err)
	}
	list := app.PaperFile{Path: filepath.Join(t.TempDir(), "list.pdf")}
	if _, err := p.WriteClosingList(ctx, list); err != nil {
		t.Fatal(err)
	}
	if text := read(t, list.Path); !strings.Contains(text, "Kit Larsen, LCSW") || !strings.Contains(text, "2 records") {
		t.Errorf("the list:\n%s", text)
	}
	if err := p.TakeBackLetters(ctx, both); err != nil {
		t.Fatal(err)
	}
	c, err := p.Closing(ctx)
	if err != nil || len(c.Records) != 2 || !c.Records[0].Sent().IsZero() || !c.Records[1].Sent().IsZero() {
		t.Errorf("%+v, %v", c, err)
	}
}

// A letter that was struck through in the record was not sent.
func TestALetterStruckThroughWasNotSent(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	if err := p.PlanClosing(ctx, closingDay, "Kit Larsen", closingDay); err != nil {
		t.Fatal(err)
	}
	if _, err := p.LettersSent(ctx, []record.ClientID{ada.ID}); err != nil {
		t.Fatal(err)
	}
	c, err := p.Closing(ctx)
	if err != nil || c.Records[0].Sent().IsZero() {
		t.Fatalf("%+v, %v", c, err)
	}
	if err := p.Strike(ctx, c.Records[0].Letter.ID, "another client"); err != nil {
		t.Fatal(err)
	}
	if c, err = p.Closing(ctx); err != nil || !c.Records[0].Sent().IsZero() {
		t.Errorf("%+v, %v", c, err)
	}
}

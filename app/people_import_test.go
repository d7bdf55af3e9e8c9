package app_test

import (
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/vault/record"
)

const clientList = `Name,Born,Phone,Email,Opened,State
Ada Quill,1984-02-29,601 555 0142,,,
Ada Quill,1990-01-01,,,,
Cy Long,,,cy@example.org,1/5/2024,MS
Bo Larsen,13/13/1980,,,,
Di Moss,,(601) 555-0142,,,TN
ada quill,,,,,
`

func TestAListIsHeldAgainstTheClients(t *testing.T) {
	p := newPractice(t)
	ada, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Born: day(t, "1984-02-29"),
		Contacts: []record.ContactPoint{{System: record.Phone, Value: "+1 601 555 0142"}}})
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "clients.csv", clientList)
	preview, err := p.PreviewPeople(ctx, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	var add []int
	for _, row := range preview.Rows {
		states = append(states, string(row.State))
		if row.State == app.RowNew {
			add = append(add, row.Line)
		}
	}
	if got := strings.Join(states, " "); got != "known new new refused similar similar" {
		t.Errorf("the rows are %s", got)
	}
	if row := preview.Rows[4]; row.Of.ID != ada.ID || row.Share != "a number or address" {
		t.Errorf("the one who shares a phone: %+v", row)
	}
	batch, err := p.ImportPeople(ctx, preview, add)
	if err != nil || batch.Rows != 2 {
		t.Fatalf("the import: %+v, %v", batch, err)
	}
	cy, err := p.FindClient(ctx, "Cy Long")
	if err != nil || cy.Contacts[0].Normal != "cy@example.org" {
		t.Errorf("Cy is %+v, %v", cy, err)
	}
	again, err := p.PreviewPeople(ctx, file, nil)
	if err != nil || again.Count(app.RowNew) != 0 || again.Count(app.RowKnown) != 3 {
		t.Errorf("once more: %d new, %d known, %v", again.Count(app.RowNew), again.Count(app.RowKnown), err)
	}
	if _, err := p.Policies(ctx); err != nil { // what is on record is read before
		t.Fatal(err)
	}
	if _, err := p.Log(ctx, record.Entry{Client: cy.ID, Channel: record.Call, Direction: record.Out, Body: "hello"}); err != nil {
		t.Fatal(err)
	}
	removed, kept, err := p.UndoClients(ctx, batch.ID)
	if err != nil || removed != 1 || kept != 1 {
		t.Errorf("taken back: %d removed, %d kept, %v", removed, kept, err)
	}
	if after, err := p.PreviewPeople(ctx, file, nil); err != nil || after.Rows[1].State != app.RowNew || after.Rows[2].State != app.RowKnown {
		t.Errorf("after that: %+v, %v", after.Rows, err)
	}
	whole(t, p)
}

func TestAListThatCannotBe(t *testing.T) {
	p := newPractice(t)
	if _, err := p.PreviewPeople(ctx, write(t, "clients.csv", "PK\x03\x04"), nil); err == nil {
		t.Error("a workbook is read")
	}
	if _, err := p.PreviewPeople(ctx, "nowhere/clients.csv", nil); err == nil || !strings.Contains(err.Error(), "no file nowhere") {
		t.Errorf("no file: %v", err)
	}
	preview, err := p.PreviewPeople(ctx, write(t, "list.csv", "x,y\nAda Quill,soon\n"), []intake.PeopleField{intake.PeopleName, intake.PeopleBorn})
	if err != nil || !preview.Headless {
		t.Fatal(preview, err)
	}
	if _, err := p.ImportPeople(ctx, preview, []int{1, 2}); err == nil || !strings.Contains(err.Error(), "nobody is chosen") {
		t.Errorf("refused rows: %v", err)
	}
	for name, want := range map[string]bool{"a.CSV": true, "b.tsv": true, "c.xml": false, "csv": false} {
		if app.IsPeopleFile(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

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
	"casekeep/app/form"
	"casekeep/vault/record"
)

// dueRecord gives a record that is due by the Texas rule.
func dueRecord(t *testing.T, p *app.Practice, name string) record.Client {
	t.Helper()
	c, err := p.AddClient(ctx, record.Client{Name: name, Born: day(t, "1980-05-06"), Since: day(t, "2010-01-04"), Jurisdiction: "US-TX"})
	if err != nil {
		t.Fatal(err)
	}
	logText(t, p, c, time.Date(2014, 3, 2, 16, 0, 0, 0, time.UTC), "the heron waits")
	if err := errors.Join(p.CloseClient(ctx, c.ID, day(t, "2014-03-02"), "done"), p.ConfirmRetentionRule(ctx, "US-TX")); err != nil {
		t.Fatal(err)
	}
	return c
}

// A record is destroyed only once name and passphrase were typed as they are.
func TestDestroyIsConfirmed(t *testing.T) {
	p := newPractice(t)
	c, other := dueRecord(t, p, "Ada  Quill"), addClient(t, p, "Bo Larsen")
	_, err := p.File(ctx, app.FormRequest{Client: record.Book, Form: record.FormIncident, Values: form.Values{"discovered": "2026-11-20", "what": "wrong-recipient",
		"story": "s", "data": "d", "clients": []string{c.ID.String(), other.ID.String()}, "finding": "breach", "closed": "2026-11-21"}})
	if err != nil {
		t.Fatal(err)
	}
	look, err := p.LastLook(ctx, c.ID)
	if err != nil || look.Status != record.KeepDue || look.Entries != 1 || look.First != day(t, "2014-03-02") || look.First != look.Last || len(look.Duties) == 0 {
		t.Errorf("last look: %+v, %v", look, err)
	}
	for _, wrong := range []struct {
		client  record.ClientID
		confirm app.Confirm
		says    string
	}{
		{c.ID, app.Confirm{Name: "Quill", Passphrase: passphrase}, "not the name"},
		{c.ID, app.Confirm{Passphrase: passphrase}, "not the name"},
		{c.ID, app.Confirm{Name: "Ada Quill"}, "passphrase"},
		{c.ID, app.Confirm{Name: "Ada Quill", Passphrase: "ladder ochre"}, "passphrase"},
		{other.ID, app.Confirm{Name: "Bo Larsen", Passphrase: passphrase}, "it is not due. "},
		{99, app.Confirm{Name: "Nobody", Passphrase: passphrase}, "no such client"},
	} {
		if _, err := p.Destroy(ctx, wrong.client, wrong.confirm, nil); err == nil || !strings.Contains(err.Error(), wrong.says) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	whole(t, p)
	if _, err := p.Standings(ctx); err != nil { // they are remembered
		t.Fatal(err)
	}
	d, err := p.Destroy(ctx, c.ID, app.Confirm{Name: "ada QUILL ", Passphrase: passphrase}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Initials != "A.Q." || d.Rule != "closed March 2, 2014, plus 7 years, Texas 22 TAC 781.309(4)" || d.Until != day(t, "2021-03-02") || d.Swept.IsZero() {
		t.Errorf("the stub: %+v", d)
	}
	list, err := p.Incidents(ctx)
	if err != nil || len(list) != 1 || len(list[0].Told) != 2 || list[0].Told[0].Name != "record 2026-001, destroyed" || !list[0].Told[0].Gone || list[0].Told[1].Gone {
		t.Errorf("the incident: %+v, %v", list, err)
	}
	if all, err := p.Standings(ctx); err != nil || len(all) != 1 {
		t.Errorf("standing of %d records, %v", len(all), err)
	}
	if found := whole(t, p); found.Clients != 1 {
		t.Errorf("%d clients", found.Clients)
	}
	out := filepath.Join(t.TempDir(), "certificate.pdf")
	if err := p.WriteCertificate(ctx, d.ID, out); err != nil {
		t.Fatal(err)
	}
	if text := read(t, out); !strings.Contains(text, d.Certificate) || strings.Contains(text, "Quill,") || strings.Contains(text, "Ada") {
		t.Errorf("the certificate says:\n%s", text)
	}
	if err := p.WriteCertificate(ctx, d.ID, out); err == nil {
		t.Error("a certificate was written over another file")
	}
	if _, err := os.Stat(out); err != nil {
		t.Error(err)
	}
}

// What is out of sight is not produced, and the paper says how much it is.
func TestSequesterInPractice(t *testing.T) {
	p := newPractice(t)
	c := addClient(t, p, "Ada Quill", "(601) 555-0142")
	logText(t, p, c, now.Add(-72*time.Hour), "in sight")
	away := logText(t, p, c, now.Add(-24*time.Hour), "the heron waits")
	o := app.SequesterOrder{Entries: []record.EntryID{away.ID}, Ground: record.GroundCourt, Reason: "the order of November 20", Court: "Hinds County Chancery Court",
		Number: "26-117", On: day(t, "2026-11-20"), Files: []app.Upload{{Name: "order.pdf", Type: "application/pdf", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("so ordered")), nil }}}}
	missing := o
	missing.Court = ""
	if err := p.Sequester(ctx, c.ID, missing); err == nil {
		t.Error("without an authority")
	}
	if err := p.Sequester(ctx, c.ID, o); err != nil {
		t.Fatal(err)
	}
	whole(t, p)
	out := filepath.Join(t.TempDir(), "ada.pdf")
	made, err := p.Produce(ctx, app.ProduceRequest{Client: c.ID, To: "Court", Purpose: "order", Out: out}, nil)
	if err != nil || made.Entries != 1 || len(made.Disclosure.LeftOut) != 1 || made.Disclosure.LeftOut[0] != "1 entry is withheld under a court order or by law" {
		t.Errorf("produced: %+v, %v", made, err)
	}
	if text := read(t, out); strings.Contains(text, "heron") || !strings.Contains(text, "1 entry is withheld under a court order or by law") {
		t.Errorf("the paper says:\n%s", text)
	}
	list, err := p.Sequestered(ctx, 0)
	if err != nil || len(list) != 1 || list[0].Number != c.Number {
		t.Fatalf("%+v, %v", list, err)
	}
	order, err := p.Entry(ctx, list[0].Order)
	if err != nil || order.Client != record.Book || !strings.Contains(order.Body, "26-117") || len(order.Attachments) != 1 {
		t.Errorf("the order: %+v, %v", order, err)
	}
	if err := p.ExportSequestered(ctx, list[0].ID, filepath.Join(t.TempDir(), "x.age")); err == nil {
		t.Error("what was sealed to nobody was handed out")
	}
	whole := p.Sequester(ctx, c.ID, app.SequesterOrder{Ground: record.GroundCourt, Reason: "r", Court: "c", On: day(t, "2026-11-20")})
	if whole == nil || !strings.Contains(whole.Error(), "close the record first") {
		t.Errorf("an active record went out of sight: %v", whole)
	}
	if err := p.Unsequester(ctx, list[0].ID, "vacated"); err != nil {
		t.Fatal(err)
	}
	if hits, err := p.Search(ctx, app.Search{Query: "heron"}); err != nil || len(hits) != 1 {
		t.Errorf("%+v, %v", hits, err)
	}
}

// The export of which a message was put out of sight does not bring it back,
// nor into the record of somebody else.
func TestImportBringsNothingBack(t *testing.T) {
	p := newPractice(t)
	c := addClient(t, p, "Ada Quill", "(601) 555-0142")
	export := write(t, "sms.xml", `<?xml version='1.0' encoding='UTF-8'?><smses count="2">
		<sms address="+16015550142" date="1767280020000" type="1" body="the heron waits" />
		<sms address="+16015550142" date="1767280080000" type="1" body="by the weir" /></smses>`)
	if first, err := p.Import(ctx, app.ImportRequest{Files: []string{export}, Client: c.ID}, nil); err != nil || first.Imported != 2 {
		t.Fatalf("%+v, %v", first, err)
	}
	list, err := p.Timeline(ctx, c.ID, app.Page{Oldest: true})
	if err != nil {
		t.Fatal(err)
	}
	o := app.SequesterOrder{Entries: []record.EntryID{list[0].ID}, Ground: record.GroundPrivileged, Reason: "r", Court: "the law", On: day(t, "2026-11-20")}
	if err := p.Sequester(ctx, c.ID, o); err != nil {
		t.Fatal(err)
	}
	again, err := p.Import(ctx, app.ImportRequest{Files: []string{export}, Client: c.ID}, nil)
	if err != nil || again.Imported != 0 || again.Duplicates != 1 || again.Skipped != 1 || again.Found != 2 {
		t.Errorf("again: %+v, %v", again, err)
	}
	other := addClient(t, p, "Bo Larsen", "(601) 555-0142")
	elsewhere, err := p.Import(ctx, app.ImportRequest{Files: []string{export}, Client: other.ID}, nil)
	if err != nil || elsewhere.Imported != 1 || elsewhere.Skipped != 1 {
		t.Errorf("elsewhere: %+v, %v", elsewhere, err)
	}
	whole(t, p)
}

// A record that is out of sight as a whole is found by its number alone.
func TestRecordOutOfSight(t *testing.T) {
	p := newPractice(t)
	c := dueRecord(t, p, "Ada Quill")
	if err := p.Sequester(ctx, c.ID, app.SequesterOrder{Ground: record.GroundCourt, Reason: "r", Court: "c", On: day(t, "2026-11-20")}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.FindRecord(ctx, "Ada Quill"); !errors.Is(err, app.ErrNoClient) {
		t.Errorf("by its name: %v", err)
	}
	id, err := p.FindRecord(ctx, c.Number)
	if err != nil || id != c.ID {
		t.Errorf("by its number: %s, %v", id, err)
	}
	if look, err := p.LastLook(ctx, id); err != nil || look.Name != c.Number || look.Entries != 1 {
		t.Errorf("last look: %+v, %v", look, err)
	}
	if _, err := p.Destroy(ctx, id, app.Confirm{Name: "Ada Quill", Passphrase: passphrase}, nil); err == nil {
		t.Error("destroyed by its name")
	}
	d, err := p.Destroy(ctx, id, app.Confirm{Name: c.Number, Passphrase: passphrase}, nil)
	if err != nil || d.Initials != "A.Q." || d.Entries != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	whole(t, p)
}

package produce_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/ui/produce"
	"casekeep/vault/record"
)

// begin opens the page on a client with two texts and a call.
func begin(t *testing.T) (d *desktest.Desk, ada record.Client, home string) {
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	d = desktest.New(t)
	ada = d.Client("Ada Quill", "(601) 555-0142")
	for i, body := range []string{"Running late 🙂", "Called back about the letter", "See you Thursday"} {
		e := record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: body, Zone: "America/Chicago",
			At: time.Date(2026, time.Month(9+i), 10, 15, 0, 0, 0, time.UTC)}
		if i == 1 {
			e.Channel = record.Call
		}
		if _, err := d.Practice().Log(context.Background(), e); err != nil {
			t.Fatal(err)
		}
	}
	d.Open(produce.New(d), 1004, 704, desk.Place{Page: desk.Produce, Client: ada.ID})
	return d, ada, home
}

// field gives the field with a label.
func field(t *testing.T, d *desktest.Desk, n int) *kit.Field {
	t.Helper()
	all := d.Fields()
	if n >= len(all) {
		t.Fatalf("field %d of %d", n, len(all))
	}
	return all[n]
}

// The fields, in their order.
const (
	to = iota
	purpose
	from
	until
	password
	out
)

func TestProduce(t *testing.T) {
	d, ada, home := begin(t)
	d.Sees("Ada Quill’s record", "3 entries · 0 attachments", "September 10, 2026 to November 10, 2026", "Texts 2", "Calls 1",
		"~/Ada Quill record 2026-11-21.pdf")
	d.Type("Hinds County Youth Court")
	d.Keys(fyne.KeyReturn)
	if field(t, d, purpose).Error() == "" || len(d.Ran) != 0 {
		t.Error("a record without a purpose was produced")
	}
	d.Type("court order")
	field(t, d, from).SetText("oct 1")
	d.Sees("Oct 1, 2026", "2 entries", "Entries before October 1, 2026 (1 entry)")
	secret := field(t, d, password).Text()
	d.Tap("Produce")
	d.Fine()
	d.Sees("Ada Quill’s record is produced", "Hinds County Youth Court", "court order", "2 entries", secret)
	file := filepath.Join(home, "Ada Quill record 2026-11-21.pdf")
	if content, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(content), "%PDF-") || !strings.Contains(string(content), "/AESV3") {
		t.Errorf("the file: %d bytes, %v", len(content), err)
	}
	list, err := d.Practice().Disclosures(context.Background(), ada.ID)
	if err != nil || len(list) != 1 || list[0].To != "Hinds County Youth Court" || list[0].Entries != 2 || !list[0].Sealed {
		t.Fatalf("disclosures: %+v, %v", list, err)
	}
	d.Tap("Copy SHA-256")
	if d.Copied != list[0].SHA256.String() {
		t.Errorf("copied %q", d.Copied)
	}
	d.Tap("Copy the password")
	if d.Copied != secret {
		t.Errorf("copied %q, not the password", d.Copied)
	}
	d.Tap("Done")
	if len(d.Places) != 1 || d.Places[0].Page != desk.Clients || d.Places[0].Client != ada.ID {
		t.Errorf("went to %+v", d.Places)
	}
}

func TestWhatFailsKeepsWhatWasTyped(t *testing.T) {
	d, ada, home := begin(t)
	field(t, d, to).SetText("Ada Quill")
	field(t, d, purpose).SetText("her own request")
	field(t, d, out).SetText(filepath.Join(home, "nowhere", "record"))
	d.Tap("Produce")
	d.Sees("cannot be written: its folder does not exist.")
	if field(t, d, to).Text() != "Ada Quill" || field(t, d, purpose).Text() != "her own request" {
		t.Error("what was typed is gone")
	}
	field(t, d, out).SetText(filepath.Join(home, "record"))
	d.Cancel = true
	d.Tap("Produce")
	if len(d.Failures) != 1 {
		t.Errorf("a cancellation was reported as %v", d.Failures)
	}
	if list, _ := d.Practice().Disclosures(context.Background(), ada.ID); len(list) != 0 {
		t.Errorf("disclosures without a record: %+v", list)
	}
	if files, _ := filepath.Glob(filepath.Join(home, "*")); len(files) != 0 {
		t.Errorf("files left behind: %q", files)
	}
	field(t, d, until).SetText("someday")
	d.Tap("Produce")
	if field(t, d, until).Error() == "" {
		t.Error("a date that cannot be read was taken")
	}
}

func TestWithoutAPassword(t *testing.T) {
	d, _, home := begin(t)
	field(t, d, to).SetText("Ada Quill")
	field(t, d, purpose).SetText("her own request")
	for _, check := range d.Checks() {
		check.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	}
	d.Sees("Anybody who gets hold of the file can read it.")
	d.SeesNot("Password, to be given by phone")
	d.Tap("Produce")
	d.Fine()
	d.Sees("whoever has the file can read it")
	content, err := os.ReadFile(filepath.Join(home, "Ada Quill record 2026-11-21.pdf"))
	if err != nil || strings.Contains(string(content), "/Encrypt") {
		t.Errorf("a file without a password is encrypted, or not there: %v", err)
	}
}

func TestHideNames(t *testing.T) {
	d, _, _ := begin(t)
	d.View().Key(desk.KeyHide)
	d.SeesNot("Ada")
	d.View().Key(desk.KeyHide)
	d.Sees("Ada Quill’s record")
}

// What is produced for an open request answers it, in one step.
func TestTheAnswerIsRecorded(t *testing.T) {
	d, ada, _ := begin(t)
	field(t, d, to).SetText("Ada Quill")
	field(t, d, purpose).SetText("her own request")
	request, err := d.Practice().File(context.Background(), app.FormRequest{Client: ada.ID, Form: record.FormRequest, Values: form.Values{
		"on": "2026-11-10", "kind": record.RequestCopy, "by": "client", "how": "verbal", "asked": "A copy."}})
	if err != nil {
		t.Fatal(err)
	}
	d.Tap("Produce")
	d.Tap("Record the answer")
	d.Sees("Request for the record: a copy of the record, by the client")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	list, err := d.Practice().Requests(context.Background(), ada.ID)
	if err != nil || len(list) != 1 || list[0].Open() || list[0].ID != request.ID || !strings.Contains(list[0].Last().Sent, "4 entries on 4 pages, as Ada Quill record") {
		t.Errorf("%+v, %v", list, err)
	}
	d.SeesNot("Record the answer")
}

func TestALegalHoldStandsOverTheRecord(t *testing.T) {
	d, ada, _ := begin(t)
	d.SeesNot("Legal hold")
	d.View().Key(desk.KeyHold)
	d.Sees("Place a legal hold on Ada Quill’s record")
	d.Type("Quill v. Fenn")
	d.Keys(fyne.KeyReturn)
	d.Sees("Legal hold: Quill v. Fenn")
	if holds, err := d.Practice().Holds(context.Background(), ada.ID); err != nil || len(holds) != 1 {
		t.Errorf("the vault holds %+v, %v", holds, err)
	}
	d.Fine()
}

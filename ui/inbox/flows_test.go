package inbox_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/inbox"
	"casekeep/vault/record"
)

func onlyAda(d *desktest.Desk) { d.Client("Ada Quill", "(601) 555-0142") }

// the gives the client with a name.
func the(t *testing.T, d *desktest.Desk, name string) record.ClientSummary {
	t.Helper()
	c, err := d.Practice().FindClient(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAStrangerBecomesAClient(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Select("Dana +1 601 555 0121")
	d.Sees("Nothing of this conversation is kept unless you say whose record it belongs to.", "hello, are you taking new clients")
	if !d.Button("File").Disabled() {
		t.Error("messages of nobody can be filed")
	}
	d.Fields()[0].SetText(" ")
	d.Tap("Add as a client")
	if d.Fields()[0].Error() == "" {
		t.Error("a client without a name was added")
	}
	d.Fields()[0].SetText("Dana Reyes")
	d.Tap("Add as a client")
	d.Fine()
	d.Sees("Into Dana Reyes’s record", "Dana Reyes · known number", "New 1")
	d.Tap("File 1")
	d.Fine()
	dana := the(t, d, "Dana Reyes")
	if list := d.Timeline(dana.ID); len(list) != 1 || list[0].Direction != record.In || list[0].Provenance == nil {
		t.Errorf("filed: %+v", list)
	}
	if dana.Contacts[0].Normal != "+16015550121" {
		t.Errorf("contacts: %+v", dana.Contacts)
	}
}

func TestChooseWhoseGroupItIs(t *testing.T) {
	d := begin(t, func(d *desktest.Desk) {
		onlyAda(d)
		d.Client("Tuesday group")
	}, write(t, "sms.xml", backup))
	d.Select("+1 601 555 0142, …0177")
	d.Sees("group of 3 · whose record?", "A group conversation goes whole")
	d.Tap("Choose a client")
	d.Sees("Ada Quill", "no number or address yet")
	d.Type("tues")
	d.Keys(fyne.KeyReturn)
	d.Sees("Into Tuesday group’s record", "New 1")
	d.Tap("File 1")
	d.Fine()
	if list := d.Timeline(the(t, d, "Tuesday group").ID); len(list) != 1 || list[0].Body != "group" {
		t.Errorf("filed: %+v", list)
	}
	if list := d.Timeline(the(t, d, "Ada Quill").ID); len(list) != 0 {
		t.Errorf("also filed with Ada: %+v", list)
	}
}

func TestANewNumberOfAClient(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Select("Dana +1 601 555 0121")
	d.Tap("Choose a client")
	d.Keys(fyne.KeyReturn)
	d.Sees("Into Ada Quill’s record")
	d.Checks()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	d.Tap("File 1")
	d.Fine()
	ada := the(t, d, "Ada Quill")
	if len(ada.Contacts) != 2 || ada.Contacts[1].Normal != "+16015550121" || len(d.Timeline(ada.ID)) != 1 {
		t.Errorf("contacts: %+v", ada.Contacts)
	}
	d.Tap("Back")
	d.Sees("Ada Quill · known number", "Filed 1")
	d.SeesNot("Keep the address with the client")
}

func TestUndo(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	ada := the(t, d, "Ada Quill").ID
	d.Tap("File 4")
	d.Press() // the toast's Undo
	d.Fine()
	if list := d.Timeline(ada); len(list) != 0 {
		t.Fatalf("still there: %+v", list)
	}
	d.Sees("This import was undone")
	d.Tap("Back")
	d.Sees("New 4", "Ada Quill · known number")
	d.Tap("File 4")
	d.Tap("Undo this import")
	d.Sees("4 messages are taken out of Ada Quill’s record")
	d.Tap("Undo the import")
	d.Fine()
	if list := d.Timeline(ada); len(list) != 0 {
		t.Errorf("still there: %+v", list)
	}
}

func TestEarlierImports(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	ada := the(t, d, "Ada Quill").ID
	d.Tap("File 4")
	d.Open(inbox.New(d), 1004, 704, desk.Place{Page: desk.Inbox})
	d.Sees("Earlier imports", "4 messages · sms.xml", "Bring messages in")
	d.Select("Ada Quill")
	d.Sees("Imported Saturday, November 21, 2026, 2:14 PM CST", "SHA-256", "filed")
	_, err := d.Practice().Produce(context.Background(), app.ProduceRequest{Client: ada, To: "a court", Purpose: "an order",
		Out: filepath.Join(t.TempDir(), "record.pdf")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Tap("Undo this import")
	d.Tap("Undo the import")
	if len(d.Failures) != 1 || len(d.Timeline(ada)) != 4 {
		t.Errorf("what was released was taken back: %v", d.Failures)
	}
	d.Changed(ada)
	d.Sees("so it cannot be undone")
	d.View().Key(desk.KeyEscape)
	d.Sees("Bring messages in")
}

func TestUndoAnEarlierImport(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Tap("File 4")
	d.Open(inbox.New(d), 1004, 704, desk.Place{Page: desk.Inbox})
	d.Select("Ada Quill")
	d.Tap("Undo this import")
	d.Tap("Undo the import")
	d.Fine()
	d.Sees("undone · 4 messages", "Undone Nov 21, 2026")
	if list := d.Timeline(the(t, d, "Ada Quill").ID); len(list) != 0 {
		t.Errorf("still there: %+v", list)
	}
}

func TestBadFilesStandBesideGoodOnes(t *testing.T) {
	cut := strings.Replace(backup[:strings.Index(backup, "<mms")], `count="9"`, `count="12"`, 1)
	d := begin(t, onlyAda, write(t, "letter.pdf", "%PDF-1.7 not for us"), write(t, "sms.xml", cut), filepath.Join(t.TempDir(), "gone.xml"), t.TempDir())
	d.Sees("letter.pdf is a PDF", "There is no file", "gone.xml", "There is no .xml, .eml or .mbox file", "12 messages declared, 6 found, cut off", "New 3")
	d.Tap("File 3")
	d.Fine()
	d.Sees("which declares 12")
	d.Tap("Put the files away")
	d.Sees("Bring messages in")
}

func TestNothingOfABadFileIsKept(t *testing.T) {
	d := begin(t, onlyAda, write(t, "letter.pdf", "%PDF-1.7 not for us"))
	d.Sees("letter.pdf is a PDF", "Nothing to file")
	d.Fine()
}

func TestCancelKeepsNothing(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Cancel = true
	d.Tap("File 4")
	if len(d.Failures) != 1 || len(d.Timeline(the(t, d, "Ada Quill").ID)) != 0 {
		t.Errorf("canceled: %v", d.Failures)
	}
	d.Cancel = false
	d.Tap("File 4")
	d.Sees("4 messages filed")
}

func TestAFileThatIsGoneWhenItIsFiled(t *testing.T) {
	file := write(t, "sms.xml", backup)
	d := begin(t, onlyAda, file)
	remove(t, file)
	d.Tap("File 4")
	d.Fine()
	d.Sees("There is no file", "File 4")
	if list := d.Timeline(the(t, d, "Ada Quill").ID); len(list) != 0 {
		t.Errorf("filed: %+v", list)
	}
}

func TestOverlappingBackups(t *testing.T) {
	older := strings.Replace(backup, `<mms address="6015550142"`, `<sms address="6015550142" date="1795100000000" type="1" body="only in the older one" read="1" status="-1"/><mms address="6015550142"`, 1)
	d := begin(t, onlyAda, write(t, "sms-1.xml", older), write(t, "sms-2.xml", backup))
	d.Sees("2 files", "9 messages declared, 10 found", "New 5", "Filed 4")
	d.Tap("File 5")
	d.Sees("5 messages filed", "in the record already", "found in 2 files")
	if list := d.Timeline(the(t, d, "Ada Quill").ID); len(list) != 5 {
		t.Errorf("%d entries", len(list))
	}
}

func mail(from, to string, n int) string {
	return fmt.Sprintf("From: %s\r\nTo: %s\r\nDate: Fri, 20 Nov 2026 09:%02d:00 -0600\r\nMessage-ID: <%d@example.org>\r\nSubject: Housing\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\n\r\nletter %d\r\n", from, to, n, n, n)
}

func TestEmailsOfOneClientGoStraight(t *testing.T) {
	d := begin(t, func(d *desktest.Desk) { d.Client("Ada Quill", "ada@example.org") },
		write(t, "1.eml", mail("Ada <ada@example.org>", "worker@example.org", 1)),
		write(t, "2.eml", mail("worker@example.org", "ada@example.org", 2)),
		write(t, "3.eml", mail("mother@example.org", "worker@example.org, ada@example.org", 3)))
	d.Sees("3 files", "ada@example.org", "Ada Quill · known address", "3 emails", "New 3")
	d.SeesNot("not a client yet", "assumed")
	d.Tap("File 3")
	list := d.Timeline(the(t, d, "Ada Quill").ID)
	if len(list) != 3 || list[0].Direction != record.In || list[1].Direction != record.Out || list[2].Direction != record.Third {
		t.Errorf("filed: %+v", list)
	}
}

func TestAnImportUnderALegalHoldSaysThatItStays(t *testing.T) {
	d := begin(t, func(d *desktest.Desk) {
		ada := d.Client("Ada Quill", "(601) 555-0142")
		if _, err := d.Practice().PlaceHold(context.Background(), record.Hold{Client: ada.ID, Matter: "Quill v. Fenn"}); err != nil {
			t.Fatal(err)
		}
	}, write(t, "sms.xml", backup))
	d.Sees("Legal hold: Quill v. Fenn. What is filed now stays")
	d.Fine()
}

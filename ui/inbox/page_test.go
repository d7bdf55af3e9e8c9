package inbox_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/inbox"
	"casekeep/vault/record"
)

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// crowd is a backup with a client's number and n others.
func crowd(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<smses count=\"%d\">\n", n+1)
	b.WriteString(`<sms address="+16015550142" date="1795292040000" type="1" body="Running late" read="1" status="-1" contact_name="Ada"/>` + "\n")
	for i := range n {
		fmt.Fprintf(&b, `<sms address="+1601555%04d" date="%d" type="1" body="private" read="1" status="-1" contact_name="Somebody"/>`+"\n", 1000+i, 1795200000000-i*1000)
	}
	return b.String() + "</smses>"
}

func TestOthersAreFolded(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", crowd(54)))
	d.Sees("54 other conversations", "not yours to keep · never stored")
	d.SeesNot("Somebody")
	d.Keys(fyne.KeyDown)
	d.Sees("Not yours to keep", "Nothing of them is stored.")
	d.Keys(fyne.KeyReturn)
	d.Sees("Somebody +1 601 555 1000")
	d.Tap("Show or fold them in the list")
	d.SeesNot("Somebody +1 601 555 1000")
}

func TestFindAConversation(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", crowd(54)))
	d.Focus(d.Search())
	for _, query := range []string{"5551020", "555 1020", "some 1020"} {
		d.Search().SetText(query)
		d.Sees("Somebody +1 601 555 1020")
		d.SeesNot("other conversations", "1021")
	}
	d.Search().SetText("")
	d.Type("1020")
	d.Keys(fyne.KeyDown)
	d.Sees("Nothing of this conversation is kept")
}

func TestNobodyIsFoldedWhereNoClientIsKnown(t *testing.T) {
	d := begin(t, func(*desktest.Desk) {}, write(t, "sms.xml", crowd(20)))
	d.SeesNot("other conversations")
	d.Sees("Ada +1 601 555 0142", "Nothing of this conversation is kept")
}

func TestHiddenNames(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.View().Key(desk.KeyHide)
	d.SeesNot("Ada", "Running late")
	d.View().Key(desk.KeyHide)
	d.Sees("Ada Quill", "Running late")
}

func TestSegments(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Choose("Damaged 1", 3)
	d.Sees("see you thursd", "which no text may hold")
	d.SeesNot("Running late", "Today")
	d.Choose("Filed 0", 2)
	d.Sees("No such message in this conversation.")
}

func TestDraftsAreLeftOutUnlessAskedFor(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.SeesNot("a draft")
	check := d.Checks()[0]
	check.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	d.Sees("a draft", "File 5")
	d.Tap("File 5")
	if list := d.Timeline(the(t, d, "Ada Quill").ID); len(list) != 5 {
		t.Errorf("%d entries", len(list))
	}
}

func TestZone(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Sees("2:14 PM", "Central time, assumed")
	d.Tap("Central time")
	d.PickMenu("Eastern time")
	d.Sees("3:14 PM", "Eastern time, assumed")
	d.Tap("File 4")
	if list := d.Timeline(the(t, d, "Ada Quill").ID); list[0].Zone != "America/New_York" || list[0].ZoneBasis != record.ZoneAssumed {
		t.Errorf("zone %s, %s", list[0].Zone, list[0].ZoneBasis)
	}
}

// A practice that has not said which addresses are its own is asked; its own
// address is then no longer one of the others.
func TestOwnAddressesAreAskedFor(t *testing.T) {
	d := desktest.New(t)
	settings, err := d.Practice().Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	own := settings.Own
	settings.Own = nil
	if err := d.Practice().SetSettings(context.Background(), settings); err != nil {
		t.Fatal(err)
	}
	file := write(t, "1.eml", mail("ada@example.org", "worker@example.org", 1))
	d.Open(inbox.New(d), 1004, 704, desk.Place{Page: desk.Inbox, Files: []string{file}})
	d.Sees("Your own email addresses are not known", "group of 3")
	d.Tap("Say which are yours")
	if len(d.Places) != 1 || d.Places[0].Page != desk.Practice {
		t.Errorf("went to %+v", d.Places)
	}
	settings.Own = own
	if err := d.Practice().SetSettings(context.Background(), settings); err != nil {
		t.Fatal(err)
	}
	d.Changed(0)
	d.SeesNot("Your own email addresses are not known", "group of 3")
	d.Sees("ada@example.org", "not a client yet")
}

func TestTheKeyToImport(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.WriteFile(filepath.Join(home, "sms.xml"), []byte(backup), 0o600); err != nil {
		t.Fatal(err)
	}
	d := begin(t, onlyAda)
	if !d.View().Key(desk.KeyImport) {
		t.Fatal("Import was not taken")
	}
	d.Sees("Import a phone or mail export", "sms.xml")
	d.Type("sms")
	d.Keys(fyne.KeyReturn)
	d.Sees("New 4")
	d.Keys(fyne.KeyReturn, fyne.KeyReturn) // on to the button, and press it
	d.Fine()
	d.Sees("4 messages filed")
}

func TestAMessageWhole(t *testing.T) {
	d := begin(t, onlyAda, write(t, "sms.xml", backup))
	d.Choose("Damaged 1", 3)
	d.Window().Canvas().Focus(d.Lists()[1])
	d.Keys(fyne.KeyReturn)
	d.Sees("Ada texted", "Friday, November 20, 2026, 2:14 PM CST (in the export: 1795205640000)", "In the export at message 4")
	d.Keys(fyne.KeyEscape)
	d.SeesNot("In the export at")
}

func TestHelp(t *testing.T) {
	d := begin(t, onlyAda)
	d.Tap("How to export")
	d.Sees("SMS Backup & Restore from Google Play", "Download message")
	d.Keys(fyne.KeyEscape)
	d.SeesNot("Download message")
}

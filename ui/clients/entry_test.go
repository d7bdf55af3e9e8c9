package clients

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// beginWithEntry opens an entry of Ada's, with another client beside.
func beginWithEntry(t *testing.T) (d *desktest.Desk, p *Page, e record.Entry, bo record.Client) {
	t.Helper()
	d, p = begin(t, func(d *desktest.Desk) {
		ada := d.Client("Ada Quill")
		bo = d.Client("Bo Larsen")
		e = logged(t, d, record.Entry{Client: ada.ID, At: at(20, 9, 15), Channel: record.Call, Direction: record.Out, Body: "We moved Thursday."})
	})
	p.Show(desk.Place{Client: e.Client, Entry: e.ID})
	d.Keys(fyne.KeyReturn)
	d.Sees("Friday, November 20, 2026, 9:15 AM CST", "America/Chicago, this computer’s when it was written")
	return d, p, e, bo
}

func last[T any](list []T, n int) T { return list[len(list)-n] }

func TestAmend(t *testing.T) {
	d, _, e, _ := beginWithEntry(t)
	d.Tap("Amend")
	lastButton(d, "Amend").Press()
	d.Sees("Write what is to be added or corrected.")
	d.Type("To 3 pm.")
	last(d.Fields(), 1).SetText("the hour was missing")
	lastButton(d, "Amend").Press()
	d.Fine()
	d.SeesNot("What is to be added")
	d.Sees("We moved Thursday.", "Added Nov 21, 2026:", "To 3 pm.", "amended")
	got := d.Timeline(e.Client)[0]
	if len(got.Amendments) != 1 || got.Amendments[0].Text != "To 3 pm." || got.Amendments[0].Reason != "the hour was missing" || got.Body != e.Body {
		t.Errorf("amended to %+v", got)
	}
}

// lastButton gives the button of the dialog on top.
func lastButton(d *desktest.Desk, text string) *kit.Button {
	var found *kit.Button
	for _, b := range d.Buttons() {
		if b.Text() == text {
			found = b
		}
	}
	return found
}

func TestStrikeThrough(t *testing.T) {
	d, _, e, _ := beginWithEntry(t)
	d.Tap("Strike through")
	d.Keys(fyne.KeyReturn)
	d.Sees("Say what is wrong with it.")
	d.Type("wrong client")
	d.Keys(fyne.KeyReturn)
	d.Fine()
	d.Sees("struck through", "Struck through Nov 21, 2026: wrong client", "We moved Thursday.")
	if got := d.Timeline(e.Client)[0]; got.Struck == nil || got.Struck.Reason != "wrong client" {
		t.Errorf("struck: %+v", got.Struck)
	}
	d.Keys(fyne.KeyReturn)
	d.SeesNot("Strike through")
}

func TestMoveToTheRightClient(t *testing.T) {
	d, p, e, bo := beginWithEntry(t)
	d.Tap("Move")
	d.Type("lars")
	last(d.Fields(), 1).SetText("same first name")
	lastButton(d, "Move").Press()
	d.Fine()
	d.Sees("Nothing logged yet")
	if list := d.Timeline(bo.ID); len(list) != 1 || list[0].ID != e.ID {
		t.Errorf("the other record holds %+v", list)
	}
	if d.Toasts[0] != "Moved to Bo Larsen." {
		t.Errorf("toasts: %q", d.Toasts)
	}
	openTab(p, "History")
	d.Sees("Entry moved out to another record")
}

func TestMoveNeedsAClientAndAReason(t *testing.T) {
	d, _, _, _ := beginWithEntry(t)
	d.Tap("Move")
	lastButton(d, "Move").Press()
	d.Sees("Choose the client that it belongs to.")
	d.Type("bo")
	lastButton(d, "Move").Press()
	d.Sees("Say why it belongs there.")
	d.SeesNot("Choose the client that it belongs to.")
}

func TestCorrectTheTime(t *testing.T) {
	d, p, e, _ := beginWithEntry(t)
	d.Tap("Correct time")
	fields := d.Fields()
	fields[len(fields)-3].SetText("Nov 19")
	fields[len(fields)-2].SetText("25:00")
	lastButton(d, "Correct").Press()
	d.Sees("Write a time as 2:40 PM.")
	fields[len(fields)-2].SetText("3 pm")
	lastButton(d, "Correct").Press()
	d.Fine()
	d.Sees("time corrected", "corrects an earlier time", "Thursday, November 19", "3:00 PM")
	list := d.Timeline(e.Client)
	if len(list) != 2 || list[0].Supersedes != e.ID || list[1].Superseded != list[0].ID {
		t.Fatalf("the timeline holds %+v", list)
	}
	p.Show(desk.Place{Client: e.Client, Entry: e.ID})
	d.Keys(fyne.KeyReturn)
	d.SeesNot("Correct time")
	d.Tap("Show the corrected entry")
	if now, ok := p.chart.timeline.Selected(); !ok || now.ID != list[0].ID {
		t.Errorf("the link leads to %+v", now)
	}
}

func TestCopyText(t *testing.T) {
	d, _, _, _ := beginWithEntry(t)
	d.Tap("Copy text")
	if want := "You called, Friday, November 20, 2026, 9:15 AM CST\nWe moved Thursday."; d.Copied != want {
		t.Errorf("copied %q, want %q", d.Copied, want)
	}
}

func TestAttachments(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill") })
	p.Show(desk.Place{Client: ada.ID})
	p.chart.composer.Attach(write("notes.txt", []byte("written by hand")))
	p.chart.composer.Attach(write("scan.png", picture.Bytes()))
	p.chart.composer.Attach(write("not-this-one.bin", []byte("x")))
	d.Tap("Remove not-this-one.bin")
	p.Key(desk.KeySave)
	d.Fine()
	d.Sees("notes.txt · 15 bytes", "scan.png")
	d.SeesNot("not-this-one.bin", "Remove")

	d.Keys(fyne.KeyTab)
	kit.Focus(p.chart.timeline.List())
	d.Keys(fyne.KeyHome, fyne.KeyReturn)
	d.Sees("text/plain", "image/png")
	d.Tap("View")
	d.Sees("written by hand")
	lastButton(d, "Save a copy").Press()
	d.Sees("What is saved is no longer protected")
	out := t.TempDir()
	fields := d.Fields()
	fields[len(fields)-2].SetText(out)
	fields[len(fields)-1].SetText("../evil/notes.txt")
	lastButton(d, "Save a copy").Press()
	d.Fine()
	d.Sees("Saved as "+filepath.Join(out, "_evil_notes.txt"), "not sealed") // over the file that covers the window
	names, err := os.ReadDir(out)
	if err != nil || len(names) != 1 || names[0].Name() != "_evil_notes.txt" {
		t.Fatalf("saved %v, %v", names, err)
	}
	content, err := os.ReadFile(filepath.Join(out, names[0].Name()))
	if err != nil || string(content) != "written by hand" {
		t.Errorf("saved %q, %v", content, err)
	}
	d.Keys(fyne.KeyRight) // goes on to the picture
	d.Fine()
	d.Sees("scan.png", "PNG picture, 40 by 30 pixels", "2 of 2", "Save a copy")
}

func TestABrokenPictureSaysSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "broken.png")
	if err := os.WriteFile(path, []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill") })
	p.Show(desk.Place{Client: ada.ID})
	p.chart.composer.Attach(path)
	p.Key(desk.KeySave)
	p.chart.detail.OpenFile(d.Timeline(ada.ID)[0], 0)
	d.Fine()
	d.Sees("This file is not shown here", "Open outside", "Save a copy")
}

func TestProvenanceOfAnImportedMessage(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) {
		ada = d.Client("Ada Quill", "+16015550142")
		importInto(t, d, ada.ID)
	})
	list := d.Timeline(ada.ID)
	p.Show(desk.Place{Client: ada.ID, Entry: list[0].ID})
	d.Keys(fyne.KeyReturn)
	d.Sees("WHERE IT CAME FROM", "sms.xml", "Place in the file", "message 1", "Ada · +1 601 555 0142")
	d.SeesNot("Correct time")
	for _, b := range d.Buttons() {
		if b.Text() == "Copy" {
			b.Press()
			break
		}
	}
	if d.Copied != list[0].Provenance.Source.SHA256.String() {
		t.Errorf("copied %q", d.Copied)
	}
}

func importInto(t *testing.T, d *desktest.Desk, id record.ClientID) {
	t.Helper()
	if _, err := d.Practice().Import(context.Background(), importOf(id, exportFile(t)), nil); err != nil {
		t.Fatal(err)
	}
}

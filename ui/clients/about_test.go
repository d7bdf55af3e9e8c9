package clients

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func TestImportUndoneAndHistoryInWords(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) {
		ada = d.Client("Ada Quill", "+16015550142")
		_, err := d.Practice().Import(context.Background(), app.ImportRequest{Client: ada.ID, Files: []string{exportFile(t)}}, nil)
		if err != nil {
			t.Fatal(err)
		}
	})
	p.Show(desk.Place{Client: ada.ID})
	d.Sees("Running late, is that ok?")
	openTab(p, "Imports")
	d.Sees("2 messages filed of 2 found", "sms.xml", "SHA-256")
	d.Tap("Undo import")
	d.Sees("Takes 2 entries out of the record of Ada Quill")
	d.Keys(fyne.KeyReturn)
	d.Fine()
	d.Sees("Undone")
	if len(d.Timeline(ada.ID)) != 0 {
		t.Error("the entries are still there")
	}
	openTab(p, "History")
	d.Sees("Import undone", "Messages imported", "Client added", "Record looked at")
	openTab(p, "Requests")
	d.Sees("Nothing was released yet")
	d.Tap("Produce record")
	if n := len(d.Places); n == 0 || d.Places[n-1].Page != desk.Produce || d.Places[n-1].Client != ada.ID {
		t.Errorf("went to %+v", d.Places)
	}
	openTab(p, "Timeline")
	d.Sees("Nothing logged yet")
}

func TestAReleasedImportCannotBeUndone(t *testing.T) {
	d, p := begin(t, func(d *desktest.Desk) {
		ada := d.Client("Ada Quill", "+16015550142")
		ctx := context.Background()
		if _, err := d.Practice().Import(ctx, app.ImportRequest{Client: ada.ID, Files: []string{exportFile(t)}}, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Practice().Produce(ctx, app.ProduceRequest{Client: ada.ID, To: "Ada Quill", Purpose: "She asked for it", Out: t.TempDir() + "/a.pdf"}, nil); err != nil {
			t.Fatal(err)
		}
	})
	d.Keys(fyne.KeyDown, fyne.KeyReturn)
	openTab(p, "Imports")
	d.Sees("it can no longer be undone")
	d.SeesNot("Undo import")
	openTab(p, "Requests")
	d.Sees("To Ada Quill", "She asked for it", "2 entries", "the whole record", "a.pdf")
	d.Tap("Copy SHA-256")
	if len(d.Copied) != 64 {
		t.Errorf("copied %q", d.Copied)
	}
}

// openTab chooses a tab as the user does.
func openTab(p *Page, name string) {
	p.chart.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for p.chart.tabs.AccessibilityLabel() != name {
		p.chart.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
}

package retention

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func logged(t *testing.T, d *desktest.Desk, client record.ClientID, on string) {
	t.Helper()
	at := date(t, on).In(time.UTC).Add(18 * time.Hour)
	if _, err := d.Practice().Log(context.Background(), record.Entry{Client: client, Channel: record.Call, Direction: record.In, Body: "She called.", At: at}); err != nil {
		t.Fatal(err)
	}
}

func statusOf(t *testing.T, d *desktest.Desk, id record.ClientID) (record.Status, record.Date) {
	t.Helper()
	c, err := d.Practice().OpenClient(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c.Status, c.ClosedOn
}

func TestARecordWithoutContactIsClosedAndThatIsTakenBack(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	ada, bo := texan(t, d, "Ada Quill"), texan(t, d, "Bo Larsen")
	logged(t, d, ada.ID, "2025-03-14")
	logged(t, d, bo.ID, "2026-10-14")
	p.Show(desk.Place{Page: desk.Retention, Part: "closing"})
	d.Sees("Ada Quill", "Last contact Mar 14, 2025", "Close as of Mar 14, 2025")
	d.SeesNot("Bo Larsen")
	d.Keys(fyne.KeyReturn)
	if status, on := statusOf(t, d, ada.ID); status != record.Closed || on != date(t, "2025-03-14") {
		t.Errorf("it is %s, %s", status, on)
	}
	d.Sees("None waits to be closed")
	d.Press()
	if status, _ := statusOf(t, d, ada.ID); status != record.Active {
		t.Errorf("after Undo it is %s", status)
	}
	d.Sees("Close as of Mar 14, 2025")
	d.Fine()
}

func TestThePracticeCloses(t *testing.T) {
	d, p, _ := open(t, desk.Place{})
	ctx := context.Background()
	settings, err := d.Practice().Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings.Owner, settings.Contact = "Dana Quill, LCSW", "214 Quill Street"
	if err := d.Practice().SetSettings(ctx, settings); err != nil {
		t.Fatal(err)
	}
	ada := texan(t, d, "Ada Quill")
	closed(t, d, "Bo Larsen", "2024-03-14")
	p.Show(desk.Place{Page: desk.Retention, Part: "practice"})
	d.Sees("Nothing is sent or closed by itself.")
	d.Tap("Plan the closing")
	d.Keys(fyne.KeyReturn)
	d.Sees("Say on which day the practice closes.", "Say who keeps the records")
	fields := d.Fields()
	fields[len(fields)-3].SetText("Jun 30, 2027")
	fields[len(fields)-2].SetText("Jul 15, 2027")
	fields[len(fields)-1].SetText("Kit Larsen, LCSW\n4 Oak Row")
	d.Tap("Save the plan")
	d.Sees("Copies can be asked of you until the practice closes")
	fields[len(fields)-2].SetText("Jun 15, 2027")
	d.Tap("Save the plan")
	d.Sees("The practice closes on June 30, 2027. Then the records are kept by Kit Larsen, LCSW. 0 of 2 letters were sent.",
		"OPEN RECORDS", "CLOSED RECORDS", "no letter yet")

	folder := t.TempDir()
	for name, act := range map[string]string{"letters.pdf": "Write the letters", "list.pdf": "Print the list"} {
		d.Tap(act)
		fields := d.Fields()
		fields[0].SetText(filepath.Join(folder, name))
		d.Buttons()[len(d.Buttons())-1].Press()
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Errorf("%v: %v", err, d.Failures)
		}
	}
	d.Tap("Mark all as sent")
	d.Sees("2 of 2 letters were sent", "letter of Nov 21, 2026", "Not sent after all")
	if list := d.Timeline(ada.ID); len(list) != 1 || list[0].Channel != record.Letter || list[0].Direction != record.Out {
		t.Errorf("the record holds %+v", list)
	}
	d.Press()
	d.Sees("0 of 2 letters were sent")
	if list := d.Timeline(ada.ID); len(list) != 1 || list[0].Struck == nil {
		t.Errorf("the record holds %+v", list)
	}
	d.Fine()
}

package clients

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

// begin shows the page over a vault that prepare has filled.
func begin(t testing.TB, prepare func(*desktest.Desk)) (*desktest.Desk, *Page) {
	t.Helper()
	d := desktest.New(t)
	if prepare != nil {
		prepare(d)
	}
	return d, show(d)
}

// show opens a new page, as after an unlock.
func show(d *desktest.Desk) *Page {
	p := newPage(d)
	d.Open(p, 1004, 704, desk.Place{Page: desk.Clients})
	return p
}

// alt presses a key of the composer. The test driver's canvas does not run
// shortcuts, so this does what the canvas would.
func alt(p *Page, key fyne.KeyName) {
	for _, k := range p.chart.composer.Keys() {
		if k.Name == key && !k.Ctrl {
			p.composerKey(k)
		}
	}
}

// logged adds an entry behind the page's back.
func logged(t testing.TB, d *desktest.Desk, e record.Entry) record.Entry {
	t.Helper()
	if e.Channel == "" {
		e.Channel = record.Text
	}
	if e.Direction == "" {
		e.Direction = record.In
	}
	e, err := d.Practice().Log(context.Background(), e)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, record.LoadZone("America/Chicago"))
}

func TestTheFirstClientByKeyboard(t *testing.T) {
	d, p := begin(t, nil)
	d.Sees("Your first client", "No clients yet.", "Ctrl Shift N")
	p.Key(desk.KeyAdd)
	d.Type("Ada Quill")
	d.Fields()[3].SetText("2/29/80")
	d.Fields()[4].SetText("ms")
	p.Key(desk.KeySave)
	d.Fine()
	d.SeesNot("Your first client")
	d.Sees("Ada Quill", "born Feb 29, 1980 · in Mississippi · record 2026-001 · Active: kept", "Safe contact: not asked yet",
		"Nothing logged yet", "Timeline", "Standing", "More")

	d.Type("Hello, may I write to you here?")
	alt(p, fyne.Key2)
	d.Window().Canvas().Focused().(fyne.Shortcutable).TypedShortcut(
		&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	d.Fine()
	d.Sees("Today, Saturday, November 21", "emailed", "Hello, may I write to you here?", "2:14 PM")
	d.SeesNot("Nothing logged yet")
}

func TestLogACallByKeyboard(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill", "+1 601 555 0142") })
	d.Keys(fyne.KeyDown, fyne.KeyReturn)
	p.Key(desk.KeyLog)
	d.Type("We moved Thursday to 3 pm.")
	alt(p, fyne.Key3)
	alt(p, fyne.KeyT)
	alt(p, fyne.KeyI)
	alt(p, fyne.KeyL)
	d.Type("at home in Jackson")
	d.Keys(fyne.KeyReturn)
	alt(p, fyne.KeyW)
	fields := d.Fields()
	n := len(fields) - 4
	fields[n].SetText("yesterday")
	fields[n+1].SetText("2:40pm")
	fields[n+3].SetText("12")
	d.Tap("Set")
	d.Sees("Nov 20, 2:40 PM", "12 min", "Identity confirmed", "at home in Jackson")
	p.Key(desk.KeySave)
	d.Fine()

	list := d.Timeline(ada.ID)
	if len(list) != 1 {
		t.Fatalf("%d entries were logged", len(list))
	}
	e := list[0]
	want := record.Entry{Channel: record.Call, Direction: record.Out, At: at(20, 14, 40).UTC(), Duration: 12 * time.Minute,
		Identity: record.IdentityConfirmed, Location: "at home in Jackson", Body: "We moved Thursday to 3 pm.", Zone: "America/Chicago", ZoneBasis: record.ZoneStated}
	if e.Channel != want.Channel || e.Direction != want.Direction || !e.At.Equal(want.At) || e.Duration != want.Duration ||
		e.Identity != want.Identity || e.Location != want.Location || e.Body != want.Body || e.Zone != want.Zone || e.ZoneBasis != want.ZoneBasis {
		t.Errorf("logged %+v", e)
	}
	if len(d.Toasts) != 1 || d.Toasts[0] != "Call logged for Ada, 2:40 PM" {
		t.Errorf("toasts: %q", d.Toasts)
	}
	if p.chart.composer.Text().Text() != "" {
		t.Error("the text is still in the composer")
	}
	d.Sees("Friday, November 20", "called · 12 min", "Now", "Identity?")
	if c, ok := p.list.selected(); !ok || c.Entries != 1 {
		t.Errorf("the list was not brought up to date: %+v", c)
	}
}

func TestWhatCannotBeLoggedStaysTyped(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill") })
	p.Show(desk.Place{Client: ada.ID})
	p.Key(desk.KeyLog)
	p.Key(desk.KeySave)
	d.Sees("There is nothing to log yet: write what was said or done.")

	d.Type("Her mother called.")
	d.SeesNot("There is nothing to log yet")
	alt(p, fyne.KeyP)
	p.Key(desk.KeySave)
	d.Sees("Say who the third person is.")
	if got := p.chart.composer.Text().Text(); got != "Her mother called." {
		t.Errorf("the composer holds %q", got)
	}
	d.Type("Maria Quill")
	d.Fields()[1].SetText("mother")
	p.Key(desk.KeySave)
	d.Fine()
	d.Sees("Maria Quill", "· mother · text")

	p.Key(desk.KeyLog)
	d.Type("Nobody answers.")
	list := d.Timeline(ada.ID)
	if err := d.Practice().Lock(); err != nil {
		t.Fatal(err)
	}
	p.Key(desk.KeySave)
	d.Sees("The vault is locked: unlock it first.")
	if got := p.chart.composer.Text().Text(); got != "Nobody answers." {
		t.Errorf("after a failure the composer holds %q", got)
	}
	if len(list) != 1 || list[0].Direction != record.Third || list[0].Parties[0].Role != "mother" {
		t.Errorf("logged %+v", list)
	}
}

func TestALockLosesNothingThatWasTyped(t *testing.T) {
	var ada, bo record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada, bo = d.Client("Ada Quill"), d.Client("Bo Larsen") })
	p.Show(desk.Place{Client: ada.ID})
	p.Key(desk.KeyLog)
	d.Type("half a sen")
	alt(p, fyne.Key5)
	p.Show(desk.Place{Client: bo.ID})
	d.SeesNot("half a sen")
	p.Key(desk.KeyLog)
	d.Type("another")

	drafts := p.Drafts()
	if len(drafts) != 2 {
		t.Fatalf("%d drafts are given to be kept", len(drafts))
	}
	for _, draft := range drafts {
		if err := d.Practice().SaveDraft(context.Background(), draft.Client, draft.Text); err != nil {
			t.Fatal(err)
		}
	}
	p = show(d)
	p.Show(desk.Place{Client: ada.ID})
	if got := p.chart.composer.Text().Text(); got != "half a sen" {
		t.Fatalf("after the lock the composer holds %q", got)
	}
	d.Sees("In person")
	p.Key(desk.KeySave)
	d.Fine()
	if kept, err := d.Practice().Draft(context.Background(), ada.ID); err != nil || kept != "" {
		t.Errorf("the draft of what was logged is still kept: %q, %v", kept, err)
	}
	p.Show(desk.Place{Client: bo.ID})
	if got := p.chart.composer.Text().Text(); got != "another" {
		t.Errorf("the other client's draft is %q", got)
	}
	if list := d.Timeline(ada.ID); len(list) != 1 || list[0].Channel != record.InPerson || list[0].Body != "half a sen" {
		t.Errorf("logged %+v", list)
	}
}

func TestWhatTheWindowKeptMeanwhileIsGoneOnceItIsLogged(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill") })
	p.Show(desk.Place{Client: ada.ID})
	p.Key(desk.KeyLog)
	d.Type("half a sentence")
	if err := d.Practice().SaveDraft(context.Background(), ada.ID, p.Drafts()[0].Text); err != nil {
		t.Fatal(err)
	}
	p.Key(desk.KeySave)
	d.Fine()
	if kept, err := d.Practice().Draft(context.Background(), ada.ID); err != nil || kept != "" {
		t.Errorf("the draft of what was logged is still kept: %q, %v", kept, err)
	}
}

func TestAHalfAddedClientSurvivesALock(t *testing.T) {
	d, p := begin(t, nil)
	p.Key(desk.KeyAdd)
	d.Type("Noa Le")
	drafts := p.Drafts()
	if len(drafts) != 1 || drafts[0].Client != 0 {
		t.Fatalf("drafts: %+v", drafts)
	}
	if err := d.Practice().SaveDraft(context.Background(), 0, drafts[0].Text); err != nil {
		t.Fatal(err)
	}
	p = show(d)
	p.Key(desk.KeyAdd)
	if got := d.Fields()[0].Text(); got != "Noa Le" {
		t.Fatalf("the form begins with %q", got)
	}
	p.Key(desk.KeySave)
	d.Fine()
	if kept, err := d.Practice().Draft(context.Background(), 0); err != nil || kept != "" {
		t.Errorf("the draft is still kept: %q, %v", kept, err)
	}
}

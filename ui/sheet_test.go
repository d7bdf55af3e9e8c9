package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// slip is a form that somebody is filling in.
type slip struct {
	content fyne.CanvasObject
	keys    []string
	typed   []desk.Draft
	stays   bool // what was typed is not given up
	close   func()
}

func (s *slip) Content() fyne.CanvasObject { return s.content }
func (s *slip) Drafts() []desk.Draft       { return s.typed }

func (s *slip) Key(name string) bool {
	s.keys = append(s.keys, name)
	return name == desk.KeySave || name == desk.KeyEscape
}

func (s *slip) Leave(then func()) {
	if !s.stays {
		s.close()
		then()
	}
}

func newSlip(d *session) *slip {
	return &slip{content: kit.NewNote("the form"), close: d.CloseSheet}
}

func TestASheetStandsBeforeThePageUntilItIsLeft(t *testing.T) {
	r := openRoom(t)
	d := r.shell.session
	s := newSlip(d)
	d.ShowSheet(s)
	if d.host.Visible() || d.sheets.Open() != desk.Sheet(s) {
		t.Fatal("the form does not stand in the page's place")
	}
	r.shell.save()
	r.shell.typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(s.keys) != 2 || s.keys[0] != desk.KeySave || s.keys[1] != desk.KeyEscape {
		t.Errorf("the form was offered %q", s.keys)
	}
	s.stays = true
	before := d.shown
	d.Go(desk.Place{Page: desk.Inbox})
	if d.shown != before || d.sheets.Open() == nil {
		t.Error("the page was left though the form stays")
	}
	s.stays = false
	d.Go(desk.Place{Page: desk.Inbox})
	if d.shown != desk.Inbox || d.sheets.Open() != nil || !d.host.Visible() {
		t.Error("the form is still there")
	}
}

func TestWhatIsTypedIntoASheetIsKeptOverALock(t *testing.T) {
	r := openRoom(t)
	d := r.shell.session
	client, err := d.practice.AddClient(t.Context(), record.Client{Name: "Ada Quill", Kind: record.Individual})
	if err != nil {
		t.Fatal(err)
	}
	s := newSlip(d)
	s.typed = []desk.Draft{{Client: client.ID, Form: record.FormSearch, Text: "half a search note"}, {Client: client.ID, Text: "half a contact"}}
	d.ShowSheet(s)
	r.shell.Lock()
	r.untilLocked()
	p := r.reopen()
	note, err := p.FormDraft(t.Context(), client.ID, record.FormSearch)
	if err != nil || note != "half a search note" {
		t.Errorf("the form's draft is %q, %v", note, err)
	}
	contact, err := p.Draft(t.Context(), client.ID)
	if err != nil || contact != "half a contact" {
		t.Errorf("the contact's draft is %q, %v", contact, err)
	}
}

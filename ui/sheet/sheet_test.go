package sheet

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// page is a page with nothing of its own.
type page struct{ content fyne.CanvasObject }

func (p page) Content() fyne.CanvasObject { return p.content }
func (page) Show(desk.Place)              {}
func (page) Refresh(record.ClientID)      {}
func (page) Key(string) bool              { return false }

// start makes a window with a client.
func start(t *testing.T) (*desktest.Desk, record.Client) {
	t.Helper()
	d := desktest.New(t)
	ada := d.Client("Ada Quill", "+1 601 555 0142")
	d.Open(page{kit.NewNote("the page behind")}, 736, 700, desk.Place{})
	return d, ada
}

// filed gives the newest entry of a form and what it states.
func filed(t *testing.T, d *desktest.Desk, id record.ClientID, f record.Form) (record.Filed, int) {
	t.Helper()
	list, err := d.Practice().Forms(context.Background(), id, f)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		return record.Filed{}, 0
	}
	return list[0], len(list)
}

func TestASearchNote(t *testing.T) {
	d, ada := start(t)
	var done record.Entry
	Open(d, Ask{Client: ada.ID, Form: record.FormSearch, Done: func(e record.Entry) { done = e }})
	d.Fine()
	d.Sees("Search note", "Ada Quill", "TSP 2.06", "Where you searched", "What came of it")
	d.SeesNot("the page behind", "Which consent", "What you found")
	d.Type("Google")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Fill this in.", "Choose one of these.")
	if at := d.Window().Canvas().Focused(); at != d.Fields()[2].Entry() {
		t.Error("the keyboard is not at the first field that is wrong")
	}
	d.Type("name and town")
	d.Fields()[3].SetText("a threat was posted in her name")
	d.Choose("Neither: a departure from the standard", 1)
	d.Sees("Why it could not wait")
	d.SeesNot("Which consent", "It stays flagged")
	d.Choose("Neither: a departure from the standard", 2)
	d.Sees("It stays flagged in the record")
	d.SeesNot("Why it could not wait")
	d.Fields()[5].SetText("I was worried and looked before I asked")
	d.Choose("Not yet", 1)
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	if done.ID == 0 || d.Sheet() != nil {
		t.Fatalf("it was not saved:\n%s", d.Shown())
	}
	d.Sees("the page behind")
	f, n := filed(t, d, ada.ID, record.FormSearch)
	note, err := form.Decode[record.SearchNote](f.Data)
	if err != nil || n != 1 || note.Where != "Google" || note.Basis != record.BasisNeither || note.Told != "no" || note.On != record.DateOf(desktest.Now) {
		t.Errorf("filed %d: %+v, %v", n, note, err)
	}
}

func TestLeavingASheetAsksOnlyWhereSomethingWasTyped(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormReferral})
	d.Sheet().Key(desk.KeyEscape)
	if d.Sheet() != nil {
		t.Fatal("an untouched sheet does not close")
	}
	Open(d, Ask{Client: ada.ID, Form: record.FormReferral})
	d.Type("Dr. Müller")
	left := false
	d.LeaveSheet(func() { left = true })
	d.Sees("Discard what you typed?")
	d.Tap("Keep editing")
	if d.Sheet() == nil || left {
		t.Fatal("what was typed is gone")
	}
	d.LeaveSheet(func() { left = true })
	d.Tap("Discard")
	if d.Sheet() != nil || !left {
		t.Error("the sheet is still open")
	}
}

func TestWhatWasTypedSurvivesALock(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormSearch})
	d.Type("Google, page 2")
	d.Fields()[0].SetText("no day")
	drafts := d.Sheet().Drafts()
	if len(drafts) != 1 || drafts[0].Client != ada.ID || drafts[0].Form != record.FormSearch {
		t.Fatalf("drafts: %+v", drafts)
	}
	if err := d.Practice().SaveFormDraft(context.Background(), ada.ID, record.FormSearch, drafts[0].Text); err != nil {
		t.Fatal(err)
	}
	d.CloseSheet()

	Open(d, Ask{Client: ada.ID, Form: record.FormSearch})
	if d.Fields()[0].Text() != "no day" || d.Fields()[1].Text() != "Google, page 2" {
		t.Errorf("brought back %q, %q", d.Fields()[0].Text(), d.Fields()[1].Text())
	}
	d.Sheet().Key(desk.KeyEscape)
	d.Tap("Discard")
	Open(d, Ask{Client: ada.ID, Form: record.FormSearch})
	if d.Fields()[1].Text() != "" {
		t.Errorf("a draft that was discarded is back: %q", d.Fields()[1].Text())
	}
}

// A correction that was begun outlives another entry of the same form.
func TestADraftAboutOneEntryStaysWhenAnotherIsFiled(t *testing.T) {
	d, ada := start(t)
	refer := func(to string, ask Ask) {
		Open(d, ask)
		d.Fields()[1].SetText(to)
		d.Fields()[2].SetText("sleep")
	}
	fresh := Ask{Client: ada.ID, Form: record.FormReferral}
	refer("Dr. Muller", fresh)
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	first, _ := filed(t, d, ada.ID, record.FormReferral)
	correction := Ask{Client: ada.ID, Form: record.FormReferral, Supersedes: first.ID}
	refer("Dr. Müller", correction)
	for _, draft := range d.Sheet().Drafts() {
		if err := d.Practice().SaveFormDraft(context.Background(), draft.Client, draft.Form, draft.Text); err != nil {
			t.Fatal(err)
		}
	}
	d.CloseSheet()
	refer("Dr. Okafor", fresh)
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	Open(d, correction)
	if got := d.Fields()[1].Text(); got != "Dr. Müller" {
		t.Errorf("the correction begins with %q", got)
	}
}

func TestACorrectionBeginsWithWhatStood(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormReferral})
	d.Type("Dr. Muller")
	d.Fields()[2].SetText("sleep")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	before, _ := filed(t, d, ada.ID, record.FormReferral)
	Open(d, Ask{Client: ada.ID, Form: record.FormReferral, Supersedes: before.ID})
	d.Sees("Correct: Referral")
	d.Fields()[1].SetText("Dr. Müller")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	after, n := filed(t, d, ada.ID, record.FormReferral)
	if n != 1 || !strings.Contains(string(after.Data), "Müller") {
		t.Errorf("%d stand, the newest says %s", n, after.Data)
	}
	if d.Timeline(ada.ID)[0].Superseded != after.ID {
		t.Errorf("entry %d does not name what corrects it", before.ID)
	}
}

func TestWhoDecidedIsJudgedOneByOne(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormConsent, Values: form.Values{
		"what": "recording", "scope": "one session, for supervision", "how": "verbal",
		"signers": []record.Signer{{Name: "Bo", Role: "member"}, {Name: "Kit", Role: "member", Capacity: "yes"}},
	}})
	d.Sheet().Key(desk.KeySave)
	d.Sees("Judge whether Bo can decide this: yes, no or unsure.")
	d.Keys(fyne.KeyRight, fyne.KeyRight)
	d.Sheet().Key(desk.KeySave)
	d.Sees("Say what makes you doubt that Bo can decide this.")
	d.Type("was drunk")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	f, _ := filed(t, d, ada.ID, record.FormConsent)
	c, err := form.Decode[record.Consent](f.Data)
	if err != nil || len(c.Signers) != 2 || c.Signers[0].Capacity != "no" || c.Signers[0].Basis != "was drunk" || c.Decision != record.Given {
		t.Errorf("filed %+v, %v", c, err)
	}
}

// Every form can be drawn, filled from what it states, and refuses itself empty.
func TestEveryFormIsDrawn(t *testing.T) {
	d, ada := start(t)
	for _, spec := range form.All() {
		if len(spec.Sections) == 0 {
			continue
		}
		id := ada.ID
		if !spec.In(id) {
			id = record.Book
		}
		Open(d, Ask{Client: id, Form: spec.Form})
		d.Fine()
		d.Sees(spec.Title)
		d.Sheet().Key(desk.KeySave)
		if d.Sheet() != nil {
			d.CloseSheet()
		}
	}
}

func TestASignatureIsDrawnAndKept(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormConsent, Values: form.Values{
		"what": "photograph", "scope": "one picture", "signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}}})
	d.SeesNot("Sign here")
	d.Choose("Signed in this window", 3)
	d.Sees("Sign here")
	d.Sheet().Key(desk.KeySave)
	d.Sees("There is no signature yet: draw it, or choose another way.")
	d.Sign()
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	list := d.Timeline(ada.ID)
	if len(list) != 1 || len(list[0].Attachments) != 1 || list[0].Attachments[0].Name != "signature.png" || list[0].Attachments[0].Type != "image/png" {
		t.Errorf("on record: %+v", list)
	}
}

func TestASignatureWithoutStrokesIsRefused(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormAcknowledgment, Values: form.Values{
		"earlier_what": "Form of 2019", "earlier": []string{"records"}, "how": "signature", "signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}}})
	d.Sheet().Key(desk.KeySave)
	d.Sees("There is no signature yet: draw it, or choose another way.")
	if d.Sheet() == nil || len(d.Timeline(ada.ID)) != 0 {
		t.Error("it was saved all the same")
	}
}

func TestAFileIsKeptWithTheEntry(t *testing.T) {
	d, ada := start(t)
	path := filepath.Join(t.TempDir(), "scan.txt")
	if err := os.WriteFile(path, []byte("a scan"), 0o600); err != nil {
		t.Fatal(err)
	}
	Open(d, Ask{Client: ada.ID, Form: record.FormReferral, Values: form.Values{"to": "Dr. Müller", "reason": "sleep"}})
	d.Sheet().(*Sheet).files.set([]string{path})
	d.Sees("Remove scan.txt")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	list := d.Timeline(ada.ID)
	if len(list) != 1 || len(list[0].Attachments) != 1 || list[0].Attachments[0].Name != "scan.txt" {
		t.Errorf("on record: %+v", list)
	}
}

func TestDaysAndStatesAreReadAsPeopleTypeThem(t *testing.T) {
	d, ada := start(t)
	Open(d, Ask{Client: ada.ID, Form: record.FormPlace})
	d.Fields()[0].SetText("atlantis")
	d.Fields()[2].SetText("tomorrow")
	d.Sheet().Key(desk.KeySave)
	d.Sees("Choose the state, as US-MS for Mississippi.", "is still to come")
	d.Fields()[0].SetText("tennessee")
	d.Fields()[2].SetText("Nov 2")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	f, _ := filed(t, d, ada.ID, record.FormPlace)
	if string(f.Data) != `{"jurisdiction":"US-TN","since":"2026-11-02"}` {
		t.Errorf("filed %s", f.Data)
	}
}

func TestWhoseRecordsAreFoundByAPartOfAName(t *testing.T) {
	d, ada := start(t)
	d.Client("Bo Larsen")
	Open(d, Ask{Client: record.Book, Form: record.FormIncident, Values: form.Values{
		"what": "wrong-recipient", "story": "an email went astray", "data": "an appointment"}})
	for _, f := range d.Fields() {
		if f.Text() == "" {
			f.SetText("quil")
			if strings.Contains(d.Shown(), "Ada Quill") {
				f.OnEnter(f.Text())
				break
			}
			f.SetText("")
		}
	}
	d.Sees("Remove Ada Quill")
	d.SeesNot("Bo Larsen")
	d.Sheet().Key(desk.KeySave)
	d.Fine()
	f, _ := filed(t, d, record.Book, record.FormIncident)
	i, err := form.Decode[record.Incident](f.Data)
	if err != nil || len(i.Clients) != 1 || i.Clients[0] != ada.ID {
		t.Errorf("filed %+v, %v", i, err)
	}
}

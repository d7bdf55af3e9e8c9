package policies

import (
	"context"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

func open(t *testing.T, started bool) (*desktest.Desk, *page) {
	t.Helper()
	d := desktest.New(t)
	if started {
		if err := d.Practice().Start(context.Background(), app.FirstAnswers{HIPAA: "no"}); err != nil {
			t.Fatal(err)
		}
	}
	p := New(d).(*page)
	d.Open(p, 1004, 700, desk.Place{Page: desk.Policies, Topic: "searching"})
	return d, p
}

func TestALibraryOfPolicies(t *testing.T) {
	d, p := open(t, true)
	d.Sees("Searching for clients online", "version 1, since Nov 21, 2026", "review by Nov 21, 2027", "Social media", "Not needed as you are set up")
	ada := d.Client("Ada Quill")
	d.Changed(ada.ID)
	d.Sees("1 client not told")
	p.view.tabs.Choose(tabPeople)
	p.view.showTab(tabPeople)
	d.Sees("Ada Quill", "has not acknowledged")
	p.view.record(p.view.policy.NotTold[0])
	if d.Sheet() == nil {
		t.Fatal("no acknowledgment was opened")
	}
	d.Sees("Acknowledgment", "Ada Quill")
	d.CloseSheet()
	d.Fine()
}

func TestANewVersionIsWrittenInPlace(t *testing.T) {
	d, p := open(t, true)
	p.view.write.Press()
	d.Sees("New version: Searching for clients online", "Applies from")
	p.editor.text.SetText("# Searching\n\n- I ask [whom?] first.\n")
	p.Key(desk.KeySave)
	d.Sees("Something is still to be filled in", "whom?")
	d.Tap("Publish all the same")
	d.Sees("version 2, since Nov 21, 2026", "1 place to fill in")
	p.view.showTab(tabVersions)
	d.Sees("Version 2, in effect", "Version 1")
	p.view.showVersion(1)
	d.Sees("This is version 1")
	d.Fine()
}

func TestWhatIsWrongIsSaidInTheEditor(t *testing.T) {
	d, p := open(t, true)
	p.view.write.Press()
	p.editor.text.SetText(" ")
	p.Key(desk.KeySave)
	d.Sees("The text is empty")
	p.editor.text.SetText("I ask first.")
	p.editor.from.SetText("11/1/2026")
	p.Key(desk.KeySave)
	d.Sees("The version before applies from November 21, 2026")
	p.Key(desk.KeyEscape)
	d.Sees("Give up this version?")
	d.Tap("Give it up")
	if p.editing() {
		t.Error("the editor is still there")
	}
	if one, _ := d.Practice().Policies(context.Background()); len(one[8].Versions) != 1 {
		t.Errorf("something was published: %+v", one[8].Versions)
	}
}

func TestAVersionIsKeptOverALock(t *testing.T) {
	d, p := open(t, true)
	p.view.write.Press()
	p.editor.text.SetText("I ask first, always.")
	drafts := p.Drafts()
	if len(drafts) != 1 {
		t.Fatalf("the drafts are %+v", drafts)
	}
	if err := d.Practice().SaveFormDraft(context.Background(), record.Book, drafts[0].Form, drafts[0].Text); err != nil {
		t.Fatal(err)
	}
	again := New(d).(*page)
	d.Open(again, 1004, 700, desk.Place{Page: desk.Policies, Topic: "searching"})
	again.view.write.Press()
	if again.editor.text.Text() != "I ask first, always." {
		t.Errorf("the editor holds %q", again.editor.text.Text())
	}
}

func TestASettingThatChangedOffersANewVersion(t *testing.T) {
	d, p := open(t, true)
	s, err := d.Practice().Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.Backups = "a drive at the bank"
	if err := d.Practice().SetSettings(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	p.Show(desk.Place{Page: desk.Policies, Topic: "records"})
	d.Sees("a new version is offered", "is now “a drive at the bank”")
	d.Tap("Look at the new version")
	if !strings.Contains(p.editor.text.Text(), "a drive at the bank") {
		t.Errorf("the editor holds %q", p.editor.text.Text())
	}
	d.Fine()
}

func TestAReviewAndNothingYet(t *testing.T) {
	d, p := open(t, false)
	d.Sees("not written yet", "This is what a first version would say", "Write it")
	p.view.write.Press()
	p.editor.text.SetText("I ask first.")
	p.editor.from.SetText("11/1/2020")
	p.editor.held.Set(true)
	p.Key(desk.KeySave)
	d.Sees("version 1, since Nov 1, 2020", "review was due Nov 1, 2021")
	d.Tap("It still holds")
	d.Tap("Save")
	d.Sees("review by Nov 21, 2027")
	d.Fine()
}

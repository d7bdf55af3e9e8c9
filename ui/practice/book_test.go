package practice

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

type plainLook struct{}

func (plainLook) Choice() look.Choice { return look.Light }
func (plainLook) Set(look.Choice)     {}

func openBook(t *testing.T, part string) (*desktest.Desk, *page) {
	t.Helper()
	d := desktest.New(t)
	p := newPage(d, plainLook{}, func() {})
	d.Open(p, 1004, 700, desk.Place{Page: desk.Practice, Part: part})
	return d, p
}

func file(t *testing.T, d *desktest.Desk, client record.ClientID, f record.Form, about record.EntryID, v form.Values) record.Entry {
	t.Helper()
	e, err := d.Practice().File(context.Background(), app.FormRequest{Client: client, Form: f, About: about, Values: v})
	if err != nil {
		t.Fatal(err)
	}
	d.Changed(record.Book)
	return e
}

// Each register offers to add what it holds, and shows its entries with what is
// to be known of them.
func TestRegisters(t *testing.T) {
	for part, c := range map[string]struct {
		form  record.Form
		act   string
		value form.Values
		sees  []string
	}{
		"licenses": {record.FormLicense, "Add a license", form.Values{"kind": "license", "title": "LCSW", "jurisdiction": "US-MS", "number": "C4471", "expires": "2026-12-31"},
			[]string{"LCSW, C4471", "Mississippi", "until Dec 31, 2026"}},
		"vendors": {record.FormVendor, "Add a vendor", form.Values{"name": "Quill Telephone", "service": "phone", "agreement": "baa", "signed": "2025-01-05", "expires": "2026-01-05"},
			[]string{"Quill Telephone", "Business associate agreement, signed Jan 5, 2025", "ended Jan 5, 2026"}},
		"training": {record.FormCompetence, "Add training", form.Values{"on": "2026-01-05", "course": "Telehealth", "hours": 3.5, "renew": "2027-06-01"},
			[]string{"Telehealth", "3.5 hours", "again by Jun 1, 2027"}},
		"consultations": {record.FormConsultation, "Note a consultation", form.Values{"on": "2026-01-05", "kind": "consultation", "with": "Bo Larsen", "about": "a boundary", "named": "yes", "safe": "yes"},
			[]string{"With Bo Larsen", "a boundary", "client named"}},
		"reviews": {record.FormReview, "Record a review", form.Values{"what": "online-presence", "on": "2025-01-05", "found": "nothing new"},
			[]string{"My own online presence", "nothing new"}},
		"journal": {record.FormJournal, "Write in the journal", form.Values{"on": "2026-01-05", "topic": "A colleague’s posts", "text": "He wrote.\nI will talk to him."},
			[]string{"A colleague’s posts", "He wrote."}},
	} {
		t.Run(part, func(t *testing.T) {
			d, _ := openBook(t, part)
			d.Sees("Nothing here yet", c.act)
			d.Tap(c.act)
			if d.Sheet() == nil {
				t.Fatal("no form was opened")
			}
			d.CloseSheet()
			file(t, d, record.Book, c.form, 0, c.value)
			d.Sees(c.sees...)
			d.SeesNot("Nothing here yet")
			d.Fine()
		})
	}
}

// An entry of the book is looked at whole, corrected, and struck through with a
// reason; it is never removed.
func TestAnEntryOfTheBook(t *testing.T) {
	d, _ := openBook(t, "journal")
	file(t, d, record.Book, record.FormJournal, 0, form.Values{"on": "2026-01-05", "topic": "A colleague’s posts", "text": "He wrote.\nI will talk to him."})
	d.Keys(fyne.KeyReturn)
	d.Sees("Private journal: A colleague’s posts")
	d.Tap("Correct")
	if d.Sheet() == nil {
		t.Fatal("it is not corrected")
	}
	d.CloseSheet()
	showEntry(d, d.Timeline(record.Book)[0].ID)
	d.Tap("Strike through")
	d.Tap("Strike through")
	d.Sees("Say why")
	d.Fields()[len(d.Fields())-1].SetText("the wrong colleague")
	d.Tap("Strike through")
	d.Sees("Nothing here yet")
	if left := d.Timeline(record.Book); len(left) != 1 || left[0].Struck == nil {
		t.Errorf("the book holds %+v", left)
	}
	d.Fine()
}

// A low probability ends HIPAA's clock and never that of the standards.
func TestIncidentsHaveBothClocks(t *testing.T) {
	d, p := openBook(t, "incidents")
	d.Sees("No incident is on record")
	s, err := d.Practice().Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.HIPAA = "yes"
	if err := d.Practice().SetSettings(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	ada, bo := d.Client("Ada Quill"), d.Client("Bo Larsen")
	values := form.Values{"discovered": "2026-11-10", "what": "wrong-recipient", "story": "An email went astray.", "data": "a summary",
		"finding": "not-judged", "clients": []string{ada.ID.String(), bo.ID.String()}}
	first := file(t, d, record.Book, record.FormIncident, 0, values)
	d.Sees("Sent to the wrong person, discovered Nov 10, 2026", "HIPAA: by Jan 9, 2027", "Ada Quill", "not told yet")
	file(t, d, ada.ID, record.FormBreachNotice, first.ID, form.Values{"on": "2026-11-11", "how": "by telephone", "said": "all of it"})
	d.Sees("told Nov 11, 2026", "by telephone")

	values["finding"], values["why"] = "low-probability", "it was encrypted"
	if _, err := d.Practice().File(context.Background(), app.FormRequest{Client: record.Book, Form: record.FormIncident, Supersedes: first.ID, Values: values}); err != nil {
		t.Fatal(err)
	}
	d.Changed(record.Book)
	d.Sees("Low probability", "clients to tell", "told Nov 11, 2026", "not told yet")
	d.SeesNot("HIPAA: by")
	p.Key(desk.KeyHide)
	d.SeesNot("Ada Quill")
	d.Fine()
}

func TestStandingOfThePractice(t *testing.T) {
	d, p := openBook(t, "standing")
	d.Client("Ada Quill")
	d.Changed(0)
	d.Sees("TSP 1.01", "open")
	s := p.parts[8].(*standings)
	s.tabs.Choose(1)
	s.put()
	d.Sees("Ada Quill", "documented")
	s.open(0)
	if len(d.Places) != 1 || d.Places[0].Page != desk.Clients || d.Places[0].Client == 0 {
		t.Errorf("it went to %+v", d.Places)
	}
	d.Fine()
}

// The profile is saved whole, and what cannot be is said at its field.
func TestTheProfile(t *testing.T) {
	d, p := openBook(t, "profile")
	s := p.settings
	s.regulator[0].SetText("Board of Examiners")
	s.state.SetText("ms")
	s.majority.SetText("old")
	p.Key(desk.KeySave)
	if s.majority.Error() == "" {
		t.Error("an age that is none is taken")
	}
	s.majority.SetText("21")
	s.hours.From.SetText("9 AM")
	s.hours.To.SetText("5 PM")
	s.hours.Days.Choose(0, 1)
	s.fees.SetText("$110 a session")
	p.Key(desk.KeySave)
	got, err := d.Practice().Settings(context.Background())
	if err != nil || got.Regulator.Name != "Board of Examiners" || got.Jurisdiction != "US-MS" || got.Ages.Majority != 21 ||
		got.Hours.To != "17:00" || got.Fees != "$110 a session" {
		t.Errorf("the vault holds %+v, %v", got, err)
	}
	if s.edits() {
		t.Error("after saving there is something to save")
	}
	d.Fine()
}

// A review of a policy says of which one.
func TestAReviewOfAPolicyNamesIt(t *testing.T) {
	d, _ := openBook(t, "reviews")
	ctx := context.Background()
	version, err := d.Practice().PublishPolicy(ctx, app.PolicyDraft{Topic: "breach", Text: "I tell you soon."})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Practice().ReviewPolicy(ctx, version.ID, "It still holds."); err != nil {
		t.Fatal(err)
	}
	d.Changed(record.Book)
	d.Sees("Policy: Breach notification", "It still holds.")
	d.SeesNot("A policy of the practice")
}

// Where a client is that no license reaches stands above the licenses.
func TestLicensesSayWhomTheyDoNotReach(t *testing.T) {
	d, _ := openBook(t, "licenses")
	file(t, d, record.Book, record.FormLicense, 0, form.Values{"kind": "license", "title": "LCSW", "jurisdiction": "US-MS", "number": "C4471"})
	d.SeesNot("Nothing permits you")
	ada, err := d.Practice().AddClient(context.Background(), record.Client{Name: "Ada Quill", Jurisdiction: "US-TN"})
	if err != nil {
		t.Fatal(err)
	}
	d.Changed(ada.ID)
	d.Sees("Nothing permits you to work in Tennessee: Ada Quill.", "Ask its board")
}

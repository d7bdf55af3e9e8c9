package clients

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// fill types into the field under a label.
func fill(t *testing.T, d *desktest.Desk, label, text string) {
	t.Helper()
	field(t, d, label).SetText(text)
}

func field(t *testing.T, d *desktest.Desk, label string) *kit.Field {
	t.Helper()
	for _, f := range d.Fields() {
		for _, o := range test.WidgetRenderer(f).Objects() {
			if name, ok := o.(*canvas.Text); ok && name.Text == label {
				return f
			}
		}
	}
	t.Fatalf("there is no field %q", label)
	return nil
}

// answer chooses the n-th option of the i-th choice beside one another.
func answer(d *desktest.Desk, i, n int) {
	s := d.Segments()[i]
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for range n {
		s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
}

func TestEveryFieldOfAClient(t *testing.T) {
	d, p := begin(t, nil)
	p.Key(desk.KeyAdd)
	fill(t, d, "Name that is used", " Ada   Quill ")
	fill(t, d, "Legal name, if it is another", "Adelaide Quill")
	fill(t, d, "Pronouns", "she/her")
	fill(t, d, "Born", "feb 29 1980")
	fill(t, d, "State where they are", "mississippi")
	fill(t, d, "Language, if not English", "Spanish")
	fill(t, d, "Communication needs", "interpreter")
	fill(t, d, "First day of service", "Nov 2")
	answer(d, 1, 1)
	answer(d, 2, 0)
	answer(d, 3, 1)
	answer(d, 4, 1)
	fill(t, d, "Who else sees this phone?", "her mother")
	fill(t, d, "Risk, shown above everything", "safety plan of Nov 19")
	d.Tap("Add a number or address")
	d.Type("(601) 555-0142")
	fill(t, d, "Use", "mobile")
	d.Tap("Add a number or address")
	d.Type("ada@example.org")
	p.Key(desk.KeySave)
	d.Fine()

	list, err := d.Practice().Clients(context.Background())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d clients, %v", len(list), err)
	}
	got, err := d.Practice().OpenClient(context.Background(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	want := record.Client{
		ID: 1, Number: "2026-001", Kind: record.Individual, Name: "Ada Quill", LegalName: "Adelaide Quill", Pronouns: "she/her",
		Born: record.Date{Year: 1980, Month: time.February, Day: 29}, Language: "Spanish", Needs: "interpreter", Jurisdiction: "US-MS",
		SafeContact: "may text, no voicemail, don’t say the name, her mother sees this phone", Risk: "safety plan of Nov 19",
		Status: record.Screening, Since: record.Date{Year: 2026, Month: time.November, Day: 2},
		Contacts: []record.ContactPoint{
			{System: record.Phone, Value: "(601) 555-0142", Normal: "+16015550142", Use: "mobile"},
			{System: record.Email, Value: "ada@example.org", Normal: "ada@example.org"},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(record.Client{}, "Created"), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("saved (-want +got):\n%s", diff)
	}
	openTab(p, "Details")
	d.Sees("Adelaide Quill", "February 29, 1980", "Mississippi", "+1 601 555 0142 · mobile", "Screening since Nov 2, 2026")
	p.chart.askTakeUp()
	d.Keys(fyne.KeyReturn)
	d.Fine()
	d.Sees("Active since Nov 2, 2026")
}

func TestEditKeepsWhatWasNotTouched(t *testing.T) {
	var before record.Client
	d, p := begin(t, func(d *desktest.Desk) {
		before = d.Client("Tuesday group", "+1 601 555 0142")
		before.Kind, before.SafeContact = record.Group, "no voicemail, calls after 5 pm only"
		before.Members = []record.Member{{Name: "Lena Ptak", Role: "chair", Born: record.Date{Year: 1991, Month: time.July, Day: 12}, Notes: "keeps the key"}}
		if err := d.Practice().ChangeClient(context.Background(), before); err != nil {
			t.Fatal(err)
		}
	})
	p.Show(desk.Place{Client: before.ID})
	d.Sees("group · 1 member · record 2026-001", "Safe contact: no voicemail, calls after 5 pm only")
	p.Key(desk.KeyEdit)
	if got := d.Segments()[2].Chosen(); got != 1 {
		t.Errorf("the question of voicemail is answered with %d", got)
	}
	answer(d, 1, 1)
	d.Tap("Add a member")
	d.Type("Bo Larsen")
	p.Key(desk.KeySave)
	d.Fine()
	got, err := d.Practice().OpenClient(context.Background(), before.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := before
	want.SafeContact = "no texts, no voicemail, calls after 5 pm only"
	want.Members = append(want.Members, record.Member{Name: "Bo Larsen"})
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(record.Client{}, "Created"), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	d.Sees("group · 2 members")
	openTab(p, "History")
	d.Sees("Details changed", "safe contact, members")
}

func TestWhatIsWrongIsSaidUnderTheField(t *testing.T) {
	d, p := begin(t, nil)
	p.Key(desk.KeyAdd)
	fill(t, d, "Born", "2/30/1980")
	fill(t, d, "State where they are", "Atlantis")
	d.Tap("Add a number or address")
	d.Type("12")
	p.Key(desk.KeySave)
	d.Sees("A client needs a name.", "There is no February 30 in 1980.", "Write the state’s name or letters, as MS.",
		"Write a number with its area code, as 601 555 0142.")
	fill(t, d, "Born", "11/22/2026")
	d.Type("Ada")
	fill(t, d, "State where they are", "")
	d.SeesNot("A client needs a name.")
	p.Key(desk.KeySave)
	d.Sees("That day is still to come.")
	fill(t, d, "Born", "")
	fill(t, d, "Number or address", "ada@nowhere")
	p.Key(desk.KeySave)
	d.Sees("Write an email address as ada@example.org.")
	if list, err := d.Practice().Clients(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("%d clients were added, %v", len(list), err)
	}
	remove := d.Buttons()
	for _, b := range remove {
		if b.Text() == "Remove" {
			b.Press()
		}
	}
	p.Key(desk.KeySave)
	d.Fine()
	d.Sees("Safe contact: not asked yet")
}

func TestDiscardingAsks(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill") })
	p.Show(desk.Place{Client: ada.ID})
	p.Key(desk.KeyEdit)
	p.Key(desk.KeyEscape)
	d.SeesNot("Edit Ada Quill", "Discard what you typed?")

	p.Key(desk.KeyEdit)
	d.Type("X")
	p.Key(desk.KeyEscape)
	d.Sees("Discard what you typed?")
	d.Keys(fyne.KeyEscape)
	d.Sees("Edit Ada Quill")
	p.Key(desk.KeyAdd)
	d.Sees("Discard what you typed?")
	d.Tap("Discard")
	d.Sees("Add a client")
	p.Key(desk.KeyEscape)
	if c, err := d.Practice().OpenClient(context.Background(), ada.ID); err != nil || c.Name != "Ada Quill" {
		t.Errorf("the client is %q, %v", c.Name, err)
	}
	d.Fine()
}

func TestCloseAndReopen(t *testing.T) {
	var ada record.Client
	d, p := begin(t, func(d *desktest.Desk) {
		ada = d.Client("Ada Quill")
		ada.Since = record.Date{Year: 2026, Month: time.November, Day: 21}
		if err := d.Practice().ChangeClient(context.Background(), ada); err != nil {
			t.Fatal(err)
		}
	})
	p.Show(desk.Place{Client: ada.ID})
	p.chart.askClose()
	fill(t, d, "Last day of service", "some day")
	d.Tap("Close the record")
	d.Sees("Write a date as 2/29/1980.")
	fill(t, d, "Last day of service", "Nov 20, 2026")
	d.Tap("Close the record")
	d.Sees("the closing day cannot be before it")
	fill(t, d, "Last day of service", "today")
	fill(t, d, "Reason", "moved away")
	d.Tap("Close the record")
	d.Fine()
	d.Sees("Closed Nov 21, 2026: moved away", "Closed · No contact yet")

	p.chart.askReopen()
	d.Keys(fyne.KeyReturn)
	d.Fine()
	d.SeesNot("Closed Nov 21, 2026")
	if c, err := d.Practice().OpenClient(context.Background(), ada.ID); err != nil || c.Status != record.Active {
		t.Errorf("the client is %q, %v", c.Status, err)
	}
}

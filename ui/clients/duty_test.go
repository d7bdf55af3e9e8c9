package clients

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

// hand does what a practitioner does, and counts it: a key or a click that
// decides something, or a text that is typed.
type hand struct {
	*desktest.Desk
	page    *Page
	actions int
}

func (h *hand) key(name string) {
	h.actions++
	if s := h.Sheet(); s == nil || !s.Key(name) {
		h.page.Key(name)
	}
}

func (h *hand) press(keys ...fyne.KeyName) {
	h.actions++
	h.Keys(keys...)
}

func (h *hand) write(text string) {
	h.actions++
	h.Type(text)
}

// tab goes to what takes the keyboard next. Going there decides nothing.
func (h *hand) tab(n int) {
	for range n {
		h.Window().Canvas().FocusNext()
	}
}

// withPolicies gives a practice with two policies in effect and a client.
func withPolicies(t *testing.T, client record.Client) (*hand, record.Client) {
	t.Helper()
	d, p := begin(t, func(d *desktest.Desk) {
		ctx := context.Background()
		for _, topic := range []string{"informed-consent", "confidentiality"} {
			text, _, err := d.Practice().DraftPolicy(ctx, topic)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.Practice().PublishPolicy(ctx, app.PolicyDraft{Topic: topic, Text: text, WithGaps: true}); err != nil {
				t.Fatal(err)
			}
		}
		var err error
		if client, err = d.Practice().AddClient(ctx, client); err != nil {
			t.Fatal(err)
		}
	})
	p.Show(desk.Place{Client: client.ID})
	d.Fine()
	return &hand{Desk: d, page: p}, client
}

// newest gives what the newest entry of a form states.
func newest[T any](t *testing.T, d *desktest.Desk, id record.ClientID, f record.Form) T {
	t.Helper()
	list, err := d.Practice().Forms(context.Background(), id, f)
	if err != nil || len(list) == 0 {
		t.Fatalf("no %s is on record, %v:\n%s", f, err, d.Shown())
	}
	value, err := form.Decode[T](list[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestAnAcknowledgmentTakesFourActions(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.Sees("Policies not acknowledged")
	h.key(desk.KeyAcknowledge)
	h.Sees("places not filled in") // the practice has stated nothing of itself
	h.press(fyne.KeyRight)         // how: in writing
	h.tab(3)                       // over name and role
	h.press(fyne.KeyRight)         // she can decide it
	h.key(desk.KeySave)
	h.Fine()
	a := newest[record.Acknowledgment](t, h.Desk, ada.ID, record.FormAcknowledgment)
	if len(a.Policies) != 2 || a.How != "in-writing" || a.Decision != record.Given || len(a.Signers) != 1 || a.Signers[0].Capacity != "yes" {
		t.Errorf("filed %+v", a)
	}
	h.SeesNot("Policies not acknowledged")
	if h.actions > 4 {
		t.Errorf("it took %d actions", h.actions)
	}
	t.Logf("%d actions", h.actions)
	openTab(h.page, "Consents")
	h.Sees("acknowledged", "by Ada Quill")
}

func TestEachOfACoupleAcknowledges(t *testing.T) {
	h, pair := withPolicies(t, record.Client{Name: "Bo & Kit Larsen", Kind: record.Couple, Members: []record.Member{{Name: "Bo Larsen"}, {Name: "Kit Larsen"}}})
	h.key(desk.KeyAcknowledge)
	h.press(fyne.KeyRight)
	for _, b := range h.Buttons() {
		if b.Text() == "Remove" { // Bo was not there
			b.Press()
			break
		}
	}
	h.key(desk.KeySave)
	h.Fine()
	a := newest[record.Acknowledgment](t, h.Desk, pair.ID, record.FormAcknowledgment)
	if len(a.Signers) != 1 || a.Signers[0].Name != "Kit Larsen" {
		t.Fatalf("filed %+v", a.Signers)
	}
	openTab(h.page, "Consents")
	h.Sees("not yet: Bo Larsen", "Policies not acknowledged")
	for _, b := range h.Buttons() {
		if b.Text() == "Record" {
			b.Press()
			break
		}
	}
	h.Choose("In writing", 0)
	h.tab(3)
	h.press(fyne.KeyRight)
	h.key(desk.KeySave)
	h.Fine()
	a = newest[record.Acknowledgment](t, h.Desk, pair.ID, record.FormAcknowledgment)
	if len(a.Signers) != 1 || a.Signers[0].Name != "Bo Larsen" || len(a.Policies) != 1 {
		t.Errorf("filed %+v", a)
	}
}

func TestASearchNoteIsQuick(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.key(desk.KeySearchNote)
	h.write("Google")
	h.tab(1)
	h.write("name and town")
	h.tab(1)
	h.write("a threat was posted in her name")
	h.tab(2)
	h.press(fyne.KeyRight, fyne.KeyRight) // an emergency
	h.tab(1)
	h.write("the threat named today")
	h.key(desk.KeySave)
	h.Fine()
	n := newest[record.SearchNote](t, h.Desk, ada.ID, record.FormSearch)
	if n.Where != "Google" || n.Basis != record.BasisEmergency || n.Told != "no" {
		t.Errorf("filed %+v", n)
	}
	if h.actions > 7 {
		t.Errorf("it took %d actions", h.actions)
	}
	t.Logf("%d actions", h.actions)

	openTab(h.page, "Searches")
	h.Sees("an emergency", "The client was not told yet.")
	h.Tap("Record that the client was told")
	h.Sees("It is about: Search note: Google, in an emergency, November 21, 2026")
	h.Type("on the phone")
	h.key(desk.KeySave)
	h.Fine()
	openTab(h.page, "Searches")
	h.Sees("The client was told Nov 21, 2026, on the phone.")
	h.SeesNot("Record that the client was told")
}

func TestAScreeningIsQuick(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	openTab(h.page, "Assessments")
	h.actions++
	h.Tap("Assess suitability")
	h.actions++
	for range 7 {
		h.press(fyne.KeyRight) // fits
		h.tab(1)
	}
	h.tab(3)
	h.press(fyne.KeyRight) // no first consultation of another kind
	h.tab(1)
	h.press(fyne.KeyRight) // electronic services suit
	h.key(desk.KeySave)
	h.Fine()
	s := newest[record.Suitability](t, h.Desk, ada.ID, record.FormSuitability)
	if s.Safety != "fits" || s.Outcome != "electronic" || s.Again.IsZero() {
		t.Errorf("filed %+v", s)
	}
	if h.actions > 12 {
		t.Errorf("it took %d actions", h.actions)
	}
	t.Logf("%d actions", h.actions)
	h.Sees("Electronic services suit", "Safety: fits", "again by Nov 21, 2027")
}

func TestSafeContactStandsAboveEverything(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.Sees("Safe contact: not asked yet")
	h.page.chart.fill(record.FormSafeContact, 0, form.Values{"text": "yes", "voicemail": "no", "say_name": "no", "others_see": "her partner"})
	h.key(desk.KeySave)
	h.Fine()
	h.Sees("Safe contact: may text; no voicemail; say no name; her partner")
	c, err := h.Practice().OpenClient(context.Background(), ada.ID)
	if err != nil || c.SafeContact == "" {
		t.Errorf("the client says %q, %v", c.SafeContact, err)
	}
}

func TestAnEmergencyCardIsOneKeyAway(t *testing.T) {
	h, _ := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.key(desk.KeyEmergency)
	h.Sees("What you need at once", "Where the client is when you speak")
	h.Type("at home, Jackson")
	h.Fields()[2].SetText("Hinds County, +1 601 555 0199")
	h.key(desk.KeySave)
	h.Fine()
	for _, tab := range []string{"Timeline", "Standing", "History"} {
		openTab(h.page, tab)
		h.key(desk.KeyEmergency)
		h.Sees("Emergency card: Ada Quill", "Hinds County, +1 601 555 0199", "988 reaches")
		h.Keys(fyne.KeyEscape)
	}
	h.key(desk.KeySearchNote)
	h.Type("Google")
	h.key(desk.KeyEmergency) // over what is being typed
	h.Sees("Emergency card: Ada Quill")
	h.SeesNot("Discard what you typed?")
	h.Keys(fyne.KeyEscape)
	if h.Sheet() == nil || h.Fields()[1].Text() != "Google" {
		t.Error("what was typed is gone")
	}
}

func TestAReleaseIsRevokedInPlace(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.page.chart.fill(record.FormCollateral, 0, form.Values{"name": "Dr. Müller", "relation": "physician", "release": "yes", "scope": "medication",
		"purpose": "coordination", "way": "both", "signed": "2026-11-01", "signed_by": "Ada Quill", "how": "in-writing", "expires": "2027-11-01"})
	h.key(desk.KeySave)
	openTab(h.page, "Safety")
	h.Sees("Dr. Müller", "until Nov 1, 2027", "May be said: medication")
	h.Tap("Revoke the release")
	h.Choose("In writing", 1)
	h.key(desk.KeySave)
	h.Fine()
	h.Sees("revoked Nov 21, 2026")
	h.SeesNot("Revoke the release")
	list, err := h.Practice().Forms(context.Background(), ada.ID, record.FormReleaseRevoked)
	if err != nil || len(list) != 1 || list[0].About == 0 {
		t.Errorf("on record: %+v, %v", list, err)
	}
}

func TestAFormStandsInTheTimelineAndIsCorrectedThere(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.page.chart.fill(record.FormReferral, 0, form.Values{"to": "Dr. Muller", "reason": "sleep", "on": "2026-11-19"})
	h.key(desk.KeySave)
	openTab(h.page, "Timeline")
	h.Sees("Thursday, November 19", "Referral", "· to Dr. Muller")
	h.SeesNot("12:00 PM")
	h.page.chart.detail.Open(h.Timeline(ada.ID)[0])
	h.Sees("Thursday, November 19, 2026, no hour stated")
	h.SeesNot("Correct time", "12:00 PM")
	h.Tap("Correct")
	h.Fields()[1].SetText("Dr. Müller")
	h.key(desk.KeySave)
	h.Fine()
	openTab(h.page, "Timeline")
	h.Sees("· to Dr. Müller", "corrects an earlier one", "corrected")
}

func TestSafeContactIsAskedBeforeAnythingGoesOut(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	h.SeesNot("was not asked yet: ask before anything goes out")
	alt(h.page, fyne.KeyT) // to the client
	h.Sees("was not asked yet: ask before anything goes out")
	h.Tap("Ask it now")
	h.Choose("Only after asking", 0)
	h.Choose("Only a neutral one", 1)
	h.Choose("No, no name and no profession", 0)
	h.key(desk.KeySave)
	h.Fine()
	h.SeesNot("was not asked yet: ask before anything goes out")
	if c := newest[record.Contacting](t, h.Desk, ada.ID, record.FormSafeContact); c.Text != "yes" || c.Voicemail != "no" {
		t.Errorf("filed %+v", c)
	}
}

func TestWhereOneWritesTheChannelIsWarnedOf(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill", Needs: "large print", Jurisdiction: "US-MS"})
	h.Sees("No consent to text messages is on file.", "Needs: large print")
	h.Tap("Agree on it")
	h.Choose("In writing", 0)
	h.key(desk.KeySave)
	h.Fine()
	h.SeesNot("No consent to text messages is on file.")
	h.Sees("Texting agreed in writing")
	c := newest[record.ChannelConsent](t, h.Desk, ada.ID, record.FormChannel)
	if c.Channel != record.Text || c.Decision != "allowed" {
		t.Errorf("filed %+v", c)
	}
	alt(h.page, fyne.Key3)
	h.page.Key(desk.KeyLog)
	h.Type("We moved Thursday.")
	h.page.chart.composer.Confirm()
	h.Sees("Identity confirmed", "Mississippi", "Where you were") // where the practitioner is was not stated yet
	h.Fields()[len(h.Fields())-1].SetText("office, Jackson")
	h.Tap("Set")
	h.Sees("Mississippi · you: office, Jackson")
	h.page.Key(desk.KeySave)
	h.Fine()
	e := h.Timeline(ada.ID)
	last := e[len(e)-1]
	if last.Identity != record.IdentityConfirmed || last.Location != "Mississippi" || last.OwnLocation != "office, Jackson" {
		t.Errorf("logged %d, the last %+v\n%s", len(e), last, h.Shown())
	}
	alt(h.page, fyne.Key4)
	h.page.chart.composer.Confirm()
	h.Sees("Mississippi · you: office, Jackson")
}

func TestScreeningIsPresetAndAnInterruptionSaysWhatWasDone(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill", Status: record.Screening})
	h.Sees("Screening")
	alt(h.page, fyne.Key3)
	h.Tap("Outcome?")
	h.PickMenu("interrupted")
	h.Tap("Set")
	h.Sees("Say what you did")
	h.Type("called the mobile")
	h.Keys(fyne.KeyReturn)
	h.page.Key(desk.KeySave)
	h.Fine()
	e := h.Timeline(ada.ID)[0]
	if e.Purpose != record.PurposeScreening || e.Outcome != "interrupted: called the mobile" {
		t.Errorf("logged %q, %q", e.Purpose, e.Outcome)
	}
}

func TestStandingLeadsToWhatIsMissing(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	openTab(h.page, "Standing")
	h.Sees("For you alone: never stored, never part of a release.", "open")
	lists := h.Lists()
	before := len(h.Timeline(ada.ID))
	h.Window().Canvas().Focus(lists[len(lists)-1])
	h.Keys(fyne.KeyHome, fyne.KeyReturn)
	if h.Sheet() == nil {
		t.Fatalf("Enter on an open duty opens nothing:\n%s", h.Shown())
	}
	h.Sheet().Key(desk.KeyEscape)
	if len(h.Timeline(ada.ID)) != before {
		t.Error("looking at the standing wrote something")
	}
}

func TestTheListStaysWithTheClientWhoseFormIsOpen(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill"})
	bo := h.Client("Bo Larsen")
	h.Changed(0)
	h.key(desk.KeySearchNote)
	h.Type("Google")
	h.Select("Bo Larsen")
	h.Tap("Keep editing")
	if h.page.shown != ada.ID || h.Sheet() == nil {
		t.Fatal("the form was left")
	}
	h.Select("Bo Larsen")
	h.Tap("Discard")
	h.Fine()
	if h.page.shown != bo.ID || h.Sheet() != nil {
		t.Errorf("client %d is on show", h.page.shown)
	}
}

// Nothing of a client stands under the name of the next one while the next
// one's record is read.
func TestOneClientsRecordIsGoneBeforeTheNextOneComes(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS"})
	h.page.chart.composer.Text().SetText("Running late.")
	h.key(desk.KeySave)
	for tab, text := range map[string]string{"Timeline": "texted", "Consents": "Confidentiality agreement", "Standing": "MS 3.4.C.1", "Safety": "Emergency card"} {
		openTab(h.page, tab)
		h.Sees(text)
	}
	h.Slow = true
	h.page.chart.show(record.Client{ID: ada.ID + 1, Name: "Bo Larsen"}, "America/Chicago")
	h.Sees("Bo Larsen")
	h.SeesNot("Ada texted", "No consent to text messages")
	for _, tab := range []string{"Consents", "Standing", "Safety"} {
		openTab(h.page, tab)
		h.SeesNot("Confidentiality agreement", "MS 3.4.C.1", "Add an emergency card")
	}
}

// What was just saved is selected, though the page is read anew before the
// timeline has it.
func TestWhatWasSavedIsSelected(t *testing.T) {
	h, ada := withPolicies(t, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS"})
	for _, text := range []string{"Running late.", "At the door."} {
		h.page.chart.composer.Text().SetText(text)
		h.key(desk.KeySave)
	}
	first := h.Timeline(ada.ID)[0]
	h.page.chart.timeline.Reveal(h.Timeline(ada.ID)[1].ID)
	h.Slow = true
	h.page.chart.timeline.Reload(ada, first.ID)
	h.Slow = false
	h.page.chart.timeline.Reload(ada, 0)
	if got, _ := h.page.chart.timeline.Selected(); got.ID != first.ID {
		t.Errorf("%q is selected", got.Body)
	}
}

// A form that is left gives the keyboard back: no key reaches what stood in it.
func TestAFormThatIsLeftGivesTheKeyboardBack(t *testing.T) {
	h, _ := withPolicies(t, record.Client{Name: "Ada Quill", Jurisdiction: "US-MS"})
	h.page.chart.composer.Focus()
	before := h.Window().Canvas().Focused()
	h.key(desk.KeyAcknowledge)
	if in := h.Window().Canvas().Focused(); in == nil || in == before {
		t.Fatalf("the form does not have the keyboard: %T", in)
	}
	h.Sheet().Key(desk.KeyEscape)
	if got := h.Window().Canvas().Focused(); h.Sheet() != nil || before == nil || got != before {
		t.Errorf("%T has the keyboard, not %T", got, before)
	}
}

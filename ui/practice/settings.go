package practice

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/profile"
	"casekeep/vault/record"
)

// settings are what the practice says of itself and how the vault is kept. Two
// parts of the page draw them: the profile, and the settings.
type settings struct {
	desk  desk.Desk
	kept  record.Practice // as it stands in the vault
	saves []*kit.Button

	name, owner, license, qualifications *kit.Field
	contact, services, fees              *kit.Field
	regulator                            [6]*kit.Field
	state                                profile.State
	hours                                *profile.Hours
	answers                              *kit.Field
	channels                             *profile.Channels
	hipaa, social, payments              *kit.Answer
	backups, retention                   *kit.Field
	successor, emergency                 *kit.Field
	majority, consent, access            *kit.Field

	own     *kit.Field
	zone    *zoneChoice
	idle    *kit.Select
	clip    *kit.Select
	checked *verdict
	looks   Appearance
	help    func() // shows what Casekeep protects
}

func newSettings(d desk.Desk, a Appearance, help func()) *settings {
	s := &settings{
		desk: d, looks: a, help: help, checked: newVerdict(),
		name: kit.NewField("The practice’s name"), owner: kit.NewField("Your name, with credentials").Placeholder("Ada Marsh, LCSW"),
		license:        kit.NewField("License, as it stands on paper").Placeholder("LCSW 4471, Mississippi"),
		qualifications: kit.NewArea("Degrees and training, as clients read them", 2),
		contact:        kit.NewArea("Address and telephone, as they stand on paper", 3),
		services:       kit.NewArea("What you offer", 2).Placeholder("counseling for adults and couples"),
		fees:           kit.NewArea("What it costs, missed appointments too", 2),
		state:          profile.NewState("You work from"),
		hours:          profile.NewHours("Days on which you work"),
		answers:        kit.NewField("Hours until you answer a message").Placeholder("24"),
		hipaa:          kit.NewAnswer("Does HIPAA apply to you?"),
		social:         kit.NewAnswer("Do you use social media for your work?"),
		payments:       kit.NewAnswer("Do you take electronic payments, or send electronic claims?"),
		backups:        kit.NewArea("Where copies of the vault are kept", 2).Placeholder("an encrypted drive in another building"),
		retention:      kit.NewArea("How long records are kept, and by which rule", 2).Hint("Empty: no period is confirmed, and records are kept."),
		successor:      kit.NewField("Who takes over if you cannot work").Placeholder("Bo Larsen, LCSW, 601 555 0123"),
		emergency:      kit.NewArea("What clients do in an emergency, beside 911 and 988", 2),
		majority:       kit.NewField("Of age at"), consent: kit.NewField("Consents to care at"), access: kit.NewField("Parents see the record until"),
		own: kit.NewArea("Your own numbers and email addresses, one a line", 3),
	}
	for i, label := range []string{"The board’s name", "Its address", "Its telephone", "Its email", "Its website", "How a complaint is made"} {
		s.regulator[i] = kit.NewField(label)
	}
	s.channels = profile.NewChannels("Clients can reach you over", s.edited)
	s.zone = newZoneChoice(s.edited)
	s.idle = kit.NewSelect("Lock when nobody has used the computer for", idleNames(), -1, func(int) { s.edited() })
	s.clip = kit.NewSelect("Clear a copied text from the clipboard", clipboardNames(clipboardSet(0)), -1, func(int) { s.edited() })
	for _, f := range s.fields() {
		f.OnChanged = func(string) { s.edited() }
	}
	for _, f := range []*kit.Field{s.qualifications, s.contact, s.services, s.fees, s.backups, s.retention, s.emergency, s.own} {
		f.OnEnter = func(string) { s.saveNow() }
	}
	for _, a := range []*kit.Answer{s.hipaa, s.social, s.payments} {
		a.OnChanged = func(int) { s.edited() }
	}
	s.hours.Days.OnChanged = s.edited
	return s
}

func (s *settings) fields() []*kit.Field {
	all := []*kit.Field{
		s.name, s.owner, s.license, s.qualifications, s.contact, s.services, s.fees, s.state.Field, s.hours.From, s.hours.To, s.answers,
		s.backups, s.retention, s.successor, s.emergency, s.majority, s.consent, s.access, s.own, s.zone.other,
	}
	return append(all, s.regulator[:]...)
}

const columnWidth = 560

func section(title string, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(12, append([]fyne.CanvasObject{kit.NewHeading(title)}, objects...)...)
}

func (s *settings) profile() part {
	pair := func(a, b fyne.CanvasObject) fyne.CanvasObject { return kit.TopRow(12, kit.Grow(a), kit.Grow(b)) }
	r := s.regulator
	body := kit.Column(26,
		section("On every record you produce", s.name, s.owner, s.license, s.qualifications, s.contact),
		section("What you offer", s.services, s.fees),
		section("Who regulates you", kit.NewSmall("Clients are told where a complaint can be made (TSP 2.09)."), r[0], r[1], pair(r[2], r[3]), r[4], r[5]),
		section("Where and when you work", kit.Wide(260, s.state.Field), s.hours.Content, kit.Wide(260, s.answers)),
		section("How clients reach you", s.channels.Content, s.social),
		section("What applies to you", s.hipaa, s.payments),
		section("Ages that change who decides",
			kit.NewSmall("In years. They begin with what is known of your state’s law; the age of consent to care differs and is for you to confirm. Left empty, nothing is derived."),
			kit.TopRow(12, kit.Grow(s.majority), kit.Grow(s.consent), kit.Grow(s.access))),
		section("How records are kept", s.backups, s.retention, s.successor, s.emergency))
	content := s.page("Profile", "It fills the policies and stands on papers", kit.TopRow(0, kit.Wide(columnWidth, body)))
	return &settingsForm{s, content, s.name.Focus}
}

func (s *settings) settingsPart() part {
	imports := section("In imports", kit.Column(4, s.own, kit.NewSmall("They tell your words from your clients’. Without them an import cannot know who said what.")), s.zone.content)
	body := kit.Column(26, imports, section("The lock", s.idle, kit.NewSmall("It also locks when the computer sleeps and, where the system tells of it, when its screen is locked."), s.clip,
		kit.Row(0, kit.NewLink("What Casekeep protects, and what it cannot", s.help), kit.Space())),
		section("On this computer", kit.Row(12, kit.NewSubtitle("Colors"), lookChoice(s.looks))),
		s.vault(), s.papers())
	content := s.page("Settings", "The lock, imports, and the vault itself", kit.TopRow(0, kit.Wide(columnWidth, body)))
	return &settingsForm{s, content, s.own.Focus}
}

func lookChoice(a Appearance) fyne.CanvasObject {
	names := map[look.Choice]string{look.Light: "Light", look.Dark: "Dark", look.System: "Like the system"}
	var options []string
	chosen := -1
	for i, c := range look.Choices() {
		options = append(options, names[c])
		if c == a.Choice() {
			chosen = i
		}
	}
	return kit.NewSegments(options, chosen, func(i int) { a.Set(look.Choices()[i]) })
}

// refresh reads the settings anew, unless they are being changed.
func (s *settings) refresh() {
	if s.edits() {
		return
	}
	var read record.Practice
	s.desk.Load(func(ctx context.Context) (err error) {
		read, err = s.desk.Practice().Settings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			s.desk.Fail(err)
			return
		}
		if !s.edits() {
			s.fill(read)
		}
	})
}

func (s *settings) fill(p record.Practice) {
	s.kept = record.Practice{} // nothing is changed while the fields are filled
	for field, text := range map[*kit.Field]string{
		s.name: p.Name, s.owner: p.Owner, s.license: p.License, s.qualifications: p.Qualifications, s.contact: p.Contact,
		s.services: p.Services, s.fees: p.Fees, s.backups: p.Backups, s.retention: p.Retention, s.successor: p.Successor,
		s.emergency: p.Emergency, s.own: strings.Join(p.Own, "\n"), s.answers: years(p.Answers),
		s.majority: years(p.Ages.Majority), s.consent: years(p.Ages.Consent), s.access: years(p.Ages.ParentAccess),
	} {
		field.SetText(text)
	}
	r := p.Regulator
	for i, text := range []string{r.Name, r.Address, r.Phone, r.Email, r.Site, r.Complaint} {
		s.regulator[i].SetText(text)
	}
	s.state.Set(p.Jurisdiction)
	s.hours.Set(p.Hours)
	s.channels.Set(p.Channels, p.Secure)
	profile.SetYesNo(s.hipaa, p.HIPAA)
	profile.SetYesNo(s.social, p.SocialMedia)
	profile.SetYesNo(s.payments, p.EPayments)
	s.zone.set(p.Zone)
	s.idle.SetOptions(idleNames(p.IdleLock), idleIndex(p.IdleLock))
	clip := clipboardSet(p.ClipboardClear)
	s.clip.SetOptions(clipboardNames(clip), clipboardIndex(clip))
	s.kept = p
	s.edited()
}

func years(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// typed gives the settings as they stand in the fields. Where one cannot be,
// said is given the field and what is wrong.
func (s *settings) typed(wrong func(field *kit.Field, text string)) record.Practice {
	p := s.kept
	for to, field := range map[*string]*kit.Field{
		&p.Name: s.name, &p.Owner: s.owner, &p.License: s.license, &p.Qualifications: s.qualifications, &p.Contact: s.contact,
		&p.Services: s.services, &p.Fees: s.fees, &p.Backups: s.backups, &p.Retention: s.retention, &p.Successor: s.successor, &p.Emergency: s.emergency,
	} {
		*to = strings.TrimSpace(field.Text())
	}
	r := &p.Regulator
	for i, to := range []*string{&r.Name, &r.Address, &r.Phone, &r.Email, &r.Site, &r.Complaint} {
		*to = strings.TrimSpace(s.regulator[i].Text())
	}
	p.Jurisdiction = s.jurisdiction(wrong)
	p.Hours = s.hours.Read()
	p.Channels, p.Secure = s.channels.Value()
	p.HIPAA, p.SocialMedia, p.EPayments = profile.YesNo(s.hipaa), profile.YesNo(s.social), profile.YesNo(s.payments)
	for to, field := range map[*int]*kit.Field{&p.Ages.Majority: s.majority, &p.Ages.Consent: s.consent, &p.Ages.ParentAccess: s.access} {
		*to = number(field, 30, "That is no age: write years, such as 18.", wrong)
	}
	p.Answers = number(s.answers, 24*14, "Write the hours as a number, such as 24.", wrong)
	p.Own = splitLines(s.own.Text())
	p.Zone = s.zone.chosen()
	p.IdleLock = idleMinutes(s.kept.IdleLock)[max(s.idle.Chosen(), 0)]
	clip := clipboardSet(s.kept.ClipboardClear)
	if chosen := clipboardSeconds(clip)[max(s.clip.Chosen(), 0)]; chosen != clip {
		p.ClipboardClear = chosen
	}
	return p
}

func (s *settings) jurisdiction(wrong func(*kit.Field, string)) string {
	text := strings.TrimSpace(s.state.Text())
	code := record.StatedJurisdiction(text)
	if code == "" && text != "" {
		wrong(s.state.Field, "That is no state: write Mississippi, or MS.")
	}
	return code
}

func number(field *kit.Field, most int, problem string, wrong func(*kit.Field, string)) int {
	text := strings.TrimSpace(field.Text())
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		wrong(field, problem)
		return -1
	}
	return n
}

func splitLines(text string) []string {
	all := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// edits reports whether the fields say something else than the vault. Before
// the first reading nothing does.
func (s *settings) edits() bool {
	if s.kept.Zone == "" {
		return false
	}
	return !same(s.typed(func(*kit.Field, string) {}), s.kept)
}

// same tells settings apart; an empty list is none, and the order of days and
// channels says nothing.
func same(a, b record.Practice) bool {
	for _, p := range []*record.Practice{&a, &b} {
		p.Own = append([]string(nil), p.Own...)
		p.Channels = slices.Sorted(slices.Values(p.Channels))
		p.Hours.Days = slices.Sorted(slices.Values(p.Hours.Days))
	}
	return reflect.DeepEqual(a, b)
}

func (s *settings) edited() {
	edits := s.edits()
	for _, b := range s.saves {
		if edits {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (s *settings) saveNow() {
	if !s.edits() {
		return
	}
	var bad *kit.Field
	wrong := func(f *kit.Field, text string) {
		f.SetError(text)
		bad = f
	}
	p := s.typed(wrong)
	if p.Name == "" {
		wrong(s.name, "Give the practice a name: it stands on every record.")
	}
	if bad != nil {
		bad.Focus()
		return
	}
	if _, ok := s.hours.Value(); !ok {
		return
	}
	if _, err := record.ParseZone(p.Zone); err != nil {
		s.zone.fail(err)
		return
	}
	for _, b := range s.saves {
		b.Disable()
	}
	s.desk.Load(func(ctx context.Context) error { return s.desk.Practice().SetSettings(ctx, p) }, func(err error) {
		if err != nil {
			s.edited()
			s.desk.Fail(err)
			return
		}
		s.kept = s.typed(func(*kit.Field, string) {})
		s.desk.Toast("Saved", "", nil)
		s.desk.Changed(0)
	})
}

package tabs

import (
	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Assessments shows what was judged of a client: suitability, identity and
// place, intake, who decides for a minor, referrals.
type Assessments struct{ shelf }

// NewAssessments makes the tab.
func NewAssessments(d desk.Desk, a Acts) *Assessments { return &Assessments{newShelf(d, a)} }

// Name is the tab's.
func (t *Assessments) Name() string { return "Assessments" }

// Show reads what was judged of a client.
func (t *Assessments) Show(c record.Client, _ string) {
	t.forms(c, func(list []record.Filed) { t.show(c, list) }, record.FormSuitability, record.FormIdentity, record.FormIntake,
		record.FormMinor, record.FormReferral, record.FormPlace)
}

func (t *Assessments) show(c record.Client, list []record.Filed) {
	all := t.part(list, "Suitability for electronic services", record.FormSuitability,
		"Not assessed yet. The seven factors take a minute, and each assessment says when to look again.", t.suitability)
	all = append(all, t.part(list, "Identity and location", record.FormIdentity,
		"Not verified yet. Note what you saw and where the client is, or why that was not possible.", t.identity)...)
	all = append(all, t.part(list, "Intake", record.FormIntake,
		"Not done yet. It asks for earlier ties, how the client wants to be served, language, and what helps communication.", t.intake)...)
	all = append(all, t.part(list, "Where the client is", record.FormPlace,
		place(c), t.place)...)
	if c.Kind != record.Organization && c.Kind != record.Community {
		all = append(all, t.part(list, "Who decides for a minor", record.FormMinor,
			"Nothing noted. Only a client under age needs it.", t.minor)...)
	}
	all = append(all, t.part(list, "Referrals", record.FormReferral, "None.", t.referral)...)
	t.Fill(all...)
}

func place(c record.Client) string {
	if c.Jurisdiction == "" {
		return "Not known yet. Your license must reach where the client is."
	}
	return phrase.Jurisdiction(c.Jurisdiction) + ", as the details say. Note here when the client moves."
}

// part is a heading with its button, and the entries under it or what to do.
func (s *shelf) part(list []record.Filed, title string, f record.Form, empty string, draw func(record.Filed) card) []fyne.CanvasObject {
	all := []fyne.CanvasObject{s.head(title, f)}
	entries := of(list, f)
	if len(entries) == 0 {
		return append(all, none(empty))
	}
	for _, one := range entries {
		all = append(all, draw(one).object())
	}
	return all
}

// factors are the seven of TSP 2.08.
func factors(s record.Suitability) []string {
	return []string{s.Age, s.Clinical, s.Skill, s.Disability, s.Language, s.Culture, s.Safety}
}

var factorKeys = []string{"age", "clinical", "skill", "disability", "language", "culture", "safety"}

func (t *Assessments) suitability(f record.Filed) card {
	s := read[record.Suitability](f)
	c := card{
		title:   answer(record.FormSuitability, "outcome", s.Outcome),
		caption: joined(on(f), again(s.Again)),
		lines: some(s.Reason, fact("Better", s.Strengths), fact("At risk", s.Risks), fact("In the way", s.Access),
			first(s.First)),
		below: matrix(s),
	}
	c.acts = t.links(f)
	return c
}

func first(kind string) string {
	if kind == "" || kind == "none" {
		return ""
	}
	return "A first consultation is needed: " + answer(record.FormSuitability, "first", kind) + "."
}

func again(day record.Date) string {
	if day.IsZero() {
		return ""
	}
	return "again by " + phrase.ShortDate(day)
}

// matrix shows the seven factors, each in the color of what was found.
func matrix(s record.Suitability) fyne.CanvasObject {
	spec, _ := form.Find(record.FormSuitability)
	row := kit.Flow(6)
	for i, found := range factors(s) {
		field, _ := spec.Field(factorKeys[i])
		tone := map[string]kit.Tone{"fits": kit.Green, "concern": kit.Amber, "no": kit.Red}[found]
		row.Add(kit.NewChip(tone, short[factorKeys[i]]+": "+answerOf(field, found)))
	}
	return row
}

// short names a factor in a word.
var short = map[string]string{"age": "Age", "clinical": "Clinical", "skill": "Skill", "disability": "Disability",
	"language": "Language", "culture": "Culture", "safety": "Safety"}

func answerOf(field form.Field, value string) string {
	for _, o := range field.Options {
		if o.Value == value {
			return map[string]string{"fits": "fits", "concern": "a concern", "no": "speaks against"}[o.Value]
		}
	}
	return "not judged"
}

func (t *Assessments) identity(f record.Filed) card {
	i := read[record.IdentityCheck](f)
	c := card{title: "Verified: " + i.Seen, caption: joined(on(f), i.How, i.Location), tone: kit.Green, state: "verified"}
	if i.Verified != "yes" {
		c = card{title: "Could not be verified", caption: joined(on(f), i.WhyNot), tone: kit.Amber, state: "not verified"}
		c.lines = []string{"The limits that follow were not explained."}
		if i.Limits == "yes" {
			c.lines = []string{"The limits that follow were explained."}
		}
	}
	c.acts = t.links(f)
	return c
}

func (t *Assessments) intake(f record.Filed) card {
	i := read[record.Intake](f)
	ties := "No earlier ties."
	if i.Prior == "yes" {
		ties = "Earlier ties: " + i.PriorWhat + fact(". Decided", i.Decided)
	}
	return card{
		title:   "Served " + map[string]string{"electronic": "electronically", "in-person": "in person", "both": "either way"}[i.Preference],
		caption: joined(on(f), fact("referred by", i.Referred)),
		lines:   some(i.Concern, ties, fact("Language", i.Language), fact("Helps communication", i.Needs), fact("Culture", i.Culture)),
		acts:    t.links(f),
	}
}

func (t *Assessments) place(f record.Filed) card {
	s := read[record.Served](f)
	title := phrase.Jurisdiction(s.Jurisdiction)
	if s.Town != "" {
		title = s.Town + ", " + title
	}
	return card{title: title, caption: joined("since "+phrase.ShortDate(s.Since), s.Note), acts: t.links(f)}
}

func (t *Assessments) minor(f record.Filed) card {
	m := read[record.Minor](f)
	c := card{
		title:   answer(record.FormMinor, "consent_by", m.ConsentBy) + " decides",
		caption: joined(on(f), review(m.ReviewBy), "custody order: "+answer(record.FormMinor, "custody", m.Custody)),
		lines:   some(m.CustodyIs),
	}
	if m.ConsentBy == "both" {
		c.title = "The client and a guardian decide"
	}
	for _, g := range m.Guardians {
		c.lines = append(c.lines, joined(g.Name, g.Relation, g.Reach, mayOr(g.MayConsent, "may consent", "may not consent"),
			mayOr(g.MaySee, "may see the record", "may not see the record")))
	}
	c.lines = append(c.lines, some(fact("May see", m.MaySee), fact("Not to be told", m.NotToBe), fact("The client said", m.ClientSaid))...)
	c.acts = t.links(f)
	return c
}

func mayOr(answer, yes, no string) string {
	switch answer {
	case "yes":
		return yes
	case "no":
		return no
	}
	return ""
}

func review(day record.Date) string {
	if day.IsZero() {
		return ""
	}
	return "look again by " + phrase.ShortDate(day)
}

func (t *Assessments) referral(f record.Filed) card {
	r := read[record.Referral](f)
	return card{title: "To " + r.To, caption: joined(on(f), r.Reason), lines: some(r.Outcome), acts: t.links(f)}
}

package tabs

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Safety shows how a client is reached without harm, what to do in danger, and
// whom one may talk to.
type Safety struct{ shelf }

// NewSafety makes the tab.
func NewSafety(d desk.Desk, a Acts) *Safety { return &Safety{newShelf(d, a)} }

// Name is the tab's.
func (t *Safety) Name() string { return "Safety" }

// Show reads what is on record of a client's safety.
func (t *Safety) Show(c record.Client, _ string) {
	t.forms(c, func(list []record.Filed) { t.show(c, list) }, record.FormSafeContact, record.FormEmergency, record.FormSafetyPlan,
		record.FormInterruption, record.FormCollateral, record.FormReleaseRevoked, record.FormBoundary, record.FormReport, record.FormBreachNotice)
}

func (t *Safety) show(c record.Client, list []record.Filed) {
	today := t.today()
	all := t.newest(list, "Safe contact", record.FormSafeContact, safeContactYet(c), t.safeContact)
	all = append(all, t.newest(list, "Emergency card", record.FormEmergency,
		"Not filled in yet. It holds where the client is, who helps there, and whom you may call: one key away when it is needed.", t.emergency)...)
	all = append(all, t.newest(list, "Safety plan", record.FormSafetyPlan,
		"None. What stands in it as risk is shown above the record.", t.plan)...)
	all = append(all, t.newest(list, "Interruption plan", record.FormInterruption,
		"Not agreed on yet: what each does when a contact breaks off, and who stands in for you.", t.interruption)...)
	all = append(all, t.part(list, "Collateral contacts and releases", record.FormCollateral,
		"None. Add each third person that you may talk to, with the release of information that permits it.",
		func(f record.Filed) card { return t.collateral(list, f, today) })...)
	all = append(all, t.part(list, "Boundary notes", record.FormBoundary, "None.", t.boundary)...)
	all = append(all, t.part(list, "Mandated reports", record.FormReport, "None.", t.report)...)
	if notices := of(list, record.FormBreachNotice); len(notices) > 0 {
		all = append(all, t.part(list, "Told of a breach", record.FormBreachNotice, "", t.notice)...)
	}
	t.Fill(all...)
}

func (s *shelf) today() record.Date { return record.DateOf(s.Desk.Practice().Now()) }

func safeContactYet(c record.Client) string {
	if c.SafeContact != "" {
		return strings.TrimSuffix(c.SafeContact, ".") + ". It was written into the details; asking again puts each answer in its place."
	}
	return "Not asked yet. Ask before the first message goes out: may you text, leave a voicemail, say who is calling?"
}

// newest shows the newest entry of a form, and the earlier ones as lines.
func (s *shelf) newest(list []record.Filed, title string, f record.Form, empty string, draw func(record.Filed) card) []fyne.CanvasObject {
	entries := of(list, f)
	if len(entries) == 0 {
		return s.part(list, title, f, empty, draw)
	}
	all := []fyne.CanvasObject{s.head(title, f), draw(entries[0]).object()}
	if len(entries) == 1 {
		return all
	}
	earlier := kit.Flow(12, kit.NewCaption("Earlier:"))
	for _, one := range entries[1:] {
		earlier.Add(kit.NewLink(on(one), func() { s.acts.Show(one.ID) }))
	}
	return append(all, earlier)
}

func (t *Safety) safeContact(f record.Filed) card {
	c := read[record.Contacting](f)
	return card{title: form.SafeLine(c), caption: "asked " + on(f), lines: some(c.Note), acts: t.links(f)}
}

func (t *Safety) emergency(f record.Filed) card {
	e := read[record.EmergencyCard](f)
	c := card{
		title: e.Services, caption: joined(on(f), e.Where, e.Address),
		lines: some(fact("Nearest emergency department", e.Hospital), authorized(e), fact("Must not be called", e.Not)),
	}
	if e.Shared.IsZero() {
		c.lines = append(c.lines, "988 was not shared with the client yet.")
	} else {
		c.lines = append(c.lines, "988 and these numbers were shared with the client "+phrase.ShortDate(e.Shared)+".")
	}
	c.acts = t.links(f, kit.NewLink("Show large", t.acts.Card))
	return c
}

// authorized says who may be called, and what may be said.
func authorized(e record.EmergencyCard) string {
	if e.Contact == "" {
		return "The client authorized nobody to be called."
	}
	return joined(e.Contact+", "+e.Relation, e.Reach, "may be told: "+e.MayTell)
}

func (t *Safety) plan(f record.Filed) card {
	p := read[record.SafetyPlan](f)
	c := card{
		title: "Risk: " + answer(record.FormSafetyPlan, "risk", p.Risk), caption: joined(on(f), review(p.ReviewBy)),
		lines: some(p.Flag, fact("Warning signs", p.Signs), fact("What helps", p.Coping), fact("Whom to call", p.People), fact("Means", p.Means)),
		acts:  t.links(f),
	}
	if p.Risk == "high" {
		c.tone, c.state = kit.Red, "high"
	}
	return c
}

func (t *Safety) interruption(f record.Filed) card {
	p := read[record.InterruptionPlan](f)
	after := ""
	if p.Minutes > 0 {
		after = fmt.Sprintf("after %g minutes", p.Minutes)
	}
	c := card{title: p.First, caption: joined(on(f), after), lines: some(fact("If that fails", p.Then), fact("Stands in", p.Away)), acts: t.links(f)}
	if p.Told != "yes" {
		c.tone, c.state = kit.Amber, "client not told"
	}
	return c
}

// collateral is a line of the register of third persons.
func (t *Safety) collateral(list []record.Filed, f record.Filed, today record.Date) card {
	p := read[record.Collateral](f)
	c := card{title: p.Name, caption: joined(p.Relation, p.Organization, p.Reach), lines: some(fact("Note", p.Note))}
	revoked, isRevoked := follows(list, record.FormReleaseRevoked, f.ID)
	switch {
	case p.Release != "yes":
		c.state = "no release: listen only"
	case isRevoked:
		c.tone, c.state = kit.Red, "revoked "+on(revoked)
	case p.Expires.Before(today):
		c.tone, c.state = kit.Red, "expired "+phrase.ShortDate(p.Expires)
	default:
		c.tone, c.state = kit.Green, "until "+phrase.ShortDate(p.Expires)
	}
	if p.Release == "yes" {
		c.lines = append(some(fact("May be said", p.Scope), fact("For", p.Purpose), answer(record.FormCollateral, "way", p.Way),
			joined("signed "+phrase.ShortDate(p.Signed)+" by "+p.SignedBy, answer(record.FormCollateral, "how", p.How))), c.lines...)
	}
	if p.Release == "yes" && !isRevoked {
		c.acts = append(c.acts, kit.NewLink("Revoke the release", func() { t.acts.Fill(record.FormReleaseRevoked, f.ID, nil) }))
	}
	c.acts = t.links(f, c.acts...)
	return c
}

func (t *Safety) boundary(f record.Filed) card {
	b := read[record.Boundary](f)
	return card{
		title:   joined(answer(record.FormBoundary, "what", b.What), b.Network),
		caption: joined(on(f), answer(record.FormBoundary, "decision", b.Decision)),
		lines:   some(b.Happened, fact("Exception", b.Exception), fact("Talked about", phrase.ShortDate(b.Discussed))),
		acts:    t.links(f),
	}
}

func (t *Safety) report(f record.Filed) card {
	r := read[record.MandatedReport](f)
	return card{
		title:   "To " + r.To,
		caption: joined(on(f), answer(record.FormReport, "about", r.About), r.Law, r.Reference),
		lines:   some(r.Said, fact("Client told", r.Told), fact("Why not", r.WhyNot), fact("Followed", r.Follow)),
		acts:    t.links(f),
	}
}

func (t *Safety) notice(f record.Filed) card {
	n := read[record.BreachNotice](f)
	return card{title: n.How, caption: on(f), lines: some(n.Said), acts: t.links(f)}
}

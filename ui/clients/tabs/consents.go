package tabs

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Consents shows what a client agreed to: the policies, each channel, and
// whatever else was asked.
type Consents struct{ shelf }

// NewConsents makes the tab.
func NewConsents(d desk.Desk, a Acts) *Consents { return &Consents{newShelf(d, a)} }

// Name is the tab's.
func (t *Consents) Name() string { return "Consents" }

// agreed is what is on record of a client's consents.
type agreed struct {
	client   record.Client
	policies []record.PolicyRef // in effect
	forms    []record.Filed
	channels []app.ChannelState
}

// Show reads what a client agreed to.
func (t *Consents) Show(c record.Client, _ string) {
	a := agreed{client: c}
	t.Load(func(ctx context.Context) error {
		p := t.Desk.Practice()
		var err error
		if a.policies, err = askedOf(ctx, p); err != nil {
			return err
		}
		if a.forms, err = p.Forms(ctx, c.ID, record.FormAcknowledgment, record.FormConsent); err != nil {
			return err
		}
		a.channels, err = p.Channels(ctx, c.ID)
		return err
	}, func() { t.show(a) })
}

func (t *Consents) show(a agreed) {
	all := []fyne.CanvasObject{kit.Pad(0, 0, 8, 0, kit.Row(10, kit.Grow(kit.NewHeading("Policies")), t.add(record.FormAcknowledgment, nil)))}
	if len(a.policies) == 0 {
		all = append(all, none("No policy of the practice is in effect yet: the page Policies has a starter text for each. "+
			"What the client signed before Casekeep can be recorded now."))
	} else {
		all = append(all, t.policies(a))
	}
	all = append(all, kit.Pad(20, 0, 8, 0, kit.Row(10, kit.Grow(kit.NewHeading("Channels")), t.add(record.FormChannel, nil).Small())))
	all = append(all, t.channels(a.channels))
	all = append(all, t.part(a.forms, "Acknowledgments", record.FormAcknowledgment,
		"None yet. Also what was signed on paper before Casekeep belongs here, on the day that it was signed.", t.acknowledgment)...)
	all = append(all, t.part(a.forms, "Other consents", record.FormConsent,
		"None. A recording, a photograph, an evaluation with technology, an online search.", t.consent)...)
	t.Fill(all...)
}

// askedOf gives the versions in effect that each client acknowledges.
func askedOf(ctx context.Context, p *app.Practice) ([]record.PolicyRef, error) {
	list, err := p.CurrentPolicies(ctx)
	if err != nil {
		return nil, err
	}
	var all []record.PolicyRef
	for _, one := range list {
		if one.Asked {
			all = append(all, one.PolicyRef)
		}
	}
	return all, nil
}

// table puts rows into one card, a thin line between them.
func table(rows []fyne.CanvasObject) fyne.CanvasObject {
	lines := kit.Column(0)
	for i, row := range rows {
		if i > 0 {
			lines.Add(kit.Rule())
		}
		lines.Add(kit.Pad(8, 14, 8, 14, row))
	}
	return kit.Card(lines)
}

func (t *Consents) policies(a agreed) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, ref := range a.policies {
		s := topicState(a, ref)
		end := kit.Row(12, kit.NewChip(s.tone, s.state))
		if s.entry != 0 {
			end.Add(kit.NewLink("Show", func() { t.acts.Show(s.entry) }))
		}
		if s.tone != kit.Green {
			end.Add(kit.NewLink("Record", func() {
				t.acts.Fill(record.FormAcknowledgment, 0, s.values(ref))
			}))
		}
		title := kit.Column(1, kit.NewText(ref.Title), kit.NewSmall(joined(fmt.Sprintf("version %d", ref.Version), s.says)))
		rows = append(rows, kit.Row(12, kit.Grow(title), end))
	}
	return table(rows)
}

// topic is where a client stands with one policy.
type topic struct {
	tone  kit.Tone
	state string
	says  string
	entry record.EntryID

	missing []string // members who have not acknowledged it, where others have
}

// values begins the acknowledgment that is missing.
func (t topic) values(ref record.PolicyRef) form.Values {
	values := form.Values{"policies": []record.PolicyRef{ref}}
	if len(t.missing) > 0 {
		var signers []record.Signer
		for _, name := range t.missing {
			signers = append(signers, record.Signer{Name: name, Role: "member"})
		}
		values["signers"] = signers
	}
	return values
}

// topicState finds what the newest acknowledgments say of a policy.
func topicState(a agreed, ref record.PolicyRef) topic {
	var people []string // who acknowledged the version in effect
	var newest topic
	for _, f := range knownFirst(of(a.forms, record.FormAcknowledgment)) {
		ack := read[record.Acknowledgment](f)
		version, covered := covers(ack, ref.Topic)
		if !covered {
			continue
		}
		s := topicOf(f, ack, ref, version)
		if newest.entry == 0 {
			newest = s
		}
		if s.tone != kit.Green {
			break
		}
		for _, signer := range ack.Signers {
			people = append(people, signer.Name)
		}
	}
	if newest.entry == 0 {
		return topic{tone: kit.Amber, state: "not yet"}
	}
	if missing := without(a.client, people); newest.tone == kit.Green && len(missing) > 0 {
		newest.tone, newest.state, newest.missing = kit.Amber, "not yet: "+strings.Join(missing, ", "), missing
	}
	return newest
}

// knownFirst puts the acknowledgments of which nobody knows the day, from
// before Casekeep, after those that have one.
func knownFirst(list []record.Filed) []record.Filed {
	var known, unknown []record.Filed
	for _, f := range list {
		if read[record.Acknowledgment](f).On.IsZero() {
			unknown = append(unknown, f)
		} else {
			known = append(known, f)
		}
	}
	return append(known, unknown...)
}

// decided gives when a client decided about policies.
func decided(f record.Filed, a record.Acknowledgment) string {
	if a.On.IsZero() {
		return a.About
	}
	return on(f)
}

// covers tells whether an acknowledgment is about a topic, and of which
// version; 0 is an earlier policy, from before Casekeep.
func covers(a record.Acknowledgment, topic string) (version int, ok bool) {
	for _, p := range a.Policies {
		if p.Topic == topic {
			return p.Version, true
		}
	}
	return 0, slices.Contains(a.Earlier, topic)
}

func topicOf(f record.Filed, a record.Acknowledgment, ref record.PolicyRef, version int) topic {
	s := topic{entry: f.ID, says: joined(decided(f, a), by(a.Signers), strings.ToLower(answer(record.FormAcknowledgment, "how", a.How)))}
	switch {
	case a.Decision != record.Given:
		s.tone, s.state = kit.Red, a.Decision
	case version == ref.Version:
		s.tone, s.state = kit.Green, "acknowledged"
	case version == 0:
		s.tone, s.state = kit.Amber, "before Casekeep"
	default:
		s.tone, s.state = kit.Amber, fmt.Sprintf("version %d", version)
	}
	return s
}

func by(signers []record.Signer) string {
	var names []string
	for _, s := range signers {
		names = append(names, s.Name)
	}
	return "by " + strings.Join(names, " and ")
}

// without names the members who have not acknowledged; a group's members decide
// one by one.
func without(c record.Client, people []string) (missing []string) {
	for _, m := range c.Members {
		if !slices.Contains(people, m.Name) {
			missing = append(missing, m.Name)
		}
	}
	return missing
}

func (t *Consents) channels(list []app.ChannelState) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, c := range list {
		rows = append(rows, t.channel(c))
	}
	if len(rows) == 0 {
		return none("Nothing was agreed on yet.")
	}
	return table(rows)
}

func (t *Consents) channel(c app.ChannelState) fyne.CanvasObject {
	tone, state := channelState(c)
	end := kit.Row(12, kit.NewChip(tone, state))
	if c.Entry != 0 {
		end.Add(kit.NewLink("Show", func() { t.acts.Show(c.Entry) }))
	}
	act := "Agree"
	if c.Decision != "" {
		act = "Change"
	}
	end.Add(kit.NewLink(act, func() { t.acts.Fill(record.FormChannel, 0, form.Values{"channel": string(c.Channel)}) }))
	name := form.ChannelName(c.Channel)
	if c.Preferred {
		name += ", the preferred secure one"
	}
	title := kit.Column(1, kit.NewText(name))
	if says := channelSays(c); says != "" {
		title.Add(kit.NewSmall(says))
	}
	return kit.Row(12, kit.Grow(title), end)
}

// channelState says in a word or two what was agreed.
func channelState(c app.ChannelState) (kit.Tone, string) {
	switch {
	case c.Allowed() && c.InWriting:
		return kit.Green, "agreed in writing"
	case c.Allowed():
		return kit.Green, "agreed"
	case c.Decision == "revoked":
		return kit.Red, "revoked"
	case c.Decision == "not-allowed":
		return kit.Red, "not allowed"
	case c.Needs && c.Contacts > 0:
		return kit.Red, "used without consent"
	case c.Needs:
		return kit.Amber, "not agreed on"
	}
	return kit.Neutral, "needs none"
}

// channelSays gives what else is known of a channel.
func channelSays(c app.ChannelState) string {
	day := func(label string, d record.Date) string {
		if d.IsZero() {
			return ""
		}
		return label + " " + phrase.ShortDate(d)
	}
	outside := ""
	if c.Outside > 0 {
		outside = phrase.Count(c.Outside, "contact", "contacts") + " without consent"
	}
	return joined(day("since", c.Since), c.About, day("revoked", c.Revoked), c.Scope, c.Device, day("warned", c.Warned), day("ask again by", c.ReviewBy), outside)
}

func (t *Consents) acknowledgment(f record.Filed) card {
	a := read[record.Acknowledgment](f)
	c := card{
		title:   policyNames(a),
		caption: joined(decided(f, a), by(a.Signers), strings.ToLower(answer(record.FormAcknowledgment, "how", a.How)), files(f)),
		lines: some(fact("Gone through in", a.Language), fact("Interpreter", a.Interpreter), fact("Questions", a.Questions),
			fact("Paper", a.Paper), fact("Note", a.Note), again(a.ReviewBy)),
		acts: t.links(f),
	}
	for _, s := range a.Signers {
		if s.Capacity != "yes" {
			c.lines = append(c.lines, "Doubt that "+s.Name+" can decide it: "+s.Basis)
		}
	}
	c.tone, c.state = decision(a.Decision)
	return c
}

func decision(d string) (kit.Tone, string) {
	if d == record.Given {
		return kit.Green, d
	}
	return kit.Red, d
}

func policyNames(a record.Acknowledgment) string {
	var names []string
	for _, p := range a.Policies {
		names = append(names, fmt.Sprintf("%s, version %d", p.Title, p.Version))
	}
	if a.EarlierWhat != "" {
		names = append(names, a.EarlierWhat+", from before Casekeep")
	}
	return strings.Join(names, " · ")
}

func files(f record.Filed) string {
	if f.Files == 0 {
		return ""
	}
	return phrase.Count(f.Files, "file", "files")
}

func (t *Consents) consent(f record.Filed) card {
	c := read[record.Consent](f)
	ends := ""
	if !c.Expires.IsZero() {
		ends = "ends " + phrase.ShortDate(c.Expires)
	}
	out := card{
		title:   answer(record.FormConsent, "what", c.What),
		caption: joined(on(f), by(c.Signers), strings.ToLower(answer(record.FormConsent, "how", c.How)), ends, files(f)),
		lines:   some(c.Scope, fact("Note", c.Note)), acts: t.links(f),
	}
	out.tone, out.state = decision(c.Decision)
	return out
}

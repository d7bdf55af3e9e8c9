package standing

import (
	"slices"
	"time"

	"casekeep/app/policy"
	"casekeep/vault/record"
)

// Lead is how many days before it something counts as due.
const Lead = 30

// Practice is what the rules know of the practice: its settings, and its own
// book read once for all clients.
type Practice struct {
	Settings record.Practice
	Today    record.Date

	zone    *time.Location
	horizon int // the last day that counts as due
	book    record.Facts

	policies      map[string][]entry[record.PolicyVersion] // by topic, in the order of the versions
	licenses      []entry[record.License]
	vendors       []entry[record.Vendor]
	trainings     []entry[record.Competence]
	consultations []entry[record.Consultation]
	reviews       []entry[record.Review]
	journal       []entry[record.Journal]
	incidents     []entry[record.Incident]
	unread        []record.Filed // entries whose data cannot be read

	topics   []policy.Topic            // those that apply
	informs  map[string][]policy.Topic // by the duty that they tell, those that apply
	reach    map[string][]days         // by jurisdiction: when something permitted to work there
	own      map[string]verdict        // of the duties of the practice itself, by their ids
	findings []Finding
	refs     sharedRefs
}

// Read reads the practice's own book, for a day. An entry whose data cannot be
// read shows nothing; Tasks names it.
func Read(book record.Facts, settings record.Practice, today record.Date) *Practice {
	p := &Practice{
		Settings: settings, Today: today, zone: record.LoadZone(settings.Zone), horizon: num(after(today, Lead)), book: book,
		policies: map[string][]entry[record.PolicyVersion]{}, informs: map[string][]policy.Topic{},
	}
	for _, f := range book.Forms {
		if p.add(f) != nil {
			p.unread = append(p.unread, f)
		}
	}
	for _, versions := range p.policies {
		slices.SortStableFunc(versions, func(a, b entry[record.PolicyVersion]) int { return a.Data.Version - b.Data.Version })
	}
	applies := policy.Facts{HIPAA: settings.HIPAA == "yes", SocialMedia: settings.SocialMedia == "yes", ElectronicPayments: settings.EPayments == "yes"}
	for _, t := range policy.Topics() {
		if !t.Applies(applies) {
			continue
		}
		p.topics = append(p.topics, t)
		for _, id := range t.Informs {
			p.informs[id] = append(p.informs[id], t)
		}
	}
	p.reach = p.readReach()
	p.own = map[string]verdict{}
	for _, d := range duties {
		if d.rule.book != nil {
			p.own[d.ID] = d.rule.book(p, d.Standard)
		}
	}
	p.findings = p.judge()
	return p
}

func (p *Practice) add(f record.Filed) error {
	switch f.Form {
	case record.FormPolicy:
		var one []entry[record.PolicyVersion]
		if err := add(&one, f); err != nil {
			return err
		}
		topic := one[0].Data.Topic
		p.policies[topic] = append(p.policies[topic], one[0])
		return nil
	case record.FormLicense:
		return add(&p.licenses, f)
	case record.FormVendor:
		return add(&p.vendors, f)
	case record.FormCompetence:
		return add(&p.trainings, f)
	case record.FormConsultation:
		return add(&p.consultations, f)
	case record.FormReview:
		return add(&p.reviews, f)
	case record.FormJournal:
		return add(&p.journal, f)
	case record.FormIncident:
		return add(&p.incidents, f)
	}
	return nil
}

// current gives the version of a topic that is in effect on a day, or nil.
func (p *Practice) current(topic string, day record.Date) *entry[record.PolicyVersion] {
	versions := p.policies[topic]
	for i := len(versions) - 1; i >= 0; i-- {
		if num(versions[i].Data.Effective) <= num(day) {
			return &versions[i]
		}
	}
	return nil
}

// version gives the version of a topic whose text has a hash, or 0 where none
// has.
func (p *Practice) version(topic string, hash record.Hash) int {
	for _, v := range p.policies[topic] {
		if v.Data.Hash == hash {
			return v.Data.Version
		}
	}
	return 0
}

// review gives the latest review of a kind, or nil.
func (p *Practice) review(what string) *entry[record.Review] {
	var latest *entry[record.Review]
	for i := range p.reviews {
		if r := &p.reviews[i]; r.Data.What == what && (latest == nil || num(latest.Data.On) <= num(r.Data.On)) {
			latest = r
		}
	}
	return latest
}

// moment gives the first moment of a day, by the practice's zone.
func (p *Practice) moment(day int) time.Time { return dateOf(day).In(p.zone) }

// dayOf gives the day on which an entry stands, by the practice's zone.
func (p *Practice) dayOf(id record.EntryID) record.Date { return record.DateOf(id.Time().In(p.zone)) }

package standing

import (
	"fmt"
	"strings"
	"time"

	"casekeep/app/policy"
	"casekeep/vault/record"
)

// Tasks gives what Today asks for the practice itself.
func (p *Practice) Tasks() []Task {
	all := unreadTasks(p.unread, "standing")
	add := func(t Task, by record.Date) {
		if by.IsZero() || num(by) > p.horizon {
			return
		}
		t.Due, t.Since = by, after(by, -Lead)
		all = append(all, t)
	}
	all = append(all, p.gapsTask()...)
	p.policyReviews(add)
	p.bookRenewals(add)
	p.reviewTasks(add)
	for _, i := range p.incidents {
		all = append(all, p.incidentTasks(i)...)
	}
	for i := range all {
		all[i].Client = record.Book
	}
	return all
}

// gapsTask: texts in effect with places that nobody filled in.
func (p *Practice) gapsTask() []Task {
	t := Task{Key: "gaps", Icon: "book", IDs: []string{"TSP 5.01"}, Act: Act{Page: "policies", Label: "Fill them in"}}
	var titles []string
	for _, topic := range policy.Topics() {
		v := p.current(topic.Key, p.Today)
		if v == nil || v.Data.Gaps == 0 {
			continue
		}
		titles = append(titles, v.Data.Title)
		if len(titles) == 1 || num(v.Data.Effective) < num(t.Since) {
			t.Since, t.Act.Topic = v.Data.Effective, topic.Key
		}
	}
	if len(titles) == 0 {
		return nil
	}
	t.Title = "Fill in what " + plural(len(titles), "policy leaves", "policies leave") + " open"
	t.Caption = strings.Join(titles[:min(len(titles), 3)], ", ")
	if more := len(titles) - 3; more > 0 {
		t.Caption += fmt.Sprintf(" and %d more", more)
	}
	return []Task{t}
}

func (p *Practice) policyReviews(add func(Task, record.Date)) {
	for _, t := range policy.Topics() {
		v := p.current(t.Key, p.Today)
		if v == nil {
			continue
		}
		add(Task{Key: key("policy-review", t.Key), Title: "Review the policy: " + v.Data.Title, IDs: []string{"TIP 5"}, Icon: "book",
			Caption: fmt.Sprintf("Version %d is in effect since %s", v.Data.Version, v.Data.Effective.Long()), group: "policy-review",
			Act: Act{Page: "policies", Topic: t.Key, Label: "Review the policy"}}, p.reviewPolicyBy(*v))
	}
}

func (p *Practice) bookRenewals(add func(Task, record.Date)) {
	for i, l := range p.licenses {
		if !p.renewedLater(i) {
			add(Task{Key: key("expires", l.ID), Title: "Renew " + l.Data.Title, Icon: "key", Act: doing(record.FormLicense),
				Caption: record.JurisdictionName(l.Data.Jurisdiction), IDs: []string{"MS 3.4.B", "TSP 7.01", "NASW 2.02"}}, l.Data.Expires)
		}
	}
	for i, v := range p.vendors {
		renewed := false
		for _, later := range p.vendors[i+1:] {
			renewed = renewed || plainName(later.Data.Name) == plainName(v.Data.Name)
		}
		if !renewed {
			add(Task{Key: key("expires", v.ID), Title: "Renew the agreement with " + v.Data.Name, Icon: "document", Act: doing(record.FormVendor),
				IDs: []string{"NASW 2.08"}}, v.Data.Expires)
		}
	}
	if t := last(p.trainings); t != nil {
		add(Task{Key: key("training", t.ID), Title: "Train again: " + t.Data.Course, Icon: "book", Act: doing(record.FormCompetence),
			IDs: []string{"TSP 1.01", "TSP 1.02", "NASW 2.06"}}, t.Data.Again)
	}
}

// renewedLater reports whether a later entry of the same kind and place
// reaches further than a license.
func (p *Practice) renewedLater(at int) bool {
	l := p.licenses[at].Data
	for i, other := range p.licenses {
		same := i != at && other.Data.Kind == l.Kind && other.Data.Jurisdiction == l.Jurisdiction
		if same && (other.Data.Expires.IsZero() || num(other.Data.Expires) > num(l.Expires)) {
			return true
		}
	}
	return false
}

// reviewTasks: the yearly looks at oneself and, under HIPAA, at the practice
// (45 CFR 164.308). One that was never made is asked for 30 days after the
// first questions were answered.
func (p *Practice) reviewTasks(add func(Task, record.Date)) {
	for _, r := range []struct {
		what, title string
		ids         []string
		hipaa       bool
	}{
		{"online-presence", "Look at what is online about you", []string{"TSP 1.10", "TIP 3"}, false},
		{"ethics", "Review your ethical use of technology", []string{"NASW 2.01"}, false},
		{"protection", "Check encryption, passwords, firewall and antivirus", []string{"MS 3.4.C.2", "TSP 3.02", "NASW 2.07", "TIP 7"}, false},
		{"risk-analysis", "Do the yearly HIPAA risk analysis", nil, true},
		{"restore-drill", "Restore a backup, to see that it works", nil, true},
		{"rules", "Confirm rules and periods again", nil, true},
	} {
		if r.hipaa && p.Settings.HIPAA != "yes" {
			continue
		}
		t := Task{Key: key("review", r.what), Title: r.title, IDs: r.ids, Icon: "check", Act: reviewing(), Caption: "It was never recorded"}
		var by record.Date
		if latest := p.review(r.what); latest != nil {
			by, t.Caption = nextReview(latest.Data), "Done last on "+latest.Data.On.Long()
		} else if started := p.Settings.Started; !started.IsZero() {
			by = after(started, Lead)
		}
		add(t, by)
	}
}

// How long HIPAA leaves, in days, and from how many people on a breach is
// reported at the same time (45 CFR 164.404, 164.408).
const (
	hipaaDays = 60
	hhsAtOnce = 500
)

// incidentTasks are an incident's clocks beside the telling of each client.
func (p *Practice) incidentTasks(i entry[record.Incident]) []Task {
	d := i.Data
	day := d.Discovered.Long()
	correct := following(record.FormIncident, i.ID)
	var all []Task
	if len(d.Clients) == 0 && d.Closed.IsZero() {
		all = append(all, Task{Key: key("incident", i.ID, "whose"), Title: "Say whose records the incident touched", Due: d.Discovered, Since: d.Discovered,
			Caption: "Discovered on " + day, IDs: []string{"MS 3.4.C.4", "TSP 3.10"}, Icon: "warning", Act: correct})
	}
	if d.Finding == "not-judged" {
		all = append(all, Task{Key: key("incident", i.ID, "judge"), Title: "Judge the risk of the incident", Due: d.Discovered, Since: d.Discovered,
			Caption: "Discovered on " + day, IDs: []string{"MS 3.4.C.4", "TSP 3.10"}, Icon: "warning", Act: correct})
	}
	if p.hipaaRuns(d) && d.HHS.IsZero() {
		all = append(all, Task{Key: key("incident", i.ID, "hhs"), Title: "Report the incident to HHS", Due: hhsBy(d), Since: d.Discovered,
			Caption: "Discovered on " + day + "; 45 CFR 164.408", Icon: "warning", Act: correct})
	}
	return all
}

// hipaaRuns reports whether HIPAA's clocks run for an incident: a low
// probability of compromise or an exclusion ends them, and nothing else does.
func (p *Practice) hipaaRuns(i record.Incident) bool {
	return p.Settings.HIPAA == "yes" && i.Finding != "low-probability" && i.Finding != "excluded"
}

// hhsBy gives the day by which HHS is told: with 500 people or more 60 days
// after the discovery, else 60 days after the end of its year.
func hhsBy(i record.Incident) record.Date {
	if len(i.Clients) >= hhsAtOnce {
		return after(i.Discovered, hipaaDays)
	}
	return after(record.Date{Year: i.Discovered.Year, Month: time.December, Day: 31}, hipaaDays)
}

package vault

import (
	"slices"
	"time"

	"casekeep/vault/record"
)

// history is what happened in one record. The oracle below reads nothing else
// of it, and shares no line with the database's arithmetic.
type history struct {
	id       record.ClientID
	kind     record.Kind
	created  time.Time
	since    record.Date
	born     record.Date
	adult    bool
	members  []record.Member // who was ever named; Notes "adult": stated to be of full age
	places   []string
	statuses []record.Date // of each closing; the zero day: taken up again
	entries  []happened
	released []time.Time // disclosures
	died     record.Date
	longer   []record.Date // extensions
	held     bool
}

// happened is an entry of a history.
type happened struct {
	at   time.Time
	zone string
	form record.Form
}

func (h happened) day() record.Date { return record.DateOf(h.at.In(record.LoadZone(h.zone))) }

// worked is where the practice worked from a moment on.
type worked struct {
	place string
	from  time.Time
}

// oracle gives where a record stands, by the rules as people read them.
type oracle struct {
	rules   map[string]record.RetentionRule
	worked  []worked
	present record.Date // the day that begins last on earth
	all     bool        // a hold is on every record
}

// plusYears adds years as a calendar does: what falls on no day of a year falls
// on the next.
func plusYears(d record.Date, n int) record.Date {
	d.Year += n
	if leap := d.Year%4 == 0 && (d.Year%100 != 0 || d.Year%400 == 0); d.Month == time.February && d.Day == 29 && !leap {
		d.Month, d.Day = time.March, 1
	}
	return d
}

func latest(days ...record.Date) record.Date {
	return slices.MaxFunc(days, func(a, b record.Date) int { return a.In(time.UTC).Compare(b.In(time.UTC)) })
}

func earliest(t time.Time) record.Date { return record.DateOf(t.UTC().Add(-12 * time.Hour)) }

func (h history) closed() record.Date {
	if len(h.statuses) == 0 {
		return record.Date{}
	}
	return h.statuses[len(h.statuses)-1]
}

func (h history) last(counts func(happened) bool) record.Date {
	days := []record.Date{{}}
	for _, e := range h.entries {
		if counts(e) {
			days = append(days, e.day())
		}
	}
	return latest(days...)
}

func (h history) first() record.Date {
	first := earliest(h.created)
	if !h.since.IsZero() && h.since.Before(first) {
		first = h.since
	}
	for _, e := range h.entries {
		if d := earliest(e.at); d.Before(first) {
			first = d
		}
	}
	for _, d := range h.statuses {
		if !d.IsZero() && !d.Before(h.born) && d.Before(first) {
			first = d
		}
	}
	return first
}

// persons are those of whom the record tells.
func (h history) persons() []record.Member {
	list := slices.Clone(h.members)
	if h.kind == record.Individual {
		own := record.Member{Born: h.born}
		if h.adult {
			own.Notes = "adult"
		}
		list = append(list, own)
	}
	return list
}

// bound are the places whose rules bind the record.
func (o oracle) bound(h history) []string {
	list := slices.Clone(h.places)
	for i, w := range o.worked {
		before := i > 0 && !h.closed().IsZero() && h.closed().Before(earliest(w.from))
		after := i+1 < len(o.worked) && record.DateOf(o.worked[i+1].from.UTC().Add(14*time.Hour)).Before(h.first())
		if !before && !after {
			list = append(list, w.place)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// judge gives a record's status and date.
func (o oracle) judge(h history) (record.KeepStatus, record.Date) {
	closed := h.closed()
	unknown, forever := false, false
	until := record.Date{}
	count := func(d record.Date) { until = latest(until, d) }
	places := o.bound(h)
	unknown = len(places) == 0
	for _, place := range places {
		r := o.rules[place]
		forever = forever || r.Forever
		unknown = unknown || r.Blank() || r.Confirmed.IsZero() || (!closed.IsZero() && closed.Before(r.EndedSince))
		for _, c := range r.Clauses {
			o.clause(h, c, count)
		}
		unknown = unknown || o.personsUnknown(h, r)
	}
	for _, p := range h.persons() {
		bad := !p.Born.IsZero() && ((p.Name == "" && h.first().Before(p.Born)) || (!closed.IsZero() && closed.Before(p.Born)) || (p.Name == "" && !h.died.IsZero() && h.died.Before(p.Born)))
		unknown = unknown || bad
	}
	unknown = unknown || (slices.Contains([]record.Kind{record.Couple, record.Family, record.Group}, h.kind) && len(h.members) == 0)
	unknown = unknown || (!closed.IsZero() && !h.since.IsZero() && closed.Before(h.since))
	paper := h.last(func(e happened) bool { return e.form == record.FormConsent || e.form == record.FormRequest })
	if !paper.IsZero() {
		count(plusYears(paper, 6))
	}
	for _, at := range h.released {
		count(plusYears(record.DateOf(at.UTC().Add(14*time.Hour)), 6))
	}
	for _, d := range h.longer {
		count(d)
	}
	switch {
	case h.held || o.all:
		if closed.IsZero() || forever || unknown {
			until = record.Date{}
		}
		return record.KeepHeld, until
	case closed.IsZero() || forever:
		return record.KeepKept, record.Date{}
	case unknown:
		return record.KeepUnknown, record.Date{}
	case !until.Before(o.present):
		return record.KeepKept, until
	}
	recent := plusYears(o.present, -1).Before(h.last(func(happened) bool { return true }))
	open := slices.ContainsFunc(h.entries, func(e happened) bool { return e.form == record.FormRequest })
	if recent || open {
		return record.KeepBlocked, until
	}
	return record.KeepDue, until
}

// clause counts the dates that one period of a rule gives.
func (o oracle) clause(h history, c record.KeepClause, count func(record.Date)) {
	if c.Age > 0 {
		for _, p := range h.persons() {
			if !p.Born.IsZero() {
				count(plusYears(plusYears(p.Born, c.Age), c.Years))
			}
		}
		return
	}
	young := func(p record.Member) bool { return !p.Born.IsZero() && h.first().Before(plusYears(p.Born, c.Under)) }
	if c.Under > 0 && !slices.ContainsFunc(h.persons(), young) {
		return
	}
	days := []record.Date{{}}
	if slices.ContainsFunc(c.From, func(event string) bool { return event != "death" }) {
		days = append(days, h.closed(), h.last(func(e happened) bool { return e.form == "" }))
	}
	if slices.Contains(c.From, "entry") {
		days = append(days, h.last(func(happened) bool { return true }))
	}
	if slices.Contains(c.From, "death") {
		days = append(days, h.died)
	}
	if d := latest(days...); !d.IsZero() {
		count(plusYears(d, c.Years))
	}
}

// personsUnknown reports whether a rule may know nothing of somebody in the
// record.
func (o oracle) personsUnknown(h history, r record.RetentionRule) bool {
	return slices.ContainsFunc(h.persons(), func(p record.Member) bool {
		ageless := p.Born.IsZero() && p.Notes != "adult" && h.kind != record.Organization && h.kind != record.Community
		young := !p.Born.IsZero() && h.first().Before(plusYears(p.Born, 21))
		return (ageless && r.Minors != record.MinorsSame) || (young && r.Minors == record.MinorsUnknown && !r.Blank() && !r.Forever)
	})
}

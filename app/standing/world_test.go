package standing

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"casekeep/app/policy"
	"casekeep/vault/record"
)

// today is the day for which the tests judge.
const today = "2026-11-25"

func day(text string) record.Date {
	d, err := record.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// contact is one contact of the client of a world.
type contact struct {
	id            record.EntryID
	channel       record.Channel
	kind          string
	location, own string
	confirmed     bool
}

// world is a practice and one client of it, where nothing is open until a test
// changes something.
type world struct {
	t        *testing.T
	settings record.Practice
	today    string
	client   record.Client
	places   []record.Place
	book     []record.Filed
	forms    []record.Filed
	contacts []contact
	counted  int // precise counts asked for
	next     int
}

// filed makes an entry of a day.
func (w *world) filed(form record.Form, on string, data any) record.Filed {
	text, err := json.Marshal(data)
	if err != nil {
		w.t.Fatal(err)
	}
	w.next++
	at := day(on).In(time.UTC).Add(12 * time.Hour)
	return record.Filed{ID: record.EntryID(at.UnixMilli()<<16) + record.EntryID(w.next), Form: form, At: at, Zone: "UTC", Written: at, Data: text}
}

// file adds an entry to the client's record, own one to the practice's book.
func (w *world) file(form record.Form, on string, data any) record.EntryID {
	f := w.filed(form, on, data)
	w.forms = append(w.forms, f)
	return f.ID
}

func (w *world) follow(form record.Form, on string, about record.EntryID, data any) record.EntryID {
	f := w.filed(form, on, data)
	f.About = about
	w.forms = append(w.forms, f)
	return f.ID
}

func (w *world) own(form record.Form, on string, data any) record.EntryID {
	f := w.filed(form, on, data)
	w.book = append(w.book, f)
	return f.ID
}

// without takes the entries of a form out of the client's record, disown out
// of the practice's book.
func (w *world) without(form record.Form) {
	w.forms = slices.DeleteFunc(w.forms, func(f record.Filed) bool { return f.Form == form })
}

func (w *world) disown(form record.Form) {
	w.book = slices.DeleteFunc(w.book, func(f record.Filed) bool { return f.Form == form })
}

// log adds contacts, one a day from a day on.
func (w *world) log(channel record.Channel, kind, from string, n int, location, own string) {
	at := day(from).In(time.UTC).Add(15 * time.Hour)
	for i := range n {
		w.next++
		id := record.EntryID(at.AddDate(0, 0, i).UnixMilli()<<16) + record.EntryID(w.next)
		w.contacts = append(w.contacts, contact{id: id, channel: channel, kind: kind, location: location, own: own})
	}
}

func (w *world) tally() []record.Tally {
	var rows []record.Tally
	for _, c := range w.contacts {
		at := slices.IndexFunc(rows, func(t record.Tally) bool {
			return t.Channel == c.channel && t.Kind == c.kind && t.Location == c.location && t.OwnLocation == c.own
		})
		if at < 0 {
			at = len(rows)
			rows = append(rows, record.Tally{Channel: c.channel, Kind: c.kind, Location: c.location, OwnLocation: c.own, First: c.id, Last: c.id})
		}
		rows[at].Contacts++
		rows[at].First, rows[at].Last = min(rows[at].First, c.id), max(rows[at].Last, c.id)
		if c.confirmed {
			rows[at].Confirmed++
		}
	}
	return rows
}

func (w *world) count(s Span) (int, error) {
	w.counted++
	n := 0
	for _, c := range w.contacts {
		at := c.id.Time()
		if c.channel == s.Channel && c.kind == s.Kind && (s.Location == nil || *s.Location == c.location) && (s.OwnLocation == nil || *s.OwnLocation == c.own) &&
			(s.From.IsZero() || !at.Before(s.From)) && (s.Until.IsZero() || at.Before(s.Until)) {
			n++
		}
	}
	return n, nil
}

func (w *world) read() (*Practice, *File) {
	w.t.Helper()
	p := Read(record.Facts{Client: record.Client{ID: record.Book}, Forms: w.book}, w.settings, day(w.today))
	slices.SortFunc(w.forms, func(a, b record.Filed) int { return int(a.ID - b.ID) })
	return p, p.Open(record.Facts{Client: w.client, Places: w.places, Forms: w.forms, Tally: w.tally()})
}

func (w *world) findings() map[string]Finding {
	w.t.Helper()
	_, c := w.read()
	list, err := c.Findings(w.count)
	if err != nil {
		w.t.Fatal(err)
	}
	all := map[string]Finding{}
	for _, f := range list {
		if _, twice := all[f.ID]; twice {
			w.t.Fatalf("%s stands there twice", f.ID)
		}
		all[f.ID] = f
	}
	return all
}

func (w *world) bookFindings() map[string]Finding {
	w.t.Helper()
	p, _ := w.read()
	all := map[string]Finding{}
	for _, f := range p.Findings() {
		all[f.ID] = f
	}
	return all
}

// tasks gives what Today would show, by the keys.
func (w *world) tasks() map[string]Task {
	w.t.Helper()
	p, c := w.read()
	list, err := c.Tasks(w.count)
	if err != nil {
		w.t.Fatal(err)
	}
	all := map[string]Task{}
	for _, t := range p.Gather(p.Tasks(), list) {
		if _, twice := all[t.Key]; twice {
			w.t.Fatalf("two tasks have the key %s", t.Key)
		}
		all[t.Key] = t
	}
	return all
}

func hashOf(text string) record.Hash { return sha256.Sum256([]byte(text)) }

// publish adds a version of a policy and gives what an acknowledgment names.
func (w *world) publish(topic string, version int, effective string) record.PolicyRef {
	t, _ := policy.Find(topic)
	ref := record.PolicyRef{Topic: topic, Title: t.Title, Version: version, Hash: hashOf(topic + string(rune('0'+version)))}
	w.own(record.FormPolicy, effective, record.PolicyVersion{Topic: topic, Title: t.Title, Version: version, Effective: day(effective), Hash: ref.Hash})
	return ref
}

func signer(name string) []record.Signer {
	return []record.Signer{{Name: name, Role: "client", Capacity: "yes"}}
}

// acknowledgment of all policies, as given.
func (w *world) acknowledgment(on string, signers []record.Signer) record.Acknowledgment {
	return record.Acknowledgment{Policies: w.refs(), Decision: record.Given, On: day(on), How: "in-writing", Signers: signers, Language: "English"}
}

func (w *world) refs() []record.PolicyRef {
	var refs []record.PolicyRef
	for _, f := range w.book {
		var v record.PolicyVersion
		if f.Form == record.FormPolicy && json.Unmarshal(f.Data, &v) == nil && v.Version == 1 {
			refs = append(refs, record.PolicyRef{Topic: v.Topic, Title: v.Title, Version: v.Version, Hash: v.Hash})
		}
	}
	return refs
}

const (
	since = "2026-06-01" // first day of service
	ada   = "Ada Quill"
)

// newWorld gives a practice that did everything, and a client with nothing
// open.
func newWorld(t *testing.T) *world {
	w := &world{t: t, today: today, settings: record.Practice{
		Name: "P", Zone: "UTC", Jurisdiction: "US-MS", HIPAA: "yes", SocialMedia: "yes", EPayments: "yes",
		Ages:      record.Ages{Majority: 21, Consent: 18, ParentAccess: 18},
		Regulator: record.Regulator{Name: "Board", Address: "Jackson", Phone: "1", Email: "b@example.org", Site: "example.org"},
	}}
	w.client = record.Client{ID: 7, Number: "2026-007", Kind: record.Individual, Name: ada, Born: day("1980-02-29"), Status: record.Active,
		Since: day(since), Created: day(since).In(time.UTC)}
	w.places = []record.Place{{Jurisdiction: "US-MS"}}
	for _, topic := range policy.Topics() {
		w.publish(topic.Key, 1, "2026-05-01")
	}
	w.own(record.FormLicense, "2026-05-01", record.License{Kind: "license", Jurisdiction: "US-MS", Title: "LCSW", Number: "C1", Issued: day("2015-01-01"), Expires: day("2027-06-30")})
	w.own(record.FormVendor, "2026-05-01", record.Vendor{Name: "Phone Co", Service: "phone", Agreement: "baa", Signed: day("2026-05-01")})
	w.own(record.FormVendor, "2026-05-01", record.Vendor{Name: "Pay Co", Service: "payment", Agreement: "baa", Signed: day("2026-05-01")})
	w.own(record.FormCompetence, "2026-05-01", record.Competence{On: day("2026-05-01"), Course: "Telehealth", Again: day("2028-05-01")})
	for _, what := range []string{"online-presence", "ethics", "protection", "risk-analysis", "restore-drill", "rules"} {
		w.own(record.FormReview, "2026-05-02", record.Review{On: day("2026-05-02"), What: what, Found: "in order"})
	}
	w.file(record.FormSafeContact, since, record.Contacting{Text: "yes", Voicemail: "no", SayName: "yes"})
	w.file(record.FormIntake, since, record.Intake{On: day(since), Prior: "no", Preference: "both", Culture: "none that matters", Needs: "large print"})
	w.file(record.FormAcknowledgment, since, w.acknowledgment(since, signer(ada)))
	w.file(record.FormChannel, since, record.ChannelConsent{Channel: record.Text, Decision: Allowed, Since: day(since), How: "in-writing", Device: "practice phone", Warned: day(since)})
	w.file(record.FormChannel, since, record.ChannelConsent{Channel: record.Video, Decision: Allowed, Since: day(since), How: "in-writing", Device: "laptop", Preferred: "yes"})
	w.file(record.FormSuitability, since, record.Suitability{On: day(since), Age: "fits", Clinical: "fits", Skill: "fits", Disability: "fits", Language: "fits", Culture: "fits",
		Safety: "fits", Strengths: "no travel", Risks: "a shared phone", First: "none", Outcome: "electronic", Again: day("2027-06-01")})
	w.file(record.FormIdentity, since, record.IdentityCheck{On: day(since), Verified: "yes", How: "in person", Seen: "license", Location: "Jackson, Mississippi"})
	w.file(record.FormEmergency, since, record.EmergencyCard{Where: "home", Services: "county, 601", Contact: "Maria", Shared: day(since)})
	w.file(record.FormInterruption, since, record.InterruptionPlan{On: day(since), First: "I call", Told: "yes"})
	w.log(record.Text, record.TallyService, "2026-06-02", 20, "", "")
	w.log(record.InPerson, record.TallyService, "2026-06-01", 3, "Office", "")
	return w
}

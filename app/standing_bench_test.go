package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"casekeep/app/policy"
	"casekeep/vault"
	"casekeep/vault/record"
)

// todayAimed is how long Today, and where all clients stand, shall take at
// most.
const todayAimed = 100 * time.Millisecond

const standingClients = 2000

var standingNow = time.Date(2026, 11, 21, 20, 14, 0, 0, time.UTC)

// standingPractices are filled once a size: at a million entries that takes
// minutes.
var standingPractices = map[int]*Practice{}

// TestMain makes the test's program the child that a benchmark measures, where
// it is asked to.
func TestMain(m *testing.M) {
	if file := os.Getenv(importChild); file != "" {
		if err := importMemory(file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	for _, p := range standingPractices {
		dir := filepath.Dir(p.Dir())
		p.Lock()
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

func standingSize() int {
	n, err := strconv.Atoi(os.Getenv("CASEKEEP_BENCH_ENTRIES"))
	if err != nil || n < standingClients {
		n = 20_000
	}
	return n
}

// standingPractice gives a practice with n texts of 2,000 active clients and
// twelve structured entries of each. Of every ten clients one was texted two
// weeks before consent was given, and of every fifty one without any.
func standingPractice(b *testing.B, n int) *Practice {
	b.Helper()
	if standingPractices[n] == nil {
		dir, err := os.MkdirTemp("", "casekeep-bench-")
		if err != nil {
			b.Fatal(err)
		}
		f := standingFill{b: b, ctx: b.Context(), each: n / standingClients}
		f.p, err = Create(f.ctx, filepath.Join(dir, "v"), "ladder ochre", record.Practice{
			Name: "P", Zone: "America/Chicago", Jurisdiction: "US-MS", HIPAA: "yes", SocialMedia: "yes",
			Ages: record.Ages{Majority: 21, Consent: 18, ParentAccess: 18},
		}, Config{Now: func() time.Time { return standingNow }, WorkFactor: 10, StateDir: dir})
		if err != nil {
			b.Fatal(err)
		}
		f.fill()
		standingPractices[n] = f.p
	}
	return standingPractices[n]
}

type standingFill struct {
	b    *testing.B
	ctx  context.Context
	p    *Practice
	each int // texts of a client
	refs []record.PolicyRef
}

func (f *standingFill) must(err error) {
	f.b.Helper()
	if err != nil {
		f.b.Fatal(err)
	}
}

func (f *standingFill) fill() {
	for i, t := range policy.Topics() {
		hash := record.Hash(sha256.Sum256([]byte(t.Key)))
		f.put(record.Book, record.FormPolicy, record.PolicyVersion{Topic: t.Key, Title: t.Title, Version: 1,
			Effective: record.Date{Year: 2026, Month: 1, Day: 1 + i}, Hash: hash})
		f.refs = append(f.refs, record.PolicyRef{Topic: t.Key, Title: t.Title, Version: 1, Hash: hash})
	}
	f.put(record.Book, record.FormLicense, record.License{Kind: "license", Jurisdiction: "US-MS", Title: "LCSW", Number: "C1",
		Issued: record.Date{Year: 2015, Month: 1, Day: 1}, Expires: record.Date{Year: 2027, Month: 6, Day: 30}})
	for i := range standingClients {
		f.client(i)
	}
	f.must(f.p.Seal(f.ctx))
}

func (f *standingFill) put(client record.ClientID, form record.Form, data any) {
	text, err := json.Marshal(data)
	f.must(err)
	_, err = f.p.v.File(f.ctx, vault.Filing{Entry: record.Entry{Client: client, Form: form, Data: text, Subject: string(form),
		Body: "What stands in it, for a reader."}})
	f.must(err)
}

func (f *standingFill) client(i int) {
	first := standingNow.AddDate(-1, 0, -i%300)
	since := record.DateOf(first)
	c, err := f.p.AddClient(f.ctx, record.Client{
		Name: fmt.Sprintf("Client %04d", i), Born: record.Date{Year: 1950 + i%58, Month: time.Month(1 + i%12), Day: 1 + i%28}, Since: since,
		Jurisdiction: "US-MS", Contacts: []record.ContactPoint{{System: record.Phone, Value: fmt.Sprintf("+1601555%04d", i)}},
	})
	f.must(err)
	f.texts(c, first)
	agreed := since
	if i%10 == 3 {
		agreed = record.DateOf(first.AddDate(0, 0, 14))
	}
	signers := []record.Signer{{Name: c.Name, Role: "client", Capacity: "yes"}}
	f.put(c.ID, record.FormSafeContact, record.Contacting{Text: "yes", Voicemail: "no", SayName: "yes", OthersSee: "a sister reads along"})
	f.put(c.ID, record.FormIntake, record.Intake{On: since, Prior: "no", Preference: "both", Culture: "as discussed", Language: "English", Needs: "large print"})
	f.put(c.ID, record.FormAcknowledgment, record.Acknowledgment{Policies: f.refs, Decision: record.Given, On: since, How: "signature",
		Signers: signers, Language: "English", ReviewBy: record.Date{Year: 2026, Month: time.Month(1 + i%12), Day: 20}.Next()})
	if i%50 != 7 {
		f.put(c.ID, record.FormChannel, record.ChannelConsent{Channel: record.Text, Decision: "allowed", Since: agreed, How: "in-writing", Device: "practice phone", Warned: since})
	}
	f.put(c.ID, record.FormChannel, record.ChannelConsent{Channel: record.Portal, Decision: "allowed", Since: since, How: "in-writing", Device: "laptop", Preferred: "yes"})
	f.put(c.ID, record.FormSuitability, record.Suitability{On: since, Age: "fits", Clinical: "fits", Skill: "fits", Disability: "fits", Language: "fits",
		Culture: "fits", Safety: "concern", Strengths: "no travel", Risks: "a shared phone", First: "none", Outcome: "electronic",
		Again: record.Date{Year: 2027, Month: time.Month(1 + i%12), Day: 3}})
	f.put(c.ID, record.FormIdentity, record.IdentityCheck{On: since, Verified: "yes", How: "in person", Seen: "driver's license", Location: "at home, Jackson, Mississippi"})
	f.put(c.ID, record.FormEmergency, record.EmergencyCard{Where: "at home", Services: "county crisis line", Contact: "a sister", Relation: "sister",
		Reach: "+1 601 555 0143", MayTell: "that there is a crisis", Shared: since})
	f.put(c.ID, record.FormInterruption, record.InterruptionPlan{On: since, First: "I call the mobile", Minutes: 5, Then: "a text", Told: "yes"})
	f.put(c.ID, record.FormCollateral, record.Collateral{Name: "Dr. Lena Moss", Relation: "physician", Release: "yes", Scope: "treatment", Purpose: "coordination",
		Way: "both", Signed: since, SignedBy: c.Name, How: "in-writing", Expires: record.Date{Year: 2027, Month: time.Month(1 + i%12), Day: 9}})
	f.put(c.ID, record.FormSafetyPlan, record.SafetyPlan{On: since, Risk: "none", Coping: "walks", People: "a sister; 988"})
	f.put(c.ID, record.FormSearch, record.SearchNote{On: since, Where: "a search engine", Terms: "name and town", Reason: "safety of a visit", Basis: "emergency",
		Emergency: "no answer for three days", Told: "yes", ToldOn: since, ToldHow: "in the next session"})
}

// texts imports a client's texts, spread over the time since the first one.
func (f *standingFill) texts(c record.Client, first time.Time) {
	im, err := f.p.v.BeginImport(f.ctx, c.ID)
	f.must(err)
	name := c.Name + ".xml"
	f.must(im.OpenSource(f.ctx, name, ""))
	step := standingNow.Sub(first) / time.Duration(f.each+1)
	for i := range f.each {
		body := fmt.Sprintf("thanks, see you on Thursday, running late is that ok, no. %d", i)
		key := sha256.Sum256([]byte(name + body))
		direction := record.In
		if i%2 == 1 {
			direction = record.Out
		}
		_, err := im.Add(f.ctx, vault.Message{Entry: record.Entry{Channel: record.Text, Direction: direction, At: first.Add(time.Duration(i) * step), Zone: "America/Chicago",
			ZoneBasis: record.ZoneFile, Body: body, Provenance: &record.Provenance{Locator: "message", Raw: key}}, Dedupe: key, Content: sha256.Sum256([]byte(body))})
		f.must(err)
	}
	f.must(im.CloseSource(f.ctx, record.Source{Name: name, Format: "texts", Parser: "bench/1", SHA256: sha256.Sum256([]byte(name)), Declared: f.each}))
	_, err = im.Finish(f.ctx, record.Batch{Found: f.each})
	f.must(err)
}

// How the practice is found by a measurement.
const (
	cold   = "cold"   // first after an unlock
	after  = "after"  // first, after Today was asked for
	warm   = "warm"   // after one change of one client
	rested = "rested" // nothing has changed
)

// BenchmarkToday measures what needs the practitioner, BenchmarkStandings
// where every client stands. x-limit is the time over todayAimed: below 1 is
// faster.
func BenchmarkToday(b *testing.B) {
	benchStanding(b, func(p *Practice) error {
		_, err := p.Today(b.Context())
		return err
	}, cold, warm, rested)
}

// BenchmarkStandings: see BenchmarkToday.
func BenchmarkStandings(b *testing.B) {
	benchStanding(b, func(p *Practice) error {
		_, err := p.Standings(b.Context())
		return err
	}, cold, after, warm, rested)
}

func benchStanding(b *testing.B, ask func(*Practice) error, states ...string) {
	n := standingSize()
	for _, state := range states {
		b.Run(fmt.Sprintf("%s/entries=%d", state, n), func(b *testing.B) {
			p := standingPractice(b, n)
			change := standingFill{b: b, ctx: b.Context(), p: p}
			if err := ask(p); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			for i := range b.N {
				b.StopTimer()
				switch state {
				case cold, after:
					p.known, p.judged = known{}, judged{}
				case warm:
					change.put(record.ClientID(i%standingClients+1), record.FormSafetyPlan, record.SafetyPlan{On: record.DateOf(standingNow), Risk: "none"})
				}
				if state == after {
					_, err := p.Today(b.Context())
					change.must(err)
				}
				b.StartTimer()
				if err := ask(p); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(todayAimed), "x-limit")
		})
	}
}

package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"casekeep/assets"
	"casekeep/vault/record"
)

// many is a vault with records whose histories are known to a test.
type many struct {
	*Vault
	t         testing.TB
	ctx       context.Context
	random    *rand.Rand
	now       time.Time
	histories []history
	oracle    oracle
}

func utc(day string) time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return at
}

func (m *many) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// newMany makes a vault with n random records, from 2010 to 2026.
func newMany(t testing.TB, n int, seed uint64) *many {
	t.Helper()
	m := &many{t: t, ctx: context.Background(), random: rand.New(rand.NewPCG(seed, 4)), now: utc("2026-11-21").Add(20 * time.Hour)}
	v, err := Create(m.ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre", record.Practice{Name: "P", Zone: "America/Chicago"},
		Options{WorkFactor: 10, Now: func() time.Time { return m.now }})
	m.must(err)
	m.Vault = v
	t.Cleanup(func() { v.Close() })
	m.state()
	m.must(v.db.Write(m.ctx, func(tx *sql.Tx) error {
		for i := range n {
			h := m.invent(record.ClientID(i + 1))
			if err := put(m.ctx, tx, h); err != nil {
				return err
			}
			m.histories = append(m.histories, h)
		}
		for _, w := range m.oracle.worked {
			if _, err := tx.ExecContext(m.ctx, `INSERT INTO practice_place(jurisdiction, at) VALUES(?,?)`, w.place, w.from.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	}))
	return m
}

// served are the places of the histories. Most of their rules are confirmed.
var served = []string{"US-TX", "US-ME", "US-NJ", "US-CO", "US-NY", "US-CA", "US-CT", "US-VA", "US-AZ", "US-OH", "US-MD", "US-MS", "US-GA"}

// state states the rules that come with the program, confirmed but for one, and
// three of the test's own.
func (m *many) state() {
	var rules []record.RetentionRule
	m.must(json.Unmarshal(assets.RetentionRules, &rules))
	m.oracle.rules = map[string]record.RetentionRule{}
	for _, r := range rules {
		if !r.Blank() && r.Jurisdiction != "US-MD" {
			r.Confirmed = record.DateOf(m.now)
		}
		m.oracle.rules[r.Jurisdiction] = r
	}
	m.oracle.rules["US-GA"] = record.RetentionRule{Jurisdiction: "US-GA", Forever: true, Minors: record.MinorsSame, Confirmed: record.DateOf(m.now)}
	m.oracle.rules["US-OH"] = record.RetentionRule{Jurisdiction: "US-OH", Minors: record.MinorsSame, Confirmed: record.DateOf(m.now),
		Clauses: []record.KeepClause{{From: []string{"contact"}, Years: 1}}}
	for _, r := range m.oracle.rules {
		m.must(m.SetRetentionRule(m.ctx, r))
	}
	m.oracle.worked = []worked{{"US-OH", utc("2010-01-01")}, {"US-TX", utc("2018-07-01").Add(3 * time.Hour)}}
}

func (m *many) chance(percent int) bool { return m.random.IntN(100) < percent }

// between gives a random moment.
func (m *many) between(from, to string) time.Time {
	a, b := utc(from).UnixMilli(), utc(to).UnixMilli()
	return time.UnixMilli(a + m.random.Int64N(b-a)).UTC()
}

// day gives a random day, a leap day more often than not by chance.
func (m *many) day(from, to string) record.Date {
	d := record.DateOf(m.between(from, to))
	if m.chance(8) {
		d = record.Date{Year: d.Year / 4 * 4, Month: time.February, Day: 29}
	}
	return d
}

// invent makes up what happened in a record.
func (m *many) invent(id record.ClientID) history {
	kinds := []record.Kind{record.Individual, record.Individual, record.Individual, record.Couple, record.Family, record.Group, record.Organization}
	h := history{id: id, kind: kinds[m.random.IntN(len(kinds))], created: m.between("2010-01-01", "2026-11-01")}
	if m.chance(40) {
		h.since = m.day("2008-01-01", "2024-01-01")
	}
	if h.kind == record.Individual && m.chance(90) {
		h.born = m.day("1940-01-01", "2022-01-01")
	}
	h.adult = h.kind == record.Individual && m.chance(30)
	if h.kind != record.Individual {
		for i := range m.random.IntN(4) {
			member := record.Member{Name: fmt.Sprintf("Member %d", i)}
			if m.chance(85) {
				member.Born = m.day("1940-01-01", "2015-01-01")
			}
			if m.chance(50) {
				member.Notes = "adult"
			}
			h.members = append(h.members, member)
		}
	}
	for range m.random.IntN(3) {
		h.places = append(h.places, served[min(m.random.IntN(len(served)), m.random.IntN(len(served)))])
	}
	zones := []string{"America/Chicago", "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "-12:00", "+14:00", "nowhere"}
	forms := []record.Form{"", "", "", record.FormSafetyPlan, record.FormConsent}
	at := h.created
	for range m.random.IntN(6) {
		if m.chance(30) {
			at = at.Add(time.Duration(m.random.Int64N(int64(40 * time.Hour))))
		} else {
			at = m.between("2009-01-01", "2026-11-20")
		}
		e := happened{at: at.Truncate(time.Millisecond), zone: zones[m.random.IntN(len(zones))], form: forms[m.random.IntN(len(forms))]}
		if m.chance(3) {
			e.form = record.FormRequest
		}
		h.entries = append(h.entries, e)
	}
	if m.chance(15) {
		h.released = append(h.released, m.between("2015-01-01", "2026-11-20"))
	}
	for m.chance(60) && len(h.statuses) < 4 {
		h.statuses = append(h.statuses, m.day("2010-01-01", "2026-11-20"))
		if m.chance(15) {
			h.statuses = append(h.statuses, record.Date{})
		}
	}
	if m.chance(10) {
		h.died = m.day("2011-01-01", "2026-01-01")
	}
	if m.chance(5) {
		h.longer = append(h.longer, m.day("2027-01-01", "2060-01-01"))
	}
	h.held = m.chance(4)
	return h
}

// put writes a history as the rows that the program would have written.
func put(ctx context.Context, tx *sql.Tx, h history) (err error) {
	run := func(query string, args ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, query, args...)
		}
	}
	made := h.created.UnixMilli()
	run(`INSERT INTO client(id, number, kind, name, born, status, since, created) VALUES(?,?,?,?,?,'active',?,?)`,
		h.id, fmt.Sprintf("n-%d", h.id), h.kind, fmt.Sprintf("Client %d", h.id), h.born.String(), h.since.String(), made)
	run(`INSERT INTO client_status(client, status, at) VALUES(?,'active',?)`, h.id, made)
	for i, p := range h.members {
		run(`INSERT INTO member(client, position, name, born) VALUES(?,?,?,?)`, h.id, i, p.Name, p.Born.String())
	}
	for _, p := range h.persons() {
		if p.Notes == "adult" {
			run(`INSERT INTO client_fact(client, what, who, day, at) VALUES(?,'adult',?,'2020-01-01',0)`, h.id, p.Name)
		}
	}
	for _, place := range h.places {
		run(`INSERT INTO client_place(client, jurisdiction, at) VALUES(?,?,?)`, h.id, place, made)
	}
	for i, e := range h.entries {
		run(`INSERT INTO entry(id, client, channel, direction, at, zone, zone_basis, written, body, form) VALUES(?,?,'text','in',?,?,'',0,'x',?)`,
			e.at.UnixMilli()<<16|int64(h.id)*7%65000+int64(i), h.id, e.at.UnixMilli(), e.zone, e.form)
	}
	for _, at := range h.released {
		run(`INSERT INTO disclosure(client, at, receiver, purpose, entries, pages, file, sha256, sealed) VALUES(?,?,'a','b',0,0,'',x'00',0)`, h.id, at.UnixMilli())
	}
	for _, day := range h.statuses {
		status := record.Closed
		if day.IsZero() {
			status = record.Active
		}
		run(`INSERT INTO client_status(client, status, on_day, at) VALUES(?,?,?,?)`, h.id, status, day.String(), made)
	}
	if !h.died.IsZero() {
		run(`INSERT INTO client_fact(client, what, day, at) VALUES(?,'died',?,0)`, h.id, h.died.String())
	}
	for _, day := range h.longer {
		run(`INSERT INTO keep_extension(client, until, reason, at) VALUES(?,?,'a study',?)`, h.id, day.String(), made)
	}
	if h.held {
		run(`INSERT INTO hold(client, matter, on_day, author, at) VALUES(?,'m','2020-01-01','p',0)`, h.id)
	}
	return err
}

// keeps asks the database about all records, and compares with the oracle.
func (m *many) keeps() map[record.ClientID]record.Keep {
	m.t.Helper()
	list, err := m.Keep(m.ctx)
	m.must(err)
	if len(list) != len(m.histories) {
		m.t.Fatalf("%d records of %d", len(list), len(m.histories))
	}
	all := map[record.ClientID]record.Keep{}
	for _, k := range list {
		all[k.Client] = k
	}
	m.oracle.present = earliest(m.clock())
	wrong := 0
	for _, h := range m.histories {
		k := all[h.id]
		status, until := m.oracle.judge(h)
		if k.Status == status && k.Until == until && explained(k) {
			continue
		}
		if wrong++; wrong < 5 {
			m.t.Errorf("on %s the record is %s until %s, not %s until %s\n%+v\n%+v", m.oracle.present, k.Status, k.Until, status, until, h, k)
		}
	}
	if wrong > 0 {
		m.t.Fatalf("%d records are wrong", wrong)
	}
	return all
}

// explained reports whether each step's own numbers give its date, and the
// latest of them the record's.
func explained(k record.Keep) bool {
	for _, s := range k.Steps {
		if s.Event != "extension" && plusYears(plusYears(s.Day, s.Age), s.Years) != s.Until {
			return false
		}
		if len(k.Reasons) == 0 && k.Until.Before(s.Until) {
			return false
		}
	}
	return k.Until.IsZero() || k.Until == k.Steps[0].Until
}

// Of ten thousand random histories the database says what an oracle says that
// shares no line with it: over the decades no record is due a day early, and
// none is forgotten.
func TestTenThousandHistories(t *testing.T) {
	m := newMany(t, 10_000, 1)
	met := map[record.KeepStatus]int{}
	var keeps map[record.ClientID]record.Keep
	for _, day := range []string{"2060-01-01", "2026-11-21", "2030-02-28", "2036-03-01"} {
		m.now = utc(day).Add(13 * time.Hour)
		keeps = m.keeps()
		for _, k := range keeps {
			met[k.Status]++
		}
	}
	for _, status := range []record.KeepStatus{record.KeepKept, record.KeepDue, record.KeepHeld, record.KeepBlocked, record.KeepUnknown} {
		if met[status] < 20 {
			t.Errorf("only %d records were %s: %v", met[status], status, met)
		}
	}
	m.dueOnTheDay(keeps)
}

// dueOnTheDay goes to the very moments around the dates of some records.
func (m *many) dueOnTheDay(keeps map[record.ClientID]record.Keep) {
	m.t.Helper()
	seen := 0
	for _, k := range keeps {
		if k.Status != record.KeepKept || k.Until.IsZero() {
			continue
		}
		if seen++; seen > 25 {
			return
		}
		over := k.Until.Next().In(time.UTC).Add(12 * time.Hour) // when the day has passed everywhere
		for _, c := range []struct {
			at     time.Time
			passed bool
		}{{over.Add(-time.Millisecond), false}, {over, true}} {
			m.now = c.at
			if k := m.keepOf(k.Client); (k.Status == record.KeepDue || k.Status == record.KeepBlocked) != c.passed {
				m.t.Errorf("at %s the record is %s until %s", c.at, k.Status, k.Until)
			}
		}
	}
	if seen == 0 {
		m.t.Error("no record had a date to come")
	}
}

func (m *many) keepOf(id record.ClientID) record.Keep {
	m.t.Helper()
	list, err := m.Keep(m.ctx, id)
	m.must(err)
	return list[0]
}

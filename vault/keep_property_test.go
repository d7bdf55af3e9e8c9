package vault

import (
	"database/sql"
	"reflect"
	"testing"
	"time"

	"casekeep/vault/record"
)

// notEarlier fails unless each record is kept at least as long as before; the
// unknown date, which is for ever, is the latest.
func (m *many) notEarlier(what string, before, after map[record.ClientID]record.Keep) {
	m.t.Helper()
	for id, b := range before {
		a := after[id]
		if !a.Until.IsZero() && (b.Until.IsZero() || a.Until.Before(b.Until)) {
			m.t.Fatalf("%s: record %d is kept until %s, and was until %s\n%+v\n%+v", what, id, a.Until, b.Until, b, a)
		}
	}
}

// change writes rows for each record, and tells the oracle's history.
func (m *many) change(do func(tx *sql.Tx, h *history) error) {
	m.t.Helper()
	m.must(m.db.Write(m.ctx, func(tx *sql.Tx) error {
		for i := range m.histories {
			if err := do(tx, &m.histories[i]); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Nothing that is added to a record, and no rule that asks for more, lets it be
// destroyed earlier.
func TestKeepingNeverShortens(t *testing.T) {
	m := newMany(t, 1500, 2)
	before := m.keeps()
	step := func(what string, do func()) {
		t.Helper()
		do()
		after := m.keeps()
		m.notEarlier(what, before, after)
		before = after
	}
	step("a contact", func() {
		m.change(func(tx *sql.Tx, h *history) error {
			e := happened{at: m.between("2009-01-01", "2026-11-20").Truncate(time.Millisecond), zone: "UTC"}
			h.entries = append(h.entries, e)
			_, err := tx.ExecContext(m.ctx, `INSERT INTO entry(id, client, channel, direction, at, zone, zone_basis, written, body) VALUES(?,?,'text','in',?,'UTC','',0,'x')`,
				e.at.UnixMilli()<<16|int64(h.id)+30000, h.id, e.at.UnixMilli())
			return err
		})
	})
	step("another place", func() {
		m.change(func(tx *sql.Tx, h *history) error {
			place := served[m.random.IntN(len(served))]
			h.places = append(h.places, place)
			_, err := tx.ExecContext(m.ctx, `INSERT INTO client_place(client, jurisdiction, at) VALUES(?,?,0)`, h.id, place)
			return err
		})
	})
	step("longer rules", func() {
		for place, r := range m.oracle.rules {
			for i := range r.Clauses {
				r.Clauses[i].Years += m.random.IntN(3)
			}
			m.oracle.rules[place] = r
			if !r.Blank() && place != record.Paperwork {
				m.must(m.SetRetentionRule(m.ctx, r))
			}
		}
	})
	step("an extension", func() {
		m.change(func(tx *sql.Tx, h *history) error {
			day := m.day("2027-01-01", "2060-01-01")
			h.longer = append(h.longer, day)
			_, err := tx.ExecContext(m.ctx, `INSERT INTO keep_extension(client, until, reason, at) VALUES(?,?,'more',0)`, h.id, day.String())
			return err
		})
	})
	step("a later closing", func() {
		m.change(func(tx *sql.Tx, h *history) error {
			closed := h.closed()
			if closed.IsZero() || len(before[h.id].Reasons) > 0 { // it may settle what was contradictory
				return nil
			}
			later := plusYears(closed, 1)
			h.statuses = append(h.statuses, later)
			_, err := tx.ExecContext(m.ctx, `INSERT INTO client_status(client, status, on_day, at) VALUES(?,'closed',?,0)`, h.id, later.String())
			return err
		})
	})
	m.now = utc("2090-01-01")
	before = m.keeps()
	step("a hold", func() {
		_, err := m.PlaceHold(m.ctx, record.Hold{Client: record.Book, Matter: "a board inquiry"})
		m.must(err)
		m.oracle.all = true
	})
	for _, k := range before {
		if k.Status != record.KeepHeld {
			t.Fatalf("under a hold the record is %s", k.Status)
		}
	}
}

// Neither the practice's zone nor the computer's changes a date, and a clock
// that is set back lets nothing that is due be undone, nor anything be due
// that was not.
func TestKeepingDoesNotHangOnClocks(t *testing.T) {
	m := newMany(t, 600, 3)
	m.now = utc("2045-05-05")
	m.must(m.PutOff(m.ctx, "task", record.Date{Year: 2046, Month: 1, Day: 1}, "an audited moment"))
	before := m.keeps()
	same := func(what string) {
		t.Helper()
		for id, k := range m.keeps() {
			if !reflect.DeepEqual(k, before[id]) {
				t.Fatalf("%s: %+v, and was %+v", what, k, before[id])
			}
		}
	}
	local := time.Local
	defer func() { time.Local = local }()
	for _, zone := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago"} {
		m.must(m.SetPractice(m.ctx, record.Practice{Name: "P", Zone: zone}))
		same("the practice's zone is " + zone)
		time.Local = record.LoadZone(zone)
		same("the computer's zone is " + zone)
	}
	m.now = utc("2027-01-01")
	same("the clock is set back")
}

package vault

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"casekeep/vault/record"
)

// Keep gives until when the records named are kept, or all of them where none is
// named, and by what arithmetic. The database derives it (migrations/003.sql).
func (v *Vault) Keep(ctx context.Context, clients ...record.ClientID) ([]record.Keep, error) {
	parts, of := 1, func(int) func(string) string { return within(clients) }
	if len(clients) == 0 {
		parts = min(runtime.GOMAXPROCS(0), mostParts)
		of = func(part int) func(string) string { return share(part, parts) }
	}
	lists := make([][]record.Keep, parts)
	err := v.db.ReadBeside(ctx, parts, func(part int, tx *sql.Tx) (err error) {
		lists[part], err = keepsOf(ctx, tx, of(part))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading until when records are kept: %w", err)
	}
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b record.Keep) int { return cmp.Compare(a.Client, b.Client) })
	return all, nil
}

func loadKeeps(ctx context.Context, tx *sql.Tx, clients ...record.ClientID) ([]record.Keep, error) {
	return keepsOf(ctx, tx, within(clients))
}

func keepsOf(ctx context.Context, tx *sql.Tx, of func(column string) string) ([]record.Keep, error) {
	var list []record.Keep
	at := map[record.ClientID]int{}
	var present record.Date // which begins last on earth
	err := each(ctx, tx, `SELECT l.client, c.number, iif(c.id IN (SELECT id FROM client_out), c.number, c.name), l.kind, l.closed_on, l.last_contact, l.died,
		date(now_ms() / 1000 - 43200, 'unixepoch')
		FROM keep_life l JOIN client c ON c.id = l.client WHERE 1`+of("l.client")+` ORDER BY l.client`, func(rows *sql.Rows) error {
		var k record.Keep
		err := rows.Scan(&k.Client, &k.Number, &k.Name, &k.Kind, day{&k.Closed}, day{&k.Last}, day{&k.Died}, day{&present})
		at[k.Client] = len(list)
		k.Steps, k.Reasons, k.Blockers = []record.KeepStep{}, []record.KeepReason{}, []record.KeepBlocker{}
		list = append(list, k)
		return err
	})
	for _, read := range []func(context.Context, *sql.Tx, func(string) string, func(record.ClientID) *record.Keep) error{keepSteps, keepReasons, keepBlockers} {
		if err == nil {
			err = read(ctx, tx, of, func(id record.ClientID) *record.Keep { return &list[at[id]] })
		}
	}
	for i := range list {
		k := &list[i]
		if len(k.Steps) > 0 && len(k.Reasons) == 0 { // else what its steps say is not the whole of it
			k.Until = k.Steps[0].Until
		}
		k.Status = keepStatus(*k, k.Until.Before(present))
	}
	return list, err
}

func keepSteps(ctx context.Context, tx *sql.Tx, of func(string) string, keep func(record.ClientID) *record.Keep) error {
	return each(ctx, tx, `SELECT client, jurisdiction, rule, event, who, day, age, years, until FROM keep_step WHERE 1`+of("client"),
		func(rows *sql.Rows) error {
			var id record.ClientID
			var s record.KeepStep
			err := rows.Scan(&id, &s.Jurisdiction, &s.Rule, &s.Event, &s.Who, day{&s.Day}, &s.Age, &s.Years, day{&s.Until})
			k := keep(id)
			at, _ := slices.BinarySearchFunc(k.Steps, s, laterStep)
			k.Steps = slices.Insert(k.Steps, at, s)
			return err
		})
}

// laterStep puts the latest date first, and dates that are the same in an order
// of their own.
func laterStep(a, b record.KeepStep) int {
	return cmp.Or(cmp.Compare(b.Until.String(), a.Until.String()), cmp.Compare(a.Jurisdiction, b.Jurisdiction),
		cmp.Compare(a.Event, b.Event), cmp.Compare(a.Who, b.Who))
}

func keepReasons(ctx context.Context, tx *sql.Tx, of func(string) string, keep func(record.ClientID) *record.Keep) error {
	return each(ctx, tx, `SELECT client, why, jurisdiction, who FROM keep_reason WHERE 1`+of("client")+` ORDER BY client, why, jurisdiction, who`,
		func(rows *sql.Rows) error {
			var id record.ClientID
			var r record.KeepReason
			err := rows.Scan(&id, &r.Why, &r.Jurisdiction, &r.Who)
			k := keep(id)
			k.Reasons = append(k.Reasons, r)
			return err
		})
}

func keepBlockers(ctx context.Context, tx *sql.Tx, of func(string) string, keep func(record.ClientID) *record.Keep) error {
	return each(ctx, tx, `SELECT client, why, of FROM keep_blocker WHERE 1`+of("client")+` AND client > 0 ORDER BY client, why, of`,
		func(rows *sql.Rows) error {
			var id record.ClientID
			var b record.KeepBlocker
			err := rows.Scan(&id, &b.Why, &b.Of)
			k := keep(id)
			k.Blockers = append(k.Blockers, b)
			return err
		})
}

// keepStatus says where a record stands. passed is whether its date lies
// behind, everywhere on earth.
func keepStatus(k record.Keep, passed bool) record.KeepStatus {
	has := func(why string) bool {
		return slices.ContainsFunc(k.Blockers, func(b record.KeepBlocker) bool { return b.Why == why })
	}
	because := func(why string) bool {
		return slices.ContainsFunc(k.Reasons, func(r record.KeepReason) bool { return r.Why == why })
	}
	switch {
	case has("hold"):
		return record.KeepHeld
	case because("active"), because("forever"):
		return record.KeepKept
	case len(k.Reasons) > 0, k.Until.IsZero():
		return record.KeepUnknown
	case !passed:
		return record.KeepKept
	case len(k.Blockers) > 0:
		return record.KeepBlocked
	}
	return record.KeepDue
}

// day scans a day.
type day struct{ to *record.Date }

func (d day) Scan(value any) (err error) {
	switch text := value.(type) {
	case nil:
		*d.to = record.Date{}
	case string:
		*d.to, err = record.ParseDate(text)
	case []byte:
		*d.to, err = record.ParseDate(string(text))
	default:
		err = fmt.Errorf("a day is stored as %T", value)
	}
	return err
}

// ExtendKeeping keeps a record until a later day than the rules ask, for a
// reason.
func (v *Vault) ExtendKeeping(ctx context.Context, client record.ClientID, until record.Date, reason string) error {
	if reason = oneLine(reason); reason == "" {
		return errors.New("keeping a record longer needs a reason: say what it is still needed for")
	}
	if today := record.DateOf(v.clock().In(v.zone(ctx))); !today.Before(until) {
		return errors.New("a record is kept longer until a day that is still to come")
	}
	return v.changeKeeping(ctx, client, "retention.extend", "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO keep_extension(client, until, reason, at) VALUES(?,?,?,?)`,
			client, until.String(), reason, v.clock().UnixMilli())
		return err
	})
}

// StateDeath keeps the day on which a client died; an unknown day takes it back.
func (v *Vault) StateDeath(ctx context.Context, client record.ClientID, died record.Date) error {
	if today := record.DateOf(v.clock().In(v.zone(ctx))); today.Before(died) {
		return fmt.Errorf("%s is still to come: check the day of death", died.Long())
	}
	return v.stateFact(ctx, client, "died", "", died)
}

// StateAdult says that a person whose birth date is not known was of full age
// when services began; who is a member's name, or "" for the client. adult
// false takes it back.
func (v *Vault) StateAdult(ctx context.Context, client record.ClientID, who string, adult bool) error {
	day := record.Date{}
	if adult {
		day = record.DateOf(v.clock().In(v.zone(ctx)))
	}
	return v.stateFact(ctx, client, "adult", who, day)
}

func (v *Vault) stateFact(ctx context.Context, client record.ClientID, what, who string, day record.Date) error {
	return v.changeKeeping(ctx, client, "client.state", what, func(tx *sql.Tx) error {
		var named bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM keep_person WHERE client = ? AND who = ?)`, client, who).Scan(&named)
		if err != nil {
			return err
		}
		if !named && what == "adult" {
			return errors.New("nobody of that name is in this record: give a member's name as it stands there")
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO client_fact(client, what, who, day, at) VALUES(?,?,?,?,?)`,
			client, what, who, day.String(), v.clock().UnixMilli())
		return err
	})
}

// changeKeeping changes what the retention of a client's record hangs on.
func (v *Vault) changeKeeping(ctx context.Context, client record.ClientID, action, detail string, change func(tx *sql.Tx) error) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := needRecord(ctx, tx, client); err != nil {
			return err
		}
		if client == record.Book {
			return ErrNoClient
		}
		if err := change(tx); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: action, client: client, detail: strings.TrimSpace(detail)})
	})
}

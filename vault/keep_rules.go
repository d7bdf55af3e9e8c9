package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"casekeep/vault/record"
)

// RetentionRules gives the rule that counts for each place, in the order of the
// places' codes.
func (v *Vault) RetentionRules(ctx context.Context) ([]record.RetentionRule, error) {
	list := []record.RetentionRule{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT id, jurisdiction, clauses, forever, minors, ended_since, confirmed, told, at FROM keep_rule ORDER BY jurisdiction`,
			func(rows *sql.Rows) error {
				r, err := scanRule(rows)
				list = append(list, r)
				return err
			})
	})
	return list, err
}

// RulesInUse counts the records that the rule of each place binds. The rule for
// paperwork binds all.
func (v *Vault) RulesInUse(ctx context.Context) (map[string]int, error) {
	bound := map[string]int{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT jurisdiction, count(*) FROM keep_place GROUP BY jurisdiction
			UNION ALL SELECT ?, count(*) FROM client WHERE id > 0`, func(rows *sql.Rows) error {
			var place string
			var records int
			err := rows.Scan(&place, &records)
			bound[place] = records
			return err
		}, record.Paperwork)
	})
	return bound, err
}

func scanRule(rows *sql.Rows) (record.RetentionRule, error) {
	var r record.RetentionRule
	var clauses, told string
	var at int64
	err := rows.Scan(&r.ID, &r.Jurisdiction, &clauses, &r.Forever, &r.Minors, day{&r.EndedSince}, day{&r.Confirmed}, &told, &at)
	if err != nil {
		return r, err
	}
	r.At = time.UnixMilli(at).UTC()
	return r, errors.Join(json.Unmarshal([]byte(clauses), &r.Clauses), json.Unmarshal([]byte(told), &r.Told))
}

// SetRetentionRule states a place's rule anew. The ones before it stay on
// record.
func (v *Vault) SetRetentionRule(ctx context.Context, r record.RetentionRule) error {
	if err := checkRule(r); err != nil {
		return err
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := v.putRule(ctx, tx, r); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "retention.rule", detail: r.Jurisdiction})
	})
}

func checkRule(r record.RetentionRule) error {
	switch r.Minors {
	case record.MinorsCovered, record.MinorsSame, record.MinorsUnknown:
	default:
		return errors.New("say what the rule asks for persons who were served as minors")
	}
	if r.Jurisdiction == "" {
		return errors.New("say which state the rule is for")
	}
	if r.Forever && len(r.Clauses) > 0 {
		return errors.New("a rule keeps records for ever, or for some years: not both")
	}
	if !r.Blank() && !r.Forever && !slices.ContainsFunc(r.Clauses, everyRecord) {
		return errors.New("a rule says how long every record is kept, after services end, the last contact or the last entry")
	}
	for _, c := range r.Clauses {
		switch {
		case (c.Age > 0) == (len(c.From) > 0):
			return errors.New("a period runs from an event, or from an age that a person reached")
		case c.Age == 0 && c.Years < 1:
			return errors.New("a period lasts one year or more")
		case c.Years < 0 || c.Years > 200 || c.Age > 100 || c.Age < 0 || c.Under > 100 || c.Under < 0:
			return errors.New("a period has at most 200 years, and an age at most 100")
		}
		for _, from := range c.From {
			switch from {
			case "termination", "contact", "entry", "death":
			default:
				return fmt.Errorf("%q is not an event that a period runs from: use termination, contact, entry or death", from)
			}
		}
	}
	return nil
}

// everyRecord reports whether a period runs in every record that was closed.
func everyRecord(c record.KeepClause) bool {
	return c.Under == 0 && slices.ContainsFunc(c.From, func(event string) bool { return event != "death" })
}

func (v *Vault) putRule(ctx context.Context, tx *sql.Tx, r record.RetentionRule) error {
	clauses, err := json.Marshal(append([]record.KeepClause{}, r.Clauses...))
	if err != nil {
		return err
	}
	told, err := json.Marshal(r.Told)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO retention_rule(jurisdiction, clauses, forever, minors, ended_since, confirmed, told, at)
		VALUES(?,?,?,?,?,?,?,?)`, r.Jurisdiction, string(clauses), r.Forever, r.Minors, r.EndedSince.String(), r.Confirmed.String(),
		string(told), v.clock().UnixMilli())
	return err
}

// SupplyRetentionRules states the rules that come with the program, where a
// place has none yet, or an older one of them that nobody confirmed or changed.
// It writes nothing where there is nothing new.
func (v *Vault) SupplyRetentionRules(ctx context.Context, supplied []record.RetentionRule) error {
	have, err := v.RetentionRules(ctx)
	if err != nil {
		return err
	}
	known := map[string]record.RetentionRule{}
	for _, r := range have {
		known[r.Jurisdiction] = r
	}
	var news []record.RetentionRule
	for _, r := range supplied {
		k, stated := known[r.Jurisdiction]
		if stated && (!k.Confirmed.IsZero() || k.Told.Own || sameRule(k, r)) {
			continue
		}
		if err := checkRule(r); err != nil {
			return fmt.Errorf("the rule for %s: %w", r.Jurisdiction, err)
		}
		news = append(news, r)
	}
	if len(news) == 0 || v.db.Status().ReadOnly != nil {
		return nil
	}
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		for _, r := range news {
			if err := v.putRule(ctx, tx, r); err != nil {
				return err
			}
		}
		return v.audit(ctx, tx, event{action: "retention.rules", detail: fmt.Sprintf("%d supplied", len(news))})
	})
}

// sameRule compares what two rules say, and not when.
func sameRule(a, b record.RetentionRule) bool {
	a.ID, a.At, b.ID, b.At = 0, time.Time{}, 0, time.Time{}
	if len(a.Clauses) == 0 && len(b.Clauses) == 0 {
		a.Clauses, b.Clauses = nil, nil
	}
	return reflect.DeepEqual(a, b)
}

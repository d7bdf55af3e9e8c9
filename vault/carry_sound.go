package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"casekeep/vault/record"
)

// unsoundError says that a package holds what no program of ours writes.
type unsoundError struct{ table, column string }

func (e *unsoundError) Error() string {
	return fmt.Sprintf("the package is not as Casekeep writes one (%s, %s): ask whoever sent it to write it again", e.table, e.column)
}

// sound reports whether a value can stand in a column. Values come as SQLite
// has them, which lets any kind of value stand in any column.
type sound func(value any) bool

// soundIn are the columns that the program reads as more than a text or a
// number, as table.column, or *.column for a column of that name in any table.
var soundIn = map[string]sound{
	"*.born": isDay, "*.since": isDay, "*.until": isDay, "*.on_day": isDay, "*.lifted_on": isDay, "*.day": isDay, "*.closed_on": isDay,
	"*.at": isMoment, "*.created": isMoment, "*.written": isMoment, "*.lifted": isMoment, "*.returned": isMoment, "*.swept": isMoment,
	"*.finished": isMoment, "*.undone": isMoment,
	"*.sha256": isHash, "*.dedupe": isHash, "*.content": isHash, "*.raw": isHash,

	"client.kind":   func(v any) bool { return record.Kind(text(v)).Valid() },
	"client.name":   func(v any) bool { return text(v) != "" && text(v) == printable(text(v)) && len(text(v)) <= 400 },
	"client.status": isStatus, "client_status.status": isStatus,
	"contact_point.system": isWord(record.Phone, record.Email, record.Handle, record.Address),

	"entry.channel":    func(v any) bool { return record.Channel(text(v)).Valid() || text(v) == string(record.Note) },
	"entry.direction":  func(v any) bool { return record.Direction(text(v)).Valid() || text(v) == "" },
	"entry.purpose":    func(v any) bool { return record.Purpose(text(v)).Valid() },
	"entry.identity":   isWord(record.IdentityUnanswered, record.IdentityConfirmed, record.IdentityNot),
	"entry.zone":       func(v any) bool { _, err := record.ParseZone(text(v)); return err == nil },
	"entry.zone_basis": isWord(record.ZoneStated, record.ZoneFile, record.ZoneAssumed, record.ZoneComputer, ""),
	"entry.duration":   func(v any) bool { n, _ := v.(int64); return n >= 0 && n < 1<<31 },
	"entry.body":       func(v any) bool { return len(text(v)) <= 2*maxBody },
	"entry.parties":    isJSON[[]record.Party],

	"provenance.warnings": isJSON[[]string], "disclosure.left_out": isJSON[[]string],
	"attachment.name": func(v any) bool { return len(text(v)) <= 4096 },
	"attachment.size": func(v any) bool { n, _ := v.(int64); return n >= 0 },
}

func text(v any) string { s, _ := v.(string); return s }

func isDay(v any) bool {
	day, err := record.ParseDate(text(v))
	return err == nil && (day.IsZero() || day.Year >= firstYear-200 && day.Year < lastYear)
}

// lastYear bounds what can be a time: JSON and SQLite know none after 9999.
const lastYear = 2300

func isMoment(v any) bool {
	n, _ := v.(int64)
	year := time.UnixMilli(n).UTC().Year()
	return year >= firstYear-1 && year < lastYear
}

func isHash(v any) bool {
	b, _ := v.([]byte)
	return v == nil || len(b) == len(record.Hash{})
}

func isStatus(v any) bool {
	return isWord(record.Screening, record.Active, record.Closed)(v)
}

func isWord[T ~string](words ...T) sound {
	return func(v any) bool { return slices.Contains(words, T(text(v))) }
}

func isJSON[T any](v any) bool {
	var to T
	return v == nil || json.Unmarshal([]byte(text(v)), &to) == nil
}

// insert puts a row into a table of the other vault. What came in a package was
// written by somebody else: each of its values is looked at before.
func (c *carrier) insert(ctx context.Context, table string, r row) (int64, error) {
	if !c.opt.Package.IsZero() {
		if err := c.checkRow(ctx, table, r); err != nil {
			return 0, err
		}
	}
	return c.dst.insert(ctx, table, r)
}

func (c *carrier) checkRow(ctx context.Context, table string, r row) error {
	if c.shapes == nil {
		shapes, err := shapesOf(ctx, c.dst.tx)
		if err != nil {
			return err
		}
		c.shapes = map[string]shape{}
		for _, s := range shapes {
			c.shapes[s.name] = s
		}
	}
	for _, column := range c.shapes[table].columns {
		value := r.at(column.name)
		if !column.takes(value) {
			return &unsoundError{table, column.name}
		}
		for _, name := range []string{table, "*"} {
			if is := soundIn[name+"."+column.name]; is != nil && value != nil && !is(value) {
				return &unsoundError{table, column.name}
			}
		}
	}
	if table == "entry" {
		return c.checkEntry(ctx, r)
	}
	return nil
}

// checkChains refuses entries of a package of which each corrects the next and
// the last one the first.
func (c *carrier) checkChains(ctx context.Context) error {
	if c.opt.Package.IsZero() {
		return nil
	}
	for _, column := range []string{"supersedes", "version_of"} {
		next := map[int64]int64{}
		err := eachRow(ctx, c.src, `SELECT * FROM entry WHERE `+column+` IS NOT NULL`, func(r row) error {
			next[r.number("id")] = r.number(column)
			return nil
		})
		if err != nil {
			return err
		}
		if isRing(next) {
			return &unsoundError{"entry", column}
		}
	}
	return nil
}

// isRing reports whether somewhere the next of the next comes back.
func isRing(next map[int64]int64) bool {
	walked := map[int64]int64{} // each with where the walk began that came by first
	for began := range next {
		for at, more := began, true; more; at, more = next[at], next[at] != 0 {
			if by, seen := walked[at]; seen {
				if by == began {
					return true
				}
				break
			}
			walked[at] = began
		}
	}
	return false
}

// takes reports whether a value is of a column's kind.
func (c column) takes(value any) bool {
	switch value.(type) {
	case nil:
		return c.number || !c.needed
	case int64:
		return c.kind == "INTEGER"
	case string:
		return c.kind == "TEXT"
	case []byte:
		return c.kind == "BLOB"
	}
	return false
}

// checkEntry looks at an entry whole: where it stands, when it was, and what it
// states.
func (c *carrier) checkEntry(ctx context.Context, r row) error {
	form, data := record.Form(r.text("form")), r.text("data")
	client := record.ClientID(r.number("client"))
	contact := form == "" && record.Channel(r.text("channel")).Valid() && record.Direction(r.text("direction")).Valid() && r.at("data") == nil
	stated := form.OfClient() && r.text("channel") == string(record.Note) && len(data) <= maxData
	ordered := form == record.FormOrder && client == record.Book && len(data) <= maxData
	id, at := r.number("id"), r.number("at")
	switch {
	case client != c.target && client != record.Sequestered && !ordered:
		return &unsoundError{"entry", "client"}
	case !ordered && !contact && !stated:
		return &unsoundError{"entry", "form"}
	case id>>16 != at:
		return &unsoundError{"entry", "id"}
	case form != "" && !strings.HasPrefix(strings.TrimSpace(data), "{"):
		return &unsoundError{"entry", "data"}
	}
	if form == "" {
		return nil
	}
	var object map[string]any
	valid, err := c.dst.id(ctx, `SELECT json_valid(?)`, data) // it counts depths as the database does
	if err != nil || valid == 0 || json.Unmarshal([]byte(data), &object) != nil {
		return &unsoundError{"entry", "data"}
	}
	return nil
}

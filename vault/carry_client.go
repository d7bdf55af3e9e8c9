package vault

import (
	"context"

	"casekeep/vault/record"
)

// hangsOnClient are the tables that say what is known of a client, each row of
// which comes along. What was stated of a person's life goes before the client:
// the database states what it lacks itself.
var hangsOnClient = []string{"client_fact", "client", "member", "contact_point", "client_status", "keep_extension"}

// putClient opens the record and says in it what is known of the client. To one
// that is there already nothing is said.
func (c *carrier) putClient(ctx context.Context) error {
	if c.opt.Into != 0 {
		return nil
	}
	number, err := c.identity(ctx)
	if err != nil {
		return err
	}
	for _, table := range hangsOnClient {
		query := `SELECT * FROM ` + table + ` WHERE client = ? ORDER BY rowid`
		switch table {
		case "client":
			query = `SELECT * FROM client WHERE id = ?`
		case "member", "contact_point":
			query = `SELECT * FROM ` + table + ` WHERE client = ? ORDER BY position`
		}
		err := eachRow(ctx, c.src, query, func(r row) error {
			switch table {
			case "client":
				r.put("id", c.target)
				r.put("number", number)
				r.put("entries", 0)
				r.put("last_entry", nil)
				r.put("batch", nil)
			case "member", "contact_point":
				r.put("client", c.target)
			default:
				r.put("id", nil)
				r.put("client", c.target)
			}
			_, err := c.insert(ctx, table, r)
			return err
		}, c.client)
		if err != nil {
			return err
		}
	}
	return nil
}

// identity finds the id and the number under which the record stands from now
// on: those that it had, where it comes back into its own vault and they are
// free.
func (c *carrier) identity(ctx context.Context) (number string, err error) {
	const idTaken = `SELECT 1 WHERE EXISTS (SELECT 1 FROM client WHERE id = ?1) OR EXISTS (SELECT 1 FROM client_removed WHERE id = ?1)
		OR EXISTS (SELECT 1 FROM destruction WHERE client = ?1)`
	const numberTaken = `SELECT 1 WHERE EXISTS (SELECT 1 FROM client WHERE number = ?1) OR EXISTS (SELECT 1 FROM client_removed WHERE number = ?1)
		OR EXISTS (SELECT 1 FROM destruction WHERE number = ?1)`
	taken, err := c.dst.id(ctx, idTaken, c.client)
	if err != nil {
		return "", err
	}
	c.target = c.client
	if !c.same || taken != 0 {
		next, err := c.dst.id(ctx, nextClient)
		if err != nil {
			return "", err
		}
		c.target = record.ClientID(next)
	}
	taken, err = c.dst.id(ctx, numberTaken, c.number)
	if err != nil || taken == 0 && (c.same || c.opt.KeepNumber) {
		return c.number, err
	}
	return nextNumber(ctx, c.dst.tx, c.to.clock().In(c.to.zone(ctx)).Year())
}

// putPlaces says where the client was served: what was typed above the record,
// and what an entry states that comes along.
func (c *carrier) putPlaces(ctx context.Context) error {
	err := eachRow(ctx, c.src, `SELECT p.* FROM client_place p WHERE p.client = ?1 AND p.entry IS NULL OR p.entry IN `+c.ofRecord()+`
		ORDER BY p.id`, func(r row) error {
		if r.at("entry") == nil && c.opt.Into != 0 {
			return nil
		}
		if old := record.EntryID(r.number("entry")); old != 0 {
			id, comes := c.comes(old)
			if !comes {
				return nil
			}
			r.put("entry", int64(id))
		}
		r.put("id", nil)
		r.put("client", c.target)
		_, err := c.insert(ctx, "client_place", r)
		return err
	}, c.client)
	if err != nil {
		return err
	}
	return placeNow(ctx, c.dst.tx, c.target)
}

package vault

import (
	"context"

	"casekeep/vault/record"
)

// putImports brings the imports that the record's entries came with, and the
// files that they were read from. An import into another record stands for none
// here, so that undoing it takes nothing from this one; one that had not ended
// ends with what there is of it.
func (c *carrier) putImports(ctx context.Context) error {
	err := eachRow(ctx, c.src, `SELECT * FROM batch WHERE client = ?1 OR id IN (SELECT batch FROM entry WHERE client = ?1) ORDER BY id`,
		func(r row) error {
			old, client := r.number("id"), c.target
			if record.ClientID(r.number("client")) != c.client {
				client = record.Destroyed
			}
			there, err := c.importThere(ctx, r, client)
			if err != nil || there != 0 {
				c.batch[old] = there
				return err
			}
			if r.at("finished") == nil {
				var n int64
				if err := c.src.QueryRowContext(ctx, `SELECT count(*) FROM entry WHERE batch = ? AND client = ?`, old, c.client).Scan(&n); err != nil {
					return err
				}
				r.put("finished", r.at("at"))
				r.put("undone", nil)
				r.put("found", n)
				r.put("imported", n)
			}
			r.put("id", nil)
			r.put("client", client)
			c.batch[old], err = c.insert(ctx, "batch", r)
			return err
		}, c.client)
	if err != nil {
		return err
	}
	return c.putSources(ctx)
}

// importThere gives an import that is on record there already; 0 where it is not.
func (c *carrier) importThere(ctx context.Context, r row, client record.ClientID) (int64, error) {
	switch {
	case c.same:
		return c.dst.id(ctx, `SELECT id FROM batch WHERE id = ? AND at = ?`, r.at("id"), r.at("at"))
	case c.opt.Into != 0:
		return c.dst.id(ctx, `SELECT id FROM batch WHERE client = ? AND at = ? AND found = ?`, client, r.at("at"), r.at("found"))
	}
	return 0, nil
}

func (c *carrier) putSources(ctx context.Context) error {
	err := eachRow(ctx, c.src, `SELECT * FROM source WHERE id IN (SELECT p.source FROM provenance p WHERE p.entry IN `+c.ofRecord()+`)
		OR id IN (SELECT s.source FROM batch_source s JOIN batch b ON b.id = s.batch WHERE b.client = ?1) ORDER BY id`, func(r row) error {
		old := r.number("id")
		there, err := c.dst.id(ctx, `SELECT id FROM source WHERE name = ? AND format = ? AND sha256 = ? AND imported = ?`,
			r.at("name"), r.at("format"), r.at("sha256"), r.at("imported"))
		if err != nil || there != 0 && (c.same || c.opt.Into != 0) {
			c.source[old] = there
			return err
		}
		r.put("id", nil)
		c.source[old], err = c.insert(ctx, "source", r)
		return err
	}, c.client)
	if err != nil {
		return err
	}
	return eachRow(ctx, c.src, `SELECT * FROM batch_source ORDER BY batch, source`, func(r row) error {
		batch, source := c.batch[r.number("batch")], c.source[r.number("source")]
		if batch == 0 || source == 0 {
			return nil
		}
		_, err := c.dst.exec(ctx, `INSERT INTO batch_source(batch, source) VALUES(?, ?) ON CONFLICT DO NOTHING`, batch, source)
		return err
	})
}

// putEntries writes the entries in the order of the timeline, and the index with
// them.
func (c *carrier) putEntries(ctx context.Context) error {
	if err := c.checkChains(ctx); err != nil {
		return err
	}
	return eachRow(ctx, c.src, `SELECT * FROM entry WHERE id IN `+c.ofRecord()+` ORDER BY id`, func(r row) error {
		id, comes := c.comes(record.EntryID(r.number("id")))
		if !comes {
			return nil
		}
		c.step(perEntry)
		r.put("id", int64(id))
		if record.ClientID(r.number("client")) == c.client {
			r.put("client", c.target)
		}
		for _, column := range []string{"supersedes", "version_of", "about"} {
			to, err := c.refer(ctx, record.EntryID(r.number(column)))
			if err != nil {
				return err
			}
			r.put(column, to)
		}
		if batch := r.number("batch"); batch != 0 {
			r.put("batch", nilIfZero(c.batch[batch]))
		}
		if data, ok := r.at("data").(string); ok {
			r.put("data", c.follow(data))
		}
		if _, err := c.insert(ctx, "entry", r); err != nil {
			return err
		}
		if record.ClientID(r.number("client")) == record.Sequestered {
			return nil
		}
		said := r.at("search")
		if said == nil {
			said = r.at("body")
		}
		_, err := c.dst.exec(ctx, `INSERT INTO entry_index(rowid, said) VALUES(?, ?)`, int64(id), said)
		return err
	}, c.client)
}

func nilIfZero(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// putHanging brings what hangs on the entries.
func (c *carrier) putHanging(ctx context.Context) error {
	for _, table := range []string{"provenance", "attachment", "amendment", "strike", "move"} {
		err := eachRow(ctx, c.src, `SELECT * FROM `+table+` WHERE entry IN `+c.ofRecord()+` ORDER BY rowid`, func(r row) error {
			id, comes := c.comes(record.EntryID(r.number("entry")))
			if !comes {
				return nil
			}
			r.put("entry", int64(id))
			if _, numbered := r.names["id"]; numbered {
				r.put("id", nil)
			}
			if come, err := c.hang(ctx, table, r); err != nil || !come {
				return err
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

// hang makes a row fit its new place; false where it is not to come.
func (c *carrier) hang(ctx context.Context, table string, r row) (bool, error) {
	switch table {
	case "provenance":
		r.put("source", c.source[r.number("source")])
	case "move":
		for _, column := range []string{"origin", "target"} {
			if err := c.hideOther(ctx, r, column); err != nil {
				return false, err
			}
		}
	case "attachment":
		name, sealed := c.blobs[r.text("blob")]
		if !sealed {
			return false, errItChanged
		}
		if name == "" {
			c.lost = append(c.lost, lostFile{record.EntryID(r.number("entry")), r.text("name")})
			return false, nil
		}
		c.out.Attachments++
		r.put("blob", name)
		if !c.opt.Package.IsZero() {
			r.put("name", withoutControls(r.text("name")))
		}
	}
	return true, nil
}

// hideOther keeps the other record of a move unnamed, unless it is the same one in
// the same vault.
func (c *carrier) hideOther(ctx context.Context, r row, column string) error {
	other := r.number(column)
	if record.ClientID(other) == c.client {
		r.put(column, int64(c.target))
		return nil
	}
	if c.same {
		there, err := c.dst.id(ctx, `SELECT 1 FROM client WHERE id = ?`, other)
		if err != nil || there != 0 {
			return err
		}
	}
	r.put(column, int64(record.Destroyed))
	r.put("reason", "moved between records before this one came here") // the other one may stand in it
	return nil
}

package vault

import (
	"context"
	"fmt"

	"casekeep/vault/record"
)

// putDisclosures brings to whom the record went (45 CFR 164.528), and what of it.
func (c *carrier) putDisclosures(ctx context.Context) error {
	err := eachRow(ctx, c.src, `SELECT * FROM disclosure WHERE client = ? ORDER BY id`, func(r row) error {
		old := r.number("id")
		if c.opt.Into != 0 {
			there, err := c.dst.id(ctx, `SELECT id FROM disclosure WHERE client = ? AND at = ? AND receiver = ? AND sha256 = ?`,
				c.target, r.at("at"), r.at("receiver"), r.at("sha256"))
			if err != nil || there != 0 {
				c.shown[old] = there
				return err
			}
		}
		r.put("id", nil)
		r.put("client", c.target)
		c.out.Disclosures++
		var err error
		c.shown[old], err = c.insert(ctx, "disclosure", r)
		return err
	}, c.client)
	if err != nil {
		return err
	}
	return eachRow(ctx, c.src, `SELECT e.* FROM disclosure_entry e JOIN disclosure d ON d.id = e.disclosure WHERE d.client = ?1
		AND e.entry IN `+c.ofRecord()+` ORDER BY e.disclosure, e.entry`, func(r row) error {
		id := record.EntryID(r.number("entry"))
		if f, ok := c.fates[id]; ok {
			id = f.id
		}
		if id == 0 {
			return nil
		}
		_, err := c.dst.exec(ctx, `INSERT INTO disclosure_entry(disclosure, entry) VALUES(?, ?) ON CONFLICT DO NOTHING`,
			c.shown[r.number("disclosure")], int64(id))
		return err
	}, c.client)
}

// putHolds brings the holds, and with them those that stand on every record of
// the other practice: they bind this one.
func (c *carrier) putHolds(ctx context.Context) error {
	return eachRow(ctx, c.src, `SELECT * FROM hold WHERE client = ?1 OR client = -1 AND lifted IS NULL ORDER BY id`, func(r row) error {
		if c.opt.Into != 0 || c.same {
			there, err := c.dst.id(ctx, `SELECT 1 FROM hold WHERE client IN (?, -1) AND at = ? AND matter = ? AND on_day = ?`,
				c.target, r.at("at"), r.at("matter"), r.at("on_day"))
			if err != nil || there != 0 {
				return err
			}
		}
		r.put("id", nil)
		r.put("client", c.target)
		c.out.Holds++
		_, err := c.insert(ctx, "hold", r)
		return err
	}, c.client)
}

// putSequestered brings what orders put out of sight.
func (c *carrier) putSequestered(ctx context.Context) error {
	if c.opt.InSight {
		return nil
	}
	return eachRow(ctx, c.src, `SELECT * FROM sequestration WHERE client = ? ORDER BY id`, func(r row) error {
		if there, err := c.outOfSight(ctx, r); err != nil || there != 0 {
			return err
		}
		old := record.EntryID(r.number("entry"))
		f, ok := c.fates[old]
		if !ok {
			f = fate{old, true}
		}
		if c.opt.Into != 0 && !f.added {
			return nil // in sight there, by an act that stands
		}
		orders, err := c.refer(ctx, record.EntryID(r.number("orders")))
		if err != nil {
			return err
		}
		if name := r.text("blob"); name != "" && r.at("returned") == nil {
			sealed, ok := c.blobs[name]
			if !ok {
				return errItChanged
			}
			if sealed == "" {
				return fmt.Errorf("an entry that was sealed to %s cannot be read: it cannot come along", r.text("holder"))
			}
			r.put("blob", sealed)
		}
		r.put("id", nil)
		r.put("client", c.target)
		r.put("entry", int64(f.id))
		r.put("orders", orders)
		_, err = c.insert(ctx, "sequestration", r)
		return err
	}, c.client)
}

// lostFile is an attachment that could not come along.
type lostFile struct {
	entry record.EntryID
	name  string
}

// noteLosses says with each entry what it lacks.
func (c *carrier) noteLosses(ctx context.Context) error {
	for _, l := range c.lost {
		text := fmt.Sprintf("The file %s was damaged where this entry came from, and did not come along.", l.name)
		if err := c.to.amendIn(ctx, c.dst.tx, l.entry, text, ""); err != nil {
			return err
		}
	}
	return nil
}

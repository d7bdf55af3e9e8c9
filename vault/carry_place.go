package vault

import (
	"context"
	"database/sql"
	"errors"

	"casekeep/vault/record"
)

// fate is what becomes of an entry of the record that is carried. One that is in
// no list of fates is added under its own id.
type fate struct {
	id    record.EntryID // in the other vault; 0: it does not come
	added bool           // else it is there already
}

// ofRecord gives the entries that belong to a client's record (?1): its own, those
// out of sight, and the orders that put them there, which stand in the practice's
// book.
const ofRecord = `(SELECT id FROM entry WHERE client = ?1
	UNION SELECT e.id FROM entry e JOIN sequestration q ON q.entry = e.id WHERE e.client = -2 AND q.client = ?1 AND q.returned IS NULL
	UNION SELECT o.id FROM entry o JOIN sequestration q ON q.orders = o.id WHERE o.client = -1 AND q.client = ?1)`

// ofRecord gives the entries that are to come.
func (c *carrier) ofRecord() string {
	if c.opt.InSight {
		return `(SELECT id FROM entry WHERE client = ?1)`
	}
	return ofRecord
}

// place decides for each entry whether it comes and under which id.
func (c *carrier) place(ctx context.Context) error {
	c.fates, c.apart = map[record.EntryID]fate{}, map[record.EntryID]bool{}
	p := placer{carrier: c, matched: map[record.EntryID]bool{}, remains: map[record.ClientID]bool{}}
	err := each(ctx, c.dst.tx, `SELECT id FROM client WHERE name GLOB ?`, func(rows *sql.Rows) error {
		var id record.ClientID
		err := rows.Scan(&id)
		p.remains[id] = true
		return err
	}, nameless+"*")
	if err != nil {
		return err
	}
	entries := int64(0)
	err = each(ctx, c.src, `SELECT id, client, channel, direction, zone, written, author, form, subject, body, coalesce(batch, 0)
		FROM entry WHERE id IN `+c.ofRecord()+` ORDER BY id`, func(rows *sql.Rows) error {
		var e known
		if err := rows.Scan(&e.id, &e.client, &e.channel, &e.direction, &e.zone, &e.written, &e.author, &e.form, &e.subject,
			&e.body, &e.batch); err != nil {
			return err
		}
		entries++
		if e.client != c.client {
			c.apart[e.id] = true
		}
		return p.place(ctx, e)
	}, c.client)
	if err != nil {
		return err
	}
	if c.total == 0 {
		c.total = entries * perEntry
	}
	return p.placeSealed(ctx)
}

// known is what an entry is recognized by in another state of its record: its
// moment, when it was written, and what it says.
type known struct {
	id                       record.EntryID
	client                   record.ClientID
	channel, direction, zone string
	written                  int64
	author, form             string
	subject, body            string
	batch                    int64
}

type placer struct {
	*carrier
	last    record.EntryID          // the id that was given last
	moment  record.EntryID          // of the entries that matched holds
	matched map[record.EntryID]bool // entries there that are one of this record already

	remains map[record.ClientID]bool // what a salvage recovered without a name: it is whole only where it came from
}

func (p *placer) place(ctx context.Context, e known) error {
	if p.opt.Into != 0 || p.same || e.client == record.Book {
		at, settled, err := p.find(ctx, e)
		if err != nil {
			return err
		}
		if settled {
			p.fates[e.id] = at
			return nil
		}
	}
	id, err := p.free(ctx, max(e.id, p.last+1), e.id|0xFFFF)
	if err != nil {
		return err
	}
	p.last = id
	p.out.Entries++
	if id != e.id {
		p.out.Renumbered++
		p.fates[e.id] = fate{id, true}
	}
	return nil
}

// find looks for an entry that is there already, or that was taken away since by
// an act that stands.
func (p *placer) find(ctx context.Context, e known) (at fate, settled bool, err error) {
	if first := e.id &^ 0xFFFF; first != p.moment {
		p.moment = first
		clear(p.matched)
	}
	s, err := p.dst.prepared(ctx, `SELECT id, client FROM entry WHERE id BETWEEN ? AND ? AND channel = ? AND direction = ? AND zone = ?
		AND written = ? AND author = ? AND form = ? AND subject = ? AND body = ? ORDER BY id <> ?, id`)
	if err != nil {
		return fate{}, false, err
	}
	rows, err := s.QueryContext(steady(ctx), p.moment, p.moment|0xFFFF, e.channel, e.direction, e.zone, e.written, e.author, e.form,
		e.subject, e.body, e.id)
	if err != nil {
		return fate{}, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var id record.EntryID
		var client record.ClientID
		if err := rows.Scan(&id, &client); err != nil {
			return fate{}, false, err
		}
		if p.matched[id] || p.remains[client] && client != p.target {
			continue
		}
		p.matched[id] = true
		switch client {
		case p.target:
			p.out.Present++
		case record.Book:
		default:
			p.out.Elsewhere++
		}
		return fate{id, false}, true, nil
	}
	if err := rows.Err(); err != nil || !p.same {
		return fate{}, false, err
	}
	return p.takenAway(ctx, e)
}

// takenAway reports whether an entry that is not there any more was sealed to
// somebody, or went with an import that was undone.
func (p *placer) takenAway(ctx context.Context, e known) (at fate, settled bool, err error) {
	sealed, err := p.dst.id(ctx, `SELECT 1 FROM sequestration WHERE entry = ? AND blob IS NOT NULL AND returned IS NULL`, e.id)
	if err != nil || sealed != 0 {
		p.out.Elsewhere++
		return fate{}, true, err
	}
	undone, err := p.dst.id(ctx, `SELECT 1 FROM batch WHERE id = ? AND client = ? AND undone IS NOT NULL`, e.batch, p.client)
	if err != nil || undone != 0 {
		p.out.Undone++
		return fate{}, true, err
	}
	return fate{}, false, nil
}

// free gives the first id from one on that no entry there has, nor one that was
// sealed to somebody and may return.
func (p *placer) free(ctx context.Context, id, last record.EntryID) (record.EntryID, error) {
	for ; id <= last; id++ {
		taken, err := p.dst.id(ctx, `SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE id = ?1)
			OR EXISTS (SELECT 1 FROM sequestration WHERE entry = ?1 AND returned IS NULL)`, id)
		if err != nil || taken == 0 {
			return id, err
		}
	}
	return 0, errors.New("more than 65,536 entries at one moment: the times cannot be right")
}

// placeSealed gives ids to the entries that were sealed to somebody, whose rows
// are gone: when they return no other may have theirs.
func (p *placer) placeSealed(ctx context.Context) error {
	if p.opt.InSight {
		return nil
	}
	given := map[record.EntryID]bool{}
	for _, f := range p.fates {
		given[f.id] = true
	}
	return eachRow(ctx, p.src, `SELECT * FROM sequestration WHERE client = ? AND entry <> 0 AND blob IS NOT NULL AND returned IS NULL ORDER BY entry`,
		func(q row) error {
			old := record.EntryID(q.number("entry"))
			p.apart[old] = true
			there, err := p.outOfSight(ctx, q)
			if err != nil || there != 0 {
				p.fates[old] = fate{record.EntryID(there), false}
				return err
			}
			for id := old; ; id++ {
				if id, err = p.free(ctx, id, old|0xFFFF); err != nil {
					return err
				}
				if !given[id] && (id == old || !p.inSource(ctx, id)) {
					given[id], p.fates[old] = true, fate{id, true}
					return nil
				}
			}
		}, p.client)
}

// outOfSight gives the entry of a sequestration that is on record there already;
// 0 where it is not.
func (c *carrier) outOfSight(ctx context.Context, q row) (int64, error) {
	if c.opt.Into == 0 {
		return 0, nil
	}
	return c.dst.id(ctx, `SELECT entry FROM sequestration WHERE client = ? AND day = ? AND at = ? AND ground = ? AND reason = ?`,
		c.target, q.at("day"), q.at("at"), q.at("ground"), q.at("reason"))
}

func (p *placer) inSource(ctx context.Context, id record.EntryID) bool {
	var one int
	return p.src.QueryRowContext(ctx, `SELECT 1 FROM entry WHERE id = ?`, id).Scan(&one) == nil
}

// comes gives the id under which an entry is added; false where it is not.
func (c *carrier) comes(old record.EntryID) (record.EntryID, bool) {
	f, ok := c.fates[old]
	if !ok {
		return old, true
	}
	return f.id, f.added
}

// refer gives what a reference to an entry becomes: nil where that is not in the
// other vault.
func (c *carrier) refer(ctx context.Context, old record.EntryID) (any, error) {
	if old == 0 {
		return nil, nil
	}
	if f, ok := c.fates[old]; ok && f.id != 0 {
		return int64(f.id), nil
	} else if !ok {
		var client record.ClientID
		err := c.src.QueryRowContext(ctx, `SELECT client FROM entry WHERE id = ?`, old).Scan(&client)
		if err != nil && err != sql.ErrNoRows {
			return nil, err
		}
		if err == nil && (client == c.client || c.apart[old]) {
			return int64(old), nil
		}
	}
	if c.same {
		there, err := c.dst.id(ctx, `SELECT id FROM entry WHERE id = ?`, old)
		if err != nil || there != 0 {
			return there, err
		}
	}
	c.out.Loose++
	return nil, nil
}

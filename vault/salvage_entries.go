package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"casekeep/vault/record"
)

// putEntries writes the entries. Their index is built at the end.
func (s *salvager) putEntries(ctx context.Context) error {
	return s.rowsAndTorn(ctx, "entry", func(f *filler, r row) error {
		s.needs(r.number("client"))
		if batch := r.number("batch"); batch != 0 && !s.batches[batch] {
			r.put("batch", nil)
		}
		if data, ok := r.at("data").(string); ok && !json.Valid([]byte(data)) {
			s.out.Torn++
			return nil
		}
		done, err := s.put(ctx, f, "entry", r)
		if done {
			s.out.Entries++
			if strings.Contains(r.text("body")+r.text("subject"), "\x00") {
				s.doubtful[record.EntryID(r.number("id"))] = true
			}
		}
		return err
	}, s.beginning)
}

// beginning makes an entry of one whose text breaks off. What it stated beside its
// text is lost, and if that was no contact so is its form.
func (s *salvager) beginning(id int64, part []any) (row, bool) {
	shape := s.survey.shapeOf("entry")
	r := shape.row()
	body := r.names["body"]
	if len(part) <= body || id <= 0 || !shape.begins(part) {
		return row{}, false
	}
	shape.whole(r, id, part, true)
	if r.text("channel") == string(record.Note) {
		r.put("form", string(record.FormRecovered))
	}
	for _, column := range []string{"data", "search", "batch"} {
		r.put(column, nil)
	}
	s.doubtful[record.EntryID(id)] = true
	return r, true
}

// hanging are the tables whose rows hang on entries, but for the attachments.
var hanging = []string{"provenance", "amendment", "strike", "move", "client_place", "disclosure", "disclosure_entry", "sequestration"}

// putHanging writes what hangs on the entries that were saved.
func (s *salvager) putHanging(ctx context.Context) error {
	s.into.time.carrying.Store(true)
	defer s.into.time.carrying.Store(false)
	for _, table := range hanging {
		if err := s.rows(ctx, table, func(f *filler, r row) error { return s.hang(ctx, f, table, r) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *salvager) hang(ctx context.Context, f *filler, table string, r row) error {
	needed := []string{"entry"}
	switch table {
	case "disclosure":
		needed = nil
	case "sequestration":
		needed = []string{"orders"} // its own entry may be sealed to somebody
		if whole, err := s.sealedEntry(ctx, r); err != nil || !whole {
			return err
		}
	case "client_place":
		if r.at("entry") == nil {
			needed = nil
		}
	case "disclosure_entry":
		if there, err := f.id(ctx, `SELECT 1 FROM disclosure WHERE id = ?`, r.number("disclosure")); err != nil || there == 0 {
			return err
		}
	case "provenance":
		if source := r.number("source"); !s.sources[source] {
			if err := s.standIn(ctx, f, "source", source); err != nil {
				return err
			}
			s.sources[source] = true
		}
	}
	for _, column := range needed {
		there, err := f.id(ctx, `SELECT 1 FROM entry WHERE id = ?`, r.number(column))
		if err != nil {
			return err
		}
		if there == 0 {
			s.out.Torn++
			return nil
		}
	}
	for _, column := range []string{"client", "origin", "target"} {
		if _, ok := r.names[column]; ok {
			s.needs(r.number(column))
		}
	}
	done, err := s.put(ctx, f, table, r)
	if done && table == "amendment" {
		s.out.Amendments++
	}
	return err
}

// sealedEntry saves the file of an entry that was sealed to somebody; false where
// it is lost.
func (s *salvager) sealedEntry(ctx context.Context, r row) (bool, error) {
	name := r.text("blob")
	if name == "" || r.at("returned") != nil {
		return true, nil
	}
	s.named[name] = true
	blob, err := s.carryFile(ctx, record.Attachment{Blob: name, SHA256: digestIn(r)})
	if err != nil {
		return false, err
	}
	if blob == nil {
		s.missing("An entry of %s that was sealed to %s is lost.", r.text("day"), r.text("holder"))
		return false, nil
	}
	r.put("blob", blob.Name)
	return true, nil
}

// putNotes says with each entry what it lacks.
func (s *salvager) putNotes(ctx context.Context) error {
	if len(s.lostFiles)+len(s.doubtful) == 0 {
		return nil
	}
	return s.into.db.Write(ctx, func(tx *sql.Tx) error {
		for _, l := range s.lostFiles {
			if _, err := s.note(ctx, tx, l.entry, "The file "+l.name+" was lost or damaged, and could not be recovered."); err != nil {
				return err
			}
		}
		for _, id := range slices.Sorted(maps.Keys(s.doubtful)) {
			noted, err := s.note(ctx, tx, id, "Part of this entry was lost, and could not be recovered.")
			if err != nil {
				return err
			}
			if noted {
				s.missing("Part of the entry of %s is lost: what is there says so.", s.day(ctx, id))
			}
		}
		return nil
	})
}

// note amends an entry whose place in the index is still to come; false where it
// is not there.
func (s *salvager) note(ctx context.Context, tx *sql.Tx, id record.EntryID, text string) (bool, error) {
	if _, err := loadEntry(ctx, tx, id); err != nil {
		if errors.Is(err, ErrNoEntry) {
			err = nil
		}
		return false, err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO amendment(entry, at, author, text) VALUES(?,?,?,?)`, id, s.into.clock().UnixMilli(), s.into.author(), text)
	if err != nil {
		return false, err
	}
	e, err := loadEntry(ctx, tx, id)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE entry SET search = ? WHERE id = ?`, saidText(e), id)
	return true, err
}

// countAnew builds what is derived: counts, tallies, and the index.
func (s *salvager) countAnew(ctx context.Context) error {
	return s.into.db.Write(ctx, func(tx *sql.Tx) error {
		var ids []record.ClientID
		err := each(ctx, tx, `SELECT id FROM client WHERE id <> -1`, func(rows *sql.Rows) error {
			var id record.ClientID
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		if err := s.compareCounts(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, statedPlace); err != nil {
			return err
		}
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := recountClient(steady(ctx), tx, id); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO entry_index(entry_index) VALUES('rebuild')`)
		return err
	})
}

package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"casekeep/vault/record"
)

// Message is one imported message: an entry with its provenance, and what
// recognizes it again.
type Message struct {
	Entry   record.Entry // with Provenance; Client, Batch, Written and the source are set here
	Dedupe  record.Hash  // the same for every copy of one message
	Content record.Hash  // of what it says: a copy that says something else is a new version
	Twin    int          // the n-th identical message of its moment within its file
}

// How much of an import one transaction carries.
const (
	flushMessages = 1000
	flushBytes    = 4 << 20
)

// Import is a running import into one client's record. It is used from one
// goroutine, and ends with Finish or Cancel. One that a crash cut off is taken
// back after the next unlock.
type Import struct {
	v      *Vault
	batch  record.BatchID
	client record.ClientID
	source record.Source
	known  *Known
	queue  []queued
	bytes  int
	count  int
}

type queued struct {
	message Message
	source  int64
}

// BeginImport opens a batch in a client's record, once no import is being taken
// back. One that has not ended keeps another from the same record: what it filed
// would be taken for what is there already.
func (v *Vault) BeginImport(ctx context.Context, client record.ClientID) (*Import, error) {
	known, err := v.Known(ctx, client)
	if err != nil {
		return nil, err
	}
	im := &Import{v: v, client: client, known: known}
	err = v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := needClient(ctx, tx, client); err != nil {
			return err
		}
		if err := noImport(ctx, tx, client); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO batch(client, at) VALUES(?, ?)`, client, v.clock().UnixMilli())
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		im.batch = record.BatchID(id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the import could not begin: %w", err)
	}
	return im, nil
}

// Batch gives the import's id.
func (im *Import) Batch() record.BatchID { return im.batch }

// OpenSource begins a file; the messages that follow come from it. Its digest
// and counts are stated by CloseSource, once it was read to the end.
func (im *Import) OpenSource(ctx context.Context, name, format string) error {
	return im.v.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO source(name, format, parser, size, sha256, declared, imported)
			VALUES(?, ?, '', 0, zeroblob(32), -1, ?)`, name, format, im.v.clock().UnixMilli())
		if err != nil {
			return err
		}
		if im.source.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO batch_source(batch, source) VALUES(?, ?)`, im.batch, im.source.ID)
		return err
	})
}

// CloseSource states what a file turned out to be.
func (im *Import) CloseSource(ctx context.Context, s record.Source) error {
	if err := im.flush(ctx); err != nil {
		return err
	}
	return im.v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE source SET format = ?, parser = ?, size = ?, sha256 = ?, declared = ? WHERE id = ?`,
			s.Format, s.Parser, s.Size, s.SHA256[:], s.Declared, im.source.ID)
		return err
	})
}

// CheckMessage says why a message can stand in no record, in words that follow
// "message:". Add would end the import with it; one such message among
// thousands is better refused alone. Nil: it can.
func (v *Vault) CheckMessage(e record.Entry) error {
	switch {
	case e.At.After(v.clock().Add(maxAhead)):
		return errors.New("its date lies in the future")
	case e.At.Year() < firstYear:
		return fmt.Errorf("its date lies before %d", firstYear)
	case len(e.Body) > maxBody:
		return fmt.Errorf("its text is longer than the %d MB that an entry holds", maxBody>>20)
	}
	return nil
}

// Add files a message, unless the record holds it already. A message whose
// Outcome is Duplicate, MovedAway or Withheld was not taken: its blobs are the
// caller's to drop.
func (im *Import) Add(ctx context.Context, m Message) (Outcome, error) {
	outcome, earlier := im.known.Recognize(m.Dedupe, m.Content, m.Twin)
	if outcome == Duplicate || outcome == MovedAway || outcome == Withheld {
		return outcome, nil
	}
	e := &m.Entry
	e.VersionOf = earlier
	e.Client, e.Batch, e.Written, e.Author = im.client, im.batch, im.v.clock(), im.v.author()
	if e.Provenance == nil {
		return 0, errors.New("an imported message needs its provenance")
	}
	if err := im.v.checkEntry(e); err != nil {
		return 0, err
	}
	im.queue = append(im.queue, queued{m, im.source.ID})
	im.bytes += len(e.Body) + 512
	if len(im.queue) >= flushMessages || im.bytes >= flushBytes {
		return outcome, im.flush(ctx)
	}
	return outcome, nil
}

// flush makes the queued messages durable, in the order of time: the index is
// twice as fast so.
func (im *Import) flush(ctx context.Context) error {
	if len(im.queue) == 0 {
		return nil
	}
	slices.SortStableFunc(im.queue, func(a, b queued) int { return a.message.Entry.At.Compare(b.message.Entry.At) })
	err := im.v.db.Write(ctx, func(tx *sql.Tx) error {
		ctx := steady(ctx)
		if err := needClient(ctx, tx, im.client); err != nil {
			return err
		}
		w, err := prepareWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		for i := range im.queue {
			if err := w.putMessage(ctx, &im.queue[i]); err != nil {
				return err
			}
		}
		last := im.queue[len(im.queue)-1].message.Entry.ID
		return touchClient(ctx, tx, im.client, last, len(im.queue))
	})
	if ended := ctx.Err(); err != nil && ended != nil {
		return ended // it ends the transaction under the statements, which cannot tell why
	}
	if err != nil {
		return fmt.Errorf("the import could not be saved: %w", err)
	}
	im.count += len(im.queue)
	im.queue, im.bytes = im.queue[:0], 0
	return nil
}

func (w *writer) putMessage(ctx context.Context, q *queued) error {
	if err := w.put(ctx, &q.message.Entry); err != nil {
		return err
	}
	p := q.message.Entry.Provenance
	warnings, err := jsonOrNull(p.Warnings)
	if err != nil {
		return err
	}
	_, err = w.provenance.ExecContext(ctx, q.message.Entry.ID, q.source, p.Locator, p.Raw[:], p.Original, p.MessageID,
		warnings, p.Damaged, q.message.Dedupe[:], q.message.Content[:], q.message.Twin)
	return err
}

// Finish closes the import with its counts; Imported is counted here.
func (im *Import) Finish(ctx context.Context, counts record.Batch) (record.Batch, error) {
	if err := im.flush(ctx); err != nil {
		return record.Batch{}, err
	}
	counts.Imported = im.count
	if counts.Found != counts.Imported+counts.Duplicates+counts.Skipped+counts.Refused {
		return record.Batch{}, fmt.Errorf("the import does not add up: %d found, but %d imported, %d duplicates, %d skipped, %d refused",
			counts.Found, counts.Imported, counts.Duplicates, counts.Skipped, counts.Refused)
	}
	err := im.v.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE batch SET found=?, imported=?, duplicates=?, skipped=?, refused=?, damaged=?,
			finished=? WHERE id=?`, counts.Found, counts.Imported, counts.Duplicates, counts.Skipped, counts.Refused,
			counts.Damaged, im.v.clock().UnixMilli(), im.batch)
		if err != nil {
			return err
		}
		if err := retally(ctx, tx, im.client); err != nil {
			return err
		}
		detail := fmt.Sprintf("import %d: %d found, %d imported, %d duplicates, %d skipped, %d refused",
			im.batch, counts.Found, counts.Imported, counts.Duplicates, counts.Skipped, counts.Refused)
		return im.v.audit(ctx, tx, event{action: "import", client: im.client, detail: detail})
	})
	if err != nil {
		return record.Batch{}, fmt.Errorf("the import could not be saved: %w", err)
	}
	return im.v.Batch(ctx, im.batch)
}

// Cancel takes back what the import has filed so far, some of it at a time. Where
// it fails, or [Vault.StopTakingBack] ends it, what remains is taken back as if the
// import had been cut off.
func (im *Import) Cancel(ctx context.Context) error {
	for _, q := range im.queue {
		im.v.dropBlobs(q.message.Entry.Attachments)
	}
	im.queue = nil
	im.v.back.cancels(im.batch)
	defer im.v.back.end(nil)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(im.v.back.ctx, cancel)()
	return im.v.takeBack(ctx, im.batch, "import.cancel")
}

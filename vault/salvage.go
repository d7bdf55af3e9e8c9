package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// nameless is what records and files are called whose own name is lost.
const nameless = "Recovered without a name"

// salvagePiece is how many rows one transaction of a salvage carries.
const salvagePiece = 4000

// Salvaged is what SalvageInto saved, and what it knows to be missing.
type Salvaged struct {
	Clients     int   `json:"clients"`
	Entries     int   `json:"entries"`
	Amendments  int   `json:"amendments"`
	Attachments int   `json:"attachments"`
	Bytes       int64 `json:"bytes"`          // of attachments
	Events      int64 `json:"events"`         // of the audit trail, as far as it holds
	Dropped     int64 `json:"events_dropped"` // events that could be read after the trail breaks off
	Torn        int   `json:"torn"`           // rows that are there in part alone, or fit nowhere
	Nameless    int   `json:"nameless"`       // clients whose name is lost
	NoList      bool  `json:"no_list"`        // the database's list of its tables is lost: rows were told by their looks

	MissingEntries int      `json:"missing_entries"` // at least
	Missing        []string `json:"missing"`         // a sentence each, by name
}

// SalvageInto writes all that can be read of a damaged vault into a new one (see
// [CreateBlank]): image is its database with holes, as [sealed.Salvage] gives it,
// nil where nothing of it decrypts; files is a database of the same key beside its
// attachments ([sealed.Detach] of no image, with the damaged folder).
//
// Rows are read from the pages themselves, so that none is lost because what led
// to it is. What the rest refers to is put in order: entries whose client is lost
// stand under a client "Recovered without a name", one for each that is lost, and
// so do files whose entries are. Attachments are read to the end; an entry that
// lacks one says so in an amendment. The audit trail is taken over as it is, as far
// as it holds, and goes on with an event of the salvage.
//
// Nothing is guessed: what is missing is listed as far as what was saved tells of
// it. progress is told of bytes; nil: nobody is. On an error into is of no use.
func SalvageInto(ctx context.Context, image sealed.Image, files *sealed.DB, into *Vault, progress func(done, total int64)) (Salvaged, error) {
	if none, ok := image.(*sealed.Salvaged); ok && none == nil {
		image = nil
	}
	s := &salvager{files: files, into: into, progress: progress, clients: map[int64]bool{}, batches: map[int64]bool{}, sources: map[int64]bool{},
		lostClients: map[int64]bool{}, named: map[string]bool{}, doubtful: map[record.EntryID]bool{}}
	if err := s.run(ctx, image); err != nil {
		if ended := ctx.Err(); ended != nil {
			return s.out, ended
		}
		return s.out, fmt.Errorf("saving what there is: %w", err)
	}
	return s.out, nil
}

// salvager is one run of SalvageInto.
type salvager struct {
	survey   survey
	files    *sealed.DB
	into     *Vault
	progress func(done, total int64)
	done     int64
	total    int64
	out      Salvaged

	clients, batches, sources map[int64]bool
	lostClients               map[int64]bool // that something refers to
	bucket                    int64          // the client under whom the files without an entry stand; 0: there are none
	named                     map[string]bool
	lostFiles                 []lostFile // of entries that are there
	loose                     []looseFile
	doubtful                  map[record.EntryID]bool // entries of whose text something is lost
}

func (s *salvager) run(ctx context.Context, image sealed.Image) error {
	if err := s.begin(ctx, image); err != nil {
		return err
	}
	steps := []func(context.Context) error{
		s.putTrail, s.putFirm, s.putSimple, s.putEntries, s.putHanging, s.putAttachments, s.putLeftover, s.nameClients, s.putNotes,
		s.countAnew, s.tellMissing, s.end,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// begin looks at the image and makes sure that nothing stands in the way.
func (s *salvager) begin(ctx context.Context, image sealed.Image) error {
	if image != nil {
		s.survey.dbPages = newDBPages(image)
		s.total = image.Size()
	}
	err := s.into.db.Read(ctx, func(tx *sql.Tx) (err error) {
		var used bool
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM audit) OR EXISTS (SELECT 1 FROM client WHERE id > 0)`).Scan(&used)
		if err == nil && used {
			err = errors.New("what is saved goes into a new vault, not into one that is in use")
		}
		if err == nil {
			s.survey.shapes, err = shapesOf(ctx, tx)
		}
		return err
	})
	if err != nil || image == nil {
		s.out.NoList = true
		return err
	}
	err = s.survey.look(ctx, func(pages uint32) { s.step(int64(pages) * pageBytes / 2) })
	s.out.NoList = !s.survey.schema
	return err
}

func (s *salvager) step(n int64) {
	s.done += n
	if s.progress != nil {
		s.progress(min(s.done, s.total), s.total)
	}
}

// rows hands on the rows of a table within transactions of some thousand each.
func (s *salvager) rows(ctx context.Context, table string, do func(f *filler, r row) error) error {
	return s.rowsAndTorn(ctx, table, do, func(id int64, part []any) (row, bool) { return row{}, false })
}

// rowsAndTorn is rows, to which a row that is torn may be added as mend makes it.
func (s *salvager) rowsAndTorn(ctx context.Context, table string, do func(f *filler, r row) error, mend func(id int64, part []any) (row, bool)) error {
	if s.survey.dbPages == nil {
		return nil
	}
	var queue []row
	flush := func() error {
		if len(queue) == 0 {
			return nil
		}
		err := s.into.db.Write(ctx, func(tx *sql.Tx) error {
			f := newFiller(tx)
			defer f.close()
			for _, r := range queue {
				if err := do(f, r); err != nil {
					return err
				}
			}
			return nil
		})
		queue = queue[:0]
		return err
	}
	bytes := 0
	add := func(r row) error {
		queue = append(queue, row{r.names, slices.Clone(r.values)})
		for _, v := range r.values {
			if text, ok := v.(string); ok {
				bytes += len(text)
			}
		}
		if len(queue) < salvagePiece && bytes < flushBytes {
			return nil
		}
		bytes = 0
		return flush()
	}
	err := s.survey.each(ctx, table, add, func(id int64, part []any) error {
		if r, mended := mend(id, part); mended {
			return add(r)
		}
		return s.torn(id, part)
	})
	if err != nil {
		return err
	}
	s.step(int64(len(s.survey.pages[table])) * pageBytes / 2)
	return flush()
}

// torn counts a row that is lost, though something of it is there.
func (s *salvager) torn(int64, []any) error {
	s.out.Torn++
	return nil
}

// put inserts a row; one that cannot stand in the table is counted as torn.
func (s *salvager) put(ctx context.Context, f *filler, table string, r row) (bool, error) {
	_, err := f.insert(ctx, table, r)
	if refused(err) {
		s.out.Torn++
		return false, nil
	}
	return err == nil, err
}

package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"

	"casekeep/vault/record"
)

// looseFile is a file whose entry, or whose row, is lost.
type looseFile struct {
	entry record.EntryID // 0: not known
	file  record.Attachment
}

// putAttachments saves the files that are kept with entries, each read to its
// end.
func (s *salvager) putAttachments(ctx context.Context) error {
	if s.survey.dbPages == nil {
		return nil
	}
	var list []looseFile
	err := s.survey.each(ctx, "attachment", func(r row) error {
		list = append(list, looseFile{record.EntryID(r.number("entry")), record.Attachment{ID: r.number("id"), Name: r.text("name"),
			Type: r.text("type"), Size: r.number("size"), SHA256: digestIn(r), Blob: r.text("blob")}})
		return nil
	}, s.torn)
	if err != nil {
		return err
	}
	for _, l := range list {
		s.total += l.file.Size
	}
	for _, l := range list {
		if err := s.putAttachment(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// digestIn gives the digest that a row holds of a file; zero where there is none.
func digestIn(r row) record.Hash {
	sum, _ := r.at("sha256").([]byte)
	return hashOf(sum)
}

func (s *salvager) putAttachment(ctx context.Context, l looseFile) error {
	s.named[l.file.Blob] = true
	blob, err := s.carryFile(ctx, l.file)
	if err != nil {
		return err
	}
	day := s.day(ctx, l.entry)
	there := false
	err = s.into.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM entry WHERE id = ?)`, l.entry).Scan(&there)
	})
	switch {
	case err != nil:
		return err
	case blob == nil:
		s.missing("The file %s of the entry of %s is lost or damaged.", l.file.Name, day)
		if there {
			s.lostFiles = append(s.lostFiles, lostFile{l.entry, l.file.Name})
		}
		return nil
	case !there:
		l.file.Blob, l.file.SHA256, l.file.Size = blob.Name, blob.SHA256, blob.Size
		s.loose = append(s.loose, l)
		s.missing("The entry of %s that the file %s was kept with is lost: the file is under %q.", day, l.file.Name, nameless)
		return nil
	}
	return s.into.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO attachment(id, entry, name, type, size, sha256, blob) VALUES(?,?,?,?,?,?,?)`,
			l.file.ID, l.entry, l.file.Name, l.file.Type, l.file.Size, l.file.SHA256[:], blob.Name)
		s.out.Attachments++
		return err
	})
}

// carryFile seals a file anew for the new vault; nil where it cannot be read, or
// is not the one on record (a digest of zero: none is known).
func (s *salvager) carryFile(ctx context.Context, a record.Attachment) (*Blob, error) {
	blob, err := s.files.OpenBlob(a.Blob)
	if err != nil {
		return nil, nil // told by the caller, whatever kept it from being read
	}
	defer blob.Close()
	var u unread
	put, err := s.into.db.PutBlob(ctx, salvaged{blob, &u, s})
	if ended := ctx.Err(); ended != nil {
		return nil, ended
	}
	if u.failed != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !a.SHA256.IsZero() && record.Hash(put.SHA256) != a.SHA256 {
		return nil, s.into.db.RemoveBlob(put.Name)
	}
	s.out.Bytes += put.Size
	return &put, nil
}

type salvaged struct {
	r io.Reader
	u *unread
	s *salvager
}

func (r salvaged) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	r.s.step(int64(n))
	return n, r.u.see(err)
}

// putLeftover saves the files that nothing names any more, but for those that were
// removed and still waited for it, under a client of their own.
func (s *salvager) putLeftover(ctx context.Context) error {
	names, err := s.files.Blobs()
	if err != nil {
		return err
	}
	if s.survey.dbPages != nil {
		err := s.survey.each(ctx, "blob_discarded", func(r row) error {
			s.named[r.text("blob")] = true
			return nil
		}, func(int64, []any) error { return nil })
		if err != nil {
			return err
		}
	}
	unnamed := 0
	for _, name := range names {
		if s.named[name] {
			continue
		}
		blob, err := s.carryFile(ctx, record.Attachment{Blob: name})
		if err != nil {
			return err
		}
		if blob == nil {
			s.missing("A file without a name (%s) is damaged.", name)
			continue
		}
		unnamed++
		s.loose = append(s.loose, looseFile{file: record.Attachment{Name: name, Size: blob.Size, SHA256: blob.SHA256, Blob: blob.Name}})
	}
	if len(s.loose) == 0 {
		return nil
	}
	if unnamed > 0 {
		s.missing("The names of %d files and the entries that they were kept with are lost: the files are under %q.", unnamed, nameless)
	}
	return s.into.db.Write(ctx, s.putLoose(ctx))
}

// putLoose files what has no entry: the files of one lost entry together, on its
// day, the others today.
func (s *salvager) putLoose(ctx context.Context) func(tx *sql.Tx) error {
	return func(tx *sql.Tx) error {
		id, err := nextID(ctx, tx, s.lostClients)
		if err != nil {
			return err
		}
		s.bucket, s.lostClients[id] = id, true
		w, err := prepareWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		groups := map[record.EntryID]*record.Entry{}
		var order []*record.Entry
		for _, l := range s.loose {
			e := groups[l.entry]
			if e == nil {
				now := s.into.clock()
				e = &record.Entry{Client: record.ClientID(id), Channel: record.Note, Form: record.FormRecovered, Written: now, At: now, Zone: "UTC",
					ZoneBasis: record.ZoneComputer, Author: s.into.author(), Data: json.RawMessage(`{}`), Subject: "Recovered files"}
				if l.entry != 0 {
					e.At = l.entry.Time()
				}
				groups[l.entry], order = e, append(order, e)
			}
			e.Attachments = append(e.Attachments, l.file)
			e.Body = fmt.Sprintf("%d files were recovered whose entry is lost.", len(e.Attachments))
		}
		for _, e := range order {
			if err := w.put(ctx, e); err != nil {
				return err
			}
			s.out.Entries++
			s.out.Attachments += len(e.Attachments)
		}
		return nil
	}
}

// nextID gives an id that no client has or had, the lost ones with them.
func nextID(ctx context.Context, tx *sql.Tx, lost map[int64]bool) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, nextClient).Scan(&id)
	for other := range lost {
		id = max(id, other+1)
	}
	return id, err
}

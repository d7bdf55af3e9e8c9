package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"casekeep/vault/record"
)

// maxData bounds what a structured entry may state, in bytes of JSON.
const maxData = 1 << 20

// Filing is a structured entry to be filed, with what it changes of the lines
// that stand above the record.
type Filing struct {
	// Entry has Client, Form, Data, Subject and Body; At is zero for now;
	// Supersedes names an entry of the same form that this one corrects.
	Entry record.Entry

	SafeContact, Risk *string // nil: as it stands
	Language, Needs   *string
	Place             *record.Place // where the client is served from a day on
}

// File adds a structured entry. It is durable when File returns nil, together
// with what it changes of the client's lines; of both there is neither where
// it fails.
func (v *Vault) File(ctx context.Context, f Filing, files ...Upload) (record.Entry, error) {
	if err := v.prepareFiling(ctx, &f); err != nil {
		return f.Entry, err
	}
	attachments, err := v.upload(ctx, files)
	if err != nil {
		return f.Entry, err
	}
	f.Entry.Attachments = attachments
	if err := v.putFilings(ctx, &f); err != nil {
		v.dropBlobs(attachments)
		return f.Entry, fmt.Errorf("the entry was not saved: %w", err)
	}
	return f.Entry, nil
}

// FileAll adds structured entries without files, all or none of them.
func (v *Vault) FileAll(ctx context.Context, filings ...Filing) error {
	all := make([]*Filing, len(filings))
	for i := range filings {
		all[i] = &filings[i]
		if err := v.prepareFiling(ctx, all[i]); err != nil {
			return err
		}
	}
	if err := v.putFilings(ctx, all...); err != nil {
		return fmt.Errorf("the entries were not saved: %w", err)
	}
	return nil
}

// prepareFiling gives an entry what the vault knows, and refuses what cannot
// be kept.
func (v *Vault) prepareFiling(ctx context.Context, f *Filing) error {
	e := &f.Entry
	e.Written, e.Author = v.clock(), v.author()
	e.Provenance, e.Batch, e.Released = nil, 0, false
	e.Channel, e.Direction = record.Note, ""
	if e.At.IsZero() {
		e.At = e.Written
	}
	if e.Zone == "" {
		p, err := v.Practice(ctx)
		if err != nil {
			return err
		}
		e.Zone, e.ZoneBasis = p.Zone, record.ZoneComputer
	}
	return v.checkFiling(e)
}

func (v *Vault) putFilings(ctx context.Context, filings ...*Filing) error {
	return v.db.Write(ctx, func(tx *sql.Tx) error {
		w, err := prepareWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		for _, f := range filings {
			if err := v.putFiling(ctx, tx, w, f); err != nil {
				return err
			}
		}
		return nil
	})
}

func (v *Vault) putFiling(ctx context.Context, tx *sql.Tx, w *writer, f *Filing) error {
	e := &f.Entry
	if err := needClient(ctx, tx, e.Client); err != nil {
		return err
	}
	if err := checkSuperseded(ctx, tx, *e); err != nil {
		return err
	}
	if err := checkAbout(ctx, tx, *e); err != nil {
		return err
	}
	if err := w.put(ctx, e); err != nil {
		return err
	}
	if err := v.setFiled(ctx, tx, *f); err != nil {
		return err
	}
	return v.audit(ctx, tx, event{action: "entry.file", client: e.Client, entry: e.ID, detail: string(e.Form)})
}

func (v *Vault) checkFiling(e *record.Entry) error {
	if e.Form == "" {
		return errors.New("a structured entry says what it is")
	}
	if len(e.Data) > maxData {
		return fmt.Errorf("there is too much in this entry (%d KB at most): keep long texts as a file with it", maxData>>10)
	}
	var object map[string]any
	if err := json.Unmarshal(e.Data, &object); err != nil {
		return fmt.Errorf("what the entry states cannot be read: %w", err)
	}
	if object == nil {
		return errors.New("a structured entry states something")
	}
	for _, text := range []*string{&e.Subject, &e.Body} {
		var err error
		if *text, err = typed(*text); err != nil {
			return err
		}
	}
	if strings.TrimSpace(e.Subject+e.Body) == "" {
		return errors.New("a structured entry needs a text that a reader understands")
	}
	return v.checkEntry(e)
}

// checkAbout refuses to follow up what stands in another record. A breach is
// told to each client, though it stands in the practice's own book.
func checkAbout(ctx context.Context, tx *sql.Tx, e record.Entry) error {
	if e.About == 0 {
		return nil
	}
	var client record.ClientID
	var form record.Form
	err := tx.QueryRowContext(ctx, `SELECT client, form FROM entry WHERE id = ?`, e.About).Scan(&client, &form)
	told := client == record.Book && form == record.FormIncident && e.Form == record.FormBreachNotice
	if err == sql.ErrNoRows || err == nil && client != e.Client && !told {
		return ErrNoEntry
	}
	if err != nil {
		return err
	}
	return notGoing(ctx, tx, e.About)
}

// setLines changes what stands above a client's record.
func (v *Vault) setLines(ctx context.Context, tx *sql.Tx, f Filing) error {
	client := f.Entry.Client
	for column, text := range lineColumns(f) {
		if text == nil {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE client SET `+column+` = ? WHERE id = ?`, oneLine(*text), client); err != nil {
			return err
		}
	}
	if f.Place != nil {
		if err := v.putPlace(ctx, tx, client, *f.Place, f.Entry.ID); err != nil {
			return err
		}
		return placeNow(ctx, tx, client)
	}
	return nil
}

// putPlace keeps where a client is served, from a day on, and the entry that
// states it, 0 where none does.
func (v *Vault) putPlace(ctx context.Context, tx *sql.Tx, client record.ClientID, p record.Place, entry record.EntryID) error {
	if p.Jurisdiction == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO client_place(client, jurisdiction, since, at, entry) VALUES(?,?,?,?,nullif(?,0))`,
		client, p.Jurisdiction, p.Since.String(), v.clock().UnixMilli(), entry)
	return err
}

package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"casekeep/vault/record"
)

// Bounds of what an entry may hold.
const (
	maxBody   = 8 << 20 // bytes of text
	maxAhead  = 24 * time.Hour
	firstYear = 1900
)

// Upload is a file to be kept with an entry.
type Upload struct {
	Name string
	Type string // MIME type
	Open func() (io.ReadCloser, error)
}

// Log adds an entry that was typed in by hand: a communication, or an
// encounter where the channel is in-person (TSP 5.02). It is durable when Log
// returns nil. At may be zero (now); Zone may be empty (the practice's).
func (v *Vault) Log(ctx context.Context, e record.Entry, files ...Upload) (record.Entry, error) {
	e.Written = v.clock()
	e.Author = v.author()
	e.Provenance, e.Batch, e.Released = nil, 0, false
	e.Form, e.Data, e.About, e.DayOnly = "", nil, 0, false
	if e.At.IsZero() {
		e.At = e.Written
	}
	for _, text := range []*string{&e.Body, &e.Subject, &e.Outcome, &e.Location, &e.OwnLocation} {
		var err error
		if *text, err = typed(*text); err != nil {
			return e, err
		}
	}
	if e.Zone == "" {
		p, err := v.Practice(ctx)
		if err != nil {
			return e, err
		}
		e.Zone, e.ZoneBasis = p.Zone, record.ZoneComputer
	}
	if strings.TrimSpace(e.Body) == "" && strings.TrimSpace(e.Subject) == "" && len(files) == 0 && e.Duration == 0 && e.Outcome == "" {
		return e, errors.New("there is nothing to log yet: write what was said or done")
	}
	if err := v.checkEntry(&e); err != nil {
		return e, err
	}
	attachments, err := v.upload(ctx, files)
	if err != nil {
		return e, err
	}
	e.Attachments = attachments
	err = v.db.Write(ctx, func(tx *sql.Tx) error {
		if err := needClient(ctx, tx, e.Client); err != nil {
			return err
		}
		if err := checkSuperseded(ctx, tx, e); err != nil {
			return err
		}
		w, err := prepareWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		if err := w.put(ctx, &e); err != nil {
			return err
		}
		if err := touchClient(ctx, tx, e.Client, e.ID, 1); err != nil {
			return err
		}
		if err := tallyLogged(ctx, tx, e); err != nil {
			return err
		}
		return v.audit(ctx, tx, event{action: "entry.log", client: e.Client, entry: e.ID, detail: string(e.Channel)})
	})
	if err != nil {
		v.dropBlobs(attachments)
		return e, fmt.Errorf("the entry was not saved: %w", err)
	}
	return e, nil
}

// checkEntry brings an entry into the form in which it is kept, and refuses
// what could not stand in a record.
func (v *Vault) checkEntry(e *record.Entry) error {
	if e.Client == record.Book && e.IsContact() {
		return errors.New("a contact stands in a client's record, not in the practice's own book")
	}
	if !e.Channel.Valid() && e.IsContact() {
		return fmt.Errorf("%q is not a channel: use text, email, call, voicemail, video, chat, social, portal, letter or in-person", e.Channel)
	}
	if !e.Direction.Valid() && e.IsContact() {
		return fmt.Errorf("say who spoke: direction in (from the client), out (to the client) or third")
	}
	if !e.Purpose.Valid() {
		return fmt.Errorf("%q is not a purpose: a contact is a service, screening, crisis or administrative", e.Purpose)
	}
	if _, err := record.ParseZone(e.Zone); err != nil {
		return err
	}
	e.At = e.At.UTC().Truncate(time.Millisecond)
	if e.At.Year() < firstYear {
		return fmt.Errorf("the time %s cannot be right: it lies before %d", e.At.Format(time.RFC3339), firstYear)
	}
	if e.At.After(v.clock().Add(maxAhead)) {
		return fmt.Errorf("the time %s is still to come: log a contact after it took place", e.At.Format(time.RFC3339))
	}
	e.Subject = oneLine(strings.ToValidUTF8(e.Subject, "\uFFFD"))
	e.Body = strings.ToValidUTF8(e.Body, "\uFFFD")
	if len(e.Body) > maxBody {
		return fmt.Errorf("the text is too long for one entry (%d MB at most): keep it as an attachment", maxBody>>20)
	}
	return nil
}

func needClient(ctx context.Context, tx *sql.Tx, id record.ClientID) error {
	var one int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM client WHERE id = ? AND id >= -1 AND id NOT IN (SELECT id FROM client_out)`, id).Scan(&one)
	if err == sql.ErrNoRows {
		return ErrNoClient
	}
	return err
}

// needRecord is needClient for what concerns a record that is out of sight too.
func needRecord(ctx context.Context, tx *sql.Tx, id record.ClientID) error {
	var one int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM client WHERE id = ? AND id >= -1`, id).Scan(&one)
	if err == sql.ErrNoRows {
		return ErrNoClient
	}
	return err
}

func checkSuperseded(ctx context.Context, tx *sql.Tx, e record.Entry) error {
	if e.Supersedes == 0 {
		return nil
	}
	var client record.ClientID
	var form record.Form
	var taken int
	err := tx.QueryRowContext(ctx, `SELECT client, form, EXISTS(SELECT 1 FROM entry WHERE supersedes = ?1)
		FROM entry WHERE id = ?1`, e.Supersedes).Scan(&client, &form, &taken)
	switch {
	case err == sql.ErrNoRows || err == nil && (client != e.Client || form != e.Form):
		return ErrNoEntry
	case err == nil && taken == 1:
		return errors.New("this entry was corrected before: correct the later one")
	case err != nil:
		return err
	}
	return notGoing(ctx, tx, e.Supersedes)
}

// touchClient keeps a client's count of contacts and the latest one, which the
// list shows.
func touchClient(ctx context.Context, tx *sql.Tx, client record.ClientID, latest record.EntryID, added int) error {
	_, err := tx.ExecContext(ctx, `UPDATE client SET entries = entries + ?,
		last_entry = max(coalesce(last_entry, ?2), ?2) WHERE id = ?3`, added, latest, client)
	return err
}

// recountClient finds count, latest contact and tally anew, after rows were
// taken away.
func recountClient(ctx context.Context, tx *sql.Tx, client record.ClientID) error {
	_, err := tx.ExecContext(ctx, `UPDATE client SET
		entries = (SELECT count(*) FROM entry WHERE client = ?1 AND form = ''),
		last_entry = (SELECT max(id) FROM entry WHERE client = ?1 AND form = '') WHERE id = ?1`, client)
	if err != nil {
		return err
	}
	return retally(ctx, tx, client)
}

// writer holds the statements that put entries, prepared once a transaction.
type writer struct {
	entry, index, provenance, attachment, free *sql.Stmt
}

func prepareWriter(ctx context.Context, tx *sql.Tx) (*writer, error) {
	w := &writer{}
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&w.free, `SELECT max(id) FROM (SELECT max(id) AS id FROM entry WHERE id BETWEEN ?1 AND ?2
			UNION ALL SELECT max(entry) FROM sequestration WHERE entry BETWEEN ?1 AND ?2)`},
		{&w.entry, `INSERT INTO entry(id, client, channel, direction, at, zone, zone_basis, written, author, parties,
			subject, body, duration, outcome, identity, location, supersedes, version_of, batch, search,
			form, data, about, day_only, purpose, own_location)
			VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`},
		{&w.index, `INSERT INTO entry_index(rowid, said) VALUES(?, ?)`},
		{&w.provenance, `INSERT INTO provenance(entry, source, locator, raw, original, message_id, warnings, damaged,
			dedupe, content, twin) VALUES(?,?,?,?,?,?,?,?,?,?,?)`},
		{&w.attachment, `INSERT INTO attachment(entry, name, type, size, sha256, blob) VALUES(?,?,?,?,?,?)`},
	} {
		stmt, err := tx.PrepareContext(ctx, s.sql)
		if err != nil {
			w.close()
			return nil, err
		}
		*s.to = stmt
	}
	return w, nil
}

func (w *writer) close() {
	for _, s := range []*sql.Stmt{w.entry, w.index, w.provenance, w.attachment, w.free} {
		if s != nil {
			s.Close()
		}
	}
}

// put writes an entry, its attachments and its place in the index, and gives
// it its id.
func (w *writer) put(ctx context.Context, e *record.Entry) error {
	first := record.EntryID(e.At.UnixMilli() << 16)
	var last sql.NullInt64
	if err := w.free.QueryRowContext(ctx, first, first|0xFFFF).Scan(&last); err != nil {
		return err
	}
	e.ID = first
	if last.Valid {
		e.ID = record.EntryID(last.Int64) + 1
	}
	if e.ID == 0 { // 0 is no entry, and yet the first of January 1, 1970
		e.ID = 1
	}
	if e.ID > first|0xFFFF {
		return errors.New("more than 65,536 entries at one moment: the times cannot be right")
	}
	said := saidText(*e)
	var search any
	if said != e.Body {
		search = said
	}
	parties, err := jsonOrNull(e.Parties)
	if err != nil {
		return err
	}
	_, err = w.entry.ExecContext(ctx, e.ID, e.Client, e.Channel, e.Direction, e.At.UnixMilli(), e.Zone, e.ZoneBasis,
		e.Written.UnixMilli(), e.Author, parties, e.Subject, e.Body, int64(e.Duration/time.Second), e.Outcome,
		e.Identity, e.Location, idOrNull(e.Supersedes), idOrNull(e.VersionOf), batchOrNull(e.Batch), search,
		e.Form, dataOrNull(e.Data), idOrNull(e.About), e.DayOnly, e.Purpose, e.OwnLocation)
	if err != nil {
		return err
	}
	if _, err := w.index.ExecContext(ctx, e.ID, said); err != nil {
		return err
	}
	for i := range e.Attachments {
		a := &e.Attachments[i]
		result, err := w.attachment.ExecContext(ctx, e.ID, a.Name, a.Type, a.Size, a.SHA256[:], a.Blob)
		if err != nil {
			return err
		}
		if a.ID, err = result.LastInsertId(); err != nil {
			return err
		}
	}
	return nil
}

// saidText gives what the index holds of an entry: subject, text and the
// names of its files, folded where the tokenizer needs help.
func saidText(e record.Entry) string {
	parts := make([]string, 0, 2+len(e.Attachments)+len(e.Amendments))
	for _, s := range []string{e.Subject, e.Body} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, a := range e.Attachments {
		if a.Name != "" {
			parts = append(parts, a.Name)
		}
	}
	for _, a := range e.Amendments {
		parts = append(parts, a.Text)
	}
	return fold(strings.Join(parts, "\n"))
}

func jsonOrNull[T any](list []T) (any, error) {
	if len(list) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(list)
	return string(text), err
}

func idOrNull(id record.EntryID) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

func dataOrNull(data json.RawMessage) any {
	if len(data) == 0 {
		return nil
	}
	return string(data)
}

func batchOrNull(id record.BatchID) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// Preview gives the beginning of a text on one line, of at most n runes.
func Preview(s string, n int) string {
	s = oneLine(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

package vault

import (
	"archive/tar"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"casekeep/vault/record"
)

// parcel is an export in its parts, to be altered by somebody who means harm.
type parcel struct {
	t     *testing.T
	key   *age.X25519Identity
	what  Exported
	names []string
	files map[string][]byte
}

// parcel writes a client's package, as another practice sends it.
func (h *house) parcel(t *testing.T, c record.ClientID) *parcel {
	t.Helper()
	p := &parcel{t: t, key: must(t, of(age.GenerateX25519Identity())), files: map[string][]byte{}}
	var sealed bytes.Buffer
	must(t, of(h.ExportClient(context.Background(), &sealed, c, []age.Recipient{p.key.Recipient()}, nil)))
	p.read(&sealed)
	return p
}

func (p *parcel) read(r io.Reader) {
	p.t.Helper()
	plain := must(p.t, of(age.Decrypt(r, p.key)))
	for archive := tar.NewReader(plain); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		p.files[must(p.t, of(header, err)).Name] = must(p.t, of(io.ReadAll(archive)))
		p.names = append(p.names, header.Name)
	}
	if err := json.Unmarshal(p.files["manifest.json"], &p.what); err != nil {
		p.t.Fatal(err)
	}
}

// run alters the database. The triggers are put back to the letter.
func (p *parcel) run(statements ...string) {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "records.db")
	if err := os.WriteFile(path, p.files["records.db"], 0o600); err != nil {
		p.t.Fatal(err)
	}
	db := must(p.t, of(sql.Open("sqlite3", path)))
	defer db.Close()
	db.SetMaxOpenConns(1)
	do := func(text string) {
		if _, err := db.Exec(text); err != nil {
			p.t.Fatalf("%s: %v", text, err)
		}
	}
	do(`PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY`)
	triggers := map[string]string{}
	rows := must(p.t, of(db.Query(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)))
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			p.t.Fatal(err)
		}
		triggers[name] = text
	}
	rows.Close()
	for name := range triggers {
		do(`DROP TRIGGER ` + name)
	}
	do(`PRAGMA ignore_check_constraints = ON; PRAGMA legacy_alter_table = ON`)
	for _, s := range statements {
		do(s)
	}
	for _, text := range triggers {
		do(text)
	}
	p.files["records.db"] = must(p.t, of(os.ReadFile(path)))
}

// sealed gives the package as it arrives.
func (p *parcel) sealed(headers ...*tar.Header) *bytes.Reader {
	p.t.Helper()
	var out bytes.Buffer
	w := must(p.t, of(age.Encrypt(&out, p.key.Recipient())))
	archive := tar.NewWriter(w)
	p.files["manifest.json"] = must(p.t, of(json.Marshal(p.what)))
	for _, name := range p.names {
		headers = append(headers, &tar.Header{Name: name, Size: int64(len(p.files[name])), Mode: 0o600, Typeflag: tar.TypeReg})
	}
	for _, header := range headers {
		if err := archive.WriteHeader(header); err != nil {
			p.t.Fatal(err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if _, err := archive.Write(p.files[header.Name]); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), w.Close()); err != nil {
		p.t.Fatal(err)
	}
	return bytes.NewReader(out.Bytes())
}

// receive takes the package in, as a practice does that does not know who made
// it.
func (p *parcel) receive(h *house, headers ...*tar.Header) (Carried, error) {
	p.t.Helper()
	ctx, end := context.WithTimeout(context.Background(), time.Minute)
	defer end()
	file := p.sealed(headers...)
	from, what, err := OpenExport(ctx, file, file.Size(), []age.Identity{p.key}, h.options())
	if err != nil {
		return Carried{}, err
	}
	defer from.Close()
	list, err := from.Clients(ctx)
	if err != nil {
		return Carried{}, err
	}
	if len(list) == 0 {
		return Carried{}, ErrNoClient
	}
	return Carry(ctx, from, h.Vault, list[0].ID, CarryOptions{Vault: what.Vault, Package: record.Hash{1}, Damaged: true}, nil)
}

// A package that somebody altered is refused whole, or harms nobody's record but
// the one that it brings.
func TestHostilePackages(t *testing.T) {
	from, to := newHouse(t, "from"), newHouse(t, "to")
	ctx := context.Background()
	c := from.record("Ada Quill")
	victim := to.record("Bo Larsen")
	before, book := to.holds(victim.ID), must(t, of(to.Timeline(ctx, record.Book, Page{})))
	clients := len(must(t, of(to.Clients(ctx))))
	const first = `(SELECT min(id) FROM entry WHERE client > 0)`
	good := from.parcel(t, c.ID)
	for name, hostile := range map[string][]string{ // what it says, and what is done
		"a view that never ends": {"was not written by", `DROP VIEW client_out`,
			`CREATE VIEW client_out AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n`},
		"a trigger of its own":       {"was not written by", `CREATE TRIGGER more AFTER INSERT ON audit BEGIN DELETE FROM strike; END`},
		"an index that computes":     {"was not written by", `CREATE INDEX more ON entry(hex(zeroblob(length(body) * 1000)))`},
		"a table more":               {"was not written by", `CREATE TABLE more(id)`},
		"a column more":              {"was not written by", `ALTER TABLE entry ADD COLUMN more TEXT`},
		"a trigger less":             {"was not written by", `CREATE TABLE x(id)`, `DROP TABLE x`, `CREATE TRIGGER entry_kept2 BEFORE DELETE ON entry BEGIN SELECT 1; END`},
		"no version":                 {"was not written by", `PRAGMA user_version = 0`},
		"an older version":           {"was not written by", `PRAGMA user_version = 2`},
		"a later version":            {"newer Casekeep", `PRAGMA user_version = 99`},
		"a negative version":         {"was not written by", `PRAGMA user_version = -3`},
		"a kind of its own":          {"client, kind", `UPDATE client SET kind = 'practice' WHERE id > 0`},
		"a status of its own":        {"client, status", `UPDATE client SET status = 'gone' WHERE id > 0`},
		"a stated status of its own": {"client_status, status", `UPDATE client_status SET status = 'gone'`},
		"a day that is none":         {"client_fact, day", `UPDATE client_fact SET day = '2019-13-45'`},
		"a day after all":            {"client_status, on_day", `UPDATE client_status SET on_day = '9999-01-01' WHERE on_day <> ''`},
		"a birth as a number":        {"not a date", `UPDATE client SET born = x'00' WHERE id > 0`},
		"a time as a text":           {"entry, at", `UPDATE entry SET at = 'now'`},
		"a time beyond all":          {"entry, at", `UPDATE entry SET at = 9000000000000000000`},
		"a time that is not its own": {"entry, id", `UPDATE entry SET at = at + 86400000 WHERE id = ` + first},
		"a channel of its own":       {"entry, channel", `UPDATE entry SET channel = 'pigeon' WHERE form = ''`},
		"a direction of its own":     {"entry, direction", `UPDATE entry SET direction = 'up' WHERE form = ''`},
		"a contact that is a note":   {"entry, form", `UPDATE entry SET channel = 'note' WHERE form = ''`},
		"a form of its own":          {"entry, form", `UPDATE entry SET form = 'x' WHERE form <> ''`},
		"a form of the book":         {"entry, form", `UPDATE entry SET form = 'incident' WHERE form <> ''`},
		"data that is no object":     {"entry, data", `UPDATE entry SET data = '[1]' WHERE form <> ''`},
		"data that is not JSON":      {"entry, data", `UPDATE entry SET data = '{' WHERE form <> ''`},
		"data of a great depth":      {"entry, data", `UPDATE entry SET data = '{"a":' || replace(hex(zeroblob(1500)), '00', '[') || replace(hex(zeroblob(1500)), '00', ']') || '}' WHERE form <> ''`},
		"no data":                    {"entry, data", `UPDATE entry SET data = NULL WHERE form <> ''`},
		"a zone of its own":          {"entry, zone", `UPDATE entry SET zone = '../../etc/passwd'`},
		"parties that are none":      {"entry, parties", `UPDATE entry SET parties = '7'`},
		"a body in bytes":            {"entry, body", `UPDATE entry SET body = x'FF00'`},
		"a duration beyond all":      {"entry, duration", `UPDATE entry SET duration = 9000000000000000000`},
		"a digest too short":         {"provenance, dedupe", `UPDATE provenance SET dedupe = x'00'`},
		"a hold of no time":          {"hold, at", `UPDATE hold SET at = 'x'`},
		"a name that steers":         {"client, name", `UPDATE client SET name = char(27) || '[2JAda' WHERE id > 0`},
		"a name of many lines":       {"client, name", `UPDATE client SET name = 'Ada' || char(10) || 'Bo Larsen' WHERE id > 0`},
		"a name as a number":         {"client, name", `UPDATE client SET name = x'37' WHERE id > 0`},
		"a number that steers":       {"client, number", `UPDATE client SET number = char(27) || '[2J' WHERE id > 0`},
		"an order out of another record": {"sequestration, orders", `INSERT INTO client(id, number, kind, name, status, created) VALUES(2, 'x', 'individual', 'Zed', 'active', 1)`,
			`UPDATE entry SET client = 2 WHERE id = ` + first,
			`INSERT INTO sequestration(client, entry, day, contact, ground, reason, orders, author, at) SELECT 1, 7, '', 0, 'court', 'r', id, 'p', 1 FROM entry WHERE client = 2`},
		"an order that is none": {"entry, client", `UPDATE entry SET client = -1, form = 'policy', data = '{}', channel = 'note', direction = '' WHERE id = ` + first,
			`INSERT INTO sequestration(client, entry, day, contact, ground, reason, orders, author, at) SELECT 1, 7, '', 0, 'court', 'r', e.id, 'p', 1 FROM entry e WHERE e.client = -1`},
		"an entry that corrects itself": {"entry, supersedes", `UPDATE entry SET supersedes = id WHERE id = ` + first},
		"entries that correct each other": {"entry, supersedes", `UPDATE entry SET supersedes = (SELECT max(id) FROM entry WHERE client > 0) WHERE id = ` + first,
			`UPDATE entry SET supersedes = ` + first + ` WHERE id = (SELECT max(id) FROM entry WHERE client > 0)`},
		"versions of each other": {"entry, version_of", `UPDATE entry SET version_of = (SELECT max(id) FROM entry WHERE client > 0) WHERE id = ` + first,
			`UPDATE entry SET version_of = ` + first + ` WHERE id = (SELECT max(id) FROM entry WHERE client > 0)`},
		"two files in one": {"attachment, blob", `INSERT INTO attachment(entry, name, type, size, sha256, blob) SELECT entry, name, type, 1 << 60, sha256, blob FROM attachment`},
		"entries of a negative client": {"no such client", `UPDATE entry SET client = -9 WHERE id = ` + first,
			`UPDATE client SET id = -9 WHERE id > 0`},
	} {
		t.Run(name, func(t *testing.T) {
			says, statements := hostile[0], hostile[1:]
			p := *good
			p.t, p.files = t, map[string][]byte{}
			for name, content := range good.files {
				p.files[name] = content
			}
			p.run(statements...)
			if got, err := p.receive(to); err == nil {
				t.Errorf("it was taken in: %+v", got)
			} else if !strings.Contains(err.Error(), says) {
				t.Errorf("it says %q, not %q", err, says)
			}
			if diff := cmp.Diff(before, to.holds(victim.ID)); diff != "" {
				t.Fatalf("another record changed: %s", diff)
			}
			if diff := cmp.Diff(book, must(t, of(to.Timeline(ctx, record.Book, Page{})))); diff != "" {
				t.Fatalf("the book changed: %s", diff)
			}
			if n := len(must(t, of(to.Clients(ctx)))); n != clients {
				t.Fatalf("there are %d records, were %d", n, clients)
			}
		})
	}
	to.whole()
}

// What a package says of where it comes from gives it no right over the records
// that are here.
func TestPackageThatClaimsToBeOurs(t *testing.T) {
	from, to := newHouse(t, "from"), newHouse(t, "to")
	ctx := context.Background()
	c := must(t, of(from.AddClient(ctx, record.Client{Name: "Ada Quill"})))
	to.now = to.now.Add(time.Hour) // no id is the same
	own := must(t, of(from.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "mine"})))
	victim := must(t, of(to.AddClient(ctx, record.Client{Name: "Bo Larsen"})))
	asked := must(t, of(to.File(ctx, Filing{Entry: record.Entry{Client: victim.ID, Form: record.FormRequest, Subject: "Request", Body: "asks", Data: json.RawMessage(`{}`)}})))
	to.imported(victim.ID, "sms.xml", "imported")
	p := from.parcel(t, c.ID)
	p.what.Vault = to.Status().VaultID.String()
	p.run(`UPDATE client SET id = 77 WHERE id > 0`, `UPDATE client_fact SET client = 77`, `UPDATE client_status SET client = 77`, `UPDATE client_place SET client = 77`,
		fmt.Sprintf(`UPDATE entry SET client = 77, supersedes = %d, about = %d, version_of = %d WHERE id = %d`, asked.ID, asked.ID, asked.ID, own.ID),
		`INSERT INTO batch(id, client, at, finished) VALUES(1, 77, 1, 1)`, `UPDATE entry SET batch = 1`)
	got := must(t, of(p.receive(to)))
	e := must(t, of(to.Timeline(ctx, got.Client.ID, Page{})))
	if len(e) != 1 || e[0].Supersedes != 0 || e[0].About != 0 || e[0].VersionOf != 0 {
		t.Errorf("%+v", e)
	}
	if one := must(t, of(to.Entry(ctx, asked.ID))); one.Superseded != 0 {
		t.Error("it corrects an entry of another record")
	}
	if b := must(t, of(to.Batches(ctx, victim.ID))); len(b) != 1 || e[0].Batch == b[0].ID {
		t.Errorf("it came with an import of another record: %+v", b)
	}
	if got.Client.ID == 77 {
		t.Error("it chose its id")
	}
	to.whole()

	gone := from.parcel(t, c.ID)
	gone.what.Vault = to.Status().VaultID.String()
	gone.run(fmt.Sprintf(`UPDATE client SET id = %[1]d WHERE id > 0`, victim.ID))
	to.force("destruction_due", destroyed(victim))
	if _, err := gone.receive(to); !errors.Is(err, ErrComeBack) {
		t.Errorf("a record that was destroyed comes back in a package: %v", err)
	}
}

// The archive around a package is looked over as its database is.
func TestHostileArchives(t *testing.T) {
	from, to := newHouse(t, "from"), newHouse(t, "to")
	c := from.record("Ada Quill")
	for name, alter := range map[string]func(*parcel) []*tar.Header{
		"a link": func(*parcel) []*tar.Header {
			return []*tar.Header{{Name: "records.db", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}}
		},
		"a device":     func(*parcel) []*tar.Header { return []*tar.Header{{Name: "records.db", Typeflag: tar.TypeChar}} },
		"a file twice": func(p *parcel) []*tar.Header { p.names = append(p.names, "records.db"); return nil },
		"no database": func(p *parcel) []*tar.Header {
			delete(p.files, "records.db")
			p.names = []string{"manifest.json"}
			return nil
		},
		"an empty one":    func(p *parcel) []*tar.Header { p.files["records.db"] = nil; return nil },
		"none of SQLite":  func(p *parcel) []*tar.Header { p.files["records.db"] = []byte(strings.Repeat("x", 8192)); return nil },
		"half of one":     func(p *parcel) []*tar.Header { p.files["records.db"] = p.files["records.db"][:50_000]; return nil },
		"another format":  func(p *parcel) []*tar.Header { p.what.Format = "zip"; return nil },
		"a long manifest": func(p *parcel) []*tar.Header { p.what.Attachments = make([]ExportedFile, 60_000); return nil },
		"no manifest":     func(p *parcel) []*tar.Header { p.names = p.names[2:]; return nil },
		"garbage in pages": func(p *parcel) []*tar.Header {
			b := p.files["records.db"]
			for i := 5000; i < len(b); i += 977 {
				b[i] ^= 0x5A
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := from.parcel(t, c.ID)
			p.t = t
			if got, err := p.receive(to, alter(p)...); err == nil {
				t.Errorf("it was taken in: %+v", got)
			}
			if n := len(must(t, of(to.Clients(context.Background())))); n != 0 {
				t.Fatalf("%d records came", n)
			}
			to.whole()
		})
	}
}

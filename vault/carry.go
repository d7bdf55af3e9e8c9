package vault

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// Errors of Carry.
var (
	ErrComeBack  = errors.New("this record was destroyed here: nothing of it is taken back from a backup")
	ErrIsThere   = errors.New("this record is in the vault: what it lacks can be added to it")
	ErrOtherOne  = errors.New("this is the record of somebody else: nothing is added to it")
	ErrWithheld  = errors.New("this record is out of sight by an order: bring it back first")
	errOneVault  = errors.New("a record is carried from one vault into another")
	errItChanged = errors.New("the record was changed while it was carried: try again")
)

// CarryOptions are what a caller may choose. The zero value opens a new record.
type CarryOptions struct {
	Into       record.ClientID // the same client's record, to which what it lacks is added; 0: a new one
	KeepNumber bool            // the record keeps its number where that is free
	Vault      string          // the id of the vault that it comes from; "": the one of the vault given, if that knows it
	Package    record.Hash     // the digest of the package that it came in; zero: it came in none
	InSight    bool            // what an order put out of sight stays behind
	Damaged    bool            // attachments that are damaged do not stop it: a note in their place says so
}

// Carried is what came of Carry.
type Carried struct {
	Client      record.Client // as it stands in its new place
	Entries     int           // added, with those out of sight
	Renumbered  int           // of them: their ids were taken by others
	Present     int           // entries that were there already
	Elsewhere   int           // moved to another record since, or put out of sight
	Undone      int           // of an import that was undone since
	Loose       int           // references to entries of other records, which stayed behind
	Attachments int
	Bytes       int64 // of attachments
	Disclosures int
	Holds       int
	Damaged     []string // attachments that could not be read, a sentence each
}

// Carry brings a client's whole record from one vault into another, all of it
// or nothing: what is known of the client, the entries with all that hangs on
// them, imports (so that the same export is recognized), disclosures, holds,
// extensions, and what is out of sight. Entries keep their ids; where one is
// taken, it and those of its moment after it take the next ones, and what refers
// to them follows. The trail of the other vault stays there, and an event here
// says what came.
//
// Into the vault that a backup was made of the record comes back with its id and
// number, unless it was destroyed ([ErrComeBack]). One that is still there
// ([ErrIsThere]) is named by opt.Into: entries that it lacks are added and
// nothing is changed. What was undone, moved or put out of sight since stays so.
//
// progress is told of bytes, of which an entry counts as 1,024; nil: nobody is.
func Carry(ctx context.Context, from, to *Vault, client record.ClientID, opt CarryOptions, progress func(done, total int64)) (Carried, error) {
	if from.db == to.db {
		return Carried{}, errOneVault
	}
	c := &carrier{from: from, to: to, opt: opt, client: client, progress: progress, blobs: map[string]string{}}
	c.claimed = c.sameVault()
	c.same = c.claimed && opt.Package.IsZero()
	err := c.plan(ctx)
	if err == nil {
		err = c.carryBlobs(ctx)
	}
	if err == nil {
		err = c.carryRows(ctx)
	}
	if err != nil {
		c.dropBlobs()
		if ended := ctx.Err(); ended != nil {
			return Carried{}, ended // it ends the statements, which cannot tell why
		}
		return Carried{}, fmt.Errorf("the record was not carried over: %w", err)
	}
	c.out.Client, err = to.Client(ctx, c.target)
	return c.out, err
}

// carrier is one run of Carry.
type carrier struct {
	from, to *Vault
	opt      CarryOptions
	same     bool // from is an earlier state of to, or a later one
	claimed  bool // a package says that it is, which anybody can write into one
	client   record.ClientID
	number   string // of the record there
	target   record.ClientID
	progress func(done, total int64)
	done     int64
	total    int64
	out      Carried

	blobs  map[string]string // the new sealed file of each; "": it is damaged
	src    *sql.Tx           // of from
	dst    *filler           // of to
	fates  map[record.EntryID]fate
	apart  map[record.EntryID]bool // entries that belong to the record and stand elsewhere
	batch  map[int64]int64
	source map[int64]int64
	shown  map[int64]int64 // disclosures
	lost   []lostFile
	shapes map[string]shape // of the tables of to, once a package is looked at
}

// perEntry is what an entry counts for in the progress, in bytes.
const perEntry = 1 << 10

func (c *carrier) step(n int64) {
	c.done += n
	if c.progress != nil {
		c.progress(min(c.done, c.total), c.total)
	}
}

// otherVault gives the id of the vault that the record comes from, "" where it
// is not known.
func (c *carrier) otherVault() string {
	if c.opt.Vault != "" {
		return c.opt.Vault
	}
	return vaultID(c.from)
}

// vaultID gives a vault's id, "" for one that lives in memory alone.
func vaultID(v *Vault) string {
	if id := v.db.Status().VaultID; id != (sealed.VaultID{}) {
		return id.String()
	}
	return ""
}

// sameVault reports whether both are states of one vault. Where an id is not
// known the keys tell: no two vaults have the same one.
func (c *carrier) sameVault() bool {
	a, b := c.otherVault(), vaultID(c.to)
	if a != "" && b != "" {
		return a == b
	}
	return c.from.db.Key().Name() == c.to.db.Key().Name()
}

// plan finds out which entries are to come and how much there is to read.
func (c *carrier) plan(ctx context.Context) error {
	return c.from.db.Read(ctx, func(src *sql.Tx) error {
		return c.to.db.Read(ctx, func(dst *sql.Tx) error {
			c.begin(src, dst)
			defer c.dst.close()
			if err := c.admit(ctx); err != nil {
				return err
			}
			return c.place(ctx)
		})
	})
}

func (c *carrier) begin(src, dst *sql.Tx) {
	c.src, c.dst = src, newFiller(dst)
	c.out = Carried{Damaged: c.out.Damaged, Bytes: c.out.Bytes}
	c.lost = nil
	c.batch, c.source, c.shown = map[int64]int64{}, map[int64]int64{}, map[int64]int64{}
}

// admit refuses what must not come.
func (c *carrier) admit(ctx context.Context) error {
	if c.client <= 0 {
		return ErrNoClient
	}
	for _, side := range []struct {
		tx     *sql.Tx
		client record.ClientID
	}{{c.src, c.client}, {c.dst.tx, c.opt.Into}} {
		var out bool
		err := side.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM client_out WHERE id = ?)`, side.client).Scan(&out)
		if err != nil || out {
			return cmp.Or(err, ErrWithheld)
		}
	}
	there, err := loadClient(ctx, c.src, c.client)
	if err != nil {
		return err
	}
	c.target, c.number = c.opt.Into, there.Number
	if c.number != Preview(printable(c.number), 40) && !c.opt.Package.IsZero() {
		return &unsoundError{"client", "number"}
	}
	if c.claimed {
		gone, err := c.dst.id(ctx, `SELECT 1 FROM destruction WHERE client = ?`, c.client)
		if err != nil || gone != 0 {
			return cmp.Or(err, ErrComeBack)
		}
		here, err := c.dst.id(ctx, `SELECT id FROM client WHERE id = ? AND created = ?`, c.client, there.Created.UnixMilli())
		if err != nil || here != 0 && c.target == 0 {
			return cmp.Or(err, ErrIsThere)
		}
	}
	if c.target == 0 {
		return nil
	}
	one, err := c.dst.id(ctx, `SELECT 1 FROM client c WHERE c.id = ?1 AND c.id > 0 AND c.created = ?2
		AND (c.number = ?3 OR EXISTS (SELECT 1 FROM received r WHERE r.client = c.id AND r.number = ?3))`,
		c.target, there.Created.UnixMilli(), there.Number)
	if err != nil || one == 0 {
		return cmp.Or(err, ErrOtherOne)
	}
	return nil
}

// carryRows writes everything in one transaction.
func (c *carrier) carryRows(ctx context.Context) error {
	return c.from.db.Read(ctx, func(src *sql.Tx) error {
		return c.to.db.Write(ctx, func(dst *sql.Tx) error {
			c.begin(src, dst)
			defer c.dst.close()
			c.to.time.carrying.Store(true)
			defer c.to.time.carrying.Store(false)
			for _, step := range []func(context.Context) error{
				c.admit, c.place, c.putClient, c.putImports, c.putEntries, c.putHanging, c.putPlaces, c.putDisclosures, c.putHolds,
				c.putSequestered, c.noteLosses, c.finish,
			} {
				if err := step(ctx); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// finish counts the record anew and says in both places what came.
func (c *carrier) finish(ctx context.Context) error {
	for _, client := range []record.ClientID{c.target, record.Sequestered} {
		if err := recountClient(ctx, c.dst.tx, client); err != nil {
			return err
		}
	}
	o := c.out
	detail := fmt.Sprintf("%d entries, %d attachments, %d disclosures, %d holds", o.Entries, o.Attachments, o.Disclosures, o.Holds)
	if n := len(o.Damaged); n > 0 {
		detail += fmt.Sprintf(", %d attachments damaged", n)
	}
	if err := c.to.audit(ctx, c.dst.tx, event{action: "record.receive", client: c.target, detail: detail}); err != nil {
		return err
	}
	if c.opt.Into != 0 {
		return nil
	}
	practice, err := practiceIn(ctx, c.src)
	if err != nil {
		return err
	}
	var digest any
	if !c.opt.Package.IsZero() {
		digest = c.opt.Package[:]
	}
	_, err = c.dst.exec(ctx, `INSERT INTO received(client, vault, practice, number, sha256, entries, attachments, at)
		VALUES(?,?,?,?,?,?,?,?)`, c.target, c.otherVault(), Preview(printable(practice.Name), 400), c.number, digest, o.Entries, o.Attachments,
		c.to.clock().UnixMilli())
	return err
}

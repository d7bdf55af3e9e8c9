package sealed

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"casekeep/vault/sealed/disk"
)

// DB is an open vault. Its methods may be called from any goroutine, but not
// from within the function that was given to [DB.Read] or [DB.Maintain].
type DB struct {
	dir   string
	opt   Options
	files disk.Files
	alone bool // in memory: no folder but for the attachments
	lock  io.Closer

	pages   *pages
	store   *store
	writer  *sql.DB // one connection
	readers *sql.DB
	gate    gate // readers, or the one that commits
	using   usage

	checkpointing chan struct{}  // holds one token while no checkpoint runs
	rewrapping    chan struct{}  // holds one token while no key file is written anew
	doubtful      bool           // which passphrase key.age is sealed to; of whoever has that token
	background    sync.WaitGroup // checkpoints that run by themselves
	idle          *time.Timer    // starts one after a while without a commit
	replay        *time.Timer    // starts one after a crash

	blobsMu sync.Mutex // held to remove an attachment or put its like in its place

	mu       sync.Mutex
	wrapped  *Key    // what the key files hold: the newest identity first
	key      *Key    // the same identities, first the one that the base is sealed to
	ring     []*keys // of each of them
	keys     *keys   // of the first: what is written is sealed to it
	vault    VaultID
	journal  *journal
	next     *successor // while a checkpoint runs
	place    place
	aside    []string // folders with bases that others had put in place
	readOnly error    // *ReadOnlyError
	failed   error    // why the last commit failed, until its Write takes it
	replayed int
	torn     int64
	leaving  map[string]bool // attachments that go once the snapshot ends; nil: none is under way
	ckptErr  error           // of the last checkpoint
	ckptWait int64           // journal bytes before which no failed checkpoint is tried again
}

// Open unlocks the vault in dir. What a crash left unfinished is put in order:
// acknowledged commits are replayed, an unfinished one is dropped. Where the
// folder cannot be written the vault opens for reading only, as [Status] says.
//
// The errors that a person can act on are the package's: [ErrPassphrase],
// [ErrNotVault], [ErrInUse], [ErrDamaged], [ErrTooNew].
func Open(dir, passphrase string, opt Options) (*DB, error) {
	return OpenWith(dir, Secret{Passphrase: passphrase}, opt)
}

// OpenWith is [Open] with a passphrase or the identities of a holder.
func OpenWith(dir string, s Secret, opt Options) (*DB, error) {
	db, err := open(dir, s, opt)
	for tries := 1; errors.Is(err, errOvertaken); tries++ {
		if tries == mostOvertaken {
			return nil, new(InUseError)
		}
		db, err = open(dir, s, opt)
	}
	if err != nil {
		return nil, err
	}
	if db.replayed > 0 && db.writable() == nil {
		db.checkpointReplayed()
	}
	return db, nil
}

func open(dir string, s Secret, opt Options) (_ *DB, err error) {
	db := newDB(dir, opt)
	if err := db.isVault(); err != nil {
		return nil, err
	}
	if db.lock, err = takeLock(db.files, dir, db.opt.Now()); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = db.release() // err says what matters
		}
	}()
	if err := db.unlock(s); err != nil {
		return nil, reading(err)
	}
	return db, db.start()
}

// unlock opens the vault's identity.
func (db *DB) unlock(s Secret) error {
	k, err := openKey(db.files, db.dir, s)
	if err != nil {
		return err
	}
	return db.hold(k)
}

// start makes a locked vault of known keys ready for use.
func (db *DB) start() (err error) {
	if db.pages, err = newPages(); err != nil {
		return err
	}
	if err := db.load(); err != nil {
		return reading(err)
	}
	return db.connect()
}

func newDB(dir string, opt Options) *DB {
	opt = opt.withDefaults()
	db := &DB{dir: dir, opt: opt, files: opt.Files, checkpointing: make(chan struct{}, 1), rewrapping: make(chan struct{}, 1)}
	db.checkpointing <- struct{}{}
	db.rewrapping <- struct{}{}
	db.idle = time.AfterFunc(time.Hour, db.checkpointIdle)
	db.idle.Stop()
	db.replay = time.AfterFunc(time.Hour, db.checkpointIdle)
	db.replay.Stop()
	return db
}

// isVault tells a vault from a folder that is none before anything is written.
func (db *DB) isVault() error {
	names, err := db.files.List(db.dir)
	if errors.Is(err, fs.ErrNotExist) || disk.IsNotFolder(err) {
		return ErrNotVault
	}
	if err != nil {
		return reading(err)
	}
	for _, name := range names {
		if name == keyFile || name == baseFile {
			return nil
		}
	}
	return ErrNotVault
}

// load brings the database into memory as of its last commit.
func (db *DB) load() error {
	base, err := openBase(db.files, db.dir, db.ring)
	if err != nil {
		return err
	}
	defer base.file.Close()
	db.settle(base.keys)
	watched := db.watchJournal(base.id)
	if watched != nil {
		defer watched.Close()
	}
	raw, err := readJournal(db.files, db.dir, base.id)
	if err != nil {
		return err
	}
	h, err := readHistory(raw, db.keys, base.id)
	if err != nil {
		return inFile(err, journalName(base.id))
	}
	defer h.wipe()
	if damage := base.load(db.pages, mostDamage); damage != nil {
		return damage[0]
	}
	if err := replay(h, db.pages); err != nil {
		return inFile(err, journalName(base.id))
	}
	db.vault = h.opening.vault
	db.replayed, db.torn = len(h.commits), h.torn
	if err := db.resume(base.id, h, raw[:h.good]); err != nil {
		return err
	}
	if err := db.overtaken(watched, raw); err != nil {
		return err
	}
	db.markFirst(base)
	return nil
}

// replay applies the history to the base's pages.
func replay(h *history, p *pages) error {
	if h.start.size != p.size {
		return &DamagedError{Offset: -1, Reason: "it was made for a base of another size"}
	}
	for _, r := range h.commits {
		if err := p.replay(r.kind, r.body, r.size); err != nil {
			return &DamagedError{Offset: -1, Reason: err.Error(), Cause: err}
		}
	}
	return nil
}

// connect hands the database to SQLite.
func (db *DB) connect() (err error) {
	if db.store, err = newStore(db.pages, (*committer)(db)); err != nil {
		return err
	}
	db.writer = connect(db.store, 1, false, db.opt.OnConnect)
	db.readers = connect(db.store, readers, true, db.opt.OnConnect)
	return db.readers.PingContext(context.Background())
}

// Close ends the use of the vault: it waits for what is under way, seals the
// journal into a new base, and wipes the database and drops the keys from
// memory. The error is that of the sealing; every commit is safe in the journal
// even so.
func (db *DB) Close() error {
	if !db.using.end() {
		return nil
	}
	db.idle.Stop()
	db.replay.Stop()
	db.background.Wait()
	err := db.checkpointAtClose()
	return cmp.Or(err, db.release())
}

func (db *DB) checkpointAtClose() error {
	s := db.status()
	if s.ReadOnly != nil || s.JournalRecords == 0 && !db.displaced() {
		return nil
	}
	return db.checkpoint(context.Background())
}

// rollbackWait bounds how long closing waits for a transaction to be rolled back.
const rollbackWait = 10 * time.Second

// closePool closes connections. One whose transaction was canceled is rolled back
// by database/sql beside, and [sql.DB.Close] does not wait for that: its memory
// would be freed under it.
func closePool(pool *sql.DB) error {
	err := pool.Close()
	for end := time.Now().Add(rollbackWait); pool.Stats().OpenConnections > 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	return err
}

// release frees whatever open has taken so far.
func (db *DB) release() error {
	var errs []error
	if db.store != nil {
		errs = append(errs, closePool(db.writer), closePool(db.readers), db.store.drop())
	}
	if db.journal != nil && db.journal.file != nil {
		errs = append(errs, db.journal.file.Close())
	}
	if db.pages != nil {
		errs = append(errs, db.pages.release())
	}
	db.wipeKeys()
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	if err := cmp.Or(errs...); err != nil {
		return &DiskError{Doing: "closing the vault", Cause: err}
	}
	return nil
}

// Status says how the database stands.
func (db *DB) Status() Status {
	s := db.status()
	db.pages.mu.Lock()
	defer db.pages.mu.Unlock()
	s.Size = db.pages.size
	return s
}

func (db *DB) status() Status {
	db.mu.Lock()
	defer db.mu.Unlock()
	s := Status{VaultID: db.vault, Replayed: db.replayed, TornTail: db.torn, ReadOnly: db.readOnly, Checkpoint: db.ckptErr, SetAside: slices.Clone(db.aside),
		Rekeying: !db.alone && len(db.wrapped.others) > 0}
	if j := db.journal; j != nil {
		s.Position = Position{Generation: j.opening.generation, Sequence: j.sequence}
		s.JournalBytes, s.JournalRecords = j.end, j.commits
	}
	return s
}

// reading puts a failure of the disk, while opening, into words.
func reading(err error) error {
	if isIO(err) {
		return &DiskError{Doing: "reading the vault", Cause: err}
	}
	return err
}

// inFile names the file of a damage.
func inFile(err error, name string) error {
	var damage *DamagedError
	if errors.As(err, &damage) {
		damage.File = name
	}
	return err
}

// readJournal reads the journal of a base whole.
func readJournal(files disk.Files, dir string, base baseID) ([]byte, error) {
	name := journalName(base)
	raw, err := readSmall(files, filepath.Join(dir, name), maxJournal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &DamagedError{File: name, Offset: -1,
			Reason: "it is missing, so " + baseFile + " may be an older copy and what was saved since is not here"}
	}
	return raw, err
}

// maxJournal bounds a journal in bytes: far more than a checkpoint lets it grow
// to, save where the disk had no room for one.
const maxJournal = 8 << 30

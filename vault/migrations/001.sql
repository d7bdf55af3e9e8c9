-- Schema 1: clients, their timelines, imports, disclosures and the audit chain.
--
-- Times are Unix milliseconds in UTC; days are YYYY-MM-DD text; hashes are
-- 32-byte SHA-256 blobs; lists are JSON text. An entry's id is its first
-- stated time in milliseconds << 16, plus a counter: rowid order is timeline
-- order.

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE client (
  id            INTEGER PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  name          TEXT NOT NULL CHECK (name <> ''),
  legal_name    TEXT NOT NULL DEFAULT '',
  pronouns      TEXT NOT NULL DEFAULT '',
  born          TEXT NOT NULL DEFAULT '',
  language      TEXT NOT NULL DEFAULT '',
  needs         TEXT NOT NULL DEFAULT '',
  jurisdiction  TEXT NOT NULL DEFAULT '',
  safe_contact  TEXT NOT NULL DEFAULT '',
  risk          TEXT NOT NULL DEFAULT '',
  status        TEXT NOT NULL,
  since         TEXT NOT NULL DEFAULT '',
  closed_on     TEXT NOT NULL DEFAULT '',
  closed_reason TEXT NOT NULL DEFAULT '',
  created       INTEGER NOT NULL,
  entries       INTEGER NOT NULL DEFAULT 0,
  last_entry    INTEGER
);

-- Each status that a client had, as it was stated.
CREATE TABLE client_status (
  id     INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client(id),
  status TEXT NOT NULL,
  on_day TEXT NOT NULL DEFAULT '', -- of a closing
  reason TEXT NOT NULL DEFAULT '',
  at     INTEGER NOT NULL
);
CREATE INDEX client_status_client ON client_status(client);

CREATE TABLE member (
  client   INTEGER NOT NULL REFERENCES client(id),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL CHECK (name <> ''),
  role     TEXT NOT NULL DEFAULT '',
  born     TEXT NOT NULL DEFAULT '',
  notes    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (client, position)
) WITHOUT ROWID;

CREATE TABLE contact_point (
  client   INTEGER NOT NULL REFERENCES client(id),
  position INTEGER NOT NULL,
  system   TEXT NOT NULL,
  value    TEXT NOT NULL CHECK (value <> ''),
  normal   TEXT NOT NULL,
  use      TEXT NOT NULL DEFAULT '',
  safe     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (client, position)
) WITHOUT ROWID;

CREATE TABLE source (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  format   TEXT NOT NULL,
  parser   TEXT NOT NULL,
  size     INTEGER NOT NULL,
  sha256   BLOB NOT NULL,
  declared INTEGER NOT NULL,
  imported INTEGER NOT NULL
);

-- An import into one client's record. finished is NULL while it runs, and
-- while one that was canceled or cut off, which is undone, is taken back.
CREATE TABLE batch (
  id         INTEGER PRIMARY KEY,
  client     INTEGER NOT NULL REFERENCES client(id),
  at         INTEGER NOT NULL,
  found      INTEGER NOT NULL DEFAULT 0,
  imported   INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  skipped    INTEGER NOT NULL DEFAULT 0,
  refused    INTEGER NOT NULL DEFAULT 0,
  damaged    INTEGER NOT NULL DEFAULT 0,
  released   INTEGER NOT NULL DEFAULT 0,
  finished   INTEGER,
  undone     INTEGER
);
CREATE INDEX batch_client ON batch(client);

CREATE TABLE batch_source (
  batch  INTEGER NOT NULL REFERENCES batch(id),
  source INTEGER NOT NULL REFERENCES source(id),
  PRIMARY KEY (batch, source)
) WITHOUT ROWID;

CREATE TABLE entry (
  id         INTEGER PRIMARY KEY,
  client     INTEGER NOT NULL REFERENCES client(id),
  channel    TEXT NOT NULL,
  direction  TEXT NOT NULL,
  at         INTEGER NOT NULL,
  zone       TEXT NOT NULL,
  zone_basis TEXT NOT NULL,
  written    INTEGER NOT NULL,
  author     TEXT NOT NULL DEFAULT '',
  parties    TEXT,              -- JSON
  subject    TEXT NOT NULL DEFAULT '',
  body       TEXT NOT NULL,
  duration   INTEGER NOT NULL DEFAULT 0, -- seconds
  outcome    TEXT NOT NULL DEFAULT '',
  identity   TEXT NOT NULL DEFAULT '',
  location   TEXT NOT NULL DEFAULT '',
  supersedes INTEGER,           -- the entry whose time this one corrects
  version_of INTEGER,           -- the earlier version of the same message
  batch      INTEGER REFERENCES batch(id),
  released   INTEGER NOT NULL DEFAULT 0,
  search     TEXT               -- what the index holds, where that is not the body
);
CREATE INDEX entry_client ON entry(client);
CREATE INDEX entry_batch ON entry(batch) WHERE batch IS NOT NULL;
CREATE INDEX entry_supersedes ON entry(supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE provenance (
  entry      INTEGER PRIMARY KEY REFERENCES entry(id),
  source     INTEGER NOT NULL REFERENCES source(id),
  locator    TEXT NOT NULL,
  raw        BLOB NOT NULL,
  original   TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL DEFAULT '',
  warnings   TEXT,              -- JSON
  damaged    INTEGER NOT NULL DEFAULT 0,
  dedupe     BLOB NOT NULL,     -- the same for every copy of one message
  content    BLOB NOT NULL,     -- of what the message says
  twin       INTEGER NOT NULL DEFAULT 0 -- the n-th identical message of its moment
);
CREATE INDEX provenance_dedupe ON provenance(dedupe);

CREATE TABLE attachment (
  id       INTEGER PRIMARY KEY,
  entry    INTEGER NOT NULL REFERENCES entry(id),
  name     TEXT NOT NULL,
  type     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  sha256   BLOB NOT NULL,
  blob     TEXT NOT NULL        -- the file under attachments/
);
CREATE INDEX attachment_entry ON attachment(entry);

CREATE TABLE amendment (
  id     INTEGER PRIMARY KEY,
  entry  INTEGER NOT NULL REFERENCES entry(id),
  at     INTEGER NOT NULL,
  author TEXT NOT NULL,
  text   TEXT NOT NULL CHECK (text <> ''),
  reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX amendment_entry ON amendment(entry);

CREATE TABLE strike (
  entry  INTEGER PRIMARY KEY REFERENCES entry(id),
  at     INTEGER NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> '')
);

CREATE TABLE move (
  id      INTEGER PRIMARY KEY,
  entry   INTEGER NOT NULL REFERENCES entry(id),
  origin  INTEGER NOT NULL REFERENCES client(id),
  target  INTEGER NOT NULL REFERENCES client(id),
  at      INTEGER NOT NULL,
  reason  TEXT NOT NULL CHECK (reason <> '')
);
CREATE INDEX move_entry ON move(entry);

CREATE TABLE disclosure (
  id       INTEGER PRIMARY KEY,
  client   INTEGER NOT NULL REFERENCES client(id),
  at       INTEGER NOT NULL,
  receiver TEXT NOT NULL CHECK (receiver <> ''),
  purpose  TEXT NOT NULL CHECK (purpose <> ''),
  since    TEXT NOT NULL DEFAULT '',
  until    TEXT NOT NULL DEFAULT '',
  entries  INTEGER NOT NULL,
  pages    INTEGER NOT NULL,
  file     TEXT NOT NULL,
  sha256   BLOB NOT NULL,
  sealed   INTEGER NOT NULL,
  left_out TEXT                -- JSON
);
CREATE INDEX disclosure_client ON disclosure(client);

CREATE TABLE disclosure_entry (
  disclosure INTEGER NOT NULL REFERENCES disclosure(id),
  entry      INTEGER NOT NULL REFERENCES entry(id),
  PRIMARY KEY (disclosure, entry)
) WITHOUT ROWID;
CREATE INDEX disclosure_entry_entry ON disclosure_entry(entry);

CREATE TABLE audit (
  seq    INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  actor  TEXT NOT NULL,
  action TEXT NOT NULL,
  client INTEGER NOT NULL DEFAULT 0,
  entry  INTEGER NOT NULL DEFAULT 0,
  detail TEXT NOT NULL DEFAULT '',
  hash   BLOB NOT NULL
);
CREATE INDEX audit_client ON audit(client);

-- Sealed attachment files whose rows are gone and that are still to be
-- removed from the disk.
CREATE TABLE blob_discarded (
  blob TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE VIEW entry_said AS
  SELECT id, coalesce(search, body) AS said FROM entry;

CREATE VIRTUAL TABLE entry_index USING fts5(
  said,
  content = 'entry_said', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So Sk'",
  prefix = '1 2 3'
);

-- The timeline is append-only. Two acts are allowed, each after it was stated
-- in a row of its own: undoing an import of which nothing was released, and
-- moving an entry to the right client.

CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry
WHEN NEW.id IS NOT OLD.id OR NEW.channel IS NOT OLD.channel
  OR NEW.direction IS NOT OLD.direction OR NEW.at IS NOT OLD.at
  OR NEW.zone IS NOT OLD.zone OR NEW.zone_basis IS NOT OLD.zone_basis
  OR NEW.written IS NOT OLD.written OR NEW.author IS NOT OLD.author
  OR NEW.parties IS NOT OLD.parties OR NEW.subject IS NOT OLD.subject
  OR NEW.body IS NOT OLD.body OR NEW.duration IS NOT OLD.duration
  OR NEW.outcome IS NOT OLD.outcome OR NEW.identity IS NOT OLD.identity
  OR NEW.location IS NOT OLD.location OR NEW.supersedes IS NOT OLD.supersedes
  OR NEW.version_of IS NOT OLD.version_of OR NEW.batch IS NOT OLD.batch
  OR NEW.released < OLD.released
BEGIN
  SELECT RAISE(ABORT, 'an entry is never changed: amend it or strike it through');
END;

CREATE TRIGGER entry_moved BEFORE UPDATE OF client ON entry
WHEN NEW.client IS NOT OLD.client AND NOT EXISTS (
  SELECT 1 FROM move m WHERE m.entry = OLD.id AND m.origin = OLD.client AND m.target = NEW.client
    AND m.id = (SELECT max(id) FROM move WHERE entry = OLD.id))
BEGIN
  SELECT RAISE(ABORT, 'an entry changes its client only by a recorded move');
END;

CREATE TRIGGER entry_kept BEFORE DELETE ON entry
WHEN OLD.released <> 0 OR OLD.batch IS NULL
  OR NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = OLD.batch AND b.undone IS NOT NULL AND b.client = OLD.client)
BEGIN
  SELECT RAISE(ABORT, 'an entry is never removed: amend it or strike it through');
END;

CREATE TRIGGER batch_released BEFORE UPDATE OF undone ON batch
WHEN NEW.undone IS NOT NULL AND (OLD.released <> 0 OR OLD.undone IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'an import of which something was released cannot be undone');
END;

CREATE TRIGGER batch_stays BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;
CREATE TRIGGER batch_unreleased BEFORE UPDATE OF released ON batch WHEN NEW.released < OLD.released
BEGIN SELECT RAISE(ABORT, 'a release stays on record'); END;

-- A source's digest is known once its file was read to the end; then it stays.
CREATE TRIGGER source_fixed BEFORE UPDATE ON source
WHEN OLD.sha256 <> zeroblob(32) OR NEW.id IS NOT OLD.id OR NEW.name IS NOT OLD.name
BEGIN SELECT RAISE(ABORT, 'a source is never changed'); END;
CREATE TRIGGER source_kept BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'a source is never removed'); END;

-- What hangs on an entry goes only with an entry of an undone import.
CREATE TRIGGER provenance_kept BEFORE DELETE ON provenance
WHEN NOT EXISTS (SELECT 1 FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client
                  WHERE e.id = OLD.entry AND b.undone IS NOT NULL AND e.released = 0)
BEGIN SELECT RAISE(ABORT, 'provenance is never removed'); END;
CREATE TRIGGER provenance_fixed BEFORE UPDATE ON provenance
BEGIN SELECT RAISE(ABORT, 'provenance is never changed'); END;

CREATE TRIGGER attachment_kept BEFORE DELETE ON attachment
WHEN NOT EXISTS (SELECT 1 FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client
                  WHERE e.id = OLD.entry AND b.undone IS NOT NULL AND e.released = 0)
BEGIN SELECT RAISE(ABORT, 'an attachment is never removed'); END;
CREATE TRIGGER attachment_fixed BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, 'an attachment is never changed'); END;

CREATE TRIGGER amendment_kept BEFORE DELETE ON amendment
WHEN NOT EXISTS (SELECT 1 FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client
                  WHERE e.id = OLD.entry AND b.undone IS NOT NULL AND e.released = 0)
BEGIN SELECT RAISE(ABORT, 'an amendment is never removed'); END;
CREATE TRIGGER amendment_fixed BEFORE UPDATE ON amendment
BEGIN SELECT RAISE(ABORT, 'an amendment is never changed'); END;

CREATE TRIGGER strike_kept BEFORE DELETE ON strike
WHEN NOT EXISTS (SELECT 1 FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client
                  WHERE e.id = OLD.entry AND b.undone IS NOT NULL AND e.released = 0)
BEGIN SELECT RAISE(ABORT, 'a strike is never removed'); END;
CREATE TRIGGER strike_fixed BEFORE UPDATE ON strike
BEGIN SELECT RAISE(ABORT, 'a strike is never changed'); END;

CREATE TRIGGER move_kept BEFORE DELETE ON move
WHEN NOT EXISTS (SELECT 1 FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client
                  WHERE e.id = OLD.entry AND b.undone IS NOT NULL AND e.released = 0)
BEGIN SELECT RAISE(ABORT, 'a move is never removed'); END;
CREATE TRIGGER move_fixed BEFORE UPDATE ON move
BEGIN SELECT RAISE(ABORT, 'a move is never changed'); END;

CREATE TRIGGER client_kept BEFORE DELETE ON client
BEGIN SELECT RAISE(ABORT, 'a client is never removed'); END;
CREATE TRIGGER client_identity BEFORE UPDATE ON client
WHEN NEW.id IS NOT OLD.id OR NEW.number IS NOT OLD.number OR NEW.created IS NOT OLD.created
BEGIN SELECT RAISE(ABORT, 'a record keeps its number'); END;

CREATE TRIGGER client_status_kept BEFORE DELETE ON client_status
BEGIN SELECT RAISE(ABORT, 'a status stays on record'); END;
CREATE TRIGGER client_status_fixed BEFORE UPDATE ON client_status
BEGIN SELECT RAISE(ABORT, 'a status stays on record'); END;

CREATE TRIGGER disclosure_kept BEFORE DELETE ON disclosure
BEGIN SELECT RAISE(ABORT, 'a disclosure is never removed'); END;
CREATE TRIGGER disclosure_fixed BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT, 'a disclosure is never changed'); END;
CREATE TRIGGER disclosure_entry_kept BEFORE DELETE ON disclosure_entry
BEGIN SELECT RAISE(ABORT, 'a disclosure is never removed'); END;

CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;

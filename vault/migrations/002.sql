-- Schema 2: structured entries (consents, search notes, screenings and the
-- rest), the practice's own book, where clients were served, the tally of
-- contacts, what was put off, and lists of clients that were brought in.

-- A structured entry says in form what it is and in data, as a JSON object,
-- what was stated; its body says the same for a reader. It is a row of entry
-- like any other: append-only, amended, struck through, searched and released
-- in the same way.
ALTER TABLE entry ADD COLUMN form TEXT NOT NULL DEFAULT '' CHECK (form <> '' OR client <> -1); -- '': a contact
ALTER TABLE entry ADD COLUMN data TEXT;                        -- JSON
ALTER TABLE entry ADD COLUMN about INTEGER;                    -- the entry that this one follows up
ALTER TABLE entry ADD COLUMN day_only INTEGER NOT NULL DEFAULT 0; -- at is noon of a day whose hour is not known
ALTER TABLE entry ADD COLUMN purpose TEXT NOT NULL DEFAULT ''; -- of a contact
ALTER TABLE entry ADD COLUMN own_location TEXT NOT NULL DEFAULT ''; -- where the practitioner was

CREATE INDEX entry_form ON entry(client, form) WHERE form <> '';
CREATE INDEX entry_about ON entry(about) WHERE about IS NOT NULL;

DROP TRIGGER entry_unchanged;
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
  OR NEW.form IS NOT OLD.form OR NEW.data IS NOT OLD.data OR NEW.about IS NOT OLD.about
  OR NEW.day_only IS NOT OLD.day_only OR NEW.purpose IS NOT OLD.purpose
  OR NEW.own_location IS NOT OLD.own_location
BEGIN
  SELECT RAISE(ABORT, 'an entry is never changed: amend it or strike it through');
END;

-- The practice's own book holds what belongs to no client: policies, licenses,
-- incidents, consultations, the private journal. It is a row of client so that
-- its entries are kept by the same rules; nothing moves in or out of it, and no
-- contact stands in it. (That is a CHECK: a trigger on every insert would make
-- an import take twice the time. What a correction corrects is checked by the
-- program alone, for the same reason.)
INSERT INTO client(id, number, kind, name, status, created)
  VALUES(-1, '0000-000', 'practice', 'The practice', 'active', 0);

CREATE TRIGGER book_moves BEFORE INSERT ON move WHEN NEW.origin = -1 OR NEW.target = -1
BEGIN SELECT RAISE(ABORT, 'what stands in the practice''s own book stays there'); END;

CREATE TRIGGER book_is_none BEFORE UPDATE OF kind ON client WHEN OLD.id = -1 OR NEW.kind = 'practice'
BEGIN SELECT RAISE(ABORT, 'the practice''s own book is no client'); END;

-- Where a client is served, as it was stated; since is '' where it is not
-- known from when on.
CREATE TABLE client_place (
  id           INTEGER PRIMARY KEY,
  client       INTEGER NOT NULL REFERENCES client(id),
  jurisdiction TEXT NOT NULL,
  since        TEXT NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  entry        INTEGER REFERENCES entry(id) -- that stated it; NULL: it was typed above the record
);
CREATE INDEX client_place_client ON client_place(client);
INSERT INTO client_place(client, jurisdiction, at)
  SELECT id, jurisdiction, created FROM client WHERE jurisdiction <> '' AND id > 0;
CREATE TRIGGER client_place_fixed BEFORE UPDATE ON client_place
BEGIN SELECT RAISE(ABORT, 'where a client was served stays on record'); END;

-- The places that stand: none whose entry was struck through or corrected, and
-- each with the client in whose record its entry stands now.
CREATE VIEW client_place_stands AS
  SELECT p.id, coalesce(e.client, p.client) AS client, p.jurisdiction, p.since
  FROM client_place p LEFT JOIN entry e ON e.id = p.entry
  WHERE p.entry IS NULL
     OR NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = p.entry)
    AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = p.entry);

-- How many contacts each record holds over each channel, so that what the
-- standards ask of contacts is known without reading them all. Counted from
-- entry: those struck through or entered anew under another time are left out.
CREATE TABLE contact_tally (
  client       INTEGER NOT NULL REFERENCES client(id),
  channel      TEXT NOT NULL,
  kind         TEXT NOT NULL, -- service, exempt (screening, crisis, administrative), third
  location     TEXT NOT NULL,
  own_location TEXT NOT NULL,
  contacts     INTEGER NOT NULL,
  confirmed    INTEGER NOT NULL, -- with the identity confirmed
  first        INTEGER NOT NULL, -- the entry
  last         INTEGER NOT NULL,
  PRIMARY KEY (client, channel, kind, location, own_location)
) WITHOUT ROWID;
INSERT INTO contact_tally
  SELECT client, channel, CASE direction WHEN 'third' THEN 'third' ELSE 'service' END, location, own_location,
    count(*), sum(identity = 'confirmed'), min(id), max(id)
  FROM entry e
  WHERE NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id)
    AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)
  GROUP BY 1, 2, 3, 4, 5;

-- What Today was told to show later, and why.
CREATE TABLE snooze (
  task   TEXT PRIMARY KEY,
  until  TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  at     INTEGER NOT NULL
) WITHOUT ROWID;

-- Clients that were brought in from one list. A client that came with a list
-- may be taken back with it while its record is as it came: no entry, no
-- import, no release, no text that was begun, no change since, and no incident
-- that touched it. Its number is never given again.
CREATE TABLE client_batch (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  source  TEXT NOT NULL,  -- the file's name
  sha256  BLOB NOT NULL,
  rows    INTEGER NOT NULL,
  undone  INTEGER
);
CREATE TRIGGER client_batch_stays BEFORE DELETE ON client_batch
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;
CREATE TRIGGER client_batch_fixed BEFORE UPDATE ON client_batch
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.source IS NOT OLD.source OR NEW.sha256 IS NOT OLD.sha256
  OR NEW.rows IS NOT OLD.rows OR OLD.undone IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;

ALTER TABLE client ADD COLUMN batch INTEGER REFERENCES client_batch(id);
CREATE INDEX client_of_batch ON client(batch) WHERE batch IS NOT NULL;
CREATE TRIGGER client_batch_of BEFORE UPDATE OF batch ON client WHEN NEW.batch IS NOT OLD.batch
BEGIN SELECT RAISE(ABORT, 'where a client came from stays on record'); END;

CREATE TABLE client_removed (
  id     INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  batch  INTEGER NOT NULL REFERENCES client_batch(id),
  at     INTEGER NOT NULL
);
CREATE TRIGGER client_removed_stays BEFORE DELETE ON client_removed
BEGIN SELECT RAISE(ABORT, 'a record''s number is never given again'); END;
CREATE TRIGGER client_removed_fixed BEFORE UPDATE ON client_removed
BEGIN SELECT RAISE(ABORT, 'a record''s number is never given again'); END;

CREATE TRIGGER client_removed_for_good BEFORE INSERT ON client
WHEN EXISTS (SELECT 1 FROM client_removed r WHERE r.id = NEW.id OR r.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a record''s number is never given again'); END;

-- The clients of a list that is being taken back whose records are as they came.
CREATE VIEW client_untouched AS
  SELECT c.id, c.number, c.batch FROM client c JOIN client_batch b ON b.id = c.batch
  WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.client = c.id)
    AND NOT EXISTS (SELECT 1 FROM batch i WHERE i.client = c.id)
    AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.client = c.id)
    AND NOT EXISTS (SELECT 1 FROM move m WHERE m.origin = c.id OR m.target = c.id)
    AND NOT EXISTS (SELECT 1 FROM setting s WHERE s.key = 'draft.' || c.id OR s.key GLOB 'draft.' || c.id || '.*')
    AND NOT EXISTS (SELECT 1 FROM entry i, json_each(i.data, '$.clients') t
                     WHERE i.client = -1 AND i.form = 'incident' AND t.value = CAST(c.id AS TEXT))
    AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.client = c.id AND a.action NOT IN ('client.import', 'client.open'));

DROP TRIGGER client_kept;
CREATE TRIGGER client_kept BEFORE DELETE ON client
WHEN NOT EXISTS (SELECT 1 FROM client_untouched u JOIN client_batch b ON b.id = u.batch
                  WHERE u.id = OLD.id AND b.undone IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM client_removed r WHERE r.id = OLD.id AND r.number = OLD.number)
BEGIN SELECT RAISE(ABORT, 'a client is never removed'); END;

DROP TRIGGER client_status_kept;
CREATE TRIGGER client_status_kept BEFORE DELETE ON client_status
WHEN NOT EXISTS (SELECT 1 FROM client_untouched u JOIN client_batch b ON b.id = u.batch
                  WHERE u.id = OLD.client AND b.undone IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a status stays on record'); END;

CREATE TRIGGER client_place_kept BEFORE DELETE ON client_place
WHEN NOT EXISTS (SELECT 1 FROM client_untouched u JOIN client_batch b ON b.id = u.batch
                  WHERE u.id = OLD.client AND b.undone IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'where a client was served stays on record'); END;

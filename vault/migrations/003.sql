-- Schema 3: how long each record is kept, and by what arithmetic; legal holds;
-- what was put out of sight by an order; destruction when a record is due; and
-- which backups are known.
--
-- The date until which a record is kept is derived here, from facts that only
-- append. Two functions of the program feed it: now_ms(), the vault's clock in
-- Unix milliseconds, which never goes below the last audited moment, and
-- day_of(at, zone), the day of a moment in the zone in which it was stated.

-- Three more, carrying(), destroying() and sealing(), say what the program itself
-- is about: nothing is removed but by it.

-- The index holds nothing of what was put out of sight.
DROP VIEW entry_said;
CREATE VIEW entry_said AS
  SELECT id, coalesce(search, body) AS said FROM entry WHERE client <> -2;

-- Rows of client that are no clients, so that what stands there is in no view
-- of any record: what an order put out of sight, and, in the moves of entries
-- that are still kept, the records that were destroyed.
INSERT INTO client(id, number, kind, name, status, created)
  VALUES(-2, '0000-002', 'sequestered', 'Out of sight', 'active', 0), (-3, '0000-003', 'destroyed', 'Destroyed records', 'active', 0);
DROP TRIGGER book_is_none;
CREATE TRIGGER book_is_none BEFORE UPDATE OF kind ON client
WHEN OLD.id < 0 OR NEW.kind IN ('practice', 'sequestered', 'destroyed')
BEGIN SELECT RAISE(ABORT, 'the practice''s own book is no client'); END;

-- What was stated of a person's life: born, died, or adult (of full age when
-- served, though the birth date is not known). The last statement of its kind
-- counts; day '' takes it back.
CREATE TABLE client_fact (
  id     INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client(id),
  what   TEXT NOT NULL CHECK (what IN ('born', 'died', 'adult')),
  who    TEXT NOT NULL DEFAULT '', -- a member's name; '': the client
  day    TEXT NOT NULL,
  at     INTEGER NOT NULL
);
CREATE INDEX client_fact_client ON client_fact(client, what, who);
INSERT INTO client_fact(client, what, day, at) SELECT id, 'born', born, created FROM client WHERE born <> '';
INSERT INTO client_fact(client, what, who, day, at)
  SELECT m.client, 'born', m.name, m.born, c.created FROM member m JOIN client c ON c.id = m.client ORDER BY m.client, m.position;
CREATE TRIGGER client_fact_fixed BEFORE UPDATE ON client_fact
BEGIN SELECT RAISE(ABORT, 'what was stated stays on record'); END;

CREATE VIEW client_fact_last AS
  SELECT f.client, f.what, f.who, f.day FROM client_fact f
  WHERE f.id = (SELECT max(g.id) FROM client_fact g WHERE g.client = f.client AND g.what = f.what AND g.who = f.who);

CREATE TRIGGER client_born_first AFTER INSERT ON client
WHEN NEW.born <> '' AND NEW.born IS NOT (SELECT day FROM client_fact_last WHERE client = NEW.id AND what = 'born' AND who = '')
BEGIN INSERT INTO client_fact(client, what, day, at) VALUES(NEW.id, 'born', NEW.born, now_ms()); END;
CREATE TRIGGER client_born AFTER UPDATE OF born ON client WHEN NEW.born IS NOT OLD.born
BEGIN INSERT INTO client_fact(client, what, day, at) VALUES(NEW.id, 'born', NEW.born, now_ms()); END;
CREATE TRIGGER member_born AFTER INSERT ON member
WHEN NEW.born IS NOT (SELECT day FROM client_fact_last WHERE client = NEW.client AND what = 'born' AND who = NEW.name)
BEGIN INSERT INTO client_fact(client, what, who, day, at) VALUES(NEW.client, 'born', NEW.name, NEW.born, now_ms()); END;

-- Where the practice worked from: its rules bind records that were open then.
CREATE TABLE practice_place (
  id           INTEGER PRIMARY KEY,
  jurisdiction TEXT NOT NULL,
  at           INTEGER NOT NULL
);
INSERT INTO practice_place(jurisdiction, at)
  SELECT value ->> '$.jurisdiction', 0 FROM setting WHERE key = 'practice' AND coalesce(value ->> '$.jurisdiction', '') <> '';
CREATE TRIGGER practice_place_fixed BEFORE UPDATE ON practice_place
BEGIN SELECT RAISE(ABORT, 'where the practice worked stays on record'); END;
CREATE TRIGGER practice_place_kept BEFORE DELETE ON practice_place
BEGIN SELECT RAISE(ABORT, 'where the practice worked stays on record'); END;
CREATE TRIGGER practice_placed AFTER INSERT ON setting
WHEN NEW.key = 'practice' AND coalesce(NEW.value ->> '$.jurisdiction', '') <> ''
BEGIN INSERT INTO practice_place(jurisdiction, at) VALUES(NEW.value ->> '$.jurisdiction', now_ms()); END;
CREATE TRIGGER practice_moved AFTER UPDATE OF value ON setting
WHEN NEW.key = 'practice' AND coalesce(NEW.value ->> '$.jurisdiction', '') NOT IN
  ('', coalesce((SELECT jurisdiction FROM practice_place ORDER BY id DESC LIMIT 1), ''))
BEGIN INSERT INTO practice_place(jurisdiction, at) VALUES(NEW.value ->> '$.jurisdiction', now_ms()); END;

-- How long a place asks that records are kept. The last row of a place counts.
-- clauses is a JSON list, of which the latest date wins:
--   {"from": ["termination", "contact", "entry", "death"], "years": 7}
--       years after the latest of the events named, as far as they are known
--   {"under": 18, "from": [...], "years": 10}
--       the same, where a person was under that age when services began
--   {"age": 18, "years": 5}
--       years after each person reached that age
-- An empty list that is not for ever is a blank rule: it gives no date. Any
-- other has a period that runs in every record: not from a death alone, and not
-- only for persons who were young.
CREATE TABLE retention_rule (
  id           INTEGER PRIMARY KEY,
  jurisdiction TEXT NOT NULL,              -- ISO 3166-2; 'paperwork': consents, requests, disclosures
  clauses      TEXT NOT NULL CHECK (json_valid(clauses) AND json_type(clauses) = 'array'),
  forever      INTEGER NOT NULL DEFAULT 0,
  minors       TEXT NOT NULL CHECK (minors IN ('covered', 'same', 'unknown')), -- unknown: no rule for minors is known
  ended_since  TEXT NOT NULL DEFAULT '',   -- it applies to services that ended on that day or later
  confirmed    TEXT NOT NULL DEFAULT '',   -- the day on which the practitioner confirmed it
  told         TEXT NOT NULL DEFAULT '{}', -- JSON: citation, source, confidence, duties, note
  at           INTEGER NOT NULL
);
CREATE INDEX retention_rule_of ON retention_rule(jurisdiction);
CREATE TRIGGER retention_rule_sound BEFORE INSERT ON retention_rule
WHEN EXISTS (SELECT 1 FROM json_each(NEW.clauses) c WHERE
    json_type(c.value, '$.years') IS NOT 'integer' OR c.value ->> '$.years' NOT BETWEEN 0 AND 200
    OR (c.value ->> '$.age' IS NULL) = (c.value ->> '$.from' IS NULL)
    OR (c.value ->> '$.age' IS NULL AND (c.value ->> '$.years' < 1 OR json_array_length(c.value, '$.from') < 1))
    OR c.value ->> '$.age' NOT BETWEEN 1 AND 100 OR c.value ->> '$.under' NOT BETWEEN 1 AND 100
    OR c.type <> 'object' OR EXISTS (SELECT 1 FROM json_each(c.value) k GROUP BY k.key HAVING count(*) > 1 OR k.key NOT IN ('from', 'under', 'age', 'years')
      OR max(k.type) <> iif(k.key = 'from', 'array', 'integer'))
    OR EXISTS (SELECT 1 FROM json_each(c.value, '$.from') f WHERE f.value NOT IN ('termination', 'contact', 'entry', 'death')))
  OR (NEW.clauses <> '[]' AND NOT EXISTS (SELECT 1 FROM json_each(NEW.clauses) c, json_each(c.value, '$.from') f
    WHERE c.value ->> '$.under' IS NULL AND f.value <> 'death'))
BEGIN SELECT RAISE(ABORT, 'a retention rule says from which event and for how many years'); END;
CREATE TRIGGER retention_rule_fixed BEFORE UPDATE ON retention_rule
BEGIN SELECT RAISE(ABORT, 'a retention rule stays on record: state a new one'); END;
CREATE TRIGGER retention_rule_kept BEFORE DELETE ON retention_rule
BEGIN SELECT RAISE(ABORT, 'a retention rule stays on record: state a new one'); END;

-- A record kept longer than the rules ask.
CREATE TABLE keep_extension (
  id     INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client(id),
  until  TEXT NOT NULL CHECK (until <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  at     INTEGER NOT NULL
);
CREATE INDEX keep_extension_client ON keep_extension(client);
CREATE TRIGGER keep_extension_fixed BEFORE UPDATE ON keep_extension
BEGIN SELECT RAISE(ABORT, 'an extension stays on record'); END;

-- A legal hold. client -1: on every record of the practice.
CREATE TABLE hold (
  id      INTEGER PRIMARY KEY,
  client  INTEGER NOT NULL REFERENCES client(id),
  matter  TEXT NOT NULL CHECK (matter <> ''),
  on_day  TEXT NOT NULL,
  source  TEXT NOT NULL DEFAULT '',   -- subpoena, court order, complaint, litigation, board, request, minor's case, other
  since   TEXT NOT NULL DEFAULT '',   -- the period of the record that it is about
  until   TEXT NOT NULL DEFAULT '',
  note    TEXT NOT NULL DEFAULT '',
  author  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  lifted  INTEGER,
  lifted_on     TEXT NOT NULL DEFAULT '',
  lifted_by     TEXT NOT NULL DEFAULT '',
  lifted_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX hold_client ON hold(client);
CREATE TRIGGER hold_fixed BEFORE UPDATE ON hold
WHEN OLD.lifted IS NOT NULL OR NEW.lifted IS NULL OR NEW.lifted_by = '' OR NEW.lifted_reason = ''
  OR NEW.id IS NOT OLD.id OR NEW.client IS NOT OLD.client OR NEW.matter IS NOT OLD.matter OR NEW.on_day IS NOT OLD.on_day
  OR NEW.source IS NOT OLD.source OR NEW.since IS NOT OLD.since OR NEW.until IS NOT OLD.until OR NEW.note IS NOT OLD.note
  OR NEW.author IS NOT OLD.author OR NEW.at IS NOT OLD.at
BEGIN SELECT RAISE(ABORT, 'a hold is lifted once, by somebody and for a reason, and stays on record'); END;

-- An entry out of sight: sealed by a court, privileged, or unlawful to hold. Its
-- row stands at client -2, or, where it was sealed to somebody, in a file of
-- which this vault holds no key. Entry 0 is the record itself, with the name and
-- whatever stands above its timeline. day, contact, paper and place stay for the
-- arithmetic below, so that no record is due earlier by it; dedupe, content and
-- twin, so that an import does not bring the entry back.
CREATE TABLE sequestration (
  id       INTEGER PRIMARY KEY,
  client   INTEGER NOT NULL REFERENCES client(id), -- in whose record it stood
  entry    INTEGER NOT NULL,
  day      TEXT NOT NULL,
  contact  INTEGER NOT NULL,
  paper    INTEGER NOT NULL DEFAULT 0,
  place    TEXT NOT NULL DEFAULT '',
  dedupe   BLOB,
  content  BLOB,
  twin     INTEGER NOT NULL DEFAULT 0,
  ground   TEXT NOT NULL CHECK (ground IN ('court', 'privileged', 'unlawful')),
  reason   TEXT NOT NULL CHECK (reason <> ''),
  orders   INTEGER NOT NULL REFERENCES entry(id), -- the entry of the practice's book that has the order
  blob     TEXT,                                  -- the sealed file, where its row is gone
  sha256   BLOB,
  holder   TEXT NOT NULL DEFAULT '',              -- to whom it was sealed
  author   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  swept    INTEGER,                               -- pages and files are free of what was sealed to somebody
  returned INTEGER,
  returned_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sequestration_client ON sequestration(client);
CREATE INDEX sequestration_entry ON sequestration(entry);
CREATE TRIGGER sequestration_fixed BEFORE UPDATE ON sequestration
WHEN OLD.returned IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.client IS NOT OLD.client OR NEW.entry IS NOT OLD.entry
  OR NEW.day IS NOT OLD.day OR NEW.contact IS NOT OLD.contact OR NEW.paper IS NOT OLD.paper OR NEW.place IS NOT OLD.place
  OR NEW.dedupe IS NOT OLD.dedupe OR NEW.content IS NOT OLD.content OR NEW.twin IS NOT OLD.twin OR NEW.ground IS NOT OLD.ground OR NEW.reason IS NOT OLD.reason
  OR NEW.orders IS NOT OLD.orders OR NEW.blob IS NOT OLD.blob OR NEW.sha256 IS NOT OLD.sha256 OR NEW.holder IS NOT OLD.holder
  OR NEW.author IS NOT OLD.author OR NEW.at IS NOT OLD.at OR (NEW.returned IS NOT NULL AND NEW.blob IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what was put out of sight stays on record'); END;

CREATE TRIGGER sequestration_true BEFORE INSERT ON sequestration
WHEN NOT carrying() AND (NEW.client <= 0 OR (NEW.entry <> 0 AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry AND e.client = NEW.client
  AND NEW.day = day_of(e.at, e.zone) AND NEW.contact = (e.form = '') AND NEW.paper = (e.form IN (SELECT form FROM keep_paper))
  AND NEW.place = coalesce((SELECT s.jurisdiction FROM client_place p JOIN client_place_stands s ON s.id = p.id WHERE p.entry = e.id), ''))))
BEGIN SELECT RAISE(ABORT, 'what is put out of sight is stated as it stood'); END;

-- The entries of each record, those out of sight with them.
CREATE VIEW entry_of AS
  SELECT e.client, e.id FROM entry e WHERE e.client <> -2
  UNION ALL SELECT q.client, e.id FROM sequestration q JOIN entry e ON e.id = q.entry WHERE q.returned IS NULL AND e.client = -2;

-- The records that are out of sight as a whole.
CREATE VIEW client_out AS
  SELECT client AS id FROM sequestration WHERE entry = 0 AND returned IS NULL;

-- A destruction: stated first, when the record is due, and done within the same
-- transaction. What stays of the record is this row.
CREATE TABLE destruction (
  id          INTEGER PRIMARY KEY,
  client      INTEGER NOT NULL UNIQUE,
  number      TEXT NOT NULL UNIQUE,
  initials    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  first_day   TEXT NOT NULL,
  last_day    TEXT NOT NULL,
  closed_on   TEXT NOT NULL,
  opened      INTEGER NOT NULL DEFAULT 0, -- when the record was: one of another state that was opened anew has the same id and number
  keep_until  TEXT NOT NULL,
  rule        TEXT NOT NULL,    -- the arithmetic in words
  entries     INTEGER NOT NULL,
  attachments INTEGER NOT NULL,
  disclosed   INTEGER NOT NULL DEFAULT 0, -- how often it was handed out, wholly or in part
  duties      TEXT NOT NULL DEFAULT '[]', -- JSON: at disposal, by the rules that bound it
  certificate TEXT NOT NULL UNIQUE,
  author      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  event       INTEGER NOT NULL, -- the audit event that stated it
  carried     INTEGER NOT NULL DEFAULT 0, -- it was done in a later state of this vault
  done        INTEGER,          -- the rows are gone
  swept       INTEGER           -- and the vault's pages and files are free of them
);
CREATE TRIGGER destruction_stays BEFORE DELETE ON destruction
BEGIN SELECT RAISE(ABORT, 'a destruction stays on record'); END;
CREATE TRIGGER destruction_fixed BEFORE UPDATE ON destruction
WHEN NEW.id IS NOT OLD.id OR NEW.client IS NOT OLD.client OR NEW.number IS NOT OLD.number OR NEW.initials IS NOT OLD.initials
  OR NEW.kind IS NOT OLD.kind OR NEW.first_day IS NOT OLD.first_day OR NEW.last_day IS NOT OLD.last_day
  OR NEW.closed_on IS NOT OLD.closed_on OR NEW.opened IS NOT OLD.opened OR NEW.keep_until IS NOT OLD.keep_until OR NEW.rule IS NOT OLD.rule
  OR NEW.entries IS NOT OLD.entries OR NEW.attachments IS NOT OLD.attachments
  OR NEW.disclosed IS NOT OLD.disclosed OR NEW.duties IS NOT OLD.duties OR NEW.certificate IS NOT OLD.certificate
  OR NEW.author IS NOT OLD.author OR NEW.at IS NOT OLD.at OR NEW.event IS NOT OLD.event OR NEW.carried IS NOT OLD.carried
  OR (OLD.done IS NOT NULL AND NEW.done IS NOT OLD.done) OR (NEW.swept IS NOT OLD.swept AND (OLD.swept IS NOT NULL OR OLD.done IS NULL))
BEGIN SELECT RAISE(ABORT, 'a destruction stays on record'); END;

-- The record that may be removed now: the one whose destruction is the last
-- thing that the audit trail says, while the program destroys it.
CREATE VIEW being_destroyed AS
  SELECT client FROM destruction WHERE client = destroying() AND done IS NULL AND event = (SELECT max(seq) FROM audit);

-- A record that came from another vault, or from a backup.
CREATE TABLE received (
  client      INTEGER PRIMARY KEY REFERENCES client(id),
  vault       TEXT NOT NULL,    -- the other vault's id
  practice    TEXT NOT NULL,
  number      TEXT NOT NULL,    -- of the record there
  sha256      BLOB,             -- of the package, if it came in one
  entries     INTEGER NOT NULL,
  attachments INTEGER NOT NULL,
  at          INTEGER NOT NULL
);

-- The backups that were made, as far as this vault knows.
CREATE TABLE backup_known (
  target     TEXT NOT NULL,     -- the folder
  generation TEXT NOT NULL,
  at         INTEGER NOT NULL,
  entries    INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,  -- written for it
  gone       INTEGER,           -- it was pruned
  cleared    INTEGER NOT NULL DEFAULT 0, -- the last destruction that it was cleared of
  PRIMARY KEY (target, generation)
) WITHOUT ROWID;

---------------------------------------------------------------------------
-- The arithmetic. Where it looks for a form it also says form <> '', or the
-- index of structured entries is not used and all entries are read.

-- What is known of a record's life. The latest moment decides; of those within
-- 26 hours of it the latest day, since each was stated in a zone of its own.
-- Services began no later than they were ever said to have ended, save a
-- closing that lies before the client was born.
CREATE VIEW keep_life AS
SELECT c.id AS client, c.kind,
  coalesce((SELECT s.status FROM client_status s WHERE s.client = c.id ORDER BY s.id DESC LIMIT 1), c.status) AS status,
  coalesce((SELECT CASE s.status WHEN 'closed' THEN s.on_day ELSE '' END FROM client_status s WHERE s.client = c.id ORDER BY s.id DESC LIMIT 1), '') AS closed_on,
  max(coalesce((SELECT max(day_of(e.at, e.zone)) FROM entry e WHERE e.client = c.id AND e.form = ''
      AND e.id >= (SELECT x.id FROM entry x WHERE x.client = c.id AND x.form = '' ORDER BY x.id DESC LIMIT 1) - (93600000 << 16)), ''),
    coalesce((SELECT max(q.day) FROM sequestration q WHERE q.client = c.id AND q.contact <> 0), '')) AS last_contact,
  max(coalesce((SELECT max(day_of(e.at, e.zone)) FROM entry e WHERE e.client = c.id
      AND e.id >= (SELECT max(x.id) FROM entry x WHERE x.client = c.id) - (93600000 << 16)), ''),
    coalesce((SELECT max(q.day) FROM sequestration q WHERE q.client = c.id), '')) AS last_entry,
  min(date(c.created / 1000 - 43200, 'unixepoch'), CASE c.since WHEN '' THEN '9999' ELSE c.since END,
    coalesce((SELECT date(min(x.id) / 65536 / 1000 - 43200, 'unixepoch') FROM entry x WHERE x.client = c.id), '9999'),
    coalesce((SELECT date(min(q.day), '-2 days') FROM sequestration q WHERE q.client = c.id AND q.day <> ''), '9999'),
    coalesce((SELECT min(s.on_day) FROM client_status s WHERE s.client = c.id AND s.status = 'closed' AND s.on_day <> ''
      AND s.on_day >= coalesce((SELECT f.day FROM client_fact_last f WHERE f.client = c.id AND f.what = 'born' AND f.who = ''), '')), '9999')) AS first_day,
  coalesce((SELECT f.day FROM client_fact_last f WHERE f.client = c.id AND f.what = 'died' AND f.who = ''), '') AS died
FROM client c WHERE c.id > 0;

-- The persons of whom a record tells: everybody who was ever named in it.
CREATE VIEW keep_person AS
SELECT c.id AS client, '' AS who,
  coalesce((SELECT f.day FROM client_fact_last f WHERE f.client = c.id AND f.what = 'born' AND f.who = ''), '') AS born,
  coalesce((SELECT f.day FROM client_fact_last f WHERE f.client = c.id AND f.what = 'adult' AND f.who = ''), '') AS adult
FROM client c WHERE c.id > 0 AND c.kind = 'individual'
UNION ALL
SELECT f.client, f.who, f.day,
  coalesce((SELECT a.day FROM client_fact_last a WHERE a.client = f.client AND a.what = 'adult' AND a.who = f.who), '')
FROM client_fact_last f WHERE f.what = 'born' AND (f.who <> '' OR EXISTS (SELECT 1 FROM client c WHERE c.id = f.client AND c.kind <> 'individual' AND f.day <> ''))
UNION ALL -- of members of one name the last statement tells of one alone
SELECT m.client, m.name, m.born,
  coalesce((SELECT a.day FROM client_fact_last a WHERE a.client = m.client AND a.what = 'adult' AND a.who = m.name), '')
FROM member m WHERE m.born IS NOT (SELECT f.day FROM client_fact_last f WHERE f.client = m.client AND f.what = 'born' AND f.who = m.name);

-- The places whose rules bind a record: where the client was served, and where
-- the practice worked from while the record was open.
CREATE VIEW keep_place AS
SELECT CAST(p.client AS INTEGER) AS client, p.jurisdiction FROM client_place_stands p WHERE p.jurisdiction <> '' AND p.client > 0
UNION
SELECT q.client, q.place FROM sequestration q WHERE q.place <> '' AND q.returned IS NULL
UNION
SELECT l.client, p.jurisdiction FROM keep_life l JOIN practice_place p
WHERE (p.id = (SELECT min(id) FROM practice_place) OR l.closed_on = '' OR date(p.at / 1000 - 43200, 'unixepoch') <= l.closed_on)
  AND NOT EXISTS (SELECT 1 FROM practice_place n WHERE n.id = (SELECT min(m.id) FROM practice_place m WHERE m.id > p.id)
    AND date(n.at / 1000 + 50400, 'unixepoch') < l.first_day);

CREATE VIEW keep_rule AS
SELECT r.* FROM retention_rule r WHERE r.id = (SELECT max(x.id) FROM retention_rule x WHERE x.jurisdiction = r.jurisdiction);

-- The forms that are paperwork.
CREATE VIEW keep_paper(form) AS
  VALUES('acknowledgment'), ('channel'), ('consent'), ('collateral'), ('release-revoked'), ('request'), ('request-answered'), ('breach-notice');

-- The days from which a period can run. A list, so that each is found once.
CREATE VIEW keep_event AS
SELECT l.client, CASE v.key WHEN 0 THEN 'closing' WHEN 1 THEN 'contact' WHEN 2 THEN 'entry' ELSE 'death' END AS event, v.value AS day
FROM keep_life l CROSS JOIN json_each(json_array(l.closed_on, l.last_contact, l.last_entry, l.died)) v WHERE v.value <> '';

-- Each date that a rule gives, with what it was counted from. Termination is
-- the closing or a contact after it; a period from the last contact or entry
-- does not end before one from the closing would: none of these is cut short
-- by a record that says little.
CREATE VIEW keep_step AS
SELECT p.client, p.jurisdiction, r.id AS rule, c.key AS clause, '' AS who, v.event, v.day, 0 AS age, c.value ->> '$.years' AS years,
  date(v.day, '+' || (c.value ->> '$.years') || ' years') AS until
FROM keep_event v CROSS JOIN keep_place p ON p.client = v.client CROSS JOIN keep_rule r ON r.jurisdiction = p.jurisdiction CROSS JOIN json_each(r.clauses) c
WHERE c.value ->> '$.from' IS NOT NULL
  AND CASE v.event
    WHEN 'death' THEN EXISTS (SELECT 1 FROM json_each(c.value, '$.from') f WHERE f.value = 'death')
    WHEN 'entry' THEN EXISTS (SELECT 1 FROM json_each(c.value, '$.from') f WHERE f.value = 'entry')
    ELSE EXISTS (SELECT 1 FROM json_each(c.value, '$.from') f WHERE f.value <> 'death') END
  AND (c.value ->> '$.under' IS NULL OR EXISTS (SELECT 1 FROM keep_person b JOIN keep_life l ON l.client = b.client WHERE b.client = p.client
    AND b.born <> '' AND date(b.born, '+' || (c.value ->> '$.under') || ' years') > l.first_day))
UNION ALL
SELECT p.client, p.jurisdiction, r.id, c.key, b.who, 'birth', b.born, c.value ->> '$.age', c.value ->> '$.years',
  date(date(b.born, '+' || (c.value ->> '$.age') || ' years'), '+' || (c.value ->> '$.years') || ' years')
FROM keep_person b CROSS JOIN keep_place p ON p.client = b.client CROSS JOIN keep_rule r ON r.jurisdiction = p.jurisdiction CROSS JOIN json_each(r.clauses) c
WHERE c.value ->> '$.age' IS NOT NULL AND b.born <> ''
UNION ALL
SELECT p.client, 'paperwork', r.id, 0, '', 'paper', p.day, 0, r.clauses ->> '$[0].years', date(p.day, '+' || (r.clauses ->> '$[0].years') || ' years')
FROM (SELECT d.client, date(max(d.at) / 1000 + 50400, 'unixepoch') AS day FROM disclosure d WHERE d.client > 0 GROUP BY d.client
  UNION ALL SELECT e.client, max(day_of(e.at, e.zone)) FROM entry e WHERE e.client > 0
    AND e.form <> '' AND e.form IN (SELECT form FROM keep_paper) GROUP BY e.client
  UNION ALL SELECT q.client, max(q.day) FROM sequestration q WHERE q.paper <> 0 AND q.returned IS NULL GROUP BY q.client) p
JOIN keep_rule r ON r.jurisdiction = 'paperwork' AND r.clauses <> '[]'
UNION ALL
SELECT x.client, '', 0, 0, '', 'extension', date(x.at / 1000, 'unixepoch'), 0, 0, x.until FROM keep_extension x;

-- Why a record is kept without a date.
CREATE VIEW keep_reason AS
SELECT client, 'active' AS why, '' AS jurisdiction, '' AS who FROM keep_life WHERE status <> 'closed' OR closed_on = ''
UNION ALL
SELECT client, 'no-place', '', '' FROM (SELECT id AS client FROM client WHERE id > 0 EXCEPT SELECT client FROM keep_place)
UNION ALL
SELECT p.client, 'no-rule', p.jurisdiction, '' FROM keep_place p
WHERE NOT EXISTS (SELECT 1 FROM keep_rule r WHERE r.jurisdiction = p.jurisdiction AND (r.forever <> 0 OR json_array_length(r.clauses) > 0))
UNION ALL
SELECT p.client, 'unconfirmed', p.jurisdiction, '' FROM keep_place p JOIN keep_rule r ON r.jurisdiction = p.jurisdiction
WHERE r.confirmed = '' AND (r.forever <> 0 OR json_array_length(r.clauses) > 0)
UNION ALL
SELECT p.client, 'forever', p.jurisdiction, '' FROM keep_place p JOIN keep_rule r ON r.jurisdiction = p.jurisdiction WHERE r.forever <> 0
UNION ALL
SELECT p.client, 'outside', p.jurisdiction, '' FROM keep_place p JOIN keep_rule r ON r.jurisdiction = p.jurisdiction
JOIN keep_life l ON l.client = p.client WHERE r.ended_since <> '' AND l.closed_on <> '' AND l.closed_on < r.ended_since
UNION ALL
SELECT DISTINCT p.client, 'born', '', p.who FROM keep_person p JOIN client c ON c.id = p.client
JOIN keep_place k ON k.client = p.client JOIN keep_rule r ON r.jurisdiction = k.jurisdiction
WHERE p.born = '' AND p.adult = '' AND c.kind NOT IN ('organization', 'community') AND r.minors <> 'same'
UNION ALL
SELECT client, 'members', '', '' FROM (SELECT id AS client FROM client WHERE id > 0 AND kind IN ('couple', 'family', 'group') EXCEPT SELECT client FROM keep_person)
UNION ALL
SELECT p.client, 'minor', k.jurisdiction, p.who FROM keep_person p JOIN keep_life l ON l.client = p.client
JOIN keep_place k ON k.client = p.client JOIN keep_rule r ON r.jurisdiction = k.jurisdiction
WHERE r.minors = 'unknown' AND json_array_length(r.clauses) > 0 AND p.born <> '' AND date(p.born, '+21 years') > l.first_day
UNION ALL
SELECT p.client, 'dates', '', p.who FROM keep_person p JOIN keep_life l ON l.client = p.client
WHERE p.born <> '' AND ((p.who = '' AND p.born > l.first_day) OR (l.closed_on <> '' AND p.born > l.closed_on) OR (p.who = '' AND l.died <> '' AND l.died < p.born))
UNION ALL
SELECT l.client, 'dates', '', '' FROM keep_life l JOIN client c ON c.id = l.client
WHERE l.closed_on <> '' AND c.since <> '' AND l.closed_on < c.since
UNION ALL -- what cannot be counted from gives no date above
SELECT client, 'dates', '', who FROM keep_person WHERE born <> '' AND date(born, '+300 years') IS NULL
UNION ALL
SELECT client, 'dates', '', '' FROM keep_event WHERE date(day, '+300 years') IS NULL;

-- What forbids destroying a record though its date has passed.
CREATE VIEW keep_blocker AS
SELECT l.client, 'hold' AS why, h.id AS of FROM keep_life l JOIN hold h ON h.client = l.client OR h.client = -1 WHERE h.lifted IS NULL
UNION ALL -- and what was moved out of a record under a hold
SELECT DISTINCT e.client, 'hold', h.id FROM hold h CROSS JOIN move m CROSS JOIN entry e
  WHERE h.lifted IS NULL AND m.origin = h.client AND e.id = m.entry AND e.client > 0 AND e.client <> h.client
UNION ALL
SELECT DISTINCT q.client, 'hold', h.id FROM hold h CROSS JOIN move m CROSS JOIN sequestration q
  WHERE h.lifted IS NULL AND m.origin = h.client AND q.entry = m.entry AND q.returned IS NULL AND q.client <> h.client
UNION ALL
SELECT q.client, 'request', q.entry FROM sequestration q JOIN entry e ON e.id = q.entry AND e.client = -2 WHERE q.returned IS NULL AND e.form = 'request'
  AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id) AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)
  AND NOT EXISTS (SELECT 1 FROM entry a WHERE a.about = e.id AND a.form = 'request-answered' AND a.data ->> '$.outcome' <> 'extended'
    AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = a.id))
UNION ALL
SELECT e.client, 'request', e.id FROM entry e WHERE e.form <> '' AND e.form = 'request' AND e.client <> -2
  AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id) AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)
  AND NOT EXISTS (SELECT 1 FROM entry a WHERE a.client = e.client AND a.form <> '' AND a.form = 'request-answered' AND a.data ->> '$.outcome' <> 'extended'
    AND a.about IN (WITH RECURSIVE version(id) AS (SELECT e.id UNION SELECT b.supersedes FROM entry b JOIN version USING (id) WHERE b.supersedes IS NOT NULL) SELECT id FROM version)
    AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = a.id) AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = a.id))
UNION ALL
SELECT l.client, 'incident', e.id FROM keep_life l JOIN entry e ON e.client = -1 AND e.form <> '' AND e.form = 'incident' JOIN json_each(e.data, '$.clients') t ON t.value = CAST(l.client AS TEXT)
WHERE coalesce(e.data ->> '$.closed', '') = ''
  AND NOT EXISTS (SELECT 1 FROM strike s WHERE s.entry = e.id) AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.supersedes = e.id)
UNION ALL
SELECT l.client, 'recent', 0 FROM keep_life l WHERE l.last_entry > date(now_ms() / 1000 - 43200, 'unixepoch', '-1 year')
  OR EXISTS (SELECT 1 FROM move m WHERE (m.origin = l.client OR m.target = l.client)
    AND date(m.at / 1000, 'unixepoch') > date(now_ms() / 1000 - 43200, 'unixepoch', '-1 year'));

---------------------------------------------------------------------------
-- Enforced. A record is due once its date has passed everywhere on earth.

CREATE TRIGGER destruction_due BEFORE INSERT ON destruction
WHEN NEW.done IS NOT NULL OR NEW.swept IS NOT NULL OR NEW.event IS NOT (SELECT max(seq) FROM audit)
  OR NEW.client <= 0 OR EXISTS (SELECT 1 FROM client c WHERE c.id = NEW.client AND c.number IS NOT NEW.number)
  OR (NEW.carried = 0 AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = NEW.client))
  OR (NEW.carried <> 0 AND (NOT carrying() OR EXISTS (SELECT 1 FROM client c WHERE c.id = NEW.client AND c.created IS NOT NEW.opened)))
  OR (NEW.carried = 0 AND (
    EXISTS (SELECT 1 FROM keep_reason r WHERE r.client = NEW.client)
    OR EXISTS (SELECT 1 FROM keep_blocker b WHERE b.client = NEW.client)
    OR NEW.keep_until IS NOT (SELECT max(s.until) FROM keep_step s WHERE s.client = NEW.client)
    OR NEW.keep_until >= date(now_ms() / 1000 - 43200, 'unixepoch')))
BEGIN SELECT RAISE(ABORT, 'this record is kept: it is not due'); END;

-- The number and the id of a destroyed record are never given again.
CREATE TRIGGER client_destroyed_for_good BEFORE INSERT ON client
WHEN EXISTS (SELECT 1 FROM destruction d WHERE d.client = NEW.id OR d.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a record''s number is never given again'); END;

-- Entries that may go: those of an undone import of which nothing was released,
-- of a record that is being destroyed, and those that were sealed to somebody.
CREATE VIEW entry_goes AS
  SELECT e.id FROM entry e JOIN batch b ON b.id = e.batch AND b.client = e.client WHERE b.undone IS NOT NULL AND e.released = 0
  UNION ALL SELECT e.id FROM entry e JOIN being_destroyed d ON d.client = e.client
  UNION ALL SELECT e.id FROM entry e JOIN sequestration q ON q.entry = e.id JOIN being_destroyed d ON d.client = q.client WHERE e.client = -2 AND q.returned IS NULL
  UNION ALL SELECT e.id FROM entry e JOIN sequestration q ON q.entry = e.id WHERE e.client = -2 AND q.blob IS NOT NULL AND q.returned IS NULL AND sealing();

DROP TRIGGER entry_kept;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry WHEN NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'an entry is never removed: amend it or strike it through'); END;
DROP TRIGGER provenance_kept;
CREATE TRIGGER provenance_kept BEFORE DELETE ON provenance WHEN NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'provenance is never removed'); END;
DROP TRIGGER attachment_kept;
CREATE TRIGGER attachment_kept BEFORE DELETE ON attachment WHEN NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'an attachment is never removed'); END;
DROP TRIGGER amendment_kept;
CREATE TRIGGER amendment_kept BEFORE DELETE ON amendment WHEN NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'an amendment is never removed'); END;
DROP TRIGGER strike_kept;
CREATE TRIGGER strike_kept BEFORE DELETE ON strike WHEN NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'a strike is never removed'); END;
DROP TRIGGER move_kept;
CREATE TRIGGER move_kept BEFORE DELETE ON move WHEN NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'a move is never removed'); END;
DROP TRIGGER move_fixed;
CREATE TRIGGER move_fixed BEFORE UPDATE ON move
WHEN NEW.id IS NOT OLD.id OR NEW.entry IS NOT OLD.entry OR NEW.at IS NOT OLD.at
  OR NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client IN (OLD.origin, OLD.target)
    AND NEW.origin IS CASE OLD.origin WHEN d.client THEN -3 ELSE OLD.origin END
    AND NEW.target IS CASE OLD.target WHEN d.client THEN -3 ELSE OLD.target END)
BEGIN SELECT RAISE(ABORT, 'a move is never changed'); END;

DROP TRIGGER book_moves;
CREATE TRIGGER book_moves BEFORE INSERT ON move
WHEN NEW.origin IN (-1, -2) OR NEW.target IN (-1, -2) OR (-3 IN (NEW.origin, NEW.target) AND NOT carrying())
BEGIN SELECT RAISE(ABORT, 'what stands in the practice''s own book stays there, and what is out of sight goes nowhere'); END;
-- What is stated of the present is of it: arithmetic and clock hang on it.
CREATE TRIGGER move_now BEFORE INSERT ON move WHEN NOT carrying() AND NEW.at NOT BETWEEN now_ms() - 60000 AND now_ms() + 60000
BEGIN SELECT RAISE(ABORT, 'a move is stated when it is made'); END;
CREATE TRIGGER audit_now BEFORE INSERT ON audit WHEN NEW.at > now_ms() + 60000
BEGIN SELECT RAISE(ABORT, 'an event is stated when it happens'); END;

DROP TRIGGER entry_moved;
CREATE TRIGGER entry_moved BEFORE UPDATE OF client ON entry
WHEN NEW.client IS NOT OLD.client
  AND NOT EXISTS (SELECT 1 FROM move m WHERE NEW.client > 0 AND m.entry = OLD.id AND m.origin = OLD.client AND m.target = NEW.client
    AND m.id = (SELECT max(id) FROM move WHERE entry = OLD.id))
  AND NOT EXISTS (SELECT 1 FROM sequestration q WHERE q.entry = OLD.id AND q.client = OLD.client AND NEW.client = -2 AND q.returned IS NULL)
  AND NOT EXISTS (SELECT 1 FROM sequestration q WHERE q.entry = OLD.id AND OLD.client = -2 AND q.client = NEW.client AND q.returned IS NOT NULL
    AND q.id = (SELECT max(id) FROM sequestration WHERE entry = OLD.id))
BEGIN SELECT RAISE(ABORT, 'an entry changes its client only by a recorded move'); END;

DROP TRIGGER batch_stays;
CREATE TRIGGER batch_stays BEFORE DELETE ON batch WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE OLD.client IN (d.client, -3))
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;
-- An import of which entries were moved to other records stays with them.
CREATE TRIGGER batch_of BEFORE UPDATE OF client ON batch
WHEN NEW.client IS NOT OLD.client AND (NEW.client IS NOT -3 OR NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client))
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;
CREATE TRIGGER batch_source_stays BEFORE DELETE ON batch_source
WHEN NOT EXISTS (SELECT 1 FROM batch b JOIN being_destroyed d ON b.client IN (d.client, -3) WHERE b.id = OLD.batch)
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;
DROP TRIGGER source_kept;
CREATE TRIGGER source_kept BEFORE DELETE ON source
WHEN NOT EXISTS (SELECT 1 FROM being_destroyed) OR EXISTS (SELECT 1 FROM batch_source b WHERE b.source = OLD.id)
  OR EXISTS (SELECT 1 FROM provenance p WHERE p.source = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a source is never removed'); END;
CREATE TRIGGER batch_fixed BEFORE UPDATE ON batch
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR (OLD.finished IS NOT NULL AND NEW.finished IS NOT OLD.finished)
  OR (OLD.undone IS NOT NULL AND NEW.undone IS NOT OLD.undone)
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;
CREATE TRIGGER batch_begins BEFORE INSERT ON batch WHEN NEW.undone IS NOT NULL AND NOT carrying()
BEGIN SELECT RAISE(ABORT, 'an import is undone after it was made'); END;
CREATE TRIGGER batch_held BEFORE UPDATE OF undone ON batch
WHEN NEW.undone IS NOT NULL AND OLD.finished IS NOT NULL
  AND EXISTS (SELECT 1 FROM hold h WHERE h.lifted IS NULL AND h.client IN (OLD.client, -1))
BEGIN SELECT RAISE(ABORT, 'a record under a legal hold keeps what was imported: lift the hold first, or move or strike single entries'); END;

DROP TRIGGER client_kept;
CREATE TRIGGER client_kept BEFORE DELETE ON client
WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.id)
  AND (NOT EXISTS (SELECT 1 FROM client_untouched u JOIN client_batch b ON b.id = u.batch
                  WHERE u.id = OLD.id AND b.undone IS NOT NULL)
    OR NOT EXISTS (SELECT 1 FROM client_removed r WHERE r.id = OLD.id AND r.number = OLD.number)
    OR EXISTS (SELECT 1 FROM hold h WHERE h.client IN (OLD.id, -1) AND h.lifted IS NULL))
BEGIN SELECT RAISE(ABORT, 'a client is never removed'); END;

-- A list from which no client is left, by destruction, goes too.
DROP TRIGGER client_batch_stays;
CREATE TRIGGER client_batch_stays BEFORE DELETE ON client_batch
WHEN NOT EXISTS (SELECT 1 FROM being_destroyed) OR EXISTS (SELECT 1 FROM client c WHERE c.batch = OLD.id)
  OR EXISTS (SELECT 1 FROM client_removed r WHERE r.batch = OLD.id)
BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;

-- What hangs on a client goes only with it.
CREATE VIEW client_goes AS
  SELECT client AS id FROM being_destroyed
  UNION ALL SELECT u.id FROM client_untouched u JOIN client_batch b ON b.id = u.batch WHERE b.undone IS NOT NULL;
DROP TRIGGER client_status_kept;
CREATE TRIGGER client_status_kept BEFORE DELETE ON client_status WHEN NOT EXISTS (SELECT 1 FROM client_goes g WHERE g.id = OLD.client)
BEGIN SELECT RAISE(ABORT, 'a status stays on record'); END;
DROP TRIGGER client_place_kept;
CREATE TRIGGER client_place_kept BEFORE DELETE ON client_place
WHEN NOT EXISTS (SELECT 1 FROM client_goes g WHERE g.id = OLD.client) AND NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'where a client was served stays on record'); END;
-- A place whose entry was moved stands with it, in the other record.
DROP TRIGGER client_place_fixed;
CREATE TRIGGER client_place_fixed BEFORE UPDATE ON client_place
WHEN NEW.id IS NOT OLD.id OR NEW.jurisdiction IS NOT OLD.jurisdiction OR NEW.since IS NOT OLD.since OR NEW.at IS NOT OLD.at
  OR NEW.entry IS NOT OLD.entry OR NEW.client IS NOT (SELECT e.client FROM entry e WHERE e.id = OLD.entry)
  OR NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client)
BEGIN SELECT RAISE(ABORT, 'where a client was served stays on record'); END;
CREATE INDEX client_place_entry ON client_place(entry) WHERE entry IS NOT NULL;
CREATE TRIGGER client_fact_kept BEFORE DELETE ON client_fact WHEN NOT EXISTS (SELECT 1 FROM client_goes g WHERE g.id = OLD.client)
BEGIN SELECT RAISE(ABORT, 'what was stated stays on record'); END;
CREATE TRIGGER hold_kept BEFORE DELETE ON hold WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client)
BEGIN SELECT RAISE(ABORT, 'a hold stays on record'); END;
CREATE TRIGGER keep_extension_kept BEFORE DELETE ON keep_extension WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client)
BEGIN SELECT RAISE(ABORT, 'an extension stays on record'); END;
CREATE TRIGGER sequestration_kept BEFORE DELETE ON sequestration WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client)
BEGIN SELECT RAISE(ABORT, 'what was put out of sight stays on record'); END;
CREATE TRIGGER received_kept BEFORE DELETE ON received WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client)
BEGIN SELECT RAISE(ABORT, 'where a record came from stays on record'); END;
DROP TRIGGER disclosure_kept;
CREATE TRIGGER disclosure_kept BEFORE DELETE ON disclosure WHEN NOT EXISTS (SELECT 1 FROM being_destroyed d WHERE d.client = OLD.client)
BEGIN SELECT RAISE(ABORT, 'a disclosure is never removed'); END;
DROP TRIGGER disclosure_entry_kept;
CREATE TRIGGER disclosure_entry_kept BEFORE DELETE ON disclosure_entry
WHEN NOT EXISTS (SELECT 1 FROM disclosure x JOIN being_destroyed d ON d.client = x.client WHERE x.id = OLD.disclosure)
  AND NOT EXISTS (SELECT 1 FROM entry_goes g WHERE g.id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'a disclosure is never removed'); END;

-- Schema 4: who holds a key to the vault, and the keys that a revocation retired.

-- Each key beside the passphrase that the vault's identity was ever sealed to.
-- The file in holders/ of the same name is what opens; a row only tells of it.
CREATE TABLE holder (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE CHECK (name <> ''), -- of holders/NAME.age, never given again
  who       TEXT NOT NULL CHECK (who <> ''),
  kind      TEXT NOT NULL CHECK (kind IN ('recovery', 'executor', 'custodian', 'other')),
  means     TEXT NOT NULL CHECK (means IN ('sheet', 'own')), -- a sheet that was printed, or an age key of their own
  reach     TEXT NOT NULL DEFAULT '',                -- how the person is reached
  recipient TEXT NOT NULL CHECK (recipient <> ''),   -- age1... or age1pq1...
  added     INTEGER NOT NULL,
  author    TEXT NOT NULL,
  tested    INTEGER,                                 -- when the key was last shown to open the vault
  revoked   INTEGER
);
CREATE TRIGGER holder_fixed BEFORE UPDATE ON holder
WHEN NEW.id IS NOT OLD.id OR NEW.name IS NOT OLD.name OR NEW.who IS NOT OLD.who OR NEW.kind IS NOT OLD.kind OR NEW.means IS NOT OLD.means
  OR NEW.reach IS NOT OLD.reach OR NEW.recipient IS NOT OLD.recipient OR NEW.added IS NOT OLD.added OR NEW.author IS NOT OLD.author
  OR NEW.tested < OLD.tested OR (OLD.tested IS NOT NULL AND NEW.tested IS NULL)
BEGIN SELECT RAISE(ABORT, 'who held a key stays on record'); END;
CREATE TRIGGER holder_kept BEFORE DELETE ON holder
BEGIN SELECT RAISE(ABORT, 'who held a key stays on record'); END;

-- Identities that a re-key retired: older backups are sealed to them still.
CREATE TABLE retired_key (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,          -- by which backups name it
  identity TEXT NOT NULL CHECK (identity <> ''),
  retired  INTEGER NOT NULL
);
CREATE TRIGGER retired_key_fixed BEFORE UPDATE ON retired_key
BEGIN SELECT RAISE(ABORT, 'a retired key stays on record'); END;
CREATE TRIGGER retired_key_kept BEFORE DELETE ON retired_key
BEGIN SELECT RAISE(ABORT, 'a retired key stays on record'); END;

package backup

// readme is the README.txt of a backup folder: how to open it without the
// program that made it.
const readme = `This folder holds backups of a vault: a database and its attachments, all
encrypted.

You do not need the program that made it. Two free programs open it:

  age      1.3 or newer   https://age-encryption.org
  sqlite3  3.40 or newer  https://sqlite.org

In a terminal, in this folder:

  1. Find a pack that holds the whole database. Its name says so, and begins
     with its day and time in UTC. The last one is the newest:

       ls packs/*-full-????????????????.age

  2. Decrypt it. There is one folder in keys, or one more for each time that
     the vault was given a new key; age says so where a key does not fit, then
     try the next one. age asks for your passphrase:

       age -d -i keys/<name>/key.age -o records.db packs/<name>.age

     With the key of somebody whom the vault names as a holder, first decrypt
     the vault's own key, then use that:

       age -d -i my-key.txt -o vault-key.txt keys/<name>/holders/<holder>.age
       age -d -i vault-key.txt -o records.db packs/<name>.age

  3. Look at the records:

       sqlite3 records.db
       sqlite> PRAGMA integrity_check;
       sqlite> .tables
       sqlite> .quit

  4. Decrypt an attachment. The database says which file is which:

       age -d -i keys/<name>/key.age -o picture.jpg attachments/3f/3f0c....age

  5. When you are done, delete what you decrypted (records.db, picture.jpg),
     and vault-key.txt and my-key.txt where you used them: whoever finds one
     of these opens every backup. It is no longer protected, and deleting may
     not erase it from the disk.

What is what:

  generations   one backup each. Decrypted, such a file is JSON: "pages" says
                where the pages of the database are, 4096 bytes each, in order:
                the number of the pack in "packs", the first page in that pack,
                and how many in a row.
  packs         pages of the database. A full pack is all of it, in order; the
                others hold what changed since the backup before. Those that
                end in -sums let the next backup find what changed; nothing is
                lost without them.
  attachments   one encrypted file each, as in the vault, for the newest key
  keys          the keys of the vault, locked by your passphrase, and for each
                holder. In such a folder: sha256sum -c SHA256SUMS
  dropped.age   attachments that the vault no longer holds
  vault.txt     tells vaults apart
  backup.lock   keeps two programs from writing at once

The program opens any backup here, not only the full ones: choose this folder
where it asks for backups.
`

package sealed

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Readme is the README.txt of a new vault: how to open the folder without the
// program that made it.
const Readme = `This folder is a vault: a database and its attachments, all encrypted.

You do not need the program that made it. Two free programs open it:

  age      1.3 or newer   https://age-encryption.org
  sqlite3  3.40 or newer  https://sqlite.org

In a terminal, in this folder:

  1. Decrypt the records. age asks for your passphrase:

       age -d -i key.age -o records.db records.db.age

  2. Look at them:

       sqlite3 records.db
       sqlite> PRAGMA integrity_check;
       sqlite> .tables
       sqlite> .quit

  3. Decrypt an attachment. The database says which file is which:

       age -d -i key.age -o picture.jpg attachments/3f/3f0c....age

  4. When you are done, delete what you decrypted (records.db, picture.jpg),
     and vault-key.txt and my-key.txt where you used them: whoever finds one
     of these opens the whole vault. It is no longer protected, and deleting
     may not erase it from the disk.

What is what:

  key.age             the key to everything, locked by your passphrase.
                      Without this file and the passphrase only those open
                      the vault who have a key in holders; where there is none,
                      nobody does, not even its makers. Keep a copy of the file
                      and write the passphrase down. An older copy with its
                      passphrase opens later records too, unless everything was
                      sealed anew since.
                      It may hold two keys while one is being replaced; age
                      tries both by itself.
  key.age.sha256      the key's checksum: sha256sum -c key.age.sha256
  holders             if it is there: the same key, locked for others. With your
                      key in my-key.txt, age -d -i my-key.txt -o vault-key.txt
                      holders/<name>.age gives the one to use above in the
                      place of key.age.
  records.db.age      the database
  records-*.journal   changes made since records.db.age was last sealed. The
                      program seals them when it is locked or closed; after
                      that the journal is a few kilobytes long and holds
                      nothing. If it is larger, the program did not end as it
                      should: step 1 then gives the records as they were last
                      sealed, and opening the vault once in the program seals
                      the rest. Never delete or rename a journal.
  attachments         one encrypted file each
  vault.lock          keeps two programs from writing at once

Copy or back up this folder as a whole, while the program is closed.
`

// earlierReadmes are the SHA-256 sums of the texts that Readme had before. Whoever
// changes it adds the sum of what it was.
var earlierReadmes = []string{
	"fef74403d686e9f68ec0858fe200f08fa440b87a70a96b721f131e5a2b6d9915",
	"2ceab03246b4c080c09e6db96e6b4ea33efd9610ed2892f1f5c3a9568174f534",
	"45b637a27420af75347c7eb49908f211082e0f0154943f6fb1a4e98868dad1f1",
}

// maxReadme is more than any of the texts, in bytes.
const maxReadme = 16 << 10

// renewReadme puts the present text in the place of one that an earlier version
// wrote. One that somebody changed stays, and so does what cannot be replaced: the
// vault is as good with it.
func (db *DB) renewReadme() {
	text, err := readSmall(db.files, db.path(readmeFile), maxReadme)
	if err != nil {
		return
	}
	sum := sha256.Sum256(text)
	if slices.Contains(earlierReadmes, hex.EncodeToString(sum[:])) {
		_ = db.replace(readmeFile, []byte(db.opt.Readme))
	}
}

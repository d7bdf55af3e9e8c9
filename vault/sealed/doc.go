// Package sealed is an SQLite database, with attachments, of which only
// age-encrypted bytes ever reach a disk.
package sealed

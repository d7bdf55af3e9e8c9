// Package vault keeps a practice's records: clients, their timelines, imports,
// disclosures, and the audit chain over all of it. The bytes on the disk are
// the affair of package sealed, which only ever writes them encrypted.
//
// # What data itself keeps
//
// The timeline is append-only, and the database refuses what would change it
// (triggers in migrations/): a correction is an Amendment beside what stood
// before, an error is struck through with a reason, a wrong time is a new
// entry that supersedes. Two acts move rows, each stated in a row of its own
// first: undoing an import of which nothing was released, and moving an entry
// to the client it belongs to. Two more end what is in sight, on a ground that
// stays on record: putting entries out of sight by an order, and destroying a
// record that is due.
//
// # Until when
//
// The database derives until when each record is kept, from facts that only
// append, and refuses to remove anything before (migrations/003.sql). Destroy
// states the destruction and removes the rows in one transaction; then index,
// pages, journal and files are made free of them, which the next Open finishes
// where that was cut off. What stays is a stub with the certificate's number,
// and the audit trail, which names clients by id.
//
// # Transactions
//
// Exported methods own their transaction and return nil only after it is
// durable; unexported helpers take the transaction. Every change writes its
// AuditEvent in the same transaction.
//
// # Imports that did not end
//
// An import is filed in many transactions, and stands whole or not at all: one
// that is canceled, or that a crash cut off, is taken back. Its batch is marked
// undone in the first transaction of that and finished in the last, and each
// removes a part of bounded size, with its place in index and counts, so that
// the vault is whole after every one. [Open] does not wait for it.
// [Vault.TakenBack] does, for whoever reads for others. Meanwhile nothing that
// goes with it can be changed or released.
//
// # Backups
//
// [Vault.Backup] writes the vault into a folder of backups, which package backup
// keeps, with what a list says of it and the destructions so far. [OpenCopies]
// opens such a folder, of a vault that need not exist any more. A restore
// applies the destructions since ([Vault.ApplyDestructions]), and [Copies.Clear]
// takes out of a backup what was destroyed after it was made.
//
// Two copies of a vault under one name back up into one folder. Each backup says
// where in the audit trail it was made, and the trail is a chain: [Vault.Others]
// tells by it which of them this vault does not come from, and those are never
// pruned. Copies of single files that lie in the vault's own folder no destruction
// reaches; [Vault.StrayCopies] names them, so that a certificate can.
//
// # Keys
//
// The passphrase and each holder's key open one identity, which everything is
// sealed to. The files in the vault's folder decide who can open it; the table
// holder says whose they are, since when, and when they were tested. [Vault.Revoke]
// gives the vault another identity. The one before is kept in the vault, so that
// the backups from before are read as ever; also in one that is restored to a
// state before it retired.
//
// # Between vaults
//
// [Carry] brings a client's record from one vault into another, or from a backup
// back into its own. [Compare] proves that a copy is an earlier state of a vault.
// [SalvageInto] writes what can be read of a damaged vault into a new one. All
// three work on whole rows, whatever columns they have.
//
// # What it protects, and what it cannot
//
// The write order, and what whoever has the files learns, are package sealed's.
// Audit details name fields and counts, never values, since the trail outlives
// the records. Of an attachment the database keeps name, size and SHA-256;
// [Vault.OpenAttachment] fails at its end where the content is another. Each time
// a decrypted attachment leaves the vault it is noted ([Vault.NoteHanding]). The
// chain of the trail shows that an event was changed or left out before the
// last; whoever holds the key can build another chain, so [Vault.AuditHead] goes
// with what is produced. Text read from here lies in Go strings, which cannot be
// wiped: the process that read it is replaced at lock.
//
// # Time
//
// One clock, injected, never below the last audited time. Times are stored in
// UTC to the millisecond, with the zone they were said in and where that zone
// came from.
package vault

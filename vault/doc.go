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
// to the client it belongs to.
//
// # Transactions
//
// Exported methods own their transaction and return nil only after it is
// durable; unexported helpers take the transaction. Every change writes its
// AuditEvent in the same transaction.
//
// # Between vaults
//
// [Carry] brings a client's record from one vault into another, or from a backup
// back into its own. [Compare] proves that a copy is an earlier state of a vault.
// [SalvageInto] writes what can be read of a damaged vault into a new one. All
// three work on whole rows, whatever columns they have.
//
// # Time
//
// One clock, injected, never below the last audited time. Times are stored in
// UTC to the millisecond, with the zone they were said in and where that zone
// came from.
package vault

// Package sealed is an SQLite database, with attachments, of which only
// age-encrypted bytes ever reach a disk. Any Go program can use it; it knows
// nothing of what it keeps.
//
// [Create] makes a vault, a folder under a passphrase, and [Open] unlocks it.
// [DB.Write] runs a transaction and returns once it is durable, [DB.Read] sees
// one state, [DB.Maintain] is for migrations, [DB.PutBlob] keeps attachments in
// files of their own. [Verify] looks a closed vault over. For copies,
// [DB.Snapshot] holds one state still, [Detach] opens it in memory, [Plant] makes
// a vault of it, and [Salvage] gets it out of a vault that is damaged. Everything opens
// without this package too, with age and sqlite3 alone: [Readme], which stands
// in every vault, says how, and a test follows it to the letter.
//
// Build with -tags sqlite_fts5.
//
// # The folder
//
//	key.age                   the vault's identity (post-quantum, AGE-SECRET-KEY-PQ-1...) under the passphrase
//	key.age.sha256            tells a damaged key from a wrong passphrase
//	holders/<NAME>.age        the same identity, sealed to somebody else's key (none: nobody's)
//	                          While a re-key is under way each holds the new and the old identity, a line each.
//	records.db.age            the base: the SQLite database at the last checkpoint
//	records-<base>.journal    every commit since, each an age file in a frame
//	attachments/xx/<id>.age   one age file each, never changed
//	README.txt, vault.lock
//
// # How it works
//
// The database lives decrypted in memory outside the Go heap, behind an SQLite
// VFS of this package (vfs.c). SQLite keeps its rollback journal in memory and
// does not spill, so it writes within COMMIT alone and syncs once. At that sync
// the bytes that changed against the pages' pre-images (delta.go), or where they
// were moved from (preimages.go), become one record, encrypted, authenticated and
// chained to the record before (record.go, journal.go), appended and synced. A
// commit so costs what it changed, an open one decryption of the base and a
// replay, and a checkpoint writes a new base while reads and commits go on
// (checkpoint.go).
//
// # Keys
//
// A passphrase or a holder's key only wraps the identity, so changing one is a
// matter of small files ([DB.ChangePassphrase], [DB.AddHolder]). To take a key back
// the vault needs another identity ([DB.Rekey]):
//
//  1. Every key file is written anew with both identities, the new one first, but
//     for those of who is no holder any more: those go.
//  2. A checkpoint seals base and journal to the new identity. Whichever the base
//     is sealed to is the vault's, so its rename is the switch here too.
//  3. Each attachment is sealed anew in its own place, and what was set aside is
//     sealed over.
//  4. Every key file is written anew with the new identity alone, key.age last.
//
// Whatever cuts this off leaves a vault that every present holder opens: an
// identity is in all key files before anything is sealed to it, and in all until
// nothing is left that is. [Status.Rekeying] tells, and calling Rekey again
// finishes it.
//
// # Invariants
//
// Each is checked by the tests named.
//
//  1. A commit is acknowledged after its record was synced, never before
//     (TestPowerLoss, TestKill).
//  2. A record is applied whole or not at all. Only the last one can be torn, for
//     each is synced before the next begins; a torn one is dropped, and what
//     is damaged before a whole later one is refused. The zeros that a journal
//     ends in are room for records to come, and no damage; what a file system
//     leaves there of earlier records is none either (TestTornTailOfAnyLength,
//     TestDamageBeforeTheTailIsRefused, TestTornTailBeforeRecordsOfOld).
//  3. A record is believed only if this vault's key made it, for this base, after
//     exactly the record before (TestReplacedJournals, TestForkedJournal).
//  4. A base is believed only with its journal, whose name and first record
//     carry the base's id: SHA-256 of its age header, nonce and size. A stale
//     journal is never applied and an older base never opens without saying so
//     (TestOlderBase, TestStaleJournalIsSwept).
//  5. The rename of the base is the only moment at which a vault changes from one
//     pair of base and journal to the next. Before it: base written and synced,
//     journal written and synced, folder synced. After it: folder synced, then
//     the old journal removed (TestPowerLoss, TestEveryOperationFails).
//  6. A commit beside a checkpoint is durable in the old journal before it is
//     acknowledged and in the new one before the rename. From then on until the
//     rename is durable a commit is in both, the old one first, before it is
//     acknowledged: whichever base a power loss leaves, its journal has all of
//     them. If it cannot be in both, it is in doubt as after a failed sync; what
//     the old journal then has more than the new one is swept
//     (TestCheckpointBesideLargeCommits, TestPowerLoss,
//     TestCommitInOneJournalAlone, TestExchangeInDoubt, TestEarlierJournalAhead).
//  7. After a failed commit memory is what it was. After a failed sync, whose
//     effect nobody can know, the vault is read-only until it is opened anew;
//     opening writes the journal anew before building on it
//     (TestReadOnlyAfterAFailedSync, TestWritesAfterAFailedSync,
//     TestFailedCommitRestoresMemory).
//  8. A failed operation costs at most what was not acknowledged, whichever it
//     is, and so does another while recovering from the first
//     (TestEveryOperationFails, TestRecoveryFails). A full disk is said to be
//     one, and costs nothing of what was there (TestReallyFullDisk).
//  9. SQL cannot write a file, stop syncing or spill: ATTACH, DETACH, VACUUM INTO
//     and the PRAGMAs that could are refused, the rest of what maintenance needs
//     is refused outside of it (authorize.c; TestWorkMayNot,
//     TestMaintenanceMayNot, TestNothingInPlaintext).
//  10. A vault has one user at a time (TestOneProcessAtATime, TestRaces). Another
//     program, such as a sync service, that moves or replaces files while the
//     vault is open takes nothing of what was acknowledged: each commit looks
//     whether the names still stand for the vault's files, and writes them again
//     if not; a base that was put in place is kept in set-aside-N (TestMeddling,
//     TestMeddlingWithAnExchange). Nor does another process that gets a lock of
//     its own since vault.lock was replaced: opening looks whether the journal went
//     on while it was read, and begins anew (TestCommitWhileAnotherTakesOver). A
//     re-key seals what is there over, within NAME.age, since who was revoked could
//     open it (TestRekeySealsOverWhatWasSetAside).
//  11. An attachment that was put is durable with its name, and is whole or not
//     there (TestPowerLoss, TestFailedPutLeavesNothing).
//  12. A snapshot is one commit's state, attachments included, whatever is done
//     beside it (TestSnapshotStandsStill).
//  13. A vault that is planted is there whole, having been read back, or not at
//     all (TestPlantPowerLoss, TestPlantFails).
//  14. A key file takes the place of the one before once it was read back, and
//     key.age once it was opened. The old passphrase or the new one opens the
//     vault at any moment, and so does each present holder's key
//     (TestKeysPowerLoss, TestKeysEveryOperationFails, TestKeysKill). Which
//     passphrase does is said to be in doubt for as long as it is
//     (TestDoubtLasts).
//  15. After a re-key no file of the vault opens with the identity before, and once
//     the rename of the base is durable nothing is written that does. Who was
//     revoked never saw the new one, nor one that a re-key which was cut off had
//     made (TestRekey, TestRevokedOpensNothingNew, TestRekeyForOthers,
//     TestRekeyChangesOneHoldersKey).
//  16. An attachment that is damaged keeps the key that it is sealed to in the key
//     files (TestRekeyPastDamage).
//  17. A key file costs whoever opens it at most twice the scrypt of our own, and a
//     bounded number of holders' files is tried (TestHostileKeyFiles,
//     TestHostilePlaces, TestManyHolders).
//  18. No sweep, and no change of keys, removes or writes a file outside of the
//     vault's folder, whatever links lie in it: where holders, attachments or a
//     folder in that is a link, keys are changed only once it is none
//     (TestSweepsFollowNoLink, TestSetAsideThatIsALink). A vault.lock that is a
//     link, or has another name too, gives way to a new one, and nothing is
//     written into it; the tests of package disk see to that.
//
// # What it protects, and what it cannot
//
// Whoever has the folder but neither passphrase nor identity learns the sizes of
// the database, of each attachment and of each commit since the last checkpoint,
// and when files changed; nothing else. They can destroy. What they alter is
// noticed (TestFlippedBits, TestTruncation, TestStrangeFiles): everything is
// encrypted with authentication, and base and journal are bound to the identity
// by MACs, since age by itself does not say who encrypted.
// An attachment is not bound so: anyone who learned the vault's recipient (it
// stands in key.age, encrypted) could replace one, which is why [Blob] has a sum
// for the database to keep.
//
// The one place where two processes that do not know of each other can part is a
// checkpoint: where vault.lock was replaced, and the first process seals a new base
// while the second opens the one before, what the first acknowledged since stays in
// that base, which the second puts into set-aside-N at its next commit and reports,
// and not among its own.
//
// Two things cannot be told from the files. Cutting the journal off between two
// records, or putting a whole older copy of the folder in place, gives a vault
// that once was; [Status.Position] only grows, so whoever remembers the last one
// can tell. And damage to nothing but the last record, after a crash, looks like
// that record being torn; [Status.TornTail] and [Report.TornTail] say that
// something was dropped.
//
// While a vault is open its content is in the memory of the process, and parts
// of it in that of SQLite and the Go runtime, which are not wiped: the program
// that uses this package has to end, or to replace itself, to be rid of them.
// Pages are kept out of core dumps where the system can. The journal's MAC key
// lies in memory that is locked as far as the system allows, and is wiped at
// [DB.Close] (TestKeysLieInLockedMemory). What cannot be locked: the database's
// pages, which are larger than any limit on locked memory; the identity and the
// keys of single files, which age keeps in the Go heap; the passphrase, a Go
// string. Those reach the swap if the system writes memory there, so swap is the
// system's to encrypt; a computer that hibernates writes all of it.
//
// Whoever was revoked keeps what they copied before, and with a copy of an old
// key file the identity of that time: old copies of the folder open with it. No
// re-key changes that. An old passphrase opens an old copy of key.age likewise.
// The new identity is random, and tells them nothing.
//
// A weak passphrase is guessed offline at the rate that scrypt allows; see
// [Options].WorkFactor.
package sealed

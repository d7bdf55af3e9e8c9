// Package backup keeps backups of sealed vaults in a folder: on a drive, a
// share, or where a cloud service syncs. It knows nothing of what a vault keeps.
//
// [Take] backs an open vault up, while it is used. [Open] and [OpenKeyed] open
// what is in a folder: [Set.Load] opens a backup in memory, [Set.Restore] makes
// a vault of it, [Set.Verify] and [Set.VerifyAll] read everything, [Set.Prune]
// removes old ones by a [Rule], and [Set.Rewrite] takes out of one what was
// destroyed in the vault.
//
// # The folder
//
//	<Vault>.casekeep-backup/
//	  generations/<time>.age   one backup each: the manifest, with the page map
//	  packs/<time>-full-<random>.age   the whole database: decrypted, an SQLite file
//	  packs/<time>-part-<random>.age   the pages (4 KiB) that changed since the backup before
//	  attachments/xx/<name>.age   the vault's own sealed files, each once
//	  keys/<key>/   key.age, key.age.sha256, holders/*.age, SHA256SUMS: the newest wraps of each identity
//	  packs/<pack>-sums.age   sums of the pack's pages, by which the next backup knows what changed: a cache
//	  dropped.age   attachments that the vault no longer refers to
//	  vault.txt, README.txt, backup.lock
//
// A generation needs its manifest, the packs that the manifest names, and the
// attachments that its database refers to. Nothing but the manifest says so, and
// no file that a generation needs ever changes, but for one thing: after the vault
// was re-keyed the next backup seals attachments anew, each in its own place, to
// the key of the newest generation. Older ones read them with that.
//
// # Invariants
//
// Each is checked by the tests named.
//
//  1. The rename of the manifest is the one moment at which a generation appears,
//     is written anew, or (its removal) goes. Before it the attachments and the
//     pack are written, synced, read back and compared (the pages decrypted, the
//     attachments decrypted), named, and their folders synced; the manifest too
//     is read back. After it comes the removal of what nobody needs
//     (TestPowerLoss, TestEveryOperationFails, TestKill).
//  2. What is cut off harms no generation, and the next backup or pruning removes
//     what it left (TestPowerLoss, TestEveryOperationFails, TestKill).
//  3. A generation is one commit's state, attachments included (TestBesideAWriter).
//  4. A generation is believed only if this vault's key wrote it under this name,
//     and loads only as the bytes that were backed up (TestEveryByte,
//     TestMovedManifests).
//  5. The newest whole generation is never removed (TestPruneProperties,
//     TestPruneKeepsTheNewestWhole).
//  6. An attachment goes only once no generation is left that is older than the
//     first backup that found the vault without it (TestGoneAttachments).
//  7. Nothing is written in plaintext (TestNothingInPlaintext), and what was
//     rewritten is gone from every pack (TestRewrite).
//  8. Every file that a generation needs opens with the key of that generation or
//     of a newer one, whose wraps are there before any file is sealed to it; and a
//     generation is restored under the newest (TestAfterARekey,
//     TestBackupWhileRekeying, TestFirstBackupAfterARekeyFails,
//     TestDestructionReachesBackupsOfAnOldKey). The wraps of a key go with the
//     last generation of it (TestKeysOfNoBackup, TestRemoveOldTakesTheKeys).
//
// # What it protects, and what it cannot
//
// As in the vault, whoever has the folder but no key learns sizes and times. They
// can remove backups and put older ones of the same name back; what they alter
// is noticed. What was written is read back from the disk where the operating
// system can be asked to forget it (Linux), else perhaps from its memory; the
// drive's own memory is beyond asking. A drill on another day, [Set.VerifyAll] or
// [Set.Load], leaves no doubt.
//
// Whoever was revoked opens, with the identity of before, the generations of before,
// as far as they can get at the folder, until those are removed. The wraps of an
// identity of before stay as they were when it retired: its generations open with
// the passphrase of then, or from the vault that keeps it ([Options].Retired).
// Who has an old identity and can write into the folder can make generations under
// it. One that states a time after the identity retired is set apart, whoever opens
// the folder: newer manifests say when that was, and prove that their writer had
// both identities (TestBackupsThatCameAfterTheirKey). One that states an earlier
// time cannot be told from those of then, nor can what is put in the place of them.
// However many keys a folder is given, opening it ends soon (TestManyKeys).
package backup

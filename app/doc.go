// Package app is what a practitioner can do with Casekeep, one file a
// capability, behind a concrete *Practice. It knows no window and no SQL: the
// desktop and the headless commands both stand on it. What works without an open
// vault stands beside: restoring and verifying backups, salvaging.
//
// # What leaves the vault
//
// Content is written to a file in plain by these alone, each at the user's word
// and each audited: SaveAttachment, CopyOutside (into the private folder of
// package outside, which is swept at lock, at exit and at the next start),
// Produce and what it is made of where no password is given, and the papers to
// print. A file comes into being whole, without a name or under a passing one
// beside its own, and what fails leaves none. Nothing is written to a temporary
// folder, a log or this computer's memory of vaults (Computer, seenFile,
// triesFile), which hold folders, counters, times, and the names of holders whose
// keys were checked. What strangers made is read in packages of
// its own that know no vault: intake, inside and inside/pdf, bounded in memory
// and time.
//
// Errors are sentences for people: what is wrong and what to do, starting in
// lower case. Sentence makes one out of an error for the window.
package app

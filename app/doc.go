// Package app is what a practitioner can do with Casekeep, one file a
// capability, behind a concrete *Practice. It knows no window and no SQL: the
// desktop and the headless commands both stand on it. What works without an open
// vault stands beside: restoring and verifying backups, salvaging.
//
// Errors are sentences for people: what is wrong and what to do, starting in
// lower case. Sentence makes one out of an error for the window.
package app

package record

import "time"

// BackupPlan is where and when the vault is backed up, and how long backups are
// kept.
type BackupPlan struct {
	Targets  []BackupTarget `json:"targets"`
	Every    int            `json:"every_minutes,omitempty"` // while the vault is open; 0: only when it is locked
	Keep     BackupKeep     `json:"keep"`
	Drill    int            `json:"drill_days"`         // between full restore drills; 0: by hand
	Accepted []string       `json:"accepted,omitempty"` // warnings that the practitioner knows of
	Drilled  time.Time      `json:"drilled,omitzero"`   // the last drill that found everything whole
}

// BackupTarget is a folder into which the vault is backed up.
type BackupTarget struct {
	Folder string `json:"folder"`
	Since  Date   `json:"since"`
	Paused bool   `json:"paused,omitempty"`
}

// BackupKeep is how many backups are kept: the last ones, and the newest of so
// many days, weeks, months and years.
type BackupKeep struct {
	Last    int `json:"last"`
	Daily   int `json:"daily"`
	Weekly  int `json:"weekly"`
	Monthly int `json:"monthly"`
	Yearly  int `json:"yearly"`
}

// KnownBackup is a backup that was made, as the vault remembers it.
type KnownBackup struct {
	Target     string    `json:"target"`
	Generation string    `json:"generation"`
	At         time.Time `json:"at"`
	Entries    int       `json:"entries"`
	Bytes      int64     `json:"bytes"` // written for it
	Gone       time.Time `json:"gone,omitzero"`
	Cleared    int64     `json:"cleared,omitzero"` // the last destruction that it was cleared of
}

// StrayCopy is a copy of one of the vault's files that lies in its folder: what was
// set aside, or what a program that syncs files left there.
type StrayCopy struct {
	Name     string    `json:"name"` // relative to the vault's folder, with slashes
	Kind     StrayKind `json:"kind"`
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
}

// StrayKind is what a stray copy is of.
type StrayKind string

// The kinds of stray copies.
const (
	StrayAside      StrayKind = "set-aside"
	StrayRecords    StrayKind = "records"
	StrayAttachment StrayKind = "attachment"
)

package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"casekeep/vault"
	"casekeep/vault/backup"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// BackupFolder is a folder of backups, opened: of a vault that need not exist
// any more.
type BackupFolder struct {
	Folder string
	copies *vault.Copies
	config Config
	secret sealed.Secret // that opened it
	live   *Practice     // the vault whose backups these are, where it is open
}

// Backup is one backup as a list shows it.
type Backup struct {
	Name        string    `json:"name"`
	At          time.Time `json:"at"`
	Practice    string    `json:"practice,omitempty"`
	Clients     int       `json:"clients"`
	Entries     int       `json:"entries"`
	Attachments int       `json:"attachments"`
	LastEntry   time.Time `json:"last_entry,omitzero"` // when it was written
	Bytes       int64     `json:"bytes"`               // of database and attachments
	Full        bool      `json:"full"`                // age and sqlite3 alone open it
	Problem     string    `json:"problem,omitempty"`   // why it is not to be restored
	OldKey      bool      `json:"old_key,omitempty"`   // that is that it was made with a key after that was revoked
}

// ErrNoBackups says that there is nothing to restore from.
var ErrNoBackups = errors.New("there are no backups in this folder: choose the drive or the folder whose name ends with .casekeep-backup")

// ErrNoneYet says that a target holds no backups of this vault, as for one that
// was restored under another name.
var ErrNoneYet = errors.New("there is no backup of this vault in this folder yet: back up now")

// IsBackup reports whether a folder holds backups, itself or directly below.
func IsBackup(folder string) bool {
	found, err := backup.Find(folder, backup.Options{})
	return err == nil && len(found) > 0
}

// BackupFolders gives the folders of backups at a place: a drive, a folder on
// it, or the folder itself.
func BackupFolders(at string) ([]string, error) {
	found, err := backup.Find(at, backup.Options{})
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, ErrNoBackups
	}
	return found, nil
}

// NewestBackup gives when the newest backup in one of the BackupFolders was made,
// as its name says, without a passphrase; zero: that cannot be known.
func NewestBackup(folder string) time.Time { return backup.Newest(folder, backup.Options{}) }

// IsBackupOf reports whether a folder has the name that the backups of the vault
// in dir have.
func IsBackupOf(folder, dir string) bool {
	return folder == backup.Folder(filepath.Dir(folder), VaultName(dir))
}

// OpenBackups opens the backups at a place with the passphrase or a holder's
// key.
func OpenBackups(at string, s Secret, c Config) (*BackupFolder, error) {
	found, err := BackupFolders(at)
	if err != nil {
		return nil, err
	}
	if len(found) > 1 {
		names := make([]string, len(found))
		for i, folder := range found {
			names[i] = filepath.Base(folder)
		}
		return nil, fmt.Errorf("there are backups of %d vaults here: %s; choose one", len(found), strings.Join(names, ", "))
	}
	secret, err := s.engine()
	if err != nil {
		return nil, err
	}
	copies, err := vault.OpenCopies(found[0], secret, c.vault())
	if err != nil {
		return nil, err
	}
	return &BackupFolder{found[0], copies, c, secret, nil}, nil
}

// BackupsAt opens this vault's own backups in a target; where there are none it
// fails with [ErrNoneYet].
func (p *Practice) BackupsAt(target string) (*BackupFolder, error) {
	folder := p.backupFolder(target)
	copies, err := p.v.CopiesIn(context.Background(), folder)
	switch {
	case errors.Is(err, backup.ErrNotBackup):
		return nil, ErrNoneYet
	case err != nil:
		return nil, err
	}
	return &BackupFolder{folder, copies, p.config, sealed.Secret{}, p}, nil
}

// List gives the backups, the newest first. One that cannot be read is among
// them, with its Problem.
func (b *BackupFolder) List(ctx context.Context) ([]Backup, error) {
	list, err := b.copies.List(ctx)
	all := make([]Backup, len(list))
	for i, c := range list {
		all[i] = listed(c)
	}
	return all, err
}

func listed(c vault.Copy) Backup {
	b := Backup{Name: c.Name, At: c.At, Practice: c.Facts.Practice, Clients: c.Facts.Clients, Entries: c.Facts.Entries,
		Attachments: c.Facts.Attachments, LastEntry: c.Facts.LastEntry, Bytes: c.Size + c.AttachmentBytes, Full: c.Full}
	if c.Problem != nil {
		b.Problem, b.OldKey = c.Problem.Error(), isOldKey(c.Problem)
	}
	return b
}

// newest gives the newest backup that can be read, or the one named.
func (b *BackupFolder) choose(ctx context.Context, name string) (Backup, error) {
	list, err := b.List(ctx)
	if err != nil {
		return Backup{}, err
	}
	for _, one := range list {
		if name == "" && one.Problem == "" || one.Name == name {
			if one.OldKey {
				return one, errors.New(one.Problem)
			}
			if one.Problem != "" {
				return one, fmt.Errorf("the backup %s is damaged (%s): choose another one", one.Name, one.Problem)
			}
			return one, nil
		}
	}
	if name == "" {
		return Backup{}, errors.New("no backup here can be read")
	}
	return Backup{}, fmt.Errorf("there is no backup %s here", name)
}

// Look is what a backup holds, read from it and not from what it says of
// itself.
type Look struct {
	Backup
	Records []record.ClientSummary `json:"records"`
}

// Look opens a backup in memory and says what is in it. Name "" is the newest
// one that can be read.
func (b *BackupFolder) Look(ctx context.Context, name string, progress Doing) (Look, error) {
	one, err := b.choose(ctx, name)
	if err != nil {
		return Look{}, err
	}
	v, err := b.copies.Load(ctx, one.Name, progress.as("Reading the backup"))
	if err != nil {
		return Look{Backup: one}, err
	}
	look := Look{Backup: one}
	look.Records, err = v.Clients(ctx)
	return look, errors.Join(err, v.Close())
}

// BackupCheck is what a check of a folder of backups found.
type BackupCheck struct {
	OK       bool     `json:"ok"`
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"`
	Problems []string `json:"problems"` // each names its file
	Broken   []string `json:"broken"`   // backups that cannot be restored for them
	Unknown  []string `json:"unknown,omitempty"`
	Newest   *Backup  `json:"newest_whole,omitempty"`
}

// Check reads every byte of every backup in the folder.
func (b *BackupFolder) Check(ctx context.Context, progress Doing) (BackupCheck, error) {
	found, err := b.copies.Check(ctx, progress.as("Reading every file"))
	check := BackupCheck{Files: found.Files, Bytes: found.Bytes, Problems: []string{}, Broken: append([]string{}, found.Broken...), Unknown: found.Unknown}
	for _, p := range found.Problems {
		check.Problems = append(check.Problems, p.File+": "+p.Reason)
	}
	check.OK = len(check.Problems) == 0
	if err != nil {
		return check, err
	}
	list, err := b.List(ctx)
	if err != nil {
		return check, err
	}
	broken := map[string]bool{}
	for _, name := range check.Broken {
		broken[name] = true
	}
	for i, one := range list {
		if one.Problem == "" && !broken[one.Name] {
			check.Newest = &list[i]
			break
		}
	}
	return check, nil
}

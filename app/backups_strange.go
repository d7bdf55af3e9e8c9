package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"casekeep/vault"
	"casekeep/vault/backup"
)

// strangeBackups is what lies among the vault's backups in a target and was not
// made of it.
type strangeBackups struct {
	OldKey  string    `json:"old_key,omitempty"`     // says which one was made with a key after that was revoked; "": none
	Another time.Time `json:"another_at,omitzero"`   // of the newest one that another copy made; zero: none
	Which   string    `json:"another_gen,omitempty"` // its name
}

// isOldKey reports whether a backup was made with a key after that was revoked.
func isOldKey(problem error) bool {
	var old *backup.OldKeyError
	return errors.As(problem, &old)
}

// othersIn gives the names of the backups in a list that another copy of this vault
// made. Those that a restore on this computer left behind are this one's own.
func (p *Practice) othersIn(ctx context.Context, list []vault.Copy) ([]string, error) {
	others, err := p.v.Others(ctx, list)
	if err != nil {
		return nil, err
	}
	restored := p.seen.restoredAt(p.v.Status().VaultID, p.Dir())
	var names []string
	for _, one := range others {
		if one.At.After(restored) {
			names = append(names, one.Name)
		}
	}
	return names, nil
}

// noteStrange remembers what is strange about the backups in a target, the newest
// first in the list, and gives that and the names of another copy's.
func (p *Practice) noteStrange(ctx context.Context, target string, list []vault.Copy) (others []string, found strangeBackups, err error) {
	if others, err = p.othersIn(ctx, list); err != nil {
		return nil, found, err
	}
	for _, one := range list {
		if found.OldKey == "" && isOldKey(one.Problem) {
			found.OldKey = one.Problem.Error()
		}
		if found.Which == "" && slices.Contains(others, one.Name) {
			found.Another, found.Which = one.At, one.Name
		}
	}
	p.seen.strange(p.v.Status().VaultID, p.Dir(), target, found)
	return others, found, nil
}

// strangeWorries says what is strange about the backups in a target, with a key
// that tells one such finding from the next.
func (p *Practice) strangeWorries(target string, add func(key, says, do string)) {
	found := p.seen.of(p.v.Status().VaultID, p.Dir()).Strange[target]
	if found.OldKey != "" {
		add("old-key/"+target, "A backup in "+target+" is not this practice’s: "+found.OldKey,
			"Find out who could write there, and remove the older backups under Practice, Keys")
	}
	if found.Which != "" {
		add("another/"+target+"/"+found.Which, "Another copy of this vault backs up into "+target+" too: the backup of "+
			found.Another.In(time.Local).Format("January 2, 2006, 3:04 PM")+" has what this vault never had, and stays beside its own",
			"Work in one copy alone, or give the other one another name or folder of backups")
	}
}

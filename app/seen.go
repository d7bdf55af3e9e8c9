package app

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"casekeep/vault/sealed"
)

// seenFile is where this computer remembers how far each vault had come when
// it was last locked here. No file can prove its own age: only this memory
// tells a vault from an older copy of it. It holds vault IDs, folders and
// counters, nothing about a client.
type seenFile string

type seenVault struct {
	Generation uint64 `json:"generation"`
	Sequence   uint64 `json:"sequence"`

	Key     string   `json:"key,omitempty"`     // by its name, which reveals nothing of it
	Retired []string `json:"retired,omitempty"` // keys that revocations made way for another

	// By folder, since a copy has the vault's ID: what became of the copy says
	// nothing of what was written in the vault.
	Folders map[string]seenFolder `json:"folders,omitempty"`
}

type seenFolder struct {
	BackedUp time.Time `json:"backed_up,omitzero"` // a backup held everything then
	Drilled  time.Time `json:"drilled,omitzero"`   // a restore was tried, and found everything whole
	Restored time.Time `json:"restored,omitzero"`  // it was made of a backup then

	Strange map[string]strangeBackups `json:"strange,omitempty"` // by target
}

func openSeen(dir string) seenFile { return seenFile(stateFile(dir, "vaults.json")) }

func (f seenFile) load() map[string]seenVault {
	all := map[string]seenVault{}
	text, err := readRemembered(string(f))
	if err != nil || json.Unmarshal(text, &all) != nil {
		return map[string]seenVault{}
	}
	return all
}

// compare tells whether a vault is older than the one last locked here, or sealed
// to a key that another replaced: who was revoked has that key, and can have
// made any state of the vault with it, under any id.
func (f seenFile) compare(s sealed.Status, key string) (warnings []string) {
	all := f.load()
	if isOlder(all, s) {
		warnings = append(warnings, "this vault is older than the one last used on this computer: "+
			"it may be a copy that was put back, and what was entered since is missing; unless you put it back yourself, lock it and open the newer one, or restore the newest backup")
	}
	for _, v := range all {
		if slices.Contains(v.Retired, key) {
			return append(warnings, "this vault is sealed to a key that was replaced: it may be a copy that was put back or changed by whoever held that key, "+
				"and they can read what you enter; lock it and restore the newest backup, or replace that key here too")
		}
	}
	return warnings
}

// older reports whether this computer saw a later state of a vault.
func (f seenFile) older(s sealed.Status) bool { return isOlder(f.load(), s) }

func isOlder(all map[string]seenVault, s sealed.Status) bool {
	before, known := all[s.VaultID.String()]
	return known && s.Position.Before(sealed.Position{Generation: before.Generation, Sequence: before.Sequence})
}

// remember notes how far a vault has come, and the name of its key ("": unknown).
// A computer that cannot remember works on; it only cannot warn.
func (f seenFile) remember(s sealed.Status, dir, key string) {
	f.change(s.VaultID, func(v *seenVault) {
		v.Generation, v.Sequence = s.Position.Generation, s.Position.Sequence
		v.change(dir, func(*seenFolder) {})
		if key == "" || key == v.Key || slices.Contains(v.Retired, key) {
			return
		}
		if v.Key != "" {
			v.Retired = append(v.Retired, v.Key)
		}
		v.Key = key
	})
}

// of gives what is remembered of the vault in a folder.
func (f seenFile) of(id sealed.VaultID, dir string) seenFolder {
	return f.load()[id.String()].Folders[wholePath(dir)]
}

// Remembered is what this computer remembers of a vault's backups without
// opening it.
type Remembered struct {
	Known    bool      // the vault was used on this computer
	BackedUp time.Time // a backup held everything then; zero: none did
	Drilled  time.Time // a restore drill found everything whole; zero: none did
}

// Worrying reports whether the last backup is too long ago, or there is none.
func (r Remembered) Worrying(now time.Time) bool { return now.Sub(r.BackedUp) > staleAfter }

// Remembered gives what this computer remembers of the backups of the vault in
// a folder.
func (c Config) Remembered(dir string) Remembered {
	var r Remembered
	for _, v := range openSeen(c.StateDir).load() {
		for folder, seen := range v.Folders {
			if within(folder, dir) && within(dir, folder) {
				r.Known = true
				r.BackedUp, r.Drilled = latest(r.BackedUp, seen.BackedUp), latest(r.Drilled, seen.Drilled)
			}
		}
	}
	return r
}

// backedUp notes that a backup held everything in the vault of a folder at a moment.
func (f seenFile) backedUp(id sealed.VaultID, dir string, at time.Time) {
	f.change(id, func(v *seenVault) {
		v.change(dir, func(s *seenFolder) { s.BackedUp = latest(s.BackedUp, at) })
	})
}

// drilled notes that a restore of the vault in a folder was proven at a moment.
func (f seenFile) drilled(id sealed.VaultID, dir string, at time.Time) {
	f.change(id, func(v *seenVault) {
		v.change(dir, func(s *seenFolder) { s.Drilled = latest(s.Drilled, at) })
	})
}

// restored notes that the vault in a folder was made of a backup: backups of before
// that are its own, though it does not come from each.
func (f seenFile) restored(id sealed.VaultID, dir string, at time.Time) {
	f.change(id, func(v *seenVault) {
		v.change(dir, func(s *seenFolder) { s.Restored = latest(s.Restored, at) })
	})
}

// restoredAt gives when the vault in a folder was made of a backup; zero: it was not,
// as far as this computer knows. It may have been moved since, from a folder that is
// not there any more.
func (f seenFile) restoredAt(id sealed.VaultID, dir string) (at time.Time) {
	for folder, seen := range f.load()[id.String()].Folders {
		if folder == wholePath(dir) || !isFolder(folder) {
			at = latest(at, seen.Restored)
		}
	}
	return at
}

// strange notes what was found among the backups in a target of the vault in a
// folder.
func (f seenFile) strange(id sealed.VaultID, dir, target string, found strangeBackups) {
	if f.of(id, dir).Strange[target] == found {
		return
	}
	f.change(id, func(v *seenVault) {
		v.change(dir, func(s *seenFolder) {
			if s.Strange == nil {
				s.Strange = map[string]strangeBackups{}
			}
			s.Strange[target] = found
		})
	})
}

func (v *seenVault) change(dir string, change func(*seenFolder)) {
	if v.Folders == nil {
		v.Folders = map[string]seenFolder{}
	}
	dir = wholePath(dir)
	s := v.Folders[dir]
	change(&s)
	v.Folders[dir] = s
}

func (f seenFile) change(id sealed.VaultID, change func(*seenVault)) {
	inTurn(string(f), func() {
		all := f.load()
		v := all[id.String()]
		change(&v)
		all[id.String()] = v
		f.save(all)
	})
}

// forget drops the vault of a folder that is gone for good.
func (f seenFile) forget(dir string) {
	inTurn(string(f), func() {
		all, dir := f.load(), wholePath(dir)
		found := false
		maps.DeleteFunc(all, func(_ string, v seenVault) bool {
			_, there := v.Folders[dir]
			delete(v.Folders, dir)
			found = found || there
			return there && len(v.Folders) == 0
		})
		if found {
			f.save(all)
		}
	})
}

func (f seenFile) save(all map[string]seenVault) {
	if text, err := json.MarshalIndent(all, "", "  "); err == nil {
		_ = replaceFile(string(f), text)
	}
}
